"""What Bloom calls saved Cypher: search phrases with their parameters, and scene actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from graph_schema.cypher import quoted

DataType = Literal["String", "Integer", "Date"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A gap in a phrase that a coordinator fills; what can stand there is suggested.

    Either ``label`` and ``property_`` name an indexed property whose values are suggested, or ``cypher`` returns them
    in one column.
    """

    name: str
    data_type: DataType = "String"
    label: str | None = None
    property_: str | None = None
    cypher: str | None = None

    @property
    def placeholder(self) -> object:
        """Return a value of the right type that nothing has, where there is nothing to suggest."""
        return {"String": "-", "Integer": 0, "Date": date(1900, 1, 1)}[self.data_type]

    def suggestions(self) -> str:
        """Return the query whose first column is suggested; the busiest of the first thousand where a label says so."""
        if self.cypher is not None:
            return self.cypher
        label, property_ = quoted(str(self.label)), quoted(str(self.property_))
        value = f"n.{property_}"
        return (
            f"MATCH (n:{label}) USING INDEX n:{label}({property_}) WHERE {value} >= '' WITH n LIMIT 1000 "
            f"RETURN {value} ORDER BY COUNT {{ (n)--() }} DESC LIMIT 20"
        )


@dataclass(frozen=True, slots=True)
class Phrase:
    """A question: ``text`` is typed, with ``$name`` for each parameter; ``about`` is shown beneath it.

    ``sample`` returns values of the parameters to try it with, beside those that are suggested.
    """

    text: str
    about: str
    cypher: str
    parameters: Sequence[Parameter] = ()
    sample: str | None = None


@dataclass(frozen=True, slots=True)
class SceneAction:
    """What can be done with what is selected: ``on`` says which of ``$nodes`` and ``$relationships`` it takes.

    ``labels`` and ``types`` say of what; all where empty. ``sample`` returns element ids to try it on.
    """

    name: str
    cypher: str
    on: Literal["nodes", "relationships"]
    sample: str
    labels: Sequence[str] = ()
    types: Sequence[str] = ()
    writes: bool = False
