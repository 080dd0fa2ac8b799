"""The page of a report as a browser shows it: on a screen of each size, in each language, and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser import SIZES, OpenPage, violations
from tests.recommender.folders import shop
from tests.recommender.lab.test_experiment import run

pytestmark = pytest.mark.browser
HANGUL = re.compile("[가-힣]")
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAPER = 1032
"""Width of A4 on its side in pixels of 1/96 inch, without the margins of 12 mm."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(shop(), tmp_path_factory.mktemp("shop")) / "report.html"


@pytest.mark.parametrize("size", SIZES)
def test_the_page_stays_within_the_screen_and_wide_tables_scroll(open_page: OpenPage, report: Path, size: str) -> None:
    page = open_page(report, size)
    assert page.evaluate(WIDE) == 0
    boxes = page.evaluate(
        "[...document.querySelectorAll('.scroll')].map(box => [box.scrollWidth > box.clientWidth, "
        "getComputedStyle(box).overflowX])"
    )
    assert {how for _, how in boxes} == {"auto"}
    assert any(wide for wide, _ in boxes) or size == "desktop"


def test_names_of_rows_leave_more_than_half_of_a_phone_to_the_figures(open_page: OpenPage, report: Path) -> None:
    """They stay where they are while the rest scrolls; long ones take a second line."""
    page = open_page(report, "phone")
    widths = page.evaluate("[...document.querySelectorAll('tbody th')].map(each => each.offsetWidth)")
    assert max(widths) * 2 < page.evaluate("document.querySelector('.scroll').clientWidth")


@pytest.mark.parametrize("size", SIZES)
def test_a_table_that_is_cut_off_has_a_shade_at_its_edge(open_page: OpenPage, report: Path, size: str) -> None:
    """What scrolls does not show it otherwise, where bars are hidden until one scrolls."""
    shades = "[...document.querySelectorAll('.scroll')].map(box => getComputedStyle(box).backgroundImage)"
    assert all("gradient" in each for each in open_page(report, size).evaluate(shades))


def test_a_page_keeps_the_rules_of_accessibility_in_both_languages(open_page: OpenPage, report: Path) -> None:
    page = open_page(report)
    assert violations(page) == []
    page.click("#language")
    assert violations(page) == []


def test_the_button_turns_the_language_and_back(open_page: OpenPage, report: Path) -> None:
    """All but the name of the other language on the button, and what the pictures say."""
    page = open_page(report)
    shown = "[...document.querySelectorAll('h1, h2, p, li, th, td, figcaption')].map(each => each.innerText).join(' ')"
    assert HANGUL.search(page.evaluate(shown))
    assert page.title().startswith("추천 실험 보고서")
    page.click("#language")
    assert not HANGUL.search(page.evaluate(shown))
    assert page.title().startswith("Experiment report")
    page.click("#language")
    assert page.title().startswith("추천 실험 보고서")


def test_on_paper_no_table_is_cut_off(open_page: OpenPage, report: Path) -> None:
    page = open_page(report)
    page.set_viewport_size({"width": PAPER, "height": 700})
    page.emulate_media(media="print")
    assert page.evaluate(WIDE) == 0
    assert not page.is_visible("#language")
