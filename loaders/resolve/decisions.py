"""Decisions that nodes are one organisation: proposed by rule, made by people, kept in the graph, and taken back.

A decision is a relationship ``SAME_AS`` from the node that is let go to the one that stays. It holds while it is open;
closed (``valid_to``), it was withdrawn, and where a person closed it the rule does not propose the pair again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import pyarrow as pa

from graph_schema.catalog import IDENTITY_TYPES
from graph_schema.columns import table_from_columns
from graph_schema.errors import Fault, NotFoundError, ValidationError
from graph_schema.model import NodeRef, RelationType
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from loaders.fields import KOREA
from loaders.resolve.evidence import TEXTS
from loaders.resolve.groups import Link, contradicted
from loaders.resolve.organisations import read_organisations
from loaders.resolve.pairs import find_pairs
from loaders.streets import are_elsewhere, street_of
from stores.base import GraphStore
from stores.one_node import groups_of, preference

SOURCE: Final = "resolve"
_RELATIONS: Final = {relation.source: relation for relation in IDENTITY_TYPES}
_PERSON: Final = "person"
_JOINED_BY_OTHERS: Final = Fault(
    "",
    "",
    Wording(
        "사람의 다른 결정들이 제3의 노드를 거쳐 이 둘을 하나로 만듭니다",
        "other decisions of people make these two one, through a third",
    ),
    Wording(
        "그 사이의 쌍을 먼저 결정하거나, 이 쌍을 미정으로 두십시오",
        "decide on the pairs between them first, or leave this one open",
    ),
)


@dataclass(frozen=True, slots=True)
class Side:
    """One organisation of a pair, as a person recognises it."""

    ref: NodeRef
    name: str
    regions: Sequence[str]
    industries: Sequence[str]
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two nodes that may be one organisation; ``same`` where the rule decides it, else a person is asked."""

    member: Side
    stays: Side
    score: float
    evidence: Sequence[str]
    same: bool


class Pair(NamedTuple):
    """Two nodes of one label in the order of their ids, whichever of them stays."""

    label: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A stored decision."""

    pair: Pair
    holds: bool
    by_person: bool
    row: dict[str, Any]
    """Its relationship as it is stored."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What a run changed: decisions that were written anew, and rule's decisions that no longer stand."""

    run: str
    joined: int
    withdrawn: int


def pair_of(one: NodeRef, other: NodeRef) -> Pair:
    """Return the pair of two nodes; raises ``ValidationError`` where they are of two labels, or one node."""
    if one.label != other.label or one.id == other.id or one.label not in _RELATIONS:
        reason = Wording(
            f"같은 종류의 서로 다른 두 노드가 아닙니다({', '.join(_RELATIONS)})",
            f"two different nodes of one label are wanted, which is {' or '.join(_RELATIONS)}",
        )
        remedy = Wording("`dure find`가 보여 주는 식별자를 적으십시오", "name the ids as `dure find` shows them")
        raise ValidationError(f"{one} and {other}", [Fault("", "", reason, remedy)])
    first, second = sorted((one.id, other.id))
    return Pair(one.label, first, second)


def read_decisions(store: GraphStore) -> dict[Pair, Decision]:
    """Return all stored decisions, those that were taken back too."""
    found = {}
    for label, relation in _RELATIONS.items():
        for batch in store.read_relationships(relation):
            for row in batch.to_pylist():
                pair = pair_of(NodeRef(label, row["src"]), NodeRef(label, row["dst"]))
                found[pair] = Decision(pair, row["valid_to"] is None, row["decided_by"] == _PERSON, row)
    return found


def propose(store: GraphStore, progress: Progress = silent) -> list[Proposal]:
    """Return what the rule would join and what a person should look at, the strongest first.

    Pairs on which a person has decided are left out.
    """
    return proposals_of(read_organisations(store), read_decisions(store), progress)


def apply(store: GraphStore, proposals: Iterable[Proposal], now: datetime) -> Applied:
    """Make the rule's decisions those of ``proposals``: write what is new, withdraw what no longer stands."""
    stored = read_decisions(store)
    run, joined, standing = f"{now:%Y%m%dT%H%M%SZ}", [], set()
    for proposal in proposals:
        pair = pair_of(proposal.member.ref, proposal.stays.ref)
        known = stored.get(pair)
        if not proposal.same or (known and known.by_person):
            continue
        standing.add(pair)
        if known is None or not known.holds:
            joined.append((pair.label, _row(proposal, known, run, now)))
    over = [each for pair, each in stored.items() if each.holds and not each.by_person and pair not in standing]
    _write(store, [*joined, *((each.pair.label, _closed(each.row, now)) for each in over)], now)
    return Applied(run, len(joined), len(over))


