"""What is wrong with files that are imported is told in Korean to who reads Korean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from graph_schema.errors import DureError
from recommender.importers.award_list import ListRequest, read_list
from recommender.importers.award_windows import choose_windows
from recommender.importers.list_columns import AwardColumns
from recommender.importers.published import refuse_other_set
from recommender.importers.recbole import recbole_folder
from recommender.importers.registry import import_set
from recommender.importers.triple_files import umls

Provoke = Callable[[Path], object]
YEARS = [date(year, 1, 1) for year in (2020, 2021)]
HEADER = "기업명,사업명,연도"


def _list(folder: Path, *rows: str, **columns: str) -> object:
    (folder / "a").write_text("\n".join(rows), encoding="utf-8")
    return read_list(folder / "a", ListRequest(AwardColumns(**columns)))


def _other_set(folder: Path) -> None:
    for name in ("train", "valid", "test"):
        (folder / f"{name}.txt").write_text("a\tr\tb\n", encoding="utf-8")
    refuse_other_set("umls", folder)


PROVOKED: dict[str, tuple[Provoke, str]] = {
    "empty": (lambda at: _list(at, ""), "{at}/a: 비어 있는 파일입니다. 첫 줄에 열 이름을 적으십시오"),
    "role": (
        lambda at: _list(at, "who,사업명,연도"),
        (
            "{at}/a: 이름으로 알 수 있는 기관 열이 없습니다. --organisation 옵션으로 열을 지정하십시오. "
            "있는 열: who, 사업명, 연도"
        ),
    ),
    "column": (
        lambda at: _list(at, HEADER, item="사업"),
        "{at}/a: --item 옵션으로 지정한 열이 없습니다: '사업'. 있는 열: 기업명, 사업명, 연도",
    ),
    "shared": (
        lambda at: _list(at, HEADER, item="기업명"),
        ("{at}/a: 한 열을 기관 열과 항목 열로 함께 쓸 수 없습니다: '기업명'. --item 옵션으로 다른 열을 지정하십시오"),
    ),
    "no award": (
        lambda at: _list(at, HEADER, "가나,수출,곧"),
        (
            "{at}/a: 1행 가운데 선정으로 읽을 수 있는 행이 없습니다. 2번째 줄: 연도 '곧': "
            "날짜, 월, 연도 가운데 어느 것도 아님. 2026-03-02처럼 적으십시오. 열을 잘못 골랐으면 바꾸십시오"
        ),
    ),
    "one item": (
        lambda at: _list(at, HEADER, "가나,수출,2020", "다라,수출,2021"),
        (
            "{at}/a: 선정 2건의 항목 값이 모두 같습니다: '수출'. 실험에는 서로 다른 값이 있어야 합니다. "
            "--item 옵션으로 다른 열을 지정하거나 더 긴 목록을 쓰십시오"
        ),
    ),
    "short": (
        lambda _: choose_windows(YEARS, None, None),
        (
            "선정이 있는 기간이 2년뿐이어서 train, valid, test로 나눌 수 없습니다. "
            "더 긴 목록을 쓰거나 --valid-from과 --test-from으로 날짜를 지정하십시오"
        ),
    ),
    "empty windows": (
        lambda _: choose_windows(YEARS, date(2019, 1, 1), date(2022, 1, 1)),
        (
            "선정이 하나도 없는 기간이 있습니다: 2019-01-01 전, 2022-01-01부터. 목록의 기간: 2020-01-01 ~ 2021-01-01. "
            "--valid-from과 --test-from으로 다른 날짜를 지정하십시오"
        ),
    ),
    "set": (
        lambda at: import_set("h2020", at, at, called="x"),
        "h2020: 폴더 이름이 정해져 있습니다. --name은 다음에만 씁니다: recbole, triples",
    ),
    "other set": (
        _other_set,
        (
            "{at}: umls 데이터가 아닙니다(train.txt: 1줄, 공개된 파일은 5,216줄). triples 데이터로 보입니다. "
            "다음 명령으로 가져오십시오: `dure experiment import triples {at} --name NAME`"
        ),
    ),
    "absent": (
        lambda at: import_set("patents", at, at),
        ("{at}/patents_orgs_only.csv: 파일이 없습니다. 공개된 이름 그대로 파일을 둔 폴더를 적으십시오"),
    ),
    "triples": (
        lambda at: [*umls(at)],
        (
            "{at}: train 트리플 파일은 하나여야 합니다. train.txt나 mine-train.tsv처럼 이름을 붙여 하나만 두십시오. "
            "있는 파일: 없음"
        ),
    ),
    "recbole": (
        lambda at: recbole_folder("x", at),
        (
            "{at}: *.inter 파일 하나를 두거나 *.train.inter, *.valid.inter, *.test.inter 파일을 하나씩 두십시오. "
            "있는 파일: 없음"
        ),
    ),
}


@pytest.mark.parametrize(("provoke", "told"), PROVOKED.values(), ids=PROVOKED)
def test_errors_are_told_in_korean(provoke: Provoke, told: str, tmp_path: Path) -> None:
    with pytest.raises(DureError) as caught:
        provoke(tmp_path)
    assert caught.value.in_language("ko") == told.format(at=tmp_path)
