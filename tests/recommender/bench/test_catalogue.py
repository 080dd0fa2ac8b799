"""Which rows a run has."""

from __future__ import annotations

import pytest

from graph_schema.errors import ConfigError, NotFoundError
from recommender.bench.catalogue import ModelChoice, choose_contenders
from recommender.bench.contender import Role

SIMPLE = {"popularity": (1,), "ease": (1, 2)}
ENGINE = {"engine": (1,), "engine-without-gnn": (1,), "gnn": (1,)}
PRETRAINED = {"pretrained": (1,), "fine-tuned": (1,)}
SERVED = {"served": (1, 2)}


def rows(*models: str, only: bool = False) -> list[str]:
    return [
        each.name for each in choose_contenders(ModelChoice(models, only=only), SIMPLE, ENGINE | PRETRAINED | SERVED)
    ]


def test_the_engine_comes_with_all_baselines_and_controls() -> None:
    assert rows("auto") == ["popularity", "ease", "auto", "engine-without-gnn", "gnn"]
    assert rows("engine") == rows("auto") == rows("gnn")


def test_a_pretrained_row_comes_with_simple_ones_and_with_no_other() -> None:
    assert rows("pretrained") == ["popularity", "ease", "pretrained"]
    assert rows("fine-tuned", only=True) == ["fine-tuned"]
    assert rows("auto", "fine-tuned") == [*rows("auto"), "fine-tuned"]
    assert rows("all") == [*rows("auto"), "pretrained", "fine-tuned", "served"]


def test_what_serves_comes_where_it_is_named_and_brings_no_row_of_the_engine() -> None:
    assert rows("served") == ["popularity", "ease", "served"]
    assert rows("served", only=True) == ["served"]
    assert "served" not in rows("auto")
    found = choose_contenders(ModelChoice(("served",)), SIMPLE, ENGINE | SERVED)
    (served,) = (each for each in found if each.name == "served")
    assert (served.role, served.prefers_first, served.variants) == (Role.SERVED, True, (1, 2))


def test_a_simple_model_comes_with_simple_ones() -> None:
    assert rows("ease") == ["popularity", "ease"]


def test_only_means_only() -> None:
    assert rows("auto", only=True) == ["auto"]
    assert rows("ease", "gnn", only=True) == ["ease", "gnn"]


def test_roles_and_who_was_asked() -> None:
    found = {each.name: each for each in choose_contenders(ModelChoice(("all",)), SIMPLE, ENGINE | PRETRAINED)}
    assert found["pretrained"].role is found["fine-tuned"].role is Role.PRETRAINED
    found = {each.name: each for each in choose_contenders(ModelChoice(("auto",)), SIMPLE, ENGINE)}
    assert found["auto"].role is Role.ENGINE
    assert found["gnn"].role is Role.CONTROL
    assert [name for name, each in found.items() if each.asked] == ["auto"]
    assert [name for name, each in found.items() if each.prefers_first] == ["auto", "engine-without-gnn", "gnn"]


def test_an_unknown_name_is_answered_with_those_that_are_there() -> None:
    with pytest.raises(NotFoundError, match="known are auto, all, popularity, ease, engine-without-gnn, gnn, pre"):
        rows("eas")


@pytest.mark.parametrize("name", ["my idea", "a/b", "a\\b", "a|b", ""])
def test_a_name_that_no_file_of_the_results_can_have_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match="cannot name a model"):
        choose_contenders(ModelChoice((name,)), SIMPLE | {name: (1,)}, {})
    assert choose_contenders(ModelChoice(("내-방법.2",)), {"내-방법.2": (1,)}, {})


def test_an_estimator_of_ones_own_under_a_pretrained_name_is_simple() -> None:
    (own,) = choose_contenders(ModelChoice(("pretrained",)), {"pretrained": (1,)}, {})
    assert own.role is Role.SIMPLE
