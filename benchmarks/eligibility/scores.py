"""Compares what a load makes of notices with their labels, as sets of facts."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from loaders.fields import Fields
from loaders.source import Source
from loaders.sources import bizinfo, kstartup
from recommender.measure.wilson import wilson_interval

LABELS: Final = Path(__file__).with_name("labels.json")
FIELDS: Final = (
    "window",
    "region",
    "industries",
    "size",
    "kinds",
    "representatives",
    "years",
    "staff",
    "sales",
    "certificates",
    "exclusions",
    "amount",
    "own_share",
    "help",
)
HEADER: Final = (
    f"{'field':<16}{'right':>6}{'wrong':>6}{'missed':>7}{'precision, 95 %':>23}{'recall, 95 %':>23}"
    f"{'left to people':>16}{'silent':>8}"
)
_RULES: Final = {
    "region": "region",
    "industries": "industry",
    "size": "target",
    "kinds": "target",
    "representatives": "representative",
    "years": "age",
    "staff": "size",
    "sales": "revenue",
    "certificates": "certificate",
    "exclusions": "exclusion",
    "amount": "support",
    "own_share": "share",
}
"""Rules under which a field that was not understood is left to people."""
_SIZES: Final = frozenset({"sme", "mid_size", "large", "small", "micro"})
_LED: Final = frozenset({"women", "disabled"})
_CHECK: Final = "check"
_SHOWN: Final = 8
_RANGES: Final = {
    "years": ("min_company_age", "max_company_age"),
    "staff": ("min_employees", "max_employees"),
    "sales": ("min_revenue_krw", "max_revenue_krw"),
}

_FOUNDERS_ALONE: Final = (None, 0)
"""Years by which a list that ticks founders-to-be alone is kept; the kind of applicant counts that fact already."""

Facts = Mapping[str, frozenset[object]]


class Misreading(NamedTuple):
    """A notice whose field was read otherwise than its label says."""

    id: str
    field: str
    label: object
    read: object

    def __str__(self) -> str:
        return f"{self.id} {self.field}: label {_shown(self.label)}, read {_shown(self.read)}"


@dataclass(frozen=True)
class LabelledNotice:
    """A notice that was read by hand; ``facts`` holds the fields of which the notice speaks."""

    id: str
    file: str
    half: str
    facts: Mapping[str, Any]


@dataclass
class FieldScore:
    """Counts of one field.

    ``left`` are the notices, of ``to_leave`` whose label is "check", whose field is left to people; ``silent`` those of
    which a field that the notice speaks of was neither read nor left to people.
    """

    field: str
    right: int = 0
    wrong: int = 0
    missed: int = 0
    left: int = 0
    to_leave: int = 0
    silent: int = 0

    @property
    def precision(self) -> float:
        """Share of the facts read that are right, 1 where none was read."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the facts labelled that were read, 1 where there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def __str__(self) -> str:
        left = f"{self.left} of {self.to_leave}" if self.to_leave else ""
        precision = _with_interval(self.precision, self.right, self.right + self.wrong)
        recall = _with_interval(self.recall, self.right, self.right + self.missed)
        return (
            f"{self.field:<16}{self.right:>6}{self.wrong:>6}{self.missed:>7}"
            f"{precision:>23}{recall:>23}{left:>16}{self.silent:>8}"
        )


def _with_interval(share: float, hits: int, cases: int) -> str:
    low, high = wilson_interval(hits, cases)
    return f"{share:.3f} ({low:.3f}-{high:.3f})"


def read_labels(path: Path = LABELS) -> list[LabelledNotice]:
    """Return the labels in their order."""
    notices = json.loads(path.read_text("utf-8"))["notices"]
    about = ("id", "file", "half")
    return [
        LabelledNotice(
            *(notice[name] for name in about), {name: value for name, value in notice.items() if name not in about}
        )
        for notice in notices
    ]


def read_programs(data: Path, labels: Sequence[LabelledNotice]) -> dict[str, Facts]:
    """Return what a load makes of the labelled notices, by id, as sets of facts for each field."""
    wanted = {label.id for label in labels}
    programs: dict[str, Facts] = {}
    for name in sorted({label.file for label in labels}):
        source = kstartup.SOURCE if name.startswith(kstartup.NAME) else bizinfo.SOURCE
        with (data / name).open(encoding="utf-8-sig", newline="") as file:
            programs |= {id_: _facts(row, source) for row in csv.DictReader(file) if (id_ := _id(row)) in wanted}
    return programs


def _id(row: Mapping[str, str]) -> str:
    """Return by what the labels know a notice: Bizinfo's id, or its title where there was none, else K-Startup's."""
    return row.get("pblancId") or f"{kstartup.NAME}:{row['pbanc_sn']}"


