"""Reads saved answers: JSON as a document, XML item by item, whatever the encoding."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from loaders.files import CHUNK, opened_text, shown

_DECLARED = "<!DOCTYPE"
_NO_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML may hold: one in a notice that was pasted from a document must not cost all others."""
_MARK: Final = "span"
"""The element by which NTIS marks the searched word within a text."""
_PROLOG: Final = re.compile(r"(?:\s|\ufeff|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_LONGEST_PROLOG: Final = 1 << 24
"""Characters read before the first record: past these a file is none of records, and must not fill memory."""


def json_document(path: Path) -> Any:
    """Return the parsed document; raises ``SourceError`` where it is no JSON."""
    with opened_text(path) as file:
        try:
            return json.load(file, strict=False)
        except RecursionError as error:
            raise SourceError(
                Wording(
                    f"{shown(path)}: 어떤 답보다도 깊이 겹쳐 있습니다. 다시 받으십시오",
                    f"{shown(path)} is nested deeper than any answer; fetch it again",
                )
            ) from error
        except ValueError as error:
            raise SourceError(
                Wording(
                    f"{shown(path)}: 온전한 JSON이 아닙니다({error}). 다시 받고, 같으면 XML이나 RSS로 받으십시오",
                    f"{shown(path)} is not complete JSON: {error}; fetch it again, as XML or RSS where the register "
                    "writes no valid JSON",
                )
            ) from error


def xml_items(path: Path, is_item: Callable[[Element], bool]) -> Iterator[Element]:
    """Stream the elements that ``is_item`` picks; each is emptied after use, so that memory stays flat.

    What no XML may hold becomes U+FFFD. Raises ``SourceError`` for broken XML and for a document type, which no
    register's answer has.
    """
    parser: XMLPullParser[Element] = XMLPullParser(events=("end",))
    with opened_text(path) as file:
        # The parser takes text as it is, whatever encoding the document declares for itself.
        chunk = _checked_start(path, iter(lambda: file.read(CHUNK), ""))
        try:
            while chunk:
                parser.feed(_NO_XML.sub("\ufffd", chunk))
                for _, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
                    if is_item(element):
                        yield element
                        element.clear()
                chunk = file.read(CHUNK)
            parser.close()
        except ParseError as error:
            raise SourceError(
                Wording(
                    f"{shown(path)}: 온전한 XML이 아닙니다({error}). 다시 받고, 같으면 JSON으로 받으십시오",
                    f"{shown(path)} is not complete XML: {error}; fetch it again, as JSON where the register writes no "
                    "valid XML",
                )
            ) from error


def element_values(element: Element) -> dict[str, str]:
    """Return the texts of an element's children by tag, or by ``name`` of ``<col name="…">``; inner markup dropped.

    The texts of children of one tag are joined by ``|``.
    """
    values: dict[str, str] = {}
    for child in element:
        name = child.get("name", child.tag) if child.tag == "col" else child.tag
        text = "".join(child.itertext()).strip()
        values[name] = f"{values[name]}|{text}" if values.get(name) and text else values.get(name) or text
    return values


def nested_values(element: Element) -> dict[str, str]:
    """Return all texts below an element by their path (``ProjectTitle/Korean``), codes by ``…@code``.

    A word that is marked within a text is part of it. Of several elements of one path the first is taken.
    """
    values: dict[str, str] = {}

    def walk(parent: Element, path: str) -> None:
        for child in parent:
            name = f"{path}{child.tag}"
            if child.get("code"):
                values.setdefault(f"{name}@code", child.get("code", ""))
            if any(each.tag != _MARK for each in child):
                walk(child, f"{name}/")
            else:
                values.setdefault(name, "".join(child.itertext()).strip())

    walk(element, "")
    return values


def _checked_start(path: Path, chunks: Iterator[str]) -> str:
    """Return the text up to the root element and a little more; refuses a document type before it."""
    text = ""
    for chunk in chunks:
        text += chunk
        behind = _PROLOG.match(text)
        rest = text[behind.end() :] if behind else text
        # An unfinished comment or a sign cut in two: more has to be read before anything can be said.
        if len(rest) >= len(_DECLARED) and not rest.startswith(("<!--", "<?")):
            break
        if len(text) > _LONGEST_PROLOG:
            raise SourceError(
                Wording(
                    f"{shown(path)}: 앞의 1,600만 자 안에 요소가 없습니다. 다시 받으십시오",
                    f"{shown(path)} holds no element in its first 16 million characters; fetch it again",
                )
            )
    behind = _PROLOG.match(text)
    if behind and text[behind.end() :].upper().startswith(_DECLARED):
        raise SourceError(
            Wording(
                f"{shown(path)}: 받아들이지 않는 문서 형식(DOCTYPE)을 선언하고 있습니다. 답만 다시 받으십시오",
                f"{shown(path)} declares a document type, which is not accepted; fetch the plain answer again",
            )
        )
    return text.lstrip("\ufeff \t\r\n")
