"""Who holds a post and who acts for whom: entered by the clerk, on paper, never deleted."""

import datetime

import pytest
from django.utils import timezone

from procedures import assignments
from procedures.roles import DIGITAL, Role
from workflows import assigning, authority, ledger
from workflows.errors import Refusal
from workflows.models import Delegation, Event, Holding
from workflows.terms import Paper, Term

DAY = datetime.timedelta(days=1)
KT, TL, TUQ, STAND_IN = Delegation.Kind.values


@pytest.fixture
def today(db):
    return timezone.localdate()


@pytest.fixture
def paper(today):
    return Paper("Thông báo số 90/TB-UBND", today - 30 * DAY, "scans/ab/ab.pdf", "ab")


@pytest.fixture
def office(tam_quang, today, paper):
    return Office(tam_quang, today, paper)


class Office:
    """The clerk of xã Tam Quang at work."""

    def __init__(self, cast, today, paper):
        self.cast, self.today, self.paper = cast, today, paper
        self.desk = assignments.desk_of(cast.agency)

    def assign(self, kind=KT, principal=Role.CHAIRMAN, delegate=(Role.DEPUTY_CHAIRMAN, 1), **more):
        row = {
            "by": self.cast(Role.CLERK),
            "principal": self.cast.post(principal),
            "delegate": self.cast.post(*delegate),
            "kind": kind,
            "field": DIGITAL,
            "term": Term(self.today),
            "paper": self.paper,
        }
        return assigning.assign(self.desk, **(row | more))

    def install(self, post, user, since=None, **more):
        row = {"by": self.cast(Role.CLERK), "term": Term(since or self.today), "paper": self.paper}
        return assigning.install(self.desk, post=post, user=user, **(row | more))

    def end(self, row, last=None, **more):
        row_by = {"by": self.cast(Role.CLERK), "last": last or self.today}
        return assigning.end(self.desk, row, **(row_by | more))

    def kind_at(self, role, user, on=None):
        desk = authority.Desk(f"{role}.{DIGITAL}", self.cast.agency, "")
        capacity = authority.capacity_at(desk, authority.capacities(user, on), (DIGITAL,))
        return capacity and capacity.kind


def unchanged(act):
    """Run ``act``, which must be refused, and see that nothing was written."""
    tables = (Delegation, Holding, Event)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    with pytest.raises(Refusal) as refused:
        act()
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
    return refused.value


def test_a_deputy_signs_from_the_first_day_of_his_assignment_to_the_last(office, today):
    deputy = office.cast(Role.DEPUTY_CHAIRMAN, 1)
    row = office.assign(term=Term(today + DAY, today + 3 * DAY))
    days = [office.kind_at(Role.CHAIRMAN, deputy, today + n * DAY) for n in range(5)]
    assert days == [None, "KT", "KT", "KT", None]
    assert (row.entered_by, row.paper, row.scan) == (
        office.cast(Role.CLERK), "Thông báo số 90/TB-UBND", "scans/ab/ab.pdf",
    )  # fmt: skip


def test_in_charge_of_everything_covers_every_field(office):
    office.assign(field="")
    assert office.kind_at(Role.CHAIRMAN, office.cast(Role.DEPUTY_CHAIRMAN, 1)) == "KT"


def test_every_entry_and_ending_is_a_line_of_the_ledger(office, tam_quang, today):
    row = office.end(office.assign(), note="Thông báo số 95/TB-UBND")
    lines = Event.objects.filter(record_type="workflows.delegation", record_id=row.pk)
    assert [(e.act, e.revision, e.note) for e in lines] == [
        ("assign", 1, ""), ("end", 2, "Thông báo số 95/TB-UBND"),
    ]  # fmt: skip
    first, last = lines
    assert first.capacity == "Văn thư"
    assert first.facts["paper"].startswith("Thông báo số 90/TB-UBND, ngày ")
    assert (first.facts["until"], last.facts["until"]) == (None, today.isoformat())
    assert first.digest != last.digest
    assert list(ledger.verify(tam_quang.agency)) == []


