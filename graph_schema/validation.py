"""Checks a record against the catalog and names everything that is wrong with it at once."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum, auto
from functools import cache
from typing import Any, Final

from graph_schema.errors import Fault, ValidationError
from graph_schema.model import ElementType, Property, ValueType
from graph_schema.wording import Wording

_PYTHON_TYPES: Final[Mapping[ValueType, tuple[type, ...]]] = {
    ValueType.STRING: (str,),
    ValueType.INTEGER: (int,),
    ValueType.FLOAT: (float, int),
    ValueType.BOOLEAN: (bool,),
    ValueType.DATE: (date,),
    ValueType.DATETIME: (datetime,),
    ValueType.STRINGS: (list, tuple),
}
_EXACT_TYPES: Final[Mapping[ValueType, type]] = {
    ValueType.STRING: str,
    ValueType.INTEGER: int,
    ValueType.FLOAT: float,
    ValueType.BOOLEAN: bool,
    ValueType.DATE: date,
    ValueType.STRINGS: list,
}
"""The types that nearly all values have; what has another one is looked at by itself."""
_WANTED: Final[Mapping[ValueType, Wording]] = {
    ValueType.STRING: Wording("글을", "a text"),
    ValueType.INTEGER: Wording("64비트 이하의 정수를", "a whole number of at most 64 bits"),
    ValueType.FLOAT: Wording("유한한 수를", "a finite number"),
    ValueType.BOOLEAN: Wording("true 또는 false를", "true or false"),
    ValueType.DATE: Wording("2026-03-02 같은 날짜를", "a date such as 2026-03-02"),
    ValueType.DATETIME: Wording("2026-03-02T01:02:03Z 같은 UTC 시각을", "a time in UTC such as 2026-03-02T01:02:03Z"),
    ValueType.STRINGS: Wording("글의 목록을", "a list of texts"),
}
_KEYS: Final = frozenset({"id", "src", "dst"})
FIRST_DAY: Final = date(1800, 1, 1)
LAST_DAY: Final = date(2200, 12, 31)
"""A day outside these two is a slip of the pen, and breaks what counts days."""
MAX_INDEXED_LENGTH: Final = 2_000
"""Most characters of a text that is indexed: at most 8,000 bytes."""
_MAX_SHOWN: Final = 200
"""Characters of a faulty value that a message shows: enough to find it, too few to fill a terminal."""
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters other than tab and line breaks, and halves of surrogate pairs."""


class PropertyRule(Enum):
    """What a property may break, in the order in which it is looked at; only the first is told."""

    REQUIRED = auto()
    TYPE = auto()
    """Of the catalog's type; numbers are finite."""
    NOT_EMPTY = auto()
    LENGTH = auto()
    """Short enough for a range index, which takes 8 kB: else Neo4j would refuse the whole batch."""
    CHOICE = auto()
    RANGE = auto()
    ORDER = auto()
    """``valid_from`` is not after ``valid_to``."""


@cache
def rules(p: Property) -> tuple[PropertyRule, ...]:
    """Rules that a property is under."""
    dated = p.type in (ValueType.DATE, ValueType.DATETIME)
    applies = {
        PropertyRule.REQUIRED: p.required,
        PropertyRule.TYPE: True,
        PropertyRule.NOT_EMPTY: p.name in _KEYS,
        PropertyRule.LENGTH: p.type is ValueType.STRING and not p.choices and (p.indexed or p.name in _KEYS),
        PropertyRule.CHOICE: bool(p.choices),
        PropertyRule.RANGE: dated,
        PropertyRule.ORDER: p.name == "valid_from",
    }
    return tuple(rule for rule in PropertyRule if applies[rule])


def fault(p: Property, rule: PropertyRule, value: str) -> Fault:
    """Say what is wrong where ``p`` breaks ``rule`` with ``value``, which is not repeated where it is personal."""
    shown = "(personal)" if p.pii and rule is not PropertyRule.REQUIRED else _shortened(value)
    wanted = _WANTED[p.type]
    reason, remedy = {
        PropertyRule.REQUIRED: (
            Wording("값이 없습니다", "is missing"),
            Wording(f"{wanted.ko} 적으십시오", f"give {wanted}"),
        ),
        PropertyRule.TYPE: (
            Wording(f"{p.type.value} 형식이 아닙니다", f"is no {p.type.value}"),
            Wording(f"{wanted.ko} 적으십시오", f"write {wanted}"),
        ),
        PropertyRule.NOT_EMPTY: (
            Wording("비어 있습니다", "is empty"),
            Wording("노드의 식별자를 적으십시오", "give the identifier of the node"),
        ),
        PropertyRule.LENGTH: (
            Wording(f"{MAX_INDEXED_LENGTH:,}자보다 깁니다", f"is longer than {MAX_INDEXED_LENGTH:,} characters"),
            Wording("줄이거나, 밀린 열을 바로잡으십시오", "shorten it, or correct a slip of columns"),
        ),
        PropertyRule.CHOICE: (
            Wording("선택할 수 있는 값이 아닙니다", "is not among the choices"),
            Wording(f"다음 가운데 하나를 적으십시오: {', '.join(p.choices)}", f"choose {', '.join(p.choices)}"),
        ),
        PropertyRule.RANGE: (
            Wording(
                f"{FIRST_DAY.year}년부터 {LAST_DAY.year}년 사이가 아닙니다",
                f"lies outside the years {FIRST_DAY.year} to {LAST_DAY.year}",
            ),
            Wording("연도를 바로잡으십시오", "correct the year"),
        ),
        PropertyRule.ORDER: (
            Wording("valid_to보다 늦습니다", "is after valid_to"),
            Wording("두 날짜를 맞바꾸거나 하나를 바로잡으십시오", "swap the dates or correct one of them"),
        ),
    }[rule]
    return Fault(p.name, shown, reason, remedy)


