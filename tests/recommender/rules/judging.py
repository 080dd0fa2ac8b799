"""What the rules of a task say of an asker and a candidate in a small Goyang."""

from __future__ import annotations

from datetime import date

import numpy as np

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.knowledge.tasks import get_task
from recommender.language.answers import Check
from recommender.rules.askers import Askers, asker_of_profile, askers_of_nodes
from recommender.rules.base import CandidatePairs
from recommender.rules.candidates import Candidates
from recommender.rules.decide import Decisions, decide
from recommender.snapshot.dated_facts import DatedFacts
from tests.recommender.small_graph import SmallGraph, goyang

TODAY = date(2026, 3, 2)


def askers(facts: DatedFacts, *ids: str, as_of: date = TODAY) -> Askers:
    vocabulary = facts.snapshot.vocabulary("Company")
    return askers_of_nodes(facts, "Company", np.array([vocabulary.find(id_) for id_ in ids]), as_of)


def judge(
    graph: SmallGraph, task: str, asker: str | Profile, candidate: str, as_of: date = TODAY
) -> tuple[Decisions, dict[str, Check]]:
    facts = DatedFacts(graph.snapshot())
    who = asker_of_profile(facts, asker, as_of) if isinstance(asker, Profile) else askers(facts, asker, as_of=as_of)
    label, _, id_ = candidate.partition(":")
    decisions = decide(get_task(task), CandidatePairs(who, Candidates(facts, [NodeRef(label, id_)]), as_of))
    return decisions, {check.rule: check for check in decisions.checks(0, 0)}


def program(asker: str | Profile, as_of: date = TODAY, **properties: object) -> dict[str, Check]:
    graph = goyang()
    links = properties.pop("targets_nodes", ())
    graph.node("Program", "P", **{"title": "지원사업"} | properties)
    for target in links:
        graph.link("Program:P", "TARGETS", target)
    return judge(graph, "programs", asker, "Program:P", as_of)[1]
