"""Wishes for technologies are judged by the classes of patents that answer them."""

from __future__ import annotations

import re

from benchmarks.technology_wishes import right_of, share_right, wishes


def test_each_wish_has_classes_of_patents_and_stands_once() -> None:
    found = wishes()
    assert len({wish["text"] for wish in found}) == len(found) > 25
    for wish in found:
        assert wish["part"] in {"dev", "second"}
        assert wish["classes"]
        assert all(re.fullmatch(r"[A-H]\d\d[A-Z]?", each) for each in wish["classes"])


def test_right_is_what_lies_in_a_class_and_no_more_than_there_is_can_be_found() -> None:
    classes = {"a": ["A", "A23", "A23L"], "b": ["H01M"], "c": []}
    assert right_of({"classes": ["A23"]}, classes) == {"a"}
    assert right_of({"classes": ["H01"]}, classes) == {"b"}
    assert share_right(["b", "a"], {"a"}) == 1.0
    assert share_right(["b", "c"], {"a"}) == 0.0
    assert share_right(["a"], {*"abcdefghijklmno"}) == 0.1
    assert share_right(["a"], set()) is None
