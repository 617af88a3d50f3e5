"""What a person agrees to, who speaks for a child, and that none of it is ever printed."""

import io

import pdfplumber
import pytest
from django.utils import timezone

from documents import service as documents
from procedures import demo
from procedures.forms.steps import rows_from
from procedures.models import Membership, Person, Seat
from procedures.models.people import is_minor
from procedures.roles import Role
from procedures.teams import roster
from workflows.states import State

YEAR = timezone.localdate().year
GUARDIAN = {
    "guardian_name": "Vi Thị Giám Hộ",
    "guardian_phone": "0988777666",
    "guardian_relation": "mẹ",
}
CHILD = {"full_name": "Lô Văn Nhỏ", "birth_year": YEAR - 14, "role": "member"}


def sent(road, tam_quang, *people, index=0):
    author = tam_quang(Role.HAMLET_HEAD, index)
    dossier = road.draft(author)
    rows = [*demo.seats(dossier, 5), *people]
    dossier = road.do(dossier, "edit", author, seats={dossier.changes.get().pk: rows})
    return road.do(dossier, "submit", author)


def person(name):
    return Person.objects.get(full_name=name)


@pytest.mark.parametrize(
    ("year", "child"),
    [(YEAR - 15, True), (YEAR - 16, False), (YEAR, True), (YEAR + 1, False), (None, False)],
)
def test_under_sixteen_goes_by_the_year(year, child):
    assert is_minor(year) is child


def test_guardian_and_tick_are_carried_to_the_person(road, tam_quang):
    sent(road, tam_quang, CHILD | GUARDIAN | {"may_publish": True})
    kept = person(CHILD["full_name"])
    assert kept.may_publish
    assert {name: getattr(kept, name) for name in GUARDIAN} == GUARDIAN


def test_a_child_agrees_to_nothing_without_a_guardian_and_is_listed_all_the_same(road, tam_quang):
    dossier = sent(road, tam_quang, CHILD | {"may_publish": True})
    assert dossier.state == State.SUBMITTED
    assert not person(CHILD["full_name"]).may_publish


def test_the_guardian_of_somebody_of_age_is_not_kept():
    formset = rows_from(
        [{"full_name": "Vi Văn Lớn", "birth_year": 1990, "role": "member", **GUARDIAN}]
    )
    assert formset.is_valid()
    [row] = formset.people()
    assert {row[name] for name in GUARDIAN} == {""}


def test_what_he_said_last_stands(road, tam_quang):
    member = {"full_name": "Kha Thị Mới", "birth_year": 1991, "phone": "0900123123"}
    sent(road, tam_quang, member | {"role": "member", "may_publish": True})
    assert person("Kha Thị Mới").may_publish
    sent(road, tam_quang, member | {"role": "member"}, index=1)
    assert not person("Kha Thị Mới").may_publish


def test_one_record_serves_several_teams(road, tam_quang):
    member = {"full_name": "Kha Thị Mới", "birth_year": 1991, "phone": "0900123123"}
    for index in (0, 1):
        dossier = sent(road, tam_quang, member | {"role": "member"}, index=index)
        road._forward(dossier, State.RELEASED)
    kept = person("Kha Thị Mới")
    assert Seat.objects.filter(person=kept).count() == 2
    teams = Membership.objects.filter(person=kept, until=None).values_list("team__name", flat=True)
    assert len(set(teams)) == 2
    assert roster.differences(tam_quang.agency.commune) == []


def test_a_list_that_says_nothing_has_the_digest_it_always_had():
    bare = Seat(full_name="A", birth_year=1990, phone="", role="member", represents="")
    assert bare.snapshot() == ["A", 1990, "", "member", ""]
    for column, value in ({"may_publish": True} | GUARDIAN).items():
        said = Seat(full_name="A", birth_year=1990, role="member", **{column: value})
        assert said.snapshot() != bare.snapshot(), column


def test_nothing_of_it_is_printed(road, tam_quang):
    dossier = road._forward(
        sent(road, tam_quang, CHILD | GUARDIAN | {"may_publish": True}), State.RELEASED
    )
    for kind in ("proposal", "submission", "decision"):
        words = printed(documents.file_of(dossier.paper(kind)))
        assert CHILD["full_name"] in words
        for value in (*GUARDIAN.values(), str(CHILD["birth_year"])):
            if len(value) > 3:
                assert value not in words, (kind, value)
        assert "công bố" not in words


def printed(data):
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return " ".join(" ".join((page.extract_text() or "").split()) for page in pdf.pages)
