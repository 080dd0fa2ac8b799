"""Cuts the sample from the full public files: ``python -m loaders.samples.cut <folder of the full files>``.

Facts only (titles, agencies, dates, codes, regions, organisations, links): no abstracts, no summaries, no contacts.
The choice is deterministic: what concerns Gyeonggi in full, the rest at even distances through the file.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from graph_schema.errors import ConfigError
from graph_schema.wording import Wording
from loaders.eligibility.areas import parse_areas, title_provinces
from loaders.samples import FOLDER
from loaders.sources.ksic_9_10 import class_name
from loaders.tables import csv_rows

Values = dict[str, str]
Choose = Callable[[list[Values]], list[Values]]

_GYEONGGI = "41"
_LEFT_OUT = frozenset({"bsnsSumryCn", "inqireCo", "abstract", "source_file", "src", "법인표기"})
_API_FIELDS = (
    "pblancId",
    "pblancNm",
    "pblancUrl",
    "jrsdInsttNm",
    "excInsttNm",
    "pldirSportRealmLclasCodeNm",
    "creatPnttm",
    "reqstBeginEndDe",
    "trgetNm",
    "hashtags",
)
_KSTARTUP_FIELDS = (
    "pbanc_sn",
    "biz_pbanc_nm",
    "intg_pbanc_biz_nm",
    "pbanc_ntrp_nm",
    "sprv_inst",
    "supt_biz_clsfc",
    "supt_regin",
    "aply_trgt",
    "biz_enyy",
    "pbanc_rcpt_bgng_dt",
    "pbanc_rcpt_end_dt",
    "detl_pg_url",
)


def cut(full: Path, out: Path = FOLDER) -> None:
    """Write the sample files to ``out`` from the folder of full files."""
    _cut_csv(full / "ksic/ksic11_tree.csv", out / "ksic11_tree.csv", list)
    for revision in (9, 10):
        _cut_tree(full / "ksic/ksic_9_10_tree.csv", f"C{revision}", out / f"ksic{revision}_tree.csv")
    _cut_csv(full / "ksic/ksic_9_to_10.csv", out / "ksic_9_to_10.csv", _pairs)
    _cut_csv(full / "centers/goyang_kic_20250630.csv", out / "centers.csv", list)
    _cut_csv(full / "programs/bizinfo_2021.csv", out / "bizinfo_2021.csv", _choose_2021)
    _cut_csv(full / "programs/bizinfo_2026_meta.csv", out / "bizinfo_2026.csv", _choose_2026)
    _cut_csv(full / "programs/ntis_rnd_notices_2025.csv", out / "ntis_calls.csv", lambda rows: _evenly(rows, 150))
    _cut_csv(full / "patents/patents_orgs_only.csv", out / "patents.csv", list)
    _cut_bizinfo_api(full / "programs/bizinfo_pblancBsnsService.json", out / "bizinfo_api.json")
    _cut_kstartup(full / "programs/kstartup_getAnnouncementInformation01.json", out / "kstartup_api.json")
    _cut_csv(full / "companies/goyang.csv", out / "ventures.csv", _named_as_companies)
    _cut_awards(full.parent / "bench/miyagi-subsidies", out / "awards")


def _choose_2021(rows: list[Values]) -> list[Values]:
    """All that are open to Gyeonggi by name, 130 nationwide ones, 40 of other provinces."""
    areas = [parse_areas(row["areaNm"].split("@")) for row in rows]
    near = [r for r, a in zip(rows, areas, strict=True) if any(code.startswith(_GYEONGGI) for code in a.codes)]
    nationwide = [r for r, a in zip(rows, areas, strict=True) if a.nationwide]
    others = [r for r, a in zip(rows, areas, strict=True) if not a.nationwide and r not in near]
    return _in_order(rows, [*near, *_evenly(nationwide, 130), *_evenly(others, 40)])


def _choose_2026(rows: list[Values]) -> list[Values]:
    """All of Gyeonggi, 110 without a region in the title, 35 of other provinces."""
    prefixes = [title_provinces(row["pblancNm"]) for row in rows]
    near = [r for r, p in zip(rows, prefixes, strict=True) if _GYEONGGI in p]
    unmarked = [r for r, p in zip(rows, prefixes, strict=True) if not p]
    others = [r for r, p in zip(rows, prefixes, strict=True) if p and _GYEONGGI not in p]
    return _in_order(rows, [*near, *_evenly(unmarked, 110), *_evenly(others, 35)])


def _named_as_companies(rows: list[Values]) -> list[Values]:
    """Keep those with a legal form in the name: the name of a sole proprietor may be a person's."""
    return [row for row in rows if row["법인표기"] == "True"]


