"""Holdings x papers x field x kind x date: the form of signature, or the article that refuses it.

The table, capacity.txt, is written by hand; here it is executed.
"""

import datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from procedures.issuing import signers
from procedures.messages import desks
from procedures.roles import FIELDS, Role
from workflows import authority, engine
from workflows.authority import Desk
from workflows.errors import Refusal
from workflows.models import Delegation, Holding

ROLES = {
    "chairman": Role.CHAIRMAN,
    "deputy": Role.DEPUTY_CHAIRMAN,
    "head": Role.DIVISION_HEAD,
    "deputy head": Role.DEPUTY_DIVISION_HEAD,
    "chief": Role.CHIEF_OF_OFFICE,
    "clerk": Role.CLERK,
    "specialist": Role.SPECIALIST,
}


def rows():
    for line in (Path(__file__).parent / "capacity.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            yield tuple(cell.strip() for cell in line.split("|"))


ROWS = list(rows())


def day(text):
    return timezone.localdate() + datetime.timedelta(days=int(text)) if text != "-" else None


@pytest.fixture
def person(tam_quang, monkeypatch):
    """A person without a post, in a commune where nobody acts for anybody and every field of work
    has procedures."""
    monkeypatch.setattr(engine, "fields", lambda: tuple(FIELDS))
    Delegation.objects.all().delete()
    return get_user_model().objects.create_user("signer", full_name="Vi Văn Thử")


def seat(cast, person, holds):
    long_ago = day("-400")
    for post in holds.split(", "):
        if post != "nobody":
            acting = post.startswith("Q. ")
            held = cast.post(ROLES[post.removeprefix("Q. ")])
            Holding.objects.create(post=held, user=person, since=long_ago, acting=acting)


def give(cast, papers):
    for paper in filter(None, papers.split("; ")):
        form, rest = paper.split(" ", 1)
        posts, field, term = rest.rsplit(" ", 2)
        giver, taker = (cast.post(ROLES[name]) for name in posts.split(">"))
        since, until = map(day, term.split(".."))
        field, _bracket, kinds = field.rstrip("]").partition("[")
        Delegation.objects.create(
            principal=giver, delegate=taker, kind=form, since=since, until=until,
            field=field.replace("*", ""), limited_to=kinds.split(",") if kinds else [],
            paper="Văn bản thử",
        )  # fmt: skip


def answer(cast, person, kind, field, on):
    role = signers.SIGNING_ROLE[kind]
    post = cast.post(role)
    desk = Desk(f"{role}.{field}", post.unit or cast.agency, "nơi ký")
    try:
        capacity = signers.capacity_to_sign(kind, desk, authority.capacities(person, on))
    except Refusal as refusal:
        sort = "no paper" if refusal.lacks_paper else "not so"
        return f"{sort}: {refusal.citation.removesuffix(' Nghị định 30/2020/NĐ-CP')}"
    return " / ".join(signers.signature_block(kind, capacity).lines)


@pytest.mark.parametrize("row", ROWS, ids=[" | ".join(row) for row in ROWS])
def test_the_table(tam_quang, person, row):
    holds, papers, kind, field, on, expected = row
    seat(tam_quang, person, holds)
    give(tam_quang, papers)

    assert answer(tam_quang, person, kind, field, day(on)) == expected


def test_the_table_names_every_form_and_every_kind_that_is_signed():
    answers = " ".join(row[-1] for row in ROWS)
    for form in ("TM.", "KT.", "TL.", "TUQ.", "Q."):
        assert form in answers
    assert {row[2] for row in ROWS} == set(signers.SIGNING_ROLE)
    assert len(ROWS) == len(set(ROWS))


def test_what_is_told_of_everybody_is_what_each_may(tam_quang, person):
    """The list of who sits where counts an order that was passed on too, and the same way."""
    seat(tam_quang, person, "deputy head")
    give(tam_quang, "TL chairman>head digital -9..-; KT head>deputy head digital -9..-")

    [own] = [c for c in authority.capacities(person) if c.passed]
    sitting = desks.sitting([tam_quang.agency.pk])
    key = ("chairman.digital", "workflows.agency", str(tam_quang.agency.pk))

    assert own in [capacity for capacity in sitting[key] if capacity.user == person]
    assert own.label.startswith("Phó Trưởng phòng")
    assert "ký thay" in own.label
    assert "thừa lệnh" in own.label
    # What waits for the Chairman himself is not passed on.
    assert not [k for k in own.keys(("digital",)) if k[0] == authority.HOLDER]
