"""Tests of the industries that a notice is open to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import industries
from loaders.eligibility.ksic_ranges import AdmittedIndustries, parse_industries

SECTIONS = {section: industries.divisions(section) for section in sorted(industries.sections())}


def written(section: str) -> str:
    divisions = SECTIONS[section]
    span = divisions[0] if len(divisions) == 1 else f"{divisions[0]}~{divisions[-1]}"
    return f"{industries.table()[section][1]}({span})"


@given(st.sets(st.sampled_from(sorted(SECTIONS)), min_size=1))
def test_sections_give_their_divisions_and_all_of_them_everything(chosen: set[str]) -> None:
    found = parse_industries("@".join(written(section) for section in chosen))
    divisions = tuple(sorted(d for section in chosen for d in SECTIONS[section]))

    assert found == (
        AdmittedIndustries(every=True)
        if len(chosen) == len(SECTIONS)
        else AdmittedIndustries(every=False, divisions=divisions)
    )


@given(st.text())
def test_any_text_gives_existing_divisions(text: str) -> None:
    found = parse_industries(text)

    assert set(found.divisions) <= set(industries.divisions())
    assert (found.every is None) == (not found.divisions)


@pytest.mark.parametrize(
    ("text", "divisions"),
    [
        ("건설업(41~42)", ("41", "42")),
        ("건설업 (41 ~ 42)@부동산업(68)", ("41", "42", "68")),
        ("광업(05~08)", ("05", "06", "07", "08")),
        ("건설업(41~42)@", ("41", "42")),
    ],
)
def test_ranges(text: str, divisions: tuple[str, ...]) -> None:
    assert parse_industries(text) == AdmittedIndustries(every=False, divisions=divisions)


@pytest.mark.parametrize("text", [None, "", "제조업", "제조업(10~34)@기타", "없는 업(43~44)", "제조업(34~10)"])
def test_what_cannot_be_read_is_unknown_as_a_whole(text: str | None) -> None:
    assert parse_industries(text) == AdmittedIndustries()
