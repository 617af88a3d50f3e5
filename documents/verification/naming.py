"""What a file calls itself: viewers show its title in place of the file's name."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from pyhanko.pdf_utils.decode_limits import DecodePurpose

from .reader import Reader

_INFO = ("/Title", "/Subject", "/Author", "/Keywords")
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def names_of(reader: Reader) -> tuple[dict[str, str], list[str]]:
    """Its entries in the information dictionary, and the titles in its XMP packet.

    Signing software writes its date and its own name there, and nothing else. Raises what the
    parsers raise for a broken file.
    """
    # Indexing follows references, ``get`` does not.
    info: Any = reader.trailer["/Info"] if "/Info" in reader.trailer else {}  # noqa: SIM401
    return {key: str(info[key]) for key in _INFO if key in info}, _titles(reader.root)


def _titles(root: Any) -> list[str]:
    if "/Metadata" not in root:
        return []
    data = root["/Metadata"].read_data(DecodePurpose.GENERIC)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("a packet has neither, and a parser would unfold them")
    tree = ElementTree.fromstring(data)  # noqa: S314
    found = ["".join(item.itertext()).strip() for item in tree.iter(_TITLE)]
    return found + [item.attrib[_TITLE] for item in tree.iter() if _TITLE in item.attrib]
