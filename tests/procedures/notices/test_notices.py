"""Who is told what, once it has happened, and the page of it; the text for Zalo."""

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from procedures.messages import desks, notices, sharing
from procedures.models import Dossier, Notice
from procedures.roles import Role
from workflows.models import Event, Holding
from workflows.states import State, acts_of

from ..test_existing import SIGNER, record


def told(user):
    return list(notices.of(user))


# Who is told ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "kind"), [("return_for_correction", "back"), ("reject", "rejected")]
)
def test_who_sent_it_learns_who_stopped_it_and_why(act, kind, after, road, tam_quang):
    dossier, specialist = road.to(State.SUBMITTED), tam_quang(Role.SPECIALIST)
    after(dossier, act, specialist, "Thiếu đại diện phụ nữ.")
    [notice] = told(dossier.author)
    assert (notice.kind, notice.words) == (kind, "Thiếu đại diện phụ nữ.")
    assert specialist.full_name in notice.sentence
    assert tam_quang.post(Role.SPECIALIST).title in notice.sentence
    assert notice.title == f"{dossier.receipt}: {dossier.title}"
    assert notice.page == reverse("dossier", args=[dossier.pk])
    assert Notice.objects.count() == 1


def test_who_proposed_learns_of_the_decision(after, road, tam_quang):
    dossier = road.to(State.SEALED)
    after(dossier, "release_decision", tam_quang(Role.CLERK))
    [notice] = Notice.objects.all()
    assert (notice.recipient, notice.kind) == (dossier.author, "released")
    assert "Đã có quyết định" in notice.sentence


def test_who_had_it_on_the_desk_learns_of_the_withdrawal(after, road, tam_quang):
    dossier = road.to(State.SUBMITTED)
    after(dossier, "withdraw", dossier.author)
    told_to = {notice.recipient for notice in Notice.objects.all()}
    assert told_to == {tam_quang(Role.SPECIALIST), tam_quang(Role.SPECIALIST, 1)}


def test_nobody_is_told_of_a_draft_withdrawn_or_of_what_he_did_himself(after, road, tam_quang):
    dossier = road.to(State.DRAFT)
    after(dossier, "withdraw", dossier.author)
    other = road.to(State.DRAFT, tam_quang(Role.HAMLET_HEAD, 1))
    other = after(other, "submit", other.author)
    after(other, "check_content", tam_quang(Role.SPECIALIST))
    assert not Notice.objects.exists()


def test_a_successor_is_told_and_who_left_is_not(after, road, tam_quang):
    dossier, successor = road.to(State.SUBMITTED), tam_quang(Role.HAMLET_HEAD, 1)
    today = timezone.localdate()
    Holding.objects.filter(post=dossier.post).update(until=today - datetime.timedelta(days=1))
    Holding.objects.create(post=dossier.post, user=successor, since=today)
    after(dossier, "reject", tam_quang(Role.SPECIALIST), "Không đủ người.")
    assert [notice.recipient for notice in Notice.objects.all()] == [successor]


@pytest.mark.parametrize(
    "name",
    [
        n
        for n, act in acts_of(Dossier).items()
        if act.reason and act.target and not (act.inner or act.only)
    ],
)
def test_every_act_with_a_reason_reaches_the_desk_it_concerns(name, after, road):
    """A return to an earlier step of the office is told there, a refusal to who proposed."""
    act = acts_of(Dossier)[name]
    # A return to the Chánh Văn phòng is on no other road than his.
    road.ways(review=bool(Dossier().off_road(act)))
    dossier = road.to(act.sources[-1])
    by = min(_at(dossier), key=lambda user: user.pk)
    moved = after(dossier, name, by, "Vì một lý do.")
    concerned = _at(moved) if moved.waits_at else {dossier.author}
    assert {notice.recipient for notice in Notice.objects.all()} == concerned - {by}
    assert all(notice.words == "Vì một lý do." for notice in Notice.objects.all())


def _at(dossier):
    return {seated.user for seated in desks.sitting_at(dossier.waits_at, dossier.agency_id)}


def test_other_communes_hear_nothing(after, other_road, road, hac_thanh, tam_quang):
    dossier = other_road.to(State.SUBMITTED)
    after(dossier, "reject", hac_thanh(Role.SPECIALIST), "Không đủ người.")
    [notice] = Notice.objects.all()
    assert notice.recipient == hac_thanh(Role.HAMLET_HEAD)


def test_an_account_no_longer_in_use_is_told_nothing(after, road, tam_quang):
    dossier = road.to(State.SUBMITTED)
    type(dossier.author).objects.filter(pk=dossier.author.pk).update(is_active=False)
    after(dossier, "reject", tam_quang(Role.SPECIALIST), "Không đủ người.")
    assert not Notice.objects.exists()


# Only after the commit --------------------------------------------------------------------------


class Undo(Exception):
    pass


def undone(road, dossier, by):
    try:
        with transaction.atomic():
            rejected = road.do(dossier, "reject", by, "Không đủ người.")
            raise Undo
    except Undo:
        assert rejected.state == State.REJECTED


def test_an_act_that_was_rolled_back_tells_nobody(
    road, tam_quang, django_capture_on_commit_callbacks
):
    dossier = road.to(State.SUBMITTED)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        undone(road, dossier, tam_quang(Role.SPECIALIST))
    assert callbacks == []
    assert not Notice.objects.exists()


