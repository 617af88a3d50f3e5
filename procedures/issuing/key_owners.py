"""Whose key it is: an officer by his account, or an agency by its code.

The commands that take keys in share these words.
"""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from documents.errors import DocumentRefused
from documents.service import Purpose, keep_picture, key_of

from ..models import Commune
from .signers import signer_key

Owner = tuple[str, Purpose]


def add_arguments(parser: ArgumentParser) -> None:
    """``--holder LOGIN`` or ``--seal CODE``, and ``--picture FILE``."""
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--holder", help=_("Tên đăng nhập của người ký"))
    whose.add_argument("--seal", help=_("Mã đơn vị của cơ quan có con dấu"))
    parser.add_argument("--picture", help=_("Ảnh PNG nền trong: chữ ký xanh hoặc con dấu đỏ"))


def owner(options: dict[str, Any]) -> Owner:
    """Key and purpose of the one who is named. Raises ``CommandError`` for an unknown one, or one
    whose account is closed."""
    if options["seal"]:
        commune = Commune.objects.filter(agency__code=options["seal"]).first()
        if commune is None:
            raise CommandError(_("Không có đơn vị mã %(code)s.") % {"code": options["seal"]})
        return commune.issuer.key, Purpose.SEAL
    login = options["holder"]
    user = get_user_model().objects.filter(username=login, is_active=True).first()
    if not login or user is None:
        raise CommandError(_("Không có tài khoản %(login)s đang dùng.") % {"login": login or "?"})
    return signer_key(user), Purpose.SIGNER


@sensitive_variables()
def asked(prompt: str) -> str:
    """A PIN or passphrase from the terminal: never an argument, which everybody's ``ps`` shows."""
    return getpass.getpass(f"{prompt}: ")


def keep(whose: Owner, file: str | None) -> None:
    """Store the picture that goes with the owner's key; nothing without ``file``."""
    if not file:
        return
    try:
        keep_picture(key_of(*whose), Path(file).read_bytes())
    except (DocumentRefused, OSError) as error:
        raise CommandError(str(error)) from error
