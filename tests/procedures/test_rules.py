"""The rules as a table: source x case -> what the user is told, with which citation.

The expectations are written by hand from the five sources, never computed from the data.
"""

import dataclasses
import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from procedures import demo, rules
from procedures.demo import build
from procedures.flows import establish_team
from procedures.models import Change, Commune, Dossier
from procedures.roles import Role
from procedures.rules import judge, refuse_blocked
from tests.conftest import Cast
from workflows.errors import Refusal
from workflows.models import Agency, Holding

HINT = "gợi ý, không phải quy định"
PLAN = "Kế hoạch số 45/KH-UBND ngày 20 tháng 8 năm 2025, mục "
CV3293 = "Công văn 3293/UBND-CN ngày 06/4/2022, mục "
NT = "Kế hoạch năm 2022 của UBND tỉnh Ninh Thuận, mục II.2.b"
GROUNDS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6.a"
LC = "Công văn tháng 5/2022 của Sở Thông tin và Truyền thông tỉnh Lào Cai, mục 1"

# Code and province of a commune under each source; Tam Quang and Hạc Thành are the demo's own.
ELSEWHERE = {
    "Huế": ("19753", "thành phố Huế"),
    "Ninh Thuận": ("22759", "tỉnh Khánh Hòa"),
    "Lào Cai": ("02923", "tỉnh Lào Cai"),
    "nowhere": ("22366", "tỉnh Khánh Hòa"),
}


def commune_under(source):
    """The cast of a commune that the source governs."""
    codes = {"Tam Quang": "16933", "Thanh Hóa": "14797"}
    if source in ELSEWHERE:
        code, province = ELSEWHERE[source]
        model = demo.COMMUNES[1]
        people = [dataclasses.replace(o, login=f"{code}{o.login[2:]}") for o in model.officers]
        hamlet = model.hamlets[0]
        head = dataclasses.replace(hamlet.head, login=f"{code}.head")
        data = dataclasses.replace(
            model,
            code=code,
            province=province,
            officers=tuple(people),
            hamlets=(dataclasses.replace(hamlet, head=head),),
            assignments=(),
        )
        build.ensure_commune(data, "thu")
        return Cast(Agency.objects.get(code=code))
    return Cast(Agency.objects.get(code=codes[source]))


STARTER = {"hamlet": Role.HAMLET_HEAD, "commune": Role.YOUTH_SECRETARY}


def drafted(cast, level, members=5, deputies=1, leader=None):
    """A draft as its author left it: he leads, ``deputies`` follow, then the members."""
    author = cast(STARTER[level])
    [post] = establish_team.posts_that_may_start(author)
    dossier = establish_team.draft(author, post)
    rows = [
        {"full_name": f"Người Thứ {chr(64 + n)}", "birth_year": 1970 + n, "role": "member"}
        for n in range(1, members + 1)
    ]
    rows[0] |= {"full_name": leader or author.full_name, "role": "leader"}
    for row in rows[1 : 1 + deputies]:
        row["role"] = "deputy"
    put(dossier, rows)
    return dossier


def put(dossier, rows):
    dossier.changes.get().replace_seats(rows)


def told(dossier, *about, **options):
    """{rule: (level, citation)} of the findings, of the rules ``about`` if any are named."""
    return {
        finding.rule: (finding.level, finding.citation)
        for finding in judge(dossier, **options)
        if not about or finding.rule in about
    }


SIZE = (
    "enough_members",
    "not_too_many_members",
    "size_is_near_the_target",
    "others_may_collaborate",
)
TOO_FEW, TOO_MANY, TARGET, GROUP = SIZE

