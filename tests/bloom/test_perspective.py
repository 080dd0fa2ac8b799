"""The perspective is of Bloom's format, made from the catalog, and holds nothing personal."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from bloom.actions import ACTIONS
from bloom.lasting import LASTING, PATTERN
from bloom.perspective import as_text, perspective
from bloom.phrases import PHRASES
from bloom.saved_cypher import Phrase
from graph_schema.catalog import DECISIONS, NODE_TYPES, OVERLAY_TYPES, RELATION_TYPES, TASK_NAMES, relation_type
from graph_schema.choices import choice_words
from graph_schema.model import RelationType
from recommender.knowledge.tasks import TASKS
from tests.bloom.days import AS_OF

DEGREES = {"Company": (20, 80), "Institution": (50, 400), "Region": (9, 9)}
MADE = perspective(AS_OF, {"Company__FILED__Technology": 3, "Institution__FILED__Technology": 4}, DEGREES)
SCHEMA = json.loads(Path(__file__).with_name("perspective.schema.json").read_text(encoding="utf-8"))
CATEGORIES = MADE["categories"]
PERSONAL = {(node.label, p.name) for node in NODE_TYPES for p in node.properties if p.pii}


def test_it_has_the_structure_that_bloom_exports() -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(as_text(MADE)))


def test_what_bloom_itself_writes_and_we_do_not_is_of_the_structure_too() -> None:
    """An export of 2.7.0 has a relationship type without rules, and an action that nobody has written yet."""
    exported = json.loads(as_text(MADE))
    exported["relationshipTypes"][0].pop("styleRules")
    exported["sceneActions"].append(exported["sceneActions"][0] | {"cypher": "", "hasCypherErrors": True})
    exported["templates"][0] |= {"cypher": "", "hasCypherErrors": True}
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.validate(exported)
    for spoilt in ({"hasCypherErrors": None}, {"cypher": None}):
        exported["sceneActions"][-1] = exported["sceneActions"][0] | spoilt
        assert not validator.is_valid(exported), spoilt


def test_what_we_write_has_rules_and_no_errors() -> None:
    assert all("styleRules" in made for made in (*CATEGORIES, *MADE["relationshipTypes"]))
    assert not [each for each in (*MADE["templates"], *MADE["sceneActions"]) if each["hasCypherErrors"]]
    assert all(each["cypher"] for each in (*MADE["templates"], *MADE["sceneActions"]))


def test_the_same_day_and_graph_give_the_same_file() -> None:
    again = perspective(AS_OF, {"Institution__FILED__Technology": 4, "Company__FILED__Technology": 3}, DEGREES)
    assert as_text(again) == as_text(MADE)
    assert MADE["metadata"]["stats"]["relationshipTypes"] == {"FILED": 7}


def test_ids_differ() -> None:
    ids = re.findall(r'"id": "?([^",]+)', as_text(MADE))
    assert len(ids) == len(set(ids)) > 100


def test_categories_are_the_catalogs_labels_with_those_that_class_others_last() -> None:
    """A node with several labels has the style of the first category among them."""
    assert [(c["labels"], c["name"]) for c in MADE["categories"]] == [([n.label], n.ko) for n in NODE_TYPES]
    assert [c["size"] for c in MADE["categories"][-5:]] == [0.5] * 5
    assert MADE["categories"][0]["captionKeys"] == ["0_CATEGORY_NAME_CAPTION_KEY", "caption"]


def test_every_relation_is_there_the_recommended_ones_too() -> None:
    segments = {(s["source"], s["relationshipType"], s["target"]) for s in MADE["metadata"]["pathSegments"]}
    assert segments == {(r.source, r.type, r.target) for r in (*RELATION_TYPES, *OVERLAY_TYPES)}
    assert {t["name"] for t in MADE["relationshipTypes"]} == {type_ for _, type_, _ in segments}


def test_what_is_personal_is_hidden_and_suggested_nowhere() -> None:
    shown = {(c["labels"][0], p["name"]) for c in MADE["categories"] for p in c["properties"] if not p["exclude"]}
    keys = {(label, key["propertyKey"]) for label, found in MADE["labels"].items() for key in found}
    indexed = {(i["label"], key["key"]) for i in MADE["metadata"]["indexes"] for key in i["propertyKeys"]}
    suggested = {(p["suggestionLabel"], p["suggestionProp"]) for t in MADE["templates"] for p in t["params"]}
    assert PERSONAL
    assert not PERSONAL & (shown | keys | indexed | suggested)
    assert ("Company", "name") in shown & keys & indexed & suggested


def test_every_relationship_is_captioned_in_korean() -> None:
    """By the property that holds its relation's caption, never by its English type."""
    for made in MADE["relationshipTypes"]:
        assert made["captionKeys"][0] == "caption", made["name"]
        assert "caption" in {key["propertyKey"] for key in made["properties"]}
    assert "REL_TYPE" not in as_text(MADE)


