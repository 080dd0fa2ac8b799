"""Addresses of Neo4j servers, and why one was not reached."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from graph_schema.errors import ConfigError
from graph_schema.wording import Wording

_SCHEMES: Final = frozenset({"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"})
_PORT: Final = 7687
"""Bolt's own port, where an address names none."""
_KNOCK_S: Final = 2.0
"""Only to tell why a connection failed, so that little time is added to the failure."""
_NOT_WRITTEN: Final = frozenset(
    f"Neo.DatabaseError.{what}" for what in ("Transaction.TransactionLogError", "Transaction.TransactionCommitFailed")
)
"""What a server says whose disk is full."""
_NAMED_BY: Final = "--store, DURE_STORE, DURE_NEO4J_URI"
"""What may have named an address."""
_REPEAT: Final = "같은 명령을 다시 실행하십시오. 이미 저장된 것은 남아 있고 나머지를 이어서 저장합니다"


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
            Wording(
                f"{shown!r}: Neo4j 서버의 주소가 아닙니다. bolt://127.0.0.1:7687처럼 적고, 사용자와 비밀번호는 "
                "DURE_NEO4J_USER와 DURE_NEO4J_PASSWORD에 적으십시오",
                f"{shown!r} is not the address of a Neo4j server; write it like bolt://127.0.0.1:7687, "
                "with user and password in DURE_NEO4J_USER and DURE_NEO4J_PASSWORD",
            )
        )


def unreached(uri: str, error: BaseException) -> Wording:
    """Say why a server was not reached, and what to do."""
    # With routing the driver keeps to itself why no server of a cluster answered.
    causes = [*_causes(error), *(_causes(_refusal(uri)) if uri.startswith("neo4j") else ())]
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Wording(
            f"{uri}: 신뢰할 수 없는 인증서를 쓰는 Neo4j 서버입니다. 이 컴퓨터가 아는 인증 기관의 인증서를 설치하거나"
            "(다른 기관은 SSL_CERT_FILE에 지정), 믿을 수 있는 망이라면 bolt+ssc:// 또는 neo4j+ssc://로 적어 "
            "자체 서명 인증서를 받아들이십시오",
            f"the certificate of the Neo4j server at {uri} is not trusted; have it signed by an authority that "
            "this machine knows (SSL_CERT_FILE names others), or, where its network is, write bolt+ssc:// or "
            "neo4j+ssc:// for one that it signed itself",
        )
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return Wording(
            f"{uri}: TLS를 쓰지 않는 서버입니다. bolt:// 또는 neo4j://로 적거나 서버에서 TLS를 켜십시오",
            f"the server at {uri} does not speak TLS; write bolt:// or neo4j://, or turn TLS on there",
        )
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return Wording(
            f"{uri}: 호스트를 찾을 수 없습니다. 주소({_NAMED_BY})를 확인하십시오",
            f"the host of {uri} is not known; check the address ({_NAMED_BY})",
        )
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return Wording(
            f"{uri}: Neo4j 서버가 제시간에 응답하지 않습니다. 멈추었거나 과부하인지 확인한 뒤 {_REPEAT}",
            f"the Neo4j server at {uri} does not answer in time; see whether it hangs or is overloaded, then "
            "repeat the command: what was written stays, the rest is written then",
        )
    if any(map(_is_cut, causes)):
        return Wording(
            f"{uri}: Neo4j와의 연결이 끊어졌습니다. 서버가 실행 중인지(여기서 띄운 것은 `dure neo4j status`로) "
            f"확인한 뒤 {_REPEAT}",
            f"the connection to Neo4j at {uri} was cut; see whether the server runs (`dure neo4j status` tells of "
            "one that was started here), then repeat the command: what was written stays, the rest is written then",
        )
    return Wording(
        f"{uri}: 응답하는 Neo4j 서버가 없습니다. `dure neo4j start`로 시작하거나 주소({_NAMED_BY})를 확인하십시오",
        f"no Neo4j server answers at {uri}; start one with `dure neo4j start`, or check the address ({_NAMED_BY})",
    )


def failed(uri: str, error: BaseException) -> Wording:
    """Say what the driver says where neither the server nor the way to it is known to be at fault."""
    return Wording(
        f"{uri}: Neo4j와의 연결에 실패했습니다({error})", f"the connection to Neo4j at {uri} failed: {error}"
    )


def not_let_in(uri: str, user: str) -> Wording:
    """Say that a server does not know this user with this password."""
    return Wording(
        f"{uri}: Neo4j가 사용자 {user!r}의 접속을 거부했습니다. DURE_NEO4J_USER와 DURE_NEO4J_PASSWORD를 확인하십시오",
        f"Neo4j at {uri} refused the user {user!r}; check DURE_NEO4J_USER and DURE_NEO4J_PASSWORD",
    )


def unfilled(uri: str, indexes: Sequence[str]) -> Wording:
    """Say which indexes a server could not fill."""
    names = ", ".join(indexes)
    return Wording(
        f"{uri}: Neo4j가 채우지 못한 색인: {names}. 서버의 로그를 보고(디스크가 찼을 수 있습니다) DROP INDEX로 지운 뒤 "
        "`dure migrate`를 다시 실행하십시오",
        f"Neo4j at {uri} could not fill the index {names}; see its log (a full disk?), "
        "drop it there with DROP INDEX, and run `dure migrate` again",
    )


def timed_out(uri: str) -> Wording:
    """Say that a server ended a query that took too long."""
    return Wording(
        f"{uri}: 정해진 시간 안에 끝나지 않은 질의를 Neo4j가 중단했습니다. 서버가 바쁘지 않을 때 다시 실행하십시오",
        f"Neo4j at {uri} ended a query that took longer than it was given; repeat it while the server is not busy",
    )


def refused(uri: str, code: str | None, message: str | None) -> Wording:
    """Say what a server that was reached refused to do."""
    if code in _NOT_WRITTEN:
        return Wording(
            f"{uri}: Neo4j가 디스크에 쓰지 못했습니다({code}). 서버의 디스크 공간을 확보하고 다시 시작한 뒤"
            "(`dure neo4j stop`, `dure neo4j start`) 같은 명령을 다시 실행하십시오. 이미 저장된 것은 남아 있습니다",
            f"Neo4j at {uri} could not write to its disk ({code}); make room there, start it again "
            "(`dure neo4j stop`, `dure neo4j start`) and repeat the command: what was written stays",
        )
    return Wording(
        f"{uri}: Neo4j가 질의를 거부했습니다. {code}: {message}",
        f"Neo4j at {uri} refused a query: {code}: {message}",
    )


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


def is_silent(error: BaseException) -> bool:
    """Whether a server was waited for in vain, rather than refused, cut or not there."""
    return any(isinstance(cause, TimeoutError) for cause in _causes(error))


def _is_cut(cause: BaseException) -> bool:
    """Whether a connection ended that had been there; the driver's own error for one without data has no number."""
    silent = type(cause) is OSError and cause.errno is None
    return silent or isinstance(cause, ConnectionResetError | BrokenPipeError)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those that led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
