"""The OpenAPI description is complete: every operation is named, exemplified, and documents its problems."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

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
