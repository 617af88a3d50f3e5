"""Nhập hộ: whose request it stays, who may enter it, and what every paper and page says of it."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents import nd30
from documents import service as documents
from procedures import access, behalf, demo
from procedures.finding import indexing, search
from procedures.flows import establish_team
from procedures.messages import notices
from procedures.models import Dossier, Notice
from procedures.models.entering import Channel, Received
from procedures.roles import Role
from procedures.templatetags.screens import sentence
from tests.procedures.cells import SCAN
from tests.procedures.test_budget import BUDGET, statements
from workflows import authority
from workflows.errors import Refusal
from workflows.models import Delegation, Holding, Post
from workflows.service import history
from workflows.states import State


def received(channel="paper", file=b""):
    return Received(channel, timezone.localdate(), file)


@pytest.fixture
def entered(road, tam_quang):
    """``entered(state)``: what the specialist entered for the head of bản Bãi Sở."""

    def bring(state=State.SUBMITTED, channel="paper", file=SCAN, by=None):
        specialist = by or tam_quang(Role.SPECIALIST)
        post = tam_quang.post(Role.HAMLET_HEAD)
        dossier = establish_team.draft_for(specialist, post, received(channel, file))
        seats = {dossier.changes.get().pk: demo.seats(dossier, 6)}
        dossier = road.do(dossier, "edit_entered", specialist, seats=seats)
        if state == State.DRAFT:
            return dossier
        dossier = road.do(dossier, "submit_entered", specialist)
        return road._forward(dossier, state) if state != State.SUBMITTED else dossier

    return bring


def vacate(post):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Holding.objects.filter(post=post).update(until=yesterday)


def test_it_is_the_request_of_him_for_whom_it_was_entered(entered, tam_quang):
    dossier = entered()
    head, specialist = tam_quang(Role.HAMLET_HEAD), tam_quang(Role.SPECIALIST)
    assert (dossier.author, dossier.entered_by) == (head, specialist)
    assert dossier.is_interested(head)
    assert not dossier.is_interested(specialist)
    assert (dossier.received_by, dossier.received_on) == ("paper", timezone.localdate())
    assert dossier.changes.get().seats.first().full_name == head.full_name


def test_whoever_only_typed_it_may_check_it_and_the_head_standing_in_may_not(
    entered, road, tam_quang
):
    head = tam_quang(Role.HAMLET_HEAD)
    stand_in(tam_quang, tam_quang.post(Role.HAMLET_HEAD))
    dossier = entered()
    with pytest.raises(Refusal, match="của chính ông/bà"):
        road.do(dossier, "check_content", head)
    assert road.do(dossier, "check_content", tam_quang(Role.SPECIALIST)).state == State.CHECKED


def stand_in(cast, post, field=""):
    return Delegation.objects.create(
        principal=cast.post(Role.SPECIALIST), delegate=post, kind="STAND_IN", field=field,
        since=timezone.localdate(), paper="Thông báo số 7/TB-UBND",
    )  # fmt: skip


def test_a_stand_in_of_the_specialist_enters_too_and_the_ledger_says_as_what(
    entered, tam_quang, road
):
    clerk = tam_quang(Role.CLERK)
    with pytest.raises(Refusal, match="Việc này thuộc"):
        entered(by=clerk)
    assert not Dossier.objects.exists()
    paper = stand_in(tam_quang, tam_quang.post(Role.CLERK))
    dossier = entered(by=clerk)
    assert "làm thay" in history(dossier).last().capacity
    assert paper.paper in history(dossier).last().capacity
    paper.delete()
    with pytest.raises(Refusal, match="Việc này thuộc"):
        road.do(entered(State.DRAFT), "edit_entered", clerk, seats={})


@pytest.mark.parametrize("role", [Role.CLERK, Role.CHAIRMAN, Role.DEPUTY_CHAIRMAN, Role.SPECIALIST])
def test_the_stand_in_of_another_field_enters_nothing(role, tam_quang):
    post = tam_quang.post(role)
    if role != Role.SPECIALIST:
        stand_in(tam_quang, post, field="economy")
    held = authority.capacities(tam_quang(role))
    assert bool(behalf.posts_that_may_enter(held)) is (role == Role.SPECIALIST)


def test_a_specialist_of_another_commune_enters_nothing(tam_quang, hac_thanh):
    with pytest.raises(Refusal, match="Việc này thuộc"):
        establish_team.draft_for(
            hac_thanh(Role.SPECIALIST), tam_quang.post(Role.HAMLET_HEAD), received()
        )
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("role", [Role.CLERK, Role.CHAIRMAN, Role.SPECIALIST])
def test_nothing_is_entered_for_a_post_that_proposes_no_team(role, tam_quang):
    with pytest.raises(Refusal, match="không lập đề nghị"):
        establish_team.draft_for(tam_quang(Role.SPECIALIST), tam_quang.post(role), received())


def test_a_vacant_post_says_what_to_do(tam_quang):
    post = tam_quang.post(Role.HAMLET_HEAD)
    vacate(post)
    with pytest.raises(Refusal, match="Văn thư ghi người giữ chức vụ") as refused:
        establish_team.draft_for(tam_quang(Role.SPECIALIST), post, received())
    assert post.title in refused.value.sentence


def test_a_draft_the_head_began_is_gone_on_with(road, tam_quang):
    begun = road.draft()
    dossier = establish_team.draft_for(tam_quang(Role.SPECIALIST), begun.post, received("phone"))
    assert dossier.pk == begun.pk
    assert dossier.changes.get().seats.count() == 6


def test_a_successor_is_the_one_for_whom_it_is_sent(entered, road, tam_quang):
    dossier = entered(State.DRAFT)
    vacate(dossier.post)
    successor = tam_quang(Role.CLERK, 1)
    with pytest.raises(Refusal, match="Chưa có ai giữ chức vụ"):
        road.do(dossier, "submit_entered", tam_quang(Role.SPECIALIST))
    Holding.objects.create(post=dossier.post, user=successor, since=timezone.localdate())
    change = dossier.changes.get()
    rows = [{"full_name": successor.full_name, "role": "leader"}, *demo.seats(dossier, 6)[1:]]
    specialist = tam_quang(Role.SPECIALIST)
    dossier = road.do(dossier, "edit_entered", specialist, seats={change.pk: rows})
    dossier = road.do(dossier, "submit_entered", specialist)
    assert dossier.author == successor
    assert dossier.proposal.content["signature"]["name"] == successor.full_name


# Sent by himself, sent back, withdrawn -----------------------------------------------------------


def test_what_its_author_sends_himself_was_entered_by_nobody(entered, road, tam_quang):
    dossier = road.do(entered(State.DRAFT), "submit", tam_quang(Role.HAMLET_HEAD))
    assert dossier.entered_by is None
    assert (dossier.how_received, dossier.received_file) == ("", "")
    assert "Đã gửi qua hệ thống" in dossier.proposal.content["note"]


def test_the_author_withdraws_what_was_entered_in_his_name(entered, road, tam_quang):
    dossier = road.do(entered(), "withdraw", tam_quang(Role.HAMLET_HEAD))
    assert dossier.state == State.WITHDRAWN


def test_after_a_return_he_is_called_again_and_it_is_told_how(entered, road, tam_quang):
    specialist = tam_quang(Role.SPECIALIST)
    dossier = road.do(entered(), "return_for_correction", specialist, note="Thiếu Tổ phó.")
    with pytest.raises(Refusal, match="nhận bằng cách nào"):
        road.do(dossier, "submit_entered", specialist)
    dossier = road.do(dossier, "enter", specialist, received=received("phone"))
    dossier = road.do(dossier, "submit_entered", specialist)
    assert (dossier.received_by, dossier.received_file) == ("phone", "")
    assert "theo điện thoại ngày" in dossier.proposal.content["note"]
    # The photo of the first paper is still to be found from the ledger.
    [first, second] = history(dossier).filter(act="enter")
    digest = access.scan_digest(first.facts["file"])
    assert access.scan_for(specialist, dossier.pk, digest).data == SCAN
    assert "file" not in second.facts


def test_how_it_was_received_must_be_said(road, tam_quang):
    dossier = road.draft()
    with pytest.raises(Refusal, match="nhận bằng cách nào"):
        road.do(dossier, "enter", tam_quang(Role.SPECIALIST))


# What is told ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        (Channel.PAPER, "theo bản giấy nhận ngày"),
        (Channel.PHONE, "theo điện thoại ngày"),
        (Channel.ZALO, "theo tin Zalo nhận ngày"),
        (Channel.IN_PERSON, "theo lời trình bày trực tiếp ngày"),
    ],
)
def test_every_channel_stands_on_the_paper_and_in_the_ledger(channel, words, entered, tam_quang):
    dossier = entered(channel=channel)
    note = dossier.proposal.content["note"]
    assert note.startswith(f"Nhập hộ {words} {timezone.localdate():%d/%m/%Y};")
    assert tam_quang(Role.SPECIALIST).full_name in note
    assert note.endswith(f"Mã hồ sơ {dossier.receipt}.")
    told = sentence(history(dossier).last())
    head, specialist = tam_quang(Role.HAMLET_HEAD), tam_quang(Role.SPECIALIST)
    assert told.startswith(f"{head.full_name} đề xuất, {specialist.full_name}, ")
    assert words in told
    assert dossier.receipt in told


def test_the_ledger_speaks_vietnamese_whoever_reads_the_screen_in_another(entered):
    from django.utils import translation

    with translation.override("en"):
        dossier = entered()
    assert "bản giấy" in history(dossier).last().facts["how"]
    assert "bản giấy" in dossier.proposal.content["note"]


def test_the_author_is_told_and_the_specialist_hears_of_a_return(
    entered, road, tam_quang, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        dossier = entered()
    head, specialist = tam_quang(Role.HAMLET_HEAD), tam_quang(Role.SPECIALIST)
    [notice] = notices.of(head)
    assert notice.kind == Notice.Kind.ENTERED
    assert specialist.full_name in notice.sentence
    assert "rút" in notice.sentence
    assert notice.title.startswith(f"{dossier.receipt}: ")
    assert not notices.of(specialist)
    with django_capture_on_commit_callbacks(execute=True):
        road.do(dossier, "return_for_correction", tam_quang(Role.SPECIALIST, 1), note="Thiếu.")
    assert [notice.kind for notice in notices.of(specialist)] == ["back"]
    assert [notice.kind for notice in notices.of(head)] == ["back", "entered"]


def test_who_left_the_office_hears_nothing_more(
    entered, road, tam_quang, django_capture_on_commit_callbacks
):
    dossier = entered()
    vacate(tam_quang.post(Role.SPECIALIST))
    with django_capture_on_commit_callbacks(execute=True):
        road.do(dossier, "return_for_correction", tam_quang(Role.SPECIALIST, 1), note="Thiếu.")
    assert not notices.of(dossier.entered_by)


def test_the_ledger_notices_a_changed_entry(entered):
    dossier = entered()
    digest = Dossier.objects.get(pk=dossier.pk).digest()
    assert digest == history(dossier).last().digest
    for column, value in (
        ("received_by", "zalo"),
        ("received_file", ""),
        ("entered_by", dossier.author),
        ("receipt", "16933-9999"),
    ):
        changed = Dossier.objects.get(pk=dossier.pk)
        setattr(changed, column, value)
        assert changed.digest() != digest, column


# All the way -------------------------------------------------------------------------------------


def test_what_was_entered_goes_all_the_way_and_its_papers_pass(entered):
    dossier = entered(State.RELEASED)
    for kind in ("proposal", "submission", "decision"):
        data = documents.file_of(dossier.paper(kind))
        assert nd30.check(data) == [], kind
    assert documents.verify(documents.file_of(dossier.decision)).valid
    call_command("check_cases")
    call_command("verify_ledger")


def test_entering_stays_within_the_budget(entered, tam_quang, road):
    specialist = tam_quang(Role.SPECIALIST)
    dossier = Dossier.objects.get(pk=entered(State.DRAFT).pk)
    with CaptureQueriesContext(connection) as captured:
        dossier = road.do(dossier, "enter", specialist, received=received())
    assert len(statements(captured)) <= BUDGET, statements(captured)
    dossier = Dossier.objects.get(pk=dossier.pk)
    with CaptureQueriesContext(connection) as captured:
        road.do(dossier, "submit_entered", specialist)
    # Sending reads and writes a line of the dossier too: 3 more for it
    assert len(statements(captured)) <= BUDGET + 3, statements(captured)


# The photo ---------------------------------------------------------------------------------------


def test_the_photo_is_for_the_office_and_the_author(entered, tam_quang, hac_thanh):
    dossier = entered()
    digest = access.scan_digest(dossier.received_file)
    for cast, role, index, sees in (
        (tam_quang, Role.HAMLET_HEAD, 0, True),
        (tam_quang, Role.SPECIALIST, 1, True),
        (tam_quang, Role.CHAIRMAN, 0, True),
        (tam_quang, Role.HAMLET_HEAD, 1, False),
        (tam_quang, Role.YOUTH_SECRETARY, 0, False),
        (hac_thanh, Role.SPECIALIST, 0, False),
    ):
        user = cast(role, index)
        if sees:
            assert access.scan_for(user, dossier.pk, digest).data == SCAN
        else:
            with pytest.raises(Http404):
                access.scan_for(user, dossier.pk, digest)
    with pytest.raises(Http404):
        access.scan_for(tam_quang(Role.SPECIALIST), dossier.pk, "0" * 64)


def test_a_successor_does_not_open_his_predecessors_photo(entered, tam_quang):
    dossier = entered()
    vacate(dossier.post)
    successor = tam_quang(Role.YOUTH_SECRETARY)
    Holding.objects.create(post=dossier.post, user=successor, since=timezone.localdate())
    assert access.dossier_for(successor, dossier.pk)
    with pytest.raises(Http404):
        access.scan_for(successor, dossier.pk, access.scan_digest(dossier.received_file))


def test_a_changed_photo_is_noticed(entered, settings):
    dossier = entered()
    file = settings.MEDIA_ROOT / dossier.received_file
    kept = file.read_bytes()
    try:
        file.write_bytes(kept + b"x")
        with pytest.raises(documents.FileDamaged):
            documents.read_scan(dossier.received_file)
    finally:
        file.write_bytes(kept)
    assert documents.read_scan(dossier.received_file).media_type == "image/png"


@pytest.mark.parametrize("data", [b"GIF89a", b"MZ", b"<html>%PDF-"])
def test_what_is_no_scan_is_not_kept(data, tam_quang):
    with pytest.raises(Refusal, match="PDF, JPEG hoặc PNG"):
        establish_team.draft_for(
            tam_quang(Role.SPECIALIST), tam_quang.post(Role.HAMLET_HEAD), received(file=data)
        )
    assert not Dossier.objects.exists()


# The places --------------------------------------------------------------------------------------


def test_places_say_why_they_are_not_offered(road, tam_quang):
    commune = tam_quang.agency.commune
    assert all(place.offered for place in behalf.places(commune))
    road.to(State.RELEASED)
    road.to(State.SUBMITTED, tam_quang(Role.HAMLET_HEAD, 1))
    road.draft(tam_quang(Role.HAMLET_HEAD, 2))
    vacate(tam_quang.post(Role.HAMLET_HEAD, 3))
    with CaptureQueriesContext(connection) as captured:
        places = behalf.places(commune)
    assert len(captured) <= 6
    assert len(places) == 19
    has_team, under_way, begun, vacant, *others = places
    assert has_team.team
    assert under_way.dossier.state == State.SUBMITTED
    assert begun.begun
    assert vacant.holder is None
    assert [p.offered for p in (has_team, under_way, begun, vacant)] == [False, False, True, False]
    assert all(place.offered for place in others)
    assert others[-1].name == "xã Tam Quang"


def test_what_is_over_leaves_its_place_free(road, tam_quang):
    road.to(State.REJECTED)
    [first, *_rest] = behalf.places(tam_quang.agency.commune)
    assert first.offered
    assert first.dossier is None


def test_a_hamlet_without_a_post_is_named_and_not_offered(tam_quang):
    commune = tam_quang.agency.commune
    commune.hamlets.create(kind="bản", name="Mới")
    [place] = [place for place in behalf.places(commune) if place.name == "bản Mới"]
    assert (place.post, place.offered) == (None, False)
    assert behalf.place_of(tam_quang.post(Role.CLERK)) is None
    assert Post.objects.filter(agency=tam_quang.agency, role=Role.HAMLET_HEAD).count() == 18


# Search ------------------------------------------------------------------------------------------


def test_it_is_found_by_its_code_and_by_who_entered_it(entered, tam_quang):
    dossier = entered()
    indexing.index(dossier.pk)
    specialist = tam_quang(Role.SPECIALIST)
    held = authority.capacities(specialist)
    for asked in (dossier.receipt, specialist.full_name):
        groups = {str(group.label): group.hits for group in search.find(specialist, held, asked)}
        assert dossier.receipt in [hit.detail for hit in groups["Hồ sơ"]]
