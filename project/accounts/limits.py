"""Limits on guessing a password, a code or a slip, which hold over every process of the office.

A try is counted before the secret is looked at and given back when it was right, so that tries
sent at the same moment cannot slip through between reading and writing a count.
"""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from .models import Tally

WINDOW = 5 * 60
PER_ACCOUNT = 5
# A commune's hall or a mobile network may stand behind one address: looser.
PER_ADDRESS = 60
# A slip's code names nobody, so all wrong ones together are held down too; the QR code still works.
PER_INSTALLATION = 300

# One statement: of two writers the second sees the first's count. A refused try changes nothing,
# and each counted one starts the window anew, so no five minutes ever hold more than the limit.
_COUNT = """
INSERT INTO accounts_tally (name, tries, until) VALUES (%(name)s, 1, %(until)s)
ON CONFLICT (name) DO UPDATE SET
    tries = CASE WHEN accounts_tally.until <= %(now)s THEN 1 ELSE accounts_tally.tries + 1 END,
    until = excluded.until
WHERE accounts_tally.until <= %(now)s OR accounts_tally.tries < %(limit)s
RETURNING tries
"""


class TooManyTries(ValidationError):
    """Says when to try again."""

    def __init__(self, until: float) -> None:
        # The next full minute: a clock on the wall shows no seconds.
        moment = datetime.fromtimestamp(math.ceil(until / 60) * 60, UTC)
        sentence = _(
            "Đã thử sai quá nhiều lần nên phải tạm dừng. Ông/bà chờ đến %(time)s rồi thử lại."
        )
        time = f"{timezone.localtime(moment):%H:%M}"
        self.until_sentence = _(
            "Đã kiểm tra quá nhiều tệp nên phải tạm dừng. Ông/bà chờ đến %(time)s rồi thử lại."
        ) % {"time": time}
        super().__init__(sentence % {"time": time}, code="too_many_tries")


@contextmanager
def guessing(request: HttpRequest, *accounts: str, code: str = "") -> Iterator[None]:
    """Count one try at the secret looked at inside; a block that raises leaves it counted.

    ``accounts`` are the user names tried. ``code`` is a slip's code, which is counted by its first
    letters: so every slip has its own count, whether or not there is such a slip. Raises
    :class:`TooManyTries`, and then nothing may be looked at.
    """
    counted: list[str] = []
    for name, limit in _keys(request, accounts, code).items():
        _count(name, limit)
        counted.append(name)
    yield
    Tally.objects.filter(name__in=counted, tries__gt=0).update(tries=F("tries") - 1)


def visiting(request: HttpRequest, what: str, *, each: int, together: int) -> None:
    """Count one use of something that costs the server work, by address and by all together.

    Raises :class:`TooManyTries`, and then nothing may be done.
    """
    _count(_name("visit", what, _address(request)), each)
    _count(_name("visits", what), together)


def once(*parts: object) -> bool:
    """Whether this is the first time within the window: a one-time code opens one door."""
    try:
        _count(_name("once", *parts), 1)
    except TooManyTries:
        return False
    return True


def _keys(request: HttpRequest, accounts: tuple[str, ...], code: str) -> dict[str, int]:
    keys = {_name("address", _address(request)): PER_ADDRESS}
    if code:
        keys |= {_name("slips"): PER_INSTALLATION, _name("slip", code[:3]): PER_ACCOUNT}
    # Spelled differently it is still the same account.
    return keys | {_name("account", account.casefold()): PER_ACCOUNT for account in accounts}


def _name(*parts: object) -> str:
    """Neither addresses nor mistyped names, which may be passwords, are stored."""
    return salted_hmac("accounts.limits", repr(parts), algorithm="sha256").hexdigest()


def _address(request: HttpRequest) -> str:
    """Where the request comes from; of IPv6 the network, which one household has to itself."""
    address: str = get_adapter().get_client_ip(request)
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv4Address):
        return address
    return str(ipaddress.IPv6Network((parsed, 64), strict=False))


def _count(name: str, limit: int) -> None:
    """Count one try under ``name``. Call outside a transaction that may be rolled back."""
    now = timezone.now().timestamp()
    values: dict[str, str | float] = {
        "name": name,
        "now": now,
        "until": now + WINDOW,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        row = cursor.fetchone()
    if row is None:
        raise TooManyTries(Tally.objects.get(name=name).until)
    if row[0] == 1:
        Tally.objects.filter(until__lt=now - WINDOW).delete()
