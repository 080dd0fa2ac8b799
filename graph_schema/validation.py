"""Checks a record against the catalog and names everything that is wrong with it at once."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from graph_schema.errors import Fault, ValidationError
from graph_schema.model import ElementType, Property, ValueType

_PYTHON_TYPES: Final[Mapping[ValueType, tuple[type, ...]]] = {
    ValueType.STRING: (str,),
    ValueType.INTEGER: (int,),
    ValueType.FLOAT: (float, int),
    ValueType.BOOLEAN: (bool,),
    ValueType.DATE: (date,),
    ValueType.DATETIME: (datetime,),
    ValueType.STRINGS: (list, tuple),
}
_WANTED: Final[Mapping[ValueType, str]] = {
    ValueType.STRING: "a text",
    ValueType.INTEGER: "a whole number of at most 64 bits",
    ValueType.FLOAT: "a finite number",
    ValueType.BOOLEAN: "true or false",
    ValueType.DATE: "a date such as 2026-03-02",
    ValueType.DATETIME: "a time in UTC such as 2026-03-02T01:02:03Z",
    ValueType.STRINGS: "a list of texts",
}
YEARS: Final = range(1800, 2201)
"""Years in which the days and times of records may lie; others are slips of the pen that break what counts days."""
_KEYS: Final = frozenset({"id", "src", "dst"})
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters other than tab and line breaks, and halves of surrogate pairs."""


def validate(element: ElementType, record: Mapping[str, object]) -> None:
    """Raise one ``ValidationError`` with every fault of ``record``; a missing or null value is an unknown one.

    Personal values are not repeated in the faults.
    """
    faults = [*_unknown(element, record), *_misordered(record)]
    for p in element.stored:
        value = record.get(p.name)
        if value is not None or p.required:
            faults += _faults(p, value)
    if faults:
        raise ValidationError(_name(element, record), faults)


def _name(element: ElementType, record: Mapping[str, object]) -> str:
    key = [str(record[name]) for name in ("id", "src", "dst", "key") if record.get(name)]
    return f"{element} {' '.join(key)}".strip()


def _unknown(element: ElementType, record: Mapping[str, object]) -> Iterator[Fault]:
    known = {p.name for p in element.stored}
    for name in record.keys() - known:
        yield Fault(name, "", f"{element} has no such property", f"name one of {', '.join(sorted(known))}")


def _misordered(record: Mapping[str, object]) -> Iterator[Fault]:
    start, end = record.get("valid_from"), record.get("valid_to")
    if isinstance(start, date) and isinstance(end, date) and _day(start) > _day(end):
        yield Fault("valid_from", str(start), f"is after valid_to, {end}", "swap the dates or correct one of them")


def _day(value: date) -> date:
    """Take the day of a date that may carry a time, since the two do not compare."""
    return value.date() if isinstance(value, datetime) else value


def _faults(p: Property, value: object) -> Iterator[Fault]:
    if value is None:
        yield Fault(p.name, "", "is missing", f"give {_WANTED[p.type]}")
        return
    shown = "(personal)" if p.pii else str(value)
    if not _has_type(p.type, value):
        yield Fault(p.name, shown, f"is no {p.type.value}", f"write {_WANTED[p.type]}")
        return
    if p.name in _KEYS and not str(value).strip():
        yield Fault(p.name, shown, "is empty", "give the identifier of the node")
    if p.choices and value not in p.choices:
        yield Fault(p.name, shown, "is not among the choices", f"choose {', '.join(p.choices)}")
    if isinstance(value, date) and value.year not in YEARS:
        yield Fault(p.name, shown, f"lies outside the years {YEARS[0]} to {YEARS[-1]}", "correct the year")
    if _has_control_characters(value):
        yield Fault(
            p.name,
            _CONTROL.sub(_escaped, shown),
            "holds control characters",
            "remove them; the file may be in another encoding",
        )


def _has_type(type_: ValueType, value: object) -> bool:
    if not isinstance(value, _PYTHON_TYPES[type_]) or (isinstance(value, bool) and type_ is not ValueType.BOOLEAN):
        return False
    match value:
        case datetime():
            return type_ is ValueType.DATETIME and value.utcoffset() == timedelta(0)
        case float():
            return math.isfinite(value)
        case int():
            return -(2**63) <= value < 2**63
        case list() | tuple():
            return all(isinstance(item, str) for item in value)
    return True


def _has_control_characters(value: object) -> bool:
    texts = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else []
    return any(_CONTROL.search(text) for text in texts)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