SIZES = [
    ("Huế", "hamlet", 2, {TOO_FEW: ("block", CV3293 + "III.2.a")}),
    ("Huế", "hamlet", 3, {}),
    ("Huế", "hamlet", 11, {TOO_MANY: ("suggest", HINT)}),
    ("Huế", "commune", 2, {TOO_FEW: ("warn", CV3293 + "III.2.a")}),
    ("Huế", "commune", 3, {}),
    ("Ninh Thuận", "hamlet", 2, {TOO_FEW: ("block", NT)}),
    ("Ninh Thuận", "hamlet", 3, {}),
    ("Ninh Thuận", "hamlet", 5, {}),
    ("Ninh Thuận", "hamlet", 6, {TOO_MANY: ("block", NT)}),
    ("Ninh Thuận", "commune", 2, {TOO_FEW: ("block", NT)}),
    ("Ninh Thuận", "commune", 6, {TOO_MANY: ("block", NT)}),
    ("Lào Cai", "hamlet", 3, {TOO_FEW: ("block", LC)}),
    ("Lào Cai", "hamlet", 4, {}),
    ("Lào Cai", "hamlet", 11, {TOO_MANY: ("suggest", HINT)}),
    ("Lào Cai", "commune", 2, {TOO_FEW: ("suggest", HINT)}),
    ("Lào Cai", "commune", 3, {}),
    ("Thanh Hóa", "hamlet", 2, {TOO_FEW: ("suggest", HINT)}),
    ("Thanh Hóa", "hamlet", 3, {}),
    ("Thanh Hóa", "hamlet", 11, {TOO_MANY: ("suggest", HINT)}),
    ("Thanh Hóa", "commune", 2, {TOO_FEW: ("suggest", HINT)}),
    ("Tam Quang", "hamlet", 2, {TARGET: ("warn", PLAN + "II.2.1.d")}),
    ("Tam Quang", "hamlet", 4, {TARGET: ("warn", PLAN + "II.2.1.d")}),
    ("Tam Quang", "hamlet", 5, {}),
    ("Tam Quang", "hamlet", 10, {}),
    (
        "Tam Quang", "hamlet", 11,
        {TOO_MANY: ("block", PLAN + "II.2.1.a"), GROUP: ("suggest", PLAN + "II.2.1.d")},
    ),
    ("Tam Quang", "commune", 4, {TARGET: ("warn", PLAN + "II.2.1.d")}),
    (
        "Tam Quang", "commune", 11,
        {TOO_MANY: ("block", PLAN + "II.2.1.a"), GROUP: ("suggest", PLAN + "II.2.1.d")},
    ),
    ("nowhere", "hamlet", 2, {TOO_FEW: ("suggest", HINT)}),
    ("nowhere", "hamlet", 11, {TOO_MANY: ("suggest", HINT)}),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("source", "level", "members", "expected"), SIZES)
def test_size(source, level, members, expected):
    dossier = drafted(commune_under(source), level, members)
    assert told(dossier, *SIZE) == expected


LEADER = "leader_holds_the_post"
LEADERS = [
    ("Huế", "hamlet", ("block", CV3293 + "III.2.b")),
    ("Huế", "commune", ("suggest", HINT)),
    ("Ninh Thuận", "hamlet", ("suggest", HINT)),
    ("Ninh Thuận", "commune", ("suggest", HINT)),
    ("Lào Cai", "hamlet", ("block", LC)),
    ("Lào Cai", "commune", ("suggest", HINT)),
    ("Thanh Hóa", "hamlet", ("suggest", HINT)),
    ("Thanh Hóa", "commune", ("suggest", HINT)),
    ("Tam Quang", "hamlet", ("block", PLAN + "II.2.1.c")),
    ("Tam Quang", "commune", ("block", PLAN + "II.2.1.b")),
    ("nowhere", "hamlet", ("suggest", HINT)),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("source", "level", "expected"), LEADERS)
def test_leader_without_the_post(source, level, expected):
    cast = commune_under(source)
    dossier = drafted(cast, level, leader="Người Nào Khác")
    assert told(dossier, LEADER) == {LEADER: expected}
    later = "warn" if expected[0] == "block" else "suggest"
    assert told(dossier, LEADER, first_time=False) == {LEADER: (later, expected[1])}
    put(dossier, [{"full_name": cast(STARTER[level]).full_name, "role": "leader"}])
    assert told(dossier, LEADER) == {}


