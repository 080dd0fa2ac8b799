"""How well what companies say of themselves is read: ``python -m benchmarks.wordings --home dure-data``.

Reads labelled wordings (``tests/recommender/language/wordings.jsonl``) as the service does, with the regions and
industries of the home's snapshot, and prints for each field how many facts are stated, read, misread and made up.
A made-up or misread fact decides wrongly; a guess never decides, so guesses are counted apart. Then it prints the
milliseconds that a text of usual length takes, and those of texts of doubling length, which should double too,
whatever they repeat.
``--part`` names the part that is scored, ``--wrong`` lists the wordings that were not read as labelled.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from recommender.language.text_facts import read_text
from recommender.serve.profile_reading import read_profile
from recommender.snapshot.snapshot import Snapshot, open_snapshot
from stores.home import Home

WORDINGS: Final = Path("tests/recommender/language/wordings.jsonl")
PARTS: Final = (
    "dev",
    "ways",
    "held",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ordinary",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "varied",
    "aside",
    "plain",
)
"""For development: examples, and the ways in which one fact is told; eight series that were labelled before they were
scored, to be looked at once; sentences of somebody who had not seen the reader, to develop on (``ordinary``), and, of
seven others, a ninth to a fifteenth series to be looked at once; and sentences in many styles that were
written for development and are not held out, by chance half of them (``aside``) not looked at while the reader was
changed; and messages of small owners, most with a trap, labelled before they were scored, to develop on (``plain``;
their trades are not labelled)."""
DAY: Final = date(2026, 3, 2)
"""The day on which the wordings were said."""
_USUAL: Final = (
    "안녕하세요. 고양시 일산동구에서 반려동물 간식을 만드는 회사입니다. 2021년 3월에 창업했고 "
    "직원은 저 포함 4명입니다. 작년 매출은 3억 2천만원이었고 여성기업 확인서가 있습니다. 세금 체납은 없습니다. "
    "온라인 판로를 넓히고 싶고 운영자금도 필요합니다. "
)
_REPEATED: Final = {"sentences": _USUAL, "digits": "7", "one word": "직원,", "numbers": "5명, "}
"""What texts are made of whose length doubles: as people write, and as one would to take up the service's time."""
_SHORTEST: Final = 1_000
"""Characters of the first of them."""


