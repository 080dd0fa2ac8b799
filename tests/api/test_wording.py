"""What the API and its keys refuse is told in Korean as well as in English, and an answer says both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.feedback_journal import FeedbackJournal
from api.keys import Scope, create_key, read_keys, revoke_key
from api.served_model import ServedModel
from api.settings import ApiSettings
from api.store_access import ServerAccess
from api.workers import Room, Workers
from graph_schema.errors import ConfigError, DureError, ModelError
from graph_schema.wording import Wording
from stores.base import GraphStore
from tests.api.city import COMPANY

Keys = dict[str, dict[str, str]]


def readable_by_others(at: Path) -> None:
    (at / "keys.json").touch(mode=0o644)
    read_keys(at / "keys.json")


def without_that_key(at: Path) -> None:
    create_key(at / "keys.json", "시 담당", (Scope.READ_ALL,))
    revoke_key(at / "keys.json", "0123abcd")


def open_to_the_network(at: Path) -> None:
    create_app(ApiSettings(home=at, store=None, api_keys=None, api_open=True, host="192.0.2.1"))


def that_does_not_open(at: Path) -> None:
    def fail(_home: Path) -> None:
        raise ModelError(Wording("체크섬이 다릅니다", "checksum differs"))

    (at / "models").mkdir()
    (at / "models" / "current").write_text("1")
    model = ServedModel(at, fail)  # type: ignore[arg-type]  # it opens nothing
    model.refresh()
    model.wait(60)
    model.get()


def with_a_wrong_setting(_: Path) -> None:
    def refuse(uri: str, *, read_only: bool = False) -> GraphStore:
        raise ConfigError(Wording(f"{uri}: 비밀번호가 없습니다", f"no password for {uri} ({read_only=})"))

    with ServerAccess("bolt://h:1", refuse).reading():
        pass


def kept_in_no_journal(at: Path) -> None:
    (at / "feedback.sqlite").write_text("not a database, but long enough to be read as the head of one" * 20)
    FeedbackJournal(at / "feedback.sqlite").read()


@pytest.mark.parametrize(
    ("provoked", "korean"),
    [
        (
            lambda at: read_keys(at / "keys.json"),
            (
                "{at}/keys.json: 키 파일이 없습니다. `dure keys create`로 키를 만들거나, 키 없이 이 컴퓨터에서만 "
                "개발하려면 DURE_API_OPEN=1로 설정하십시오"
            ),
        ),
        (
            readable_by_others,
            (
                "{at}/keys.json: 다른 사용자도 읽을 수 있는 파일입니다(권한 0644). `chmod 600 {at}/keys.json` 명령을 "
                "실행하십시오"
            ),
        ),
        (
            without_that_key,
            "{at}/keys.json: '0123abcd' 키가 없습니다. `dure keys list`로 확인하십시오",
        ),
        (
            lambda at: create_key(at / "keys.json", "공장", (Scope.READ_OWN,)),
            (
                "키 '공장': read:own 권한과 기업(--company)은 함께 적어야 합니다. 둘 다 적거나, 시 담당자의 키라면 "
                "기업 없이 read:all 권한을 적으십시오"
            ),
        ),
        (
            open_to_the_network,
            (
                "192.0.2.1: DURE_API_OPEN은 키 없이 여는 설정이라 이 컴퓨터 안에서만(루프백) 쓸 수 있습니다. "
                "`dure keys create`로 키를 만들거나 서버를 127.0.0.1에서 실행하십시오"
            ),
        ),
        (that_does_not_open, "추천기를 열지 못했습니다: 체크섬이 다릅니다"),
        (with_a_wrong_setting, "bolt://h:1: 비밀번호가 없습니다"),
        (
            kept_in_no_journal,
            (
                "{at}/feedback.sqlite: 피드백을 저장할 수 없습니다(file is not a database). 디스크가 "
                "찼는지, 쓸 권한이 있는지 확인하십시오"
            ),
        ),
        (
            lambda _: Workers("none", Room(threads=1, waiting=-1, seconds=1)).require_room(),
            "같은 종류의 요청 0건이 처리 중이거나 대기 중입니다",
        ),
    ],
)
def test_an_error_says_in_korean_what_to_do(tmp_path: Path, provoked: Callable[[Path], object], korean: str) -> None:
    with pytest.raises(DureError) as caught:
        provoked(tmp_path)
    assert caught.value.in_language("ko") == korean.format(at=tmp_path)
    assert str(caught.value) == caught.value.wording.en != caught.value.wording.ko


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        (
            "/v1/nodes/Company:none",
            404,
            (
                "Company:none: 그래프에 없는 노드입니다. /v1/search에서 찾으십시오 · "
                "Company:none is not in the graph; find it with /v1/search"
            ),
        ),
        (
            f"/v1/nodes/Company:{quote(COMPANY)}/neighbors?type=OWNS",
            422,
            "'OWNS': 알 수 없는 관계 종류입니다. 다음 가운데 하나를 적으십시오: ABOUT, ",
        ),
        (
            "/v1/needs/need:none/recommendations/experts",
            404,
            (
                "'need:none': 그런 요청이 없습니다. GET /v1/needs에서 확인하십시오 · "
                "no need 'need:none'; GET /v1/needs lists them"
            ),
        ),
    ],
)
def test_an_answer_says_both(client: TestClient, keys: Keys, address: str, status: int, said: str) -> None:
    response = client.get(address, headers=keys["reader"])
    assert response.status_code == status
    assert response.json()["detail"].startswith(said)
