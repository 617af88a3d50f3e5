"""Copies an office makes in a year: of the notice to the public, on paper and electronically."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from documents import service as documents
from documents.models import Document, State
from workflows import service as workflows
from workflows.service import perform

from .. import demo
from ..flows import copy_document
from ..issuing import copying
from ..models import CopyRequest
from ..roles import Role
from .walk import Walk


def notice_copied(walk: Walk) -> None:
    """A sao y signed by the Deputy for the village halls, a trích sao for a school."""
    walk.tell("sao Thông báo về các tổ")
    original = Document.objects.filter(
        issuer=walk.commune.issuer, kind="notice", state=State.RELEASED
    ).earliest("pk")
    on_paper = _asked(walk, original, "true_copy.paper", recipients="Nhà văn hóa các bản")
    _sealed(
        walk,
        _done(
            walk,
            on_paper,
            "record_paper_copy",
            Role.CLERK,
            signer=walk.cast(Role.DEPUTY_CHAIRMAN),
            date=timezone.localdate(),
        ),
    )
    extract = _asked(walk, original, "extract.electronic", recipients="Trường Trung học cơ sở xã")
    walk.later(1)
    _sealed(walk, _done(walk, extract, "allow_copy", Role.CHAIRMAN))


def _asked(walk: Walk, original: Document, key: str, *, recipients: str) -> CopyRequest:
    [way] = [way for way in documents.ways_to_copy(original) if way.key == key]
    # Where people find help stands last.
    last = documents.parts_of(original.says())[-1]
    return _told(
        walk,
        copy_document.begin(
            walk.cast(Role.CLERK),
            walk.cast.post(Role.CLERK),
            original,
            way,
            recipients=recipients,
            quantity=18 if way.medium == "paper" else 1,
            places=last.places if way.kind == "extract" else (),
        ),
    )


def _done(walk: Walk, asked: CopyRequest, act: str, role: Role, **data: Any) -> CopyRequest:
    return _told(walk, perform(asked, act, by=walk.cast(role), seen=asked.revision, **data))


def _sealed(walk: Walk, asked: CopyRequest) -> CopyRequest:
    done = copying.seal(
        asked, by=walk.cast(Role.CLERK), seen=asked.revision, passphrase=demo.PASSPHRASE
    )
    return _told(walk, done)


def _told(walk: Walk, asked: CopyRequest) -> CopyRequest:
    event = workflows.history(asked).last()
    assert event is not None
    walk.say(f"  {event.actor_name} ({event.capacity}): {event.act} -> {asked.word(asked.state)}")
    return asked
