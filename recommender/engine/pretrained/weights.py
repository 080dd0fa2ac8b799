"""The pretrained weights as a file of the package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from graph_schema.errors import EvaluationError, ModelError
from graph_schema.wording import Wording
from recommender.engine.pretrained.network import NetworkArrays, check_form
from recommender.measure.arrays_file import read_arrays

SHIPPED: Final = Path(str(files("recommender.engine.pretrained") / "weights.safetensors"))


@cache
def shipped_weights() -> NetworkArrays:
    """Return the weights of the package; raises ``ModelError`` where they are damaged."""
    return read_weights(SHIPPED)


def read_weights(path: Path) -> NetworkArrays:
    """Read weights; raises ``ModelError`` where they are absent, damaged or of another form."""
    try:
        arrays = read_arrays(path)
        check_form(arrays)
    except (ModelError, EvaluationError) as error:
        why = error.wording
        raise ModelError(
            Wording(
                f"사전 학습 가중치가 손상되었습니다({why.ko}). 패키지를 다시 설치하십시오",
                f"the pretrained weights are damaged ({why.en}); install the package anew",
            )
        ) from error
    return arrays