def _evenly(rows: Sequence[Values], count: int) -> list[Values]:
    return [rows[at * len(rows) // count] for at in range(min(count, len(rows)))]


def _in_order(rows: Iterable[Values], chosen: Sequence[Values]) -> list[Values]:
    ids = {row["pblancId"] for row in chosen}
    return [row for row in rows if row["pblancId"] in ids]


def _cut_csv(source: Path, target: Path, choose: Choose) -> None:
    rows = choose([dict(row.values) for row in csv_rows(source, ())])
    columns = [name for name in rows[0] if name not in _LEFT_OUT]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _pairs(rows: list[Values]) -> list[Values]:
    """Leave the codes alone: what they are called stands in the trees."""
    return [{name: row[name] for name in ("ksic9_cd", "ksic10_cd")} for row in rows]


def _cut_tree(source: Path, revision: str, target: Path) -> None:
    """Turn the classes of a revision with the four levels above them into a tree, in the columns of revision 11."""
    tree: dict[str, tuple[str, str, str]] = {}
    for row in csv_rows(source, ()):
        parent = ""
        for level in range(1, 6) if row.values["ksic_C"] == revision else ():
            code, name = row.values[f"ksic{level}_cd"], class_name(row.values[f"ksic{level}_nm"])
            tree[code] = (str(level), name, parent)
            parent = code
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "level", "name", "parent"))
        writer.writerows((code, *values) for code, values in sorted(tree.items()))


def _cut_bizinfo_api(source: Path, target: Path) -> None:
    answer = json.loads(source.read_text(encoding="utf-8"))
    items = answer["response"]["body"]["items"]["item"]
    answer["response"]["body"]["items"]["item"] = [{name: item[name] for name in _API_FIELDS} for item in items]
    _write_json(target, answer)


def _cut_kstartup(source: Path, target: Path) -> None:
    answer = json.loads(source.read_text(encoding="utf-8"))
    answer["data"] = [{name: item[name] for name in _KSTARTUP_FIELDS} for item in answer["data"]]
    _write_json(target, answer)


def _cut_awards(source: Path, target: Path) -> None:
    """Keep who received what and when, without local governments and amounts."""
    kinds = {row.values["org"]: row.values["kind"] for row in csv_rows(source / "orgs.csv.gz", ())}
    awards = [dict(row.values) for row in csv_rows(source / "awards.csv.gz", ())]
    kept = [row for row in awards if kinds[row["org"]] != "local_gov"]
    _write_packed(target / "awards.csv.gz", ("org", "programme", "date"), kept)
    for name, key, columns in (("orgs", "org", ("name", "kind")), ("programmes", "programme", ("title",))):
        used = {row[key] for row in kept}
        rows = [dict(row.values) for row in csv_rows(source / f"{name}.csv.gz", ()) if row.values[key] in used]
        _write_packed(target / f"{name}.csv.gz", (key, *columns), rows)


def _write_packed(target: Path, columns: Sequence[str], rows: Iterable[Values]) -> None:
    """Write a packed CSV file that says nothing of when it was written."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def _write_json(target: Path, document: object) -> None:
    target.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != len(("cut", "folder")):
        raise ConfigError(
            Wording(
                "온전한 파일들이 있는 폴더를 적으십시오: python -m loaders.samples.cut <폴더>",
                "name the folder of the full files: python -m loaders.samples.cut <folder>",
            )
        )
    cut(Path(sys.argv[1]))
