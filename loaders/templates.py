"""The project's own CSV templates: their columns, the shared reading of cells, and their description."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from graph_schema.errors import Fault
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from loaders import ksic, names, regions
from loaders.columns import ColumnFields
from loaders.fields import Fields
from loaders.place_names import Place, place, read_place
from loaders.records import RowRecords
from loaders.sheets import ColumnRecords, Mentioned
from loaders.source import Row, Source
from loaders.tables import Shape, table_rows

LIST_SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a template; its header is the Korean or the English name.

    ``gives`` names what is known by an optional one, as ``Source.gives`` does; the property of its name where None. By
    an optional one that is a ``key`` a row is known, where the keys before it are empty.
    """

    name: str
    ko: str
    meaning: str
    required: bool = False
    pii: bool = False
    gives: tuple[str, ...] | None = None
    key: bool = False


_NO_NAME: Final = re.compile(r"(?:소|합|총|누)?\s?계|[※*].*")
"""What stands in place of a name in a line of sums, or in a note below a table."""
_REGIONS_REMEDY: Final = Wording(
    "코드 또는 이름을 세미콜론으로 나누어 적으십시오", "write codes or names, separated by semicolons"
)
_INDUSTRIES_REMEDY: Final = Wording(
    "11차 코드(26299 또는 C26299)나 차수를 붙인 코드(ksic10:56191)를 `;`로 나누어 적으십시오",
    "write codes of KSIC 11 (26299 or C26299), or with their revision (ksic10:56191), separated by `;`",
)
BUSINESS_NUMBER = Column(
    "business_number", "사업자등록번호", "10 digits, checked; the company's id where given", pii=True, key=True
)
COMPANY_REGION = Column(
    "region", "지역", "its region, where it has no number: code (41281) or name (고양시 덕양구)", gives=(), key=True
)
"""Where a company is that a row speaks of without entering it."""
SYNTHETIC = Column("synthetic", "가상 여부", "true for made-up rows; they are marked so in the graph, for ever")


@dataclass(frozen=True)
class Template:
    """A CSV template of the project, and what its rows say."""

    name: str
    title_ko: str
    title_en: str
    own: tuple[Column, ...]
    transform: Callable[[Fields], RowRecords]
    transform_columns: Callable[[ColumnFields], ColumnRecords] | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, the mark of made-up rows last."""
        return (*self.own, SYNTHETIC)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that a file must have."""
        return tuple(column.name for column in self.columns if column.required)

    @cached_property
    def source(self) -> Source:
        """The template as a source."""
        return Source(
            name=self.name,
            title_ko=self.title_ko,
            title_en=self.title_en,
            publisher="own register (CSV template)",
            read=self.read,
            transform=self.transform,
            transform_columns=self.transform_columns,
            required=self.required,
            columns=tuple(column.name for column in self.columns),
            headers=self._headers,
            gives={
                (each.name,): (each.name,) if each.gives is None else each.gives
                for each in self.columns
                if not each.required
            },
            keys=tuple(column.name for column in self.columns if column.key),
            pii=frozenset(column.name for column in self.columns if column.pii),
            licence="own data",
            quirks=("described in [csv-templates.md](csv-templates.md)",),
        )

    def read(self, path: Path) -> Iterator[Row]:
        """Stream rows; headers may be Korean or English, columns in any order, optional ones absent."""
        return table_rows(path, Shape(self.required, self._headers))

    @property
    def _headers(self) -> dict[str, str]:
        return {column.ko: column.name for column in self.columns}

    def markdown(self) -> str:
        """Describe the columns as a table for the documentation."""
        lines = ["| column | 열 이름 | | meaning |", "|---|---|---|---|"]
        for column in self.columns:
            marks = ", ".join(m for m, on in (("required", column.required), ("personal", column.pii)) if on)
            lines.append(f"| `{column.name}` | {column.ko} | {marks} | {column.meaning} |")
        return "\n".join(lines)


def start(fields: Fields, source: str, source_id: str) -> RowRecords:
    """Begin the records of a template's row."""
    return RowRecords(source, source_id, synthetic=fields.boolean("synthetic") or False)


