"""What companies employed and sold in a year, from the CSV template; bands as registers publish them are enough."""

from __future__ import annotations

from typing import Final

from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from loaders.bands import Band, employees, revenue
from loaders.fields import Fields
from loaders.records import RowRecords
from loaders.templates import (
    BUSINESS_NUMBER,
    COMPANY_REGION,
    Column,
    Template,
    business_number,
    company_at,
    company_name,
    region,
    start,
)

_FIRST: Final = 1900
"""No figures of a company are older; a smaller number is a slip."""
_LAST: Final = 2100
"""No figures are later; a larger number is a slip."""
_FOUR_DIGITS: Final = Wording("2025처럼 네 자리로 적으십시오", "write it with four digits, such as 2025")


def transform(fields: Fields) -> RowRecords:
    """Tell the figures of one company and one year; a row without a figure is refused."""
    name, number = company_name(fields, "name"), business_number(fields, "business_number")
    company, year = company_at(name, region(fields, "region"), number), _year(fields)
    staff, sales = employees(fields, "employees"), revenue(fields, "revenue_krw")
    if staff is None and sales is None and not fields.faults:
        fields.fault(
            "employees",
            Wording("종업원 수도 매출액도 없습니다", "neither employees nor revenue is given"),
            Wording("둘 가운데 하나는 적으십시오", "fill in one of them"),
        )
    id_ = f"{company.id}@{year}"
    records = start(fields, "annual-figures", id_)
    figures = records.node(
        NodeRef("AnnualFigures", id_),
        name=f"{year}년 실적",
        year=year,
        **_ends("employees", staff, whole=True),
        **_ends("revenue_krw", sales, whole=False),
    )
    records.link(records.mention(company, name=name, business_number=number), "REPORTED", figures)
    return records


def _year(fields: Fields) -> int | None:
    found = fields.needed(Fields.integer, "year", _FOUR_DIGITS)
    if found is not None and not _FIRST <= found <= _LAST:
        fields.fault(
            "year",
            Wording(f"{_FIRST}년부터 {_LAST}년 사이의 연도가 아닙니다", f"not a year between {_FIRST} and {_LAST}"),
            _FOUR_DIGITS,
        )
    return found


def _ends(name: str, band: Band | None, *, whole: bool) -> dict[str, float | None]:
    ends = zip(_names(name), (None, None) if band is None else band, strict=True)
    return {end: int(value) if whole and value is not None else value for end, value in ends}


def _names(name: str) -> tuple[str, str]:
    return f"min_{name}", f"max_{name}"


TEMPLATE = Template(
    name="annual-figures",
    title_ko="연도별 실적 (CSV 양식)",
    title_en="Figures of a year (CSV template)",
    own=(
        Column("name", "기업명", "name of the company", required=True),
        BUSINESS_NUMBER,
        COMPANY_REGION,
        Column("year", "연도", "such as 2025", required=True),
        Column("employees", "종업원 수", "number or band: `12`, `5~9`, `50명 이상`", gives=_names("employees")),
        Column(
            "revenue_krw",
            "매출액(원)",
            "KRW, number or band: `1,850,000,000`, `10억~50억`, `5억 미만`",
            gives=_names("revenue_krw"),
        ),
    ),
    transform=transform,
)
SOURCE = TEMPLATE.source
