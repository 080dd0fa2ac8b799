"""What answers a request stays light: the libraries that train models are never imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conventions.source import ROOT
from tests.recommender.serve.untrained import city, write_home

SCRIPT = """
import sys
from datetime import date
from pathlib import Path
import api.app
from graph_schema.model import NodeRef
from recommender.serve.profile_reading import read_profile
from recommender.serve.recommender import Recommender, open_recommender
from recommender.text.encoder import load_encoder
from tests.recommender.fixtures import WordEncoder
opened = open_recommender(Path(sys.argv[1]))
load_encoder().encode(["글"], "query")
recommender = Recommender(opened.snapshot, opened.bundle, WordEncoder)
profile, _ = read_profile("고양시 빵집, 운영자금이 필요합니다", opened.snapshot, today=date(2026, 3, 2))
for task in opened.bundle.tasks:
    recommender.recommend(task, profile, as_of=date(2026, 3, 2))
assert recommender.recommend("programs", NodeRef("Company", "bakery"), as_of=date(2026, 3, 2)).recommendations
assert recommender.reverse("programs", NodeRef("Program", "P7"), as_of=date(2026, 3, 2)).recommendations
heavy = ("torch", "torch_geometric", "sentence_transformers", "transformers")
print([name for name in heavy if name in sys.modules])
"""


def test_answers_need_neither_torch_nor_a_language_model_framework(tmp_path: Path) -> None:
    """The text model that ships is loaded; a description, a node, and the other way round are answered."""
    home = write_home(tmp_path, city().written(tmp_path / "snapshots"))
    ran = subprocess.run([sys.executable, "-c", SCRIPT, home], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (ran.returncode, ran.stdout.strip()) == (0, "[]"), ran.stderr