@dataclass
class WordingScore:
    """Counts by field; ``wrong`` lists what was not as labelled: wording, field, what was right, what was read."""

    stated: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    """Facts that the wording does not state, or states otherwise."""
    guessed: Counter[str] = field(default_factory=Counter)
    guesses_read: Counter[str] = field(default_factory=Counter)
    false_guesses: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str, object, object]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the stated facts that were read, 1 where none is stated."""
        return self.read.total() / self.stated.total() if self.stated else 1.0


def wordings(part: str | None = None) -> list[dict[str, Any]]:
    """Read the labelled wordings, all or those of one part (``PARTS``)."""
    rows = [json.loads(line) for line in WORDINGS.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if part in (None, row["part"])]


def score(rows: Sequence[Mapping[str, Any]], snapshot: Snapshot) -> WordingScore:
    """Compare what is read of each wording with its labels; what is labelled ``either`` may be read or not."""
    found = WordingScore()
    for row in rows:
        facts, guesses = _read(row["text"], snapshot)
        stated, guessed, either = (_known(row.get(kind, {}), snapshot) for kind in ("stated", "guessed", "either"))
        for name in dict.fromkeys([*stated, *facts]):
            right, read = stated.get(name), facts.get(name)
            found.stated[name] += name in stated
            found.read[name] += name in stated and read == right
            false = read is not None and read not in (right, either.get(name))
            found.false[name] += false
            if false or (name in stated and read != right):
                found.wrong.append((row["text"], name, right, read))
        for name in dict.fromkeys([*guessed, *guesses]):
            right, read = guessed.get(name), guesses.get(name)
            found.guessed[name] += name in guessed
            found.guesses_read[name] += name in guessed and read == right
            false = read is not None and read not in (right, either.get(name))
            found.false_guesses[name] += false
            if false or (name in guessed and read != right):
                found.wrong.append((row["text"], f"guess of {name}", right, read))
    return found


def _known(labels: Mapping[str, Any], snapshot: Snapshot) -> Mapping[str, Any]:
    """Labels with the province in place of a district that the snapshot does not have."""
    region = labels.get("region")
    if region is None or snapshot.vocabulary("Region").find(region) is not None:
        return labels
    return {**labels, "region": region[:2]}


def _read(text: str, snapshot: Snapshot) -> tuple[dict[str, Any], dict[str, Any]]:
    """Facts and guesses of a text, written as the labels are."""
    profile, _ = read_profile(text, snapshot, today=DAY)
    said = read_text(text, DAY)
    facts = {
        "employees": profile.employees,
        "founded": said.founded and [day.isoformat() for day in said.founded],
        "yet_to_found": said.yet_to_found or None,
        "revenue_krw": profile.revenue_krw,
        "legal_form": profile.legal_form,
        "certificates": list(profile.certificates) or None,
        "standing": list(said.standing) or None,
        "region": next((ref.id for ref in profile.links.get("LOCATED_IN", ())), None),
    }
    industries = [ref.id.partition(":")[2] for ref in profile.guesses.get("IN_INDUSTRY", ())]
    listed = {name: [r.value for r in said.guesses(name)] for name in ("certificates", "standing")}
    single = {name: [r.value for r in said.guesses(name)][:1] for name in ("employees", "revenue_krw")}
    guesses = {"industry": industries, **listed, **{name: value[0] for name, value in single.items() if value}}
    return {name: value for name, value in facts.items() if value is not None}, {
        name: value for name, value in guesses.items() if value != []
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the scores of the parts asked for, and the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=Path("dure-data"), help="a home with a snapshot")
    parser.add_argument("--part", choices=PARTS, help="score one part of the wordings only")
    parser.add_argument("--wrong", action="store_true", help="list the wordings that were not read as labelled")
    options = parser.parse_args(arguments)
    snapshot = open_snapshot(Home(options.home).snapshots)
    for part in PARTS if options.part is None else (options.part,):
        rows = wordings(part)
        _print(f"{part}, {len(rows)} wordings", score(rows, snapshot), wrong=options.wrong)
    _print_times(snapshot)


def _print(title: str, found: WordingScore, *, wrong: bool) -> None:
    print(title)
    for name in found.stated:
        print(f"  {name}: stated {found.stated[name]}, read {found.read[name]}, false {found.false[name]}")
    print(
        f"  facts: stated {found.stated.total()}, read {found.read.total()} ({found.recall:.1%}), "
        f"false {found.false.total()}"
    )
    for name in found.guessed:
        print(
            f"  guesses of {name}: right {found.guesses_read[name]} of {found.guessed[name]}, "
            f"wrong {found.false_guesses[name]}"
        )
    if wrong:
        for text, name, right, read in found.wrong:
            print(f"  {text!r}: {name} is {right}, read {read}")


def _print_times(snapshot: Snapshot, most: int = 16_000) -> None:
    times = []
    for _ in range(20):
        start = time.perf_counter()
        read_profile(_USUAL, snapshot, today=DAY)
        times.append(time.perf_counter() - start)
    print(f"{len(_USUAL)} characters with places and trades: {sorted(times)[10] * 1e3:.1f} ms at the median")
    for name, repeated in _REPEATED.items():
        length = _SHORTEST
        while length <= most:
            text = (repeated * length)[:length]
            start = time.process_time()
            read_text(text, DAY)
            print(f"{length:,} characters of {name}, facts alone: {(time.process_time() - start) * 1e3:.0f} ms of CPU")
            length *= 2


if __name__ == "__main__":
    main()