def test_the_same_delegation_is_not_entered_twice_for_one_day(office, today):
    office.assign(term=Term(today, today + 5 * DAY))
    for term in (Term(today + 5 * DAY), Term(today, today), Term(today - DAY)):
        refusal = unchanged(lambda term=term: office.assign(term=term))
        assert "đã nhập rồi" in refusal.sentence
    office.assign(term=Term(today + 6 * DAY))
    office.assign(field="culture")


def test_a_button_pressed_twice_enters_once(office, today):
    assert office.assign() == office.assign()
    head = office.cast.post(Role.HAMLET_HEAD)
    user = office.cast(Role.HAMLET_HEAD, 1)
    assert office.install(head, user) == office.install(head, user)
    row = office.assign(field="culture")
    assert office.end(row).ended == office.end(row).ended
    assert Event.objects.filter(act="end", record_id=row.pk).count() == 1


@pytest.mark.parametrize("kind", [KT, TL, TUQ])
def test_a_clerk_never_enters_a_right_to_sign_for_himself(kind, office, today):
    """Not even one that begins when he will hold the post."""
    clerk, other = office.cast(Role.CLERK), office.cast(Role.CLERK, 1)
    post = office.cast.post(Role.DIVISION_HEAD)
    office.install(post, clerk, since=today + 10 * DAY, by=other)
    order = {
        "kind": kind, "delegate": (Role.DIVISION_HEAD,), "field": "",
        "term": Term(today, today + 20 * DAY),
    }  # fmt: skip
    refusal = unchanged(lambda: office.assign(**order))
    assert "giao quyền ký cho chính ông/bà" in refusal.sentence
    assert office.assign(**order, by=other).kind == kind


def test_a_clerk_may_enter_himself_as_a_stand_in(office):
    office.assign(kind=STAND_IN, principal=Role.SPECIALIST, delegate=(Role.CLERK,), field="")
    held = authority.capacities(office.cast(Role.CLERK))
    assert [capacity.kind for capacity in held] == ["OWN", "STAND_IN"]


def test_nobody_enters_a_post_for_himself_or_leaves_it_by_his_own_entry(office):
    clerk = office.cast(Role.CLERK)
    unchanged(lambda: office.install(office.cast.post(Role.CHAIRMAN), clerk))
    unchanged(lambda: office.end(office.cast.post(Role.CLERK).holder()))
    assert office.end(office.cast.post(Role.CLERK).holder(), by=office.cast(Role.CLERK, 1)).until


def test_only_the_clerk_of_the_agency_enters_anything(office, hac_thanh):
    for role in Role:
        if role != Role.CLERK:
            assert unchanged(lambda role=role: office.assign(by=office.cast(role))).lacks_paper
    unchanged(lambda: office.assign(by=hac_thanh(Role.CLERK)))
    unchanged(lambda: office.install(hac_thanh.post(Role.CHAIRMAN), hac_thanh(Role.CHAIRMAN)))
    unchanged(lambda: office.assign(delegate=(Role.CHAIRMAN,)))
    unchanged(
        lambda: assigning.assign(
            office.desk, by=office.cast(Role.CLERK), principal=office.cast.post(Role.CHAIRMAN),
            delegate=hac_thanh.post(Role.DEPUTY_CHAIRMAN), kind=KT, term=Term(office.today),
            paper=office.paper,
        )
    )  # fmt: skip
    unchanged(lambda: office.end(Delegation.objects.filter(
        principal__agency=hac_thanh.agency).first()))  # fmt: skip


def test_a_stand_in_for_the_clerk_enters_too(office):
    office.assign(kind=STAND_IN, principal=Role.CLERK, delegate=(Role.SPECIALIST,), field="")
    row = office.assign(by=office.cast(Role.SPECIALIST))
    assert Event.objects.get(record_id=row.pk, act="assign", record_type="workflows.delegation")


