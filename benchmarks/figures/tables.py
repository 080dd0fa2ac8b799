"""Tables of the page: goals, what the network adds, cold queries, cost, and the runs behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.figures.archives import sha256_of
from benchmarks.figures.readings import ENGINE, SetRun
from recommender.bench.recommend_bench import FEW_COLD
from recommender.measure.bootstrap import Interval

NOT_MEASURED: Final = "not measured"
MOST_MINUTES: Final = 60
_COLD_TIMES: Final = 1.3
_AWARDS_ABOVE: Final = 5
_AWARDS_CLEAR: Final = 3
_CLEARLY: Final = 1.05
_LEAST: Final = 0.99
_TRUE: Final = 0.95
_NONE: Final = "–"
Line = Sequence[str]


def markdown_table(header: Line, rows: Sequence[Line]) -> list[str]:
    """Return the lines of a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines]


def goals_table(readings: Sequence[SetRun]) -> list[str]:
    """Tabulate the engine against the best simple model of the same run."""
    header = ("set", "metric", "best simple baseline", "engine, ± over seeds", "engine / baseline", "goal", "result")
    return markdown_table(header, [_goal_row(each) for each in readings])


def _goal_row(reading: SetRun) -> Line:
    of, best, compared = reading.of, reading.best_simple, reading.against_best()
    simple = _NONE if best is None else f"{best} {interval(reading.whole(best))}"
    engine = NOT_MEASURED
    if not reading.no_engine:
        engine = f"{interval(reading.whole(ENGINE))} ± {reading.spread(ENGINE):.4f}"
    goal = "" if of.goal is None else of.goal.text
    return (f"`{of.name}`", of.metric, simple, engine, _ratio(compared), goal, _goal_result(reading, compared))


def _goal_result(reading: SetRun, compared: Mapping[str, Any] | None) -> str:
    goal = reading.of.goal
    if reading.no_engine:
        return f"{not_measured(reading.no_engine)}: `{reading.of.command}`"
    if goal is None:
        return "no goal"
    if not goal.times:
        return result(reading.too_few_seeds, reached=reading.whole(ENGINE)["mean"] >= goal.least)
    if compared is None or compared["ratio"] is None:
        return not_measured("no baseline to compare with")
    reached = compared["ratio"]["mean"] >= goal.least and compared["difference"]["low"] > 0
    return result(reading.too_few_seeds, reached=reached)


def served_table(readings: Sequence[SetRun]) -> list[str]:
    """Tabulate what would serve if the valid window alone decided, and how that did on test."""
    rows: list[Line] = []
    for reading in readings:
        choice = reading.choice()
        if choice is None:
            continue
        compared = reading.against_best(choice.serves)
        ratio = "1, the same model" if choice.serves == reading.best_simple else _ratio(compared)
        simple, serves = (("engine" if name == ENGINE else name) for name in (choice.best_simple, choice.serves))
        valid = (f"{choice.engine:.4f}", f"{simple} {choice.simple:.4f}", str(choice.events))
        rows.append((f"`{reading.of.name}`", *valid, serves, f"{reading.whole(choice.serves)['mean']:.4f}", ratio))
    header = ("set", "engine, valid", "best simple, valid", "events", "serves", "test", "served / best simple on test")
    return markdown_table(header, rows) if rows else []


def network_table(readings: Sequence[SetRun]) -> list[str]:
    """Tabulate the engine minus itself without the network, by set and metric."""
    rows: list[Line] = []
    for reading in readings:
        gains = reading.network_gains()
        if not gains:
            why = reading.no_engine or "no row without the network"
            rows.append((f"`{reading.of.name}`", _NONE, NOT_MEASURED, _NONE, "", not_measured(why)))
        for gain in gains:
            goal = not reading.of.triples and gain["metric"] == reading.of.metric
            found, difference = "no goal", gain["difference"]
            if goal:
                found = result(reading.too_few_seeds, reached=difference["low"] > 0)
            signed, p = interval(difference, "+.4f"), f"{difference['p_value']:.4f}"
            rows.append((f"`{reading.of.name}`", gain["metric"], signed, p, "interval above 0" if goal else "", found))
    return markdown_table(("set", "metric", "engine − engine without the network", "p", "goal", "result"), rows)


