"""The made-up city of a home: made once, and made again where its rule is to be asked what can be known."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from cli.composition import store_of
from cli.output import say
from graph_schema.catalog import element_type
from graph_schema.errors import ConfigError, DureError
from graph_schema.progress import Progress
from graph_schema.wording import Wording
from loaders.synthesize.background import read_background
from loaders.synthesize.city import City, build_city
from loaders.synthesize.synthesis import SynthesisReport, synthesize
from loaders.synthesize.tables import city_tables
from loaders.synthesize.truth import DaySpan, Truth, truth_of
from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Floats, Indices

if TYPE_CHECKING:
    from cli.settings import Settings
    from recommender.snapshot.snapshot import Snapshot
    from stores.base import GraphStore

UNTIL: Final = date(2026, 3, 1)
"""Last day of every city of the command line."""
_CHOICES: Final = ("APPLIED_TO", "CONSULTED", "LICENSED", "COLLABORATED_WITH", "OCCUPIES")
_EPOCH: Final = date(1970, 1, 1)


def make_city(
    settings: Settings, store: GraphStore, *, companies: int, seed: int, progress: Progress
) -> SynthesisReport:
    """Make a city up in ``store``, and keep with what it was made."""
    report = synthesize(store, companies=companies, seed=seed, until=UNTIL, progress=progress)
    made = {"companies": companies, "seed": seed, "until": UNTIL.isoformat()}
    settings.files.city.parent.mkdir(parents=True, exist_ok=True)  # the store may be a server
    settings.files.city.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    return report


def oracle_of(
    settings: Settings, snapshot: Snapshot, store: str | None = None, *, quiet: bool = False
) -> CityOracle | None:
    """Return the rule of the home's made-up city; None where it has none, or with a note where it cannot be asked."""
    if not settings.files.city.exists():
        return None
    try:
        made = json.loads(settings.files.city.read_text(encoding="utf-8"))
        with store_of(settings, store, read_only=True) as opened:
            return CityOracle(rebuilt(opened, snapshot, int(made["seed"]), date.fromisoformat(made["until"])))
    except (DureError, OSError, ValueError, KeyError) as error:
        why = error.wording if isinstance(error, DureError) else Wording.alike(f"{settings.files.city}: {error}")
        if not quiet:
            say(Wording(f"오라클(가상 도시의 참 규칙) 생략: {why.ko}", f"oracle (the true rule) left out: {why.en}"))
        return None


def rebuilt(store: GraphStore, snapshot: Snapshot, seed: int, until: date) -> City:
    """Make the city of a snapshot again, as large as it is there, around what ``store`` holds.

    Raises ``ConfigError`` where its companies do not choose what they chose in the snapshot.
    """
    companies = int(np.asarray(snapshot.nodes("Company").column("synthetic")).sum())
    city = build_city(read_background(store), companies=companies, seed=seed, until=until)
    for name, made in city_tables(city).items():
        element = element_type(name)
        if not any(f"__{type_}__" in name for type_ in _CHOICES):
            continue
        kept = snapshot.table(element)
        kept = kept.filter(kept.column("synthetic"))
        columns = [each for each in ("src", "dst", "on") if each in made.column_names]
        ours, theirs = (set(zip(*(t.column(c).to_pylist() for c in columns), strict=True)) for t in (made, kept))
        if ours != theirs:
            count = len(ours ^ theirs)
            raise ConfigError(
                Wording(
                    f"기업 {companies}곳, seed {seed}, {until}까지의 도시와 스냅숏의 {name}이(가) {count}행 다릅니다. "
                    "만들 때의 값을 쓰십시오. 그 뒤에 대장을 적재했거나 코드가 바뀌었으면 `dure demo`로 새 홈을 "
                    "만드십시오",
                    f"the city of {companies} companies, seed {seed}, until {until} differs from the snapshot in "
                    f"{count} rows of {name}; give the --seed and --until it was made with, or, where registers were "
                    "loaded after it or it was made by other code, make a fresh home with `dure demo`",
                )
            )
    return city


@dataclass(frozen=True)
class CityOracle:
    """The rule by which the companies of a city chose; see ``recommender.knowledge.oracle``."""

    city: City

    @property
    def settings(self) -> Mapping[str, object]:
        """Size, seed and last day of the city."""
        companies = len(self.city.players.companies)
        until = _EPOCH + timedelta(days=self.city.until)
        return {"type": "oracle", "companies": companies, "seed": self.city.seed, "until": until.isoformat()}

    def scorer(self, known: Known, days: tuple[date, date]) -> TrueRule | None:
        """Return what it expects from the first day until before the second; None for choices that it did not draw."""
        try:
            return TrueRule.of(self.city, known, days)
        except KeyError:
            return None


@dataclass(frozen=True)
class TrueRule:
    """The rule of a city as a scorer of one window.

    ``company``, (query nodes,): each asker's place in the city, -1 where it is not of the city. ``column``,
    (city's candidates,): the place of each among the nodes of the candidate label, -1 where it is none.
    """

    city: City
    truth: Truth
    span: DaySpan
    company: Indices
    column: Indices

    @classmethod
    def of(cls, city: City, known: Known, days: tuple[date, date]) -> TrueRule:
        """Return the rule for the nodes of ``known`` on the days from the first until before the second.

        Raises ``KeyError`` where the city's companies do not choose among the candidates.
        """
        truth = truth_of(city, known.task.candidate)
        span = DaySpan(*((day - _EPOCH).days for day in days))
        company = _places(known.queries.ids, city.players.companies.ids.tolist())
        return cls(city, truth, span, company, _places(truth.ids.tolist(), known.candidates.ids))

    def score(self, questions: Questions) -> Floats:
        """Return what is expected of every candidate, (Q, C); 0 for those and of those that the city has not."""
        company = self.company[questions.query]
        inside, there = np.flatnonzero(company >= 0), np.flatnonzero(self.column >= 0)
        found: Floats = np.zeros((len(questions), questions.n_candidates), np.float32)
        expected = self.truth.expected(self.city, self.span, company[inside])
        found[np.ix_(inside, self.column[there])] = expected[:, there]
        return found


def _places(ids: Sequence[str], among: Sequence[str]) -> Indices:
    place = {id_: at for at, id_ in enumerate(among)}
    return np.array([place.get(id_, -1) for id_ in ids], np.int64)
