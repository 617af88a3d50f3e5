"""Who signs minutes as the secretary of a meeting, after its chair (Mẫu 1.9): a person of the
office with a key of his own, for nobody else and by no paper."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from documents import service as documents
from documents.service import Purpose, Signer
from workflows.errors import Refusal
from workflows.models import Agency, Holding, in_force

from ..roles import OFFICE
from .signers import signer_key

_TITLE = "THƯ KÝ"


def able(agency: Agency) -> list[Holding]:
    """Everybody in the office of an agency who has a key to sign with: two queries."""
    sitting = Holding.objects.filter(in_force(), post__agency=agency, post__role__in=OFFICE)
    sitting = sitting.select_related("user", "post").order_by("user__full_name", "pk")
    keys = documents.have_keys([signer_key(holding.user) for holding in sitting])
    return [holding for holding in sitting if signer_key(holding.user) in keys]


def signer(user: Any) -> Signer:
    """The secretary as the documents know him."""
    return Signer(key=signer_key(user), name=user.full_name, capacity=(_TITLE,))


def refuse_absent(chosen: Holding) -> None:
    """Raise :class:`Refusal` where the secretary could not sign after the chair: minutes with one
    signature are worth nothing, and their number would be lost."""
    here = Holding.objects.filter(in_force(), pk=chosen.pk, user__is_active=True).exists()
    if not here or not documents.has_key(signer_key(chosen.user), Purpose.SIGNER):
        raise Refusal(
            _(
                "Thư ký %(name)s không còn giữ chức vụ ấy hoặc chưa có khóa ký số, nên chưa lấy "
                "số. Ông/bà trả về để chọn thư ký khác, hoặc in ra để hai người ký giấy."
            )
            % {"name": chosen.user.full_name}
        )