FEW_DEPUTIES, MANY_DEPUTIES = "enough_deputies", "not_too_many_deputies"
DEPUTIES = [
    ("Huế", "hamlet", 0, {}),
    ("Huế", "hamlet", 2, {}),
    ("Ninh Thuận", "hamlet", 0, {}),
    ("Lào Cai", "hamlet", 0, {FEW_DEPUTIES: ("block", LC)}),
    ("Lào Cai", "hamlet", 1, {}),
    ("Lào Cai", "hamlet", 2, {MANY_DEPUTIES: ("warn", LC)}),
    ("Lào Cai", "commune", 0, {}),
    ("Thanh Hóa", "commune", 0, {}),
    ("Thanh Hóa", "hamlet", 2, {}),
    ("Tam Quang", "hamlet", 0, {}),
    ("Tam Quang", "hamlet", 1, {}),
    ("Tam Quang", "hamlet", 2, {MANY_DEPUTIES: ("warn", PLAN + "II.2.1.c")}),
    ("Tam Quang", "commune", 0, {FEW_DEPUTIES: ("block", PLAN + "II.2.1.b")}),
    ("Tam Quang", "commune", 1, {}),
    ("Tam Quang", "commune", 2, {MANY_DEPUTIES: ("block", PLAN + "II.2.1.b")}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("source", "level", "deputies", "expected"), DEPUTIES)
def test_deputies(source, level, deputies, expected):
    dossier = drafted(commune_under(source), level, deputies=deputies)
    assert told(dossier, FEW_DEPUTIES, MANY_DEPUTIES) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "level", "expected"),
    [
        ("Huế", "hamlet", {}),
        (
            "Ninh Thuận", "hamlet",
            {"governing_source_is_cited": ("warn", GROUNDS)},
        ),
        ("Thanh Hóa", "hamlet", {}),
        ("Tam Quang", "hamlet", {}),
        ("Tam Quang", "commune", {}),
        ("nowhere", "hamlet", {"tasks_have_a_source": ("warn", "")}),
    ],
)  # fmt: skip
def test_a_good_list_is_told_nothing_but_what_the_office_lacks(source, level, expected):
    assert told(drafted(commune_under(source), level)) == expected


def test_the_sentence_carries_numbers_and_citation(tam_quang):
    hue = drafted(commune_under("Huế"), "hamlet", members=2)
    [few] = [finding for finding in judge(hue) if finding.blocks]
    assert str(few) == (
        "Tổ có 2 thành viên; tối thiểu 03 người (Công văn 3293/UBND-CN ngày 06/4/2022, mục III.2.a)"
    )
    assert (few.field, few.position) == ("seats", None)
    with pytest.raises(Refusal) as refused:
        refuse_blocked(hue, first_time=True)
    assert str(refused.value) == str(few)
    assert refused.value.field == "seats"


def test_the_refusal_of_a_wrong_leader_names_both(tam_quang):
    dossier = drafted(tam_quang, "hamlet", leader="Vi Văn An")
    with pytest.raises(Refusal) as refused:
        refuse_blocked(dossier, first_time=True)
    assert refused.value.sentence == (
        "Tổ trưởng là Trưởng bản Bãi Sở, hiện nay là Lô Văn Thìn; danh sách ghi Vi Văn An"
    )
    assert (refused.value.citation, refused.value.field) == (PLAN + "II.2.1.c", "full_name")
    refuse_blocked(dossier, first_time=False)


def test_a_leader_typed_without_marks_is_recognised(tam_quang):
    assert told(drafted(tam_quang, "hamlet", leader="lo van thin")) == {}


def test_a_successor_takes_the_post_over(tam_quang):
    dossier = drafted(tam_quang, "hamlet")
    post = tam_quang.post(Role.HAMLET_HEAD)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    post.holdings.update(until=yesterday)
    assert told(dossier) == {"leader_can_be_checked": ("warn", PLAN + "II.2.1.c")}
    successor = tam_quang(Role.HAMLET_HEAD, 1)
    Holding.objects.create(post=post, user=successor, since=timezone.localdate())
    assert told(dossier) == {LEADER: ("block", PLAN + "II.2.1.c")}
    assert told(dossier, first_time=False) == {LEADER: ("warn", PLAN + "II.2.1.c")}


def test_a_plan_with_blanks_cannot_be_cited(tam_quang):
    dossier = drafted(tam_quang, "hamlet")
    for plan in ("", "Kế hoạch số …/KH-UBND ngày … tháng … năm 2025"):
        Commune.objects.filter(code="16933").update(plan=plan)
        [finding] = [f for f in judge(Dossier.objects.get(pk=dossier.pk)) if f.blocks]
        assert (finding.rule, finding.field) == ("grounds_are_complete", "plan")
        assert "Kế hoạch số …/KH-UBND" in finding.sentence


# Places --------------------------------------------------------------------------------------


def test_a_hamlet_of_another_commune_is_refused(tam_quang, hac_thanh):
    dossier = drafted(tam_quang, "hamlet")
    stranger = hac_thanh.post(Role.HAMLET_HEAD).hamlet
    Change.objects.filter(dossier=dossier).update(hamlet=stranger)
    levels = told(dossier, "place_is_ours", "head_asks_for_his_own_place")
    assert [level for level, _citation in levels.values()] == ["block", "block"]


