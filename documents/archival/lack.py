"""What the archival check reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lack:
    """One thing that is missing or forbidden: a name for programs, a sentence for people."""

    code: str
    sentence: str
