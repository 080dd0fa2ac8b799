"""A page stands alone, says in words what it draws, and takes no name for HTML."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from graph_schema.errors import ConfigError
from recommender.snapshot.view import page as page_module
from tests.recommender.small_graph import goyang
from tests.recommender.snapshot.view.pages import EVIL, busy, data_of, evil, names_of, page_of


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_is_korean_titled_and_loads_nothing(tmp_path: Path) -> None:
    page = page_of(goyang(), tmp_path)
    assert page.startswith('<!doctype html>\n<html lang="ko"')
    assert "<title>나래소프트 · 관계도 · 두레</title>" in page
    assert [tag for tag, attributes in _Reader(page).tags if {"src", "srcset"} & set(attributes) or tag == "link"] == []


def test_the_policy_names_both_scripts_and_nothing_else(tmp_path: Path) -> None:
    page = page_of(goyang(), tmp_path)
    policy = next(
        attributes["content"] for tag, attributes in _Reader(page).tags if tag == "meta" and "http-equiv" in attributes
    )
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    checksums = {f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts}
    assert len(scripts) == 2
    assert policy
    assert set(re.findall(r"'sha256-[^']+'", policy)) == checksums
    assert policy.startswith("default-src 'none';")


def test_the_summary_says_what_is_not_drawn_in_both_languages(tmp_path: Path) -> None:
    page = page_of(busy(), tmp_path)
    assert "그리지 않은 관계가 더 있습니다: 출원 48건." in page
    assert "More relationships are not drawn: filed 48." in page


def test_no_name_ends_a_script_or_becomes_a_tag(tmp_path: Path) -> None:
    page = page_of(evil(), tmp_path)
    assert EVIL not in page
    assert "<img" not in page
    assert EVIL in names_of(page)
    assert [tag for tag, _ in _Reader(page).tags].count("script") == 3


def test_the_licence_of_the_library_travels_with_it(tmp_path: Path) -> None:
    page = page_of(goyang(), tmp_path)
    assert "The Cytoscape Consortium" in page
    assert "The above copyright notice and this permission notice shall be included" in page


def test_a_page_is_under_a_megabyte(tmp_path: Path) -> None:
    assert len(page_of(busy(400), tmp_path, limit=500)) < 1_000_000


def test_without_the_library_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page_module.drawing_library.cache_clear()
    monkeypatch.setattr(page_module, "LIBRARY", "assets/absent.js")
    with pytest.raises(ConfigError, match="run `make setup`"):
        page_of(goyang(), tmp_path)
    monkeypatch.undo()
    assert data_of(page_of(goyang(), tmp_path))["nodes"]