def start_columns(rows: ColumnFields, source: str, source_ids: Sequence[str]) -> ColumnRecords:
    """Begin the records of a template's rows."""
    made_up = [mark or False for mark in rows.read(Fields.boolean, "synthetic")]
    return ColumnRecords(source, source_ids, made_up)


def own_id(fields: Fields) -> str:
    """Return the row's own id, which may not hold a blank."""
    found = fields.required("id")
    if found.split() != [found] and found:
        fields.fault(
            "id",
            Wording("식별자에는 빈칸을 쓸 수 없습니다", "an id must not hold a blank"),
            Wording("빈칸 없이 적으십시오", "write it without blanks"),
        )
    return found


def business_number(fields: Fields, name: str) -> str | None:
    """Return a checked business registration number."""
    text = fields.text(name)
    found = names.business_number(text) if text else None
    if text is None or found:
        return found
    if re.fullmatch(r"\d(?:\.\d+)?E\+\d+", text, re.IGNORECASE):
        fields.fault(
            name,
            Wording("엑셀 등에서 반올림된 번호입니다", "a spreadsheet has rounded it"),
            Wording(
                "열 서식을 텍스트로 바꾸고 열 자리를 모두 적으십시오",
                "format the column as text, and copy all 10 digits",
            ),
        )
    elif not text.strip("0- "):
        fields.fault(
            name,
            Wording("모두 0이어서 누구의 번호도 아닙니다", "nobody's number: it is all zeros"),
            Wording("열 자리를 적거나 칸을 비우십시오", "copy its 10 digits, or leave the cell empty"),
        )
    else:
        fields.fault(
            name,
            Wording(
                "사업자등록번호가 아닙니다: 검증 숫자가 맞지 않습니다",
                "not a business registration number: its check digit does not fit",
            ),
            Wording("열 자리를 그대로 옮겨 적으십시오", "copy its 10 digits"),
        )
    return found


def company_name(fields: Fields, name: str) -> str:
    """Return the name of a company as it is shown.

    A line of sums and a note have none; a person who has yet to found a company is none, and is not shown.
    """
    found = names.tidy(fields.required(name))
    if _NO_NAME.fullmatch(found):
        fields.fault(
            name,
            Wording("기업이 아니라 합계나 주석 줄입니다", "a line of sums or a note, not a company"),
            Wording("이 줄을 빼십시오", "leave the line out"),
        )
    if names.is_pre_founder(found):
        reason = Wording("기업이 아니라 예비창업자입니다", "a person who has yet to found a company, not a company")
        remedy = Wording(
            "이 행을 빼고, 창업한 뒤에 기업으로 입력하십시오", "leave the row out; enter the company once it is founded"
        )
        fields.faults.append(Fault(name, "", reason, remedy))
        return ""
    return found


def company_at(name: str, place: str | None, number: str | None = None, *, register: str = "") -> NodeRef:
    """Return the node of a company: by its number, else by its name and the city that its ``place`` lies in.

    What may be a person's name is told by the narrowest place and by the public ``register`` too, for a person is never
    one with another by name alone; what the city fills in itself (``register`` empty) names the same companies.
    """
    city = place and (regions.city(place) or place)
    if number or not register or not names.may_be_person(name):
        return names.company_ref(name, number, city)
    return names.company_ref(name, None, "/".join(filter(None, (place, register))))


def corporate_number(fields: Fields, name: str) -> str | None:
    """Return a corporate registration number."""
    text = fields.text(name)
    found = names.corporate_number(text) if text else None
    if text and found is None:
        fields.fault(
            name,
            Wording("법인등록번호가 아닙니다", "not a corporate registration number"),
            Wording(
                "텍스트 서식인 열에 열세 자리를 그대로 옮겨 적으십시오",
                "copy its 13 digits, in a column formatted as text",
            ),
        )
    return found


