"""National Tax Service: industry codes of the tax office (업종코드) and the KSIC 11 classes they are linked to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from loaders import industries
from loaders.fields import Fields
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import csv_rows

NAME = "tax-codes"
_TAX_CODE = re.compile(r"\d{6}")
_REQUIRED = ("nts_upjong_code", "ksic11_code")


def read(path: Path) -> Iterator[Row]:
    """Stream links from a table."""
    return csv_rows(path, _REQUIRED)


def transform(fields: Fields) -> RowRecords:
    """Tell which class of KSIC 11 a tax-office code is linked to; the table does not say what the code is called."""
    tax_code, text = fields.required("nts_upjong_code"), fields.required("ksic11_code")
    if tax_code and not _TAX_CODE.fullmatch(tax_code):
        fields.fault(
            "nts_upjong_code",
            Wording("국세청 업종코드가 아닙니다", "not a tax-office code"),
            Wording("앞자리 0을 포함해 여섯 자리로 적으십시오", "write six digits, leading zeros included"),
        )
    class_ = industries.normalise_code(text)
    if text and class_ is None:
        fields.fault(
            "ksic11_code",
            Wording("한국표준산업분류 11차에 없는 코드입니다", "no such code in KSIC 11"),
            Wording("11차 분류표에서 코드를 확인하십시오", "look the code up in the KSIC 11 table"),
        )
    records = RowRecords(NAME, f"{tax_code}→{text}")
    if class_ is None:
        return records
    code = NodeRef("TaxCode", f"nts:{tax_code}")
    records.link(code, "MAPS_TO", industries.ref(class_), note=_note(fields))
    records.node(code, name=f"국세청 업종코드 {tax_code}", code=tax_code, source_id=tax_code)
    industries.mention(records, class_)
    return records


def _note(fields: Fields) -> str | None:
    """Keep the link's own marks as they are written; the table does not explain them."""
    marks = ((label, fields.text(label)) for label in ("연계", "메인", "ksic_suffix"))
    return ", ".join(f"{label} {text}" for label, text in marks if text) or None


SOURCE = Source(
    name=NAME,
    title_ko="국세청 업종코드–표준산업분류 연계표",
    title_en="Tax-office industry codes and KSIC 11",
    publisher="국세청",
    required=_REQUIRED,
    gives={("연계", "메인", "ksic_suffix"): ("note",)},
    read=read,
    transform=transform,
    licence="public code table",
    quirks=("rows without a tax code wait; several industries share one code",),
)
