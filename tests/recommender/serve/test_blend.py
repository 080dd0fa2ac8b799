"""A blend of simple scorers in service."""

from __future__ import annotations

from pathlib import Path

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.publish.bundle import load_bundle
from recommender.serve.recommender import Recommender
from tests.recommender.fixtures import WordEncoder
from tests.recommender.serve.untrained import BAKERY, TODAY, city, write_home


def test_a_blend_of_simple_scorers_answers_companies_guests_cases_and_in_reverse(tmp_path: Path) -> None:
    graph = city()
    graph.node("Need", "export", title="해외 판로 지원", text="판로 지원을 받고 싶습니다")
    graph.link("Company:bakery", "NEEDS", "Need:export")
    snapshot = graph.written(tmp_path / "snapshots")
    write_home(tmp_path, snapshot, "simple-blend")
    recommender = Recommender(snapshot, load_bundle(tmp_path / "models" / "v1", snapshot), WordEncoder)
    company, described, case = (
        recommender.recommend("programs", query, as_of=TODAY)
        for query in (BAKERY, Profile("떡을 만듭니다. 판로 지원이 필요합니다"), NodeRef("Need", "export"))
    )
    assert company.scorer.startswith("simple-blend")
    for answer in (described, case):
        assert answer.scorer == "simple-blend + request text"
    for answer in (company, described, case):
        assert answer.recommendations
        assert all(item.reasons for item in answer.recommendations)
    best = company.recommendations[0].ref
    assert BAKERY in {item.ref for item in recommender.reverse("programs", best, n=200, as_of=TODAY).recommendations}