def test_with_real_transactions_too(transactional_db, tam_quang, road):
    dossier, specialist = road.to(State.SUBMITTED), tam_quang(Role.SPECIALIST)
    undone(road, dossier, specialist)
    assert not Notice.objects.exists()
    # The positive control: the same act, committed.
    road.do(dossier, "reject", specialist, "Không đủ người.")
    assert Notice.objects.count() == 1


def test_an_act_told_twice_is_told_once(after, road, tam_quang):
    dossier = road.to(State.SUBMITTED)
    rejected = after(dossier, "reject", tam_quang(Role.SPECIALIST), "Không đủ người.")
    notices.tell(Dossier, record=rejected, event=Event.objects.order_by("pk").last())
    assert Notice.objects.count() == 1


# The page ---------------------------------------------------------------------------------------


def test_the_page_lists_what_was_told_and_escapes_it(client, rejected):
    client.force_login(rejected.author)
    page = client.get(reverse("notices")).content.decode()
    assert "không chấp thuận, vì:" in page
    assert "Không đủ người &amp; &lt;b&gt;thiếu&lt;/b&gt;." in page
    assert '<span class="count">1</span>' in page


def test_opening_a_notice_leads_to_the_case_and_marks_it(client, rejected):
    client.force_login(rejected.author)
    [notice] = told(rejected.author)
    assert notices.unread(rejected.author) == 1
    answer = client.post(reverse("notice-open", args=[notice.pk]))
    assert answer["Location"] == reverse("dossier", args=[rejected.pk])
    assert notices.unread(rejected.author) == 0


def test_a_look_alone_marks_nothing(client, rejected):
    client.force_login(rejected.author)
    [notice] = told(rejected.author)
    client.get(reverse("notices"))
    assert client.get(reverse("notice-open", args=[notice.pk])).status_code == 405
    assert client.get(reverse("notices-read")).status_code == 405
    assert notices.unread(rejected.author) == 1


def test_another_persons_notice_does_not_exist(client, rejected, tam_quang):
    [notice] = told(rejected.author)
    client.force_login(tam_quang(Role.HAMLET_HEAD, 1))
    for number in (notice.pk, 0, 2**70):
        assert client.post(reverse("notice-open", args=[number])).status_code == 404
    client.post(reverse("notices-read"), {"newest": notice.pk})
    assert notices.unread(rejected.author) == 1
    assert "Chưa có thông báo nào" in client.get(reverse("notices")).content.decode()


def test_all_that_was_shown_is_marked_and_nothing_that_came_since(client, rejected, after, road):
    author = rejected.author
    [first] = told(author)
    Notice.objects.create(
        recipient=author, kind="nudge", record_type="procedures.dossier", record_id=rejected.pk,
        title="Sau", sender_name="A", sender_capacity="B",
    )  # fmt: skip
    client.force_login(author)
    assert client.post(reverse("notices-read"), {"newest": "x"}).status_code == 404
    assert client.post(reverse("notices-read")).status_code == 404
    client.post(reverse("notices-read"), {"newest": first.pk})
    assert [notice.title for notice in told(author) if not notice.read] == ["Sau"]


def test_the_page_costs_the_same_for_one_and_for_many(client, rejected):
    author = rejected.author
    client.force_login(author)
    one = asked(client, reverse("notices"))
    copies = [
        Notice(
            recipient=author, kind="nudge", record_type="procedures.dossier",
            record_id=rejected.pk, title="Hồ sơ", sender_name="A", sender_capacity="B",
        )
        for _number in range(15)
    ]  # fmt: skip
    Notice.objects.bulk_create(copies)
    assert asked(client, reverse("notices")) == one <= 9


def asked(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# The text for Zalo ------------------------------------------------------------------------------


def test_the_shared_text_says_what_was_decided_and_where_to_look_it_up(road):
    dossier = road.to(State.RELEASED)
    decision = dossier.decision
    assert sharing.share_text(dossier).splitlines() == [
        "Tổ công nghệ số cộng đồng bản Bãi Sở",
        "UBND xã Tam Quang",
        f"Mã hồ sơ: {dossier.receipt}",
        "Tình trạng hồ sơ: Đã có quyết định",
        f"Quyết định số {decision.reference} ngày {decision.date:%d/%m/%Y} (đang có hiệu lực)",
        f"Tra cứu: http://127.0.0.1:8000/v/{decision.token}/",
    ]


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CLEARED, State.SIGNED, State.RELEASED])
def test_the_shared_text_names_nobody(state, road):
    dossier = road.to(state)
    text = sharing.share_text(dossier)
    seats = [seat for change in dossier.lines() for seat in change.seats.all()]
    assert len(seats) == 6
    personal = [word for seat in seats for word in (seat.full_name, seat.phone) if word]
    signers = [dossier.submission.signer_name] if dossier.submission else []
    for word in [*personal, dossier.author.full_name, *signers]:
        assert word not in text
    assert ("Tra cứu" in text) == (state == State.RELEASED)
    assert str(State(state).label) in text


def test_teams_recorded_from_a_list_are_shared_with_their_decisions(tam_quang):
    text = sharing.share_text(record(tam_quang))
    assert "Quyết định số 15/QĐ-UBND ngày 10/07/2025 (đang có hiệu lực)" in text
    assert text.count("Tổ công nghệ số cộng đồng") == 3
    assert "Tra cứu" not in text
    assert SIGNER not in text


def test_the_page_shows_it_in_a_box_to_copy(client, road):
    dossier = road.to(State.RELEASED)
    client.force_login(dossier.author)
    page = client.get(reverse("dossier-share", args=[dossier.pk])).content.decode()
    assert "readonly" in page
    assert dossier.decision.token in page
