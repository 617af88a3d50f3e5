"""What is said of a signature that was read: what is wrong with it, when it was made and by whose
word."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from ..rendering.pdf import SEAL_FIELD, SIGNER_FIELD
from ..signing.revocation import UNKNOWN
from .signatures import Signature


def problem_of(signature: Signature) -> str:
    """What is wrong with a signature that does not hold, as a sentence."""
    who = {"who": signature.signer or "?"}
    if signature.problem == "revoked":
        return _("Chứng thư số (%(who)s) đã bị thu hồi trước thời điểm ký.") % who
    if signature.problem == "expired":
        return _("Chứng thư số (%(who)s) đã hết hạn vào thời điểm ký.") % who
    if signature.problem == "early":
        return _("Chứng thư số (%(who)s) chưa có hiệu lực vào thời điểm ký.") % who
    if signature.problem == "broken":
        return _("Nội dung đã bị thay đổi sau khi ký, hoặc chữ ký hỏng.")
    if signature.problem == "weak":
        return _("Chữ ký (%(who)s) dùng thuật toán cũ (SHA-1), không còn đủ để chứng minh.") % who
    if signature.problem == "changed":
        return _("Sau chữ ký có thay đổi không được phép.")
    return _("Có chữ ký không dẫn đến nơi cấp chứng thư được tin cậy.")


def told_of(item: Signature) -> Iterator[str]:
    """What we cannot follow in a signature that is not ours to judge; no fault of the file."""
    if not item.holds:
        yield _("Chữ ký của hệ thống khác, không xét ở đây: %(what)s") % {"what": problem_of(item)}


def notes_of(item: Signature) -> Iterator[str]:
    """Its time, and whether a list was there to ask. What could not be known is said."""
    place = {SIGNER_FIELD: _("Chữ ký số"), SEAL_FIELD: _("Con dấu")}.get(item.field, item.field)
    if item.stamp:
        time = timezone.localtime(datetime.datetime.fromisoformat(item.stamp))
        yield _("%(which)s: ký trước %(time)s theo dấu thời gian của %(who)s.") % {
            "which": place,
            "time": f"{time:%H:%M:%S ngày %d/%m/%Y}",
            "who": item.stamped_by,
        }
    else:
        yield _("%(which)s: chưa có dấu thời gian; thời điểm ký lấy theo sổ của hệ thống.") % {
            "which": place
        }
    if item.revocation == UNKNOWN and not item.problem:
        yield _(
            "%(which)s: chưa đủ căn cứ để kết luận chứng thư có bị thu hồi hay không (không có "
            "danh sách)."
        ) % {"which": place}
