"""What was before, of a company or of its owner, decides nothing of what is."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.language.text_facts import read_text


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("직원이 재작년 14명에서 작년 9명, 지금은 6명까지 줄었습니다", "employees", 6),
        ("직원은 작년 9명이었습니다", "employees", None),
        ("My cafe has been open again since 2023.", "founded", None),
        ("My shop has been closed since 2023.", "founded", None),
        ("예전에 하던 호프집은 2019년에 폐업했고 지금 하는 국밥집은 잘됩니다", "standing", ()),
        ("전에 운영하던 식당은 폐업했습니다", "standing", ()),
        (
            "기업부설연구소를 두고 있고 벤처기업 인증도 보유하고 있습니다",
            "certificates",
            ("기업부설연구소", "벤처기업"),
        ),
        ("기업부설연구소를 두고 있지 않습니다", "certificates", ()),
        ("이노비즈는 심사에서 떨어졌습니다. 여성기업 하나만 유지하고 있어요", "certificates", ("여성기업",)),
        ("법인은 아니고 개인이오", "legal_form", "sole"),
        ("상용직 6명, 일용직은 현장마다 다릅니다", "employees", 6),
    ],
)
def test_what_was_before_decides_nothing_of_what_is(text: str, field: str, value: object) -> None:
    found = getattr(read_text(text, date(2026, 3, 2)), field)
    assert (tuple(sorted(found)) if isinstance(value, tuple) else found) == value
