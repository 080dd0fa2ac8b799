"""Opens the envelopes of saved API answers: items, "no data", and errors that come with HTTP 200."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element

from graph_schema.errors import Fault, OtherShapeError, SourceError
from graph_schema.wording import Wording
from loaders.files import file_kind, shown
from loaders.json_items import JsonItems, json_outline
from loaders.reading import element_values, xml_items
from loaders.source import Row, first_rows
from loaders.tables import Shape, require_fields, table_rows

OK: Final = frozenset({"", "0", "00", "000", "0000", "OK"})
NO_DATA: Final = "03"
"""data.go.kr's code for an answer without items."""

_ERROR_HEADERS: Final = ("header", "cmmMsgHeader")
_COUNTS: Final = ("totalCount", "TotalSearchCount", "TOTALHITS")
_ENVELOPES: Final = ("response", "body", "jsonArray", "data", "items", "item")
"""Members that hold the items or a further envelope, the outer ones first."""
_MESSAGES: Final = ("response", "header", "cmmMsgHeader", "jsonArray", "OpenAPI_ServiceResponse")
_ERROR_REMEDY: Final = Wording(
    "인증키와 요청 변수를 확인하고 다시 받으십시오", "check the service key and the parameters, and fetch it again"
)
_NESTED: Final = Wording("그 항목을 글로 적거나 다시 받으십시오", "write it as a text, or fetch the answer again")
FEW_TEXTS: Final = 5
"""An error in a shape of its own has no more texts than this; more of them are data of something else."""
_LOOKED_AT: Final = 20
"""So many items tell whether an answer is one of this source; a single one may lack what the others have."""


def saved_rows(
    path: Path, *shapes: Shape, tags: Sequence[str] = ("item",), separators: Mapping[str, str] | None = None
) -> Iterator[Row]:
    """Stream the rows of a saved file: a table of one of ``shapes``, or a JSON or XML answer of the first.

    ``tags`` are the XML elements that hold an item, ``separators`` the sign that joins a list within a field (a comma
    where a field is not named).
    """
    kind = file_kind(path)
    if kind == "json":
        return json_rows(path, shapes[0], separators or {})
    if kind == "xml":
        return xml_rows(path, tags, shapes[0])
    return table_rows(path, *shapes)


def json_rows(path: Path, shape: Shape, separators: Mapping[str, str]) -> Iterator[Row]:
    """Yield the items of a JSON answer, or of a saved list of items.

    Raises ``SourceError`` where the envelope holds an error or the items have another shape.
    """
    document = json_outline(path, _ENVELOPES)
    refuse_error(path, _flat_messages(document))
    items = _items(document)
    if items is None or not _are_objects(items):
        known = ", ".join(document) if isinstance(document, Mapping) else type(document).__name__
        raise OtherShapeError(
            Wording(
                f"{shown(path)}: 이 출처의 답이 아닙니다. 있어야 할 자리에 항목의 목록이 없습니다. "
                f"문서에 있는 것: {known or '없음'}. 다시 받으십시오",
                f"{shown(path)} is not an answer of this source: no list of items where it belongs; "
                f"the document holds {known or 'nothing'}; fetch it again",
            )
        )
    around = items.around if isinstance(items, JsonItems) else {}
    counted = next((str(around[name]) for name in _COUNTS if name in around), "")

    def rows() -> Iterator[Row]:
        number = 0
        try:
            for number, item in enumerate(items, start=1):
                yield _item_row(number, item, shape, separators)
        except SourceError as error:
            raise _cut_off(error, number, counted) from error

    yield from _recognised(path, rows(), shape)


def xml_rows(
    path: Path,
    tags: Sequence[str],
    shape: Shape,
    values_of: Callable[[Element], Mapping[str, str]] = element_values,
) -> Iterator[Row]:
    """Stream the items of an XML answer, whose fields ``values_of`` an item are.

    Raises ``SourceError`` where the answer holds an error, or no item although it counts some, or has no header.
    """

    def is_item(element: Element) -> bool:
        return element.tag in tags or element.tag in _ERROR_HEADERS or element.tag in _COUNTS

    def rows() -> Iterator[Row]:
        number, headers, counted = 0, 0, ""
        try:
            for element in xml_items(path, is_item):
                if element.tag in _COUNTS:
                    counted = (element.text or "").strip()
                elif element.tag in _ERROR_HEADERS:
                    headers += 1
                    refuse_error(path, element_values(element))
                else:
                    number += 1
                    yield Row(number, {shape.names.get(tag, tag): text for tag, text in values_of(element).items()})
        except SourceError as error:
            raise _cut_off(error, number, counted) from error
        if not number and not headers:
            # An error may stand without a header, as a code and a message.
            texts = {leaf.tag: (leaf.text or "").strip() for leaf in xml_items(path, _is_leaf)}
            refuse_error(path, texts if len(texts) <= FEW_TEXTS else {})
        if not number and counted not in ("", "0"):
            raise OtherShapeError(
                Wording(
                    f"{shown(path)}: {counted}건이라고 적혀 있으나 이 출처의 {', '.join(tags)} 요소가 없습니다. "
                    "다른 서비스의 답일 수 있으니 무엇을 요청했는지 확인하십시오",
                    f"{shown(path)} counts {counted} hits and holds no {' or '.join(tags)} of this source; it is "
                    "probably an answer of another service: check what was asked for",
                )
            )
        if not number and not headers and not counted:
            raise OtherShapeError(
                Wording(
                    f"{shown(path)}: {', '.join(tags)} 요소가 없습니다. 이 출처의 답인지 확인하십시오",
                    f"{shown(path)} holds no {' or '.join(tags)} element; check that it is an answer of this source",
                )
            )

    yield from _recognised(path, rows(), shape)


