"""Made-up courses of education: a few for each theme, some for chosen sections only, open to the city."""

from __future__ import annotations

import pyarrow as pa

from graph_schema.catalog import node_type, relation_type
from graph_schema.columns import table_from_columns
from loaders.synthesize.background import DISTRICTS, Background
from loaders.synthesize.sampling import Strings, dates, numbered, stream
from loaders.synthesize.themes import THEMES
from loaders.synthesize.topics import theme_topics

Tables = dict[str, pa.Table]
"""Tables by the catalog's name of their type."""

_LEVELS = ("입문", "심화", "실전")
_RESTRICTED = {"automation": ("C",), "rnd": ("C", "J", "M"), "export": ("C", "G", "J"), "quality": ("C", "F", "M")}
_YOUNG_ONLY = "startup"


def make_courses(background: Background, seed: int, until: int) -> tuple[pa.Table, Tables]:
    """Return the courses and their ABOUT and TARGETS relationships; without provenance, which the writer adds."""
    rng = stream(seed, "courses")
    plans = [
        (theme, title, level) for theme in THEMES for title in theme.courses for level in _LEVELS
    ]  # fmt: skip
    ids: Strings = numbered("syn-", len(plans), 4)
    opens = until - rng.integers(20, 360, len(plans))
    known = set().union(*background.industries.ancestors)
    sections = [
        [f"ksic11:{s}" for s in _RESTRICTED.get(theme.key, ()) if f"ksic11:{s}" in known] for theme, *_ in plans
    ]
    keys = "course:" + ids
    table = table_from_columns(
        node_type("Program"),
        {
            "id": keys,
            "source_id": ids,
            "title": [f"{title} {level} 과정" for _, title, level in plans],
            "kind": ["education"] * len(plans),
            "announced_on": dates(opens - 14),
            "window_kind": ["fixed"] * len(plans),
            "apply_from": dates(opens),
            "apply_until": dates(opens + rng.integers(14, 40, len(plans))),
            "nationwide": [False] * len(plans),
            "all_industries": [not s for s in sections],
            "max_company_age": [7.0 if theme.key == _YOUNG_ONLY else None for theme, *_ in plans],
            # A made-up course asks for nothing beside what stands here.
            "unread": [[] for _ in plans],
        },
        source="synthetic",
        synthetic=True,
    )
    by_theme = dict(zip((theme.key for theme in THEMES), theme_topics(background.topics), strict=True))
    topics = [(id_, topic) for id_, (theme, *_) in zip(keys, plans, strict=True) for topic in by_theme[theme.key]]
    industries = [(id_, s) for id_, targets in zip(keys, sections, strict=True) for s in targets]
    regions = [(id_, code) for id_ in keys for code in DISTRICTS]
    return table, {
        relation.name: table_from_columns(
            relation,
            {"src": [s for s, _ in pairs], "dst": [d for _, d in pairs]},
            source="synthetic",
            synthetic=True,
        )
        for relation, pairs in (
            (relation_type("Program", "ABOUT", "Topic"), topics),
            (relation_type("Program", "TARGETS", "Industry"), industries),
            (relation_type("Program", "TARGETS", "Region"), regions),
        )
    }
