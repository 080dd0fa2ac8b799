"""What ``dataset.toml`` says: the task, the split, the mask and the report of an experiment folder."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from graph_schema.errors import ConfigError, SourceError

SPEC_FILE: Final = "dataset.toml"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
Where = dict[str, str | int | float | bool]
Refit = Literal["train", "train+valid"]


def _naive_utc(value: object) -> object:
    """Return the UTC value of a moment with an offset, be it written as text, as times of rows are read."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value) if _DAY.fullmatch(value) else datetime.fromisoformat(value)
        except ValueError:
            return value  # what it should have been is told with all other mistakes
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).replace(tzinfo=None)
    return value


def _start(day: date | datetime) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time.min)


def composed(name: str) -> str:
    """Return a name with its letters composed (NFC): macOS takes Korean file names apart, editors do not."""
    return unicodedata.normalize("NFC", name)


Label = Annotated[str, AfterValidator(composed)]
Cut = Annotated[date | datetime, BeforeValidator(_naive_utc)]


class _Part(BaseModel):
    # Keys that are not known are kept, so that a folder of a newer format runs; the reader names them.
    model_config = ConfigDict(frozen=True, extra="allow")


class TaskSpec(_Part):
    """What is asked. ``target`` is (source label, relation, target label); ``triples`` needs none of the rest.

    ``candidate_seen`` and ``query_seen`` keep nodes with a target edge in what is learned from.
    """

    kind: Literal["recommend", "triples"] = "recommend"
    query: Label = ""
    candidate: Label = ""
    target: tuple[Label, Label, Label] | None = None
    symmetric: bool = False
    query_where: Where = Field(default_factory=dict)
    candidate_where: Where = Field(default_factory=dict)
    candidate_seen: bool = False
    query_seen: bool = False

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "triples":
            return self
        if self.target is None or not self.query or not self.candidate:
            raise ValueError("query, candidate and target = [source, relation, target] are needed to recommend")
        ends = (self.target[0], self.target[2])
        if (self.query, self.candidate) not in (ends, ends[::-1]):
            raise ValueError(
                f"target {self.target} does not join query {self.query!r} and candidate {self.candidate!r}"
            )
        if self.symmetric and ends[0] != ends[1]:
            raise ValueError(f"symmetric = true needs one label at both ends, target has {ends[0]} and {ends[1]}")
        return self


class SplitSpec(_Part):
    """How target rows are divided. ``share`` of the rows (random) or of the queries (inductive) is for the test."""

    kind: Literal["column", "global_time", "inductive", "random"] = "column"
    train_before: Cut | None = None
    valid_before: Cut | None = None
    share: float = Field(default=0.2, gt=0, lt=0.5)
    seed: int = Field(default=0, ge=0)
    refit: Refit = "train+valid"

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "global_time":
            if self.train_before is None or self.valid_before is None:
                raise ValueError("kind = 'global_time' needs train_before and valid_before")
            if _start(self.train_before) >= _start(self.valid_before):
                raise ValueError(f"train_before {self.train_before} must lie before valid_before {self.valid_before}")
        return self


class MaskSpec(_Part):
    """Pairs that are never candidates: those already known, and the query itself."""

    known: bool = True
    self_: bool = Field(default=True, alias="self")


class ReportSpec(_Part):
    """Cut-offs of the metrics, and the metric that settings are chosen by."""

    k: tuple[int, ...] = Field(default=(10, 20), min_length=1)
    main: str = ""


class Spec(_Part):
    """The whole of ``dataset.toml``."""

    name: str
    language: str = ""
    task: TaskSpec
    split: SplitSpec = SplitSpec()
    mask: MaskSpec = MaskSpec()
    report: ReportSpec = ReportSpec()
    text: dict[Label, tuple[str, ...]] = Field(default_factory=dict)
    """By label the columns that are its text; all columns of text where a label is not named."""

    @property
    def main(self) -> str:
        """Metric that settings are chosen by: as the file says, else MRR for triples and recall at the last k."""
        return self.report.main or ("mrr" if self.task.kind == "triples" else f"recall@{self.report.k[-1]}")

    @property
    def refit(self) -> Refit:
        """What is learned from before the test: as the file says, for triples train alone, since valid tunes there."""
        return "train" if self.task.kind == "triples" else self.split.refit

    @property
    def notes(self) -> tuple[str, ...]:
        """What the file asks for and does not get; a default that does not hold is not told."""
        if "refit" not in self.split.model_fields_set or self.split.refit == self.refit:
            return ()
        note = (
            f"dataset.toml: split.refit = {self.split.refit!r} does not hold for triples, which are learned from train "
            "while valid tunes; write 'train'"
        )
        return (note,)


def read_spec(folder: Path) -> Spec:
    """Read ``dataset.toml``; raises ``SourceError`` where it is absent or no TOML, ``ConfigError`` for what it says."""
    path = folder / SPEC_FILE
    if not path.is_file():
        raise SourceError(f"{path} is not there; an experiment folder needs it, `dure experiment import` makes one")
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} is not TOML in UTF-8: {error}") from error
    try:
        return Spec.model_validate(raw | {"name": raw.get("name", folder.name)})
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, each['loc'])) or 'file'}: {each['msg']}" for each in error.errors())
        raise ConfigError(f"{path}: {faults}; see docs/experiments.md for the format") from None