def test_a_successor_begins_the_day_after_the_former_holder(office, today):
    post = office.cast.post(Role.CHAIRMAN)
    former, next_one = office.cast(Role.CHAIRMAN), office.cast(Role.DEPUTY_CHAIRMAN)
    office.install(post, next_one, since=today + 2 * DAY, acting=True)
    days = [today + DAY, today + 2 * DAY]
    assert [post.holder(day).user for day in days] == [former, next_one]
    assert office.kind_at(Role.CHAIRMAN, next_one, days[1]) == "ACTING"
    assert office.kind_at(Role.CHAIRMAN, former, days[1]) is None
    assert post.holdings.get(user=former).ended_by == office.cast(Role.CLERK)


def test_one_post_has_one_holder_on_any_day(office, today):
    post, other = office.cast.post(Role.CHAIRMAN), office.cast(Role.DEPUTY_CHAIRMAN, 1)
    office.install(post, office.cast(Role.DEPUTY_CHAIRMAN), since=today + 5 * DAY)
    for since in (today, today + 5 * DAY):
        refusal = unchanged(lambda since=since: office.install(post, other, since=since))
        assert "một ngày không có hai người" in refusal.sentence
    office.install(post, other, term=Term(today, today + 4 * DAY))
    held = [post.holdings.filter(Term(day, day).overlapping).count()
            for day in (today - DAY, today, today + 4 * DAY, today + 5 * DAY)]  # fmt: skip
    assert held == [1, 1, 1, 1]


def test_who_holds_the_post_already_is_not_entered_again_but_may_lose_his_q(office, today):
    post, chairman = office.cast.post(Role.CHAIRMAN), office.cast(Role.CHAIRMAN)
    assert "đang giữ" in unchanged(lambda: office.install(post, chairman)).sentence
    office.install(post, chairman, acting=True)
    assert office.kind_at(Role.CHAIRMAN, chairman) == "ACTING"


def test_a_delegation_ended_gives_nothing_any_more(office, today):
    deputy = office.cast(Role.DEPUTY_CHAIRMAN)
    row = Delegation.objects.get(delegate=office.cast.post(Role.DEPUTY_CHAIRMAN))
    office.end(row, today - DAY)
    assert office.kind_at(Role.CHAIRMAN, deputy) is None
    assert Delegation.objects.filter(pk=row.pk).exists()
    unchanged(lambda: office.end(row, today))


def test_what_has_not_begun_may_be_taken_back_and_never_comes_into_force(office, today):
    row = office.assign(term=Term(today + 5 * DAY))
    office.end(row, today)
    row.refresh_from_db()
    assert row.over
    deputy = office.cast(Role.DEPUTY_CHAIRMAN, 1)
    on = [office.kind_at(Role.CHAIRMAN, deputy, today + n * DAY) for n in range(12)]
    assert not any(on)
    office.assign(term=Term(today + 5 * DAY))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": TUQ, "term": 0}, "until"),
        ({"term": -40}, "since"),
        ({"paper": ("", 0)}, "paper"),
        ({"paper": ("Thông báo", 1)}, "paper_date"),
        ({"delegate": (Role.CHAIRMAN,)}, "delegate"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(wrong, field, office, today):
    more = dict(wrong)
    if "term" in more:
        more["term"] = Term(today + more["term"] * DAY)
    if "paper" in more:
        name, day = more["paper"]
        more["paper"] = Paper(name, today + day * DAY)
    assert unchanged(lambda: office.assign(**more)).field == field


def test_an_end_before_the_beginning_or_after_what_was_written_is_refused(office, today):
    row = office.assign(term=Term(today, today + 5 * DAY))
    assert unchanged(lambda: office.end(row, today - DAY)).field == "last"
    assert unchanged(lambda: office.end(row, today + 6 * DAY)).field == "last"


def test_an_account_no_longer_in_use_holds_nothing(office):
    user = office.cast(Role.DEPUTY_CHAIRMAN)
    user.is_active = False
    unchanged(lambda: office.install(office.cast.post(Role.CHAIRMAN), user))
