"""Zalo groups: names by the pattern of the source, who must be invited, who may look."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from procedures.lists import upward
from procedures.models import Commune, Team, ZaloGroup
from procedures.models.zalo import suggested_name
from procedures.roles import Role
from procedures.teams import zalo, zalo_names

from .test_existing import commune_of, record
from .test_rules import commune_under

TODAY = datetime.date(2026, 11, 20)


# Names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hamlet", "commune", "district", "name"),
    [
        # The two examples of the source itself (Lào Cai 2022, mục 2.4).
        ("Bản Bay", "Gia Phú", "Bảo Thắng", "CNS_BanBay_GiaPhu_BaoThang"),
        ("", "Gia Phú", "Bảo Thắng", "CNS_GiaPhu_BaoThang"),
        ("Bản Bay", "Gia Phú", "huyện Bảo Thắng", "CNS_BanBay_GiaPhu_BaoThang"),
        ("Bản Bay", "Gia Phú", "", "CNS_BanBay_GiaPhu"),
        ("Nậm Phảng", "Gia Phú", "", "CNS_NamPhang_GiaPhu"),
        ("Đồng Đỗi", "Đắk Ơ", "", "CNS_DongDoi_DakO"),
        ("1", "Hạc Thành", "", "CNS_Kp1_HacThanh"),
    ],
)
def test_names_without_marks(hamlet, commune, district, name):
    assert zalo_names.suggested("CNS", hamlet, commune, district) == name


@pytest.mark.parametrize(
    ("hamlet", "commune", "district", "name"),
    [
        ("Bình Nghĩa", "Bắc Sơn", "huyện Thuận Bắc", "CNCĐ_Bình Nghĩa_Bắc Sơn_Thuận Bắc"),
        ("Bình Nghĩa", "Bắc Sơn", "", "CNCĐ_Bình Nghĩa_Bắc Sơn"),
        ("", "Bắc Sơn", "", "CNCĐ_Bắc Sơn"),
    ],
)
def test_names_with_marks(hamlet, commune, district, name):
    assert zalo_names.suggested("CNCĐ", hamlet, commune, district) == name


@pytest.mark.parametrize(
    ("pattern", "name", "of_commune", "legacy", "fits"),
    [
        ("CNS", "CNS_BanBay_GiaPhu_BaoThang", False, True, True),
        ("CNS", "CNS_BanBay_GiaPhu_BaoThang", False, False, False),
        ("CNS", "CNS_BanBay_GiaPhu", False, False, True),
        ("CNS", "CNS_GiaPhu_BaoThang", True, True, True),
        ("CNS", "CNS_GiaPhu", True, False, True),
        ("CNS", "CNS-BanBay-GiaPhu", False, False, False),
        ("CNS", "CNS_Bản Bay_GiaPhu", False, False, False),
        ("CNS", "CNS_banbay_GiaPhu", False, False, False),
        ("CNS", "CNCĐ_BanBay_GiaPhu", False, False, False),
        ("CNCĐ", "CNCĐ_Bình Nghĩa_Bắc Sơn", False, False, True),
        ("CNCĐ", "CNCĐ_Bình Nghĩa_Bắc Sơn_Thuận Bắc", False, True, True),
        ("CNCĐ", "CNCD_Bình Nghĩa_Bắc Sơn", False, False, False),
        ("CNCĐ", "CNCĐ_Bình Nghĩa_", False, False, False),
        ("CNCĐ", "CNCĐ__Bắc Sơn", False, False, False),
        ("", "Tổ công nghệ số bản Bãi Sở", False, False, True),
        ("", "", False, False, False),
    ],
)
def test_a_name_is_held_to_its_pattern(pattern, name, of_commune, legacy, fits):
    assert zalo_names.fits(pattern, name, of_commune=of_commune, legacy=legacy) is fits


def group(commune, hamlet=None, tier="members", by=None, **more):
    said = {
        "name": suggested_name(commune, hamlet, tier),
        "created_on": TODAY,
        "creator": "Lô Văn A",
    }
    return ZaloGroup(commune=commune, hamlet=hamlet, tier=tier, by=by, **(said | more))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "pattern"), [("Lào Cai", "CNS_"), ("Ninh Thuận", "CNCĐ_"), ("Huế", "CNS_")]
)
def test_the_pattern_is_that_of_the_source_that_governs(source, pattern):
    commune = Commune.objects.get(agency=commune_under(source).agency)
    hamlet = commune.hamlets.get()
    made = group(commune, hamlet)
    assert made.name.startswith(pattern)
    made.clean()
    made.name = "Nhóm của tổ"
    if source == "Huế":  # names no pattern, so any name will do
        made.clean()
    else:
        with pytest.raises(ValidationError) as refused:
            made.clean()
        assert suggested_name(commune, hamlet, "members") in str(refused.value)
    households = suggested_name(commune, hamlet, "households")
    assert households != suggested_name(commune, hamlet, "members")
    group(commune, hamlet, tier="households").clean()


@pytest.mark.django_db
def test_a_district_is_only_in_the_name_of_a_group_from_before():
    commune = Commune.objects.get(agency=commune_under("Lào Cai").agency)
    hamlet = commune.hamlets.get()
    old = group(commune, hamlet, name="CNS_BanBay_GiaPhu_BaoThang", legacy=True,
                created_on=datetime.date(2022, 5, 20))  # fmt: skip
    old.clean()
    old.created_on = datetime.date(2025, 7, 1)
    with pytest.raises(ValidationError) as refused:
        old.clean()
    assert "legacy" in refused.value.message_dict


# Who belongs there ---------------------------------------------------------------------------


@pytest.fixture
def teams(tam_quang):
    record(tam_quang)
    return {team.name.split("cộng đồng ")[1]: team for team in Team.objects.order_by("pk")}


def named(found):
    return {one.name for one in found}


def test_members_are_invited_with_the_leader_of_the_communes_team(tam_quang, teams):
    team = teams["bản Bãi Sở"]
    found = zalo.checklist(group(team.commune, team.hamlet))
    assert named(found) == {"Lô Văn Thìn", "Vi Thị Hoa", "Kha Văn Lực", "Vi Mạnh Cường"}
    assert [one.why for one in found][-1] == "Tổ trưởng tổ cấp xã, phường"
    households = zalo.checklist(group(team.commune, team.hamlet, "households"))
    assert named(households) == {"Lô Văn Thìn", "Vi Thị Hoa", "Kha Văn Lực"}


def test_the_communes_group_has_leaders_deputies_and_two_officers(tam_quang, teams):
    found = zalo.checklist(group(commune_of(tam_quang), tier="commune"))
    head, secretary = tam_quang(Role.DIVISION_HEAD), tam_quang(Role.YOUTH_SECRETARY)
    assert named(found) == {
        "Vi Mạnh Cường", "Ngân Thị Én", "Lô Văn Thìn", "Vi Thị Hoa", "Vi Văn Chuyển",
        head.full_name, secretary.full_name,
    }  # fmt: skip
    assert len(found) == len(named(found))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "tiers"),
    [("Tam Quang", ["members"]), ("Huế", ["households"]), ("Lào Cai", ["households"]),
     ("Thanh Hóa", []), ("nowhere", [])],
)  # fmt: skip
def test_which_group_is_asked_for_is_the_sources_to_say(source, tiers):
    commune = Commune.objects.get(agency=commune_under(source).agency)
    assert zalo.asked(commune, commune.hamlets.first())[0] == tiers


def test_a_group_of_households_is_not_one_of_members(tam_quang, teams):
    team = teams["bản Bãi Sở"]
    group(team.commune, team.hamlet, "households", tam_quang(Role.CLERK)).save()
    [row] = [row for row in zalo.rows(team.commune) if row.hamlet == team.hamlet]
    assert [found.tier for found in row.groups] == ["households"]
    assert row.missing == ("Nhóm thành viên của tổ",)


def test_the_column_of_seven_columns_says_yes_or_no(tam_quang, teams):
    team = teams["bản Bãi Sở"]
    group(
        team.commune, team.hamlet, by=tam_quang(Role.CLERK), created_on=timezone.localdate()
    ).save()
    _headings, rows = upward.listed(team.commune, timezone.localdate()).table("seven")
    assert {row[2]: row[5] for row in rows} == {
        "Xã Tam Quang": "không", "Bản Bãi Sở": "có", "Bản Bãi Xa": "không",
    }  # fmt: skip
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    assert "có" not in str(upward.listed(team.commune, yesterday).table("seven")[1])


# The screens ---------------------------------------------------------------------------------


def typed(**more):
    return {
        "name": "Tổ số bản Bãi Sở", "link": "https://zalo.me/g/abcdef", "creator": "Lô Văn Thìn",
        "created_on": "2026-11-01",
    } | more  # fmt: skip


def test_registered_by_the_leader_and_seen_by_his_commune_only(client, tam_quang, hac_thanh, teams):
    team = teams["bản Bãi Sở"]
    begin = reverse("zalo-begin", args=["members", team.hamlet_id])
    client.force_login(tam_quang(Role.HAMLET_HEAD))
    assert client.get(begin).status_code == 200
    bad = client.post(begin, typed(link="https://evil.example/zalo.me"))
    assert (bad.status_code, "Chép đường dẫn" in bad.content.decode()) == (422, True)
    ahead = client.post(begin, typed(created_on="2099-01-01"))
    assert "Ngày lập ở sau hôm nay." in ahead.content.decode()
    member = team.memberships.get(role="member").person
    done = client.post(begin, typed(invited=[f"person:{member.pk}"]))
    kept = ZaloGroup.objects.get()
    address = reverse("zalo-group", args=[kept.pk])
    assert done["Location"] == address
    assert kept.invited == [f"person:{member.pk}"]
    assert client.get(begin).status_code == 404
    page = client.get(address).content.decode()
    assert page.count("checked") == 1
    assert client.get(reverse("zalo")).content.decode().count('class="card"') == 1
    # Who leaves the team is to be taken out of its group.
    seat = team.memberships.filter(person=member)
    seat.update(until=timezone.localdate() - datetime.timedelta(days=1))
    page = client.get(address).content.decode()
    assert "không còn trong danh sách" in page
    assert member.full_name in page
    for user in (tam_quang(Role.HAMLET_HEAD, 1), hac_thanh(Role.CLERK)):
        client.force_login(user)
        assert client.get(address).status_code == 404
        assert client.post(address, typed()).status_code == 404
        assert client.get(begin).status_code == 404
    client.force_login(tam_quang(Role.SPECIALIST))
    assert client.get(address).status_code == 200
    assert client.post(address, typed(name="Tên khác", invited=["person:0"])).status_code == 422
    assert client.post(address, typed(name="Tên khác")).status_code == 302
    kept.refresh_from_db()
    assert (kept.name, kept.invited) == ("Tên khác", [])
    assert "Tên khác" in client.get(reverse("zalo")).content.decode()


def test_the_pages_ask_no_more_for_more_places(client, tam_quang, teams):
    client.force_login(tam_quang(Role.SPECIALIST))
    counts = []
    for number, hamlet in enumerate(commune_of(tam_quang).hamlets.order_by("pk")[:6]):
        group(hamlet.commune, hamlet, "households", tam_quang(Role.CLERK), name=f"N{number}").save()
        if number in (0, 5):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse("zalo")).status_code == 200
            counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("address", ["commune/1/", "members/0/", "nobody/1/", "members/999999/"])
def test_a_group_of_no_place_is_not_there(client, tam_quang, address):
    client.force_login(tam_quang(Role.SPECIALIST))
    assert client.get(f"/nhom-zalo/moi/{address}").status_code == 404


def test_the_communes_own_group_is_for_the_office_and_the_secretary(client, tam_quang, teams):
    begin = reverse("zalo-begin", args=["commune", 0])
    for role, status in (
        (Role.SPECIALIST, 200),
        (Role.YOUTH_SECRETARY, 200),
        (Role.HAMLET_HEAD, 404),
    ):
        client.force_login(tam_quang(role))
        assert client.get(begin).status_code == status, role
