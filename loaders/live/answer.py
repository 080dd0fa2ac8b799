"""Reads one answer of an API: its rows, how many there are in all, and the errors that come with HTTP 200."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from loaders.answers import FEW_TEXTS, NO_DATA, OK, saved_rows
from loaders.files import BareError, file_kind
from loaders.live.endpoints import Endpoint
from loaders.reading import json_document, xml_items
from loaders.refusals import RefusedError, UnavailableError, both, reason_of, refusal
from loaders.source import Row
from loaders.tables import Shape

Read = Callable[[Path], Iterator[Row]]

_CODES: Final = ("returnReasonCode", "resultCode", "resultCd", "status_code", "code")
_TEXTS: Final = ("returnAuthMsg", "reqErr", "errMsg", "resultMsg", "msg", "message", "error")
_TOTALS: Final = ("matchCount", "totalCount", "totCnt", "TotalSearchCount", "TOTALHITS")
"""Names of the number of rows in all; one that counts what a filter leaves comes first."""
_NAMES: Final = frozenset({*_CODES, *_TEXTS, *_TOTALS})
_ERRORS: Final = frozenset({"reqErr", "returnAuthMsg"})
"""Texts that are an error whatever the code."""
_DEEPEST: Final = 4
"""The services wrap their rows three deep at most; one more is allowed for."""
_MOST_SHOWN: Final = 200
"""Characters of a service's own words in a message: an error page must not fill the terminal."""


@dataclass(frozen=True)
class ApiAnswer:
    """The rows of one page, and how many rows the API counts in all (None where it does not tell)."""

    rows: list[Row]
    total: int | None


def read_rows(path: Path) -> Iterator[Row]:
    """Stream the rows of an answer that no loader reads."""
    return saved_rows(path, Shape(()))


def examine(path: Path, endpoint: Endpoint, read: Read) -> ApiAnswer:
    """Read an answer that is kept at ``path``.

    Raises ``RefusedError`` where it is an error, or no answer of the API, and ``UnavailableError`` where it is cut off
    or the error is one that passes.
    """
    try:
        kind = file_kind(path)
    except BareError as error:
        why = reason_of(endpoint.codes, "", error.said)
        raise refusal(endpoint.title, why, Wording.alike(error.said[:_MOST_SHOWN])) from None
    except SourceError as error:
        raise _no_answer(endpoint, str(error)) from None
    try:
        said = _json_scalars(json_document(path)) if kind == "json" else _xml_texts(path) if kind == "xml" else {}
    except SourceError:
        raise _cut_off(endpoint) from None
    if kind not in ("json", "xml"):
        said = {"msg": path.read_text(encoding="utf-8", errors="replace")[:_MOST_SHOWN]}
    _refuse(endpoint, said)
    try:
        rows = list(read(path))
    except SourceError as error:
        # An error in a shape of its own is told by its words, else by what the loader misses.
        message = " ".join(said.values()) if len(said) <= FEW_TEXTS else ""
        shown = Wording.alike(message[:_MOST_SHOWN]) if message else error.wording
        raise refusal(endpoint.title, reason_of(endpoint.codes, "", message), shown) from None
    return ApiAnswer(rows, _total(said))


def _refuse(endpoint: Endpoint, said: Mapping[str, str]) -> None:
    """Raise what the codes and texts of an answer tell of an error."""
    code = next((said[name] for name in _CODES if said.get(name)), "")
    text = next((said[name] for name in _TEXTS if said.get(name)), "")
    counted = any(name in said for name in _TOTALS)
    refused = code not in OK and code != NO_DATA if code else bool(text) and not counted
    if refused or any(said.get(name) for name in _ERRORS):
        codes = (f"코드 {code}", f"code {code}") if code else ("", "")
        message = Wording(*(", ".join(filter(None, (text[:_MOST_SHOWN], each))) for each in codes))
        raise refusal(endpoint.title, reason_of(endpoint.codes, code, text), message)


def _total(said: Mapping[str, str]) -> int | None:
    return next((int(said[name]) for name in _TOTALS if said.get(name, "").isdecimal()), None)


def _json_scalars(document: Any, depth: int = 0) -> dict[str, str]:
    """Return what an envelope says of itself, and the count that Bizinfo writes into each of its items."""
    if isinstance(document, list):
        first = document[0] if document and isinstance(document[0], Mapping) else {}
        return {name: str(first[name]) for name in _TOTALS if name in first}
    if not isinstance(document, Mapping) or depth >= _DEEPEST:
        return {}
    found: dict[str, str] = {}
    for member in document.values():
        if isinstance(member, Mapping | list):
            found = _json_scalars(member, depth + 1) | found
    return found | {
        name: str(value).strip() for name, value in document.items() if name in _NAMES and isinstance(value, str | int)
    }


def _xml_texts(path: Path) -> dict[str, str]:
    """Return the first text of each element that is known to tell something, and those of an answer without items."""
    found: dict[str, str] = {}
    others: dict[str, str] = {}

    def is_leaf(element: Element) -> bool:
        return not len(element)

    for element in xml_items(path, is_leaf):
        text = (element.text or "").strip()
        if text and len(others) < len(_NAMES):
            (found if element.tag in _NAMES else others).setdefault(element.tag, text)
    return found or others


def _no_answer(endpoint: Endpoint, message: str) -> SourceError:
    return RefusedError(
        both(
            endpoint.title,
            "API의 답이 아니라 다른 것이 왔습니다 (점검 안내나 로그인 화면일 수 있음). 나중에 다시 실행하십시오",
            f"no answer of the API but something else ({message.split(' is ', 1)[-1]})",
        ),
        known=False,
    )


def _cut_off(endpoint: Endpoint) -> SourceError:
    return UnavailableError(
        both(
            endpoint.title,
            "답이 중간에 끊겼습니다. 받은 쪽은 보관되어 있으니 다시 실행하십시오",
            "the answer is cut off; the pages so far are kept, run it again",
        )
    )
