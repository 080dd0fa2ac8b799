"""Other editions of programmes: a register holds single notices, and who applied in other years needs one of then.

The notice of a real programme keeps its own days. All that the city applies for on other days is one more made-up node,
with what the notice asks for and without its dates, agency and text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import numpy as np
import pyarrow as pa

from graph_schema.catalog import node_type, relation_type
from graph_schema.columns import table_from_columns
from loaders.synthesize.background import strings
from loaders.synthesize.courses import Tables
from loaders.synthesize.market import EDITION_PREFIX, Market
from loaders.synthesize.needs import SPAN
from loaders.synthesize.sampling import dates
from loaders.synthesize.trades import MARKER

Links = Mapping[str, Mapping[str, list[str]]]
"""Ids that programmes target or are about, by their label and by programme."""

_YEAR: Final = re.compile(r"\(20\d{2}\)\s*|['‘’]?(?<!\d)(?:20)?\d{2}\s*년도?(?![가-힣\d])\s*|(?<!\d)20\d{2}(?!\d)\s*")
"""The year of a notice in its title, which the other editions do not share."""
_ANNOUNCED_BEFORE = 14
"""Days from a made-up announcement until its first window."""
_LEFT_OUT: Final = frozenset({"summary", "budget_krw", "url", "valid_from", "valid_to", "loaded_at"})
"""What is said of one notice alone."""
_WINDOW_TEXT = "매년 같은 때 접수"


def make_editions(market: Market, links: Links, until: int) -> Tables:
    """Return the other editions with what they target and are about; ``loaded_at`` is left to the writer.

    All are open in all years of the city and over at its end: a last window of their own would give away who is
    chosen in the newest months.
    """
    notices = market.programs.take(pa.array(market.recurring(until)))
    first = np.full(notices.num_rows, until - SPAN)
    ids = EDITION_PREFIX + strings(notices, "id")
    titles = [_YEAR.sub("", title).strip() + MARKER for title in strings(notices, "title")]
    own = {
        "id": ids,
        "source_id": ids,
        "title": titles,
        "announced_on": dates(first - _ANNOUNCED_BEFORE),
        "window_kind": np.full(len(first), "fixed", np.object_),
        "apply_from": dates(first),
        "apply_until": dates(first + SPAN - 1),
        "window_text": np.full(len(first), _WINDOW_TEXT, np.object_),
    }
    constants = {"source": "synthetic", "synthetic": True}
    program = node_type("Program")
    kept = {p.name for p in program.stored} - own.keys() - constants.keys() - _LEFT_OUT
    columns = {name: notices[name] for name in notices.column_names if name in kept}
    tables = {"Program": table_from_columns(program, own | columns, **constants)}
    for type_, label in (("ABOUT", "Topic"), ("TARGETS", "Industry"), ("TARGETS", "Region")):
        relation = relation_type("Program", type_, label)
        pairs = [(EDITION_PREFIX + id_, to) for id_ in strings(notices, "id") for to in links[label].get(id_, ())]
        ends = {"src": [src for src, _ in pairs], "dst": [dst for _, dst in pairs]}
        tables[relation.name] = table_from_columns(relation, ends, **constants)
    return tables
