"""Copies of a released decision, each step by the right person."""

from django.db import transaction

from documents import service as documents
from procedures.flows import copy_document
from procedures.issuing import copying
from procedures.roles import Role
from tests.conftest import PASSPHRASE, TAM_QUANG, Cast
from tests.documents.copying import page
from workflows.models import Agency
from workflows.service import perform
from workflows.states import State

from .conftest import Road


def released(blocker):
    """A released decision of Tam Quang for a whole module; every test rolls back to it."""
    with blocker.unblock(), transaction.atomic():
        yield Road(Cast(Agency.objects.get(code=TAM_QUANG))).to(State.RELEASED).decision
        transaction.set_rollback(True)


def asked(cast, original, key, **chosen):
    """A copy asked for by the clerk; ``key`` as "extract.electronic"."""
    way = next(way for way in documents.ways_to_copy(original) if way.key == key)
    if way.scanned:
        chosen.setdefault("pages", (page(),))
    if way.kind == "extract":
        chosen.setdefault("places", (0, 1))
    return copy_document.begin(
        cast(Role.CLERK), cast.post(Role.CLERK), original, way,
        recipients="- Sở Khoa học và Công nghệ;\nLưu: VT.", **chosen,
    )  # fmt: skip


def do(copy, act, by, note="", **data):
    return perform(copy, act, by=by, seen=copy.revision, note=note, **data)


def sealed(cast, copy, **data):
    return copying.seal(
        copy, by=cast(Role.CLERK), seen=copy.revision, passphrase=PASSPHRASE, **data
    )
