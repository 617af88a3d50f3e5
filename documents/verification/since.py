"""What became of a file since our own revision, as a sentence: signatures only, or what else."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from .. import files
from ..errors import FileDamaged
from ..models import FileRow
from ..rendering.pdf import SIGNER_FIELD
from .changes import only_signatures_since
from .reader import Reader
from .signatures import Signature
from .verdict import Check


def changes_since(
    prepared: FileRow | None, reader: Reader, data: bytes, found: Mapping[str, Signature]
) -> Check:
    """Whether ``data`` is the prepared file and signatures; ``found`` are these, by field."""
    try:
        base = files.read(prepared) if prepared is not None else b""
    except FileDamaged as error:
        return Check("changes", False, error.sentence)
    try:
        passed = bool(base) and only_signatures_since(base, reader, data)
    # A hostile file may break the analysis itself; then nothing is proven.
    except Exception:
        passed = False
    if passed:
        return Check("changes", True, _("Từ bản trình ký của hệ thống chỉ có thêm chữ ký."))
    return Check("changes", False, _what_changed(base, reader, data, found))


def _what_changed(base: bytes, reader: Reader, data: bytes, found: Mapping[str, Signature]) -> str:
    if not base or not data.startswith(base):
        return _("Phần gốc của tệp không phải bản trình ký do hệ thống lập.")
    signer = found.get(SIGNER_FIELD)
    if signer is None or not signer.intact:
        return _("Tệp có thay đổi ngoài chữ ký so với bản trình ký.")
    if _held_when_signed(base, reader, data):
        return _("Sau khi ký, tệp bị chèn thêm nội dung ngoài chữ ký.")
    return _("Nội dung bị sửa trước khi ký: chữ ký không nằm trên đúng bản trình ký.")


def _held_when_signed(base: bytes, reader: Reader, data: bytes) -> bool:
    """Whether nothing but a signature had come to the file when its signer signed it."""
    try:
        [signer] = [e for e in reader.embedded_regular_signatures if e.field_name == SIGNER_FIELD]
        _start, _first, second, rest = signer.byte_range
        signed = data[: second + rest]
        return only_signatures_since(base, Reader(signed), signed)
    # As above: hostile bytes.
    except Exception:
        return False
