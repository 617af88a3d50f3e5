"""The fonts of a page: weight, slope and whether the file carries them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_ITALIC_FLAG, _FORCE_BOLD_FLAG = 1 << 6, 1 << 18
_NESTED_FORMS = 3


@dataclass(frozen=True)
class Face:
    """A font as used: ``name`` is without the subset's prefix."""

    name: str
    bold: bool
    italic: bool
    embedded: bool


@dataclass(frozen=True)
class Faces:
    """The faces a page declares, by the name its glyphs carry."""

    declared: Mapping[str, Face]

    def face(self, name: str, *, slanted: bool) -> Face:
        """The face of a glyph; ``slanted`` when its matrix leans the letters."""
        face = self.declared.get(name) or _face(name, {})
        return Face(face.name, face.bold, True, face.embedded) if slanted else face


def of_page(page: Any) -> Faces:
    """The faces of a pdfplumber page, those of its form XObjects included."""
    from pdfminer.pdftypes import resolve1

    found: dict[str, Face] = {}
    for font in _fonts(page.page_obj.resources, resolve1, _NESTED_FORMS):
        name = _text(resolve1(font.get("BaseFont", "")))
        found[name] = _face(name, _descriptor(font, resolve1))
    return Faces(found)


def _fonts(resources: Any, resolve: Any, depth: int) -> Iterator[dict[str, Any]]:
    entries = resolve(resources) or {}
    for font in (resolve(entries.get("Font")) or {}).values():
        yield resolve(font)
    if depth:
        for form in (resolve(entries.get("XObject")) or {}).values():
            inner = resolve(form).attrs.get("Resources")
            yield from _fonts(inner, resolve, depth - 1)


def _descriptor(font: Mapping[str, Any], resolve: Any) -> dict[str, Any]:
    inner = resolve(font.get("DescendantFonts"))
    holder = resolve(inner[0]) if inner else font
    if _text(holder.get("Subtype", "")) == "Type3":
        return {"FontFile": True}  # its glyphs are drawn in the file itself
    return resolve(holder.get("FontDescriptor")) or {}


def _face(name: str, descriptor: Mapping[str, Any]) -> Face:
    plain = name.split("+", 1)[-1]
    lower = plain.lower()
    flags = int(descriptor.get("Flags", 0))
    weight = int(descriptor.get("FontWeight", 400))
    leaning = bool(flags & _ITALIC_FLAG) or descriptor.get("ItalicAngle", 0) != 0
    return Face(
        name=plain,
        bold="bold" in lower or weight >= 600 or bool(flags & _FORCE_BOLD_FLAG),
        italic="italic" in lower or "oblique" in lower or leaning,
        embedded=any(key in descriptor for key in ("FontFile", "FontFile2", "FontFile3")),
    )


def _text(name: Any) -> str:
    """A PDF name as text; pdfminer hands out a literal or bytes."""
    value = getattr(name, "name", name)
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
