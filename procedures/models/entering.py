"""Nhập hộ: the specialist enters what a head of hamlet or the Youth secretary asks for.

The request stays that of the person for whom it is entered (``author``): the rules on his own
request look at him, he is told, and he may withdraw it. Whoever only typed it is recorded beside
him and may check its content like any other. Checks, signatures and consents are never entered
for anybody.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from workflows.errors import Refusal
from workflows.models import Holding, Post
from workflows.states import Act, State, Step, act

from ..codes import MEMBER_REQUESTS
from ..roles import Role
from .sending import WRITTEN

if TYPE_CHECKING:
    from workflows.states import Record as Base

    from .dossiers import Dossier
else:
    Base = models.Model


# What is entered for others: a place's request for its team, and those about its members.
PROPOSAL = ("establish_team", *MEMBER_REQUESTS)


class Channel(models.TextChoices):
    """How a request reached the office."""

    PAPER = "paper", _("Giấy")
    PHONE = "phone", _("Điện thoại")
    ZALO = "zalo", _("Zalo")
    IN_PERSON = "in_person", _("Trực tiếp")

    def on(self, day: datetime.date) -> str:
        """ "theo bản giấy nhận ngày 20/11/2026", as inside a sentence."""
        said = {
            Channel.PAPER: _t("theo bản giấy nhận ngày %(day)s"),
            Channel.PHONE: _t("theo điện thoại ngày %(day)s"),
            Channel.ZALO: _t("theo tin Zalo nhận ngày %(day)s"),
            Channel.IN_PERSON: _t("theo lời trình bày trực tiếp ngày %(day)s"),
        }[self]
        return said % {"day": f"{day:%d/%m/%Y}"}


@dataclass(frozen=True)
class Received:
    """How and when a request reached the office; ``file`` is a photo or scan of its paper."""

    channel: str
    on: datetime.date
    file: bytes = field(default=b"", repr=False)


def holder_of(post: Post) -> Holding:
    """Who holds the post today. Raises :class:`Refusal` that says what to do when nobody does."""
    holding = post.holder()
    if holding is None:
        raise Refusal(
            _t(
                "Chưa có ai giữ chức vụ %(post)s trong hệ thống nên chưa nhập hộ được. Văn thư ghi "
                "người giữ chức vụ trước, rồi ông/bà làm tiếp."
            )
            % {"post": post.title}
        )
    return holding


class Entering(Base):
    """Who entered a request for its author, how it was received, and the acts that do so.

    ``received_file`` is the name under which :mod:`documents.service` keeps the photo.
    """

    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người nhập hộ"),
    )
    entered_at = models.DateTimeField(_("Nhập hộ lúc"), null=True, blank=True)
    received_by = models.CharField(
        _("Nhận qua"), max_length=10, choices=Channel, blank=True, default=""
    )
    received_on = models.DateField(_("Ngày nhận"), null=True, blank=True)
    received_file = models.CharField(_("Ảnh, bản quét"), max_length=120, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def how_received(self) -> str:
        """ "theo bản giấy nhận ngày 20/11/2026"; empty for what its author sent himself."""
        if not self.entered_by_id or self.received_on is None:
            return ""
        return Channel(self.received_by).on(self.received_on)

    @property
    def entry_stands(self) -> bool:
        """Whether how it was received is told for the step it is at: after a return the person
        was called again, and says so again."""
        return self.entered_at is not None and self.entered_at >= self.moved

    def why_not(self, act: Act, step: Step) -> None:
        super().why_not(act, step)
        if act.name not in ("enter", "edit_entered", "submit_entered"):
            return
        holder_of(self.post)
        if act.name != "enter" and not self.entry_stands:
            raise Refusal(_t("Ông/bà ghi trước: đề nghị này nhận bằng cách nào, ngày nào."))

    @act(label=_("Nhập hộ"), desk=Role.SPECIALIST, source=WRITTEN, only=PROPOSAL)
    def enter(self, step: Step) -> None:
        """Say for whom and how it was received: ``step.data["received"]`` is :class:`Received`."""
        received: Received | None = step.data.get("received")
        if received is None:
            raise Refusal(_t("Ông/bà ghi đề nghị này nhận bằng cách nào, ngày nào."))
        self.author = holder_of(self.post).user
        self.received_by, self.received_on = received.channel, received.on
        self.received_file = documents.keep_scan(received.file) if received.file else ""
        self._entered(step)

    @act(label=_("Lưu bản nhập hộ"), desk=Role.SPECIALIST, source=WRITTEN, only=PROPOSAL)
    def edit_entered(self, step: Step) -> None:
        """As ``edit``, by who enters it."""
        cast("Dossier", self).write_lists(step)
        self._entered(step)

    @act(
        label=_("Gửi đề nghị nhập hộ"),
        desk=Role.SPECIALIST,
        source=WRITTEN,
        target=State.SUBMITTED,
        only=PROPOSAL,
    )
    def submit_entered(self, step: Step) -> None:
        """As ``submit``, for whoever holds the post today."""
        holding = holder_of(self.post)
        self.author = holding.user
        self._entered(step)
        cast("Dossier", self).send(step, holding.user, acting=holding.acting)

    def _entered(self, step: Step) -> None:
        self.entered_by, self.entered_at = step.by, step.at
        # The ledger keeps one language, whoever reads the screen in another.
        with translation.override("vi"):
            facts = {"for": str(self.author), "how": self.how_received}
        step.data["facts"] = facts | ({"file": self.received_file} if self.received_file else {})

    def forget_entry(self) -> None:
        """Its author sends it himself; the ledger still tells who had entered what."""
        self.entered_by = self.entered_at = self.received_on = None
        self.received_by = self.received_file = ""

    def entry_snapshot(self) -> dict[str, Any]:
        """Nothing for what nobody entered: digests of earlier dossiers stay what they were."""
        if not self.entered_by_id:
            return {}
        how = [self.received_by, self.received_on, self.received_file]
        return {"entered": [self.entered_by_id, self.entered_at, *how]}
