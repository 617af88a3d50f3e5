"""An electronic copy that the agency signs with a tool of its own: the file out, and back.

The corner of a copy prints when the agency signs (Mẫu 3.2), so it is drawn before that moment: the
tool has a quarter of an hour from then. Nothing is kept meanwhile: the file that comes back must
begin with what is drawn again, byte for byte. See :mod:`documents.service`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import files
from ..errors import SigningRefused
from ..model import Content
from ..models import Document, Purpose, Series, Stage
from ..models.document import new_token
from ..rendering import pdf
from ..signing.certificates import certificate_of
from ..verification import signatures
from .copies import SealedCopy, drawn
from .outside import judge_in
from .outside_signature import Place

# A clock may be slow, and a token takes its time.
_EARLIER, _LATER = datetime.timedelta(minutes=5), datetime.timedelta(minutes=15)


@dataclass(frozen=True)
class _Copy(Place):
    """The field of a copy that is no document yet; ``prepared`` is its drawing."""

    prepared: bytes

    @property
    def base(self) -> bytes:
        return self.prepared

    @property
    def drawing(self) -> bytes:
        return self.prepared

    @property
    def called(self) -> str:
        return _("bản sao này")


def copy_to_seal(
    content: Content, series: Series, moment: datetime.datetime, pictures: Sequence[bytes] = ()
) -> bytes:
    """The file for the agency's tool, which prints ``moment`` in its corner; the same bytes each
    time. Call outside any transaction.

    Raises :class:`~documents.errors.SigningRefused` where no certificate of the agency is known.
    """
    if certificate_of(series.issuer.key, Purpose.SEAL) is None:
        raise SigningRefused(
            _("Chưa đăng ký chứng thư số của cơ quan. Ông/bà đăng ký chứng thư trước.")
        )
    return drawn(content, series, moment, pictures, fields=True)


def sealed_outside(
    content: Content,
    series: Series,
    moment: datetime.datetime,
    data: bytes,
    pictures: Sequence[bytes] = (),
) -> SealedCopy:
    """What came back, for :func:`~documents.service.store_copy`. Call outside any transaction.

    Refuses with a sentence for each thing wrong with the file, and where the time under the
    signature is not about the one printed.
    """
    prepared = copy_to_seal(content, series, moment, pictures)
    issuer, day = series.issuer, timezone.localdate(moment)
    row = Document(issuer=issuer, kind=content.kind, date=day)
    where = (row, Stage.PREPARED, pdf.SEAL_FIELD, issuer.key, Purpose.SEAL, issuer.name)
    judge_in(_Copy(*where, prepared), data)
    _refuse_another_time(moment, data)
    if files.known([files.sha256_of(data)]):
        # Two of one text taken out in one second begin with the same bytes.
        raise SigningRefused(_("Tệp này đã nhận cho bản sao khác. Ông/bà lấy tệp mới rồi ký."))
    return SealedCopy(content, prepared, data, moment, new_token())


def _refuse_another_time(moment: datetime.datetime, data: bytes) -> None:
    embedded = signatures.open_pdf(data).embedded_signatures[-1]
    stamp = embedded.self_reported_timestamp or timezone.now()
    told = stamp if timezone.is_aware(stamp) else timezone.make_aware(stamp)
    if not moment - _EARLIER <= told <= moment + _LATER:
        raise SigningRefused(
            _(
                "Bản sao in giờ ký %(printed)s, chữ ký ghi %(told)s: cách nhau quá 15 phút. Ông/bà "
                "xem lại giờ của máy tính, lấy tệp mới rồi ký ngay."
            )
            % {"printed": _clock(moment), "told": _clock(told)}
        )


def _clock(at: datetime.datetime) -> str:
    return f"{timezone.localtime(at):%H:%M:%S %d/%m/%Y}"
