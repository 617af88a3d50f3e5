"""500 copies of finished files, each with one bit of one byte flipped: who notices?

``python -m tests.documents.flips`` prints the table for a copy of every way a document is signed
here (:mod:`tests.documents.ways`). Two defences are counted apart: the signatures, which hold for a
stranger without our database, and the stored SHA-256. A third, our own analysis of what stands in
the file besides the prepared page and the signatures, is told beside them.
"""

import os
import random
import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

COUNT, SEED = 500, 20260305
# Bytes that mean nothing to a reader, with the bit that changes them and their meaning least.
_PLACES = (
    (rb"0{64,}>", 0x01),  # the zeros after a signature's value
    (rb"(?<=/Contents <)[0-9A-F]+", 0x20),  # "A" for "a" in the value itself
    (rb"(?<=startxref)\s+\d+", 0x01),
    (rb"%%EOF\s", 0x04),
    (rb"%[\x80-\xff]{4}", 0x01),  # the mark of a binary file
)


@dataclass(frozen=True)
class Flip:
    """One flipped bit: where, and who noticed."""

    way: str
    position: int
    covered: bool
    refused: bool
    signature: bool
    digest: bool
    changes: bool


def positions(data, count, chance):
    """``count`` pairs (place, bit): some of each kind that means nothing, the rest anywhere."""
    found = {}
    for pattern, bit in _PLACES:
        # The last ones: what is written later covers those before.
        spans = [match.span() for match in re.finditer(pattern, data)][-2:]
        places = [place for start, end in spans for place in range(start, end)]
        found.update(dict.fromkeys(chance.sample(places, min(3, len(places))), bit))
    while len(found) < count:
        found.setdefault(chance.randrange(len(data)), 1 << chance.randrange(8))
    return sorted(found.items())


def covered_by(data):
    """A function that says of a position whether a signature of a person or the agency covers it;
    time stamps over the document are counted as none of these."""
    from documents.verification import signatures

    if not data.startswith(b"%PDF"):
        return lambda _position: False
    ranges = []
    for embedded in signatures.open_pdf(data).embedded_regular_signatures:
        numbers = [int(number) for number in embedded.sig_object["/ByteRange"]]
        ranges += [(start, start + size) for start, size in zip(*[iter(numbers)] * 2, strict=True)]
    return lambda position: any(start <= position < end for start, end in ranges)


def flipped(way, count, chance):
    """A :class:`Flip` for each of ``count`` copies of a way's file."""
    from documents.verification.answer import Outcome, answer

    covered = covered_by(way.data)
    signed = len(answer(way.data, way.document).verdict.signatures)
    # Without a signature a changed scan is like any other scan of the paper: it proves nothing.
    refusing = (Outcome.INVALID,) if signed else (Outcome.INVALID, Outcome.UNKNOWN)
    for position, bit in positions(way.data, count, chance):
        broken = bytearray(way.data)
        broken[position] ^= bit
        given = answer(bytes(broken), way.document)
        verdict = given.verdict
        intact = [item for item in verdict.signatures if item.intact]
        yield Flip(
            way=way.name,
            position=position,
            covered=covered(position),
            refused=given.outcome in refusing and not verdict.valid,
            signature=not verdict.signatures_hold if way.signed_here else len(intact) < signed,
            digest=not verdict.digest_holds,
            changes=any(check.name == "changes" and not check.ok for check in verdict.checks),
        )


def all_flips(ways, count=COUNT):
    """The flips of all ways, as evenly as the number allows."""
    chance, names = random.Random(SEED), list(ways)
    for place, name in enumerate(names):
        share = count // len(names) + (place < count % len(names))
        yield from flipped(ways[name], share, chance)


def table(flips, sizes):
    """Lines: the way, bytes of its file, copies, how many each defence noticed."""
    yield f"{'':<26}{'byte':>8}{'bản':>6}{'từ chối':>9}{'chữ ký':>8}{'SHA-256':>9}{'đối chiếu':>11}"
    for name in [*sizes, "tất cả"]:
        mine = [item for item in flips if name in (item.way, "tất cả")]
        count = Counter(
            key
            for item in mine
            for key in ("refused", "signature", "digest", "changes")
            if getattr(item, key)
        )
        yield (
            f"{name:<26}{sizes.get(name, sum(sizes.values())):>8}{len(mine):>6}"
            f"{count['refused']:>9}{count['signature']:>8}{count['digest']:>9}"
            f"{count['changes']:>11}"
        )


def main():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    from .ways import every_way

    setup_test_environment()
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0)
    try:
        with tempfile.TemporaryDirectory() as folder, every_way(Path(folder)) as ways:
            flips = list(all_flips(ways))
            print("\n".join(table(flips, {way.name: len(way.data) for way in ways.values()})))
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
        teardown_test_environment()


if __name__ == "__main__":
    main()
