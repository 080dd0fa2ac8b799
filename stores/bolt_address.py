"""Addresses of Neo4j servers, and why one was not reached."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from graph_schema.errors import ConfigError

_SCHEMES: Final = frozenset({"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"})
_PORT: Final = 7687
"""Bolt's own port, where an address names none."""
_KNOCK_S: Final = 2.0
"""Only to tell why a connection failed, so that little time is added to the failure."""
_NOT_WRITTEN: Final = frozenset(
    f"Neo.DatabaseError.{what}" for what in ("Transaction.TransactionLogError", "Transaction.TransactionCommitFailed")
)
"""What a server says whose disk is full."""


def check_address(uri: str) -> None:
    """Refuse what is no address before the driver sees it; credentials in it would end up in messages."""
    try:
        parts = urlsplit(uri)
        sound = parts.scheme in _SCHEMES and parts.hostname and parts.port != 0
    except ValueError:  # a port that is no number
        sound = False
    if not sound or "@" in uri:
        shown = uri.rpartition("@")[2]
        raise ConfigError(
            f"{shown!r} is no address of a Neo4j server; write it like bolt://127.0.0.1:7687, "
            "with user and password in DURE_NEO4J_USER and DURE_NEO4J_PASSWORD"
        )


def unreached(uri: str, error: BaseException) -> str:
    """Say why a server was not reached, and what to do."""
    # With routing the driver keeps to itself why no server of a cluster answered.
    causes = [*_causes(error), *(_causes(_refusal(uri)) if uri.startswith("neo4j") else ())]
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return (
            f"the certificate of the Neo4j server at {uri} is not trusted; have it signed by an authority that "
            "this machine knows (SSL_CERT_FILE names others), or, where its network is, write bolt+ssc:// or "
            "neo4j+ssc:// for one that it signed itself"
        )
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return f"the server at {uri} does not speak TLS; write bolt:// or neo4j://, or turn TLS on there"
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return f"the host of {uri} is not known; check DURE_NEO4J_URI"
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return (
            f"the Neo4j server at {uri} does not answer in time; see whether it hangs or is overloaded, then "
            "repeat the command: what was written stays, the rest is written then"
        )
    if any(map(_is_cut, causes)):
        return (
            f"the connection to Neo4j at {uri} was cut; see whether the server runs with `dure neo4j status`, then "
            "repeat the command: what was written stays, the rest is written then"
        )
    return f"no Neo4j server answers at {uri}; start one with `dure neo4j start`, or check DURE_NEO4J_URI"


def refused(uri: str, code: str | None, message: str | None) -> str:
    """Say what a server that was reached refused to do."""
    if code in _NOT_WRITTEN:
        return (
            f"Neo4j at {uri} could not write to its disk ({code}); make room there, start it again "
            "(`dure neo4j stop`, `dure neo4j start`) and repeat the command: what was written stays"
        )
    return f"Neo4j at {uri} refused a query: {code}: {message}"


def _refusal(uri: str) -> OSError | None:
    """Knock at an address once and return what keeps a connection from being made."""
    parts = urlsplit(uri)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or _PORT), timeout=_KNOCK_S) as connection:
            if parts.scheme.endswith(("+s", "+ssc")):
                context = ssl.create_default_context()
                context.check_hostname = parts.scheme.endswith("+s")
                context.verify_mode = ssl.CERT_REQUIRED if context.check_hostname else ssl.CERT_NONE
                context.wrap_socket(connection, server_hostname=parts.hostname).close()
    except OSError as error:
        return error
    return None


def _is_cut(cause: BaseException) -> bool:
    """Whether a connection ended that had been there; the driver's own error for one without data has no number."""
    silent = type(cause) is OSError and cause.errno is None
    return silent or isinstance(cause, ConnectionResetError | BrokenPipeError)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those that led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
