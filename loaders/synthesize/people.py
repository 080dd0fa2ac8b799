"""Made-up experts and researchers: headlines, fields and hidden tastes, and no names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loaders.synthesize.background import DISTRICTS, Background, strings
from loaders.synthesize.needs import YEARS
from loaders.synthesize.sampling import Bools, Floats, Ints, Strings, dates, draw, normal, numbered, quota, stream
from loaders.synthesize.taste import DIMENSION
from loaders.synthesize.themes import THEME_COUNT, THEMES
from loaders.synthesize.trades import SECTIONS, TRADES

_PROFESSIONS = {
    "tax": ("세무사", 0.16),
    "labour": ("공인노무사", 0.13),
    "patent": ("변리사", 0.09),
    "management": ("경영지도사", 0.2),
    "legal": ("변호사", 0.06),
    "accounting": ("공인회계사", 0.07),
    "customs": ("관세사", 0.05),
    "technology": ("기술지도사", 0.13),
    "marketing": ("마케팅 전문가", 0.07),
    "finance": ("금융 전문가", 0.04),
}
"""Profession in the catalog's words: Korean name, share of the experts."""
_PER_EXPERT = 70
"""Companies for each expert."""
_PER_RESEARCHER = 55
"""Companies for each researcher."""
_FEWEST = 24
"""So many in a small city too, so that a list of ten is a choice."""
_SPEAKS_SHARE = 0.85
"""Chance that an expert knows a theme of the profession: not all know all."""
_STRAY_SHARE = 0.04
"""Chance of a theme that the profession does not tell."""
_ONE_FIELD_SHARE = 0.4
"""Researchers of one field alone; the others have two."""


@dataclass(frozen=True)
class Experts:
    """Aligned arrays, one entry per expert; ``themes`` (experts, themes), ``knows`` (experts, sections)."""

    ids: Strings
    profession: Strings
    themes: Bools
    knows: Bools
    district: Ints
    capacity: Ints
    years: Ints
    popularity: Floats
    taste: Floats

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Researchers:
    """Aligned arrays, one entry per researcher; ``fields`` are up to two positions in the store's fields, -1 none."""

    ids: Strings
    institution: Ints
    fields: Ints
    popularity: Floats
    taste: Floats

    def __len__(self) -> int:
        return len(self.ids)


def make_experts(companies: int, seed: int) -> Experts:
    """Make one expert for some seventy companies, each with a profession, its themes, and one or two sections."""
    rng = stream(seed, "experts")
    count = max(_FEWEST, companies // _PER_EXPERT)
    names = np.array(list(_PROFESSIONS), np.object_)
    profession = rng.permutation(np.repeat(names, quota([share for _, share in _PROFESSIONS.values()], count)))
    speaks = np.array([[p in theme.professions for theme in THEMES] for p in names])
    place = {name: i for i, name in enumerate(names)}
    themes = speaks[[place[p] for p in profession]] & (rng.random((count, THEME_COUNT)) < _SPEAKS_SHARE)
    themes |= rng.random((count, THEME_COUNT)) < _STRAY_SHARE
    themes[np.arange(count), _main_theme(speaks, [place[p] for p in profession], rng)] = True
    knows = np.zeros((count, len(SECTIONS)), np.bool_)
    wanted = np.tile(np.log([s.share for s in SECTIONS.values()]).astype(np.float32), (count, 1)) * np.float32(0.7)
    for _ in range(2):
        knows[np.arange(count), draw(rng, wanted)] = True
    return Experts(
        ids=numbered("syn-", count, 4),
        profession=profession,
        themes=themes,
        knows=knows,
        district=rng.integers(0, len(DISTRICTS), count),
        capacity=rng.integers(2, 13, count),
        years=rng.integers(YEARS, 31, count),
        popularity=0.7 * normal(rng, count),
        taste=normal(rng, count, DIMENSION),
    )


def _main_theme(speaks: Bools, profession: list[int], rng: np.random.Generator) -> Ints:
    scores = np.where(speaks[profession], 0, -np.inf).astype(np.float32)
    return draw(rng, scores)


def expert_columns(experts: Experts, until: int, seed: int) -> dict[str, object]:
    """Return the catalog's columns; a headline names profession, up to two tags and one trade."""
    rng = stream(seed, "expert dates")
    headlines = []
    letters = list(SECTIONS)
    for profession, themes, knows in zip(experts.profession, experts.themes, experts.knows, strict=True):
        tags = "·".join(THEMES[i].tags[0] for i in np.flatnonzero(themes)[:3])
        trades = "·".join(TRADES[letters[i]] for i in np.flatnonzero(knows))
        headlines.append(f"{_PROFESSIONS[profession][0]}, {tags} ({trades})")
    return {
        "id": "expert:" + experts.ids,
        "source_id": experts.ids,
        "headline": headlines,
        "profession": experts.profession,
        "capacity": experts.capacity,
        "experience_years": experts.years,
        "consented_on": dates(until - rng.integers(1_830, 2_400, len(experts))),
    }


def make_researchers(background: Background, companies: int, seed: int) -> Researchers:
    """Make researchers of existing institutions in existing fields; none where the store holds no fields."""
    rng = stream(seed, "researchers")
    fields = used_fields(background)
    count = max(_FEWEST, companies // _PER_RESEARCHER) if len(fields) else 0
    kinds = strings(background.institutions, "kind")
    academic = np.flatnonzero(np.isin(kinds.astype(str), ["university", "institute"]))
    hosts = academic if len(academic) else np.arange(len(kinds))
    institution = rng.choice(hosts, count) if len(hosts) else np.full(count, -1)
    chosen = rng.choice(fields, (count, 2)) if count else np.empty((0, 2), np.int64)
    chosen[:, 1] = np.where((chosen[:, 0] == chosen[:, 1]) | (rng.random(count) < _ONE_FIELD_SHARE), -1, chosen[:, 1])
    return Researchers(
        numbered("syn-r-", count, 5), institution, chosen, 0.7 * normal(rng, count), normal(rng, count, DIMENSION)
    )


def researcher_columns(researchers: Researchers, background: Background, until: int, seed: int) -> dict[str, object]:
    """Return the catalog's columns; a headline names the first field and the affiliation."""
    rng = stream(seed, "researcher dates")
    codes, names = (strings(background.fields, column)[researchers.fields[:, 0]] for column in ("code", "name"))
    hosts = np.append(strings(background.institutions, "name"), "")[researchers.institution]
    return {
        "id": researchers.ids,
        "source_id": researchers.ids,
        "headline": [
            f"{name}({code}) 연구자" + (f", {host}" if host else "")
            for name, code, host in zip(names, codes, hosts, strict=True)
        ],
        "consented_on": dates(until - rng.integers(1_830, 2_400, len(researchers))),
    }


def used_fields(background: Background) -> Ints:
    """Return positions of the fields that technologies lie in, else of all fields."""
    place = {id_: i for i, id_ in enumerate(background.fields["id"].to_pylist())}
    used = {f for fields in background.technology_fields.values() for f in fields if f in place}
    return np.array(sorted(place[f] for f in used) or list(place.values()), np.int64)