def undo(store: GraphStore, now: datetime, run: str | None = None) -> int:
    """Withdraw the rule's decisions (of one ``run``, or all) and return how many; `apply` may make them again.

    Raises ``NotFoundError`` for a run that nothing comes from.
    """
    made = [
        each for each in read_decisions(store).values() if not each.by_person and run in (None, each.row["source_id"])
    ]
    if run is not None and not made:
        raise NotFoundError(
            Wording(
                f"이 실행에서 나온 결정이 없습니다: {run!r}. `dure resolve apply`가 알려 준 이름을 적으십시오",
                f"no decision comes from a run {run!r}; name one as `dure resolve apply` printed it",
            )
        )
    over = [each for each in made if each.holds]
    _write(store, [(each.pair.label, _closed(each.row, now)) for each in over], now)
    return len(over)


def decide(store: GraphStore, answers: dict[Pair, bool], now: datetime) -> int:
    """Keep what a person decided, whether each pair is one organisation; return how many decisions that changed.

    Raises ``NotFoundError`` for a node that is not there and ``ValidationError`` where what people decided would join
    two that they keep apart; then nothing is written.
    """
    stored = read_decisions(store)
    _require(store, answers)
    said = {pair: each.holds for pair, each in stored.items() if each.by_person} | answers
    _refuse_contradiction(said)
    rows = []
    for pair, same in answers.items():
        known = stored.get(pair)
        if known and known.by_person and known.holds == same:
            continue
        stays, goes = sorted(pair[1:], key=preference)
        row = dict(known.row) if known else {"src": goes, "dst": stays, "key": ""}
        row |= {"decided_by": _PERSON, "source": SOURCE, "source_id": f"{now:%Y%m%dT%H%M%SZ}", "valid_to": None}
        row["valid_from"] = _day(now)
        rows.append((pair.label, row if same else _closed(row, now)))
    _write(store, rows, now)
    return len(rows)


def split(store: GraphStore, ref: NodeRef, now: datetime) -> list[NodeRef]:
    """Take one node out of its organisation, for good; return those that it was one with."""
    pairs = [each.pair for each in read_decisions(store).values() if each.holds and each.pair.label == ref.label]
    ids = sorted({id_ for pair in pairs for id_ in pair[1:]})
    at = {id_: number for number, id_ in enumerate(ids)}
    groups = groups_of([(at[pair.first], at[pair.second]) for pair in pairs], len(ids)) if ids else []
    others = [
        NodeRef(ref.label, ids[i]) for group in groups if at.get(ref.id) in group for i in group if ids[i] != ref.id
    ]
    if not others:
        raise NotFoundError(
            Wording(
                f"{ref}: 다른 노드와 합쳐져 있지 않습니다. 합친 노드는 `dure resolve show`로 볼 수 있습니다",
                f"{ref} is joined with no other node; `dure resolve show` tells what is",
            )
        )
    # Each is kept from each, so that no third one joins them again.
    decide(store, {pair_of(ref, other): False for other in others}, now)
    return others


def proposals_of(
    organisations: pa.Table, decisions: dict[Pair, Decision], progress: Progress = silent
) -> list[Proposal]:
    """Return what ``propose`` does, of organisations that are at hand."""
    rows = find_pairs(organisations, progress).to_pylist()
    judged = _Judged(organisations)
    by_person = {pair: each.holds for pair, each in decisions.items() if each.by_person}
    open_ = [row for row in rows if judged.pair(row) not in by_person]
    links = [Link(row["left"], row["right"], row["score"], row["sure"]) for row in open_ if row["same"]]
    links += (Link(*ends, 0.0, firm=True) for pair, holds in by_person.items() if holds and (ends := judged.ends(pair)))
    apart = {ends for pair, holds in by_person.items() if not holds and (ends := judged.ends(pair))}
    offices = {row["left"] for row in rows if row["same"] and "branch" in row["codes"]}

    def conflict(i: int, j: int) -> bool:
        return (min(i, j), max(i, j)) in apart or (not {i, j} & offices and judged.differ(i, j))

    given_up = contradicted(links, conflict)
    found = [judged.proposal(row, ambiguous=(row["left"], row["right"]) in given_up) for row in open_]
    return sorted(found, key=lambda each: (not each.same, -each.score, each.member.ref, each.stays.ref))


