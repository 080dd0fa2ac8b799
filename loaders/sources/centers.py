"""Knowledge industry centres (전국지식산업센터현황, data.go.kr 15117154): no id, no coordinates, CP949 or UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_schema.wording import Wording
from loaders import place_names, regions
from loaders.answers import saved_rows
from loaders.centers import center_ref
from loaders.fields import Fields
from loaders.names import tidy
from loaders.points import point_at
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape

NAME = "centers"
_STAGES: Final = {"건축완료": "completed", "건축중": "building", "미착공": "approved", "": "unknown"}
_OUTSIDE: Final = "개별"
_EMPTY_BOXES: Final = re.compile(r"(?:\s(?:동|층|호))+$")
_REQUIRED = ("시도", "시군구", "지식산업센터명", "공장대표주소(지번)")


def read(path: Path) -> Iterator[Row]:
    """Stream centres by header; the order of the columns has changed over the years."""
    return saved_rows(path, Shape(_REQUIRED, columns=SOURCE.optional))


def transform(fields: Fields) -> RowRecords:
    """Tell what a centre is, how large, how far built, and where it lies.

    ``건축면적`` is the gross floor area (factory and ancillary area together) although its name says footprint, and
    ``회사명`` the builder or trust. An area of 0 means that none was entered.
    """
    name = tidy(fields.required("지식산업센터명"))
    place = f"{fields.required('시도')} {fields.required('시군구')}"
    code = place_names.place(place)
    # Where only the province is known, as of a district that is new, its name tells namesakes apart.
    district = code if code and len(code) > regions.PROVINCE_DIGITS else f"{code}{''.join(place.split()[1:])}"
    records = RowRecords(NAME, f"{place} {name}")
    if code is None:
        fields.fault(
            "시도",
            Wording("시도가 아닙니다", "not a province"),
            Wording(
                "경기도와 고양시 덕양구처럼 시도와 시군구를 적으십시오",
                "write province and city, such as 경기도 and 고양시 덕양구",
            ),
        )
        return records
    address, lot = (_plain(fields.text(f"공장대표주소({kind})")) for kind in ("도로명", "지번"))
    center = records.node(
        center_ref(name, district),
        name=name,
        address=address,
        lot_address=lot,
        developer=fields.text("회사명"),
        stage=_STAGES.get(fields.text("건축상태") or "", "unknown"),
        stage_text=" ".join(filter(None, (fields.text("상태"), fields.text("건축상태")))) or None,
        sale_kind=fields.text("분양형태"),
        land_area_m2=_area(fields, "용지면적(제곱미터)"),
        floor_area_m2=_area(fields, "건축면적(제곱미터)"),
        factory_area_m2=_area(fields, "제조면적(제곱미터)"),
        support_area_m2=_area(fields, "부대면적(제곱미터)"),
        in_complex=_in_complex(fields.text("산단구분")),
        **point_at(code, (lot, address))._asdict(),
    )
    records.link(center, "LOCATED_IN", regions.mention(records, code))
    return records


def _in_complex(kind: str | None) -> bool | None:
    """Tell by the kind of site: 개별 stands for none of the complexes (국가, 일반, 도시첨단, 농공)."""
    return None if kind is None else kind != _OUTSIDE


def _area(fields: Fields, name: str) -> float | None:
    return fields.number(name) or None


def _plain(address: str | None) -> str | None:
    """Return an address with single blanks, without the boxes that a form left empty at its end (… 396 동 층 호)."""
    return _EMPTY_BOXES.sub("", " ".join(address.split())) if address else None


SOURCE = Source(
    name=NAME,
    title_ko="전국지식산업센터현황",
    title_en="Knowledge industry centres",
    publisher="한국산업단지공단",
    url="https://www.data.go.kr/data/15117154/fileData.do",
    required=_REQUIRED,
    gives={
        ("공장대표주소(도로명)",): ("address",),
        ("회사명",): ("developer",),
        ("건축상태",): ("stage", "stage_text"),
        ("상태",): ("stage_text",),
        ("분양형태",): ("sale_kind",),
        ("용지면적(제곱미터)",): ("land_area_m2",),
        ("건축면적(제곱미터)",): ("floor_area_m2",),
        ("제조면적(제곱미터)",): ("factory_area_m2",),
        ("부대면적(제곱미터)",): ("support_area_m2",),
        ("산단구분",): ("in_complex",),
    },
    read=read,
    transform=transform,
    licence="data.go.kr: 이용허락범위 제한 없음",
    quirks=(
        "no id and no coordinates: name and district are the id, the point is that of the neighbourhood",
        (
            "건축면적 is the gross floor area (제조 + 부대), 회사명 the builder or trust and no tenant, 상태 a "
            "stage of the permit"
        ),
        "an area of 0 or - means that none was entered; 고양시일산동구 and 고양시 일산동구 are one",
        "산단구분 tells whether a centre is in an industrial complex, and 입지구분 only that it is a centre",
        "CSV in CP949, and the JSON of api.odcloud.kr",
    ),
)