def choice(fields: Fields, name: str, words: Mapping[str, str]) -> str | None:
    """Return one of the values of ``words``, written as itself or in Korean (the key)."""
    text = fields.text(name)
    if text is None or text in words.values():
        return text
    if text not in words:
        fields.fault(
            name,
            Wording("정해진 말이 아닙니다", "not one of the known words"),
            Wording(
                f"다음 가운데 하나를 적으십시오: {', '.join((*words, *words.values()))}",
                f"write one of {', '.join((*words, *words.values()))}",
            ),
        )
    return words.get(text)


def region(fields: Fields, name: str) -> str | None:
    """Return the code of a region."""
    text = fields.text(name)
    found, choices = read_place(text) if text else Place(None)
    if text and found is None:
        listed = ", ".join(choices)
        reason = Wording("알려진 지역이 아닙니다", "not a known region")
        several = Wording(f"이 이름의 지역이 여럿입니다: {listed}", f"several regions have this name: {listed}")
        fields.fault(
            name,
            several if choices else reason,
            Wording(
                "코드(41281) 또는 시도를 붙인 이름(경기도 고양시 덕양구)을 적으십시오",
                "write a code (41281) or a name with its province (경기도 고양시 덕양구)",
            ),
        )
    return found


def region_list(fields: Fields) -> list[str]:
    """Return the codes of a row's regions."""
    return _each(fields, "regions", place, _REGIONS_REMEDY)


def industry_codes(fields: Fields, name: str, revision: int | None = None) -> list[ksic.KsicCode]:
    """Return codes of KSIC as they are written, of ``revision`` where they do not bring their own."""
    found, reasons = ksic.read_codes(fields.text(name) or "", revision)
    if reasons:
        fields.fault(name, Wording.joined(reasons), _INDUSTRIES_REMEDY)
    return found


def industries(fields: Fields, name: str, revision_name: str) -> Mentioned:
    """Return the industries of a row as nodes; ``revision_name`` is the field of the revision its codes are of."""
    return ksic.mentioned(codes_of_revision(fields, name, revision_name))


def codes_of_revision(fields: Fields, name: str, revision_name: str) -> list[ksic.KsicCode]:
    """Return codes of KSIC of the revision that another field names; none where that cannot be read."""
    stated = revision(fields, revision_name)
    if stated is None and fields.text(revision_name) and fields.text(name):
        fields.fault(
            name,
            Wording("몇 차 코드인지 알 수 없습니다", "it is not known of which revision the codes are"),
            Wording("차수를 먼저 고치십시오", "mend the revision first"),
        )
        return []
    return industry_codes(fields, name, stated)


def revision(fields: Fields, name: str) -> int | None:
    """Return the revision of KSIC that a row's codes are of; None where nothing tells."""
    text = fields.text(name)
    found = ksic.read_revision(text) if text else None
    if text and found is None:
        fields.fault(
            name,
            Wording("알려진 한국표준산업분류 차수가 아닙니다", "not a revision of KSIC that is known here"),
            Wording("9, 10, 11 가운데 하나를 적으십시오", "write 9, 10 or 11"),
        )
    return found


def industry_list(fields: Fields) -> list[str]:
    """Return a row's codes of KSIC 11; one of an older revision becomes the one that continues it."""
    codes = industry_codes(fields, "industries")
    found = {code: ksic.continuation(code) for code in codes}
    lost = [code.ref.id for code, later in found.items() if later is None or later.revision != ksic.REVISIONS[0]]
    if lost:
        codes_lost = ", ".join(lost)
        reason = Wording(
            f"11차에서 이어지는 코드가 없습니다: {codes_lost}", f"no code of revision 11 continues {codes_lost}"
        )
        fields.fault("industries", reason, _INDUSTRIES_REMEDY)
    return list(dict.fromkeys(later.code for later in found.values() if later))


def _each(fields: Fields, name: str, read: Callable[[str], str | None], remedy: Wording) -> list[str]:
    found = {text: read(text) for text in fields.items(name, LIST_SEPARATOR)}
    unknown = [text for text, code in found.items() if code is None]
    if unknown:
        listed = ", ".join(unknown)
        fields.fault(name, Wording(f"알 수 없는 값: {listed}", f"unknown: {listed}"), remedy)
    return list(dict.fromkeys(code for code in found.values() if code))
