"""A handful of nodes in a real embedded store, and a recommender that answers out of its snapshot."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from graph_schema.catalog import node_type, relation_type
from graph_schema.columns import table_from_columns
from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.knowledge.tasks import get_task
from recommender.language.answers import (
    Answer,
    Audience,
    Check,
    Lineage,
    PathStep,
    ProbabilityNote,
    Reason,
    Recommendation,
    ServedBy,
    Verdict,
)
from recommender.serve.profile_reading import read_profile
from recommender.snapshot.dated_facts import DatedFacts
from recommender.snapshot.network import Network
from recommender.snapshot.snapshot import Snapshot, open_snapshot, write_snapshot
from stores.embedded import EmbeddedStore

COMPANY = "name:두레정밀"
ODD_COMPANY = "name:가나/다라: 100% #1?"
PROGRAM = "PBLN_000000000117423"
LOADED_AT = datetime(2026, 3, 1, tzinfo=UTC)


def fill_store(path: Path) -> None:
    """Write the city; two companies of three are real, one is made up."""
    with EmbeddedStore(path) as store:
        store.migrate()
        provenance = {"source": "factory-register", "loaded_at": LOADED_AT}
        companies = {
            "id": [COMPANY, ODD_COMPANY, "synthetic:1"],
            "name": ["두레정밀", "가나/다라", "가상기업"],
            "phone": ["031-123-4567", None, None],
            "representative": ["홍길동", None, None],
            "employees": [12, None, 3],
            "founded_on": [date(2015, 5, 4), None, None],
            "synthetic": [False, False, True],
        }
        store.upsert_nodes(node_type("Company"), table_from_columns(node_type("Company"), companies, **provenance))
        region = {"id": ["41281"], "name": ["고양시 덕양구"], "code": ["41281"]}
        store.upsert_nodes(node_type("Region"), table_from_columns(node_type("Region"), region, **provenance))
        industry = {
            "id": ["ksic11:26429", "ksic11:58222"],
            "name": ["기타 무선 통신장비 제조업", "응용 소프트웨어 개발 및 공급업"],
            "code": ["26429", "58222"],
            "revision": [11, 11],
        }
        store.upsert_nodes(node_type("Industry"), table_from_columns(node_type("Industry"), industry, **provenance))
        program = {"id": [PROGRAM], "title": ["고양시 해외전시회 참가 지원"], "kind": ["export"]}
        store.upsert_nodes(node_type("Program"), table_from_columns(node_type("Program"), program, **provenance))
        institution = {"id": ["한국항공대학교"], "name": ["한국항공대학교"]}
        store.upsert_nodes(
            node_type("Institution"), table_from_columns(node_type("Institution"), institution, **provenance)
        )
        located = relation_type("Company", "LOCATED_IN", "Region")
        store.upsert_relationships(
            located,
            table_from_columns(located, {"src": [COMPANY, ODD_COMPANY], "dst": ["41281", "41281"]}, **provenance),
        )


def write_city(home: Path) -> None:
    """Make a home folder with store and snapshot."""
    home.mkdir(parents=True, exist_ok=True)
    fill_store(home / "graph.duckdb")
    with EmbeddedStore(home / "graph.duckdb", read_only=True) as store:
        write_snapshot(store, home / "snapshots")


class CityRecommender:
    """A ``RecommenderPort`` that ranks the candidates of a snapshot by id, and keeps what it was asked."""

    def __init__(self, snapshot: Snapshot, model_version: str = "test-1") -> None:
        self.snapshot = snapshot
        self.lineage = Lineage(snapshot.id, model_version, "cafe")
        self.asked: list[NodeRef | Profile] = []
        self.audiences: list[Audience] = []
        self.cases: list[str] = []

    def recommend(
        self, task: str, query: NodeRef | Profile, *, n: int = 10, as_of: date | None = None, audience: Audience
    ) -> Answer:
        self.asked.append(query)
        self.audiences.append(audience)
        if isinstance(query, NodeRef):
            self.snapshot.node(query)
        return self._answer(task, get_task(task).candidate[0], n, as_of)

    def recommend_for_case(
        self,
        task: str,
        words: str,
        company: str | None,
        *,
        n: int = 10,
        as_of: date | None = None,
        audience: Audience,
    ) -> Answer:
        self.asked.append(Profile(words) if company is None else NodeRef("Company", company))
        self.audiences.append(audience)
        self.cases.append(words)
        return self._answer(task, get_task(task).candidate[0], n, as_of)

    def hubs(self) -> Collection[NodeRef]:
        return Network(DatedFacts(self.snapshot)).hub_refs

    def reverse(self, task: str, candidate: NodeRef, *, n: int = 10, as_of: date | None = None) -> Answer:
        self.snapshot.node(candidate)
        return self._answer(task, "Company", n, as_of)

    def read_profile(self, fields: Mapping[str, object], as_of: date | None = None) -> tuple[Profile, Sequence[Check]]:
        return read_profile(fields, self.snapshot, today=as_of)

    def _answer(self, task: str, label: str, n: int, as_of: date | None) -> Answer:
        step = PathStep(
            NodeRef("Company", COMPANY),
            "LOCATED_IN",
            NodeRef("Region", "41281"),
            "factory-register",
            "2026-03-01T00:00:00Z",
            None,
            synthetic=False,
        )
        found = tuple(
            Recommendation(
                rank,
                NodeRef(label, id_),
                self.snapshot.caption(NodeRef(label, id_)),
                1 / rank,
                synthetic=False,
                checks=(Check("size", Verdict.CHECK, "확인 필요", "to be checked"),),
                reasons=(Reason("소재지가 고양시입니다.", "It is in Goyang.", (step,)),),
            )
            for rank, id_ in enumerate(self.snapshot.vocabulary(label).ids()[:n], start=1)
        )
        day = (as_of or date(2026, 11, 22)).isoformat()
        served_by = ServedBy("더 나았습니다.", "It did better.", "blend", "learned")
        note = ProbabilityNote("확률 없음", "No probability", None)
        return Answer(task, day, found, {"window": 3}, self.lineage, "blend", served_by, note)


def open_city_recommender(home: Path) -> CityRecommender:
    """Open the recommender of a home folder, as the real one is opened."""
    return CityRecommender(open_snapshot(home / "snapshots"))
