"""The OpenAPI description is complete: every operation is named, exemplified, and documents its problems."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

_HANGUL = re.compile(r"[가-힣]")


@pytest.fixture
def schema(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def operations(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method} {path}", operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def resolve(schema: dict[str, Any], reference: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schema["components"]["schemas"][reference["$ref"].rpartition("/")[2]]
    return found


def test_every_operation_has_a_summary_in_both_languages_a_description_and_a_tag(schema: dict[str, Any]) -> None:
    named = {tag["name"] for tag in schema["tags"]}
    for name, operation in operations(schema):
        assert _HANGUL.search(operation["summary"]), name
        assert re.search(r"[A-Za-z]", operation["summary"]), name
        assert _HANGUL.search(operation["description"]), name
        assert set(operation["tags"]) <= named, name


def test_every_answer_and_body_has_an_example(schema: dict[str, Any]) -> None:
    for name, operation in operations(schema):
        (content,) = next(r for s, r in operation["responses"].items() if s.startswith("2"))["content"].values()
        assert "example" in content or resolve(schema, content["schema"])["examples"], name
        if "requestBody" in operation:
            body = operation["requestBody"]["content"]["application/json"]["schema"]
            assert resolve(schema, body)["examples"], name


def test_every_example_is_what_its_schema_says(schema: dict[str, Any]) -> None:
    """A null that is required stands in the example too: clients are generated and tried with these."""
    found = [
        (name, each, example) for name, each in schema["components"]["schemas"].items() for example in examples(each)
    ]
    for name, operation in operations(schema):
        found += [
            (name, p["schema"], example) for p in operation.get("parameters", ()) for example in examples(p["schema"])
        ]
        contents = [content for r in operation["responses"].values() for content in r.get("content", {}).values()]
        found += [(name, content["schema"], content["example"]) for content in contents if "example" in content]
    assert len(found) > 100
    for name, each, example in found:
        faults = Draft202012Validator({**each, "components": schema["components"]}).iter_errors(example)
        assert [fault.message for fault in faults] == [], name


def test_what_the_server_refuses_by_its_form_the_schema_refuses_too(schema: dict[str, Any]) -> None:
    """A tool that tries what the schema allows is not told afterwards that it is wrong."""

    def allows(path: str, name: str, value: object) -> bool:
        parameters = {p["name"]: p["schema"] for p in schema["paths"][path]["get"]["parameters"]}
        return Draft202012Validator(parameters[name]).is_valid(value)

    asked = "/v1/companies/{company_id}/recommendations/{task}"
    assert [allows(asked, "as_of", day) for day in ("1800-01-01", "2200-12-31", "1799-12-31", "2201-01-01")] == [
        True,
        True,
        False,
        False,
    ]
    assert all(allows("/v1/paths", "to", ref) for ref in ("Region:41", "Need:a:b/c", "덕양구", "41", "2026: 봄"))
    assert [allows("/v1/paths", "to", ref) for ref in ("", "Foo:1", "x" * 2_101)] == [False] * 3
    most = schema["components"]["schemas"]["WithdrawalIn"]["properties"]["sequences"]["items"]["maximum"]
    assert int(most) == most == 2**53 - 1, "a number that every client reads exactly"


def examples(schema: dict[str, Any]) -> list[Any]:
    found: list[Any] = schema.get("examples", [])
    return found


def test_operations_are_called_as_a_person_would_call_them(schema: dict[str, Any]) -> None:
    """Generated clients name their methods by these."""
    ids = [operation["operationId"] for _, operation in operations(schema)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", id_) for id_ in ids)
    assert {"recommend_to_profile", "companies_for_space", "send_need"} <= set(ids)


def test_an_id_in_an_example_is_one_of_its_kind(schema: dict[str, Any]) -> None:
    for noun, begins in (("programs", "PBLN_"), ("experts", "expert:"), ("spaces", "space:"), ("technologies", "10")):
        (parameter, *_) = schema["paths"][f"/v1/{noun}/{{candidate_id}}/companies"]["get"]["parameters"]
        assert parameter["schema"]["examples"][0].startswith(begins)


def test_everything_that_a_result_holds_is_described_in_both_languages(schema: dict[str, Any]) -> None:
    for name in ("RecommendationsOut", "ResultOut", "CheckOut", "ReasonOut"):
        for field, found in schema["components"]["schemas"][name]["properties"].items():
            told = found.get("description") or resolve(schema, found)["description"]
            assert field == "ref" or _HANGUL.search(told), (name, field)


def test_every_answer_carries_a_request_id(schema: dict[str, Any]) -> None:
    for name, operation in operations(schema):
        answer = next(r for s, r in operation["responses"].items() if s.startswith("2"))["content"]
        if "application/json" in answer:
            assert "request_id" in resolve(schema, answer["application/json"]["schema"])["required"], name


def test_every_failure_is_a_problem(schema: dict[str, Any]) -> None:
    for name, operation in operations(schema):
        failures = {s: r for s, r in operation["responses"].items() if not s.startswith("2")}
        assert failures, name
        for status, response in failures.items():
            problem = response["content"]["application/problem+json"]
            assert resolve(schema, problem["schema"])["title"] == "Problem", name
            assert problem["example"]["status"] == int(status), name
        if "security" in operation:
            assert {"401", "403", "422", "503"} <= set(failures), name


def test_all_but_health_and_metrics_ask_for_a_key(schema: dict[str, Any]) -> None:
    open_paths = {name.split()[1] for name, operation in operations(schema) if "security" not in operation}
    assert open_paths == {"/health/live", "/health/ready", "/metrics"}
    assert schema["components"]["securitySchemes"]["api_key"]["scheme"] == "bearer"


def test_no_reference_dangles(schema: dict[str, Any]) -> None:
    for name in re.findall(r'"#/components/schemas/(\w+)"', str(schema).replace("'", '"')):
        assert name in schema["components"]["schemas"]
