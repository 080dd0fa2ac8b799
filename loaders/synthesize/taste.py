"""Hidden tastes: what nobody can read from a table, and what makes the made-up choices hang together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loaders.synthesize.background import CityIndustries
from loaders.synthesize.companies import Companies
from loaders.synthesize.sampling import Floats, normal, stream
from loaders.synthesize.themes import THEME_COUNT, THEME_INDEX
from loaders.synthesize.trades import SECTIONS

DIMENSION = 12
"""Length of taste vectors."""

_THEME_BIAS = {
    "rnd": -1.5, "finance": 0.4, "export": -0.7, "workforce": -0.1, "marketing": 0.3, "startup": -0.3, "digital": 0.0,
    "automation": -0.9, "ip": -0.8, "tax": 0.1, "labour": 0.0, "space": -0.5, "quality": -0.4, "green": -0.5,
    "management": 0.2,
}  # fmt: skip
_TECHNICAL = {"rnd": 1.1, "export": 0.5, "automation": 0.7, "ip": 0.7, "quality": 0.6, "digital": 0.3, "tax": -0.3}
_LARGER = {
    "rnd": 0.3,
    "export": 0.4,
    "workforce": 0.4,
    "automation": 0.3,
    "labour": 0.2,
    "marketing": -0.3,
    "tax": -0.3,
}
_YOUNGER = {"startup": 1.2, "space": 0.3, "marketing": 0.2, "automation": -0.2, "green": -0.2}


@dataclass(frozen=True)
class Taste:
    """Hidden vectors: ``leaf`` (leaves, D), ``company`` (companies, D), ``themes`` (companies, themes), ``vigour``.

    ``themes`` are log-odds of wanting a theme; ``vigour`` (companies,) is how readily a company acts at all.
    ``typical`` and ``typical_themes`` are what industry, size, age and form make of ``company`` and ``themes``.
    """

    leaf: Floats
    company: Floats
    themes: Floats
    vigour: Floats
    typical: Floats
    typical_themes: Floats


def make_taste(industries: CityIndustries, companies: Companies, seed: int, until: int) -> Taste:
    """Draw tastes: industries share theirs by section, division and group; companies add size, age and their own."""
    rng = stream(seed, "taste")
    leaf = _leaf_vectors(industries, rng)
    traits = _traits(companies, until)
    typical = 0.7 * leaf[companies.leaf] + traits @ (0.35 * normal(rng, traits.shape[1], DIMENSION))
    company = typical + 0.7 * normal(rng, len(companies), DIMENSION)
    mixing = normal(rng, DIMENSION, THEME_COUNT) * np.float32(0.28)
    themes = company @ mixing + 0.8 * normal(rng, len(companies), THEME_COUNT)
    typical_themes = typical @ mixing
    for each in (themes, typical_themes):
        _lean(each, companies, traits)
    vigour = (
        1.15 * normal(rng, len(companies)) + 0.45 * traits[:, 0] + 0.25 * companies.technical - 0.15 * companies.sole
    )
    return Taste(
        leaf, company, themes.astype(np.float32), vigour.astype(np.float32), typical, typical_themes.astype(np.float32)
    )


def affinity(left: Floats, right: Floats) -> Floats:
    """Return scaled inner products of taste vectors; shape (left, right)."""
    return left @ right.T * np.float32(DIMENSION**-0.5)


def _leaf_vectors(industries: CityIndustries, rng: np.random.Generator) -> Floats:
    vectors = np.zeros((len(industries.ids), DIMENSION), np.float32)
    order = {letter: i for i, letter in enumerate(SECTIONS)}
    section = np.array([order[s] for s in industries.section])
    division = np.unique([code[:2] for code in industries.codes], return_inverse=True)[1]
    for level in (section, division, industries.group):
        vectors += np.float32(3**-0.5) * normal(rng, int(level.max()) + 1, DIMENSION)[level]
    return vectors


def _lean(themes: Floats, companies: Companies, traits: Floats) -> None:
    """Add what technical, large and young companies lean to, in place; (companies, themes)."""
    for weights, trait in ((_TECHNICAL, companies.technical), (_LARGER, traits[:, 0]), (_YOUNGER, -traits[:, 1])):
        themes += np.outer(trait, _by_theme(weights))
    themes += _by_theme(_THEME_BIAS)


def _traits(companies: Companies, until: int) -> Floats:
    """Return standardised log size, log age, and being incorporated; shape (companies, 3)."""
    raw = np.column_stack(
        [np.log(companies.employees), np.log1p((until - companies.founded) / 365.25), (~companies.sole).astype(float)]
    )
    return np.asarray((raw - raw.mean(0)) / (raw.std(0) + 1e-6), np.float32)


def _by_theme(weights: dict[str, float]) -> Floats:
    vector = np.zeros(THEME_COUNT, np.float32)
    for key, weight in weights.items():
        vector[THEME_INDEX[key]] = weight
    return vector
