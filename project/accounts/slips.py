"""Printed slips and the devices they let in: issue, find, enter, revoke.

A leader of a bản has no password to forget. The clerk prints a slip, the leader scans it once, and
his phone stays signed in until it is lost, he leaves the post, or 180 days have passed.
"""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass

from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from . import freshness
from .models import Device, SignInEvent, Slip, User
from .standing import guards_more, with_standing

VALID = datetime.timedelta(days=7)
REMEMBERED = datetime.timedelta(days=180)
# No vowel, D or W: a Vietnamese keyboard would turn "AS" into "Á" and "DD" into "Đ". Nothing that
# looks like something else on paper: 0/O, 1/I/L, 5/S, 2/Z, 6/G, 8/B.
LETTERS = "CFHJKMNPQRTVX2346789"
LENGTH = 8
DEVICE = "device"  # in the session: the device that is signed in by a slip
_BACKEND = "project.accounts.standing.StandingBackend"


class SlipRefused(Exception):
    """The slip lets nobody in any more; the sentence says why."""


@dataclass(frozen=True)
class Printed:
    """A slip with its secrets, which exist on the paper alone."""

    slip: Slip
    token: str
    code: str

    @property
    def spaced(self) -> str:
        """ "KT7Q M4HX": easier to read off the paper."""
        return f"{self.code[:4]} {self.code[4:]}"


@transaction.atomic
def issue(user: User, *, by: User) -> Printed:
    """A new slip for ``user``; an older one that was not used yet no longer works."""
    now = timezone.now()
    user.slips.filter(used__isnull=True, revoked__isnull=True).update(revoked=now)
    token, code = secrets.token_urlsafe(24), _new_code()
    slip = Slip.objects.create(
        user=user,
        issued_by=by,
        created=now,
        until=now + VALID,
        token=_digest("token", token),
        code=_digest("code", code),
    )
    SignInEvent.objects.create(kind=SignInEvent.Kind.ISSUED, user=user, actor=by)
    return Printed(slip, token, code)


def by_token(token: str) -> Slip | None:
    found: Slip | None = Slip.objects.filter(token=_digest("token", token)).first()
    return found


def by_code(code: str) -> Slip | None:
    """The slip of a typed code; spaces, dashes and small letters do not matter."""
    found: Slip | None = Slip.objects.filter(code=_digest("code", typed(code))).first()
    return found


def typed(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())


def refusal(slip: Slip) -> str:
    """Why the slip lets nobody in; empty when it does."""
    user = with_standing().get(pk=slip.user_id)
    if slip.revoked:
        return _("Phiếu này đã bị hủy.")
    if slip.used:
        return _("Phiếu này đã dùng rồi. Mỗi phiếu chỉ dùng được một lần.")
    if slip.until <= timezone.now():
        return _("Phiếu này đã hết hạn ngày %(day)s.") % {
            "day": f"{timezone.localtime(slip.until):%d/%m/%Y}"
        }
    if not (user.is_active and user.holds):
        return _("Người có tên trên phiếu hiện không giữ chức vụ nào.")
    if guards_more(user):
        return _("Người có tên trên phiếu làm việc ở cơ quan nên vào bằng mật khẩu.")
    return ""


def enter(request: HttpRequest, slip: Slip) -> Device:
    """Use the slip up and sign its owner in on this device. Raises :class:`SlipRefused`."""
    if why := refusal(slip):
        raise SlipRefused(why)
    device = _use_up(slip, label(request.headers.get("User-Agent", "")))
    # Whoever was signed in here is not: two people never share a session.
    logout(request)
    login(request, slip.user, backend=_BACKEND)
    freshness.forget(request)
    request.session[DEVICE] = device.pk
    request.session.set_expiry(device.until)
    return device


@transaction.atomic
def _use_up(slip: Slip, name: str) -> Device:
    now = timezone.now()
    # The database decides who was first, not what was read before.
    if not Slip.objects.live().filter(pk=slip.pk, used__isnull=True).update(used=now):
        raise SlipRefused(_("Phiếu này vừa được dùng hoặc vừa bị hủy."))
    device: Device = Device.objects.create(
        user=slip.user, slip=slip, label=name, created=now, last_seen=now, until=now + REMEMBERED
    )
    kind = SignInEvent.Kind.ENTERED
    SignInEvent.objects.create(kind=kind, user=slip.user, actor=slip.user, note=name)
    return device


@transaction.atomic
def lose_phone(user: User, *, by: User) -> int:
    """ "Mất điện thoại": end every device of ``user`` and every slip not used yet.

    Returns how many devices were ended. Slips first: a slip used at this very moment has then
    either become a device, which is ended next, or lets nobody in.
    """
    now = timezone.now()
    slips = user.slips.filter(used__isnull=True, revoked__isnull=True).update(revoked=now)
    devices: int = user.devices.filter(revoked__isnull=True).update(revoked=now)
    note = _("%(devices)d máy, %(slips)d phiếu") % {"devices": devices, "slips": slips}
    SignInEvent.objects.create(kind=SignInEvent.Kind.REVOKED, user=user, actor=by, note=note)
    return devices


def label(agent: str) -> str:
    """ "Android, Chrome": enough to tell one's devices apart."""
    systems = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows",
               "Mac OS": "Mac", "Linux": "Linux"}  # fmt: skip
    # The order matters: most browsers also claim to be Chrome and Safari.
    browsers = {"Zalo": "Zalo", "coc_coc": "Cốc Cốc", "SamsungBrowser": "Samsung Internet",
                "Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "FxiOS": "Firefox",
                "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari"}  # fmt: skip
    found = [
        next((name for mark, name in family.items() if mark in agent), "")
        for family in (systems, browsers)
    ]
    return ", ".join(filter(None, found)) or _("Máy không rõ loại")


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))
        if by_code(code) is None:
            return code


def _digest(kind: str, secret: str) -> str:
    """Keyed with a secret outside the database: eight letters alone would be tried out in a
    minute by whoever has a copy of it."""
    return salted_hmac(f"accounts.slip.{kind}", secret, algorithm="sha256").hexdigest()
