"""A snapshot as a network keeps every relationship, once from each end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from graph_schema.catalog import RELATION_TYPES
from graph_schema.errors import NotFoundError
from graph_schema.model import NodeRef
from recommender.snapshot.dated_facts import DatedFacts
from recommender.snapshot.network import Network, to_networkx
from tests.recommender.small_graph import SmallGraph, goyang


def small() -> SmallGraph:
    graph = goyang()
    graph.node("Program", "P", title="판로 지원", announced_on=date(2026, 3, 1))
    graph.link("Company:soft", "APPLIED_TO", "Program:P", on=date(2026, 3, 2), source="own")
    return graph


def test_networkx_nodes_are_named_by_label_and_carry_captions() -> None:
    snapshot = small().snapshot()
    graph = to_networkx(snapshot)
    assert graph.nodes["Company:soft"] == {"label": "Company", "caption": "나래소프트", "synthetic": False}
    edge = {"type": "APPLIED_TO", "source": "own", "on": "2026-03-02", "synthetic": False}
    assert list(graph["Company:soft"]["Program:P"].values()) == [edge]
    assert graph.number_of_edges() == sum(len(snapshot.table(relation)) for relation in snapshot.relations())
    assert graph.graph["snapshot_id"] == snapshot.id


@pytest.mark.parametrize(("write", "read"), [(nx.write_graphml, nx.read_graphml), (nx.write_gexf, nx.read_gexf)])
def test_a_networkx_view_is_written_for_other_programs_and_read_back(
    write: Callable[..., None], read: Callable[..., nx.Graph[str]], tmp_path: Path
) -> None:
    """Undated relationships too: what is unknown is left out, since these formats have no empty value."""
    graph = to_networkx(small().snapshot())
    assert any("on" not in data for _, _, data in graph.edges(data=True))
    write(graph, tmp_path / "graph.xml")
    again = read(tmp_path / "graph.xml")
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    assert again.number_of_edges() == graph.number_of_edges()


def test_networkx_views_can_be_cut_by_label_and_size() -> None:
    snapshot = small().snapshot()
    graph = to_networkx(snapshot, labels=["Company", "Program"])
    assert set(graph) == {"Company:bakery", "Company:soft", "Company:unknown", "Program:P"}
    assert graph.number_of_edges() == 1
    assert len(to_networkx(snapshot, max_nodes=2)) == 2


def test_every_node_is_found_again_by_its_number() -> None:
    snapshot = small().snapshot()
    network = Network(DatedFacts(snapshot))
    refs = [network.ref(number) for number in range(network.size)]
    assert [network.find(ref) for ref in refs] == list(range(network.size))
    assert len(set(refs)) == network.size
    with pytest.raises(NotFoundError, match="Company:nobody"):
        network.find(NodeRef("Company", "nobody"))


def test_each_relationship_is_seen_from_both_ends() -> None:
    snapshot = small().snapshot()
    network = Network(DatedFacts(snapshot))
    incident = network.incident(np.arange(network.size))
    seen = [
        (network.ref(int(near)), RELATION_TYPES[relation].name, network.ref(int(far)))
        for near, relation, far, outgoing in zip(
            incident.near, incident.relation, incident.far, incident.outgoing, strict=True
        )
        if outgoing
    ]
    stored = [
        (NodeRef(relation.source, row["src"]), relation.name, NodeRef(relation.target, row["dst"]))
        for relation in snapshot.relations()
        for row in snapshot.table(relation).to_pylist()
    ]
    assert sorted(seen) == sorted(stored)
    assert len(incident) == 2 * len(stored)


def test_a_day_hides_later_facts_and_unborn_nodes() -> None:
    network = Network(DatedFacts(small().snapshot()))
    soft = np.array([network.find(NodeRef("Company", "soft"))])
    program = network.find(NodeRef("Program", "P"))
    assert program not in network.incident(soft, np.datetime64("2026-03-01")).far
    assert program in network.incident(soft, np.datetime64("2026-03-02")).far
