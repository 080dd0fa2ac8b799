"""Items of a JSON answer read one at a time are those of the document read in one piece."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_schema.errors import SourceError
from loaders import json_items
from loaders.json_items import JsonItems, json_outline

ENVELOPES = ("response", "data", "items", "item")
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9)
NAMES = st.sampled_from([*ENVELOPES, "header", "이름"])
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=20
)


def unfolded(value: Any) -> Any:
    if isinstance(value, JsonItems):
        found = list(value)
        assert len(value) == len(found)
        assert value.objects == all(isinstance(element, dict) for element in found)
        return found
    return {name: unfolded(each) for name, each in value.items()} if isinstance(value, dict) else value


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=DOCUMENTS, chunk=st.integers(1, 70), indent=st.sampled_from([None, 1]))
def test_a_document_is_the_same_whatever_is_held_of_it(
    document: Any, chunk: int, indent: int | None, tmp_path: Path
) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(document, ensure_ascii=False, indent=indent), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_items, "CHUNK", chunk)
        assert unfolded(json_outline(path, ENVELOPES)) == document


def test_the_list_in_an_envelope_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text('{"response": {"header": {"n": [1]}, "items": [{"a": 1}, {"a": 2}]}}', encoding="utf-8")
    outline = json_outline(path, ENVELOPES)

    assert outline["response"]["header"] == {"n": [1]}
    assert outline["response"]["items"] == JsonItems(path, ENVELOPES, 0, length=2)


@pytest.mark.parametrize(
    "text", ['{"items": [{"a": ', '{"items": [1 2]}', '{"items": []} {}', "{1: 2}", '{"a" 1}', "[1,]"]
)
def test_what_is_no_json_is_told_as_before(text: str, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"answer\.json is not complete JSON: .*\(char \d+\); fetch it again"):
        json_outline(path, ENVELOPES)


def test_a_file_that_changed_between_two_readings_is_told(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text("[1, 2]", encoding="utf-8")
    items = json_outline(path, ENVELOPES)
    path.write_text("[1, ", encoding="utf-8")
    with pytest.raises(SourceError, match="was changed while it was read"):
        list(items)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.dictionaries(st.sampled_from(["a", "이름"]), SCALARS, max_size=3), min_size=2, max_size=5))
def test_objects_that_follow_each_other_are_a_list(lines: list[dict[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    assert unfolded(json_outline(path, ENVELOPES)) == lines


@pytest.mark.parametrize(
    "text",
    ['{"totalCount": 9, "items": [{"a": 1}, {"a": ', '[{"a": 1}, {"a"', '{"a": 1}\n{"a": ', '[{"a": 1} {"a": 2}]'],
)
def test_what_stands_before_the_end_of_a_file_that_is_cut_off_is_kept(text: str, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text(text, encoding="utf-8")
    items = json_outline(path, ENVELOPES)
    found = []
    with pytest.raises(SourceError, match=r"answer\.json is not complete JSON: .*\(char \d+\); fetch it again"):
        found += [each for each in items if found.append(each)]

    assert (found, len(items)) == ([{"a": 1}], 1)
