"""A commune's own regulation: it goes before the province's, from its day, and undoes nothing."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from procedures import regulations, ruling
from procedures.lists import upward
from procedures.models import Commune, OwnRegulation, OwnValue, Team
from procedures.roles import Role
from procedures.rules import judge
from procedures.rules.standing import judge_standing, newly_out_of_line

from .test_existing import commune_of, record
from .test_rules import drafted, told

AUGUST = datetime.date(2026, 8, 20)
TOO_MANY = "not_too_many_members"


def entered(commune, since=AUGUST, number="77/KH-UBND", **more):
    """A plan that allows two people to a team of a hamlet."""
    about = "tổ chức hoạt động Tổ công nghệ số cộng đồng"
    said = {"date": AUGUST, "about": about, "since": since, "number": number} | more
    found = OwnRegulation.objects.create(commune=commune, **said)
    OwnValue.objects.create(
        regulation=found, level="hamlet", key="max_members", value="2", clause="II.1",
        quote="mỗi tổ không quá 02 người",
    )  # fmt: skip
    return found


def fresh(commune):
    """Read anew: what a commune rules is read once for each object."""
    return Commune.objects.get(pk=commune.pk)


@pytest.fixture
def commune(tam_quang):
    return commune_of(tam_quang)


# What governs --------------------------------------------------------------------------------


def test_it_governs_from_its_first_day_to_its_last(commune):
    entered(commune, until=datetime.date(2026, 12, 31))
    for day, limit in [
        (datetime.date(2026, 8, 19), 10), (AUGUST, 2), (datetime.date(2026, 12, 31), 2),
        (datetime.date(2027, 1, 1), 10),
    ]:  # fmt: skip
        assert regulations.value(fresh(commune), "hamlet.max_members", day).value == limit, day
    ruled = regulations.value(fresh(commune), "hamlet.max_members", AUGUST)
    assert ruled.citation == "Kế hoạch 77/KH-UBND ngày 20/8/2026, mục II.1"


@pytest.mark.parametrize(("replaces", "leader"), [(True, None), (False, "hamlet_head")])
def test_what_it_replaces_is_silent_from_then_on(commune, replaces, leader):
    entered(commune, replaces=replaces)
    ruled = regulations.value(fresh(commune), "hamlet.leader", AUGUST)
    assert (ruled.value if ruled else None) == leader
    before = regulations.value(fresh(commune), "hamlet.leader", AUGUST - datetime.timedelta(1))
    assert before.value == "hamlet_head"


def test_it_goes_before_the_province_and_leaves_it_what_it_does_not_say(hac_thanh):
    own = entered(commune_of(hac_thanh), tasks="Hướng dẫn người dân;\nBáo cáo", tasks_clause="III")
    place = fresh(own.commune)
    keys = [source.key for source in regulations.governing(place, AUGUST)]
    assert keys == [f"own-{own.pk}", "thanh_hoa_2025"]
    assert regulations.value(place, "commune.reporting", AUGUST).citation.startswith("Công văn")
    assert regulations.tasks(place, AUGUST)[0] == ("Hướng dẫn người dân", "Báo cáo")
    assert regulations.grounds(place, AUGUST)[-1] == (
        "Căn cứ Kế hoạch số 77/KH-UBND ngày 20 tháng 8 năm 2026 của Ủy ban nhân dân phường Hạc "
        "Thành tổ chức hoạt động Tổ công nghệ số cộng đồng"
    )


def test_it_is_no_other_communes(commune, hac_thanh):
    entered(commune)
    other = fresh(commune_of(hac_thanh))
    assert regulations.value(other, "hamlet.max_members", AUGUST) is None


# What was decided stays ----------------------------------------------------------------------


def test_a_rule_changed_later_only_warns_of_what_was_decided(tam_quang, commune):
    record(tam_quang)
    listed = upward.listed(commune, timezone.localdate())
    today = timezone.localdate()
    assert TOO_MANY not in rules_of(judge_standing(fresh(commune), listed.teams, today))
    own = entered(commune, since=today)
    found = judge_standing(fresh(commune), listed.teams, today)
    assert {f.level for found_of in found.values() for f in found_of} <= {"warn", "suggest"}
    [village] = [team for team, of in found.items() if any(f.rule == TOO_MANY for f in of)]
    [finding] = [f for f in found[village] if f.rule == TOO_MANY]
    assert str(finding) == (f"Tổ có 3 thành viên; tối đa 02 người ({own.cited}, mục II.1)")
    assert Team.objects.filter(until=None).count() == 3
    # A new proposal is asked what the new rule asks.
    dossier = drafted(tam_quang, "hamlet", members=3)
    dossier.commune = fresh(commune)
    assert told(dossier, TOO_MANY)[TOO_MANY] == ("block", f"{own.cited}, mục II.1")
    assert judge(dossier)


def rules_of(found):
    return {finding.rule for findings in found.values() for finding in findings}


def test_before_its_day_the_page_tells_which_teams_it_would_put_out_of_line(
    client, tam_quang, hac_thanh, commune
):
    record(tam_quang)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    own = entered(commune, since=tomorrow, replaces=False)
    teams = upward.listed(commune, timezone.localdate()).teams
    fresh_ones = newly_out_of_line(fresh(commune), teams, tomorrow, regulation=f"own-{own.pk}")
    assert {team.name: [f.rule for f in found] for team, found in fresh_ones.items()} == {
        "Tổ công nghệ số cộng đồng bản Bãi Sở": [TOO_MANY, "others_may_collaborate"]
    }
    address = reverse("own-regulation", args=[own.pk])
    client.force_login(tam_quang(Role.SPECIALIST))
    page = client.get(address).content.decode()
    assert "hiện chưa áp dụng" in page
    assert "bản Bãi Sở" in page
    assert "bản Bãi Xa" not in page
    for stranger in (hac_thanh(Role.SPECIALIST), tam_quang(Role.HAMLET_HEAD)):
        client.force_login(stranger)
        assert client.get(address).status_code == 404


# The page of what is in force ----------------------------------------------------------------


def rows_of(commune, level):
    levels = dict(zip(("hamlet", "commune"), ruling.in_force(commune, AUGUST), strict=True))
    return {row.key: (row.said, row.force) for row in levels[level][1]}


def test_every_value_says_how_strongly_and_by_whom(commune, hac_thanh):
    village = rows_of(commune, "hamlet")
    assert village["max_members"] == ("10", "must")
    assert village["min_members"] == ("không quy định", "unruled")
    assert village["target_low"] == ("5", "advice")
    assert village["max_deputies"] == ("1", "reading")
    assert village["zalo_name"] == ("không quy định", "unruled")
    ward = rows_of(commune_of(hac_thanh), "hamlet")
    assert ward["min_members"] == ("3", "suggested")
    assert ward["leader"] == ("Trưởng thôn, bản, tổ dân phố", "suggested")
    assert ward["authority"] == ("không quy định", "unruled")


def test_conflicts_are_decided_by_what_governs_here(commune, hac_thanh):
    here = {found.code: found for found in ruling.conflicts(commune, AUGUST)}
    assert list(here) == ["K1", "K2", "K3", "K4", "K5", "K6"]
    assert [voice.source for voice in here["K2"].voices if voice.governs] == [
        "Kế hoạch năm 2025 của UBND xã Tam Quang"
    ]
    assert len(here["K2"].voices) == 4
    there = {found.code: found for found in ruling.conflicts(commune_of(hac_thanh), AUGUST)}
    assert not any(voice.governs for voice in there["K2"].voices)
    assert there["K2"].here == "Không nguồn nào đang áp dụng ở đây nói đến: không quy định."


def test_the_page_is_for_everybody_of_the_commune(client, tam_quang, hac_thanh, commune):
    for user in (tam_quang(Role.HAMLET_HEAD), tam_quang(Role.CHAIRMAN)):
        client.force_login(user)
        page = client.get(reverse("regulations")).content.decode()
        for words in ("Tối đa không quá 10 thành viên.", "không quy định", "Bắt buộc",
                      "mục II.2.1.a", "Khuyến nghị"):  # fmt: skip
            assert words in page, words
    client.force_login(hac_thanh(Role.CLERK))
    page = client.get(reverse("regulations")).content.decode()
    assert "gợi ý, không phải quy định" in page
    nobody = get_user_model().objects.create_user("khong-chuc-vu", "x", full_name="Không Chức Vụ")
    client.force_login(nobody)
    assert client.get(reverse("regulations")).status_code == 404


# Entering it ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({"value": "mười"}, "value"),
        ({"key": "leader", "value": "ai-do"}, "value"),
        ({"clause": "mục hai"}, "value"),
    ],
)
def test_a_value_that_cannot_be_is_refused(commune, columns, field):
    own = entered(commune)
    row = OwnValue(**{"regulation": own, "level": "commune", "key": "min_members", "value": "3",
                      "clause": "II.1", "quote": "ít nhất 03"} | columns)  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        row.clean()
    assert field in refused.value.message_dict


def test_the_keeper_enters_it_and_changes_nothing_once_it_governs(client, commune):
    keeper = get_user_model().objects.create_superuser("nguoi-giu", "x", full_name="Người Giữ")
    client.force_login(keeper)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    typed = {
        "commune": commune.pk, "kind": "Quy chế", "number": "9/QC-UBND", "date": "2026-11-01",
        "about": "hoạt động của Tổ", "since": tomorrow.isoformat(), "replaces": "on",
        "values-TOTAL_FORMS": 1, "values-INITIAL_FORMS": 0, "values-0-level": "hamlet",
        "values-0-key": "min_members", "values-0-value": "3", "values-0-force": "must",
        "values-0-clause": "II.1", "values-0-quote": "ít nhất 03 người",
    }  # fmt: skip
    add = reverse("admin:procedures_ownregulation_add")
    assert client.post(add, typed | {"number": "…/QC-UBND"}).status_code == 200
    assert client.post(add, typed).status_code == 302
    own = OwnRegulation.objects.get()
    assert own.values.get().value == "3"
    OwnRegulation.objects.update(since=timezone.localdate())
    change = reverse("admin:procedures_ownregulation_change", args=[own.pk])
    page = client.get(change).content.decode()
    assert 'name="until"' in page
    for frozen in ('name="number"', 'name="values-0-value"'):
        assert frozen not in page
