"""Every error that Dure raises on purpose.

::

    DureError
    ├── ConfigError               a setting is missing or contradicts another
    ├── SchemaError               a name that the catalog does not know
    ├── ValidationError           a record breaks the catalog; carries every fault
    │   └── StoredFaultsError     so do nodes or relationships of a store
    ├── SourceError               an input file cannot be read at all
    │   └── OtherShapeError       it is of another shape than files of its source
    ├── StoreError                the graph store failed
    │   ├── StoreUnavailableError no server, no file, or it went away
    │   │   └── FeedbackUnavailableError the journal of feedback cannot be read or written
    │   ├── StoreAuthError        wrong user or password
    │   ├── StoreBusyError        another process holds the store
    │   ├── QueryTimeoutError     a query took longer than it was given
    │   ├── UnsoundError          what was read of the store is against the catalog
    │   └── StoreVersionError     the store was written by newer code
    ├── NotFoundError             no such node, task, snapshot or model
    ├── SnapshotError             a snapshot is damaged or does not fit
    ├── ModelError                a bundle is damaged, missing or does not fit
    ├── DeadlineError             the time that the work may take is over
    └── EvaluationError           an evaluation would leak, or cannot be computed

A message says what is wrong, with the value, and the remedy.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph_schema.wording import Language, Wording


class DureError(Exception):
    """Root of all errors; ``str(error)`` is fit to be shown to a person."""

    def __init__(self, message: Wording) -> None:
        super().__init__(message)

    def in_language(self, language: Language) -> str:
        """Return the message in a language."""
        message: Wording = self.args[0]
        return message.in_language(language)

    @property
    def wording(self) -> Wording:
        """The message in both languages."""
        return Wording(self.in_language("ko"), self.in_language("en"))


class ConfigError(DureError):
    """A setting is missing or contradicts another."""


class SchemaError(DureError):
    """A label, relationship or property that the catalog does not know."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one field of a record."""

    field: str
    value: str
    reason: Wording
    remedy: Wording

    def __str__(self) -> str:
        return self.in_language("en")

    def in_language(self, language: Language) -> str:
        """Say in one line what is wrong, and what to do."""
        reason, remedy = (text.in_language(language) for text in (self.reason, self.remedy))
        return f"{self.field}={self.value!r}: {reason}; {remedy}"


class ValidationError(DureError):
    """A record breaks the catalog; ``faults`` lists everything wrong with it.

    ``record`` names it, or says what came of it.
    """

    def __init__(self, record: str | Wording, faults: Sequence[Fault]) -> None:
        self.record = record if isinstance(record, Wording) else Wording.alike(record)
        self.faults = tuple(faults)
        super().__init__(Wording(self.in_language("ko"), self.in_language("en")))

    def in_language(self, language: Language) -> str:
        """Return the message in a language; a name of the record is as it was given."""
        return f"{self.record.in_language(language)}: " + " | ".join(
            fault.in_language(language) for fault in self.faults
        )


_LISTED = 50
"""So many faults of a store are told in a message."""


@dataclass(frozen=True, slots=True)
class StoredFault(Fault):
    """One thing wrong with a node or relationship of a store.

    ``place`` names it: ``Label:id``, or both ends. ``cypher`` fixes it on Neo4j; empty where a person must decide.
    """

    place: str
    cypher: str = ""

    def in_language(self, language: Language) -> str:
        """Say where something is wrong, what, and what to do, with the Cypher that does it on a line of its own."""
        reason, remedy = (text.in_language(language) for text in (self.reason, self.remedy))
        said = f"{self.place} {self.field}{f'={self.value!r}' if self.value else ''}: {reason}; {remedy}"
        return f"{said}\n    {self.cypher}" if self.cypher else said


class StoredFaultsError(ValidationError):
    """A store holds what the catalog excludes; ``faults`` has all of it, the message the first 50."""

    def __str__(self) -> str:
        return self.in_language("en")

    def in_language(self, language: Language) -> str:
        """Return the message, with as many faults as a screen holds."""
        count = f"{len(self.faults):,}"
        heading = Wording(
            f"{self.record.ko}: 오류 {count}개", f"{self.record.en} holds {count} fault{'s' * (len(self.faults) != 1)}"
        )
        return f"{heading.in_language(language)}:\n{listed(self.faults, language)}"


def listed(faults: Sequence[Fault], language: Language = "en") -> str:
    """Write the first faults, one a line, and how many more there are."""
    more = len(faults) - _LISTED
    rest = Wording(f"그 밖에 {more:,}개, --json으로 모두 볼 수 있음", f"and {more:,} more; --json has all")
    lines = [f"  {each.in_language(language)}" for each in faults[:_LISTED]]
    return "\n".join([*lines, f"  {rest.in_language(language)}"] if more > 0 else lines)


class SourceError(DureError):
    """An input file cannot be read at all."""


class OtherShapeError(SourceError):
    """An input file has another shape than those of the source that it is read as, though it has columns ``known``."""

    def __init__(self, message: Wording, known: Collection[str] = ()) -> None:
        super().__init__(message)
        self.known = known


class StoreError(DureError):
    """The graph store failed."""


class StoreUnavailableError(StoreError):
    """The store cannot be reached."""


class StoreSilentError(StoreUnavailableError):
    """The store was reached and does not answer in time: it hangs or has too much to do."""


class FeedbackUnavailableError(StoreUnavailableError):
    """The journal of feedback cannot be read or written: the disk is full, or the folder may not be written."""


class StoreAuthError(StoreError):
    """The store refused the credentials."""


class StoreBusyError(StoreError):
    """Another process holds the store."""


class QueryTimeoutError(StoreError):
    """A query took longer than it was given: it asks for too much, or the server is busy."""


class UnsoundError(StoreError):
    """What was read of the store is against the catalog; a check tells all of it."""


class StoreVersionError(StoreError):
    """The store's schema is newer than this code."""


class NotFoundError(DureError):
    """Something asked for by name does not exist."""


class SnapshotError(DureError):
    """A snapshot is damaged or does not fit the code."""


class ModelError(DureError):
    """A model bundle is damaged, missing or does not fit the snapshot."""


class DeadlineError(DureError):
    """The time that a piece of work may take is over."""


class EvaluationError(DureError):
    """An evaluation would leak the answer, has nothing to ask, or was given scores that cannot be ranked."""
