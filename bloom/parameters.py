"""The gaps in phrases: what is suggested for each, and the Cypher that takes what was typed for a node.

Each clause names the index by which it enters: in a small city the planner would rather read a label from end to end,
and then do so still when the city has grown.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from bloom.names import ORGANISATIONS, bare, further_names, holds, names_typed, plain
from bloom.saved_cypher import Parameter
from bloom.words import LUCENE_QUERY
from graph_schema.catalog import NODE_TYPES, TASK_NAMES
from graph_schema.cypher import SEARCH_INDEX

TODAY: Final = "date({timezone: 'Asia/Seoul'})"
ASKED: Final = "asked"
"""Column of the node that a phrase is about: a row that has nothing else says that nothing is known of it."""
_TASK_CODES: Final = "{" + ", ".join(f"`{ko}`: '{code}'" for code, ko in TASK_NAMES.items()) + "}"
TASK: Final = f"coalesce({_TASK_CODES}[$task], $task)"
_CAPTIONS: Final = {node.label: node.caption for node in NODE_TYPES}


def as_of(cypher: str, day: date | None) -> str:
    """Return a query as it would be asked on such a day; as the server's clock has it where there is none."""
    return cypher.replace(TODAY, f"date('{day}')") if day else cypher


def all_named(alias: str, label: str, parameter: str) -> str:
    """Match all nodes whose caption holds what was typed."""
    value = f"{alias}.{_CAPTIONS[label]}"
    return (
        f"MATCH ({alias}:{label}) USING INDEX {alias}:{label}({_CAPTIONS[label]}) "
        f"WHERE {value} >= '' AND {holds(value, parameter)} "
    )


def one_named(alias: str, label: str, parameter: str, *, keeping: str = "") -> str:
    """Match the one node that what was typed means: the one of that very name, else the one of the shortest.

    An organisation may be called by its further names too (KETI, KT).
    """
    value, called = f"{alias}.{_CAPTIONS[label]}", f"{alias}_called"
    names = further_names(parameter) if label in ORGANISATIONS else names_typed(parameter)
    kept = f"{keeping}, " if keeping else ""
    return (
        f"UNWIND [{names}] AS {called} MATCH ({alias}:{label}) USING INDEX {alias}:{label}({_CAPTIONS[label]}) "
        f"WHERE {value} >= '' AND any(name IN {called} WHERE {plain(value)} CONTAINS name) "
        f"WITH {kept}{alias}, {called}, {bare(value)} AS {alias}_bare "
        f"ORDER BY {value} = ${parameter} DESC, {alias}_bare = {called}[0] DESC, {alias}_bare IN {called} DESC, "
        f"size({alias}_bare), {alias}.id LIMIT 1 WITH {kept}{alias} "
    )


def and_its(alias: str, cypher: str, *found: str) -> str:
    """Return a node with what ``cypher`` finds of it, else alone: so it shows whether a name fits nothing."""
    return f"OPTIONAL CALL ({alias}) {{ {cypher} }} RETURN {alias} AS {ASKED}, {', '.join(found)} LIMIT 500"


def entered(alias: str, label: str, property_: str) -> str:
    """Match nodes by the index of a property; a condition on it follows."""
    return f"MATCH ({alias}:{label}) USING INDEX {alias}:{label}({property_}) WHERE "


def dealt(alias: str, type_: str, property_: str, ends: tuple[str, str]) -> str:
    """Match relationships between such ``ends`` by the index of a property; a condition on it follows."""
    return f"MATCH ({ends[0]})-[{alias}:{type_}]->({ends[1]}) USING INDEX {alias}:{type_}({property_}) WHERE "


def newest(day: str) -> str:
    """Order by a day, the last one first, and behind all days what has none."""
    return f"ORDER BY coalesce({day}, date('1900-01-01')) DESC"


