"""Recommendations over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.services import Services
from recommender.knowledge.profile import Profile
from recommender.snapshot.snapshot import open_snapshot
from tests.api.city import COMPANY, ODD_COMPANY, PROGRAM, CityRecommender

Keys = dict[str, dict[str, str]]


def test_a_company_reads_its_own_recommendations_with_reasons_and_lineage(
    client: TestClient, keys: Keys, app: FastAPI
) -> None:
    response = client.get(
        f"/v1/companies/{quote(COMPANY)}/recommendations/programs?n=5&as_of=2026-03-02", headers=keys["company"]
    )
    body = response.json()
    services: Services = app.state.services
    assert response.status_code == 200
    assert body["request_id"] == response.headers["X-Request-ID"]
    assert body["as_of"] == "2026-03-02"
    assert body["snapshot_id"] == open_snapshot(services.settings.home / "snapshots").id
    assert (body["model_version"], body["config_hash"]) == ("test-1", "cafe")
    assert body["served_by"] == {
        "scorer": "blend",
        "verdict": "learned",
        "ko": "더 나았습니다.",
        "en": "It did better.",
    }
    assert body["probability"] == {"months": None, "ko": "확률 없음", "en": "No probability"}
    (result,) = body["results"]
    assert (result["rank"], result["ref"], result["caption"]) == (
        1,
        f"Program:{PROGRAM}",
        "고양시 해외전시회 참가 지원",
    )
    assert result["checks"][0]["verdict"] == "to_be_checked"
    assert result["reasons"][0]["ko"].endswith("고양시입니다.")
    assert result["reasons"][0]["steps"][0] == {
        "source": f"Company:{COMPANY}",
        "type": "LOCATED_IN",
        "target": "Region:41281",
        "origin": "factory-register",
        "loaded_at": "2026-03-01T00:00:00Z",
        "on": None,
        "synthetic": False,
        "in_snapshot": True,
    }
    assert body["excluded"] == {"window": 3}


def test_ids_with_slash_colon_percent_and_korean_arrive_whole(client: TestClient, keys: Keys, app: FastAPI) -> None:
    response = client.get(
        f"/v1/companies/{quote(ODD_COMPANY, safe='')}/recommendations/programs", headers=keys["reader"]
    )
    assert response.status_code == 200
    recommender = app.state.services.model.get()
    assert isinstance(recommender, CityRecommender)
    assert recommender.asked[-1].id == ODD_COMPANY  # type: ignore[union-attr]


def test_another_companys_recommendations_are_forbidden(client: TestClient, keys: Keys) -> None:
    response = client.get(f"/v1/companies/{quote(COMPANY)}/recommendations/programs", headers=keys["other"])
    assert response.status_code == 403
    assert response.json()["type"] == "urn:dure:problem:forbidden"


def test_an_institution_gets_partners_and_nothing_that_is_for_companies(client: TestClient, keys: Keys) -> None:
    address = f"/v1/institutions/{quote('한국항공대학교')}/recommendations/"
    assert client.get(address + "partners", headers=keys["reader"]).json()["results"]
    refused = client.get(address + "programs", headers=keys["reader"])
    assert refused.status_code == 404
    assert "partners" in refused.json()["detail"]


def test_an_unknown_task_is_not_found_and_the_known_ones_are_named(client: TestClient, keys: Keys) -> None:
    response = client.get(f"/v1/companies/{quote(COMPANY)}/recommendations/horses", headers=keys["reader"])
    assert response.status_code == 404
    assert "spaces" in response.json()["detail"]


def test_an_unknown_company_is_not_found(client: TestClient, keys: Keys) -> None:
    response = client.get("/v1/companies/name:없음/recommendations/programs", headers=keys["reader"])
    assert response.status_code == 404
    assert "name:없음" in response.json()["detail"]
    assert "`dure snapshot` and `dure train`" in response.json()["detail"]
    assert "스냅숏과 학습 뒤에" in response.json()["detail"]


def test_a_profile_is_served_with_its_fields_before_what_its_text_says(
    client: TestClient, keys: Keys, app: FastAPI
) -> None:
    """The text says a region and five employees; the fields say seven employees and an industry."""
    response = client.post(
        "/v1/recommendations/programs?n=1",
        json={"text": "고양시 덕양구에서 센서를 만듭니다. 직원 5명", "employees": 7, "industries": ["26429"]},
        headers=keys["company"],
    )
    assert response.status_code == 200
    notes = {note["ko"]: note["en"] for note in response.json()["profile_notes"]}
    assert notes == {
        "소재지 고양시 덕양구": "located in 고양시 덕양구",
        "직원 7명": "7 employees",
        "업종 기타 무선 통신장비 제조업": "works in 기타 무선 통신장비 제조업",
    }
    asked = app.state.services.model.get().asked[-1]
    assert isinstance(asked, Profile)
    assert asked.employees == 7
    assert {name: [ref.id for ref in refs] for name, refs in asked.links.items()} == {
        "LOCATED_IN": ["41281"],
        "IN_INDUSTRY": ["ksic11:26429"],
    }


def test_a_text_is_said_on_the_day_that_is_asked_about(client: TestClient, keys: Keys, app: FastAPI) -> None:
    body = {"text": "작년에 문을 연 빵집입니다."}
    assert client.post("/v1/recommendations/programs?as_of=2024-06-30", json=body, headers=keys["company"]).is_success
    asked = app.state.services.model.get().asked[-1]
    assert isinstance(asked, Profile)
    assert (asked.founded_on, asked.founded_until) == (date(2023, 1, 1), date(2023, 12, 31))


def ask(client: TestClient, keys: Keys, body: object, task: str = "programs") -> Any:
    return client.post(f"/v1/recommendations/{task}", json=body, headers=keys["company"])


def test_a_profile_may_be_fields_alone_with_several_industries(client: TestClient, keys: Keys, app: FastAPI) -> None:
    body = {
        "industries": ["ksic11:26429", "58222"],
        "regions": ["고양시 덕양구"],
        "legal_form": "corporation",
        "founded_on": "2021-03-02",
        "certificates": ["벤처기업"],
        "revenue_krw": 300_000_000,
    }
    assert ask(client, keys, body, "partners").status_code == 200
    asked = app.state.services.model.get().asked[-1]
    assert [ref.id for ref in asked.links["IN_INDUSTRY"]] == ["ksic11:26429", "ksic11:58222"]
    assert [ref.id for ref in asked.links["LOCATED_IN"]] == ["41281"]
    assert (asked.founded_on, asked.legal_form, asked.certificates) == (date(2021, 3, 2), "corporation", ("벤처기업",))
    assert asked.revenue_krw == 3e8


def test_an_institution_is_asked_for_without_the_links_that_none_can_have(
    client: TestClient, keys: Keys, app: FastAPI
) -> None:
    body = {
        "text": "응용 소프트웨어를 연구합니다",
        "industries": ["26429", "58222"],
        "regions": ["41281"],
        "label": "Institution",
    }
    answer = ask(client, keys, body, "partners")
    assert answer.status_code == 200
    said = [note["ko"] for note in answer.json()["profile_notes"]]
    assert said.count("업종은 대학·연구소·기관에 적용되지 않습니다: 쓰지 않음") == 1
    asked = app.state.services.model.get().asked[-1]
    assert (asked.label, list(asked.links), asked.guesses) == ("Institution", ["LOCATED_IN"], {})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("employees", 2**53 + 1),
        ("employees", 2**63 - 1),
        ("employees", 10**399),
        ("employees", 10_000_001),
        ("employees", True),
        ("employees", "3"),
        ("employees", 2.5),
        ("revenue_krw", 1.1e16),
        ("revenue_krw", True),
        ("revenue_krw", "3"),
        ("founded_on", 0),
        ("founded_on", 1_614_643_200),
        ("founded_on", "1614643200"),
        ("founded_on", "20210302"),
        ("founded_on", "2021-03-02T00:00:00"),
        ("founded_on", "1799-12-31"),
        ("founded_on", "2201-01-01"),
        ("founded_on", "0001-01-01"),
    ],
)
def test_a_number_or_day_that_cannot_be_meant_is_a_fault_of_its_field(
    client: TestClient, keys: Keys, field: str, value: object
) -> None:
    response = ask(client, keys, {"text": "빵집", field: value})
    assert response.status_code == 422
    (fault,) = response.json()["errors"]
    assert fault["field"] == f"body.{field}"
    assert " · " in fault["reason"]


@pytest.mark.parametrize("text", ["직원 99999999999999999999명", f"직원 {'1,' * 1900}1명", f"매출 {'9' * 400}조원"])
def test_a_number_of_the_text_that_cannot_be_meant_is_not_used_and_said_so(
    client: TestClient, keys: Keys, app: FastAPI, text: str
) -> None:
    response = ask(client, keys, {"text": text})
    assert response.status_code == 200
    assert any("너무 커서 쓰지 않음" in note["ko"] for note in response.json()["profile_notes"])
    asked = app.state.services.model.get().asked[-1]
    assert (asked.employees, asked.revenue_krw) == (None, None)


@pytest.mark.parametrize(
    "query", ["as_of=0", "as_of=1772409600", "as_of=20260302", "as_of=2026-3-2", "as_of=9999-12-31", "n=" + "9" * 5000]
)
def test_a_day_is_written_as_one_and_a_count_is_within_bounds(client: TestClient, keys: Keys, query: str) -> None:
    response = client.get(f"/v1/companies/{quote(COMPANY)}/recommendations/programs?{query}", headers=keys["reader"])
    assert response.status_code == 422
    (fault,) = response.json()["errors"]
    assert fault["field"] == f"query.{query.partition('=')[0]}"
    assert " · " in fault["reason"]


def test_an_unknown_code_is_answered_with_codes_that_are_known(client: TestClient, keys: Keys) -> None:
    response = ask(client, keys, {"industries": ["26421", "ksic10:10711"], "regions": ["4128"]})
    unknown, older, region = response.json()["errors"]
    assert "26429 (기타 무선 통신장비 제조업)" in unknown["remedy"]
    assert "제10차 개정의 업종 코드입니다" in older["reason"]
    assert "제11차" in older["remedy"]
    assert "41281 (고양시 덕양구)" in region["remedy"]


def test_industries_and_regions_that_are_not_known_are_all_named_by_place(client: TestClient, keys: Keys) -> None:
    response = ask(client, keys, {"text": "센서", "industries": ["26429", "nope"], "regions": ["99999"]})
    assert response.status_code == 422
    faults = {fault["field"]: fault for fault in response.json()["errors"]}
    assert set(faults) == {"body.industries.1", "body.regions.0"}
    assert all(fault["remedy"] for fault in faults.values())


@pytest.mark.parametrize("text", ["{중괄호로 시작하는 설명", '{"foo": 1}'])
def test_text_that_looks_like_json_is_still_text(client: TestClient, keys: Keys, app: FastAPI, text: str) -> None:
    assert ask(client, keys, {"text": text}).status_code == 200
    assert app.state.services.model.get().asked[-1].text == text


@pytest.mark.parametrize("body", [{}, {"text": "  "}, {"regions": ["41281"], "employees": 3}])
def test_a_profile_that_does_not_say_what_the_company_does_is_refused(
    client: TestClient, keys: Keys, body: dict[str, Any]
) -> None:
    response = ask(client, keys, body)
    assert response.status_code == 422
    assert "industries" in response.json()["errors"][0]["reason"]


def test_a_parameter_with_a_typing_error_is_refused_and_the_right_ones_are_named(
    client: TestClient, keys: Keys
) -> None:
    response = client.get(
        f"/v1/companies/{quote(COMPANY)}/recommendations/programs?asof=2026-01-01", headers=keys["reader"]
    )
    assert response.status_code == 422
    (fault,) = response.json()["errors"]
    assert (fault["field"], fault["remedy"]) == ("query.asof", "쓸 수 있는 항목: as_of, n · use as_of, n")


def test_what_is_not_asked_for_is_told_in_korean_too_with_what_is(client: TestClient, keys: Keys) -> None:
    """Not that the id is wrong, where it is right."""
    unknown = client.post("/v1/recommendations/lunch", json={"text": "빵집"}, headers=keys["company"]).json()
    assert unknown["detail"].startswith("없는 과제입니다. 과제: partners, technologies, ")
    spaces = client.get("/v1/institutions/한국항공대학교/recommendations/spaces", headers=keys["reader"]).json()
    assert spaces["detail"].startswith(
        "Institution에는 'spaces' 과제를 추천하지 않습니다. 쓸 수 있는 과제: partners · "
    )


@pytest.mark.parametrize(
    ("query", "body", "field", "ko"),
    [
        ("n=101", {"text": "빵집"}, "query.n", "너무 큽니다(100까지)"),
        ("n=0", {"text": "빵집"}, "query.n", "너무 작습니다(1부터)"),
        ("as_of=1700-01-01", {"text": "빵집"}, "query.as_of", "너무 작습니다(1800-01-01부터)"),
        ("", {"text": "가" * 4_001}, "body.text", "너무 깁니다(4,000자까지)"),
        ("", {"industries": ["56150"] * 21}, "body.industries", "너무 많습니다(20개까지)"),
        (
            "",
            {"text": "빵집", "legal_form": "법인"},
            "body.legal_form",
            "허용된 값이 아닙니다(허용: 'sole', 'corporation', 'other')",
        ),
        (
            "",
            {"text": "빵집", "employees": "3명"},
            "body.employees",
            "정수가 아닙니다(따옴표와 단위 없이 14처럼 적으십시오)",
        ),
        (
            "",
            {"text": "빵집", "revenue_krw": "28억"},
            "body.revenue_krw",
            "수가 아닙니다(따옴표와 단위 없이 280000000처럼 적으십시오)",
        ),
    ],
)
def test_a_korean_reason_tells_the_limit_as_the_english_one_does(
    client: TestClient, keys: Keys, query: str, body: dict[str, object], field: str, ko: str
) -> None:
    response = client.post(f"/v1/recommendations/programs?{query}", json=body, headers=keys["company"])
    (fault,) = response.json()["errors"]
    assert (fault["field"], fault["reason"].partition(" · ")[0]) == (field, ko)


def test_an_unknown_field_is_answered_with_those_that_are_known(client: TestClient, keys: Keys) -> None:
    response = client.post("/v1/recommendations/programs", json={"text": "빵집", "staff": 3}, headers=keys["company"])
    (fault,) = response.json()["errors"]
    assert fault["field"] == "body.staff"
    ko, _, en = fault["remedy"].partition(" · ")
    assert ko.startswith("쓸 수 있는 항목: text, ")
    assert "employees" in ko
    assert en.startswith("use text, ")


def test_a_parameter_that_is_given_twice_is_refused(client: TestClient, keys: Keys) -> None:
    response = client.get(f"/v1/companies/{quote(COMPANY)}/recommendations/programs?n=1&n=2", headers=keys["reader"])
    assert response.status_code == 422
    (fault,) = response.json()["errors"]
    assert fault == {
        "field": "query.n",
        "reason": "두 번 이상 적혔습니다 · given more than once",
        "remedy": "한 번만 적으십시오 · give it once",
    }


def test_every_fault_of_a_profile_is_listed_without_its_value(client: TestClient, keys: Keys) -> None:
    response = client.post(
        "/v1/recommendations/programs?n=0",
        json={"text": 5, "employees": -1, "phone": "010-1234-5678"},
        headers=keys["company"],
    )
    assert response.status_code == 422
    assert {fault["field"] for fault in response.json()["errors"]} == {
        "query.n",
        "body.text",
        "body.employees",
        "body.phone",
    }
    assert "010-1234" not in response.text


@pytest.mark.parametrize("noun", ["experts", "technologies", "researchers", "spaces"])
def test_a_candidate_that_is_not_there_is_not_found(client: TestClient, keys: Keys, noun: str) -> None:
    assert client.get(f"/v1/{noun}/nobody/companies", headers=keys["reader"]).status_code == 404


def test_companies_that_should_hear_of_a_programme(client: TestClient, keys: Keys) -> None:
    response = client.get(f"/v1/programs/{PROGRAM}/companies?task=finance", headers=keys["reader"])
    assert response.status_code == 200
    assert response.json()["task"] == "finance"
    assert [result["label"] for result in response.json()["results"]] == ["Company"] * 3


def test_a_companys_key_may_not_ask_who_else_suits_a_programme(client: TestClient, keys: Keys) -> None:
    assert client.get(f"/v1/programs/{PROGRAM}/companies", headers=keys["company"]).status_code == 403


@pytest.mark.parametrize(("who", "audience"), [("company", "company"), ("reader", "city"), ("admin", "city")])
def test_who_may_not_see_all_is_told_no_dealings_of_others(
    client: TestClient, keys: Keys, app: FastAPI, who: str, audience: str
) -> None:
    known = client.get(f"/v1/companies/{quote(COMPANY)}/recommendations/programs", headers=keys[who])
    described = client.post("/v1/recommendations/programs", json={"text": "센서 제조업"}, headers=keys[who])
    assert (known.status_code, described.status_code) == (200, 200)
    services: Services = app.state.services
    recommender = services.model.get()
    assert isinstance(recommender, CityRecommender)
    assert recommender.audiences == [audience, audience]


@pytest.mark.parametrize(
    "address",
    [
        "/v1/search?q=두레",
        f"/v1/nodes/Company:{quote(COMPANY)}",
        f"/v1/nodes/Company:{quote(COMPANY)}/neighbors",
        f"/v1/paths?from=Company:{quote(COMPANY)}&to=Region:41281",
        f"/v1/programs/{PROGRAM}/companies",
        "/v1/kpis",
    ],
)
def test_what_would_show_other_companies_is_closed_to_a_companys_key(
    client: TestClient, keys: Keys, address: str
) -> None:
    response = client.get(address, headers=keys["company"])
    assert response.status_code == 403
    assert "read:all" in response.json()["detail"]


def test_what_a_choice_means_is_told_to_who_wrote_another(client: TestClient, keys: Keys) -> None:
    body = {"text": "빵집", "legal_form": "개인사업자"}
    response = client.post("/v1/recommendations/programs", json=body, headers=keys["company"])
    (fault,) = response.json()["errors"]
    assert fault["remedy"] == (
        "sole(개인사업자), corporation(법인), other(기타) 가운데 쓰십시오 · "
        "use one of sole (sole proprietor), corporation (corporation), other (other)"
    )
