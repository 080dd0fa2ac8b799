"""What ends a load, a fetch or a joining is told in Korean to who reads Korean."""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph_schema.errors import DureError
from graph_schema.model import NodeRef
from loaders.answers import refuse_error
from loaders.files import system_reason
from loaders.frame import load
from loaders.live.client import checked_address
from loaders.live.keys import Keyring
from loaders.live.pages import PageFolder
from loaders.live.sync import Sync
from loaders.refusals import reason_of, refusal
from loaders.registry import SOURCES
from loaders.resolve.decisions import split, undo
from loaders.resolve.finding import node_called
from loaders.resolve.review import read_review
from loaders.synthesize.background import read_background
from loaders.synthesize.synthesis import synthesize
from loaders.tables import require_fields
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import write_csv

NOW = datetime(2026, 3, 2, tzinfo=UTC)
Provoke = Callable[[EmbeddedStore, Path], object]


def _bad_rows(store: EmbeddedStore, folder: Path) -> None:
    (folder / "q").write_text("a file where the folder would be", encoding="utf-8")
    load(
        SOURCES["companies"],
        [write_csv(folder / "c.csv", [{"기업명": "", "지역": "고양시"}])],
        store,
        quarantine_dir=folder / "q",
    )


def _review(folder: Path) -> Path:
    return write_csv(folder / "review.csv", [{"decision": "같음", "node_1": "Company:a", "node_2": "Company:a"}])


def _unkept_page(_store: EmbeddedStore, folder: Path) -> None:
    PageFolder(folder / "gone").keep("1.json", b"{}", Path.read_bytes)


PROVOKED: dict[str, tuple[Provoke, str]] = {
    "quarantine": (
        _bad_rows,
        (
            "잘못된 행을 남길 수 없는 폴더입니다(같은 이름의 파일이 있음): {folder}/q. "
            "쓸 수 있게 권한을 바꾸거나 DURE_HOME에 다른 폴더를 적으십시오"
        ),
    ),
    "page": (
        _unkept_page,
        (
            "받은 쪽을 보관할 수 없는 폴더입니다(파일이 없음): {folder}/gone. "
            "쓸 수 있게 권한을 바꾸거나 DURE_HOME에 다른 폴더를 적으십시오"
        ),
    ),
    "columns": (
        lambda _, folder: require_fields(folder / "x.csv", ["code"], [], {}),
        (
            "{folder}/x.csv: 예상과 다른 형식입니다. 없는 열: code. 있는 열: 없음. "
            "이 출처의 파일이 맞는지, 머리글이 온전한지 확인하십시오"
        ),
    ),
    "error of a register": (
        lambda _, folder: refuse_error(folder / "x.json", {"code": "99"}),
        (
            "{folder}/x.json: 자료가 아니라 기관의 오류 메시지입니다: 설명 없음 (코드 99). "
            "인증키와 요청 변수를 확인하고 다시 받으십시오"
        ),
    ),
    "key": (
        lambda _store, _folder: Keyring({"smes24": "토큰 abc"}),
        (
            "DURE_KEY_SMES24: 인증키가 아닙니다. 공백이나 인증키에 쓰지 않는 글자가 들어 있습니다. "
            "인증키만 옮겨 적으십시오"
        ),
    ),
    "address": (
        lambda _store, _folder: checked_address("http://example.org/api"),
        "인증키가 암호화되지 않은 채 전송되므로 요청하지 않습니다: http://example.org. https:// 주소를 적으십시오",
    ),
    "run": (
        lambda store, _: undo(store, NOW, "r1"),
        "이 실행에서 나온 결정이 없습니다: 'r1'. `dure resolve apply`가 알려 준 이름을 적으십시오",
    ),
    "alone": (
        lambda store, _: split(store, NodeRef("Company", "a"), NOW),
        "Company:a: 다른 노드와 합쳐져 있지 않습니다. 합친 노드는 `dure resolve show`로 볼 수 있습니다",
    ),
    "name": (
        lambda store, _: node_called(store, "없는기관"),
        (
            "{store}: 그런 이름의 기관이나 기업이 없습니다: '없는기관'. "
            "`dure find '없는기관'` 명령으로 찾아 Label:id로 적으십시오"
        ),
    ),
    "size of a city": (
        lambda store, _: synthesize(store, companies=3),
        "companies=3: 도시를 만들기에 너무 적습니다. 10 이상으로 적으십시오",
    ),
    "empty store": (
        lambda store, _: read_background(store),
        (
            "가상의 도시를 만들려면 실제 자료가 있어야 합니다. 저장소 {store}에 없는 것: "
            "지원사업(Program), 기술(Technology), 한국표준산업분류 11차의 세세분류(Industry), "
            "고양시의 완공된 지식산업센터(Center), 지역(Region) 41281, 지역(Region) 41285, 지역(Region) 41287. "
            "먼저 'dure demo'로 예시 자료를 적재하거나 'dure load'로 가지고 있는 파일을 적재하십시오"
        ),
    ),
    "review": (
        lambda _, folder: read_review(_review(folder)),
        (
            "{folder}/review.csv: decision='같음': 2행: 두 노드를 읽을 수 없습니다: Company:a and Company:a: "
            "='': 같은 종류의 서로 다른 두 노드가 아닙니다(Company, Institution); "
            "`dure find`가 보여 주는 식별자를 적으십시오; 두 노드를 목록에 있던 대로 옮겨 적으십시오"
        ),
    ),
}


@pytest.mark.parametrize(("provoke", "told"), PROVOKED.values(), ids=PROVOKED)
def test_errors_are_told_in_korean(provoke: Provoke, told: str, store: EmbeddedStore, tmp_path: Path) -> None:
    with pytest.raises(DureError) as caught:
        provoke(store, tmp_path)
    assert caught.value.in_language("ko") == told.format(folder=tmp_path, store=store.uri)


def test_services_that_are_not_known_are_told_in_korean(tmp_path: Path) -> None:
    with pytest.raises(DureError) as caught:
        Sync(Keyring({}), tmp_path, tmp_path).plan(["etc"])
    assert caught.value.in_language("ko").startswith("알 수 없는 출처입니다: etc. 받을 수 있는 출처: ")


def test_what_a_service_says_stands_in_both_languages() -> None:
    error = refusal(("등록기관", "register"), reason_of("data_go_kr", "31", ""))
    assert "(" not in str(error)
    assert error.in_language("ko").startswith("등록기관: 인증키의 사용 기한이 지났습니다. ")


def test_what_the_system_refuses_is_told_in_its_words_where_the_korean_is_not_known() -> None:
    assert system_reason(OSError(errno.ENOSPC, "No space left on device")).ko == "디스크에 남은 공간이 없음"
    assert system_reason(OSError(errno.ENOLINK, "Link has been severed")).ko == "Link has been severed"