def searched(alias: str, label: str, limit: int, *, keeping: str = "") -> str:
    """Match up to ``limit`` nodes in whose text all of ``$words`` stand, the best first.

    The index holds all labels, so it gives all that it finds: the first thousands may be of another label.
    """
    return (
        f"CALL db.index.fulltext.queryNodes('{SEARCH_INDEX}', {LUCENE_QUERY}) "
        f"YIELD node AS {alias}, score "
        f"WHERE {alias}:{label} WITH {keeping and f'{keeping}, '}{alias}, score ORDER BY score DESC LIMIT {limit} "
    )


def named(name: str, label: str) -> Parameter:
    """Suggest the captions of a label."""
    return Parameter(name, label=label, property_=_CAPTIONS[label])


def of(label: str, dealing: str) -> Parameter:
    """Suggest the captions of nodes ``n`` that have such a relationship."""
    value = f"n.{_CAPTIONS[label]}"
    return Parameter(
        label.lower(),
        cypher=f"{entered('n', label, _CAPTIONS[label])}{value} >= '' AND EXISTS {{ {dealing} }} "
        f"RETURN {value} LIMIT 100",
    )


def words_of(label: str, property_: str) -> Parameter:
    """Suggest the words with which a property of a label's nodes begins."""
    caption, value = _CAPTIONS[label], f"n.{property_}"
    return Parameter(
        "words",
        cypher=f"{entered('n', label, caption)}n.{caption} >= '' AND {value} >= '' WITH n LIMIT 500 "
        f"RETURN DISTINCT split({value}, ' ')[0] LIMIT 100",
    )


def number(name: str, *suggested: int) -> Parameter:
    """Suggest such numbers."""
    return Parameter(name, "Integer", cypher=f"UNWIND {list(suggested)} AS number RETURN number")


def _first_days(months: int) -> Parameter:
    return Parameter(
        "since",
        "Date",
        cypher=f"UNWIND range(0, {months}) AS n RETURN date.truncate('month', {TODAY}) - duration({{months: n}})",
    )


COMPANY: Final = named("company", "Company")
INSTITUTION: Final = named("institution", "Institution")
PROGRAM: Final = named("program", "Program")
TECHNOLOGY: Final = named("technology", "Technology")
CENTER: Final = named("center", "Center")
EXPERT: Final = named("expert", "Expert")
INDUSTRY: Final = named("industry", "Industry")
TOPIC: Final = named("topic", "Topic")
NEED: Final = named("need", "Need")
SINCE: Final = _first_days(24)
FOUNDED: Final = _first_days(84)
DISTRICT: Final = Parameter(
    "district",
    cypher=f"{entered('n', 'Region', 'name')}n.name >= '' AND EXISTS {{ (n)<-[:LOCATED_IN]-(:Company) }} "
    "RETURN n.name ORDER BY n.name",
)
CERTIFICATE: Final = Parameter(
    "certificate",
    cypher=f"{entered('n', 'Company', 'name')}n.name >= '' WITH n LIMIT 5000 UNWIND n.certificates AS certificate "
    "RETURN DISTINCT certificate ORDER BY certificate",
)
LAST_DAY: Final = Parameter(
    "day",
    "Date",
    cypher=f"{entered('p', 'Program', 'apply_until')}p.apply_until >= date('2000-01-01') "
    "RETURN DISTINCT p.apply_until ORDER BY p.apply_until DESC LIMIT 50",
)
TASKS: Final = Parameter("task", cypher=f"UNWIND {list(TASK_NAMES.values())} AS name RETURN name")
THE_COMPANY: Final = one_named("c", "Company", "company")
THE_INSTITUTION: Final = one_named("i", "Institution", "institution")
THE_PROGRAM: Final = one_named("p", "Program", "program")
THE_TECHNOLOGY: Final = one_named("t", "Technology", "technology")
THE_CENTER: Final = one_named("k", "Center", "center")
THE_NEED: Final = one_named("n", "Need", "need")
TOPICS: Final = all_named("t", "Topic", "topic")
