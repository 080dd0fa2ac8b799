"""What an answer tells of a node."""

from __future__ import annotations

from api.elements import node_out
from api.keys import Principal, Scope
from graph_schema.model import NodeRef


def test_what_each_register_says_is_in_no_answer() -> None:
    stored = {"id": "brn:1", "name": "가나", "phone": "031-1", "claims": ['["companies", {"phone": "031-1"}]']}
    ref = NodeRef("Company", "brn:1")
    officer = node_out(ref, stored, Principal("officer", frozenset({Scope.READ_ALL, Scope.READ_PII})), "r")
    assert officer.properties.keys() == {"id", "name", "phone"}
    other = node_out(ref, stored, Principal("other", frozenset({Scope.READ_ALL})), "r")
    assert (other.properties.keys(), other.withheld) == ({"id", "name"}, ["phone"])