def test_no_code_is_written_on_anything_but_its_words() -> None:
    """A role or a decision is read in Korean; its code, ``operator`` or ``refused``, is for rules alone."""
    coded = {p.name for e in (*NODE_TYPES, *RELATION_TYPES, *OVERLAY_TYPES) for p in e.own if p.choices}
    assert {"role", "decision", "grade"} <= coded
    for made in (*CATEGORIES, *MADE["relationshipTypes"]):
        assert not coded & set(made["captionKeys"]), made["name"]
    for made in MADE["relationshipTypes"]:
        assert made["captionKeys"][1] == "codes", made["name"]
        keys = {key["propertyKey"] for key in made["properties"]}
        assert keys >= ({"codes"} if made["name"] in {"RECOMMENDED", "FOLLOWED_UP"} else {"codes", "valid_to"})
    written = [action.cypher for action in ACTIONS if action.writes]
    for decision, cypher in zip(DECISIONS, written, strict=True):
        assert f"f.decision = '{decision}'" in cypher
        assert f"f.codes = '처리 결과: {choice_words('decision', decision).ko}'" in cypher


def test_nodes_grow_with_amount_and_then_with_degree_and_hubs_stay_small() -> None:
    rules = {
        c["labels"][0]: [(r["basedOn"], r["conditionValue"], r["size"]) for r in c["styleRules"]] for c in CATEGORIES
    }
    by_degree = [("degree_number", 80, 2), ("degree_number", 20, 1.5)]
    made_up = ("synthetic_boolean", True, 0.75)
    assert rules["Company"] == [
        made_up,
        ("employees_number", 299, 2),
        ("employees_number", 49, 1.75),
        ("employees_number", 9, 1.5),
        *by_degree,
    ]
    assert rules["Institution"] == [made_up, ("degree_number", 400, 2), ("degree_number", 50, 1.5)]
    assert not [rule for rule in (*rules["Region"], *rules["Expert"]) if rule[0] == "degree_number"]
    assert {p["name"] for p in CATEGORIES[0]["properties"] if not p["exclude"]} >= {"degree", "employees"}


def test_provenance_and_derived_values_are_hidden() -> None:
    hidden = {p["name"] for p in MADE["categories"][0]["properties"] if p["exclude"]}
    assert {"id", "source", "source_id", "loaded_at", "valid_from", "valid_to"} <= hidden
    assert {"first_seen", "search_text", "content_hash"} <= hidden
    assert not {"synthetic", "caption", "codes"} & hidden


def test_vectors_are_nothing_to_look_at() -> None:
    assert "mbedding" not in as_text(MADE)


def test_there_are_phrases_for_all_that_coordinators_ask_in_korean() -> None:
    assert len(PHRASES) >= 25
    assert all(re.match("[가-힣R]|2주", phrase.text) for phrase in PHRASES)
    assert len({phrase.text for phrase in PHRASES}) == len(PHRASES)


def test_the_guide_counts_the_phrases_and_names_such_as_there_are() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "coordinators.md").read_text(encoding="utf-8")
    assert f"Each of the {len(PHRASES)} search phrases" in guide
    assert f"the {len(ACTIONS)} scene actions" in guide
    known = {re.sub(r"\$[a-z]+", "…", phrase.text) for phrase in PHRASES}
    table = guide[guide.index("| to ask | phrase |") : guide.index("An empty answer means")]
    named = re.findall("`([^`]+)`", table)
    assert len(named) > 20
    assert [name for name in named if not any(text.startswith(name) for text in known)] == []


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.text)
def test_a_phrase_uses_its_parameters_and_no_personal_property(phrase: Phrase) -> None:
    """Parameters are in text and query alike, words of their own as in what Bloom exports; the query is bounded."""
    names = [parameter.name for parameter in phrase.parameters]
    assert [word for word in phrase.text.split() if "$" in word] == [f"${name}" for name in names]
    assert set(re.findall(r"\$([a-z]+)", phrase.cypher)) == set(names)
    assert re.search(r"LIMIT \d+$", phrase.cypher)
    assert not re.search(r"\.(phone|email|representative)\b", phrase.cypher)
    unbound = [set(types.split("|")) for _, types in PATTERN.findall(phrase.cypher)]
    assert not [types for types in unbound if types <= LASTING]


def test_the_kinds_of_recommendation_are_those_of_the_recommender() -> None:
    """The catalog names them for the graph; each task's askers and results can be joined."""
    assert {task.name: task.ko for task in TASKS.values()} == dict(TASK_NAMES)
    joined = {(r.source, r.target) for r in OVERLAY_TYPES}
    assert {(q, c) for task in TASKS.values() for q in task.query for c in task.candidate} <= joined


def test_overlays_are_no_facts_of_the_graph() -> None:
    assert not {r.name for r in OVERLAY_TYPES} & {r.name for r in RELATION_TYPES}
    assert all(isinstance(r, RelationType) and r.overlay and r.private for r in OVERLAY_TYPES)
    assert not relation_type("Company", "FILED", "Technology").overlay


def test_actions_that_write_say_so() -> None:
    assert {a.name for a in ACTIONS if a.writes} == {a.name for a in ACTIONS if "MERGE" in a.cypher}
    assert {a["name"] for a in MADE["sceneActions"] if a["isUpdateQuery"]} == {a.name for a in ACTIONS if a.writes}
