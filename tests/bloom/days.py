"""The day on which tests ask."""

from datetime import date
from typing import Final

AS_OF: Final = date(2026, 3, 2)
