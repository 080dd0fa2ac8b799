"""Measures finding the same organisations among 100,000, 300,000 and 1,000,000 rows of registers.

``python -m benchmarks.resolution.scale --rows 100000 300000`` makes the rows by a rule (below), each size in a process
of its own, and prints seconds, processor seconds, peak memory, and how the pairs compare with those that were made.
Goals: time that grows about as fast as the rows, a million in five minutes and 4 GB on two cores.

The rule: a company is a name of two to four syllables and one of 40 endings, drawn so that some names are common (about
as many companies bear one name as in the country's register), a city of the table of regions, an industry, and a
product. 60 % stand in one register, 25 % in two and 15 % in three: by number, name and place; by name, place and
product; by name alone. Spellings vary between registers.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from loaders import regions
from loaders.resolve.decisions import proposals_of
from loaders.resolve.organisations import SCHEMA

_SIZES: Final = (100_000, 300_000, 1_000_000)
_SYLLABLES: Final = (
    "가나다라마바사아자하고노도로모보소오조호구누두루무부수우주후그니디리미비시이지기대태성한신삼세정진영동명현원일"
)
# fmt: off
_ENDINGS: Final = (
    "테크", "산업", "바이오", "정밀", "전자", "시스템", "이엔지", "솔루션", "소프트", "푸드", "메디칼", "에너지",
    "코리아", "엔지니어링", "건설", "화학", "기계", "금속", "환경", "로보틱스", "디자인", "글로벌", "인터내셔널",
    "컴퍼니", "네트웍스", "랩", "팜", "케미칼", "텍", "물산", "상사", "기업", "개발", "산기", "전기", "통신",
    "미디어", "엔터프라이즈", "이노베이션", "홀딩스",
)
_PRODUCTS: Final = (
    "펌프", "밸브", "베어링", "금형", "센서", "배터리", "필터", "커넥터", "조명", "화장품", "두부", "김치", "가구",
    "의자", "단열재", "도료", "렌즈", "드론", "로봇팔", "백신",
)
# fmt: on
_WRITTEN: Final = ("주식회사 {}", "(주){}", "{} 주식회사", "㈜{}", "{}(주)")
_MOST_COMMON: Final = 1.3
_NAME_ALONE: Final = 2
"""Kind of register that knows no more than a name and a product; 0 has the number, 1 the place."""
_IN_REGISTERS: Final = (0.60, 0.85)
SEED: Final = 20261127


def organisations(rows: int) -> tuple[pa.Table, npt.NDArray[np.int64]]:
    """Make about ``rows`` rows with the columns of ``SCHEMA``, and the company that each is; shape (rows,)."""
    rng = np.random.default_rng(SEED)
    count = int(rows / 1.55)
    names = _names(rng, count)
    cities = np.array([code for code in regions.table() if regions.city(code) == code])
    place, trade = rng.choice(cities, count), rng.integers(10, 34, count) * 1000 + rng.integers(100, 400, count)
    product = rng.choice(_PRODUCTS, count)
    registers = 1 + (rng.random(count) > _IN_REGISTERS[0]) + (rng.random(count) > _IN_REGISTERS[1])
    company = np.repeat(np.arange(count), registers)[:rows]
    nth = np.arange(len(company)) - np.searchsorted(company, company)
    kind = (nth + rng.integers(0, 3, count)[company]) % 3
    written = rng.integers(0, len(_WRITTEN), len(company))
    columns = {
        "label": ["Company"] * len(company),
        "id": [f"{'name:' if k else 'brn:'}{i:010d}" for i, k in enumerate(kind)],
        "name": [_WRITTEN[w].format(names[c]) for c, w in zip(company, written, strict=True)],
        "business_number": [f"{c:010d}" if k == 0 else None for c, k in zip(company, kind, strict=True)],
        "corporate_number": None,
        "address": None,
        "regions": [[place[c]] if k < _NAME_ALONE else None for c, k in zip(company, kind, strict=True)],
        "industries": [[f"ksic11:{trade[c]}"] if k < _NAME_ALONE else None for c, k in zip(company, kind, strict=True)],
        "text": [product[c] if k else None for c, k in zip(company, kind, strict=True)],
        "sole": None,
    }
    arrays = [
        pa.nulls(len(company), field.type) if columns[field.name] is None else pa.array(columns[field.name], field.type)
        for field in SCHEMA
    ]
    return pa.table(arrays, schema=SCHEMA), company


def _names(rng: np.random.Generator, count: int) -> list[str]:
    """Draw names; the square of a uniform number makes some syllables and endings commoner than others."""
    syllables, endings = np.array(list(_SYLLABLES)), np.array(_ENDINGS)

    def draw(values: npt.NDArray[np.str_]) -> npt.NDArray[np.str_]:
        chosen: npt.NDArray[np.str_] = values[(rng.random(count) ** _MOST_COMMON * len(values)).astype(int)]
        return chosen

    length = rng.integers(2, 5, count)
    parts = [draw(syllables) for _ in range(4)]
    ends = draw(endings)
    return ["".join(part[i] for part in parts[: length[i]]) + ends[i] for i in range(count)]


def measure(rows: int) -> None:
    """Print one line of the table."""
    table, company = organisations(rows)
    made = resource.getrusage(resource.RUSAGE_SELF)
    began = time.perf_counter()
    proposals = proposals_of(table, {})
    seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime - made.ru_utime - made.ru_stime
    at = {id_: int(which) for id_, which in zip(table["id"].to_pylist(), company, strict=True)}
    same = [each for each in proposals if each.same]
    right = sum(at[each.member.ref.id] == at[each.stays.ref.id] for each in same)
    print(
        f"{table.num_rows:>9,} rows  {seconds:7.1f} s  {cpu:7.1f} s of processor  {used.ru_maxrss / 2**20:5.2f} GB  "
        f"{len(same):>8,} joined, {right / max(len(same), 1):.4f} right  {len(proposals) - len(same):>8,} to ask",
        flush=True,
    )


def main() -> None:
    """Measure each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=_SIZES)
    rows = parser.parse_args().rows
    if len(rows) == 1:
        measure(rows[0])
        return
    for each in rows:
        command = [sys.executable, "-m", "benchmarks.resolution.scale", "--rows", str(each)]
        subprocess.run(command, check=True)  # noqa: S603 - this module itself


if __name__ == "__main__":
    main()
