"""Measures loading registers into the embedded store: rows a second of CPU, and peak memory, as files grow.

``python -m benchmarks.load_registers`` makes a companies template of 100,000 and of 300,000 rows, a file of shops of
2,000,000 rows (상가정보) and an answer of Bizinfo of 200 MB. Each is loaded into a store of its own and once more
unchanged, in a process for each load. Name a case to measure that one alone.

Goals: 15,000 rows a second of CPU for new rows and 50,000 for unchanged ones, flat as the store grows; at most 600 MB
for the shops and 400 MB for the answer.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from loaders import industries, ksic, regions
from loaders.frame import load
from loaders.registry import SOURCES
from stores.embedded import EmbeddedStore

_CLASS_DIGITS: Final = 5
"""Digits of the narrowest classes of KSIC."""
_BAD: Final = 100
"""One row in so many cannot be loaded."""
_WEIGHTS: Final = np.array([1, 3, 7, 1, 3, 7, 1, 3, 5])
_STEMS: Final = ("두레", "가람", "한빛", "새솔", "누리", "미르", "아라", "다온")
_TRADES: Final = ("정밀", "전자", "테크", "식품", "소재", "건설", "바이오", "물산")
_NOTICE_BYTES: Final = 20_000


class RegisterCase(NamedTuple):
    """A source, how many rows (of an answer: bytes) its file has, and how the file is made."""

    source: str
    size: int
    make: Callable[[Path, int], None]


def business_number(number: int) -> str:
    """Make the valid business number that begins with nine digits."""
    digits = np.array([int(digit) for digit in f"{100_000_000 + number:09d}"])
    last = (10 - (digits @ _WEIGHTS + 5 * int(digits[8]) // 10) % 10) % 10
    return "".join(map(str, [*digits, last]))


def company_rows(count: int) -> Iterator[tuple[str, ...]]:
    """Make rows of the companies template, the header first: one to three industries each, one row in 100 bad."""
    yield (
        *("기업명", "사업자등록번호", "법인등록번호", "대표자", "전화", "전자우편", "주소", "지역", "업종코드"),
        *("차수", "생산품·서비스", "설립일", "종업원 수", "매출액(원)", "법적 형태", "인증"),
    )
    rng = np.random.default_rng(11)
    codes = [code for code in industries.table() if len(code) == _CLASS_DIGITS]
    places = [region.name for region in regions.table().values() if region.code.startswith("4128")]
    for number in range(count):
        drawn = rng.integers(0, 1 << 30, 8)
        stem, trade = _STEMS[drawn[0] % 8], _TRADES[drawn[1] % 8]
        chosen = ";".join(dict.fromkeys(codes[(drawn[2] >> shift) % len(codes)] for shift in range(1 + drawn[3] % 3)))
        yield (
            f"주식회사 {stem}{trade} {number}",
            business_number(number),
            f"110111{number % 10_000_000:07d}",
            f"가상{number % 5_000}",
            f"031-{900 + number % 100}-{number % 10_000:04d}",
            f"info{number}@example.com",
            f"경기도 고양시 일산동구 중앙로 {1 + number % 1500}, {1 + number % 30}층",
            places[drawn[4] % len(places)],
            chosen,
            "11",
            f"{trade} 부품 {number % 997}, 시험 장비",
            "엉뚱"
            if number % _BAD == _BAD - 1
            else f"{1990 + drawn[5] % 35}-{1 + drawn[6] % 12:02d}-{1 + drawn[7] % 28:02d}",
            str(1 + drawn[5] % 300),
            f"{(1 + drawn[6] % 9_000) * 1_000_000:,}",
            "법인",
            "벤처기업" if drawn[7] % 5 == 0 else "",
        )


def shop_rows(count: int) -> Iterator[tuple[str, ...]]:
    """Make rows of the shops' file with its 39 columns, the header first."""
    yield (
        *("상가업소번호", "상호명", "지점명", "상권업종대분류코드", "상권업종대분류명", "상권업종중분류코드"),
        *("상권업종중분류명", "상권업종소분류코드", "상권업종소분류명", "표준산업분류코드", "표준산업분류명"),
        *("시도코드", "시도명", "시군구코드", "시군구명", "행정동코드", "행정동명", "법정동코드", "법정동명"),
        *("지번코드", "대지구분코드", "대지구분명", "지번본번지", "지번부번지", "지번주소", "도로명코드", "도로명"),
        *("건물본번지", "건물부번지", "건물관리번호", "건물명", "도로명주소", "구우편번호", "신우편번호"),
        *("동정보", "층정보", "호정보", "경도", "위도"),
    )
    rng = np.random.default_rng(12)
    codes = [
        (code, name)
        for code, (_, name, _) in ksic.table(10).items()
        if len(code) == _CLASS_DIGITS and code[:2] in ("47", "56", "96")
    ]
    districts = [region for region in regions.table().values() if region.level > 1]
    for number in range(count):
        code, trade = codes[rng.integers(len(codes))]
        district = districts[rng.integers(len(districts))]
        letter = {"47": "G", "56": "I", "96": "S"}[code[:2]]
        province = regions.table()[district.code[:2]].name
        road = f"{province} {district.name} 중앙로 {1 + number % 900}"
        yield (
            f"MA0101{number:014d}",
            f"{_STEMS[number % 8]} {trade[:6]} {number}",
            "본점" if number % 7 == 0 else "",
            *("I2", "음식", "I212", "비알코올", "I21201", "카페", f"{letter}{code}", trade),
            *(district.code[:2], province, district.code, district.name, f"{district.code}51000", "가상동"),
            *(f"{district.code}10100", "가상동", f"{district.code}1010010{number % 10_000:04d}", "1", "대지"),
            *(str(1 + number % 999), "", f"{province} {district.name} 가상동 {1 + number % 999}"),
            *(f"{district.code}3182013", "중앙로", str(1 + number % 900), "", f"{district.code}101001{number:013d}"),
            *("", road, "410315", f"{10_000 + number % 50_000:05d}", "", str(1 + number % 5), ""),
            *(f"{126.7 + number % 1000 / 10_000:.6f}", f"{37.6 + number % 1000 / 10_000:.6f}"),
        )


