"""Opens the envelopes of saved API answers: items, "no data", and errors that come with HTTP 200."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element

from graph_schema.errors import SourceError
from loaders.reading import element_values, item_row, json_document, require_fields, xml_items
from loaders.source import Row

OK: Final = frozenset({"", "0", "00", "000", "0000"})
NO_DATA: Final = "03"
"""data.go.kr's code for an answer without items."""

_ERROR_HEADERS = ("header", "cmmMsgHeader")


def json_rows(path: Path, items_of: Callable[[Any], Any], required: Sequence[str]) -> Iterator[Row]:
    """Yield the items of a JSON answer; ``items_of`` opens the envelope and returns a list, one item or None.

    Raises ``SourceError`` where the envelope holds an error or the items have another shape.
    """
    document = json_document(path)
    refuse_error(path, _flat_messages(document))
    items = items_of(document)
    if isinstance(items, Mapping):
        items = [items]
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        known = ", ".join(document) if isinstance(document, Mapping) else type(document).__name__
        raise SourceError(
            f"{path} is not an answer of this source: no list of items where it belongs; "
            f"the document holds {known or 'nothing'}; fetch it again"
        )
    if items:
        require_fields(path, required, list(items[0]))
    for number, item in enumerate(items, start=1):
        yield item_row(number, item)


def xml_rows(path: Path, item_tags: Sequence[str], names: Mapping[str, str], required: Sequence[str]) -> Iterator[Row]:
    """Stream the items of an XML answer; ``names`` gives the field name of a tag where they differ.

    Raises ``SourceError`` where the answer holds an error, or no item and no header either.
    """

    def is_item(element: Element) -> bool:
        return element.tag in item_tags or element.tag in _ERROR_HEADERS

    number, headers = 0, 0
    for element in xml_items(path, is_item):
        values = element_values(element)
        if element.tag in _ERROR_HEADERS:
            headers += 1
            refuse_error(path, values)
            continue
        number += 1
        row = {names.get(tag, tag): text for tag, text in values.items()}
        if number == 1:
            require_fields(path, required, list(row), {tag: name for tag, name in names.items() if tag in values})
        yield Row(number, row)
    if not number and not headers:
        raise SourceError(
            f"{path} holds no {' or '.join(item_tags)} element; check that it is an answer of this source"
        )


def refuse_error(path: Path, messages: Mapping[str, object]) -> None:
    """Raise ``SourceError`` where the codes and texts of an envelope tell of an error."""
    code = str(messages.get("resultCode") or messages.get("resultCd") or messages.get("returnReasonCode") or "").strip()
    text = messages.get("returnAuthMsg") or messages.get("reqErr") or messages.get("errMsg") or messages.get("msg")
    if (code in OK or code == NO_DATA) and not text:
        return
    told = text or messages.get("resultMsg") or "no text"
    raise SourceError(
        f"{path} holds no data but an error of the register: {told} (code {code or 'none'}); "
        "check the service key and the parameters, and fetch it again"
    )


def _flat_messages(document: Any) -> dict[str, object]:
    """Return the scalar members of an envelope, its header included."""
    if not isinstance(document, Mapping):
        return {}
    found: dict[str, object] = {name: value for name, value in document.items() if isinstance(value, str | int)}
    for name in ("response", "header", "cmmMsgHeader", "jsonArray"):
        if name in document:
            found |= _flat_messages(document[name])
    return found
