"""Whether a learned model may serve: it must beat the best simple scorer on later data, or an operator decides so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

import numpy as np

from graph_schema.wording import Wording
from recommender.measure.arrays import Indices, Values
from recommender.measure.bootstrap import Difference, paired_difference
from recommender.measure.gap import GapClosed

MIN_EVENTS: Final = 30
"""Fewer independent events than these prove nothing, and the simple scorer serves."""
IN_SERVICE: Final = "in service"
"""Name of what serves now in the comparison with what would replace it."""
_ERRORS_WIDE: Final = 2 * 1.96
"""Standard errors from end to end of a 95 % interval."""


class PromotionVerdict(StrEnum):
    """Why a scorer serves."""

    LEARNED = "learned"
    """The learned model beat the best simple scorer on later data, the interval above zero."""
    BASELINE = "baseline"
    """It did not, so the best simple scorer serves."""
    KEPT = "kept"
    """What served before is better than what would have replaced it, the interval above zero, and goes on."""
    FORCED = "forced"
    """It did not, or could not be tested, and an operator chose to serve it (``--force``)."""
    FAILED = "failed"
    """The learned model could not be trained or tested, so the best simple scorer serves."""
    SIMPLE = "simple"
    """Nothing learned was compared; the best simple scorer serves."""
    UNTESTED = "untested"
    """Later data are too few to test anything on; the simple scorer that did best before serves."""
    ALONE = "alone"
    """There was no simple scorer to compare it with."""
    ELSEWHERE = "elsewhere"
    """Dated pairs are too few to choose by; weights learned on public records of other places serve."""
    CONTENT = "content"
    """Dated pairs are too few to choose by; likeness of texts serves."""


@dataclass(frozen=True)
class Promotion:
    """The comparison of ``challenger`` and ``baseline`` on the later windows, and the verdict.

    ``difference`` is in mean NDCG@10, with its 95 % interval and two-sided p-value over ``events`` independent
    events; all None where nothing was compared. ``windows``: first days and the day after the last.

    ``failed``: what could not be trained or tested, and what happened. ``before``: what served when this was trained;
    empty where nothing did, or the same with the same settings. ``before_ahead``: by how much that is better than what
    replaces it; None where the two were not compared.
    """

    verdict: PromotionVerdict
    challenger: str = ""
    baseline: str = ""
    challenger_ndcg: float | None = None
    baseline_ndcg: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    askers: int = 0
    events: int = 0
    windows: tuple[str, ...] = ()
    failed: Mapping[str, Wording] = field(default_factory=dict)
    before: str = ""
    before_ahead: Difference | None = None

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Promotion:
        """Return what ``dataclasses.asdict`` made plain; what an older bundle does not name stays as by default."""
        ahead = raw.get("before_ahead")
        return cls(
            **{
                **raw,
                "verdict": PromotionVerdict(raw["verdict"]),
                "windows": tuple(raw["windows"]),
                "failed": {name: Wording(**each) for name, each in raw.get("failed", {}).items()},
                "before_ahead": None if ahead is None else Difference(**ahead),
            }
        )

    @property
    def is_close(self) -> bool:
        """Whether an interval that decided ends within one standard error of zero.

        A machine that rounds otherwise may then decide otherwise.
        """
        own = None if self.low is None or self.high is None else (self.low, self.high)
        ahead = self.before_ahead
        decided = (
            own if self.verdict in _BY_INTERVAL else None,
            None if ahead is None else (ahead.low, ahead.high),
        )
        return any(abs(low) <= (high - low) / _ERRORS_WIDE for low, high in filter(None, decided))

    def forced(self) -> Promotion:
        """Return the same with the learned model put into service by an operator."""
        return replace(self, verdict=PromotionVerdict.FORCED)


_BY_INTERVAL: Final = (PromotionVerdict.LEARNED, PromotionVerdict.BASELINE, PromotionVerdict.KEPT)
"""Verdicts that hang on where the interval of the difference ends."""


@dataclass(frozen=True)
class Compared:
    """NDCG@10 by name on the same askers, each of shape (askers,), and the event that each asker answers for."""

    values: Mapping[str, Values]
    groups: Indices

    @property
    def events(self) -> int:
        """Independent events."""
        return len(np.unique(self.groups))


def judge(challenger: str, compared: Compared, windows: tuple[str, ...]) -> Promotion:
    """Compare ``challenger`` with the other that did best in hindsight, the hardest of them to beat."""
    means = {name: float(values.mean()) for name, values in compared.values.items()}
    baseline = max((name for name in means if name != challenger), key=lambda name: means[name])
    found = paired_difference(compared.values[challenger], compared.values[baseline], groups=compared.groups)
    return Promotion(
        _verdict(found, compared.events),
        challenger,
        baseline,
        means[challenger],
        means[baseline],
        found.mean,
        found.low,
        found.high,
        found.p_value,
        len(compared.groups),
        compared.events,
        windows,
    )


def _verdict(found: Difference, events: int) -> PromotionVerdict:
    if events < MIN_EVENTS:
        return PromotionVerdict.UNTESTED
    return PromotionVerdict.LEARNED if found.low > 0 else PromotionVerdict.BASELINE


def gap_words(of: GapClosed) -> Wording:
    """Say how much of what can be known of made-up choices the engine knows."""
    knows = f"NDCG@10 {of.oracle:.4f}"
    if not of.shown:
        return Wording(
            f"참 규칙(오라클) {knows}: 기준선({of.baseline})보다 앞선다고 보이지 못했습니다.",
            f"The true rule (oracle), {knows}, is not shown to be ahead of {of.baseline}.",
        )
    return Wording(
        f"참 규칙(오라클) {knows}: 기준선({of.baseline})과의 간격 가운데 {of.model}의 몫 {of.shown}.",
        f"The true rule (oracle) has {knows}; {of.model} closes {of.shown} of the gap from {of.baseline}.",
    )


def why(promotion: Promotion | None) -> Wording:
    """Say why what serves a task serves it, what could not compete, and what was not compared."""
    if promotion is None:
        return Wording("담당자가 직접 지정한 방식입니다.", "An operator configured this scorer.")
    parts = (_decided(promotion), *_failures(promotion), *_uncompared(promotion))
    return Wording(" ".join(each.ko for each in parts), " ".join(each.en for each in parts))


def _decided(of: Promotion) -> Wording:
    if of.difference is None or of.verdict not in _COMPARED:
        return _UNTESTED[of.verdict](of)
    figures = f"NDCG@10 {of.difference:+.4f} [{of.low:+.4f}, {of.high:+.4f}], p {of.p_value:.3f}"
    ko = f"{figures}, 질의 기업 {of.askers:,}곳, 사건 {of.events:,}건"
    en = f"{figures}, {of.askers:,} askers, {of.events:,} events"
    said = _COMPARED[of.verdict](of)
    return Wording(f"{said.ko}: {ko}.", f"{said.en}: {en}.")


def _failures(of: Promotion) -> Iterator[Wording]:
    """Name what could not compete; what happened to it is for the card and for who trains, not for who asks."""
    names = ", ".join(name for name in of.failed if name != IN_SERVICE)
    if names:
        yield Wording(f"학습하지 못해 비교에서 빠진 방식: {names}.", f"Left out, as they failed in training: {names}.")


def _uncompared(of: Promotion) -> Iterator[Wording]:
    """Say that what served before had no say, where it had none."""
    if not of.before or of.before_ahead is not None or of.verdict is PromotionVerdict.KEPT:
        return
    if of.verdict in (PromotionVerdict.CONTENT, PromotionVerdict.ELSEWHERE):
        yield Wording(
            f"같은 이유로 지금까지 쓰던 방식({of.before})과 비교할 수 없었습니다.",
            f"Nor could it be compared with what served before ({of.before}).",
        )
    elif IN_SERVICE in of.failed:
        yield Wording(
            f"지금까지 쓰던 방식({of.before})은 이 버전에서 열 수 없어 비교하지 않았습니다.",
            f"What served before ({of.before}) cannot be opened by this version, so it was not compared.",
        )
    else:
        yield Wording(
            f"지금까지 쓰던 방식({of.before})과는 비교하지 않았습니다(`--force`).",
            f"It was not compared with what served before ({of.before}): `--force`.",
        )


_COMPARED: Final[Mapping[PromotionVerdict, Callable[[Promotion], Wording]]] = {
    PromotionVerdict.LEARNED: lambda of: Wording(
        f"학습한 모델({of.challenger})이 이후 기간에서 가장 나은 단순 방식({of.baseline})보다 나았습니다",
        f"On later data the learned model ({of.challenger}) beat the best simple scorer ({of.baseline})",
    ),
    PromotionVerdict.BASELINE: lambda of: Wording(
        f"학습한 모델({of.challenger})이 낫다고 확인되지 않아 단순 방식({of.baseline})이 추천합니다",
        f"The learned model ({of.challenger}) is not shown to be better, so the simple scorer {of.baseline} serves",
    ),
    PromotionVerdict.KEPT: lambda of: Wording(
        f"지금까지 쓰던 방식이 이후 기간에서 새 방식({of.baseline})보다 나아 그대로 추천합니다",
        f"On later data what served before beat what would have replaced it ({of.baseline}), so it goes on",
    ),
    PromotionVerdict.FORCED: lambda of: Wording(
        f"학습한 모델({of.challenger})이 {of.baseline}보다 낫다고 확인되지 않았으나 담당자가 사용을 승인했습니다",
        f"The learned model ({of.challenger}) is not shown to beat {of.baseline}, but an operator chose to serve "
        "it (`--force`)",
    ),
    PromotionVerdict.UNTESTED: lambda of: Wording(
        f"이후 기간의 사건이 {MIN_EVENTS}건보다 적어 {of.challenger} 대신 단순 방식({of.baseline})이 추천합니다",
        f"Fewer than {MIN_EVENTS} later events are too few to judge {of.challenger}, so {of.baseline} serves",
    ),
}
_UNTESTED: Final[Mapping[PromotionVerdict, Callable[[Promotion], Wording]]] = {
    PromotionVerdict.ELSEWHERE: lambda _: Wording(
        "날짜가 있는 관계가 너무 적어, 다른 곳의 공개 기록으로 학습한 가중치로 추천합니다. 이 도시에서 확인한 것은 "
        "아닙니다.",
        "Dated links are too few to learn from or to judge by, so weights learned on public records elsewhere serve; "
        "nothing of it was tested here.",
    ),
    PromotionVerdict.CONTENT: lambda _: Wording(
        "날짜가 있는 관계가 너무 적어 문구 유사도로 추천합니다.",
        "Dated links are too few to learn from or to judge by, so text similarity serves.",
    ),
    PromotionVerdict.FAILED: lambda of: Wording(
        f"학습한 모델을 만들지 못해 가장 나은 단순 방식({of.baseline})이 추천합니다.",
        f"The learned model could not be made, so the best simple scorer, {of.baseline}, serves.",
    ),
    PromotionVerdict.SIMPLE: lambda of: Wording(
        f"학습한 모델과 비교하지 않았으며, 가장 나은 단순 방식({of.baseline})이 추천합니다.",
        f"Nothing learned was compared; the best simple scorer, {of.baseline}, serves.",
    ),
    PromotionVerdict.ALONE: lambda of: Wording(
        f"비교할 단순 방식이 없어 그대로 쓰는 학습 모델({of.challenger})입니다.",
        f"There was no simple scorer to compare {of.challenger} with.",
    ),
    PromotionVerdict.UNTESTED: lambda of: Wording(
        f"이후 기간의 관계가 너무 적어 확인할 수 없으므로 단순 방식({of.baseline})이 추천합니다.",
        f"Later links are too few to test {of.challenger} on, so the simple scorer {of.baseline} serves.",
    ),
    PromotionVerdict.FORCED: lambda of: Wording(
        f"이후 기간의 관계가 너무 적어 확인하지 못했으나 담당자가 학습한 모델({of.challenger})의 사용을 승인했습니다.",
        f"Later links are too few to test {of.challenger} on, but an operator chose to serve it (`--force`).",
    ),
}


def what_failed(of: Promotion | None) -> Iterator[Wording]:
    """Say of each scorer that could not compete what happened to it, for the card and for who trains."""
    for name, why_ in ({} if of is None else of.failed).items():
        yield Wording(f"{name} 실패: {why_.ko}", f"{name} failed: {why_.en}")
