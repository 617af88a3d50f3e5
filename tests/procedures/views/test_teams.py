"""Teams and members with masked phones; full phones opened, written down, and who reads that."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from procedures import sheets
from procedures.management.commands import verify_ledger
from procedures.models import Membership, Person, Team, Viewing
from procedures.people import names
from procedures.roles import Role
from tests.conftest import TAM_QUANG
from workflows.models import Agency, Event
from workflows.states import State

from .pages import text, to


@pytest.fixture
def team(released):
    return released.changes.get().team


@pytest.fixture
def second(road, team, tam_quang):
    return road.to(State.RELEASED, tam_quang(Role.HAMLET_HEAD, 1)).changes.get().team


def member(team, role):
    return team.memberships.filter(role=role).select_related("person").first().person


def at(name, team):
    return reverse(name, args=[team.pk])


def test_the_office_sees_every_team_of_its_commune(acting, team, second):
    page = text(acting(Role.CHAIRMAN).get("/to/"))
    assert "2 tổ" in page
    for one in (team, second):
        assert one.name in page
        assert member(one, "leader").full_name in page


def test_without_teams_the_page_says_where_they_come_from(acting):
    assert "Chưa có tổ nào." in text(acting(Role.CHAIRMAN).get("/to/"))


def test_by_role_and_place_and_name_without_marks(acting, team, second):
    client = acting(Role.SPECIALIST)
    leaders = text(client.get("/to/", {"vai": "leader"}))
    assert "2 người" in leaders
    assert member(team, "deputy").full_name not in leaders
    deputies = text(client.get("/to/", {"vai": "deputy", "noi": team.hamlet_id}))
    assert "1 người" in deputies
    assert member(team, "deputy").full_name in deputies
    assert member(second, "deputy").full_name not in deputies
    plain = names.fold(member(second, "leader").full_name).upper()
    found = text(client.get("/to/", {"ten": plain}))
    assert member(second, "leader").full_name in found
    assert "Không có ai" in text(client.get("/to/", {"noi": "xa"}))
    for odd in (
        {"vai": "king"},
        {"noi": "9" * 30},
        {"noi": "²"},
        {"trang": "x"},
        {"ten": "%" * 300},
    ):
        assert client.get("/to/", odd).status_code == 200


def test_no_list_shows_a_whole_phone_to_anybody(acting, team):
    phones = [seat.person.phone for seat in team.memberships.select_related("person")]
    assert all(phones)
    for role in (Role.CHAIRMAN, Role.CLERK, Role.HAMLET_HEAD):
        client = acting(role)
        for address in ("/to/", "/to/?vai=member", at("team", team)):
            page = client.get(address).content.decode()
            assert not [phone for phone in phones if phone in page]
        assert names.masked(phones[0]) in client.get(at("team", team)).content.decode()


def test_another_commune_finds_no_team(client, team, hac_thanh):
    for role in (Role.CHAIRMAN, Role.CLERK, Role.HAMLET_HEAD, Role.YOUTH_SECRETARY):
        client.force_login(hac_thanh(role))
        assert team.name not in text(client.get("/to/"))
        for name in ("team", "team-phones"):
            assert client.get(at(name, team)).status_code == 404
            assert client.post(at(name, team), {"purpose": "Liên hệ"}).status_code in (404, 405)
    assert not Viewing.objects.exists()


def test_a_head_sees_his_own_team_and_a_member_his(acting, client, team, second, tam_quang):
    assert second.name not in text(acting(Role.HAMLET_HEAD).get("/to/"))
    assert acting(Role.HAMLET_HEAD).get(at("team", second)).status_code == 404
    outsider = tam_quang(Role.HAMLET_HEAD, 5)
    client.force_login(outsider)
    assert client.get(at("team", team)).status_code == 404
    Person.objects.filter(user=outsider).update(user=None)
    Person.objects.filter(pk=member(team, "member").pk).update(user=outsider)
    assert client.get(at("team", team)).status_code == 200
    assert client.get(at("team-phones", team)).status_code == 403  # he leads nobody
    Membership.objects.filter(person__user=outsider).update(since="2026-01-01", until="2026-02-01")
    assert client.get(at("team", team)).status_code == 404


def test_the_leader_and_the_office_open_the_phones_and_it_is_written_down(acting, team, tam_quang):
    phone = member(team, "deputy").phone
    for role, purpose in ((Role.HAMLET_HEAD, "Gọi họp tổ"), (Role.CLERK, "Gửi giấy mời")):
        client = acting(role)
        asking = client.get(at("team-phones", team))
        assert phone not in asking.content.decode()
        shown = client.post(at("team-phones", team), {"purpose": purpose})
        assert f'href="tel:{phone}"' in shown.content.decode()
        assert shown["Cache-Control"] == "private, no-store"
        line = Viewing.objects.latest("pk")
        assert (line.kind, line.team, line.purpose) == ("phones", team, purpose)
        assert (line.by, line.count) == (tam_quang(role), 6)
        assert Event.objects.latest("pk").act == "view_phones"
    assert Viewing.objects.count() == 2


@pytest.mark.parametrize("purpose", ["", "   ", "abc", "x" * 201])
def test_without_a_reason_nothing_is_shown(purpose, acting, team):
    answer = acting(Role.CLERK).post(at("team-phones", team), {"purpose": purpose})
    assert answer.status_code == 422
    assert member(team, "deputy").phone not in answer.content.decode()
    assert not Viewing.objects.exists()


def test_a_head_who_does_not_lead_the_team_opens_nothing(acting, team):
    Membership.objects.filter(team=team, role="leader").update(role="member")
    client = acting(Role.HAMLET_HEAD)
    assert at("team-phones", team) not in client.get(at("team", team)).content.decode()
    assert client.post(at("team-phones", team), {"purpose": "Liên hệ"}).status_code == 403
    assert not Viewing.objects.exists()


def test_phones_of_a_dossier_are_opened_the_same_way(acting, road):
    dossier = road.to(State.SUBMITTED)
    phone = dossier.changes.get().seats.get(position=2).phone
    shown = acting(Role.SPECIALIST).post(to("dossier-phones", dossier), {"purpose": "Kiểm tra"})
    assert phone in shown.content.decode()
    assert Viewing.objects.get().dossier == dossier
    # The road of the case does not notice: nobody's turn, no act, nothing to take back less.
    assert dossier.revision == type(dossier).objects.get(pk=dossier.pk).revision
    take_back = acting(Role.HAMLET_HEAD).get(to("dossier", dossier)).content.decode()
    assert "take_back_proposal" in take_back


def cells(answer):
    sheet = load_workbook(io.BytesIO(answer.content)).active
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_the_list_as_a_file_is_masked_at_once(acting, team, second):
    answer = acting(Role.SPECIALIST).post("/to/xuat/", {"phones": "masked"})
    rows = [row for row in cells(answer) if row[4]]
    assert rows[0][4] == "Họ tên thành viên"
    assert len(rows) == 1 + 12
    assert all(row[6].endswith("***") and len(row[6]) == 10 for row in rows[1:])
    assert not Viewing.objects.exists()


def test_the_list_in_full_needs_the_reason_and_is_written_down(acting, team, tam_quang):
    client = acting(Role.SPECIALIST)
    refused = client.post("/to/xuat/", {"phones": "full", "purpose": ""})
    assert refused.status_code == 422
    assert "để làm gì" in text(refused)
    assert not Viewing.objects.exists()
    young = member(team, "member")
    Person.objects.filter(pk=young.pk).update(birth_year=timezone.localdate().year - 15)
    answer = client.post("/to/xuat/", {"phones": "full", "purpose": "Báo cáo Sở KH&CN"})
    by_name = {row[4]: row[6] for row in cells(answer)}
    assert by_name[member(team, "deputy").full_name] == member(team, "deputy").phone
    assert by_name[young.full_name] == names.masked(young.phone)
    line = Viewing.objects.get()
    assert (line.kind, line.purpose, line.count) == ("export", "Báo cáo Sở KH&CN", 6)
    sheet = sheets.read(answer.content, sheets.Places.of(tam_quang.agency.commune))
    assert [t.place.hamlet_id for t in sheet.teams] == [team.hamlet_id]


def test_the_file_has_what_was_asked_for(acting, team, second):
    data = {"phones": "masked", "vai": "leader", "noi": str(second.hamlet_id)}
    rows = [row for row in cells(acting(Role.CLERK).post("/to/xuat/", data)) if row[4]]
    assert [row[4] for row in rows[1:]] == [member(second, "leader").full_name]


def test_outside_the_office_the_file_is_masked_whatever_is_asked(acting, team, second):
    client = acting(Role.HAMLET_HEAD)
    assert client.post("/to/xuat/", {"phones": "full", "purpose": "Liên hệ"}).status_code == 422
    rows = [row for row in cells(client.post("/to/xuat/", {"phones": "masked"})) if row[4]]
    assert len(rows) == 7
    assert all(row[6].endswith("***") for row in rows[1:])
    assert not Viewing.objects.exists()


def test_who_looked_is_for_the_clerk_and_the_chairman(acting, client, team, hac_thanh):
    acting(Role.SPECIALIST).post(at("team-phones", team), {"purpose": "Cập nhật danh sách"})
    for role in (Role.CLERK, Role.CHAIRMAN):
        page = text(acting(role).get("/nhat-ky-xem/"))
        assert "Cập nhật danh sách" in page
        assert team.name in page
        assert reverse("viewings") in acting(role).get("/").content.decode()
    for role in (Role.SPECIALIST, Role.HAMLET_HEAD, Role.DIVISION_HEAD):
        assert acting(role).get("/nhat-ky-xem/").status_code == 403
    client.force_login(hac_thanh(Role.CLERK))
    assert "Chưa ai mở" in text(client.get("/nhat-ky-xem/"))


def test_the_log_is_never_changed_and_tampering_is_noticed(acting, team):
    acting(Role.SPECIALIST).post(at("team-phones", team), {"purpose": "Cập nhật danh sách"})
    line, agency = Viewing.objects.get(), Agency.objects.get(code=TAM_QUANG)
    for change in (line.save, line.delete):
        with pytest.raises(PermissionDenied):
            change()
    assert verify_ledger.check(agency) == []
    Viewing.objects.update(purpose="Việc khác")
    [fault] = verify_ledger.check(agency)
    assert "đã bị sửa hoặc xóa" in fault.sentence
    Viewing.objects.all().delete()
    assert len(verify_ledger.check(agency)) == 1


def test_a_roster_written_anew_keeps_the_log(acting, team):
    from procedures.teams import roster

    acting(Role.SPECIALIST).post(at("team-phones", team), {"purpose": "Cập nhật danh sách"})
    Team.objects.filter(pk=team.pk).update(name="Tổ bị sửa tay")
    roster.rebuild(team.commune)
    assert Viewing.objects.count() == 1


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("0914994001", "0914994***"), ("02383874112", "0238387***"), ("9949", "9949***"), ("", "")],
)
def test_a_mask_leaves_too_little_to_call(phone, shown):
    assert names.masked(phone) == shown


def test_the_list_stays_within_its_queries(acting, team, second, django_assert_max_num_queries):
    client = acting(Role.SPECIALIST)
    client.get("/to/")
    for address in ("/to/", "/to/?vai=member", "/nhat-ky-xem/"):
        with django_assert_max_num_queries(14):
            client.get(address)
