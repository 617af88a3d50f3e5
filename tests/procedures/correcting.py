"""Released decisions and the cases that put them right, driven by the right people."""

from __future__ import annotations

from procedures.flows import correct_document
from procedures.models import Dossier
from procedures.roles import Role
from workflows.models import Post
from workflows.states import State

COLUMNS = ("full_name", "birth_year", "phone", "role", "represents", "may_publish")


def post_of(user) -> Post:
    """The post from which a specialist or clerk works."""
    return Post.objects.get(holdings__user=user, holdings__until=None)


def begun(cast, document, remedy, *, by=None, **more) -> Dossier:
    """A draft by the second specialist, so that the first may check it."""
    author = by or cast(Role.SPECIALIST, 1)
    return correct_document.draft(author, post_of(author), document, remedy, **more)


def rows_of(change) -> list[dict]:
    """The list of a line as its page would send it back unchanged."""
    return list(change.seats.values(*COLUMNS, "was_id", "another"))


def changed(change, number, **fields) -> list[dict]:
    """The list with the seat ``number`` (from 1) changed."""
    rows = rows_of(change)
    rows[number - 1] |= fields
    return rows


def respelt(change, number=3) -> str:
    """The name of a seat with one more letter at its end."""
    return rows_of(change)[number - 1]["full_name"] + "h"


def without(change, number) -> list[dict]:
    rows = rows_of(change)
    del rows[number - 1]
    return rows


def sent(road, dossier, *, seats=None, **words) -> Dossier:
    """Edited and sent by its author."""
    words = {"fault": "Ghi sai họ và tên thành viên", **words}
    dossier = road.do(dossier, "edit", dossier.author, seats=seats or {}, **words)
    return road.do(dossier, "submit", dossier.author)


def released(road, dossier) -> Dossier:
    """From where it stands to its release, by the fixture's people."""
    return road._forward(dossier, State.RELEASED)
