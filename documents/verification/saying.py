"""What is said of a signature that was read: what is wrong with it, when it was made and by whose
word."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from ..rendering.pdf import SEAL_FIELD, SECRETARY_FIELD, SIGNER_FIELD
from ..signing.revocation import UNKNOWN
from .signatures import Locked, Signature, Unreadable


def why_unread(data: bytes, error: Unreadable) -> str:
    """Why a file could not be read as a PDF."""
    if isinstance(error, Locked):
        return _("Tệp PDF bị khóa hoặc mã hóa nên không kiểm tra được; văn bản gốc không bị khóa.")
    if b"%PDF-" in data[:1024]:
        return _("Tệp PDF bị hỏng hoặc đã bị sửa nên không đọc được trọn vẹn.")
    return _("Tệp không phải PDF đọc được.")


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
        return _("Chữ ký (%(who)s) đã hỏng nên chứng thư số không chứng minh được gì.") % who
    if signature.problem == "weak":
        return _("Chữ ký (%(who)s) dùng thuật toán đã yếu, không còn được tin.") % who
    if signature.problem == "partial":
        return _("Chữ ký (%(who)s) không phủ hết tệp: phần bỏ ra có thể đã bị thay.") % who
    if signature.problem == "stamp":
        return _("Dấu thời gian trong chữ ký (%(who)s) đã hỏng hoặc thuộc chữ ký khác.") % who
    if signature.problem == "stamper":
        return (
            _("Dấu thời gian trong chữ ký (%(who)s) không dẫn đến nơi cấp mà hệ thống tin cậy.")
            % who
        )
    if signature.problem == "changed":
        return _("Sau chữ ký có thay đổi không được phép.")
    return _("Có chữ ký không dẫn đến nơi cấp chứng thư được tin cậy.")


def told_of(item: Signature) -> Iterator[str]:
    """What we cannot follow in a signature that is not ours to judge; no fault of the file."""
    if not item.holds:
        yield _("Chữ ký của hệ thống khác, không xét ở đây: %(what)s") % {"what": problem_of(item)}


def notes_of(item: Signature) -> Iterator[str]:
    """Its time, and whether a list was there to ask. What could not be known is said."""
    places = {
        SIGNER_FIELD: _("Chữ ký số"),
        SECRETARY_FIELD: _("Chữ ký số của thư ký"),
        SEAL_FIELD: _("Con dấu"),
    }
    place = places.get(item.field, item.field)
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
