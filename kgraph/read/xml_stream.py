"""XML as a stream of the elements that matter, without the tricks that XML allows (entities, external references)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from kgraph.errors import InputError
from kgraph.read.source import Source

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>\s*)*", re.S)


def root_name(source: Source) -> str:
    """Return the local name of the root element, or "" for what is no XML."""
    head = source.head_text
    if not head.lstrip().startswith("<"):
        return ""
    start = _PROLOG.match(head)
    match = _ROOT.match(head, start.end() if start else 0)
    return match[1] if match else ""


def elements(source: Source, names: Collection[str]) -> Iterator[tuple[int, Element]]:
    """Yield (number, element) for each element of one of the local names, whole, and forget it afterwards.

    An element within a yielded one isn't yielded. InputError where the text is no XML or defines entities; what stood
    before was yielded.
    """
    depth = count = 0
    path: list[Element] = []
    with source.open() as stream:
        try:
            for event, element in iterparse(stream, events=("start", "end"), forbid_external=True):
                wanted = local(element.tag) in names
                if event == "start":
                    path.append(element)
                    depth += wanted
                    continue
                path.pop()
                depth -= wanted
                if wanted and not depth:
                    count += 1
                    yield count, element
                if not depth and path:
                    path[-1].remove(element)
        except DefusedXmlException as error:
            raise InputError(
                "the XML defines entities or refers to other files, which is refused",
                where=source.shown,
                remedy="remove its DOCTYPE",
            ) from error
        except (ParseError, ExpatError, ValueError, LookupError) as error:
            raise InputError(
                f"not valid XML: {error}", where=source.shown, remedy=f"{count} were read before"
            ) from error


def local(tag: object) -> str:
    """Return a tag without its namespace; comments and instructions have no name."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, *path: str) -> list[Element]:
    """Return the elements that a path of local names leads to."""
    here = [element]
    for name in path:
        here = [child for parent in here for child in parent if local(child.tag) == name]
    return here


def inside(element: Element, name: str) -> list[Element]:
    """Return all elements of a local name below the element, in document order."""
    return [child for child in element.iter() if local(child.tag) == name and child is not element]


def words(element: Element | None) -> str:
    """Return all the text of an element, as it stands."""
    return "".join(element.itertext()) if element is not None else ""


def first(element: Element, *path: str) -> str:
    """Return the text of the first element that a path leads to, stripped, or ""."""
    found = children(element, *path)
    return words(found[0]).strip() if found else ""
