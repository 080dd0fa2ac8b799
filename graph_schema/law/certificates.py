"""How long a certificate is held after it was issued."""

from __future__ import annotations

import math
from datetime import date

import numpy as np

from graph_schema.errors import NotFoundError
from graph_schema.law.days import add_years
from graph_schema.law.rows import in_force, table
from graph_schema.wording import Wording


def certificate_holds(kind: str, issued: date | None, on: date) -> int:
    """Whether a certificate is held on a day: 1, -1, or 0 where its day or its validity is not known.

    The day on which its years are over is the first without it. Raises ``NotFoundError`` for an unknown kind.
    """
    if not any(row.kind == kind for row in table("certificates")):
        kinds = ", ".join(dict.fromkeys(row.kind for row in table("certificates") if row.unit == "years"))
        raise NotFoundError(
            Wording(
                f"{kind!r}: 법령 자료에 없는 인증입니다. 있는 인증: {kinds}",
                f"the law as it is held knows no certificate {kind!r}; it knows {kinds}",
            )
        )
    if issued is None:
        return 0
    if on < issued:
        return -1
    years = [row.figure for row in in_force("certificates", kind, issued)]
    if not years or math.isnan(years[0]):
        return 0
    over = add_years(np.array([issued], dtype="datetime64[D]"), np.array([years[0]]))[0]
    return 1 if np.datetime64(on, "D") < over else -1
