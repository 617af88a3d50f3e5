"""What verification says: a list of checks, each with a sentence, as plain data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .signatures import Signature

# The checks a stranger could make without our database; the digest needs it.
BY_SIGNATURE = frozenset({"signed", "trusted", "signer", "secretary", "sealed"})


@dataclass(frozen=True)
class Check:
    """One question and its answer. ``name`` is stable, ``sentence`` is for the reader.

    ``detail`` is for the office alone: a typed reason may name people.
    """

    name: str
    ok: bool
    sentence: str
    detail: str = ""


@dataclass(frozen=True)
class Verdict:
    """``valid`` only if every check is. ``notes`` say what could not be known; ``document_id`` is
    the document the file is, or claims to be; ``annex`` the annex of it that the file is
    ("Phụ lục II của Quyết định số 05/QĐ-UBND").

    ``recorded_as`` is the medium (``"paper"``, ``"uploaded"``, ``"elsewhere"``) of a document that
    was not signed here, where the bytes are the ones its clerk recorded: that is what counts then,
    and signatures in the file are told, not judged.
    """

    sha256: str
    checks: list[Check]
    readable: bool = True
    reference: str = ""
    annex: str = ""
    document_id: int | None = None
    recorded_as: str = ""
    signatures: list[Signature] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def named(self) -> str:
        """What the file is, in a sentence."""
        return self.annex or _("văn bản số %(number)s") % {"number": self.reference}

    @property
    def valid(self) -> bool:
        return bool(self.checks) and all(check.ok for check in self.checks)

    @property
    def against(self) -> list[Check]:
        """The failed checks that speak against the file: of one that counts as its clerk recorded
        it, neither that it is a picture nor what its signatures are."""
        spared = BY_SIGNATURE | {"readable"} if self.recorded_as else frozenset()
        return [check for check in self.checks if not check.ok and check.name not in spared]

    @property
    def answer(self) -> str:
        """``"invalid"`` when a check fails, ``"unknown"`` when no list says that a certificate is
        not revoked or nobody here signed the file, else ``"valid"``."""
        if not self.checks or self.against:
            return "invalid"
        if self.recorded_as:
            return "unknown"
        return "valid" if all(item.answer == "valid" for item in self.signatures) else "unknown"

    @property
    def signatures_hold(self) -> bool:
        """Whether the signatures alone would have let the file pass."""
        answers = {check.name: check.ok for check in self.checks if check.name in BY_SIGNATURE}
        return bool(answers.get("signed")) and all(answers.values())

    @property
    def digest_holds(self) -> bool:
        """Whether the stored SHA-256 alone would have let the file pass."""
        return any(check.name == "digest" and check.ok for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        return {
            "valid": self.valid,
            "answer": self.answer,
            "signatures_hold": self.signatures_hold,
            "digest_holds": self.digest_holds,
            **asdict(self),
        }
