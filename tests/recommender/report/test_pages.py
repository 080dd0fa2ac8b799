"""The page of a report: one language at a time, tables in boxes of their own, and marks on what was named."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from recommender.bench.catalogue import ModelChoice
from recommender.bench.outcome import Cost
from recommender.lab.experiment import Experiment
from recommender.report.words import verdicts
from tests.recommender.bench.models import few_models
from tests.recommender.folders import shop
from tests.recommender.lab.test_experiment import request, run

HANGUL = re.compile("[가-힣]")


class _Spoken(HTMLParser):
    """Collects the text of a page in one language, as its style sheet shows it."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang, self.stack, self.text, self.ids = lang, list[str | None](), list[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in ("meta", "br", "use", "path"):
            self.stack.append("hidden" if tag in ("style", "script", "svg", "head", "button") else found.get("lang"))
        self.ids += [found["id"]] if found.get("id") else []

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("meta", "br", "use", "path"):
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        others = {"hidden", "ko", "en"} - {self.lang}
        if not others & set(self.stack[1:]):
            self.text.append(data)


def spoken(page: str, lang: str) -> str:
    parser = _Spoken(lang)
    parser.feed(page)
    return " ".join(" ".join(parser.text).split())


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(shop(), tmp_path_factory.mktemp("shop"))


def test_the_page_shows_one_language_at_a_time(out: Path) -> None:
    """Both are in it; ``lang`` decides which is shown, and a button turns it."""
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.startswith('<!doctype html>\n<html lang="ko">')
    english, korean = spoken(page, "en"), spoken(page, "ko")
    assert not HANGUL.search(english)
    for words in ("main metric: recall@20", "best simple baseline", "full ranking, none sampled"):
        assert words in english
        assert words not in korean
    for words in ("주 지표: recall@20", "최선의 단순 기준선", "비교합니다"):
        assert words in korean
    assert 'html[lang="ko"] body [lang="en"], html[lang="en"] body [lang="ko"] { display: none; }' in page
    assert '<button type="button" id="language">' in page
    assert 'page.lang = page.lang === "ko" ? "en" : "ko"' in page


def test_the_page_needs_no_network_and_keeps_nothing(out: Path) -> None:
    page = (out / "report.html").read_text(encoding="utf-8")
    assert not re.search(r'(src|href)="https?://', re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL))
    assert not re.search("localStorage|sessionStorage|cookie|fetch\\(", page)


def test_every_table_has_a_box_that_scrolls(out: Path) -> None:
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.count("<table>") == page.count("<div class='scroll' tabindex='0'><table>") > 3
    assert ".scroll { overflow-x: auto; max-width: 100%; background:" in page


def test_the_markdown_page_has_both_languages(out: Path) -> None:
    text = (out / "report.md").read_text(encoding="utf-8")
    assert "## 주 지표: recall@20 · main metric: recall@20" in text
    assert "## 조건 · conditions" in text


def test_rows_that_were_named_alone_are_marked_in_tables_and_in_prose(tmp_path: Path) -> None:
    """The best of them is no best baseline: the others were not run."""
    out = run(shop(), tmp_path, wanted=ModelChoice(("popularity", "content-knn"), only=True), hide=False)
    text = spoken((out / "report.html").read_text(encoding="utf-8"), "en")
    assert "--only: the 2 named models alone were run" in text
    assert "best of 2 named simple models: popularity, recall@20" in text
    assert "★ best of 2 named simple models on test" in text
    assert text.count("simple, named (--only)") == 2
    assert "best simple baseline" not in text
    assert json.loads((out / "metrics.json").read_text(encoding="utf-8"))["only"] is True


def test_without_a_simple_model_none_is_called_the_best(tmp_path: Path) -> None:
    out = run(shop(), tmp_path, wanted=ModelChoice(("engine",), only=True), hide=False)
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "비교할 단순 모델이 없습니다" in spoken(page, "ko")
    assert "There is no simple model to compare with" in (text := spoken(page, "en"))
    assert not {"best of", "★", "Diamond"} & set(re.findall("best of|★|Diamond", text))


def test_a_whole_run_has_no_such_marks(out: Path) -> None:
    text = (out / "report.md").read_text(encoding="utf-8")
    assert "named" not in text
    assert "--only" not in text


def test_a_row_that_took_longer_than_its_budget_is_named(tmp_path: Path) -> None:
    """A fifth more is let pass."""
    shop().write(tmp_path / "data")
    findings = Experiment(request(tmp_path / "data", tmp_path / "out", hide=False), available=few_models).run()
    assert findings.over_budget() == {}
    (auto,) = (each for each in findings.test.models if each.name == "auto")
    slow = [
        each.with_cost(Cost(fit_seconds=seconds))
        for each, seconds in zip(auto.row.outcomes, (60.0, 20 * 60 * 1.25), strict=True)
    ]
    late = replace(auto, row=replace(auto.row, outcomes=tuple(slow)))
    others = tuple(late if each is auto else each for each in findings.test.models)
    found = replace(findings, test=replace(findings.test, models=others))
    assert found.over_budget() == {"auto": 25.0}
    assert "caution: auto took 25.0 minutes to learn, more than the --budget of 20.0" in [
        line.en for line in verdicts(found)
    ]