def _cut_off(error: SourceError, number: int, counted: str) -> SourceError:
    """Say of a fault how many items before it were read, and of how many where the answer counts them."""
    if not number:
        return error
    of_ko, of_en = (f"(모두 {counted}개)", f" of {counted}") if counted else ("", "")
    return SourceError(
        Wording(
            f"{error.wording.ko}. 그 앞의 항목 {number}개{of_ko}는 읽었습니다",
            f"{error.wording.en}; the {number} items{of_en} before it are read",
        )
    )


def refuse_error(path: Path, messages: Mapping[str, object]) -> None:
    """Raise ``SourceError`` where the codes and texts of an envelope tell of an error."""
    if error := _error_in(messages):
        raise SourceError(
            Wording(
                f"{shown(path)}: 자료가 아니라 기관의 오류 메시지입니다: {error.ko}. {_ERROR_REMEDY.ko}",
                f"{shown(path)} holds no data but an error of the register: {error.en}; {_ERROR_REMEDY.en}",
            )
        )


def _error_in(messages: Mapping[str, object]) -> Wording | None:
    """Return the error that codes and texts tell of."""
    codes = ("resultCode", "resultCd", "returnReasonCode", "status_code", "recode", "code")
    code = next((str(messages[name]).strip() for name in codes if messages.get(name)), "")
    text = messages.get("returnAuthMsg") or messages.get("reqErr") or messages.get("errMsg") or messages.get("msg")
    if (code in OK or code == NO_DATA) and not text:
        return None
    message = text or messages.get("resultMsg") or messages.get("remsg")
    return Wording(
        f"{message or '설명 없음'} (코드 {code or '없음'})", f"{message or 'no text'} (code {code or 'none'})"
    )


def _with_error(row: Row, required: AbstractSet[str]) -> Row:
    """Say of an item that has nothing of what is required, and tells of an error, that it does."""
    if not required.isdisjoint(row.values) or len(row.values) > FEW_TEXTS or not (error := _error_in(row.values)):
        return row
    reason = Wording(f"자료가 아니라 기관의 오류 메시지입니다: {error.ko}", f"an error of the register: {error.en}")
    return row._replace(fault=Fault("", "", reason, _ERROR_REMEDY))


def _is_leaf(element: Element) -> bool:
    return not len(element)


def _are_objects(items: Sequence[Any] | JsonItems) -> bool:
    return items.objects if isinstance(items, JsonItems) else all(isinstance(item, Mapping) for item in items)


def _items(document: Any) -> list[Any] | JsonItems | None:
    """Open an envelope after the other; items are a list, one object, or nothing. None where there is no envelope."""
    if isinstance(document, list | JsonItems):
        return document
    if not isinstance(document, Mapping):
        return None
    name = next((name for name in _ENVELOPES if name in document), None)
    if name is None:
        return None
    inner = document[name]
    if isinstance(inner, Mapping) and inner and not any(each in inner for each in _ENVELOPES):
        return [inner] if name in ("data", "item", "items") else [] if name == "body" else None
    return _items(inner) if inner else []


def _item_row(number: int, item: Mapping[str, object], shape: Shape, separators: Mapping[str, str]) -> Row:
    """Make a row of a JSON object; null becomes the empty text, a list of texts one text."""
    values: dict[str, str] = {}
    nested: list[str] = []
    for key, value in item.items():
        name = shape.names.get(key, key)
        plain = [each for each in value if not isinstance(each, Mapping | list)] if isinstance(value, list) else [value]
        if isinstance(value, Mapping) or (isinstance(value, list) and len(plain) < len(value)):
            nested.append(name)
        values[name] = separators.get(name, ",").join("" if each is None else str(each) for each in plain)
    if not nested:
        return Row(number, values)
    listed = ", ".join(nested)
    reason = Wording(f"글이 아니라 하위 항목이 들어 있습니다: {listed}", f"{listed} holds no text but further fields")
    return Row(number, values, Fault("", "", reason, _NESTED))


def _recognised(path: Path, rows: Iterable[Row], shape: Shape) -> Iterator[Row]:
    """Pass rows on where any of the first has a required field; else refuse the file.

    Those before a fault of the file come before its error, however few they are.
    """
    remaining = iter(rows)
    first, fault = first_rows(remaining, _LOOKED_AT)
    found = dict.fromkeys(name for row in first for name in row.values)
    if first and not found.keys() & set(shape.required):
        if len(first) == 1 and len(found) <= FEW_TEXTS:
            refuse_error(path, first[0].values)  # written where an item belongs
        require_fields(path, shape.required, list(found), shape.names)
    required = frozenset(shape.required)
    yield from (_with_error(row, required) for row in first)
    if fault:
        raise fault
    yield from (_with_error(row, required) for row in remaining)


def _flat_messages(document: Any) -> dict[str, object]:
    """Return the scalar members of an envelope, its header included."""
    if not isinstance(document, Mapping):
        return {}
    found: dict[str, object] = {name: value for name, value in document.items() if isinstance(value, str | int)}
    for name in _MESSAGES:
        if name in document:
            found |= _flat_messages(document[name])
    return found