def test_a_head_asks_for_his_own_place_only(tam_quang):
    dossier = drafted(tam_quang, "hamlet")
    neighbour = tam_quang.post(Role.HAMLET_HEAD, 1).hamlet
    Change.objects.filter(dossier=dossier).update(hamlet=neighbour)
    assert told(dossier, "place_is_ours", "head_asks_for_his_own_place") == {
        "head_asks_for_his_own_place": ("block", "")
    }
    Change.objects.filter(dossier=dossier).update(hamlet=None, level="commune")
    assert "head_asks_for_his_own_place" in told(dossier)


@pytest.mark.parametrize(("level", "hamlet"), [("hamlet", False), ("commune", True)])
def test_level_and_place_agree(tam_quang, level, hamlet):
    dossier = drafted(tam_quang, "hamlet")
    place = tam_quang.post(Role.HAMLET_HEAD).hamlet if hamlet else None
    Change.objects.filter(dossier=dossier).update(level=level, hamlet=place)
    assert told(dossier)["place_is_ours"] == ("block", "")


def test_an_empty_dossier_asks_for_nothing(tam_quang):
    dossier = drafted(tam_quang, "hamlet")
    dossier.changes.get().seats.all().delete()
    assert told(dossier)["one_leader"] == ("block", "")
    dossier.changes.all().delete()
    assert told(dossier) == {"something_is_asked": ("block", "")}


def test_another_dossier_under_way_blocks_and_a_draft_or_a_closed_one_does_not(tam_quang):
    first, second = drafted(tam_quang, "hamlet"), drafted(tam_quang, "hamlet")
    blocked = {"place_has_no_other_dossier": ("block", "")}
    for state, expected in [
        ("draft", {}), ("submitted", blocked), ("returned", blocked), ("cleared", blocked),
        ("sealed", blocked), ("withdrawn", {}), ("rejected", {}),
    ]:  # fmt: skip
        Dossier.objects.filter(pk=first.pk).update(state=state)
        assert told(second) == expected, state
        assert told(second, first_time=False) == expected


@pytest.mark.parametrize("level", ["hamlet", "commune"])
def test_a_dossier_is_no_rival_of_itself_nor_of_another_communes(tam_quang, level):
    dossier = drafted(tam_quang, level)
    Dossier.objects.filter(pk=dossier.pk).update(state="submitted")
    assert told(dossier) == {}
    assert told(drafted(commune_under("Thanh Hóa"), level)) == {}
    assert told(drafted(tam_quang, level)) == {"place_has_no_other_dossier": ("block", "")}


def test_a_place_named_twice_in_one_dossier(tam_quang):
    dossier = drafted(tam_quang, "hamlet")
    change = dossier.changes.get()
    again = Change.objects.create(dossier=dossier, level="hamlet", hamlet=change.hamlet)
    again.replace_seats([{"full_name": "Lô Văn Thìn", "role": "leader"}] * 5)
    findings = [f for f in judge(dossier) if f.rule == "place_is_named_once"]
    assert [f.sentence for f in findings] == [
        "Bản Bãi Sở: Bản Bãi Sở có tên hai lần trong hồ sơ này"
    ] * 2


# People --------------------------------------------------------------------------------------


def one_more(dossier, **columns):
    """The findings on a good list with one more person, as {rule: (level, field, position)}."""
    author = dossier.author.full_name
    rows = [{"full_name": author, "role": "leader"}]
    rows += [{"full_name": f"Người Thứ {chr(64 + n)}", "birth_year": 1970 + n} for n in range(1, 5)]
    put(dossier, [*rows, {"full_name": "Kha Thị Mới", "birth_year": 1980, **columns}])
    return {f.rule: (f.level, f.field, f.position) for f in judge(dossier)}


