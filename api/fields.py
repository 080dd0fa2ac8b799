"""Kinds of fields that several requests have: days as people write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Final

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from recommender.knowledge.profile import EARLIEST_DAY, LATEST_DAY

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _as_written(value: object) -> object:
    """Let through what is written as a day; pydantic would read a number as seconds since 1970."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise PydanticCustomError("date_parsing", "Input should be a day such as 2026-03-02")
    return value


IsoDay = Annotated[
    date,
    Field(
        ge=EARLIEST_DAY,
        le=LATEST_DAY,
        json_schema_extra={"pattern": r"^(?:1[89]\d{2}|2[01]\d{2}|2200)-\d{2}-\d{2}$"},
    ),
    BeforeValidator(_as_written),
]
"""A day written YYYY-MM-DD, from 1800 to 2200."""
