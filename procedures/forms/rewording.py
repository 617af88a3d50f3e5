"""The free zones of a paper as boxes to type in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents.service import Zone

from .texts import REQUIRED

_BEGINNING = 6


class RewordForm(forms.Form):
    """One box per zone, with what stands in it now; what fits is judged by the documents."""

    def __init__(self, *args: Any, zones: tuple[Zone, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        for number, zone in enumerate(zones, start=1):
            told = zone.key == "recipients"
            self.fields[zone.key] = forms.CharField(
                label=_t("Nơi nhận") if told else _called(number, zone),
                help_text=_("Mỗi nơi một dòng; dòng “Như …” và dòng “Lưu” giữ nguyên.")
                if told
                else "",
                initial=zone.text,
                widget=forms.Textarea(attrs={"rows": max(4, zone.text.count("\n") + 2)}),
                error_messages={"required": REQUIRED},
                required=not told,
            )


def _called(number: int, zone: Zone) -> str:
    """ "Đoạn 2: “Các thành viên có nhiệm vụ …”": by what stands in front of it, else by its first
    words, so that it is found in the paper beside."""
    words = zone.text.split()
    begins = zone.lead.strip() or " ".join(words[:_BEGINNING])
    more = " …" if not zone.lead.strip() and len(words) > _BEGINNING else ""
    return _t("Đoạn %(n)d: “%(begins)s”") % {"n": number, "begins": f"{begins}{more}"}