def together_table(readings: Sequence[SetRun]) -> list[str]:
    """Tabulate what is to be reached over several sets together; nothing is judged before all of them were run."""
    awards = [each for each in readings if each.of.award]
    found = [compared for each in awards if (compared := each.against_best()) and compared["ratio"]]
    ratios = [each["ratio"]["mean"] for each in found]
    above, clear = sum(each["difference"]["low"] > 0 for each in found), sum(each >= _CLEARLY for each in ratios)
    asked = [each for each in readings if not each.of.triples]
    gains = [gain for each in asked for gain in each.network_gains() if gain["metric"] == each.of.metric]
    gaining = sum(gain["difference"]["low"] > 0 for gain in gains)
    least = min(ratios, default=0.0)
    goals = (
        ("award tasks: gain above 0", awards, found, str(above), f"≥ {_AWARDS_ABOVE}", above >= _AWARDS_ABOVE),
        (f"award tasks: ≥ {_CLEARLY} ×", awards, found, str(clear), f"≥ {_AWARDS_CLEAR}", clear >= _AWARDS_CLEAR),
        ("award tasks: the least", awards, found, f"{least:.3f} ×", f"≥ {_LEAST} ×", least >= _LEAST),
        ("all tasks: the network adds", asked, gains, str(gaining), "half of them", 2 * gaining >= len(asked)),
    )
    rows: list[Line] = []
    for name, of, run, measured, goal, reached in goals:
        missing = "" if len(run) == len(of) else f"{len(run)} of {len(of)} sets were run"
        judged = not_measured(missing) if missing else result("", reached=reached)
        rows.append((name, str(len(of)), NOT_MEASURED if missing else measured, goal, judged))
    return markdown_table(("figure", "sets", "measured", "goal", "result"), rows)


def cold_table(readings: Sequence[SetRun]) -> list[str]:
    """Tabulate NDCG@10 on queries of which nothing is known, over content-kNN."""
    rows: list[Line] = []
    for reading in readings:
        of, found = reading.of, reading.cold()
        goal = f"≥ {_COLD_TIMES} ×, interval above 1" if of.described else ""
        if not found:
            why = reading.no_engine or "the run compares no cold query with content-kNN"
            rows.append((f"`{of.name}`", _NONE, _NONE, NOT_MEASURED, goal, not_measured(why)))
        for kind, count, compared in found:
            rows.append((f"`{of.name}`", kind, f"{count:,}", _ratio(compared), goal, _cold_result(reading, compared)))
            if count < FEW_COLD:
                rows[-1] = (*rows[-1][:-1], f"fewer than {FEW_COLD} queries")
    return markdown_table(("set", "cold queries", "how many", "engine / content-kNN", "goal", "result"), rows)


def _cold_result(reading: SetRun, compared: Mapping[str, Any]) -> str:
    ratio = compared["ratio"]
    if not reading.of.described:
        return "no goal: queries have no text or attributes"
    if ratio is None:
        return "no ratio: content-kNN finds nothing"
    reached = ratio["mean"] >= _COLD_TIMES and ratio["low"] > 1
    return result(reading.too_few_seeds, reached=reached)


def explained_table(readings: Sequence[SetRun]) -> list[str]:
    """Tabulate how many explanations were true, of the sets of which some are to be tested."""
    rows: list[Line] = []
    for reading in readings:
        cases, found = reading.of.explained, reading.explained()
        if not cases:
            continue
        goal = f"≥ {_TRUE:.0%} of {cases:,}"
        if found is None:
            why = not_measured(reading.no_engine or "not run")
            rows.append((f"`{reading.of.name}`", NOT_MEASURED, _NONE, _NONE, goal, why))
            continue
        of, without = found["all"], sum(found["without_path"].values())
        share = interval({"mean": of["share"], "low": of["low"], "high": of["high"]}, ".3f")
        few = f"{of['cases'] + without} of {cases} cases" if of["cases"] + without < cases else ""
        reached = result(few, reached=of["share"] >= _TRUE)
        rows.append((f"`{reading.of.name}`", share, f"{of['cases']:,}", f"{without:,}", goal, reached))
    return markdown_table(("set", "true", "explained by a path", "by none", "goal", "result"), rows) if rows else []


