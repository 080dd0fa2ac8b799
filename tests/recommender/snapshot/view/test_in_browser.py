"""The page in a real browser, as a coordinator uses it: by mouse, key and finger, on a desk and on a telephone."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import expect

from graph_schema.model import NodeRef
from recommender.language.answers import Audience
from recommender.snapshot.neighbourhood import ListedResult
from recommender.snapshot.view.write import write_recommended, write_view, write_views
from tests.browser import SIZES, OpenPage, violations
from tests.recommender.small_graph import SmallGraph
from tests.recommender.snapshot.view.pages import EVIL, SOFT, busy, dealings, evil

pytestmark = pytest.mark.browser
CAPTION_PIXELS = 12
SETTLED = """new Promise(done => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(done), 500)))"""
"""Half a second of the page itself: what it was to do meanwhile is done, also where it comes to it late."""
LOOK = """window.look = (() => {
  const cy = document.getElementById('graph')._cyreg.cy;
  const names = JSON.parse(document.getElementById('data').textContent).nodes.map(node => node.name[0]);
  const frame = () => document.getElementById('graph').getBoundingClientRect();
  const light = colour => colour.match(/\\d+/g).slice(0, 3).map(part => part / 255)
    .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  return {
    count: () => cy.nodes(':visible').length,
    pan: () => cy.pan(),
    zoom: level => cy.zoom(level),
    place: name => {
      const {x, y} = cy.nodes()[names.findIndex(each => each.startsWith(name))].renderedPosition();
      return {x: x + frame().left, y: y + frame().top};
    },
    outside: () => cy.nodes().map(node => node.renderedPosition())
      .filter(({x, y}) => x < 0 || y < 0 || x > frame().width || y > frame().height),
    captions: () => cy.nodes('.named').map(node => ({
      text: node.style('label'), pixels: parseFloat(node.style('font-size')) * cy.zoom(), centre: node.data('at') === 0,
      beside: node.hasClass('left') || node.hasClass('right'),
      box: node.renderedBoundingBox({includeNodes: false, includeEdges: false, includeOverlays: false}),
    })),
    contrast: () => Math.min(...cy.elements().map(each => 1.05 / (light(each.style('color')) + 0.05)),
      ...cy.edges().map(edge => 1.05 / (light(edge.style('line-color')) + 0.05))),
  };
})(); undefined"""
"""What a test asks of the picture, which is a canvas: the drawing library hangs itself on its element."""
_MARGIN = 3
"""Pixels that the library adds to the box of a caption on each side, for its outline."""


@pytest.fixture
def look_at(open_page: OpenPage) -> OpenPage:
    """Open a page, with what a test may ask of its picture."""

    def opened(*args: Any) -> Any:
        page = open_page(*args)
        page.evaluate(LOOK)
        return page

    return opened


@pytest.fixture
def written(tmp_path: Path) -> Path:
    graph = busy()
    graph.node("Institution", "uni", name="한국 대학 산학협력단", kind="university")
    graph.link("Company:soft", "CO_FILED_WITH", "Institution:uni", on=date(2019, 5, 6))
    return write_view(graph.snapshot(), SOFT, tmp_path / "view.html")


def large(count: int, patents: int = 1) -> SmallGraph:
    """Give one university as many neighbours of three kinds, with long names, each with so many patents of others."""
    graph = SmallGraph()
    graph.node("Institution", "uni", name="고양대학교 산학협력단")
    for number in range(count):
        day = date(2020 + number % 6, 1 + number % 12, 1 + number % 28)
        graph.node("Technology", f"t{number}", title=f"자율주행 차량의 라이다 센서 신호 처리 방법 제{number}호")
        graph.link("Institution:uni", "FILED", f"Technology:t{number}", on=day)
        for label, type_ in (("Company", "CO_FILED_WITH"), ("Institution", "CO_FILED_WITH")):
            graph.node(label, f"{label}{number}", name=f"고양산업진흥 {label} 주식회사 {number}")
            ends = (f"{label}:{label}{number}", "Institution:uni")
            graph.link(*(ends[0], type_, ends[1]), on=day)
            for other in range(patents):
                graph.link(f"{label}:{label}{number}", "FILED", f"Technology:t{(number * 7 + other) % count}", on=day)
    return graph


def rows(page: Any) -> int:
    return page.locator("#rows tr").count()


def chosen(page: Any) -> str:
    return page.locator("#details h2").inner_text()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("anchor", ["", "#en"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    written: Path, look_at: OpenPage, size: str, anchor: str
) -> None:
    page = look_at(written, size, anchor)
    if size == "phone":
        page.click("#filter summary")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_all_of_the_picture_is_in_sight_at_first(written: Path, look_at: OpenPage) -> None:
    for size in SIZES:
        page = look_at(written, size)
        frame = page.locator("#graph").bounding_box()
        hidden = page.evaluate("look.outside()")
        assert frame["width"] <= SIZES[size][0]
        assert hidden == []


def test_a_long_name_is_short_in_the_picture_and_whole_on_pointing_and_choosing(
    tmp_path: Path, look_at: OpenPage
) -> None:
    graph = busy(0)
    name = "자율주행 차량의 라이다 센서 신호를 처리하는 방법 및 그 장치"
    graph.node("Technology", "t", title=name, status="registered", applied_on=date(2021, 2, 3), source_id="10-2021")
    graph.link("Company:soft", "FILED", "Technology:t", on=date(2021, 2, 3))
    page = look_at(write_view(graph.snapshot(), SOFT, tmp_path / "view.html"))
    at = page.evaluate("look.place('자율주행')")
    page.mouse.move(at["x"], at["y"])
    assert page.locator("#tip").inner_text() == f"{name} · 기술"
    page.mouse.click(at["x"], at["y"])
    details = page.locator("#details").inner_text()
    assert chosen(page) == name
    assert all(text in details for text in ("법적 상태", "등록", "출원일", "2021-02-03", "출처: test · 10-2021"))
    page.wait_for_function("look.captions().length > 0")  # they are laid out anew once the view stands still
    captions = page.evaluate("look.captions()")
    assert max(len(each["text"].replace("\n", "")) for each in captions) <= 20


def test_captions_are_large_enough_and_do_not_cover_each_other_with_300_nodes(
    tmp_path: Path, look_at: OpenPage
) -> None:
    """From afar those that have room are shown; nearer, at full size, all that are in sight."""
    path = write_view(
        large(160, 8).snapshot(), NodeRef("Institution", "uni"), tmp_path / "view.html", hops=2, limit=310
    )
    page = look_at(path)
    assert page.evaluate("look.count()") >= 300
    for _ in range(2):
        page.evaluate(SETTLED)
        captions = page.evaluate("look.captions()")
        assert captions
        assert min(each["pixels"] for each in captions) >= CAPTION_PIXELS - 0.01
        boxes = [each["box"] for each in captions if not each["centre"]]
        assert not [
            (a, b)
            for i, a in enumerate(boxes)
            for b in boxes[i + 1 :]
            if min(a["x2"], b["x2"]) - max(a["x1"], b["x1"]) > 2 * _MARGIN
            and min(a["y2"], b["y2"]) - max(a["y1"], b["y1"]) > 2 * _MARGIN
        ]
        page.evaluate("look.zoom(1)")
    assert len(page.evaluate("look.captions()")) >= 0.95 * page.evaluate("look.count()")


def test_a_caption_without_room_below_or_above_stands_beside_its_node_where_all_of_it_is_in_sight(
    tmp_path: Path, look_at: OpenPage
) -> None:
    path = write_view(large(120).snapshot(), NodeRef("Institution", "uni"), tmp_path / "view.html", hops=2, limit=400)
    for size in ("desktop", "tablet"):
        page = look_at(path, size)
        page.evaluate(SETTLED)
        beside = [each["box"] for each in page.evaluate("look.captions()") if each["beside"]]
        width = page.locator("#graph").bounding_box()["width"]
        assert beside, size
        assert all(box["x1"] >= -_MARGIN and box["x2"] <= width + _MARGIN for box in beside), size


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("현대자동차주식회사", ["현대자동차", "주식회사"]),
        ("국립부경대학교산학협력단", ["국립부경대학교", "산학협력단"]),
        ("주식회사가나다라마바사", ["주식회사", "가나다라마바사"]),
        ("푸른마당미디어(가상)", ["푸른마당미디어", "(가상)"]),
    ],
)
def test_a_name_without_blanks_is_broken_at_its_legal_form(
    tmp_path: Path, look_at: OpenPage, name: str, lines: list[str]
) -> None:
    graph = SmallGraph()
    graph.node("Company", "c", name=name)
    graph.node("Technology", "t", title="센서")
    graph.link("Company:c", "FILED", "Technology:t", on=date(2024, 1, 2))
    path = write_view(graph.snapshot(), NodeRef("Company", "c"), tmp_path / "view.html")
    page = look_at(path, "phone")
    page.evaluate(SETTLED)
    [shown] = [each for each in page.evaluate("look.captions()") if each["centre"]]
    assert shown["text"].split("\n") == lines


def test_captions_have_a_contrast_of_4_5_in_the_picture(written: Path, look_at: OpenPage) -> None:
    page = look_at(written)
    assert page.evaluate("look.contrast()") >= 4.5


def test_kinds_and_days_filter_picture_and_table(written: Path, look_at: OpenPage) -> None:
    page = look_at(written)
    assert page.locator("#count").inner_text() == "관계 15건"
    page.get_by_label("기술", exact=False).first.uncheck()
    page.get_by_label("그리지 않은 것", exact=False).uncheck()
    assert page.locator("#count").inner_text() == "관계 3건"
    assert "출원" not in page.locator("#rows td[data-column=relation]").all_inner_texts()
    page.fill("#until", "2019-12-31")
    page.locator("#until").dispatch_event("change")
    page.get_by_label("일자 없는 것도").uncheck()
    assert page.locator("#rows td[data-column=target]").all_inner_texts() == ["한국 대학 산학협력단"]
    page.evaluate(SETTLED)
    assert page.evaluate("look.count()") == 2
    page.get_by_role("button", name="모두 보기").click()
    expect(page.locator("#count")).to_have_text("관계 15건")
    assert page.locator("#kinds input").count() == page.locator("#kinds input:checked").count() == 6


def test_a_search_names_what_it_finds_and_chooses_it(written: Path, look_at: OpenPage) -> None:
    page = look_at(written)
    page.fill("#search", "대학산학")
    assert page.locator("#hits li").all_inner_texts() == ["한국 대학 산학협력단"]
    assert rows(page) == 1
    page.press("#search", "Enter")
    assert chosen(page) == "한국 대학 산학협력단"
    page.fill("#search", "없는 이름")
    assert page.locator("#hits").inner_text() == "찾은 것이 없습니다."


def test_the_keyboard_walks_the_picture(written: Path, look_at: OpenPage) -> None:
    page = look_at(written)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("#graph")
    page.keyboard.press("ArrowRight")
    first = chosen(page)
    assert first != "나래소프트"
    assert page.locator("#said").inner_text().startswith(first)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "details"
    page.focus("#graph")
    page.keyboard.press("Escape")
    assert chosen(page) == "나래소프트"


def test_what_was_moved_stays_where_it_is(written: Path, look_at: OpenPage) -> None:
    """Pointing at things and choosing them lays nothing out anew."""
    page = look_at(written)
    frame = page.locator("#graph").bounding_box()
    page.mouse.move(frame["x"] + 20, frame["y"] + 20)
    page.mouse.down()
    page.mouse.move(frame["x"] + 120, frame["y"] + 90, steps=5)
    page.mouse.up()
    moved = page.evaluate("look.pan()")
    at = page.evaluate("look.place('기술')")
    page.mouse.move(at["x"], at["y"], steps=5)
    page.evaluate(SETTLED)
    assert page.evaluate("look.pan()") == moved


def test_on_a_telephone_a_finger_scrolls_the_page_and_a_tap_chooses(written: Path, look_at: OpenPage) -> None:
    page = look_at(written, "phone")
    assert page.evaluate("getComputedStyle(document.getElementById('graph')).pointerEvents") == "none"
    page.locator("#picture").scroll_into_view_if_needed()
    at = page.evaluate("look.place('한국 대학')")
    page.touchscreen.tap(at["x"], at["y"])
    assert chosen(page) == "한국 대학 산학협력단"
    page.get_by_role("button", name="손으로 움직이기").tap()
    assert page.evaluate("getComputedStyle(document.getElementById('graph')).pointerEvents") == "auto"


def test_on_a_telephone_a_fact_is_a_card_of_a_few_lines(written: Path, look_at: OpenPage) -> None:
    page = look_at(written, "phone")
    heights = page.evaluate("[...document.querySelectorAll('#rows tr')].map(row => row.offsetHeight)")
    assert max(heights) <= 190
    targets = page.evaluate(
        "[...document.querySelectorAll('button')].filter(b => b.offsetHeight).map(b => b.offsetHeight)"
    )
    assert min(targets) >= 44


def test_the_other_language_is_one_press_away(written: Path, look_at: OpenPage) -> None:
    page = look_at(written)
    page.get_by_role("button", name="English").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("#columns").inner_text().split()[:2] == ["from", "relationship"]
    assert "technology 12" in page.locator("#kinds").inner_text()
    assert "표로" not in page.locator("main").inner_text()


def test_the_table_is_downloaded_as_csv_without_formulas(tmp_path: Path, look_at: OpenPage) -> None:
    graph = busy(0)
    graph.node("Technology", "t", title='=HYPERLINK("x"), 기술')
    graph.link("Company:soft", "FILED", "Technology:t", on=date(2024, 1, 2))
    page = look_at(write_view(graph.snapshot(), SOFT, tmp_path / "view.html"))
    with page.expect_download() as waiting:
        page.click("#csv")
    assert waiting.value.suggested_filename == "나래소프트.csv"
    path = tmp_path / "table.csv"
    waiting.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    filed = next(row for row in table if row["관계"] == "출원")
    assert (filed["끝"], filed["일자"], filed["출처"]) == ('\'=HYPERLINK("x"), 기술', "2024-01-02", "test")


def test_paper_has_the_whole_picture_the_legend_and_all_facts(tmp_path: Path, look_at: OpenPage) -> None:
    """A printer is narrower than a screen, and nothing can be pressed on paper."""
    page = look_at(write_view(large(160).snapshot(), NodeRef("Institution", "uni"), tmp_path / "view.html", limit=500))
    facts = page.evaluate("JSON.parse(document.getElementById('data').textContent).facts.length")
    assert page.locator("#rows tr").count() < facts
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#rows tr").count() == facts
    assert page.locator("#kinds svg").first.is_visible()
    assert page.locator("button:not(.link):not(thead button)").evaluate_all("all => all.every(e => !e.offsetParent)")
    narrow = """() => {
      document.querySelector('.picture').style.width = '500px';
      return [...document.querySelectorAll('#graph canvas')].map(e => [e.clientWidth, getComputedStyle(e).objectFit]);
    }"""
    assert all(width <= 500 and fit == "contain" for width, fit in page.evaluate(narrow))
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#rows tr").count() < facts


def test_what_is_not_drawn_is_counted_as_what_it_is(written: Path, look_at: OpenPage) -> None:
    """The picture has twelve of sixty; the heading above, the list and the legend tell of all alike."""
    page = look_at(written)
    assert "관계 15건" in page.locator("header").inner_text()
    assert page.locator("#count").inner_text() == "관계 15건"
    assert "출원 → (60)" in page.locator("#details h3").all_inner_texts()
    assert "그리지 않은 것 48" in page.locator("#kinds").inner_text()


def test_a_field_below_another_is_drawn_without_complaint(tmp_path: Path, look_at: OpenPage) -> None:
    """Forms that are not alike on all sides have no line between them as long as they lie on each other."""
    graph = SmallGraph()
    for code, parent in (("G", ""), ("G01", "G"), ("G01N", "G01")):
        graph.node("TechField", f"ipc:{code}", name=code, code=code, scheme="ipc", level=1)
        if parent:
            graph.link(f"TechField:ipc:{code}", "PART_OF", f"TechField:ipc:{parent}")
    page = look_at(write_view(graph.snapshot(), NodeRef("TechField", "ipc:G01"), tmp_path / "view.html"))
    page.evaluate(SETTLED)
    assert page.evaluate("look.count()") == 3


@pytest.mark.parametrize("media", ["screen", "print"])
def test_names_in_the_table_are_never_broken_letter_by_letter(
    media: Literal["screen", "print"], tmp_path: Path, look_at: OpenPage
) -> None:
    """In English columns are wider, and paper of A4 is narrow."""
    page = look_at(write_view(busy().snapshot(), SOFT, tmp_path / "view.html"), "tablet", "#en")
    page.set_viewport_size({"width": 718, "height": 1047} if media == "print" else {"width": 800, "height": 1180})
    page.emulate_media(media=media)
    widths = page.locator("#rows [data-column=source], #rows [data-column=target]").evaluate_all(
        "all => all.map(each => each.clientWidth)"
    )
    assert min(widths) >= 100
    heads = page.locator("thead button").evaluate_all("all => all.map(each => each.scrollWidth - each.clientWidth)")
    assert max(heads) <= 1
    if media == "print":
        assert page.evaluate("document.documentElement.scrollWidth") <= 718


@pytest.mark.parametrize("size", SIZES)
def test_a_long_reason_is_cut_in_lists_and_whole_where_its_result_is_chosen(
    size: str, tmp_path: Path, look_at: OpenPage
) -> None:
    """Else a list of recommendations is a wall of text, and a row of the table dozens of lines high."""
    graph = dealings()
    graph.node("Program", "Q", title="2026 융자")
    reason = "업종이 같고 신청한 사업의 글 내용이 가깝습니다. " * 20 + "끝."
    said = {"task": "programs", "rank": 1, "reason_ko": reason, "reason_en": reason, "to_be_checked": ["매출"]}
    listed = [ListedResult(NodeRef("Program", "Q"), said)]
    page = look_at(write_recommended(graph.snapshot(), SOFT, tmp_path / "view.html", listed), size)
    row = page.locator("#rows tr").filter(has_text="2026 융자")
    assert "순위: 1, 확인할 것: 매출, 추천 이유: 업종이 같고" in row.inner_text()
    assert row.evaluate("row => row.offsetHeight") <= 260
    assert "끝." not in page.locator("#details").inner_text()
    page.fill("#search", "2026 융자")
    page.press("#search", "Enter")
    assert "끝." in page.locator("#details").inner_text()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert "끝." in row.inner_text()


def test_a_sum_in_the_table_is_never_broken_within_its_digits(tmp_path: Path, look_at: OpenPage) -> None:
    graph = dealings()
    graph.node("Program", "L", title="[경기] 대·중소 상생형 스마트공장 구축지원 사업 추가지원 참여기업 모집 공고 " * 2)
    graph.link("Company:soft", "AWARDED", "Program:L", on=date(2025, 7, 1), amount_krw=128_500_000.0)
    page = look_at(write_view(graph.snapshot(), SOFT, tmp_path / "view.html", audience=Audience.CITY), "tablet")
    page.set_viewport_size({"width": 1024, "height": 768})
    lines = (
        page.locator("#rows [data-column=facts]")
        .filter(has_text="128,500,000")
        .first.evaluate("""cell => {
      const [range, at] = [document.createRange(), cell.textContent.indexOf('128,500,000')];
      range.setStart(cell.firstChild, at);
      range.setEnd(cell.firstChild, at + 11);
      return range.getClientRects().length;
    }""")
    )
    assert lines == 1
    assert page.locator(".scroll").evaluate("box => box.scrollWidth <= box.clientWidth")


def test_a_name_that_looks_like_html_is_only_text(tmp_path: Path, look_at: OpenPage) -> None:
    page = look_at(write_view(evil().snapshot(), SOFT, tmp_path / "view.html"))
    page.on("dialog", lambda dialog: pytest.fail(f"a name ran: {dialog.message}"))
    page.fill("#search", "script")
    page.press("#search", "Enter")
    assert chosen(page) == EVIL
    assert page.locator("#details a, #details img, #rows img").count() == 0


def test_neighbours_pages_are_linked_both_ways(tmp_path: Path, look_at: OpenPage) -> None:
    page = look_at(write_views(dealings().snapshot(), SOFT, tmp_path / "시작 쪽.html", audience=Audience.CITY))
    page.fill("#search", "2026 판로 지원")
    page.press("#search", "Enter")
    page.get_by_role("link", name="이 항목의 관계도 열기").click()
    expect(page).to_have_title("2026 판로 지원 · 관계도 · 두레")
    assert "시 내부용" in page.locator("header").inner_text()
    page.fill("#search", "나래소프트")
    page.press("#search", "Enter")
    page.get_by_role("link", name="이 항목의 관계도 열기").click()
    expect(page).to_have_title("나래소프트 · 관계도 · 두레")


def test_a_day_is_never_broken_at_its_hyphens(written: Path, look_at: OpenPage) -> None:
    page = look_at(written)
    lines = "day => new Set([...day.getClientRects()].map(each => each.top)).size"
    for width in range(60, 200, 20):
        page.evaluate(f"document.getElementById('details').style.width = '{width}px'")
        heights = page.locator("#details time").evaluate_all(f"days => days.map({lines})")
        assert heights
        assert set(heights) == {1}
