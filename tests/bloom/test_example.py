"""The perspective of the demonstration that stands in the repository is what is exported today, and tells nothing."""

from __future__ import annotations

import json
import re

import jsonschema

from benchmarks.bloom_example import EXAMPLE, renewed
from bloom.actions import ACTIONS
from bloom.phrases import PHRASES
from graph_schema.catalog import NODE_TYPES
from tests.bloom.test_perspective import PERSONAL, SCHEMA

TEXT = EXAMPLE.read_text(encoding="utf-8")
HELD = json.loads(TEXT)


def test_it_is_what_is_exported_today() -> None:
    """``python -m benchmarks.bloom_example`` writes it anew."""
    assert renewed(HELD) == TEXT
    assert [each["text"] for each in HELD["templates"]] == [phrase.text for phrase in PHRASES]
    assert [each["name"] for each in HELD["sceneActions"]] == [action.name for action in ACTIONS]
    assert [each["labels"] for each in HELD["categories"]] == [[node.label] for node in NODE_TYPES]


def test_it_is_of_a_city_and_of_the_structure_that_bloom_exports() -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(HELD)
    counts = HELD["metadata"]["stats"]["relationshipTypes"]
    assert counts["APPLIED_TO"] > 10_000
    assert any(rule["basedOn"] == "degree_number" for rule in HELD["categories"][0]["styleRules"])
    assert len(TEXT.encode()) < 400_000


def test_it_holds_nothing_personal_and_nothing_of_a_machine() -> None:
    shown = {(c["labels"][0], p["name"]) for c in HELD["categories"] for p in c["properties"] if not p["exclude"]}
    assert not PERSONAL & shown
    assert not re.findall(
        r"/(?:home|root|tmp|work|Users)\b|(?:bolt|neo4j|file)\+?s*://|\b\d{1,3}(?:\.\d{1,3}){3}\b", TEXT
    )
    assert not re.findall(r"\b01\d-?\d{3,4}-?\d{4}\b|[\w.]+@[\w.]+\.\w+|\b\d{3}-\d{2}-\d{5}\b", TEXT)
