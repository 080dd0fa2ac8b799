"""Finds the newest edition of a file that api.odcloud.kr serves, each under an address of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graph_schema.errors import SourceError
from loaders.live.client import Client
from loaders.live.endpoints import Endpoint

_EDITION = re.compile(r"uddi:[0-9a-f-]{36}$")
_DAY = re.compile(r"(?<!\d)20\d{6}(?!\d)")


def newest_edition(endpoint: Endpoint, client: Client) -> Endpoint:
    """Return the service at the address of its newest edition; as it is where the list of editions cannot be had.

    The list names each edition's day in its summary, and is asked for without a key.
    """
    if not endpoint.editions:
        return endpoint
    root, _, _ = endpoint.address.rpartition("/")
    documents = replace(endpoint, address=endpoint.editions, parameters={}, key="")
    try:
        found = client.fetch(documents, {"namespace": "/".join(root.split("/")[-2:])}, None, _editions)
    except SourceError:
        return endpoint
    return replace(endpoint, address=f"{root}/{max(found)[1]}") if found else endpoint


def _editions(body: bytes, _status: int) -> list[tuple[str, str]]:
    """Return (day, last part of the address) of each edition that a list names with a day."""
    try:
        paths: Any = json.loads(body).get("paths")
    except (ValueError, AttributeError):
        return []
    found = []
    for path, methods in paths.items() if isinstance(paths, Mapping) else ():
        edition = _EDITION.search(str(path))
        day = _DAY.search(json.dumps(methods, ensure_ascii=False))
        if edition and day:
            found.append((day[0], edition[0]))
    return found
