"""Codes are read in the revision that their register uses, and never guessed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import industries, ksic
from loaders.frame import load
from loaders.ksic import KsicCode, continuation, read_codes, read_revision
from loaders.records import RowRecords
from loaders.registry import SOURCES
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import columns, ends, everything, read_csv, write_csv

BAKERY, SNACK_BAR = KsicCode(10, "56191"), KsicCode(11, "56191")


@pytest.mark.parametrize(
    ("text", "revision", "codes"),
    [
        ("56191", 10, [BAKERY]),
        ("I56191", 10, [BAKERY]),
        ("56191", 11, [SNACK_BAR]),
        ("ksic10:56191", None, [BAKERY]),
        ("ksic11:56191", 10, [SNACK_BAR]),
        ("10712", None, [KsicCode(10, "10712")]),
        ("10602", None, [KsicCode(11, "10602")]),
        ("26299", 10, [KsicCode(11, "26299")]),
        ("27213,26299", None, [KsicCode(11, "27213"), KsicCode(11, "26299")]),
        ("27213 / C26299;26299", None, [KsicCode(11, "27213"), KsicCode(11, "26299")]),
        ("C 26299", None, [KsicCode(11, "26299")]),
        ("26299.0", None, [KsicCode(11, "26299")]),
        ("C", None, [KsicCode(11, "C")]),
        ("65", None, [KsicCode(11, "65")]),
        ("제조업", None, [KsicCode(11, "C")]),
        ("농업, 임업 및 어업", None, [KsicCode(11, "A")]),
        ("제과점업", 10, [BAKERY]),
        ("26~28", None, [KsicCode(11, "26"), KsicCode(11, "27"), KsicCode(11, "28")]),
        ("건설업(41~42)", None, [KsicCode(11, "41"), KsicCode(11, "42")]),
        ("애완용 동물 및 관련용품 소매업", None, [KsicCode(11, "47852")]),
        ("농업", 10, [KsicCode(11, "01")]),
        ("56191", 9, [BAKERY]),
        ("G47430", 9, [KsicCode(9, "47430")]),
        ("ksic9:01131", None, [KsicCode(11, "01131")]),
        ("36~37", 9, [KsicCode(9, "36"), KsicCode(11, "37")]),
        ("가방 및 기타 가죽제품 소매업", 9, [KsicCode(9, "47430")]),
        ("", None, []),
    ],
)
def test_codes_names_and_ranges_are_read(text: str, revision: int | None, codes: list[KsicCode]) -> None:
    assert read_codes(text, revision) == (codes, [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "56191",
            "56191 is 제과점업 in revision 10 and 김밥 및 기타 간이 음식점업 in revision 11: which one is not told",
        ),
        ("99999", "unknown: 99999"),
        ("A26299", "unknown: A26299"),
        ("달나라업", "unknown: 달나라업"),
        ("1110", "unknown: 1110 (01110 without its first digit, as spreadsheets drop it?)"),
        ("96~99", None),
    ],
)
def test_what_cannot_be_read_or_means_two_things_is_told(text: str, told: str | None) -> None:
    assert [*map(str, read_codes(text).reasons)] == ([told] if told else [])


@pytest.mark.parametrize(
    ("text", "revision", "told"),
    [
        ("C10712", 11, "10712 is 빵류 제조업 in revision 10, and no code of revision 11"),
        ("ksic11:10712", None, "10712 is 빵류 제조업 in revision 10, and no code of revision 11"),
        ("10602", 10, "10602 is 빵류 제조업 in revision 11, and no code of revision 10"),
        ("99999", 11, "unknown: 99999"),
        ("47430", 9, None),
        ("10602", 9, "10602 is 빵류 제조업 in revision 11, and no code of revision 9"),
        ("10798", 11, "10798 is 도시락 및 식사용 조리식품 제조업 in revision 9, and no code of revision 11"),
    ],
)
def test_a_code_of_another_revision_is_told_as_one(text: str, revision: int | None, told: str | None) -> None:
    assert [*map(str, read_codes(text, revision).reasons)] == ([told] if told else [])


def test_one_bad_code_leaves_the_others_readable() -> None:
    found, reasons = read_codes("26299;99999")
    assert (found, [*map(str, reasons)]) == ([KsicCode(11, "26299")], ["unknown: 99999"])


@given(st.sampled_from(sorted(ksic.table(10))))
def test_a_class_of_revision_10_is_continued_by_its_name_or_not_at_all(code: str) -> None:
    (read,) = read_codes(code, 10).found
    later = continuation(read)

    assert read.code == code
    if later is not None and read.revision == 10:
        assert ksic.table(11)[later.code][0] <= ksic.table(10)[code][0]


def test_most_classes_are_continued_and_the_others_are_left_open() -> None:
    classes = [code for code in ksic.table(10) if len(code) == 5]
    lost = [code for code in classes if continuation(read_codes(code, 10).found[0]) is None]

    assert (len(classes), len(lost)) == (1196, 38)
    assert continuation(BAKERY) == KsicCode(11, "56150")
    assert continuation(KsicCode(10, "28202")) is None


@pytest.mark.parametrize(("code", "later"), [("21210", "2121"), ("21300", "2130")])
def test_a_class_that_became_a_group_of_its_name_goes_on_as_the_group(code: str, later: str) -> None:
    """완제 의약품 제조업 is a class of revision 10, and in revision 11 a group of two classes."""
    assert continuation(KsicCode(10, code)) == KsicCode(11, later)


@pytest.mark.parametrize(
    ("code", "later"),
    [
        ("03211", KsicCode(11, "03211")),  # 해면 양식 어업: the table links it to one class, which is called otherwise
        ("06210", KsicCode(11, "06200")),  # the table links it to one class that took in others
        ("47430", KsicCode(11, "47440")),  # 가방 및 기타 가죽제품 소매업: two, of which one has its name
        ("27329", KsicCode(10, "27309")),  # 기타 광학기기 제조업: the one of its name goes on no further
        ("10110", KsicCode(11, "1011")),  # 도축업: two without its name, both of one group
        ("30310", KsicCode(11, "30")),  # 자동차 엔진용 부품 제조업: several of one division
        ("07112", None),  # 고령토 및 기타 점토 광업: two, of mining and of manufacture
        ("69", KsicCode(11, "76")),  # 임대업; 부동산 제외: no class, and known by its name
        ("22", None),  # 고무제품 및 플라스틱제품 제조업: no code has its name
    ],
)
def test_a_code_of_revision_9_goes_on_as_the_link_table_says(code: str, later: KsicCode | None) -> None:
    assert continuation(KsicCode(9, code)) == later


def test_most_classes_of_revision_9_reach_revision_11_and_few_are_left_open() -> None:
    classes = [code for code in ksic.table(9) if len(code) == 5]
    ends_in = [continuation(read_codes(code, 9).found[0]) for code in classes]

    assert len(classes) == 1145
    assert Counter(later and later.revision for later in ends_in) == {11: 1096, 10: 13, None: 36}


@pytest.mark.parametrize(
    ("text", "revision"),
    [
        ("10", 10),
        ("10차", 10),
        ("제11차", 11),
        ("KSIC 10", 10),
        ("10.0", 10),
        ("9", 9),
        ("8차", None),
        ("열", None),
        ("", None),
    ],
)
def test_revisions_are_read_as_people_write_them(text: str, revision: int | None) -> None:
    assert read_revision(text) == revision


def test_every_code_of_revision_11_is_itself_with_its_revision() -> None:
    assert all(read_codes(f"ksic11:{code}").found == [KsicCode(11, code)] for code in industries.table())


def test_a_mention_keeps_what_is_written_beside_what_continues_it() -> None:
    records = RowRecords("test", "1")

    assert [ref.id for ref in ksic.mention(records, BAKERY)] == ["ksic10:56191", "ksic11:56150"]
    assert [record.identity.replace("\x1f", " ") for record in records.records] == [
        "Industry ksic10:56191",
        "Industry ksic11:56150",
        "Industry__MAPS_TO__Industry ksic10:56191 ksic11:56150 ",
    ]
    assert [ref.id for ref in ksic.mention(records, KsicCode(10, "28202"))] == ["ksic10:28202"]


def test_a_company_of_before_2017_keeps_what_is_written_beside_what_it_goes_on_as(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    rows = [
        {"기업명": "가나가방", "업종코드": "47430", "차수": "9차"},
        {"기업명": "다라도축", "업종코드": "10110", "차수": "9"},
        {"기업명": "마바광업", "업종코드": "07112", "차수": "9"},
        {"기업명": "사아엔진", "업종코드": "30310", "차수": "9"},
    ]
    report = load(SOURCES["companies"], [write_csv(tmp_path / "c.csv", rows)], store, quarantine_dir=tmp_path / "q")

    assert report.quarantined == 0
    assert ends(store, "Company", "IN_INDUSTRY", "Industry") == {
        ("name:가나가방", "ksic9:47430"),
        ("name:가나가방", "ksic11:47440"),
        ("name:다라도축", "ksic9:10110"),
        ("name:다라도축", "ksic11:1011"),
        ("name:마바광업", "ksic9:07112"),
        ("name:사아엔진", "ksic9:30310"),
        ("name:사아엔진", "ksic11:30"),
    }
    notes = {row["src"]: row["note"] for row in everything(store)["Industry__MAPS_TO__Industry"]}
    assert notes == {"ksic9:47430": "같은 이름", "ksic9:10110": "같은 이름", "ksic9:30310": "연계표"}


def test_a_company_is_read_in_the_revision_that_its_row_names(store: EmbeddedStore, tmp_path: Path) -> None:
    """A bakery stays one; 10712, which revision 11 does not have, is kept beside 10602 of the same name."""
    rows = [
        {"기업명": "가나빵집", "업종코드": "56191", "차수": "10"},
        {"기업명": "다라식품", "업종코드": "10712", "차수": "10"},
        {"기업명": "마바분식", "업종코드": "56191", "차수": "11"},
        {"기업명": "사아가게", "업종코드": "56191", "차수": ""},
        {"기업명": "자차정밀", "업종코드": "C 26299, 27213", "차수": ""},
        {"기업명": "카타", "업종코드": "26299", "차수": "8"},
    ]
    path = write_csv(tmp_path / "c.csv", rows)
    load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path / "q")
    again = load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path / "q")

    assert ends(store, "Company", "IN_INDUSTRY", "Industry") == {
        ("name:가나빵집", "ksic10:56191"),
        ("name:가나빵집", "ksic11:56150"),
        ("name:다라식품", "ksic10:10712"),
        ("name:다라식품", "ksic11:10602"),
        ("name:마바분식", "ksic11:56191"),
        ("name:자차정밀", "ksic11:26299"),
        ("name:자차정밀", "ksic11:27213"),
    }
    names = {row["id"]: row["name"] for row in everything(store)["Industry"]}
    assert (names["ksic10:56191"], names["ksic11:56150"]) == ("제과점업", "제과점업")
    assert again.quarantine_file is not None
    assert columns(read_csv(again.quarantine_file), "row", "field") == [
        ("5", "industries"),
        ("7", "ksic_revision"),
        ("7", "industries"),
    ]
    assert (again.loaded, again.unchanged) == (0, 6)


def test_the_whole_table_of_revision_10_agrees_with_its_mentions(store: EmbeddedStore, tmp_path: Path) -> None:
    """Loading the full table after a mention, and a mention after the full table, write nothing anew of it."""
    levels = {"1": "음식점업", "2": "음식점 및 주점업", "3": "음식점업", "4": "기타 간이 음식점업", "5": "제과점업"}
    codes = {"1": "I", "2": "56", "3": "561", "4": "5619", "5": "56191"}
    row = {f"ksic{at}_cd": code for at, code in codes.items()} | {f"ksic{at}_nm": name for at, name in levels.items()}
    company = write_csv(tmp_path / "c.csv", [{"기업명": "가나빵집", "업종코드": "56191", "차수": "10"}])
    load(SOURCES["companies"], [company], store, quarantine_dir=tmp_path)
    before = everything(store)
    load(
        SOURCES["ksic-9-10"], [write_csv(tmp_path / "k.csv", [row | {"ksic_C": "C10"}])], store, quarantine_dir=tmp_path
    )
    after = everything(store)

    assert [each for each in after["Industry"] if each["id"] == "ksic10:56191"] == [
        each for each in before["Industry"] if each["id"] == "ksic10:56191"
    ]


@pytest.mark.parametrize(
    ("source", "row", "relation", "target"),
    [
        (
            "spaces",
            {"id": "1", "title": "84㎡", "center": "가나", "region": "41285"},
            ("Space", "ADMITS"),
            "ksic11:56150",
        ),
        ("courses", {"id": "1", "title": "제과 과정"}, ("Program", "TARGETS"), "ksic11:56150"),
        (
            "experts",
            {"id": "1", "headline": "세무사", "profession": "세무사", "consented_on": "2026-01-02"},
            ("Expert", "SPECIALIZES_IN"),
            "ksic11:56150",
        ),
    ],
)
def test_lists_of_the_project_itself_are_of_revision_11(
    source: str, row: dict[str, str], relation: tuple[str, str], target: str, store: EmbeddedStore, tmp_path: Path
) -> None:
    rows = [row | {"industries": "ksic10:56191"}, row | {"id": "2", "industries": "ksic10:28202"}]
    report = load(SOURCES[source], [write_csv(tmp_path / "r.csv", rows)], store, quarantine_dir=tmp_path)

    assert {end for _, end in ends(store, *relation, "Industry")} == {target}
    assert (report.loaded, report.quarantined, report.cells) == (2, 0, 1)