def _facts(row: Mapping[str, str], source: Source) -> Facts:
    records = source.transform(Fields(dict(row))).records
    program = next(record.values for record in records if record.element.name == "Program")
    ends = {name: [] for name in ("Region", "Industry")}
    for record in records:
        kind = record.element.name.removeprefix("Program__TARGETS__")
        if kind in ends and kind != record.element.name:
            ends[kind].append(str(record.values["dst"]).partition(":")[2] or str(record.values["dst"]))
    named = set(program.get("targets") or ())
    targets = named - {"other"}
    facts: dict[str, object] = {
        "window": {(program["window_kind"], *(_day(program.get(name)) for name in ("apply_from", "apply_until")))},
        "region": {"nationwide"} if program.get("nationwide") else set(ends["Region"]),
        "industries": {"all"} if program.get("all_industries") else {code[:2] for code in ends["Industry"]},
        "size": targets & _SIZES,
        "kinds": targets - _SIZES - _LED | ({"pre_founder"} if program.get("admits_pre_founders") else set()),
        "representatives": set(program.get("representatives") or ()) | targets & _LED,
        "certificates": set(program.get("certificates") or ()),
        "exclusions": set(program.get("exclusions") or ()),
        "amount": {program["max_support_krw"]} - {None},
        "own_share": {program["own_share_percent"]} - {None},
        "help": {program.get("kind")} - {None},
        "unread": {*left_rules(program.get("unread") or ()), *(named & {"other"})},
    }
    for name, (least, most) in _RANGES.items():
        bounds = (program.get(least), program.get(most))
        founders_alone = name == "years" and bounds == _FOUNDERS_ALONE and program.get("admits_pre_founders")
        facts[name] = {bounds} if bounds != (None, None) and not founders_alone else set()
    return {name: frozenset(values) for name, values in facts.items()}


def left_rules(lines: Sequence[str]) -> Iterator[str]:
    """Yield the rules of what was not understood; a share stands under that of the amount, and tells per cent."""
    for line in lines:
        rule = line.partition("@")[0]
        yield rule
        if rule == "support" and "%" in line:
            yield "share"


def _day(value: object) -> str | None:
    return None if value is None else str(value)


def score(
    labels: Sequence[LabelledNotice], programs: Mapping[str, Facts], differences: list[Misreading]
) -> Iterator[FieldScore]:
    """Yield the counts of each field; what differs is added to ``differences``."""
    for field in FIELDS:
        total = FieldScore(field)
        for label in labels:
            _count(total, label, programs[label.id], differences)
        yield total


def _count(total: FieldScore, label: LabelledNotice, read: Facts, differences: list[Misreading]) -> None:
    field, said = total.field, label.facts.get(total.field)
    found = read[field]
    if said == _CHECK:
        left = _is_left(field, read)
        total.to_leave += 1
        total.left += left
        total.silent += not found and not left
        # A doubtful value is told as to be checked, so it is no wrong one.
        total.wrong += bool(found) and not left
        if not left:
            differences.append(Misreading(label.id, field, said, set(found)))
        return
    right, wrong, missed = _compare(field, _wanted(field, said), found)
    total.right, total.wrong, total.missed = total.right + right, total.wrong + wrong, total.missed + missed
    total.silent += bool(said) and not found and not _is_left(field, read)
    if wrong or missed:
        differences.append(Misreading(label.id, field, said, set(found)))


def _is_left(field: str, read: Facts) -> bool:
    """Whether a field is left to people; "other" among the kinds leaves whoever is of none that is named."""
    return _RULES.get(field) in read["unread"] or (field == "kinds" and "other" in read["unread"])


def _compare(field: str, wanted: frozenset[object], found: frozenset[object]) -> tuple[int, int, int]:
    """Return how many facts are right, wrong and missed; a list of industries is one fact, of kinds any one will do."""
    if field == "help":
        return int(bool(found & wanted)), int(bool(found - wanted)), int(not found & wanted)
    if field == "industries":
        same = bool(wanted) and wanted == found
        return int(same), int(bool(found) and not same), int(bool(wanted) and not same)
    return len(found & wanted), len(found - wanted), len(wanted - found)


def _wanted(field: str, said: Any) -> frozenset[object]:
    if said is None:
        return frozenset()
    if field == "window" or field in _RANGES:
        return frozenset({tuple(said)})
    return frozenset(said if isinstance(said, list) else {said})


def _shown(value: object) -> str:
    values = sorted(map(str, value)) if isinstance(value, list | set | frozenset) else [str(value)]
    return ", ".join(values[:_SHOWN]) + (f" … {len(values)}" if len(values) > _SHOWN else "") or "nothing"
