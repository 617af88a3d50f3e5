"""What the public is told about the teams: where help is to be had."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..teams.standing_teams import place_of, teams_today
from .drafted import Matter

ANNOUNCE_TEAMS = "announce_teams"


class Announcement(Matter):
    """The office's contact, as a specialist types it; the teams come from the roster.

    ``hotline`` is a number of the office: no personal number is published (Luật 91/2025/QH15,
    Điều 9: publication is another purpose than listing).
    """

    TYPED: ClassVar[tuple[str, ...]] = ("hotline", "place", "hours", "online", "message")

    hotline = models.CharField(_("Số điện thoại hỗ trợ"), max_length=20, blank=True)
    place = models.CharField(_("Nơi hỗ trợ trực tiếp"), max_length=200, blank=True)
    hours = models.CharField(_("Thời gian hỗ trợ"), max_length=200, blank=True)
    online = models.CharField(_("Trang thông tin, Zalo của cơ quan"), max_length=200, blank=True)
    message = models.CharField(_("Lời nhắn thêm"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("thông báo công khai về tổ")
        verbose_name_plural = _("thông báo công khai về tổ")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return _t("Thông báo về tổ công nghệ số cộng đồng và kênh hỗ trợ người dân")

    def channels(self) -> list[tuple[str, str]]:
        """(name, what it says) of every channel that was typed, as the notice prints them."""
        told = (
            ("Điện thoại", self.hotline),
            ("Hỗ trợ trực tiếp tại", self.place),
            ("Thời gian", self.hours),
            ("Trang thông tin, Zalo", self.online),
        )
        return [(name, said) for name, said in told if said]

    def public_lines(self) -> list[str]:
        places = ", ".join(place_of(team) for team in teams_today(self.dossier.commune))
        told = [f"{name}: {said}" for name, said in self.channels()]
        return [
            _t("Cần hỗ trợ dịch vụ công trực tuyến, kỹ năng số, bà con liên hệ:"),
            *told,
            *([_t("Nơi có tổ: %(places)s") % {"places": places}] if places else []),
            *([self.message] if self.message else []),
        ]