YEAR = timezone.localdate().year


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, {}),
        ({"full_name": ""}, {"name_is_given": ("block", "full_name", 6)}),
        ({"full_name": " \u200b "}, {"name_is_given": ("block", "full_name", 6)}),
        ({"full_name": "12345"}, {"name_is_given": ("block", "full_name", 6)}),
        ({"full_name": "Kha " * 25}, {"name_fits_the_list": ("block", "full_name", 6)}),
        ({"full_name": "<script>alert(1)</script>"}, {}),
        ({"full_name": "=CMD|' /C calc'!A0"}, {}),
        ({"phone": "12345"}, {"phone_is_one": ("block", "phone", 6)}),
        ({"phone": "0123456789"}, {"phone_is_one": ("block", "phone", 6)}),
        ({"phone": "+84 914.994.001"}, {}),
        ({"birth_year": YEAR + 1}, {"birth_year_is_possible": ("block", "birth_year", 6)}),
        ({"birth_year": 1850}, {"birth_year_is_possible": ("block", "birth_year", 6)}),
        ({"birth_year": YEAR - 10}, {"guardian_is_named": ("warn", "guardian_name", 6)}),
        ({"birth_year": YEAR - 10, "guardian_name": "Vi Thị Mẹ"}, {}),
        (
            {"birth_year": YEAR - 15, "may_publish": True},
            {
                "guardian_is_named": ("warn", "guardian_name", 6),
                "guardian_agrees_to_publication": ("warn", "may_publish", 6),
            },
        ),
        ({"birth_year": YEAR - 10, "may_publish": True, "guardian_name": "Vi Thị Mẹ"}, {}),
        ({"birth_year": YEAR - 30, "may_publish": True}, {}),
        ({"guardian_phone": "091"}, {"guardian_phone_is_one": ("block", "guardian_phone", 6)}),
        ({"birth_year": YEAR - 16}, {}),
        ({"birth_year": None}, {}),
    ],
)
def test_one_person(tam_quang, columns, expected):
    assert one_more(drafted(tam_quang, "hamlet"), **columns) == expected


TWICE, NAMESAKE = "nobody_twice", "namesakes_can_be_told_apart"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"phone": "0914994001"}, {"phone": "+84 914 994 001"}, {TWICE: "block"}),
        ({"birth_year": 1980}, {"birth_year": 1980}, {TWICE: "block"}),
        ({}, {}, {NAMESAKE: "block"}),
        ({"birth_year": 1980}, {}, {NAMESAKE: "block"}),
        ({"birth_year": 1980}, {"birth_year": 1981}, {}),
        ({"phone": "0914994001"}, {"phone": "0914994002"}, {}),
        (
            {"phone": "0914994001", "birth_year": 1980},
            {"phone": "0914994002", "birth_year": 1980},
            {NAMESAKE: "warn"},
        ),
    ],
)
def test_the_same_name_twice(tam_quang, first, second, expected):
    dossier = drafted(tam_quang, "hamlet", members=3)
    leader = {"full_name": dossier.author.full_name, "role": "leader"}
    others = [{"full_name": f"Vi Thị {name}"} for name in ("Sen", "Lan", "Mai")]
    first, second = {"full_name": "Lô Văn A"} | first, {"full_name": "lô  văn a"} | second
    put(dossier, [leader, first, *others, second])
    findings = [f for f in judge(dossier) if f.rule in (TWICE, NAMESAKE)]
    assert {f.rule: f.level for f in findings} == expected
    assert all((f.field, f.position) == ("full_name", 6) for f in findings)
    assert all("ông/bà" not in f.sentence.lower() or f.rule == NAMESAKE for f in findings)


def test_different_marks_are_different_people(tam_quang):
    dossier = drafted(tam_quang, "hamlet", members=3)
    names = ["Lô Văn Hùng", "Lô Văn Hưng", "Lô Văn Hừng", "Lô Văn Hứng"]
    leader = {"full_name": dossier.author.full_name, "role": "leader"}
    put(dossier, [leader, *({"full_name": name, "birth_year": 1980} for name in names)])
    assert told(dossier) == {}


# The whole -----------------------------------------------------------------------------------


def test_every_rule_is_named_once_and_its_docstring_is_a_sentence_to_show():
    declared = [*rules.OF_DOSSIER, *rules.OF_TEAM, *rules.OF_SEAT]
    assert len({rule.__name__ for rule in declared}) == len(declared)
    for rule in declared:
        assert rule.__doc__[0].isupper() or rule.__doc__.startswith("%("), rule.__name__
        # The citation follows in brackets, so no sentence closes itself.
        assert not rule.__doc__.endswith("."), rule.__name__


@pytest.mark.parametrize("teams", [1, 3])
def test_judging_takes_seven_queries_whatever_the_size(tam_quang, teams):
    dossier = drafted(tam_quang, "hamlet", members=9)
    for index in range(1, teams):
        hamlet = tam_quang.post(Role.HAMLET_HEAD, index).hamlet
        change = Change.objects.create(dossier=dossier, level="hamlet", hamlet=hamlet)
        change.replace_seats([{"full_name": "Vi Văn Chuyển", "role": "leader"}])
    fresh = Dossier.objects.select_related("agency", "post").get(pk=dossier.pk)
    with CaptureQueriesContext(connection) as queries:
        judge(fresh)
    assert len(queries) == 7, [query["sql"] for query in queries]
