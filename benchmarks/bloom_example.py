"""The perspective of the demonstration, which stands in ``docs/examples``, with the phrases and styles of today.

The file was exported from the Neo4j of a home that ``dure demo`` filled and ``dure graph copy`` copied (``dure bloom
export --as-of 2026-03-02``). ``python -m benchmarks.bloom_example`` writes it anew without a server: numbers of
relationships, by which the legend counts and nodes grow, are those that the file holds. ``tests/bloom/test_example.py``
says when that is due.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from bloom.perspective import as_text, perspective
from graph_schema.catalog import RELATION_TYPES
from graph_schema.model import DEGREE

EXAMPLE: Final = Path(__file__).resolve().parents[1] / "docs" / "examples" / "dure-bloom.json"
_DEMONSTRATED: Final = date(2026, 3, 2)


def renewed(held: Mapping[str, Any]) -> str:
    """Return a perspective as it is exported today, for a graph of the numbers that ``held`` was exported from."""
    relations = {relation.type: relation.name for relation in RELATION_TYPES}
    counted = held["metadata"]["stats"]["relationshipTypes"]
    counts = {relations[type_]: number for type_, number in counted.items() if type_ in relations}
    degrees = {}
    for category in held["categories"]:
        by_degree = [rule for rule in category["styleRules"] if rule["basedOn"] == f"{DEGREE.name}_number"]
        if by_degree:
            hundredth, tenth = (int(rule["conditionValue"]) for rule in by_degree)
            degrees[category["labels"][0]] = (tenth, hundredth)
    return as_text(perspective(_DEMONSTRATED, counts, degrees))


def main() -> None:
    """Write the file anew."""
    EXAMPLE.write_text(renewed(json.loads(EXAMPLE.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
