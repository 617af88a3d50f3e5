"""From which day a right to sign stands, and on which it is over, whenever its paper goes out."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from procedures.flows import AnnounceTeamsFlow, delegate_signing
from procedures.issuing import ink
from procedures.models import Grant
from procedures.roles import Role
from workflows import authority
from workflows.errors import Refusal
from workflows.models import Delegation, Event, Holding
from workflows.states import State

from . import drafted
from .correcting import post_of
from .test_announcing import SAID
from .test_existing import record

DAY = datetime.timedelta(days=1)


def in_days(number):
    """The clock stands still at this hour, so many days from now."""
    return time_machine.travel(timezone.now() + number * DAY, tick=False)


def given(cast, **more):
    """A paper by which the second Deputy signs for the Chairman in the field of culture."""
    told = {"kind": "KT", "field": "culture", "since": timezone.localdate() - 9 * DAY}
    return Delegation.objects.create(
        principal=cast.post(Role.CHAIRMAN),
        **{
            "delegate": cast.post(Role.DEPUTY_CHAIRMAN, 1), **told,
            "paper": "Thông báo số 90/TB-UBND", **more,
        },
    )  # fmt: skip


def begun(cast, grant):
    author = cast(Role.SPECIALIST, 1)
    return delegate_signing.draft(author, post_of(author), grant)


def ending(road, cast, *rows, **more):
    """A decision that ends them, sent."""
    said = {"rows": [{"delegation": row.pk} for row in rows], **more}
    return drafted.sent(road, begun(cast, Grant.END), said)


def giving(cast, number=1, field="culture", **more):
    post = cast.post(Role.DEPUTY_CHAIRMAN, number)
    return {"rows": [{"delegate": post.pk, "field": field}], **more}


def acts_for_the_chairman(cast):
    held = authority.capacities(cast(Role.DEPUTY_CHAIRMAN, 1))
    return any((c.kind, c.field) == ("KT", "culture") for c in held)


def test_what_a_signed_decision_ends_is_over_before_it_is_released(road, tam_quang):
    row = given(tam_quang)
    signed = road._forward(ending(road, tam_quang, row), State.SIGNED)
    assert acts_for_the_chairman(tam_quang)  # "đến hết ngày ký"
    with in_days(1):
        assert not acts_for_the_chairman(tam_quang)
    row.refresh_from_db()
    assert row.until == signed.decision.date
    told = Event.objects.filter(record_type="workflows.delegation", record_id=row.pk)
    assert [(event.act, event.actor) for event in told] == [("end", tam_quang(Role.CHAIRMAN))]
    # Voided before its release it has ended nothing.
    void = road.do(signed, "void_decision", tam_quang(Role.CLERK), "Ghi sai tên.")
    row.refresh_from_db()
    assert (row.until, row.ended, row.ended_by) == (None, None, None)
    with in_days(1):
        assert acts_for_the_chairman(tam_quang)
    assert [event.act for event in told.order_by("sequence")] == ["end", "resume"]
    # Signed again and released, it is over; once.
    done = road._forward(void, State.RELEASED)
    row.refresh_from_db()
    assert row.until == done.decision.date
    assert [event.act for event in told.order_by("sequence")] == ["end", "resume", "end"]


def test_one_signed_decision_at_a_time_ends_a_right(road, tam_quang):
    """Else the voided one would leave it cut by no paper, or give it back against the other."""
    row = given(tam_quang)
    second = road._forward(ending(road, tam_quang, row), State.CLEARED)
    first = road._forward(ending(road, tam_quang, row), State.SIGNED)
    with pytest.raises(Refusal, match="ký rồi mà chưa phát hành"):
        road.do(second, "reserve_decision", tam_quang(Role.CHAIRMAN))
    # In the meantime another Deputy is put in charge: it is not given back beside him.
    Delegation.objects.filter(pk=row.pk).update(field="")
    given(tam_quang, field="", delegate=tam_quang.post(Role.DEPUTY_CHAIRMAN, 0), paper="Mới")
    road.do(first, "void_decision", tam_quang(Role.CLERK), "Ghi sai tên.")
    row.refresh_from_db()
    assert row.until == first.decision.date
    told = Event.objects.filter(record_type="workflows.delegation", record_id=row.pk)
    last = told.order_by("sequence").last()
    assert last.act == "stay_ended"
    assert last.note.startswith("Ghi sai tên. Không khôi phục: đang có")
    assert "(Mới" in last.note


def test_what_has_not_begun_when_its_end_is_signed_never_begins(road, tam_quang):
    row = given(tam_quang, since=timezone.localdate() + 2 * DAY)
    sealed = road._forward(ending(road, tam_quang, row), State.SEALED)
    with in_days(4):
        assert not acts_for_the_chairman(tam_quang)
        road.do(sealed, "release_decision", tam_quang(Role.CLERK))
    row.refresh_from_db()
    assert row.until < row.since


def test_an_end_signed_on_paper_before_the_first_day_is_recorded_after_it(road, tam_quang):
    """The paper was signed while what it ends was still to come, and is recorded days later."""
    row = given(tam_quang, since=timezone.localdate() + 2 * DAY)
    cleared = road._forward(ending(road, tam_quang, row), State.CLEARED)
    day = timezone.localdate()
    with in_days(4):
        paper = {"signer": tam_quang(Role.CHAIRMAN), "date": day, "scan": b"%PDF-1.7 quet"}
        clerk = tam_quang(Role.CLERK)
        signed = road.do(cleared, "record_paper_decision", clerk, **paper)
        assert signed.decision.date == day
        assert not acts_for_the_chairman(tam_quang)


def test_nothing_is_given_from_a_day_before_the_signature(road, tam_quang):
    today = timezone.localdate()
    past = giving(tam_quang, since=today - DAY)
    with pytest.raises(Refusal, match="trước ngày ký") as refused:
        drafted.sent(road, begun(tam_quang, Grant.FIELDS), past)
    assert refused.value.field == "since"
    # From today, and signed tomorrow: the Chairman is told, and nothing is numbered.
    whole = giving(tam_quang, since=today)
    cleared = road._forward(
        drafted.sent(road, begun(tam_quang, Grant.FIELDS), whole), State.CLEARED
    )
    with in_days(1):
        with pytest.raises(Refusal, match="trả lại") as refused:
            road.do(cleared, "reserve_decision", tam_quang(Role.CHAIRMAN))
        assert refused.value.field == "since"
        # What was signed on paper in time is recorded later all the same.
        paper = {"signer": tam_quang(Role.CHAIRMAN), "date": today, "scan": b"%PDF-1.7 quet"}
        late = paper | {"date": today + DAY}
        with pytest.raises(Refusal, match="trước ngày ký"):
            road.do(cleared, "record_paper_decision", tam_quang(Role.CLERK), **late)
        signed = road.do(cleared, "record_paper_decision", tam_quang(Role.CLERK), **paper)
    assert signed.decision.date == today


def test_one_deputy_at_a_time_is_in_charge_of_everything(road, tam_quang):
    today = timezone.localdate()
    standing = given(tam_quang, field="", until=today + 9 * DAY)
    every = giving(tam_quang, number=0, field="")
    with pytest.raises(Refusal, match="Chỉ giao một") as refused:
        drafted.sent(road, begun(tam_quang, Grant.CHARGE), every)
    assert refused.value.field == "rows"
    assert standing.paper in str(refused.value)
    after = every | {"since": today + 10 * DAY}
    sent = drafted.sent(road, begun(tam_quang, Grant.CHARGE), after)
    assert sent.state == State.SUBMITTED


def test_a_paper_signed_by_a_deputy_who_has_left_is_recorded(road, tam_quang):
    """A deputy head to whom an order was passed: his paper, and his post, ended days ago."""
    record(tam_quang)
    today = timezone.localdate()
    head, deputy = tam_quang.post(Role.DIVISION_HEAD), tam_quang.post(Role.DEPUTY_DIVISION_HEAD)
    Delegation.objects.filter(delegate=deputy).delete()
    told = {"since": today - 40 * DAY, "paper": "Quy chế làm việc"}
    chairman = tam_quang.post(Role.CHAIRMAN)
    Delegation.objects.create(principal=chairman, delegate=head, kind="TL", **told)
    passed = Delegation.objects.create(principal=head, delegate=deputy, kind="KT", **told)
    user = deputy.holder().user
    with in_days(-10):
        dossier = drafted.sent(road, drafted.begun(tam_quang, AnnounceTeamsFlow), SAID)

    def last_day():
        able = ink.able_on_paper(dossier, "decision")
        return {capacity.user: day for capacity, day in able}.get(user)

    assert last_day() == today
    passed.until = today - 5 * DAY
    passed.save()
    assert last_day() == passed.until
    passed.until = None
    passed.save()
    Holding.objects.filter(user=user).update(until=today - 3 * DAY)
    assert last_day() == today - 3 * DAY