def content_table(readings: Sequence[SetRun]) -> list[str]:
    """Tabulate the engine over content-kNN with the same text model, where the goal was named so."""
    rows: list[Line] = []
    for reading in readings:
        if not reading.of.content_goal:
            continue
        ratio = None if reading.no_engine else reading.against_content()
        shown = NOT_MEASURED if ratio is None else interval(vars_of(ratio), ".3f")
        why = reading.no_engine or "no content-kNN in the run"
        rows.append((f"`{reading.of.name}`", reading.of.metric, shown, "" if ratio else why))
    return markdown_table(("set", "metric", "engine / content-kNN, all queries", "note"), rows) if rows else []


def cost_table(readings: Sequence[SetRun]) -> list[str]:
    """Tabulate minutes and memory of each set, over all times that its run was started."""
    rows: list[Line] = []
    for reading in readings:
        legs = reading.timing.current
        if reading.metrics is None or not legs:
            why = reading.missing or "started by another command"
            rows.append((f"`{reading.of.name}`", *[_NONE] * 5, not_measured(why)))
            continue
        busy = sum(leg.cpu_seconds for leg in legs) / 60
        incomplete = reading.timing.seconds < reading.measured_seconds
        minutes = max(reading.timing.seconds, reading.measured_seconds) / 60
        found = result(_unfinished(reading), reached=minutes <= MOST_MINUTES)
        loads = f"{min(leg.load for leg in legs):.1f}–{max(leg.load for leg in legs):.1f}"
        shown = f"{'at least ' if incomplete else ''}{minutes:.1f}"
        memory = f"{reading.timing.peak_mib / 1024:.2f}"
        rows.append((f"`{reading.of.name}`", shown, f"{busy:.1f}", memory, str(len(legs)), loads, found))
    header = ("set", "minutes", "of a processor", "peak GiB", "starts", "load before", f"≤ {MOST_MINUTES} minutes")
    return markdown_table(header, rows)


def _unfinished(reading: SetRun) -> str:
    status = reading.timing.legs[-1].exit
    return reading.too_few_seeds if status == 0 else f"last start ended with status {status}"


def runs_table(readings: Sequence[SetRun], release: Path) -> list[str]:
    """Tabulate which data, code and seeds the figures are of, and the archive that holds the run."""
    rows: list[Line] = []
    for reading in readings:
        if reading.metrics is None:
            rows.append((f"`{reading.of.name}`", *[_NONE] * 4, not_measured(reading.missing)))
            continue
        hashes, seeds = reading.metrics["hashes"], ", ".join(map(str, reading.metrics["seeds"]))
        commit = reading.timing.legs[-1].machine.get("commit", "") if reading.timing.legs else ""
        archive = f"`{sha256_of(release / f'{reading.of.name}.tar.gz') or 'not packed'}`"
        code = hashes["code_version"]
        rows.append((f"`{reading.of.name}`", seeds, f"`{hashes['data'][:16]}`", f"`{code}`", commit or _NONE, archive))
    return markdown_table(("set", "seeds", "data", "code", "commit", "SHA-256 of the archive"), rows)


def result(reservation: str, *, reached: bool) -> str:
    """Say met or missed; where the figure does not count, say why instead."""
    if reservation:
        return f"does not count: {reservation}"
    return "**met**" if reached else "missed"


def not_measured(why: str) -> str:
    """Say that there is no figure, and why."""
    return f"{NOT_MEASURED}: {why}"


def interval(value: Mapping[str, Any], form: str = ".4f") -> str:
    """Return ``mean [low, high]``."""
    return f"{value['mean']:{form}} [{value['low']:{form}}, {value['high']:{form}}]"


def vars_of(value: Interval) -> dict[str, float]:
    """Return an interval as a run file has it."""
    return {"mean": value.mean, "low": value.low, "high": value.high}


def _ratio(compared: Mapping[str, Any] | None) -> str:
    return _NONE if compared is None or compared["ratio"] is None else interval(compared["ratio"], ".3f") + " ×"


def _cell(text: str) -> str:
    """Text as it stands in one cell: no line break, no bar."""
    return " ".join(text.replace("|", "\\|").split())
