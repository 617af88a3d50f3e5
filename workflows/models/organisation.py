"""Who may act: agencies, their units and posts, and who holds a post from when to when.

A right belongs to a post, never to an account. All periods are Hanoi dates, both ends included.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Agency(models.Model):
    """An agency whose cases are kept apart from every other agency's."""

    code = models.CharField(_("Mã đơn vị"), max_length=20, unique=True)
    name = models.CharField(_("Tên cơ quan"), max_length=200)

    class Meta:
        verbose_name = _("cơ quan")
        verbose_name_plural = _("cơ quan")

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A division of an agency."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="units", verbose_name=_("Cơ quan")
    )
    code = models.CharField(_("Chữ viết tắt"), max_length=20)
    name = models.CharField(_("Tên đơn vị"), max_length=200)

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị")
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="unit_code_once")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A position with duties. ``role`` is the word by which steps name who has to act."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="posts", verbose_name=_("Cơ quan")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="posts", null=True, blank=True, verbose_name=_("Đơn vị")
    )
    role = models.SlugField(_("Vai trò"), max_length=40)
    title = models.CharField(_("Chức vụ"), max_length=120)

    class Meta:
        verbose_name = _("chức vụ")
        verbose_name_plural = _("chức vụ")

    def __str__(self) -> str:
        return self.title

    def holder(self, on: datetime.date | None = None) -> Holding | None:
        """Who holds the post on ``on`` (today), if anybody."""
        return self.holdings.filter(in_force(on)).select_related("user").first()


def in_force(on: datetime.date | None = None) -> Q:
    """Filter of rows with ``since``/``until`` in force on a Hanoi date (default today)."""
    day = on or timezone.localdate()
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


class Period(models.Model):
    """From a first to a last day; an open end means until further notice."""

    since = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến hết ngày"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.until and self.since and self.until < self.since:
            raise ValidationError({"until": _("Ngày kết thúc phải sau ngày bắt đầu.")})


class Entered(Period):
    """A period an office enters, by a paper: who entered it, and who ended it.

    ``paper`` names the paper as it is cited. ``scan`` is the name of its stored file, which only
    the caller of :mod:`workflows.assigning` can open, ``scan_digest`` its SHA-256.
    """

    paper = models.CharField(_("Văn bản giao"), max_length=200, blank=True)
    paper_date = models.DateField(_("Ngày văn bản"), null=True, blank=True)
    scan = models.CharField(max_length=150, blank=True, editable=False)
    scan_digest = models.CharField(max_length=64, blank=True, editable=False)
    entered = models.DateTimeField(_("Nhập lúc"), null=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    ended = models.DateTimeField(_("Kết thúc lúc"), null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def cited(self) -> str:
        """ "Thông báo số 12/TB-UBND, ngày 10/7/2025"."""
        day = self.paper_date
        return f"{self.paper}, ngày {day.day}/{day.month}/{day.year}" if day else self.paper

    @property
    def coming(self) -> bool:
        return self.since > timezone.localdate() and not self.over

    @property
    def over(self) -> bool:
        """Ended, or taken back before it began."""
        return bool(self.until and (self.until < timezone.localdate() or self.until < self.since))

    def told(self) -> dict[str, Any]:
        """What the ledger keeps of it, JSON-ready."""
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "paper": self.cited,
            "scan": self.scan_digest,
        }


class Holding(Entered):
    """A person in a post. ``acting`` is the holder given acting powers ("Q.")."""

    post = models.ForeignKey(
        Post, models.PROTECT, related_name="holdings", verbose_name=_("Chức vụ")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="holdings",
        verbose_name=_("Người giữ"),
    )
    acting = models.BooleanField(_("Quyền (giao quyền)"), default=False)

    class Meta:
        verbose_name = _("người giữ chức vụ")
        verbose_name_plural = _("người giữ chức vụ")

    def __str__(self) -> str:
        return f"{self.user} - {self.post}"

    @property
    def agency(self) -> Agency:
        return self.post.agency

    def told(self) -> dict[str, Any]:
        return {
            **super().told(),
            "post": self.post_id,
            "user": self.user_id,
            "acting": self.acting,
        }


class Delegation(Entered):
    """A post acting for another post, by a paper (Nghị định 30/2020/NĐ-CP, Điều 13).

    ``field`` is the field of work assigned to a deputy; empty means every field ("phụ trách,
    điều hành"). An authorisation (TUQ.) is always limited in time (Điều 13 khoản 3).
    ``limited_to`` are the things its paper lists, in keys of the caller; empty where it lists none.
    """

    class Kind(models.TextChoices):
        DEPUTY = "KT", _("Ký thay (KT.)")
        ORDER = "TL", _("Thừa lệnh (TL.)")
        AUTHORISED = "TUQ", _("Thừa ủy quyền (TUQ.)")
        STAND_IN = "STAND_IN", _("Làm thay khi vắng")

    principal = models.ForeignKey(
        Post, models.PROTECT, related_name="delegations_given", verbose_name=_("Người giao")
    )
    delegate = models.ForeignKey(
        Post, models.PROTECT, related_name="delegations_held", verbose_name=_("Người được giao")
    )
    kind = models.CharField(_("Hình thức"), max_length=10, choices=Kind)
    field = models.SlugField(_("Lĩnh vực"), max_length=40, blank=True)
    limited_to = models.JSONField(_("Chỉ gồm"), default=list, blank=True)
    paper = models.CharField(_("Văn bản giao"), max_length=200)

    class Meta:
        verbose_name = _("phân công, ủy quyền")
        verbose_name_plural = _("phân công, ủy quyền")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="TUQ") | Q(until__isnull=False), name="authorisation_has_an_end"
            ),
            models.CheckConstraint(condition=~Q(paper=""), name="delegation_rests_on_a_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.delegate} - {self.principal}"

    @property
    def agency(self) -> Agency:
        return self.principal.agency

    def told(self) -> dict[str, Any]:
        return {
            **super().told(),
            "principal": self.principal_id,
            "delegate": self.delegate_id,
            "kind": self.kind,
            "field": self.field,
            **({"limited_to": self.limited_to} if self.limited_to else {}),
        }

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.kind == self.Kind.AUTHORISED and not self.until:
            errors["until"] = _(
                "Ủy quyền phải có thời hạn (Điều 13 khoản 3 Nghị định 30/2020/NĐ-CP)."
            )
        if self.principal_id and self.delegate_id:
            if self.principal_id == self.delegate_id:
                errors["delegate"] = _("Không thể giao cho chính chức vụ này.")
            elif self.principal.agency_id != self.delegate.agency_id:
                errors["delegate"] = _("Hai chức vụ phải thuộc cùng một cơ quan.")
        if errors:
            raise ValidationError(errors)
