"""What a signature from somebody's own tool must be: whose, valid, of that day, and no lock on what
follows. Each fault has its sentence. The file around it: :mod:`documents.issuing.outside`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.sign.fields import MDPPerm

from .. import files
from ..errors import SigningRefused
from ..models import Document, Purpose, SigningKey, Stage
from ..rendering import pdf
from ..verification.saying import problem_of
from ..verification.signatures import Signature


@dataclass(frozen=True)
class Place:
    """Where a signature is awaited: the stored file it goes onto, the field, whose it must be."""

    document: Document
    stage: Stage
    field: str
    owner: str
    purpose: Purpose
    name: str

    @property
    def base(self) -> bytes:
        return files.read(self.document.files.get(stage=self.stage))

    @property
    def drawing(self) -> bytes:
        """What was drawn, before anybody signed."""
        return files.read(self.document.files.get(stage=Stage.PREPARED))

    @property
    def called(self) -> str:
        return _("văn bản số %(number)s") % {"number": self.document.reference}


def spoilt() -> str:
    return _(
        "Chữ ký trong tệp bị hỏng hoặc tệp bị sửa sau khi ký. Ông/bà tải lại bản trình ký, ký lại "
        "rồi tải lên ngay tệp công cụ vừa lưu."
    )


def refuse_bad(place: Place, signature: Signature) -> None:
    if not signature.intact:
        raise SigningRefused(spoilt())
    key = SigningKey.objects.filter(
        owner_key=place.owner,
        purpose=place.purpose,
        fingerprint=signature.fingerprint,
        active=True,
    ).first()
    if key is None:
        raise SigningRefused(
            _(
                "Chứng thư số đã dùng (%(who)s) không phải chứng thư đang đăng ký của %(name)s. "
                "Ông/bà cắm đúng thiết bị và ký lại; vừa đổi chứng thư thì nhờ Văn thư đăng ký."
            )
            % {"who": signature.signer or "?", "name": place.name}
        )
    if key.not_after <= timezone.now():
        raise SigningRefused(
            _("Chứng thư số đã hết hạn ngày %(date)s. Ông/bà gia hạn rồi nhờ Văn thư đăng ký lại.")
            % {"date": f"{timezone.localtime(key.not_after):%d/%m/%Y}"}
        )
    if signature.problem in ("revoked", "weak", "stamp"):
        raise SigningRefused(problem_of(signature))
    if signature.problem == "stamper":
        raise SigningRefused(
            _(
                "%(problem)s Ông/bà báo người quản trị cài chứng thư gốc của nơi cấp ấy, rồi tải "
                "lên lại."
            )
            % {"problem": problem_of(signature)}
        )
    if not signature.trusted:
        raise SigningRefused(
            _(
                "Chứng thư số không dẫn đến nơi cấp mà hệ thống tin cậy. Ông/bà báo người quản trị "
                "cài chứng thư gốc của nơi cấp."
            )
        )


def refuse_wrong_day(place: Place, embedded: Any) -> None:
    """The tool's clock must agree with the date the document carries."""
    stamp: datetime.datetime | None = embedded.self_reported_timestamp
    day = place.document.date
    if stamp is None or day is None:
        return  # our own record says when it came in, which is on that very date
    told = timezone.localdate(stamp if timezone.is_aware(stamp) else timezone.make_aware(stamp))
    latest = day if place.field == pdf.SIGNER_FIELD else timezone.localdate()
    if not day <= told <= latest:
        raise SigningRefused(
            _(
                "Chữ ký ghi ngày %(told)s, văn bản mang ngày %(date)s. Ông/bà chỉnh lại ngày giờ "
                "của máy tính rồi ký lại."
            )
            % {"told": f"{told:%d/%m/%Y}", "date": f"{day:%d/%m/%Y}"}
        )


def refuse_locked(place: Place, embedded: Any) -> None:
    """A signature that allows nothing after it would leave no room for those still to come: the
    secretary's, the agency's seal."""
    coming = _still_to_sign(place)
    fields = embedded.fieldmdp
    closed = embedded.docmdp_level == MDPPerm.NO_CHANGES
    locked = fields is not None and any(fields.is_locked(name) for name in coming)
    if coming and (closed or locked):
        raise SigningRefused(
            _(
                "Chữ ký khóa hẳn tệp nên cơ quan không đóng dấu được nữa. Ông/bà tải lại bản trình "
                "ký, chọn kiểu ký cho phép ký tiếp rồi ký lại."
            )
        )


def _still_to_sign(place: Place) -> list[str]:
    """The fields that are signed after the one awaited here."""
    document = place.document
    needed = {
        pdf.SIGNER_FIELD: True,
        pdf.SECRETARY_FIELD: bool(document.secretary_key),
        pdf.SEAL_FIELD: document.needs_seal,
    }
    after = pdf.SIGNED_IN_ORDER[pdf.SIGNED_IN_ORDER.index(place.field) + 1 :]
    return [name for name in after if needed[name]]
