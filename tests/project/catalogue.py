"""Reading gettext catalogues with the standard library alone."""

from __future__ import annotations

import ast
import gettext
from pathlib import Path

Key = tuple[str, str, str]  # context, singular, plural


def read_po(path: Path) -> dict[Key, list[str]]:
    """Every entry of a .po file that is not fuzzy or obsolete, with its translations."""
    found: dict[Key, list[str]] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        entry = _entry(block)
        if "msgid" in entry and "fuzzy" not in block.split("msgid")[0]:
            key = (entry.get("msgctxt", ""), entry["msgid"], entry.get("msgid_plural", ""))
            found[key] = [text for name, text in entry.items() if name.startswith("msgstr")]
    return found


def _entry(block: str) -> dict[str, str]:
    entry: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if line.startswith("msg"):
            name, line = line.split(" ", 1)
            entry[name] = ""
        if name and line.startswith('"'):
            entry[name] += ast.literal_eval(line)
    return entry


def read_mo(path: Path) -> dict[Key, list[str]]:
    """Every entry of a .mo file, in the form of :func:`read_po`."""
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    found: dict[Key, list[str]] = {}
    for key, text in catalogue.items():
        message = key[0] if isinstance(key, tuple) else key
        context, _mark, single = message.rpartition("\x04")
        found.setdefault((context, single, ""), []).append(text)
    return found
