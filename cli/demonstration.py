"""The demonstration, step by step; each step uses what a command of ``dure`` uses."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from cli.answers import show_answer
from cli.beside import Beside, beside
from cli.city import make_city, oracle_of
from cli.composition import read_settings, store_of
from cli.language import locale_language
from cli.options import training_jobs
from cli.output import heading, progress_shown, say, say_table
from cli.reports import show_city, show_snapshot
from cli.settings import Settings
from cli.store_check import show_check
from graph_schema.model import NodeRef
from graph_schema.progress import Progress
from graph_schema.wording import Wording
from loaders.frame import load
from loaders.registry import find_source
from loaders.samples import sample_awards, sample_loads
from recommender.importers.registry import import_set
from recommender.lab.experiment import NO_ENCODER
from recommender.language.answers import Audience
from recommender.publish.bundle import read_bundle_spec
from recommender.publish.registry import ModelRegistry
from recommender.publish.succession import promote
from recommender.publish.task_training import TrainConfig
from recommender.publish.training import TrainInput, train, what_was_not_made
from recommender.serve.profile_reading import read_profile
from recommender.serve.recommender import Recommender, open_recommender
from recommender.snapshot.snapshot import Snapshot, open_snapshot, write_snapshot
from recommender.snapshot.view.write import write_view

_AS_OF = date(2026, 3, 2)
_SEED = 7
"""Of the made-up city, so that each demonstration shows the same one."""
_ORGANISATIONS = (
    NodeRef("Institution", "서울대학교산학협력단"),
    NodeRef("Institution", "동의대학교산학협력단"),
    NodeRef("Company", "name:윈텍오토메이션"),
)
_PROFILE = (
    "고양시 일산동구에서 빵집을 하는 개인사업자, 직원 3명, 2021년 창업. 온라인 판매를 시작하고 싶고 운영자금도 필요하다"
)


_NEXT = (
    "",
    Wording(
        "추천 받기:       dure recommend --profile '…' --task programs",
        "Ask:                 dure recommend --profile '…' --task programs",
    ),
    Wording(
        "서버 띄우기:     dure serve --open, 문서는 http://127.0.0.1:8000/docs",
        "Serve it:            dure serve --open, then see http://127.0.0.1:8000/docs",
    ),
    Wording(
        "내 자료 적재:    dure load --list; dure load companies my-companies.csv; dure snapshot; dure train",
        "Load your own file:  dure load --list; dure load companies my-companies.csv; dure snapshot; dure train",
    ),
)
_AWARDS = Wording(
    "일본 미야기현의 보조금(gBizINFO): 2018년까지의 선정을 알고, 2021년부터의 선정을 맞힙니다.",
    "Subsidies of Miyagi prefecture, Japan (gBizINFO): approvals to 2018 are known, those from 2021 are asked.",
)
_LOADED = (
    Wording("출처", "source"),
    Wording("내용", "what"),
    Wording("읽음", "read"),
    Wording("적재", "loaded"),
    Wording("그대로", "unchanged"),
    Wording("격리", "quarantined"),
    Wording("초", "seconds"),
)


@dataclass
class _Stopwatch:
    """Minutes since the start, for the headings."""

    began: float = field(default_factory=time.monotonic)

    def heading(self, number: int, text: str) -> None:
        heading(f"[bold]{number}. {text}[/]  {(time.monotonic() - self.began) / 60:.1f} min")


def demonstrate(store: str | None, *, companies: int, seeds: int) -> None:
    """Run all steps; what a killed run left is used again.

    The evaluation needs nothing of the others, and runs in a process of its own beside them until it is shown.
    """
    settings, clock = read_settings(), _Stopwatch()
    out = settings.files.reports / "awards"
    with _evaluating(out, seeds) as evaluation, progress_shown() as progress:
        clock.heading(1, "공공데이터 적재 · Load the registers and make a city up")
        _load(settings, store, companies, progress)
        clock.heading(2, "스냅샷 · Snapshot")
        snapshot = _snapshot(settings, store, progress)
        clock.heading(3, "학습 · Train all tasks")
        config, oracle = TrainConfig(encoder=settings.encoder), oracle_of(settings, snapshot, store)
        given = TrainInput(oracle=oracle, jobs=training_jobs(snapshot))
        version = train(snapshot, settings.home, config, beside=given, progress=progress)
        promote(ModelRegistry(settings.files.models), version, "the demonstration")
        card = settings.files.models / version / "model_card.md"
        say(Wording(f"모델 {version}; 모델 카드: {card}", f"model {version}; its card: {card}"))
        if (lacking := what_was_not_made(read_bundle_spec(card.parent))) is not None:
            say(lacking, error=True)
        clock.heading(4, "실제 지원 내역으로 평가 · Evaluate on real awards: who is supported next by what?")
        say(_AWARDS)
        say(evaluation.finished("evaluation", progress).rstrip())
        clock.heading(5, "추천 · Recommend, with reasons")
        recommender = open_recommender(settings.home)
        _recommend(recommender)
        clock.heading(6, "그래프 보기 · The graph as a picture")
        view = write_view(snapshot, _ORGANISATIONS[0], settings.files.views / "first-look.html")
        say(Wording(f"브라우저로 열어 보십시오: {view.resolve()}", f"open in a browser: {view.resolve()}"))
    _next_steps(out / "report.html", time.monotonic() - clock.began)


def _load(settings: Settings, store: str | None, companies: int, progress: Progress) -> None:
    with store_of(settings, store, progress=progress) as opened:
        opened.migrate()
        rows = []
        for name, path in sample_loads():
            source = replace(find_source(name), language=locale_language())
            report = load(source, [path], opened, quarantine_dir=settings.files.quarantine, progress=progress)
            counts = (report.read, report.loaded, report.unchanged, report.quarantined, f"{report.seconds:.1f}")
            rows.append((name, Wording(source.title_ko, source.title_en), *counts))
        title = Wording(f"실제 공공데이터 → {opened.uri}", f"Real public data → {opened.uri}")
        say_table(title, _LOADED, rows, right=range(2, 7))
        show_city(make_city(settings, opened, companies=companies, seed=_SEED, progress=progress))


def _snapshot(settings: Settings, store: str | None, progress: Progress) -> Snapshot:
    with store_of(settings, store, adopting=True, progress=progress) as opened:
        snapshot = write_snapshot(opened, settings.files.snapshots, progress=progress, checked=show_check)
    show_snapshot(snapshot)
    return open_snapshot(settings.files.snapshots)


@contextmanager
def _evaluating(out: Path, seeds: int) -> Iterator[Beside]:
    """Run the engine, its controls and the simple scorers on awards of a prefecture; all is written to ``out``."""
    with progress_shown() as progress:
        folder = import_set("miyagi", sample_awards(), out / "data", progress)[0]
    command = ("experiment", "run", folder, "--out", out, "--seeds", seeds, "--encoder", NO_ENCODER)
    with beside([str(each) for each in command]) as evaluation:
        yield evaluation


def _recommend(recommender: Recommender) -> None:
    for ref in _ORGANISATIONS:
        say(f"\n{recommender.snapshot.caption(ref)} → R&D 협력 파트너 · R&D partners")
        show_answer(
            recommender.recommend("partners", ref, n=3, as_of=_AS_OF, audience=Audience.CITY), language="ko", reasons=2
        )
    say(f"\n“{_PROFILE}” → 지원사업 · support programmes")
    profile, notes = read_profile(_PROFILE, recommender.snapshot, today=_AS_OF)
    for note in notes:
        say(f"  {note.ko}")
    show_answer(recommender.recommend("programs", profile, n=5, as_of=_AS_OF, audience=Audience.CITY), language="ko")


def _next_steps(report: Path, seconds: float) -> None:
    own, others = (
        resource.getrusage(who).ru_maxrss * 1024 / 1e9 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    minutes = f"{seconds / 60:.1f}"
    say(Wording(f"\n보고서: {report.resolve()}", f"\nreport: {report.resolve()}"))
    say(
        Wording(
            f"{minutes}분 만에 마쳤습니다. 메모리 최대 {own:.1f} GB, 학습·평가 프로세스마다 최대 {others:.1f} GB",
            f"done in {minutes} min, at most {own:.1f} GB of memory here and {others:.1f} GB in each process beside",
        )
    )
    for line in _NEXT:
        say(line)
