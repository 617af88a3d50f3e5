"""A batch of decisions from the tray to their release: what one costs, and of what parts.

Proposals of as many hamlets lie in the Deputy's tray; he signs a trayful at a press, as the page
does (number, drawing, signature, the file judged before it is stored), and the clerk seals and
releases each. A press that costs more than the one before would show what grows with the batch.
Parts are told apart without overlap; the database is SQLite.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from .timing import Line

REST = "còn lại: quyền, sổ cái, trang"


def print_batch(count: int) -> None:
    """``count`` decisions in a database of their own; prints a line per press and per part."""
    from django.core.management import call_command

    call_command("demo_data", verbosity=0)
    office = _Office(count)
    parts = _Parts()
    with parts.watched():
        presses = list(office.signed_by_presses(parts))
        sealed = parts.measured(office.seal_and_release)
    for size, spent, asked in presses:
        Line(f"  ký cả khay, lần bấm của {size} quyết định").each(spent / size, asked / size)
    Line(f"  đóng dấu, phát hành {count} quyết định").each(sealed[0] / count, sealed[1] / count)
    totals = [sum(press[n] for press in presses) + sealed[n - 1] for n in (1, 2)]
    name = f"{count} quyết định: lấy số, vẽ, ký, đóng dấu, phát hành"
    Line(name).each(totals[0] / count, totals[1] / count)
    for part, spent in parts.spent.most_common():
        Line(f"    trong đó {part}").each(spent / count)


class _Office:
    """Xã Tam Quang with ``count`` checked proposals in the Deputy's tray."""

    def __init__(self, count: int) -> None:
        from django.test import Client

        from procedures.roles import Role
        from tests.procedures.conftest import Road

        from .round_cost import _cast, _more_hamlets

        _more_hamlets(count)
        self.cast = _cast()
        road = Road(self.cast)
        # The division initials the draft: no paper of its own, the decision alone is measured.
        road.ways(asking="initials")
        heads = [
            hamlet.head_post.holder().user for hamlet in self.cast.agency.commune.hamlets.all()
        ]
        self.waiting = [road.to("cleared", head).pk for head in heads[:count]]
        self.client = Client()
        self.client.force_login(self.cast(Role.DEPUTY_CHAIRMAN))

    def signed_by_presses(self, parts: _Parts) -> Iterator[tuple[int, float, int]]:
        """(decisions, CPU ms, statements) of every press, until the tray is empty."""
        while chosen := self._tray():
            spent, asked = parts.measured(lambda: self._press(chosen))
            yield len(chosen), spent, asked

    def _tray(self) -> list[str]:
        from django.urls import reverse

        page = self.client.get(reverse("tray")).content.decode()
        return re.findall(r'name="chosen" value="([^"]+)"', page)

    def _press(self, chosen: list[str]) -> None:
        from django.urls import reverse

        from procedures import demo

        answer = self.client.post(
            reverse("tray"), {"chosen": chosen, "passphrase": demo.PASSPHRASE}
        )
        assert answer.content.decode().count("Đã ký:") == len(chosen)

    def seal_and_release(self) -> None:
        from procedures import demo
        from procedures.issuing import signing
        from procedures.models import Dossier
        from procedures.roles import Role

        for pk in self.waiting:
            dossier = Dossier.objects.get(pk=pk)
            done = signing.seal_and_release(
                dossier,
                by=self.cast(Role.CLERK),
                seen=dossier.revision,
                passphrase=demo.PASSPHRASE,
            )
            assert done.state == "released"


class _Parts:
    """CPU milliseconds by part; one inside another is taken out of it."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._open: list[str] = []
        self._since, self._asked = 0.0, 0

    def measured(self, work: Callable[[], Any]) -> tuple[float, int]:
        """CPU milliseconds and statements of ``work``."""
        before, asked = self.spent.total(), self._asked
        with self._part(REST):
            work()
        return self.spent.total() - before, self._asked - asked

    @contextmanager
    def watched(self) -> Iterator[None]:
        from django.db import connection

        from documents.issuing import electronic
        from documents.rendering import pdf
        from documents.signing import keys, pades

        with ExitStack() as stack:
            for name, module, function in (
                ("vẽ", pdf, "render"),
                ("mở khóa bằng mật khẩu", keys, "unlock"),
                ("ký và đóng dấu", pades, "sign_field"),
                ("soát tệp trước khi lưu", electronic, "only_addition"),
            ):
                kept = self._within(name, getattr(module, function))
                stack.enter_context(mock.patch.object(module, function, kept))
            stack.enter_context(connection.execute_wrapper(self._asking))
            yield

    def _asking(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self._asked += "SAVEPOINT" not in sql
        with self._part("cơ sở dữ liệu"):
            return execute(sql, *rest)

    def _within(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **given: Any) -> Any:
            with self._part(name):
                return function(*args, **given)

        return timed

    @contextmanager
    def _part(self, name: str) -> Iterator[None]:
        self._turn()
        self._open.append(name)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def _turn(self) -> None:
        now = time.process_time()
        if self._open:
            self.spent[self._open[-1]] += 1000 * (now - self._since)
        self._since = now
