"""KSIC codes as registers write them: of revision 9, 10 or 11, with or without their section, in lists and ranges.

Each revision gave new meanings to codes of the one before (56191 was a bakery and is a snack bar), so a code is read in
the revision that its register uses. A class of revision 9 goes on as the link table says; where that names several, in
the one that has its name, else in what they all lie under. A class of revision 10 is continued by the code of revision
11 that has its name, of its own level or wider; where none has, nothing tells which, and it stays in revision 10.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from loaders import industries
from loaders.names import unfold
from loaders.records import RowRecords, shared
from loaders.sheets import Mentioned

_OLDEST: Final = 9
"""Revision in force from 2008 to 2017, which old entries of registers still have."""
_OLD: Final = 10
"""Revision in force from 2017 to 2024, in which most registers still write."""
_NEW: Final = 11
"""Revision in force since July 2024."""
REVISIONS: Final = (_NEW, _OLD, _OLDEST)
_CURRENT: Final = (_NEW, _OLD)
"""Revisions that a code may be of where nothing tells; one of revision 9 is told."""
_FOLDER: Final = Path(__file__).parent / "samples"
_SOURCES: Final = {_OLDEST: "ksic-9-10", _OLD: "ksic-9-10", _NEW: industries.SOURCE}
_CONTINUES: Final = "ksic-10-11"
_REVISION = re.compile(r"(?:KSIC|제)?\s*(\d+)(?:\.0+)?\s*차?", re.IGNORECASE)
_CODE = re.compile(r"(?:KSIC(?P<revision>\d+):)?(?P<section>[A-U])?(?P<digits>\d{2,5})?(?:\.0+)?")
_RANGE = re.compile(r"[^\d()]*\(?(?P<first>\d{2})[~∼～〜-](?P<last>\d{2})\)?")
_SEPARATORS = re.compile(r"[;|@\n]")
_FINER_SEPARATORS = re.compile(r"[,/·]")


class KsicCode(NamedTuple):
    """A code of one revision; one that a later revision has under the same code and name is of that one."""

    revision: int
    code: str

    @property
    def ref(self) -> NodeRef:
        """Node of the code."""
        return industries.ref(self.code, self.revision)


class KsicCodes(NamedTuple):
    """The codes of a text in order, each once, and what is wrong with the parts that cannot be read."""

    found: list[KsicCode]
    reasons: list[Wording]


def table(revision: int) -> dict[str, tuple[int, str, str]]:
    """Return (level, name, parent) of all codes of a revision."""
    return industries.table() if revision == _NEW else _old_table(revision)


@lru_cache(maxsize=64)
def read_revision(text: str) -> int | None:
    """Read 10, 10차, 제11차 or KSIC 11; None where it is no revision that is known."""
    match = _REVISION.fullmatch(text.strip())
    revision = int(match[1]) if match else 0
    return revision if revision in REVISIONS else None


def revision_of(code: str, name: str) -> int | None:
    """Return the newest revision that has ``code`` under ``name``; None where neither has."""
    plain = _plain(name)
    return next((each for each in REVISIONS if code in table(each) and _plain(table(each)[code][1]) == plain), None)


def read_codes(text: str, revision: int | None = None) -> KsicCodes:
    """Read a list of codes, of names and of ranges of divisions (``제조업(10~34)``) of a revision.

    A code may bring its own revision (``ksic10:56191``). Where nothing tells, a code that both revisions know under
    different meanings is not read.
    """
    found: dict[KsicCode, None] = {}
    reasons: list[Wording] = []
    for part in _SEPARATORS.split(text):
        codes, unread = _read_part(part.strip(), revision)
        found.update(codes)
        reasons += unread
    return KsicCodes(list(found), reasons)


def continuation(code: KsicCode) -> KsicCode | None:
    """Return the code that stands for ``code`` in revision 11, or in 10 where it goes on no further.

    None where nothing tells which one does.
    """
    if code.revision == _NEW:
        return code
    if code.revision == _OLD:
        return _named_alike(code, _NEW)
    later = _linked(code)
    return later and (continuation(later) or later)


def mention(records: RowRecords, code: KsicCode) -> list[NodeRef]:
    """Add a code as it is written, and the one that continues it in revision 11; return both nodes, or the one."""
    found = _mentioned(code)
    records.records.extend(found.records)
    return [NodeRef("Industry", id_) for id_ in found.ids]


def mentioned(codes: Iterable[KsicCode]) -> Mentioned:
    """Return codes as ``mention`` adds them."""
    found = [*map(_mentioned, codes)]
    return Mentioned(*(tuple(chain.from_iterable(parts)) for parts in zip(*found, strict=True)))


@cache
def _mentioned(code: KsicCode) -> Mentioned:
    own = RowRecords(_CONTINUES, code.code)
    nodes = [_mention(own, code)]
    later = continuation(code)
    if later and later != code:
        nodes.append(_mention(own, later))
        alike = _plain(table(code.revision)[code.code][1]) == _plain(table(later.revision)[later.code][1])
        own.link(code.ref, "MAPS_TO", later.ref, note="같은 이름" if alike else "연계표")
    return Mentioned(tuple(node.id for node in nodes), shared(own))


def named(name: str) -> KsicCode | None:
    """Return the class that has this name, in revision 11 or else in 10; None where none or several have it."""
    return next((code for revision in _CURRENT if (code := _named(name, revision))), None)


@lru_cache(maxsize=4096)
def _read_part(part: str, revision: int | None) -> tuple[dict[KsicCode, None], tuple[Wording, ...]]:
    """Return the codes of one part of a list, which may be a list of its own, and what is wrong with it."""
    found: dict[KsicCode, None] = {}
    reasons: list[Wording] = []
    for finer in _finer_parts(part):
        codes = _read(finer, revision)
        if isinstance(codes, Wording):
            reasons.append(codes)
        else:
            found |= dict.fromkeys(codes)
    return found, tuple(reasons)


@lru_cache(maxsize=4096)
def _read(part: str, revision: int | None) -> list[KsicCode] | Wording:
    """Return the codes of a part that is not cut further, or what is wrong with it."""
    compact = re.sub(r"\s", "", unfold(part)).upper()
    match = _CODE.fullmatch(compact)
    if match and (match["digits"] or match["section"]):
        message = int(match["revision"]) if match["revision"] else revision
        return _one(match["digits"] or match["section"], match["section"], message) or _why(
            part, match["digits"], message
        )
    match = _RANGE.fullmatch(compact)
    if match:
        of = revision or _NEW
        divisions = [d for d in sorted(table(of)) if len(d) == industries.DIVISION_DIGITS]
        within = [division for division in divisions if match["first"] <= division <= match["last"]]
        return [KsicCode(_newest(division, of), division) for division in within] or _unread(part)
    wanted = _CURRENT if revision is None else (revision,)
    named = next((code for each in wanted if (code := _named(part, each))), None)
    return [named] if named else _unread(part)


def _one(code: str, section: str | None, revision: int | None) -> list[KsicCode]:
    """Return the code in its revision, or nothing where it is none or nothing tells which."""
    possible = [
        each
        for each in (_CURRENT if revision is None else (revision,))
        if each in REVISIONS and code in table(each) and section in (None, _section(code, each))
    ]
    if not possible or (len(possible) > 1 and not _same(code)):
        return []
    return [KsicCode(_newest(code, possible[0]), code)]


def _why(part: str, digits: str | None, revision: int | None) -> Wording:
    if digits and revision is None and all(digits in table(each) for each in _CURRENT) and not _same(digits):
        old, new = (table(each)[digits][1] for each in (_OLD, _NEW))
        return Wording(
            f"{digits} 코드는 10차에서 {old}, 11차에서 {new}: 어느 차수인지 적혀 있지 않습니다",
            f"{digits} is {old} in revision 10 and {new} in revision 11: which one is not told",
        )
    other = next(
        (each for each in REVISIONS if digits and revision not in (None, each) and digits in table(each)), None
    )
    if digits and other:
        title = table(other)[digits][1]
        return Wording(
            f"{digits} 코드는 {other}차의 {title}이고, {revision}차에는 없습니다",
            f"{digits} is {title} in revision {other}, and no code of revision {revision}",
        )
    if digits and any(f"0{digits}" in table(each) for each in _CURRENT):
        return Wording(
            f"알 수 없는 값: {part} (엑셀 등에서 앞자리 0이 지워진 0{digits}입니까?)",
            f"unknown: {part} (0{digits} without its first digit, as spreadsheets drop it?)",
        )
    return _unread(part)


def _unread(part: str) -> Wording:
    return Wording(f"알 수 없는 값: {part}", f"unknown: {part}")


def _named(name: str, revision: int) -> KsicCode | None:
    levels = [_by_name(revision).get((level, _plain(name)), ()) for level in (5, 4, 3, 2, 1)]
    found = next((codes for codes in levels if codes), ())
    return KsicCode(_newest(found[0], revision), found[0]) if len(found) == 1 else None


def _finer_parts(part: str) -> list[str]:
    """Cut a part of a list; a comma may stand within a name, so that what can be read as a whole is not cut."""
    if not _FINER_SEPARATORS.search(part) or not isinstance(_read(part, None), Wording):
        return [part] if part else []
    return [*filter(None, map(str.strip, _FINER_SEPARATORS.split(part)))]


def _newest(code: str, revision: int) -> int:
    """Return the newest revision that has a code of ``revision`` under its name."""
    if revision == _OLDEST and not _alike(code, code):
        return _OLDEST
    return _NEW if _same(code) else max(revision, _OLD)


def _alike(oldest: str, old: str) -> bool:
    """Whether a code of revision 9 and one of 10 have one name."""
    return old in table(_OLD) and _plain(table(_OLDEST)[oldest][1]) == _plain(table(_OLD)[old][1])


@cache
def _same(code: str) -> bool:
    """Whether revisions 10 and 11 have the code under one name; sections and divisions are the same in both."""
    tables = [table(revision) for revision in _CURRENT]
    known = all(code in each for each in tables)
    return known and (len(code) <= industries.DIVISION_DIGITS or len({_plain(each[code][1]) for each in tables}) == 1)


def _section(code: str, revision: int) -> str:
    while table(revision)[code][2]:
        code = table(revision)[code][2]
    return code


def _plain(name: str) -> str:
    """Return a name without what revision 11 only spells anew: blanks, signs, 애완 for 반려."""
    return re.sub(r"[\s,·ㆍ]", "", name).replace("애완", "반려").replace("반려용", "반려")


@cache
def _by_name(revision: int) -> dict[tuple[int, str], tuple[str, ...]]:
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    for code, (level, name, _) in table(revision).items():
        key = level, _plain(name)
        found[key] = (*found.get(key, ()), code)
    return found


def _named_alike(code: KsicCode, revision: int) -> KsicCode | None:
    """Return the code of a later revision that alone has the name, of the same level or the nearest wider one."""
    level, name, _ = table(code.revision)[code.code]
    levels = (_by_name(revision).get((each, _plain(name)), ()) for each in range(level, 0, -1))
    found = next(filter(None, levels), ())
    return KsicCode(_newest(found[0], revision), found[0]) if len(found) == 1 else None


def _linked(code: KsicCode) -> KsicCode | None:
    """Return what a code of revision 9 goes on as in revision 10."""
    targets = _links().get(code.code, ())
    if not targets:
        return _named_alike(code, _OLD)
    alike = [each for each in targets if _alike(code.code, each)]
    found = targets[0] if len(targets) == 1 else alike[0] if len(alike) == 1 else _above_all(targets)
    return KsicCode(_newest(found, _OLD), found) if found else None


def _above_all(codes: Sequence[str]) -> str | None:
    """Return the narrowest code of revision 10 that all of some lie under, a division at the widest."""
    paths = [_path(code) for code in codes]
    return next((each for each in paths[0] if each.isdigit() and all(each in path for path in paths)), None)


def _path(code: str) -> list[str]:
    """Return a code of revision 10 and those above it."""
    above = table(_OLD)[code][2]
    return [code, *(_path(above) if above else [])]


@cache
def _links() -> dict[str, tuple[str, ...]]:
    """Return for each class of revision 9 those of revision 10 that it went into."""
    found: dict[str, tuple[str, ...]] = {}
    with (_FOLDER / "ksic_9_to_10.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["ksic9_cd"]] = (*found.get(row["ksic9_cd"], ()), row["ksic10_cd"])
    return found


@cache
def _old_table(revision: int) -> dict[str, tuple[int, str, str]]:
    with (_FOLDER / f"ksic{revision}_tree.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: (int(row["level"]), row["name"], row["parent"]) for row in csv.DictReader(file)}


def _mention(records: RowRecords, code: KsicCode) -> NodeRef:
    if code.revision == _NEW:
        return industries.mention(records, code.code)
    level, name, _ = table(code.revision)[code.code]
    return records.mention(
        code.ref,
        name=name,
        code=code.code,
        revision=code.revision,
        level=level,
        source=_SOURCES[code.revision],
        source_id=code.ref.id,
        synthetic=False,
    )