class _Judged:
    """The rows of organisations, by position and by node."""

    def __init__(self, organisations: pa.Table) -> None:
        self._columns = {name: organisations[name].to_pylist() for name in organisations.column_names}
        self._at = {key: at for at, key in enumerate(zip(self._columns["label"], self._columns["id"], strict=True))}

    def ends(self, pair: Pair) -> tuple[int, int] | None:
        """Positions of a pair, the lesser first; None where a node is gone."""
        one, other = (self._at.get((pair.label, id_)) for id_ in pair[1:])
        return None if one is None or other is None else (min(one, other), max(one, other))

    def pair(self, row: dict[str, Any]) -> Pair:
        return pair_of(self._ref(row["left"]), self._ref(row["right"]))

    def differ(self, i: int, j: int) -> bool:
        """Whether numbers, streets or places say that two companies are not one."""
        for name in ("corporate_number", "business_number"):
            one, other = (self._columns[name][at] for at in (i, j))
            if one and other:
                return bool(one != other)
        if are_elsewhere(*(street_of(self._columns["address"][at]) for at in (i, j))):
            return True
        places = [{code[:5] for code in self._columns["regions"][at] or ()} for at in (i, j)]
        return all(places) and not any(
            one.startswith(other) or other.startswith(one) for one in places[0] for other in places[1]
        )

    def proposal(self, row: dict[str, Any], *, ambiguous: bool) -> Proposal:
        evidence = [f"{TEXTS[code]} ({bits:+.1f})" for code, bits in zip(row["codes"], row["bits"], strict=True)]
        if ambiguous:
            evidence.append(TEXTS["ambiguous"])
        sides = self._side(row["left"]), self._side(row["right"])
        return Proposal(*sides, row["score"], evidence, same=row["same"] and not ambiguous)

    def _side(self, at: int) -> Side:
        read = {name: column[at] for name, column in self._columns.items()}
        return Side(self._ref(at), read["name"], read["regions"] or (), read["industries"] or (), read["text"] or "")

    def _ref(self, at: int) -> NodeRef:
        return NodeRef(self._columns["label"][at], self._columns["id"][at])


def _require(store: GraphStore, pairs: Iterable[Pair]) -> None:
    refs = {NodeRef(pair.label, id_) for pair in pairs for id_ in pair[1:]}
    absent = [str(ref) for ref in sorted(refs) if store.get_node(ref) is None]
    if absent:
        raise NotFoundError(
            Wording(
                f"{store.uri}에 없는 노드입니다: {', '.join(absent)}. `dure resolve show`로 식별자를 확인하십시오",
                f"not in {store.uri}: {', '.join(absent)}; see the ids with `dure resolve show`",
            )
        )


def _refuse_contradiction(said: dict[Pair, bool]) -> None:
    """Refuse decisions of people by which two are one and are not."""
    for label in _RELATIONS:
        same = [pair for pair, holds in said.items() if holds and pair.label == label]
        ids = sorted({id_ for pair in same for id_ in pair[1:]})
        at = {id_: number for number, id_ in enumerate(ids)}
        groups = groups_of([(at[pair.first], at[pair.second]) for pair in same], len(ids)) if ids else []
        within = {ids[number]: group for group, members in enumerate(groups) for number in members}
        for pair, holds in said.items():
            if (
                not holds
                and pair.label == label
                and pair.first in within
                and within[pair.first] == within.get(pair.second)
            ):
                raise ValidationError(f"{label} {pair.first} and {pair.second}", [_JOINED_BY_OTHERS])


def _row(proposal: Proposal, known: Decision | None, run: str, now: datetime) -> dict[str, Any]:
    ends = known.row if known else {"src": proposal.member.ref.id, "dst": proposal.stays.ref.id}
    return {
        "src": ends["src"],
        "dst": ends["dst"],
        "key": "",
        "source": SOURCE,
        "source_id": run,
        "valid_from": _day(now),
        "valid_to": None,
        "decided_by": "rule",
        "score": proposal.score,
        "evidence": list(proposal.evidence),
    }


def _closed(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    last = _day(now) - timedelta(days=1)
    begins = row.get("valid_from")
    return row | {"valid_to": last, "valid_from": min(begins, last) if begins else None}


def _day(now: datetime) -> Any:
    return now.astimezone(KOREA).date()


def _write(store: GraphStore, rows: Sequence[tuple[str, dict[str, Any]]], now: datetime) -> None:
    for label, relation in _RELATIONS.items():
        own = [row for of, row in rows if of == label]
        if own:
            store.upsert_relationships(relation, _table(relation, own, now))


def _table(relation: RelationType, rows: Sequence[dict[str, Any]], now: datetime) -> pa.Table:
    names = [p.name for p in relation.stored if p.name not in ("loaded_at", "synthetic")]
    return table_from_columns(relation, {name: [row.get(name) for row in rows] for name in names}, loaded_at=now)
