"""A ZIP that somebody uploads, opened without believing what it says about itself.

Every member is unpacked under a limit: what an archive declares of its sizes need not be true.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from workflows.errors import Refusal

MOST_MEMBERS = 100
LARGEST_MEMBER = 20 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class Member:
    """One file of an archive: its bare name, and its bytes or why it is not taken."""

    name: str
    data: bytes = b""
    problem: str = ""


def members_of(data: bytes) -> list[Member]:
    """The files of a ZIP, folders left out.

    Raises :class:`Refusal` for what is no ZIP that may be opened at all.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse_unsafe(listed)
            return list(_unpacked(archive, listed))
    except Refusal:
        raise
    # What a broken archive raises depends on where it is broken.
    except Exception as error:
        raise Refusal(
            _("Tệp này không phải ZIP đọc được. Ông/bà nén lại các bản PDF rồi tải lên."),
            field="file",
        ) from error


def _refuse_unsafe(listed: list[zipfile.ZipInfo]) -> None:
    if not listed:
        raise Refusal(_("Tệp ZIP này trống. Ông/bà bỏ các bản PDF vào rồi tải lên."), field="file")
    if len(listed) > MOST_MEMBERS:
        raise Refusal(
            _("Một lần nhận nhiều nhất %(most)d tệp. Ông/bà chia ra làm nhiều lần.")
            % {"most": MOST_MEMBERS},
            field="file",
        )
    if any(entry.flag_bits & 0x1 for entry in listed):
        raise Refusal(_("Tệp ZIP có mật khẩu. Ông/bà nén lại không đặt mật khẩu."), field="file")
    if sum(entry.file_size for entry in listed) > LARGEST_UNPACKED:
        raise Refusal(_too_large(), field="file")


def _too_large() -> str:
    return _("Tệp ZIP mở ra lớn bất thường nên không được mở. Ông/bà chia ra làm nhiều lần.")


def _unpacked(archive: zipfile.ZipFile, listed: list[zipfile.ZipInfo]) -> Iterator[Member]:
    total = 0
    for entry in listed:
        name = entry.filename.replace("\\", "/").rpartition("/")[2][:120]
        if entry.compress_type not in _PLAIN:
            yield Member(name, problem=_("Kiểu nén lạ, không đọc được. Ông/bà nén lại kiểu ZIP."))
            continue
        with archive.open(entry) as file:
            data = file.read(LARGEST_MEMBER + 1)
        total += len(data)
        if total > LARGEST_UNPACKED:
            raise Refusal(_too_large(), field="file")
        if len(data) > LARGEST_MEMBER:
            yield Member(name, problem=_("Tệp lớn quá 20 MB. Ông/bà tải riêng tệp nhỏ hơn."))
        else:
            yield Member(name, data)
