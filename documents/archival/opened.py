"""A PDF opened for the check: its last revision, all its dictionaries, its structure tree."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from pyhanko.pdf_utils import generic

from documents.verification.reader import Reader

_MOST_OBJECTS = 200_000  # a file made to keep us busy has more


def got(holder: Any, key: str, default: Any = None) -> Any:
    """What a dictionary has under a key, references followed: the library's own ``get`` does
    not follow them."""
    return holder[key] if key in holder else default  # noqa: SIM401


class Opened:
    """The bytes of a file and what stands in it. Raises what pyHanko raises for a broken one."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.reader = Reader(data)
        self.root: Any = self.reader.root if not self.encrypted else {}

    @property
    def encrypted(self) -> bool:
        return bool(self.reader.encrypted)

    @cached_property
    def dictionaries(self) -> list[Any]:
        """Every dictionary and stream that can be reached from the catalogue."""
        found: list[Any] = []
        seen: set[int] = set()
        waiting: list[Any] = [self.root]
        while waiting and len(found) < _MOST_OBJECTS:
            value = waiting.pop()
            if isinstance(value, generic.IndirectObject):
                if value.idnum in seen:
                    continue
                seen.add(value.idnum)
                value = value.get_object()
            if isinstance(value, generic.DictionaryObject):
                found.append(value)
                waiting += [value.raw_get(key) for key in value]
            elif isinstance(value, generic.ArrayObject):
                waiting += [value.raw_get(place) for place in range(len(value))]
        return found

    @cached_property
    def pages(self) -> list[Any]:
        """The page dictionaries, in order."""
        return list(_leaves(got(self.root, "/Pages", {})))

    @cached_property
    def elements(self) -> list[Element]:
        """The structure elements in reading order."""
        return list(_elements(got(self.root, "/StructTreeRoot", {}), ()))

    @cached_property
    def parents(self) -> dict[int, Any]:
        """The parent tree: what each number of a page or a field leads to."""
        tree = got(got(self.root, "/StructTreeRoot", {}), "/ParentTree", {})
        return dict(_numbers(tree))

    @property
    def fields(self) -> list[Any]:
        """The form fields, each its own widget."""
        form = got(self.root, "/AcroForm", {})
        return [item.get_object() for item in got(form, "/Fields", [])]


class Element:
    """A structure element: its dictionary and the types of those it stands in."""

    def __init__(self, data: Any, above: tuple[str, ...]) -> None:
        self.data, self.above = data, above

    @property
    def type(self) -> str:
        """ "/Figure"."""
        return str(got(self.data, "/S", ""))


def _leaves(node: Any, depth: int = 0) -> Iterator[Any]:
    if depth > 50:
        return
    if "/Kids" in node:
        for kid in node["/Kids"]:
            yield from _leaves(kid.get_object(), depth + 1)
    elif node:
        yield node


def _elements(node: Any, above: tuple[str, ...]) -> Iterator[Element]:
    if len(above) > 100:
        return
    kids = got(node, "/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        item = kid.get_object()
        if isinstance(item, generic.DictionaryObject) and "/S" in item:
            element = Element(item, above)
            yield element
            yield from _elements(item, (*above, element.type))


def _numbers(tree: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:
    numbers = got(tree, "/Nums", [])
    for place in range(0, len(numbers) - 1, 2):
        yield int(numbers[place]), numbers[place + 1].get_object()
    for kid in got(tree, "/Kids", []) if depth < 20 else []:
        yield from _numbers(kid.get_object(), depth + 1)
