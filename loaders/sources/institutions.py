"""Universities, institutes and bodies with where they are, from the CSV template: no name of a university says it."""

from __future__ import annotations

from typing import Final

from loaders import regions
from loaders.fields import Fields
from loaders.names import institution_kind, institution_ref, tidy
from loaders.records import RowRecords
from loaders.templates import Column, Template, choice, region, start

NAME: Final = "institutions"
KINDS: Final = {
    "대학": "university",
    "연구소": "institute",
    "정부·지자체": "government",
    "공공기관": "agency",
    "협회": "association",
    "기타": "other",
}


def transform(fields: Fields) -> RowRecords:
    """Tell where an institution is, and of which kind where its name does not tell."""
    name = tidy(fields.required("name"))
    fields.required("region")
    code = region(fields, "region")
    ref = institution_ref(name)
    records = start(fields, NAME, ref.id)
    institution = records.node(ref, name=name, kind=choice(fields, "kind", KINDS) or institution_kind(name))
    if code:
        records.link(institution, "LOCATED_IN", regions.mention(records, code))
    return records


TEMPLATE = Template(
    name=NAME,
    title_ko="대학·연구소·기관의 소재지 (CSV 양식)",
    title_en="Where institutions are (CSV template)",
    own=(
        Column("name", "기관명", "name as patents and notices write it (서울대학교산학협력단)", required=True),
        Column("region", "지역", "code (41285) or name (고양시 일산동구)", required=True),
        Column("kind", "종류", f"{', '.join(KINDS)}; read from the name where empty"),
    ),
    transform=transform,
)
SOURCE = TEMPLATE.source
