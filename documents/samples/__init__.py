"""One document of every kind, as xã Tam Quang might issue it: fictitious people, plausible words.

``manage.py render_samples`` prints and signs them; the tests hold their bytes (golden digests).
"""

from __future__ import annotations

from documents.samples import citizens, copies, decisions, letters, meetings, named
from documents.samples.common import Sample

__all__ = ["SAMPLES", "Sample"]

SAMPLES: dict[str, Sample] = {
    **decisions.SAMPLES,
    **named.SAMPLES,
    **letters.SAMPLES,
    **meetings.SAMPLES,
    **copies.SAMPLES,
    **citizens.SAMPLES,
}
