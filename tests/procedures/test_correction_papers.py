"""What the papers of a correction say where it is long, or of a decision about no team's list."""

from documents.model import SignatureBlock
from procedures import papers
from procedures.models import Remedy

from .correcting import begun, rows_of
from .restructuring import findings_of, founded

LETTERS = ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r",
           "s", "t", "u", "v", "x", "y"]  # fmt: skip


def paragraphs(dossier, slot="decision"):
    says = papers.content(slot, dossier, SignatureBlock(("CHỦ TỊCH",), "Nguyễn Văn T"))
    return [getattr(block, "text", "") for block in says.body]


def all_wrong(line):
    """Every place of every seat: four items each."""
    rows = rows_of(line)
    for row in rows:
        row["full_name"] += "h"
        row["represents"] += " (sửa)"
        row["birth_year"] = 1970
        row["role"] = "deputy" if row["role"] != "deputy" else "member"
    return rows


def test_an_amendment_of_forty_places_prints_all_of_them(tam_quang):
    long, short = founded(tam_quang, members=10), founded(tam_quang, 1, members=4)
    decision = long.decision
    type(short).objects.filter(pk=short.pk).update(decision=decision)
    dossier = begun(tam_quang, decision, Remedy.AMEND, teams=[long, short])
    first, second = dossier.lines()
    dossier.rewrite({"seats": {first.pk: all_wrong(first), second.pk: all_wrong(second)}})
    said = paragraphs(dossier)
    khoan = [n for n, text in enumerate(said) if text[:2] in ("1.", "2.", "3.")]
    assert [said[n] for n in khoan] == [
        f"1. {long.name}, xã Tam Quang:",
        f"2. {long.name}, xã Tam Quang (tiếp theo):",
        f"3. {short.name}, xã Tam Quang:",
    ]
    points = [text.partition(") ") for text in said if text[1:3] == ") "]
    assert [letter for letter, _mark, _text in points] == [*LETTERS, *LETTERS[:17], *LETTERS[:16]]
    # Every place once, and each khoản closed by a full stop.
    assert len({text.rstrip(".;") for _letter, _mark, text in points}) == 56
    assert [said[n - 1][-1] for n in khoan[1:]] == [".", "."]
    assert findings_of(dossier, "decision") == findings_of(dossier, "submission") == []
