"""Graphs of joint patents, written by hand or drawn by a rule, for time splits."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from tests.recommender.small_graph import SmallGraph


def file_together(graph: SmallGraph, key: str, on: date | None, *refs: str) -> None:
    """Add one joint patent: the technology, who filed it, and each pair once, companies first."""
    graph.node("Technology", key, title=f"장치 {key}", applied_on=on)
    for ref in refs:
        graph.link(ref, "FILED", f"Technology:{key}", on=on)
    for place, first in enumerate(refs):
        for second in refs[place + 1 :]:
            graph.link(first, "CO_FILED_WITH", second, on=on, key=key)


def five_patents() -> SmallGraph:
    """Company a, b, c, d and Institution u; patents in 2019, 2020, 2021 (a, b again), 2022 and 2023."""
    graph = SmallGraph()
    for name in "abcd":
        graph.node("Company", name, name=f"회사 {name}")
    graph.node("Institution", "u", name="대학 u")
    file_together(graph, "p1", date(2019, 5, 1), "Company:a", "Company:b")
    file_together(graph, "p2", date(2020, 5, 1), "Company:a", "Institution:u")
    file_together(graph, "p3", date(2021, 5, 1), "Company:a", "Company:b")
    file_together(graph, "p4", date(2022, 5, 1), "Company:b", "Company:c")
    file_together(graph, "p5", date(2023, 5, 1), "Company:a", "Company:c", "Company:d")
    return graph


def two_circles(seed: int = 0, patents: int = 160) -> SmallGraph:
    """Twenty companies in two circles that file only within their own, one patent of two or three every two weeks."""
    rng = np.random.default_rng(seed)
    graph = SmallGraph()
    for number in range(20):
        graph.node("Company", f"c{number:02}", name=f"회사 {number}", products="금형" if number < 10 else "식품")
    for number in range(patents):
        first = 10 * int(rng.integers(2))
        members = first + np.sort(rng.permutation(10)[: int(rng.integers(2, 4))])
        day = date(2016, 1, 1) + timedelta(days=14 * number)
        file_together(graph, f"p{number:03}", day, *(f"Company:c{member:02}" for member in members))
    return graph
