"""How smoothly the page of ``dure graph view`` moves: ``python -m benchmarks.view_page [--nodes 720] [--links 4500]``.

Draws one university with neighbours of three kinds in headless Chromium, 1440 by 900, up to the 500 that a page holds;
moves and zooms the picture with each frame for five seconds, and prints the seconds until it is there and the
milliseconds from frame to frame.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from graph_schema.model import NodeRef
from recommender.snapshot.snapshot import Snapshot
from recommender.snapshot.view.write import write_view
from tests.recommender.small_graph import SmallGraph

_CENTRE: Final = NodeRef("Institution", "uni")
_DAY: Final = date(2024, 1, 2)
_MOVED: Final = """async milliseconds => {
  const cy = document.getElementById('graph')._cyreg.cy, frames = [], end = performance.now() + milliseconds;
  for (let last = performance.now(), at = 0; last < end; at++) {
    cy.panBy({x: at % 2 ? 6 : -6, y: at % 3 ? 4 : -4});
    cy.zoom(cy.zoom() * (at % 20 < 10 ? 1.01 : 0.99));
    await new Promise(drawn => requestAnimationFrame(drawn));
    frames.push(performance.now() - last);
    last = performance.now();
  }
  frames.sort((one, other) => one - other);
  const of = share => frames[Math.floor(share * (frames.length - 1))];
  return [cy.nodes().length, cy.edges().length, of(0.5), of(0.95), of(1)];
}"""


def neighbours(nodes: int, links: int) -> Snapshot:
    """Return a university with so many neighbours, a third of each kind, and about so many relationships."""
    graph, each = SmallGraph(), nodes // 3
    graph.node(_CENTRE.label, _CENTRE.id, name="고양대학교 산학협력단")
    for number in range(each):
        graph.node("Technology", f"t{number}", title=f"자율주행 차량의 라이다 센서 신호 처리 방법 제{number}호")
        graph.link(str(_CENTRE), "FILED", f"Technology:t{number}", on=_DAY)
    for label in ("Company", "Institution"):
        for number in range(each):
            graph.node(label, f"{label}{number}", name=f"고양산업진흥 주식회사 {number}")
            graph.link(f"{label}:{label}{number}", "CO_FILED_WITH", str(_CENTRE), on=_DAY)
            for other in range((links - nodes) // (2 * each)):
                target = f"Technology:t{(number * 7 + other) % each}"
                graph.link(f"{label}:{label}{number}", "FILED", target, on=_DAY)
    return graph.snapshot()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=720)
    parser.add_argument("--links", type=int, default=4_500)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        snapshot = neighbours(options.nodes, options.links)
        path = write_view(snapshot, _CENTRE, Path(folder) / "view.html", hops=2, limit=min(options.nodes, 500))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        began = time.perf_counter()
        page.goto(path.as_uri())
        page.wait_for_function("document.getElementById('graph')._cyreg")
        seconds = time.perf_counter() - began
        nodes, links, half, most, longest = page.evaluate(_MOVED, 5_000)
        browser.close()
    print(
        f"{nodes} nodes, {links:,} relationships: there after {seconds:.1f} s; from frame to frame {half:.0f} ms at "
        f"the median, {most:.0f} at the 95th percentile, {longest:.0f} at most"
    )


if __name__ == "__main__":
    main()
