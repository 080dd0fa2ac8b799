"""Consultations, licences and collaborations: within capacity, in order of time, after what they depend on."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa

from loaders import ipc
from loaders.synthesize.city import City


def test_experts_keep_to_their_capacity(city: City) -> None:
    met = city.consultations
    months = met.day.astype("datetime64[D]").astype("datetime64[M]").astype(str)
    used = Counter(zip(met.other.tolist(), months.tolist(), strict=True))
    assert all(count <= city.experts.capacity[expert] for (expert, _), count in used.items())
    assert max(used.values()) > 1


def test_dates_follow_founding_and_precede_the_end(city: City) -> None:
    for met in (city.consultations, city.licences, city.collaborations):
        assert len(met) > 100
        assert (met.day > city.players.companies.founded[met.company]).all()
        assert met.day.max() < city.until


def test_a_technology_is_licensed_after_it_was_applied_for(city: City) -> None:
    applied = city.background.technologies["applied_on"].cast(pa.int32()).to_numpy()
    assert (city.licences.day > applied[city.licences.other]).all()


def test_consultations_follow_themes_and_satisfaction_varies(city: City) -> None:
    """Experts speak of what the company asked for one and a half times as often as experts taken at random."""
    met, needs = city.consultations, city.players.needs
    assert set(np.unique(met.grade)) == {1, 2, 3, 4, 5}
    first = np.arange(1_000)
    asked = np.zeros((len(city.players.companies), city.experts.themes.shape[1]), np.bool_)
    asked[needs.company, needs.theme] = True
    wishes = asked[met.company[first]]
    fits = (wishes & city.experts.themes[met.other[first]]).any(axis=1).mean()
    by_chance = (
        (wishes & city.experts.themes[np.random.default_rng(1).permutation(met.other[first])]).any(axis=1).mean()
    )
    assert fits > 1.5 * by_chance


def test_licences_and_collaborations_come_from_technical_needs(tables: dict[str, pa.Table]) -> None:
    technical = set(tables["Need__IN_FIELD__TechField"]["src"].to_pylist())
    asked = tables["Company__NEEDS__Need"]
    askers = {c for c, n in zip(asked["src"].to_pylist(), asked["dst"].to_pylist(), strict=True) if n in technical}
    for name in ("Company__LICENSED__Technology", "Company__COLLABORATED_WITH__Researcher"):
        assert set(tables[name]["src"].to_pylist()) <= askers


def test_researchers_are_introduced_by_the_title_of_their_field(tables: dict[str, pa.Table]) -> None:
    fields = dict(_pairs(tables["Researcher__SPECIALIZES_IN__TechField"]))
    hosts = dict(_pairs(tables["Researcher__AFFILIATED_WITH__Institution"]))
    people = tables["Researcher"]
    told = dict(zip(people["id"].to_pylist(), people["headline"].to_pylist(), strict=True))
    (one, *_) = [id_ for id_, field in fields.items() if field == "ipc:G01N" and "(G01N)" in told[id_]]
    assert told[one] == f"재료의 조사·분석(G01N) 연구자, {hosts[one]}"
    assert all(any(title.ko in headline for title in ipc.titles().values()) for headline in told.values())


def _pairs(table: pa.Table) -> list[tuple[str, str]]:
    return list(zip(table["src"].to_pylist(), table["dst"].to_pylist(), strict=True))
