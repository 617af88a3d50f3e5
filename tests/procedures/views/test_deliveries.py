"""Where a decision was sent, who has it, and "I have it"."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from procedures.issuing import deliveries
from procedures.issuing.deliveries import Entry, key_of
from procedures.management.commands import check_cases, verify_ledger
from procedures.models import Delivery, Dossier, Notice
from procedures.models.deliveries import Way
from procedures.roles import Role
from tests.procedures.cells import SCAN
from workflows import service
from workflows.deadlines import Calendar
from workflows.errors import Refusal
from workflows.models import CalendarDay, Delegation
from workflows.states import State

from .pages import fresh, text, to

TODAY = datetime.date(2026, 11, 13)  # a Friday
PRINTED = [
    "Như Điều 4",
    "TT Đảng ủy, HĐND xã",
    "Chủ tịch, các PCT UBND xã",
    "Ủy ban MTTQ Việt Nam xã",
]


def key(name):
    return key_of(name, None)


def later(monkeypatch, days):
    """The clock ``days`` after now, for everybody."""
    now = timezone.now() + datetime.timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: now)
    return timezone.localdate()


def record(road, dossier, *entries, note="", by=None):
    dossier = fresh(dossier)
    clerk = by or road.cast(Role.CLERK)
    return road.do(dossier, "record_delivery", clerk, note, entries=list(entries))


def place(dossier, name):
    return next(p for p in deliveries.recipients(dossier) if p.name == name)


def test_the_recipients_are_those_printed_and_the_head_of_the_place(released, tam_quang):
    names = [place.name for place in deliveries.recipients(released)]
    assert names == [*PRINTED, tam_quang.post(Role.HAMLET_HEAD).title]


def test_nothing_is_sent_before_the_release(road):
    sealed = road.to(State.SEALED)
    assert deliveries.recipients(sealed) == []
    with pytest.raises(Refusal, match="đang ở bước"):
        record(road, sealed, Entry(key(PRINTED[0]), way=Way.PAPER, sent=timezone.localdate()))


def test_several_places_are_ticked_at_once_and_the_case_tells_it(acting, released):
    client = acting(Role.CLERK)
    page = client.get(to("dossier-deliveries", released))
    assert "Đã gửi 0/5 nơi, 0 nơi đã nhận" in text(page)
    data = {
        "seen": released.revision, "viec": "sent", "way": "axis",
        "sent": f"{timezone.localdate()}", "places": [key(name) for name in PRINTED[:3]],
    }  # fmt: skip
    done = client.post(to("dossier-deliveries", released), data)
    assert done["Location"] == to("dossier-deliveries", released)
    data |= {"seen": fresh(released).revision, "viec": "received", "received_by": "Bà Hoa"}
    data |= {"received": f"{timezone.localdate()}", "places": [key(PRINTED[0])]}
    client.post(to("dossier-deliveries", released), data)
    case = text(client.get(to("dossier", released)))
    assert "Đã gửi 3/5 nơi, 1 nơi đã nhận" in case
    assert "ghi việc gửi Quyết định đến 3 nơi." in case
    book = text(client.get(to("dossier-deliveries", released)))
    assert "Trục liên thông văn bản, ngày" in book
    assert "Bà Hoa" in book


def test_the_ledger_covers_the_book(road, released, tam_quang):
    entry = Entry(key(PRINTED[1]), way=Way.EMAIL, sent=timezone.localdate())
    record(road, released, entry)
    event = service.history(released).last()
    assert event.act == "record_delivery"
    assert event.facts["places"] == [
        {"place": PRINTED[1], "way": "email", "sent": f"{timezone.localdate()}"}
    ]
    assert verify_ledger.check(tam_quang.agency) == []
    assert list(check_cases.disagreements()) == []
    Delivery.objects.filter(dossier=released).update(way="paper")
    [fault] = verify_ledger.check(tam_quang.agency)
    assert "khác với lần ghi nhật ký cuối cùng" in fault.sentence


def test_a_line_of_the_book_is_never_changed(road, released):
    record(road, released, Entry(key(PRINTED[1]), way=Way.EMAIL, sent=timezone.localdate()))
    line = Delivery.objects.get()
    for change in (line.save, line.delete):
        with pytest.raises(PermissionDenied):
            change()


def test_a_correction_needs_a_reason_and_leaves_the_old_line(acting, road, released):
    today = timezone.localdate()
    record(road, released, Entry(key(PRINTED[1]), way=Way.EMAIL, sent=today))
    client = acting(Role.CLERK)
    address = f"{to('dossier-delivery', released)}?noi={key(PRINTED[1])}"
    data = {"seen": fresh(released).revision, "way": "paper", "sent": f"{today}", "note": " "}
    refused = client.post(address, data)
    assert refused.status_code == 422
    assert "ghi rõ vì sao sửa" in text(refused)
    with pytest.raises(Refusal, match="ghi rõ lý do"):
        record(road, released, Entry(key(PRINTED[1]), way=Way.PAPER, sent=today))
    done = client.post(address, data | {"note": "Gửi bản giấy, không phải thư."})
    assert done.status_code == 302
    assert place(fresh(released), PRINTED[1]).way == "paper"
    assert [line.way for line in Delivery.objects.order_by("pk")] == ["email", "paper"]
    assert service.history(released).last().note == "Gửi bản giấy, không phải thư."


def test_a_place_is_added_and_taken_off_again(acting, released):
    client, address = acting(Role.CLERK), to("dossier-deliveries", released)

    def add(name):
        data = {"seen": fresh(released).revision, "viec": "added", "name": name}
        return client.post(address, data)

    assert add("Công an xã").status_code == 302
    twice = add("cong an xa")
    assert twice.status_code == 422
    assert "đã có trong danh sách" in text(twice)
    assert add("  ").status_code == 422
    assert place(fresh(released), "Công an xã").sent is None
    fix = f"{to('dossier-delivery', released)}?noi={key('Công an xã')}"
    data = {"seen": fresh(released).revision, "way": "", "dropped": "on", "note": "Gõ nhầm."}
    assert client.post(fix, data).status_code == 302
    assert "Công an xã" not in text(client.get(address)).split("Thêm nơi nhận")[0]
    assert add("Công an xã").status_code == 302  # the same name may come back


def test_a_printed_place_is_not_taken_off(road, released):
    with pytest.raises(Refusal, match="không bỏ được"):
        record(road, released, Entry(key(PRINTED[0]), dropped=True), note="Thôi.")


WRONG = [
    ({"way": "", "sent": 0}, "cách gửi"),
    ({"way": "paper", "sent": None}, "ngày gửi"),
    ({"way": "paper", "sent": 1}, "tương lai"),
    ({"way": "paper", "sent": -1}, "trước ngày phát hành"),
    ({"received": 0}, "Chưa ghi việc gửi"),
    ({"way": "paper", "sent": 0, "received": 1}, "tương lai"),
]


@pytest.mark.parametrize(("said", "sentence"), WRONG)
def test_impossible_days_are_refused(said, sentence, road, released):
    today = timezone.localdate()
    days = {
        name: today + datetime.timedelta(days=said[name])
        for name in ("sent", "received")
        if said.get(name) is not None
    }
    with pytest.raises(Refusal, match=sentence):
        record(road, released, Entry(key(PRINTED[0]), **{"way": said.get("way", ""), **days}))
    assert not Delivery.objects.exists()


def test_received_before_sent_is_refused(road, released, monkeypatch):
    day = timezone.localdate()
    today = later(monkeypatch, 3)
    entry = Entry(key(PRINTED[0]), way="paper", sent=today, received=day)
    with pytest.raises(Refusal, match="Ngày nhận không thể trước ngày gửi"):
        record(road, released, entry)


def test_nothing_ticked_is_said_and_what_was_typed_stays(acting, released):
    client = acting(Role.CLERK)
    data = {"seen": released.revision, "viec": "sent", "way": "zalo", "sent": "20/11/2026"}
    page = client.post(to("dossier-deliveries", released), data)
    assert page.status_code == 422
    assert "đánh dấu ít nhất một nơi nhận" in text(page)
    assert '<option value="zalo" selected>' in page.content.decode()


def test_only_the_clerk_records_and_the_others_read(acting, released):
    data = {"seen": released.revision, "viec": "added", "name": "Công an xã"}
    for role in (Role.CHAIRMAN, Role.SPECIALIST, Role.HAMLET_HEAD):
        client = acting(role)
        page = client.get(to("dossier-deliveries", released))
        assert 'name="viec"' not in page.content.decode()
        assert PRINTED[1] in text(page)
        assert client.post(to("dossier-deliveries", released), data).status_code == 409
    assert not Delivery.objects.exists()


def test_a_stand_in_for_the_clerk_records(acting, released, tam_quang, road):
    Delegation.objects.create(
        principal=tam_quang.post(Role.CLERK), delegate=tam_quang.post(Role.SPECIALIST),
        kind="STAND_IN", since=timezone.localdate(), paper="Thông báo số 7/TB-UBND",
    )  # fmt: skip
    entry = Entry(key(PRINTED[0]), way="paper", sent=timezone.localdate())
    record(road, released, entry, by=tam_quang(Role.SPECIALIST))
    assert "làm thay Văn thư" in service.history(released).last().capacity


def test_the_same_form_twice_is_one_line_and_another_form_is_stale(acting, released):
    client, address = acting(Role.CLERK), to("dossier-deliveries", released)
    data = {
        "seen": released.revision, "viec": "sent", "way": "paper",
        "sent": f"{timezone.localdate()}", "places": [key(PRINTED[0])],
    }  # fmt: skip
    assert [client.post(address, data).status_code for _ in range(2)] == [302, 302]
    assert Delivery.objects.count() == 1
    other = client.post(address, data | {"places": [key(PRINTED[1])]})
    assert other.status_code == 409
    assert "vừa được người khác xử lý" in text(other)
    assert Delivery.objects.count() == 1


# "I have it" -----------------------------------------------------------------------------------


def test_the_head_says_he_has_it_where_he_reads_it(acting, released, tam_quang):
    client = acting(Role.HAMLET_HEAD)
    for address in (to("dossier", released), to("dossier-read", released, "decision")):
        assert to("dossier-acknowledge", released) in client.get(address).content.decode()
    done = [client.post(to("dossier-acknowledge", released)) for _ in range(2)]
    assert [answer.status_code for answer in done] == [302, 302]
    line = Delivery.objects.get()
    head = tam_quang(Role.HAMLET_HEAD)
    assert (line.own, line.way, line.received) == (True, "here", timezone.localdate())
    assert (line.received_by, line.post) == (head.full_name, tam_quang.post(Role.HAMLET_HEAD))
    page = client.get(to("dossier", released))
    assert "Đã gửi 1/5 nơi, 1 nơi đã nhận" in text(page)
    assert "báo đã nhận Quyết định." in text(page)
    assert to("dossier-acknowledge", released) not in page.content.decode()
    assert "tự báo đã nhận" in text(client.get(to("dossier-deliveries", released)))


def test_what_the_clerk_recorded_of_the_sending_stays_when_the_head_has_it(road, released):
    head = road.cast(Role.HAMLET_HEAD)
    title = road.cast.post(Role.HAMLET_HEAD).title
    post = key_of("", road.cast.post(Role.HAMLET_HEAD).pk)
    record(road, released, Entry(post, way=Way.ZALO, sent=timezone.localdate()))
    road.do(fresh(released), "acknowledge", head)
    found = place(fresh(released), title)
    assert (found.way, found.received) == ("zalo", timezone.localdate())
    with pytest.raises(Refusal, match="tự báo nhận nên phần nhận không sửa được"):
        record(road, released, Entry(post, way="zalo", sent=timezone.localdate()), note="Nhầm.")


def test_the_clerk_corrects_the_way_and_the_heads_own_word_stays_his(acting, road, released):
    road.do(fresh(released), "acknowledge", road.cast(Role.HAMLET_HEAD))
    post = key_of("", road.cast.post(Role.HAMLET_HEAD).pk)
    client, today = acting(Role.CLERK), timezone.localdate()
    address = f"{to('dossier-delivery', released)}?noi={post}"
    assert 'name="received"' not in client.get(address).content.decode()
    data = {"seen": fresh(released).revision, "way": "zalo", "sent": f"{today}", "note": "Có gửi."}
    assert client.post(address, data).status_code == 302
    line = Delivery.objects.order_by("pk").last()
    assert (line.way, line.own, line.received) == ("zalo", True, today)
    assert line.received_by == road.cast(Role.HAMLET_HEAD).full_name


def test_nobody_says_it_for_another(acting, road, released, tam_quang):
    road.to(State.DRAFT, tam_quang(Role.HAMLET_HEAD, 1))
    for role in (Role.CLERK, Role.CHAIRMAN):
        client = acting(role)
        assert client.post(to("dossier-acknowledge", released)).status_code == 409
        assert to("dossier-acknowledge", released) not in (
            client.get(to("dossier", released)).content.decode()
        )
    page = text(acting(Role.CHAIRMAN).get(to("dossier-acknowledge", released)))
    assert "Việc này thuộc Trưởng bản Bãi Sở. Ông/bà đang là Chủ tịch." in page
    assert acting(Role.HAMLET_HEAD, 1).post(to("dossier-acknowledge", released)).status_code == 404
    assert not Delivery.objects.exists()


def test_a_head_reads_and_has_what_the_office_decided_about_his_place(acting, released, tam_quang):
    """Where the office itself asked, the heads of the places are recipients all the same."""
    Dossier.objects.filter(pk=released.pk).update(
        post=tam_quang.post(Role.SPECIALIST), author=tam_quang(Role.SPECIALIST)
    )
    client = acting(Role.HAMLET_HEAD)
    assert client.get(to("dossier-read", released, "decision")).status_code == 200
    assert client.post(to("dossier-acknowledge", released)).status_code == 302
    assert Delivery.objects.get().post == tam_quang.post(Role.HAMLET_HEAD)
    assert acting(Role.HAMLET_HEAD, 1).get(to("dossier", released)).status_code == 404
    Dossier.objects.filter(pk=released.pk).update(state=State.SEALED)
    assert acting(Role.HAMLET_HEAD).get(to("dossier", released)).status_code == 404


def test_the_heads_of_the_places_are_told_of_the_release(
    road, tam_quang, django_capture_on_commit_callbacks
):
    sealed = road.to(State.SEALED)
    Dossier.objects.filter(pk=sealed.pk).update(post=tam_quang.post(Role.SPECIALIST))
    with django_capture_on_commit_callbacks(execute=True):
        road.do(fresh(sealed), "release_decision", tam_quang(Role.CLERK))
    told = Notice.objects.filter(recipient=tam_quang(Role.HAMLET_HEAD), kind="released")
    assert told.filter(record_id=sealed.pk).exists()


def test_the_secretary_has_the_decision_on_the_communes_team(road, tam_quang):
    secretary = tam_quang(Role.YOUTH_SECRETARY)
    dossier = road.to(State.RELEASED, secretary)
    road.do(dossier, "acknowledge", secretary)
    assert Delivery.objects.get().post == tam_quang.post(Role.YOUTH_SECRETARY)


# Late ------------------------------------------------------------------------------------------


@pytest.fixture
def signed_on_friday(monkeypatch, released):
    """The book of a decision signed on Friday 13/11/2026."""
    monkeypatch.setattr("procedures.deadlines.signed_on", lambda dossier: TODAY)
    return released


def on(monkeypatch, day):
    monkeypatch.setattr("procedures.issuing.deliveries.timezone.localdate", lambda *a: day)


@pytest.mark.parametrize(
    ("day", "late"), [("2026-11-13", 0), ("2026-11-15", 0), ("2026-11-16", 0), ("2026-11-18", 2)]
)
def test_an_unsent_place_is_late_after_the_next_working_day(
    day, late, signed_on_friday, monkeypatch
):
    on(monkeypatch, datetime.date.fromisoformat(day))
    assert {p.late for p in deliveries.recipients(signed_on_friday)} == {late}


def test_a_day_off_moves_the_last_day(signed_on_friday, monkeypatch):
    monday = datetime.date(2026, 11, 16)
    CalendarDay.objects.create(day=monday, working=False, source="Thông báo về nghỉ bù")
    assert deliveries.last_day(signed_on_friday, Calendar.current()) == datetime.date(2026, 11, 17)


def test_late_sending_is_said_with_its_source(acting, road, released, monkeypatch):
    CalendarDay.objects.all().delete()
    day = later(monkeypatch, 10)
    client = acting(Role.CLERK)
    page = text(client.get(to("dossier-deliveries", released)))
    assert "ngày làm việc" in page
    assert "Điều 18 khoản 1 Nghị định 30/2020/NĐ-CP" in page
    assert "Điều 4 khoản 2 điểm c" in page
    assert "5 nơi gửi trễ hạn" in text(client.get(to("dossier", released)))
    record(road, released, Entry(key(PRINTED[0]), way="paper", sent=day))
    assert place(fresh(released), PRINTED[0]).late > 0
    assert "4 nơi gửi trễ hạn" in text(client.get(to("dossier", released)))


def test_what_nobody_sent_stands_on_the_list_of_what_is_late(
    acting, client, road, released, monkeypatch, hac_thanh
):
    assert "Không có hồ sơ nào trễ hạn" in text(acting(Role.CLERK).get("/tre-han/"))
    road.do(fresh(released), "acknowledge", road.cast(Role.HAMLET_HEAD))
    day = later(monkeypatch, 10)
    page = acting(Role.CLERK).get("/tre-han/")
    assert to("dossier-deliveries", released) in page.content.decode()
    assert "chưa ghi nơi gửi" in text(page)
    client.force_login(hac_thanh(Role.CLERK))
    assert released.title not in text(client.get("/tre-han/"))
    record(road, released, Entry(key(PRINTED[0]), way="paper", sent=day))
    assert "Không có hồ sơ nào trễ hạn" in text(acting(Role.CLERK).get("/tre-han/"))


# A decision of another office --------------------------------------------------------------------


@pytest.fixture
def recorded(road, tam_quang):
    """A dossier that recorded one team on a decision issued elsewhere, without its scan."""
    from procedures import sheets
    from procedures.flows import record_teams
    from procedures.models.existing import IssuedElsewhere

    specialist = tam_quang(Role.SPECIALIST)
    [post] = record_teams.posts_that_may_record(service.authority.capacities(specialist))
    places = sheets.Places.of(tam_quang.agency.commune)
    hamlet = places.hamlets[1]
    decision = sheets.Decision(datetime.date(2025, 7, 10), "QĐ-UBND", 1)
    where = sheets.Place("hamlet", hamlet[0], f"{hamlet[1]} {hamlet[2]}")
    members = (sheets.Member("Lô Văn Một", "leader"), sheets.Member("Lô Văn Hai", "member"))
    sheet = sheets.Sheet((sheets.ListedTeam(where, decision, members),))
    told = {decision: IssuedElsewhere(1, "QĐ-UBND", decision.date, "Nguyễn Văn Ký")}
    return record_teams.record(specialist, post, sheet, told, digest="0" * 64)


def test_what_another_office_issued_is_not_ours_to_send(acting, road, recorded):
    page = text(acting(Role.CLERK).get(to("dossier-deliveries", recorded)))
    assert "không có Quyết định nào do cơ quan phát hành" in page
    with pytest.raises(Refusal):
        record(road, recorded, Entry(name="Công an xã"))


def upload(data=SCAN, name="quyet-dinh.png"):
    return SimpleUploadedFile(name, data)


def test_a_scan_comes_later(acting, recorded):
    paper = recorded.changes.get().own_decision
    for role in (Role.SPECIALIST, Role.CLERK):
        page = acting(role).get(to("dossier", recorded)).content.decode()
        assert to("dossier-add-scan", recorded) in page
    client, address = acting(Role.CLERK), to("dossier-add-scan", recorded)
    data = {"seen": recorded.revision, "paper": paper.pk}
    wrong = client.post(address, data | {"scan": upload(b"no picture")})
    assert wrong.status_code == 422
    assert "PDF, JPEG hoặc PNG" in text(wrong)
    done = [client.post(address, data | {"scan": upload()}).status_code for _ in range(2)]
    assert done == [302, 302]
    assert client.get(f"/van-ban/{paper.pk}/tai/").content == SCAN
    assert "thêm bản quét của văn bản số 01/QĐ-UBND" in text(client.get(to("dossier", recorded)))
    assert list(check_cases.disagreements()) == []
    again = client.get(address)
    assert 'name="scan"' not in again.content.decode()
    assert (
        to("dossier-add-scan", recorded) not in client.get(to("dossier", recorded)).content.decode()
    )


def test_a_scan_is_the_offices_to_add_and_of_this_dossier_only(acting, recorded, released):
    paper = recorded.changes.get().own_decision
    data = {"seen": recorded.revision, "paper": paper.pk, "scan": upload()}
    assert acting(Role.CHAIRMAN).post(to("dossier-add-scan", recorded), data).status_code == 409
    data = {"seen": released.revision, "paper": paper.pk, "scan": upload()}
    assert acting(Role.CLERK).post(to("dossier-add-scan", released), data).status_code == 422
    assert not paper.files.exists()


def test_a_page_of_the_book_stays_within_its_queries(
    acting, road, released, django_assert_max_num_queries
):
    today = timezone.localdate()
    for number in range(30):
        record(road, released, Entry(name=f"Đơn vị {number}"))
    record(road, released, *(Entry(key(f"Đơn vị {n}"), way="paper", sent=today) for n in range(30)))
    client = acting(Role.CLERK)
    client.get(to("dossier-deliveries", released))
    with django_assert_max_num_queries(45):
        client.get(to("dossier-deliveries", released))
    assert Dossier.objects.get(pk=released.pk).deliveries.count() == 60
