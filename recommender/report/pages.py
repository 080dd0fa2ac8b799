"""The report as a Markdown page and as one page of HTML that needs no other file."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Final

from recommender.bench.findings import Findings
from recommender.report.pictures import Picture, all_pictures
from recommender.report.tables import Table, all_tables
from recommender.report.words import conditions, verdicts

_PLACE: Final = {"main": ("main",), "slices": ("history", "degree"), "metrics": ("depth",), "cost": ("cost", "curves")}
"""Pictures that stand under a table; the others come at the end."""


def markdown(findings: Findings) -> str:
    """Render the report as Markdown; its pictures are in the HTML page."""
    lines = [f"# {_title(findings)}", "", "그림이 있는 쪽 / with pictures: [report.html](report.html)", ""]
    lines += [f"- **{line}**" for line in verdicts(findings)]
    for table in all_tables(findings):
        lines += ["", f"## {table.title}", ""]
        lines += [table.note, ""] if table.note else []
        lines += _markdown_table(table)
    lines += ["", "## 조건 / conditions", "", *(f"- {line}" for line in conditions(findings)), ""]
    return "\n".join(lines)


def webpage(findings: Findings) -> str:
    """Render the report as HTML with its pictures inside; raises ``ConfigError`` where matplotlib is not installed."""
    pictures = {each.key: each for each in all_pictures(findings)}
    parts = ["<ul class='verdict'>", *(f"<li>{html.escape(line)}</li>" for line in verdicts(findings)), "</ul>"]
    for table in all_tables(findings):
        parts += [f"<section id='{table.key}'><h2>{html.escape(table.title)}</h2>"]
        parts += [f"<p>{html.escape(table.note)}</p>"] if table.note else []
        drawn = [pictures.pop(key) for key in _PLACE.get(table.key, ()) if key in pictures]
        parts += [_html_table(table), _figures(drawn), "</section>"]
    if pictures:
        parts += ["<section><h2>그림 / pictures</h2>", _figures(list(pictures.values())), "</section>"]
    parts += ["<section id='conditions'><h2>조건 / conditions</h2><ul>"]
    parts += [f"<li>{html.escape(line)}</li>" for line in conditions(findings)]
    parts += ["</ul></section>"]
    return _PAGE.format(title=html.escape(_title(findings)), body="\n".join(parts))


def _title(findings: Findings) -> str:
    return f"추천 실험 보고서 / Experiment report: {findings.dataset.name}"


def _markdown_table(table: Table) -> list[str]:
    cells = [table.header, ["---"] * len(table.header), *table.rows]
    return ["| " + " | ".join(_one_line(cell) for cell in row) + " |" for row in cells]


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _html_table(table: Table) -> str:
    head = "".join(f"<th scope='col'>{html.escape(cell)}</th>" for cell in table.header)
    body = "".join(
        "<tr>" + "".join(f"<{_cell(at)}>{html.escape(cell)}</{_cell(at)[:2]}>" for at, cell in enumerate(row)) + "</tr>"
        for row in table.rows
    )
    return f"<div class='scroll'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def _cell(at: int) -> str:
    return "th scope='row'" if at == 0 else "td"


def _figures(pictures: Sequence[Picture]) -> str:
    drawn = "".join(
        f"<figure>{each.svg}<figcaption>{html.escape(each.caption)}</figcaption></figure>" for each in pictures
    )
    return f"<div class='figures'>{drawn}</div>" if drawn else ""


_PAGE: Final = """<!doctype html>
<html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
body {{ font: 15px/1.55 system-ui, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR",
  sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #1c2430; background: #fff; }}
h1 {{ font-size: 1.6rem; }} h2 {{ font-size: 1.15rem; margin: 0 0 .4rem; }}
section {{ border-top: 2px solid #d8dee6; margin-top: 2rem; padding-top: 1rem; }}
section p {{ max-width: 62rem; margin: .2rem 0 .8rem; color: #46525f; }}
.verdict {{ background: #eef3f7; border-left: 4px solid #2a6f97; padding: .8rem 1rem .8rem 2rem; margin: 1rem 0; }}
.scroll {{ overflow-x: auto; max-width: 100%; }}
.figures {{ display: flex; flex-wrap: wrap; gap: 1.2rem 2rem; margin-top: 1.2rem; align-items: flex-start; }}
figure {{ margin: 0; flex: 1 1 30rem; max-width: 36rem; }}
figure svg {{ width: 100%; height: auto; }}
figcaption {{ max-width: 40rem; color: #46525f; font-size: .9rem; }}
table {{ border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; }}
th, td {{ padding: .28rem .7rem; border-bottom: 1px solid #e3e8ee; text-align: left; white-space: nowrap; }}
thead th {{ background: #eef3f7; }} tbody th {{ font-weight: 600; position: sticky; left: 0; background: #fff; }}
#tried td:last-child, #failed td:last-child, #quarantine td:last-child {{ white-space: normal; }}
@media print {{ body {{ max-width: none; }} .scroll {{ overflow: visible; }} }}
</style></head><body><h1>{title}</h1>
{body}
</body></html>
"""