def _shortened(value: str) -> str:
    return f"{value[:_MAX_SHOWN]}…" if len(value) > _MAX_SHOWN else value


def validate(element: ElementType, record: Mapping[str, object]) -> None:
    """Raise one ``ValidationError`` with every fault of ``record``; a missing or null value is an unknown one.

    Personal values are not repeated in the faults.
    """
    faults = [*_unknown(element, record)]
    for p in element.stored:
        value = record.get(p.name)
        broken = next((rule for rule in rules(p) if _breaks(p, rule, value, record)), None)
        if broken is not None:
            faults.append(fault(p, broken, "" if value is None else _CONTROL.sub(_escaped, str(value))))
        elif _has_control_characters(value):
            faults.append(_unreadable(p, str(value)))
    if faults:
        raise ValidationError(_name(element, record), faults)


def doubtful(element: ElementType, names: Sequence[str], columns: Sequence[Sequence[object]]) -> list[int]:
    """Return the positions of records that ``validate`` may refuse, which holds for few; it refuses no other.

    The records come as columns of equal length, one for each of ``names``.
    """
    properties = {p.name: p for p in element.stored}
    required = {p.name for p in element.stored if p.required}
    if not required <= set(names) <= properties.keys():
        return [*range(len(columns[0]) if columns else 0)]
    found: set[int] = set()
    for name, column in zip(names, columns, strict=True):
        p = properties[name]
        if not _looks_sound(p, column):
            found.update(at for at, value in enumerate(column) if not _is_sound(p, value))
        if name == "valid_to":
            found.update(at for at, value in enumerate(column) if value is not None)
    return sorted(found)


def _looks_sound(p: Property, column: Sequence[Any]) -> bool:
    """Tell quickly that no value breaks a rule of ``p`` by itself; where in doubt, that some may."""
    kinds = set(map(type, column))
    if type(None) in kinds and not p.required:
        kinds.remove(type(None))
    if not kinds:
        return True
    if kinds != {_EXACT_TYPES.get(p.type)}:
        return False
    values = [value for value in column if value is not None]
    match p.type:
        case ValueType.STRING | ValueType.STRINGS:
            texts = values if p.type is ValueType.STRING else [text for value in values for text in value]
            return set(map(type, texts)) <= {str} and _texts_look_sound(p, texts)
        case ValueType.FLOAT:
            return all(map(math.isfinite, values))
        case ValueType.BOOLEAN:
            return True
    least, most = (FIRST_DAY, LAST_DAY) if p.type is ValueType.DATE else (-(2**63), 2**63 - 1)
    return bool(least <= min(values) and max(values) <= most)


def _texts_look_sound(p: Property, texts: Sequence[str]) -> bool:
    if p.choices and not set(texts) <= set(p.choices):
        return False
    if p.name in _KEYS and not all(map(str.strip, texts)):
        return False
    if PropertyRule.LENGTH in rules(p) and max(map(len, texts)) > MAX_INDEXED_LENGTH:
        return False
    joined = "".join(texts)
    return joined.isprintable() or not _CONTROL.search(joined)


def _is_sound(p: Property, value: object) -> bool:
    return not (any(_breaks(p, rule, value, {}) for rule in rules(p)) or _has_control_characters(value))


def _name(element: ElementType, record: Mapping[str, object]) -> str:
    key = [str(record[name]) for name in ("id", "src", "dst", "key") if record.get(name)]
    return f"{element} {' '.join(key)}".strip()


def _unknown(element: ElementType, record: Mapping[str, object]) -> Iterator[Fault]:
    known = {p.name for p in element.stored}
    for name in record.keys() - known:
        names = ", ".join(sorted(known))
        reason = Wording(f"{element}에 없는 속성입니다", f"{element} has no such property")
        yield Fault(name, "", reason, Wording(f"다음 가운데 하나를 적으십시오: {names}", f"name one of {names}"))


def _breaks(p: Property, rule: PropertyRule, value: object, record: Mapping[str, object]) -> bool:
    if value is None or rule is PropertyRule.REQUIRED:
        return value is None and rule is PropertyRule.REQUIRED
    match rule:
        case PropertyRule.TYPE:
            return not _has_type(p.type, value)
        case PropertyRule.NOT_EMPTY | PropertyRule.LENGTH:
            return len(str(value)) > MAX_INDEXED_LENGTH if rule is PropertyRule.LENGTH else not str(value).strip()
        case PropertyRule.CHOICE:
            return value not in p.choices
        case PropertyRule.RANGE:
            return isinstance(value, date) and not FIRST_DAY <= _day(value) <= LAST_DAY
    until = record.get("valid_to")
    return isinstance(value, date) and isinstance(until, date) and _day(value) > _day(until)


def _day(value: date) -> date:
    """Take the day of a date that may carry a time, since the two do not compare."""
    return value.date() if isinstance(value, datetime) else value


def _unreadable(p: Property, value: str) -> Fault:
    shown = "(personal)" if p.pii else _CONTROL.sub(_escaped, value)
    reason = Wording("제어 문자가 들어 있습니다", "holds control characters")
    remedy = Wording(
        "지우십시오. 파일의 문자 인코딩이 다를 수 있습니다", "remove them; the file may be in another encoding"
    )
    return Fault(p.name, shown, reason, remedy)


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
