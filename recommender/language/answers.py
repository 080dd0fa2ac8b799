"""What a recommendation request answers with: ranked results, checks, reasons, lineage."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph_schema.model import NodeRef
from graph_schema.wording import Wording


class Verdict(StrEnum):
    """What a constraint says of one result. Results that are out are never listed."""

    IN = "in"
    OUT = "out"
    CHECK = "to_be_checked"


class Audience(StrEnum):
    """Who reads an answer: decides what its reasons may tell of other companies."""

    COMPANY = "company"
    """The asker: public facts and its own dealings; of other companies' dealings only how many there are."""
    CITY = "city"
    """The city's coordinators: all that the snapshot holds."""


@dataclass(frozen=True, slots=True)
class Check:
    """One constraint applied to one candidate."""

    rule: str
    verdict: Verdict
    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class PathStep:
    """One relationship of an explaining path, as the snapshot holds it."""

    source: NodeRef
    type: str
    target: NodeRef
    origin: str
    """The register it comes from (the relationship's ``source`` property)."""
    loaded_at: str | None
    on: str | None
    """Date of the fact, ISO, where it has one."""
    synthetic: bool
    in_snapshot: bool = True
    """False for a fact that the profile in the request states."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a result is listed: a path, how many companies like the asker chose it, or attributes in common.

    ``companies`` is the number of other companies that a count is of, which are never named; None for other reasons.
    """

    ko: str
    en: str
    steps: tuple[PathStep, ...] = ()
    attributes: tuple[str, ...] = ()
    companies: int | None = None


class Grade(StrEnum):
    """How likely a result is, beside an average result of its task."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One ranked result."""

    rank: int
    ref: NodeRef
    caption: str
    score: float
    """That of the pair in the asker's own list; the other way round past use counts in the order too."""
    synthetic: bool
    checks: tuple[Check, ...]
    """Only those to be checked and those that needed a fact to pass."""
    reasons: tuple[Reason, ...]
    url: str | None = None
    probability: float | None = None
    """Calibrated probability that the link forms within ``Answer.probability.months``; None where none is given
    (``Answer.probability`` says why)."""
    grade: Grade | None = None
    """How ``probability`` compares with that of an average result of the task; None where that is None."""
    tied: int = 1
    """How many admitted results share this score, itself among them."""
    alike: tuple[NodeRef, ...] = ()
    """Further results that a person cannot tell from this one, which stands for them."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where an answer comes from, so that it can be made again."""

    snapshot_id: str
    model_version: str
    config_hash: str


@dataclass(frozen=True, slots=True)
class ServedBy(Wording):
    """What ranked the answer and why: ``verdict`` as a code, and a sentence."""

    scorer: str
    verdict: str


@dataclass(frozen=True, slots=True)
class ProbabilityNote(Wording):
    """What the probabilities of an answer mean, ``months`` being their time; or why there are none (None)."""

    months: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request; ``excluded`` counts candidates that each rule kept out."""

    task: str
    as_of: str
    recommendations: tuple[Recommendation, ...]
    excluded: dict[str, int]
    lineage: Lineage
    scorer: str
    served_by: ServedBy
    probability: ProbabilityNote
    notes: tuple[Wording, ...] = ()
    """What a reader must know of this list: how ties were ordered, that little is known of the asker."""
