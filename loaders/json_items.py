"""Reads the lists of items in a JSON answer an element at a time, so that memory stays flat however long they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from json import JSONDecoder
from pathlib import Path
from typing import IO, Any, Final

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from loaders.files import CHUNK, opened_text, shown
from loaders.reading import json_document

_BLANKS = re.compile(r"[ \t\r\n]*")
_DECODER: Final = JSONDecoder(strict=False)
"""Registers leave line ends and other control characters within texts as they are."""
_MARGIN: Final = 32
"""A number that ends so near the end of what has been read may go on behind it."""


@dataclass
class JsonItems:
    """A list of items in a JSON file, which is read anew each time that its elements are asked for."""

    path: Path
    envelopes: Collection[str]
    number: int
    """Which of the file's lists of items this is."""
    length: int = 0
    objects: bool = True
    """Whether all elements are objects."""
    fault: SourceError | None = None
    """What ends the file behind these elements, where it is not complete."""
    around: dict[str, Any] = field(default_factory=dict, compare=False)
    """Scalars of the document around the lists, by name, as far as it was read."""

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[Any]:
        with opened_text(self.path) as file:
            try:
                for items, element in _document(_Text(file), JsonItems(self.path, self.envelopes, 0)):
                    if items.number == self.number:
                        yield element
            except ValueError as error:
                raise self.fault or SourceError(
                    Wording(
                        f"{shown(self.path)}: 읽는 동안 바뀐 파일입니다. 다시 적재하십시오",
                        f"{shown(self.path)} was changed while it was read; load it again",
                    )
                ) from error


def json_outline(path: Path, envelopes: Collection[str]) -> Any:
    """Return the document with ``JsonItems`` in place of a list that is all of it, or stands in one of ``envelopes``.

    Objects that follow each other (JSON lines) are such a list. The whole file is read once. Of one that is cut off the
    objects before that are returned, with the fault; raises ``SourceError`` where there is none, or it is no JSON.
    """
    before: list[JsonItems] = []
    following = JsonItems(path, envelopes, 0)
    try:
        with opened_text(path) as file:
            text = _Text(file)
            walk = _document(text, following)
            while True:
                try:
                    items, element = next(walk)
                except StopIteration as end:
                    text.expect("")
                    return end.value
                before += [] if items.length else [items]
                items.length += 1
                items.objects &= isinstance(element, Mapping)
    except (ValueError, RecursionError):
        try:
            # Read in one piece, it tells what is wrong with it and where.
            return json_document(path)
        except SourceError as error:
            whole = next((items for items in before if items.objects), None)
            if whole is None:
                raise
            whole.fault, whole.around = error, following.around
            return whole


def _document(text: _Text, following: JsonItems) -> Generator[tuple[JsonItems, Any], None, Any]:
    """Walk a whole document, which may be one object after the other."""
    document = yield from _walk(text, following)
    if text.sign() != "{" or following.number or not isinstance(document, Mapping):
        return document
    items = JsonItems(following.path, following.envelopes, following.number)
    yield items, document
    while text.sign() == "{":
        yield items, text.value()
    return items


def _walk(text: _Text, following: JsonItems, name: str | None = None) -> Generator[tuple[JsonItems, Any], None, Any]:
    """Yield each element of the lists of items with its list; return the document around them.

    ``following`` counts the lists and knows the envelopes; ``name`` is that of the member that comes next.
    """
    sign = text.sign() if name is None or name in following.envelopes else ""
    if sign == "[":
        items = JsonItems(following.path, following.envelopes, following.number)
        following.number += 1
        yield from ((items, element) for element in text.elements())
        return items
    if sign == "{":
        document: dict[str, Any] = {}
        for key in text.members():
            document[key] = yield from _walk(text, following, key)
            if isinstance(document[key], str | int):
                following.around[key] = document[key]
        return document
    return text.value()


class _Text:
    """A JSON text of which only the part that is being read is held; raises ``ValueError`` where it is none."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._held, self._at, self._ended = "", 0, False

    def sign(self) -> str:
        """Return the next sign that is no blank, and stay before it; empty at the end."""
        while True:
            if blanks := _BLANKS.match(self._held, self._at):
                self._at = blanks.end()
            if self._at < len(self._held) or self._ended:
                return self._held[self._at : self._at + 1]
            self._read_on()

    def expect(self, *signs: str) -> str:
        """Pass over the next sign, which is one of these."""
        sign = self.sign()
        if sign not in signs:
            raise ValueError(f"{sign!r} where {signs} may stand")
        self._at += len(sign)
        return sign

    def value(self) -> Any:
        """Read the next value as a whole."""
        self.sign()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._held, self._at)
            except ValueError:
                if self._ended:
                    raise
            else:
                if self._ended or end + _MARGIN <= len(self._held):
                    self._at = end
                    return value
            self._read_on()

    def elements(self) -> Iterator[Any]:
        """Read a list, an element at a time."""
        self.expect("[")
        if self.sign() == "]":
            self.expect("]")
            return
        yield self.value()
        while self.expect(",", "]") == ",":
            yield self.value()

    def members(self) -> Iterator[str]:
        """Read the names of an object; its values are for the caller to read, each after its name."""
        self.expect("{")
        if self.sign() == "}":
            self.expect("}")
            return
        more = ","
        while more == ",":
            if self.sign() != '"':
                raise ValueError("the name of a member is missing")
            name = self.value()
            self.expect(":")
            yield name
            more = self.expect(",", "}")

    def _read_on(self) -> None:
        # A value longer than what is held is tried again with twice as much.
        rest = self._held[self._at :]
        more = self._file.read(max(CHUNK, len(rest)))
        self._held, self._at, self._ended = rest + more, 0, not more