def write_table(path: Path, rows: Iterator[tuple[str, ...]]) -> None:
    """Write rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def write_companies(path: Path, rows: int) -> None:
    """Write a companies template."""
    write_table(path, company_rows(rows))


def write_shops(path: Path, rows: int) -> None:
    """Write a file of shops."""
    write_table(path, shop_rows(rows))


def write_notices(path: Path, size: int) -> None:
    """Write an answer of Bizinfo of about ``size`` bytes, 20 kB a notice."""
    paragraph = "☞ 지원내용: 시제품 제작과 인증에 드는 비용을 기업마다 나누어 지원합니다. 자세한 것은 공고문을 봅니다. "
    with path.open("w", encoding="utf-8") as file:
        file.write('{"jsonArray": [')
        for number in range(size // _NOTICE_BYTES):
            notice = {
                "pblancId": f"PBLN_{number:015d}",
                "pblancNm": f"[경기] 고양시 {2020 + number % 7}년 {_TRADES[number % 8]} 기업 지원사업 공고 {number}",
                "jrsdInsttNm": "가상부",
                "excInsttNm": f"가상원 {number % 50}",
                "pldirSportRealmLclasCodeNm": "기술",
                "trgetNm": "중소기업",
                "reqstBeginEndDe": "20260101 ~ 20260131",
                "creatPnttm": "2026-01-01 09:00:00",
                "hashtags": f"경기,기술,2026,{_TRADES[number % 8]}",
                "bsnsSumryCn": f"<p>{paragraph * (_NOTICE_BYTES // len(paragraph.encode()))}</p>",
            }
            file.write(("," if number else "") + json.dumps(notice, ensure_ascii=False))
        file.write("]}")


CASES: Final = {
    "companies-100k": RegisterCase("companies", 100_000, write_companies),
    "companies-300k": RegisterCase("companies", 300_000, write_companies),
    "shops-2m": RegisterCase("stores", 2_000_000, write_shops),
    "bizinfo-200mb": RegisterCase("bizinfo", 200_000_000, write_notices),
}


def cpu_seconds() -> float:
    """Return the CPU that all threads of this process have used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def measure(source: str, path: Path, database: Path) -> None:
    """Load ``path`` into ``database`` and print one line of the table."""
    # What Arrow loads with its first array is no cost of a row.
    pa.array([""])
    reported: list[tuple[int, float]] = []
    with EmbeddedStore(database) as store:
        store.migrate()
        began, cpu = time.perf_counter(), cpu_seconds()
        report = load(
            SOURCES[source],
            [path],
            store,
            quarantine_dir=database.parent / "quarantine",
            progress=lambda _, done, __: reported.append((done, cpu_seconds() - cpu)),
        )
    spent = cpu_seconds() - cpu
    counts = f"{report.read:>9,} {report.loaded:>9,} {report.unchanged:>9,} {report.quarantined:>7,}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wall = time.perf_counter() - began
    print(f"{counts} {report.read / spent:>9,.0f} {_late(reported):>9,.0f} {spent:>8.1f} {wall:>8.1f} {peak:>6,.0f}")


def _late(reported: list[tuple[int, float]]) -> float:
    """Return rows a second of CPU over the last third of a load, which shows what a fuller store costs."""
    rows, spent = reported[-1]
    before = next(((done, cpu) for done, cpu in reversed(reported) if done <= rows * 2 / 3), (0, 0.0))
    return (rows - before[0]) / max(spent - before[1], 1e-9)


def main() -> None:
    """Measure all cases, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"of {', '.join(CASES)}; all by default")
    parser.add_argument("--one", nargs=3, metavar=("SOURCE", "FILE", "DATABASE"), help="measure this load alone")
    options = parser.parse_args()
    if unknown := sorted(set(options.cases) - set(CASES)):
        parser.error(f"no case is called {', '.join(unknown)}; choose of {', '.join(CASES)}")
    if options.one:
        source, path, database = options.one
        measure(source, Path(path), Path(database))
        return
    print(f"{'':24}{'read':>9} {'loaded':>9} {'unchanged':>9} {'waiting':>7} {'rows/s':>9} {'late':>9}", end="")
    print(f" {'CPU s':>8} {'wall s':>8} {'MiB':>6}")
    for name in options.cases or CASES:
        case = CASES[name]
        with tempfile.TemporaryDirectory() as folder:
            path, database = Path(folder) / "register", Path(folder) / "graph.duckdb"
            case.make(path, case.size)
            for again in ("new", "unchanged"):
                print(f"{name + ', ' + again:24}", end="", flush=True)
                command = [sys.executable, "-m", "benchmarks.load_registers", "--one", case.source, path, database]
                subprocess.run(command, check=True)  # noqa: S603 - itself


if __name__ == "__main__":
    main()
