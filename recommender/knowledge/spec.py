"""What ``dataset.toml`` says: the task, the split, the mask and the report of an experiment folder."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from graph_schema.errors import ConfigError, SourceError
from graph_schema.wording import NOTHING, Wording

SPEC_FILE: Final = "dataset.toml"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_REASONS: Final = {
    "missing": "있어야 할 값이 없습니다",
    "literal_error": "쓸 수 없는 값입니다({expected} 가운데 하나)",
    "string_type": "따옴표로 묶은 글이 아닙니다",
    "bool_type": "true나 false가 아닙니다",
    "bool_parsing": "true나 false가 아닙니다",
    "int_type": "정수가 아닙니다",
    "int_parsing": "정수가 아닙니다",
    "int_from_float": "정수가 아닙니다",
    "float_type": "수가 아닙니다",
    "float_parsing": "수가 아닙니다",
    "greater_than": "{gt}보다 커야 합니다",
    "greater_than_equal": "{ge} 이상이어야 합니다",
    "less_than": "{lt}보다 작아야 합니다",
    "too_short": "값이 {min_length}개 이상 있어야 합니다",
    "too_long": "값이 {max_length}개 이하여야 합니다",
    "tuple_type": "[ ]로 묶은 목록이 아닙니다",
    "dict_type": "표가 아닙니다",
    "model_type": "표가 아닙니다",
    "date_type": "2026-03-02와 같은 날짜가 아닙니다",
    "date_from_datetime_parsing": "2026-03-02와 같은 날짜가 아닙니다",
    "datetime_type": "2026-03-02T09:30:00과 같은 일시가 아닙니다",
    "datetime_from_date_parsing": "2026-03-02T09:30:00과 같은 일시가 아닙니다",
}
"""What pydantic finds in such a file, in Korean by its kind; any other is told in pydantic's words."""
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
            raise ValueError(
                Wording(
                    "추천에는 query, candidate, target = [source, relation, target]이 있어야 합니다",
                    "query, candidate and target = [source, relation, target] are needed to recommend",
                )
            )
        ends = (self.target[0], self.target[2])
        if (self.query, self.candidate) not in (ends, ends[::-1]):
            raise ValueError(
                Wording(
                    f"target {self.target}의 양 끝이 query, candidate와 다릅니다: {self.query!r}, {self.candidate!r}",
                    f"target {self.target} does not join query {self.query!r} and candidate {self.candidate!r}",
                )
            )
        if self.symmetric and ends[0] != ends[1]:
            raise ValueError(
                Wording(
                    f"symmetric = true이면 target의 양 끝 종류가 같아야 합니다: {ends[0]}, {ends[1]}",
                    f"symmetric = true needs one label at both ends, target has {ends[0]} and {ends[1]}",
                )
            )
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
                raise ValueError(
                    Wording(
                        "kind = 'global_time'에는 train_before와 valid_before가 있어야 합니다",
                        "kind = 'global_time' needs train_before and valid_before",
                    )
                )
            if _start(self.train_before) >= _start(self.valid_before):
                raise ValueError(
                    Wording(
                        f"train_before {self.train_before}: valid_before {self.valid_before}보다 앞서야 합니다",
                        f"train_before {self.train_before} must lie before valid_before {self.valid_before}",
                    )
                )
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
    def notes(self) -> tuple[Wording, ...]:
        """What the file asks for and does not get; a default that does not hold is not told."""
        if "refit" not in self.split.model_fields_set or self.split.refit == self.refit:
            return ()
        asked = f"split.refit = {self.split.refit!r}"
        note = Wording(
            f"dataset.toml: 트리플에는 맞지 않는 값입니다: {asked}. 트리플은 train으로 배우고 valid로 조정합니다. "
            "'train'으로 적으십시오",
            f"dataset.toml: {asked} does not hold for triples, which are learned from train "
            "while valid tunes; write 'train'",
        )
        return (note,)


def read_spec(folder: Path) -> Spec:
    """Read ``dataset.toml``; raises ``SourceError`` where it is absent or no TOML, ``ConfigError`` for what it says."""
    path = folder / SPEC_FILE
    if not path.is_file():
        raise SourceError(
            Wording(
                f"{path}: 파일이 없습니다. 실험 폴더에 있어야 하는 파일이며, `dure experiment import`가 만들어 줍니다",
                f"{path} is not there; an experiment folder needs it, `dure experiment import` makes one",
            )
        )
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(
            Wording(f"{path}: UTF-8로 적은 TOML이 아닙니다({error})", f"{path} is not TOML in UTF-8: {error}")
        ) from error
    try:
        return Spec.model_validate(raw | {"name": raw.get("name", folder.name)})
    except ValidationError as error:
        faults = Wording.joined([*map(_fault, error.errors()), *map(unknown_key, unknown_keys(raw))])
        raise ConfigError(
            Wording(
                f"{path}: {faults.ko}. 형식은 docs/experiments.md를 보십시오",
                f"{path}: {faults.en}; see docs/experiments.md for the format",
            )
        ) from None


def unknown_keys(said: Mapping[str, Any]) -> list[str]:
    """Return the keys of a ``dataset.toml`` that nobody reads, with their table: ``split.refti``."""
    tables = {name: said if part is Spec else said.get(name) for name, part in _TABLES.items()}
    return [
        ".".join(filter(None, (name, key)))
        for name, table in tables.items()
        if isinstance(table, Mapping)
        for key in table
        if key not in _keys(name)
    ]


def unknown_key(key: str) -> Wording:
    """Say that nobody reads a key, and which one is near."""
    table, _, name = key.rpartition(".")
    near = get_close_matches(name, _keys(table), n=1)
    meant = Wording(f". 비슷한 키: {near[0]}", f"; near is {near[0]}") if near else NOTHING
    return Wording(
        f"모르는 키여서 읽지 않았습니다: {key!r}{meant.ko}", f"{key!r} is not known and was left aside{meant.en}"
    )


_TABLES: Final[Mapping[str, type[_Part]]] = {
    "": Spec,
    "task": TaskSpec,
    "split": SplitSpec,
    "mask": MaskSpec,
    "report": ReportSpec,
}


def _keys(table: str) -> list[str]:
    return [field.alias or name for name, field in _TABLES[table].model_fields.items()]


def _fault(found: ErrorDetails) -> Wording:
    """Say where the file is wrong and how: by us in both languages, else by pydantic, in Korean where that is known."""
    place, context = ".".join(map(str, found["loc"])), found.get("ctx", {})
    own = context.get("error")
    if isinstance(own, ValueError) and isinstance(own.args[0], Wording):
        return Wording(f"{place or '파일'}: {own.args[0].ko}", f"{place or 'file'}: {own.args[0].en}")
    if known := _REASONS.get(found["type"]):
        reason = known.format_map({name: str(value).replace(" or ", ", ") for name, value in context.items()})
    else:
        reason = found["msg"]
    return Wording(f"{place or '파일'}: {reason}", f"{place or 'file'}: {found['msg']}")
