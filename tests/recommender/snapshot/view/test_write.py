"""Pages are written for those who may read them, alone or with a page for each neighbour."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from graph_schema.errors import NotFoundError, ValidationError
from graph_schema.model import NodeRef
from recommender.language.answers import Audience
from recommender.snapshot.view.write import write_view, write_views
from tests.recommender.small_graph import goyang
from tests.recommender.snapshot.view.pages import SOFT, busy, data_of, dealings


def test_the_folder_is_made(tmp_path: Path) -> None:
    assert write_view(goyang().snapshot(), SOFT, tmp_path / "a" / "b" / "soft.html").is_file()


def test_mistakes_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"hops='3'.*limit='0'"):
        write_view(goyang().snapshot(), SOFT, tmp_path / "x.html", hops=3, limit=0)
    with pytest.raises(NotFoundError):
        write_view(goyang().snapshot(), NodeRef("Company", "nobody"), tmp_path / "x.html")


@pytest.mark.parametrize("centre", [SOFT, NodeRef("Program", "P")])
def test_a_page_shows_no_dealings_unless_it_is_for_the_city(tmp_path: Path, centre: NodeRef) -> None:
    snapshot, path = dealings().snapshot(), tmp_path / "view.html"
    public = write_view(snapshot, centre, path, hops=2).read_text(encoding="utf-8")
    assert "APPLIED_TO" not in data_of(public)["relations"]
    assert ("나래소프트" in public) == (centre == SOFT)
    assert "판로를 찾습니다" not in public
    assert "공개된 사실만" in public
    internal = write_view(snapshot, centre, path, hops=2, audience=Audience.CITY).read_text(encoding="utf-8")
    assert all(word in internal for word in ("나래소프트", "2026 판로 지원", "시 내부용"))


def test_a_need_is_drawn_for_the_city_alone(tmp_path: Path) -> None:
    snapshot, need = dealings().snapshot(), NodeRef("Need", "N")
    with pytest.raises(ValidationError, match="--internal"):
        write_view(snapshot, need, tmp_path / "view.html")
    assert "판로를 찾습니다" in write_view(snapshot, need, tmp_path / "view.html", audience=Audience.CITY).read_text()


def test_with_pages_each_neighbour_has_one_and_all_links_lead_to_one(tmp_path: Path) -> None:
    path = write_views(busy(5).snapshot(), SOFT, tmp_path / "한 눈에.html")
    written = {path, *(tmp_path / "한 눈에-pages").iterdir()}
    links = {page: [node["page"] for node in data_of(page.read_text())["nodes"]] for page in written}
    assert len(links[path]) == len(written) == 8
    assert links[path][0] is None
    for page, targets in links.items():
        assert {(page.parent / unquote(target)).resolve() for target in targets if target} <= written - {page}
    assert all(any(target and target.startswith("../") for target in links[page]) for page in written - {path})


def test_without_pages_one_file_is_written(tmp_path: Path) -> None:
    path = write_view(goyang().snapshot(), SOFT, tmp_path / "view.html")
    assert list(tmp_path.iterdir()) == [path]
