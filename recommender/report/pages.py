"""The report as a Markdown page and as one page of HTML that needs no other file."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Final

from graph_schema.wording import Wording
from recommender.bench.findings import Findings
from recommender.report.pictures import Picture, all_pictures
from recommender.report.tables import Table, all_tables
from recommender.report.words import conditions, verdicts

_PLACE: Final = {"main": ("main",), "slices": ("history", "degree"), "metrics": ("depth",), "cost": ("cost", "curves")}
"""Pictures that stand under a table; the others come at the end."""
_CONDITIONS: Final = Wording("조건", "conditions")


def markdown(findings: Findings) -> str:
    """Render the report as Markdown; its pictures are in the HTML page."""
    pictures = Wording("그림이 있는 쪽: [report.html](report.html)", "with pictures: [report.html](report.html)")
    lines = [f"# {_title(findings).both}", "", pictures.both, ""]
    lines += [f"- **{line.both}**" for line in verdicts(findings)]
    for table in all_tables(findings):
        lines += ["", f"## {table.title.both}", ""]
        lines += [table.note.both, ""] if table.note else []
        lines += _markdown_table(table)
    lines += ["", f"## {_CONDITIONS.both}", "", *(f"- {line.both}" for line in conditions(findings)), ""]
    return "\n".join(lines)


def webpage(findings: Findings) -> str:
    """Render the report as HTML with its pictures inside, in one language at a time.

    Raises ``ConfigError`` where matplotlib is not installed.
    """
    pictures = {each.key: each for each in all_pictures(findings)}
    parts = ["<ul class='verdict'>", *(f"<li>{_spoken(line)}</li>" for line in verdicts(findings)), "</ul>"]
    for table in all_tables(findings):
        parts += [f"<section id='{table.key}'><h2>{_spoken(table.title)}</h2>"]
        parts += [f"<p>{_spoken(table.note)}</p>"] if table.note else []
        drawn = [pictures.pop(key) for key in _PLACE.get(table.key, ()) if key in pictures]
        parts += [_html_table(table), _figures(drawn), "</section>"]
    if pictures:
        heading = _spoken(Wording("그림", "pictures"))
        parts += [f"<section><h2>{heading}</h2>", _figures(list(pictures.values())), "</section>"]
    parts += [f"<section id='conditions'><h2>{_spoken(_CONDITIONS)}</h2><ul>"]
    parts += [f"<li>{_spoken(line)}</li>" for line in conditions(findings)]
    parts += ["</ul></section>"]
    title = _title(findings)
    return _PAGE.format(
        title=html.escape(title.ko), other_title=html.escape(title.en), heading=_spoken(title), body="\n".join(parts)
    )


def _title(findings: Findings) -> Wording:
    name = findings.dataset.name
    return Wording(f"추천 실험 보고서: {name}", f"Experiment report: {name}")


def _spoken(text: str | Wording) -> str:
    """Return a text escaped; one in both languages as two, of which the page shows that of its own ``lang``."""
    if not isinstance(text, Wording) or text.ko == text.en:
        return html.escape(str(text))
    return f"<span lang='ko'>{html.escape(text.ko)}</span><span lang='en'>{html.escape(text.en)}</span>"


def _markdown_table(table: Table) -> list[str]:
    cells = [table.header, ["---"] * len(table.header), *table.rows]
    return ["| " + " | ".join(_one_line(cell) for cell in row) + " |" for row in cells]


def _one_line(text: str | Wording) -> str:
    plain = text.both if isinstance(text, Wording) else text
    return " ".join(plain.split()).replace("|", "\\|")


def _html_table(table: Table) -> str:
    head = "".join(f"<th scope='col'>{_spoken(cell)}</th>" for cell in table.header)
    body = "".join(
        "<tr>" + "".join(f"<{_cell(at)}>{_spoken(cell)}</{_cell(at)[:2]}>" for at, cell in enumerate(row)) + "</tr>"
        for row in table.rows
    )
    # A box that scrolls must be reached by the keyboard, too.
    return f"<div class='scroll' tabindex='0'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def _cell(at: int) -> str:
    return "th scope='row'" if at == 0 else "td"


def _figures(pictures: Sequence[Picture]) -> str:
    drawn = "".join(f"<figure>{each.svg}<figcaption>{_spoken(each.caption)}</figcaption></figure>" for each in pictures)
    return f"<div class='figures'>{drawn}</div>" if drawn else ""


_PAGE: Final = """<!doctype html>
<html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title data-ko="{title}" data-en="{other_title}">{title}</title><style>
html[lang="ko"] body [lang="en"], html[lang="en"] body [lang="ko"] {{ display: none; }}
#language {{ float: right; font: inherit; padding: .2rem .8rem; }}
body {{ font: 15px/1.55 system-ui, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR",
  sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #1c2430; background: #fff; }}
h1 {{ font-size: 1.6rem; }} h2 {{ font-size: 1.15rem; margin: 0 0 .4rem; }}
section {{ border-top: 2px solid #d8dee6; margin-top: 2rem; padding-top: 1rem; }}
section p {{ max-width: 62rem; margin: .2rem 0 .8rem; color: #46525f; }}
.verdict {{ background: #eef3f7; border-left: 4px solid #2a6f97; padding: .8rem 1rem .8rem 2rem; margin: 1rem 0; }}
li, p, figcaption {{ word-break: keep-all; overflow-wrap: anywhere; }}
/* A shade at an edge behind which more of a table lies; the lid over it scrolls along. */
.scroll {{ overflow-x: auto; max-width: 100%; background:
  linear-gradient(90deg, #fff 40%, #fff0) 0 / 2.4rem 100% no-repeat local,
  linear-gradient(270deg, #fff 40%, #fff0) 100% / 2.4rem 100% no-repeat local,
  linear-gradient(90deg, #1c243038, #1c243000) 0 / .8rem 100% no-repeat,
  linear-gradient(270deg, #1c243038, #1c243000) 100% / .8rem 100% no-repeat; }}
.figures {{ display: flex; flex-wrap: wrap; gap: 1.2rem 2rem; margin-top: 1.2rem; align-items: flex-start; }}
figure {{ margin: 0; flex: 1 1 30rem; max-width: 36rem; }}
figure svg {{ width: 100%; height: auto; }}
figcaption {{ max-width: 40rem; color: #46525f; font-size: .9rem; }}
table {{ border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; }}
th, td {{ padding: .28rem .7rem; border-bottom: 1px solid #e3e8ee; text-align: left; white-space: nowrap; }}
thead th {{ background: #eef3f7; }} tbody th {{ font-weight: 600; position: sticky; left: 0; background: #fff;
  white-space: normal; min-width: 6.5rem; max-width: 16rem; }}
@media (max-width: 40rem) {{ tbody th {{ max-width: 8rem; }} }}
#tried td:last-child, #failed td:last-child, #quarantine td:last-child {{ white-space: normal; min-width: 24rem; }}
@media print {{
  @page {{ size: A4 landscape; margin: 12mm; }}
  body {{ max-width: none; margin: 0; padding: 0; font-size: 11px; }} #language {{ display: none; }}
  /* Paper does not scroll: cells break instead, and the name of a row stays where it is. */
  .scroll {{ overflow: visible; }} table {{ font-size: 9px; }} tbody th {{ position: static; }}
  th, td {{ white-space: normal; overflow-wrap: anywhere; padding: .15rem .3rem; }}
  #tried td:last-child, #failed td:last-child, #quarantine td:last-child {{ min-width: 0; }}
  tr, figure {{ break-inside: avoid; }} h2 {{ break-after: avoid; }}
}}
</style></head><body><main>
<button type="button" id="language">English</button>
<h1>{heading}</h1>
{body}
</main>
<script>
document.getElementById("language").addEventListener("click", (event) => {{
  const page = document.documentElement, title = document.querySelector("title");
  page.lang = page.lang === "ko" ? "en" : "ko";
  event.target.textContent = page.lang === "ko" ? "English" : "한국어";
  document.title = title.dataset[page.lang];
}});
</script>
</body></html>
"""
