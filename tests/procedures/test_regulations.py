"""The five sources as data: whom they govern, when, and what a broken file is told."""

import datetime
from dataclasses import dataclass

import pytest

from procedures import regulations
from procedures.regulations import RegulationError, load

ON = datetime.date(2026, 11, 20)
PLAN = "Kế hoạch số 45/KH-UBND ngày 20 tháng 8 năm 2025 của Ủy ban nhân dân xã Tam Quang tổ chức"


@dataclass
class Place:
    """What the loader reads of a commune."""

    code: str
    province: str
    plan: str = ""


TAM_QUANG = Place("16933", "tỉnh Nghệ An")
CV3293 = "Công văn 3293/UBND-CN ngày 06/4/2022, mục "
NT = "Kế hoạch năm 2022 của UBND tỉnh Ninh Thuận, mục "
LC = "Công văn tháng 5/2022 của Sở Thông tin và Truyền thông tỉnh Lào Cai"
TH = "Công văn tháng 7/2025 của Sở Khoa học và Công nghệ tỉnh Thanh Hóa, mục "
TQ = "Kế hoạch năm 2025 của UBND xã Tam Quang, mục "

HAC_THANH = Place("14797", "tỉnh Thanh Hóa")
HUE = Place("19753", "thành phố Huế")
PHAN_RANG = Place("22759", "tỉnh Khánh Hòa")
NHA_TRANG = Place("22366", "tỉnh Khánh Hòa")
GIA_PHU = Place("02923", "tỉnh Lào Cai")
YEN_BAI = Place("04252", "tỉnh Lào Cai")


@pytest.mark.parametrize(
    ("place", "on", "keys"),
    [
        (TAM_QUANG, ON, ["tam_quang_2025"]),
        (TAM_QUANG, datetime.date(2025, 6, 30), []),
        (HAC_THANH, ON, ["thanh_hoa_2025"]),
        (HUE, ON, ["thua_thien_hue_2022"]),
        (HUE, datetime.date(2024, 12, 31), []),
        (
            Place("19753", "tỉnh Thừa Thiên Huế"),
            datetime.date(2024, 12, 31),
            ["thua_thien_hue_2022"],
        ),
        (Place("19753", "Thừa Thiên Huế"), ON, []),
        (Place("19753", "Huế"), ON, ["thua_thien_hue_2022"]),
        (PHAN_RANG, ON, ["ninh_thuan_2022"]),
        (NHA_TRANG, ON, []),
        (Place("22736", "tỉnh Khánh Hòa"), ON, []),
        (Place("22759", "tỉnh Ninh Thuận"), datetime.date(2025, 6, 30), ["ninh_thuan_2022"]),
        (GIA_PHU, ON, ["lao_cai_2022"]),
        (YEN_BAI, ON, []),
        (Place("16001", "tỉnh Nghệ An"), ON, []),
    ],
)
def test_a_source_governs_by_place_and_date(place, on, keys):
    assert [regulation.key for regulation in regulations.governing(place, on)] == keys


def test_the_own_plan_comes_before_a_newer_guidance():
    both = Place("16933", "tỉnh Thanh Hóa")
    keys = [regulation.key for regulation in regulations.governing(both, ON)]
    assert keys == ["tam_quang_2025", "thanh_hoa_2025"]
    assert regulations.tasks(both, ON)[1] == TQ + "II.2.2"


def test_a_province_does_not_beat_the_communes_own_plan():
    both = Place("16933", "thành phố Huế", PLAN)
    leader = regulations.value(both, "hamlet.leader", ON)
    assert leader.citation == "Kế hoạch số 45/KH-UBND ngày 20 tháng 8 năm 2025, mục II.2.1.c"
    # Where the plan is silent the province still rules.
    least = regulations.value(both, "hamlet.min_members", ON)
    assert (least.value, least.citation) == (3, CV3293 + "III.2.a")
    _tasks, citation = regulations.tasks(both, ON)
    assert citation == "Kế hoạch số 45/KH-UBND ngày 20 tháng 8 năm 2025, mục II.2.2"
    assert [ground.split(" ngày")[0] for ground in regulations.grounds(both, ON)] == [
        "Căn cứ Công văn số 3293/UBND-CN",
        "Căn cứ Kế hoạch số 45/KH-UBND",
    ]


@pytest.mark.parametrize(
    ("place", "key", "value", "citation"),
    [
        (HUE, "hamlet.min_members", 3, CV3293 + "III.2.a"),
        (HUE, "hamlet.leader", "hamlet_head", CV3293 + "III.2.b"),
        (HUE, "hamlet.max_members", None, None),
        (HUE, "commune.leader", None, None),
        (PHAN_RANG, "hamlet.min_members", 3, NT + "II.2.b"),
        (PHAN_RANG, "commune.max_members", 5, NT + "II.2.b"),
        (PHAN_RANG, "hamlet.leader", None, None),
        (GIA_PHU, "hamlet.min_members", 4, LC + ", mục 1"),
        (GIA_PHU, "commune.min_members", None, None),
        (HAC_THANH, "hamlet.min_members", None, None),
        (HAC_THANH, "hamlet.leader", None, None),
        (HAC_THANH, "commune.leader", None, None),
        (TAM_QUANG, "hamlet.min_members", None, None),
        (TAM_QUANG, "hamlet.max_members", 10, TQ + "II.2.1.a"),
        (TAM_QUANG, "commune.leader", "youth_secretary", TQ + "II.2.1.b"),
    ],
)  # fmt: skip
def test_values_and_silences_of_the_sources(place, key, value, citation):
    ruled = regulations.value(place, key, ON)
    assert (ruled.value if ruled else None) == value
    assert (ruled.citation if ruled else None) == citation


@pytest.mark.parametrize(
    ("place", "count", "first", "citation"),
    [
        (TAM_QUANG, 7, "Tuyên truyền thường xuyên", TQ + "II.2.2"),
        (HAC_THANH, 6, "Hướng dẫn người dân sử dụng dịch vụ công trực tuyến", TH + "2"),
        (HUE, 4, "Thông tin, tuyên truyền", CV3293 + "III.3"),
        (NHA_TRANG, 0, None, ""),
    ],
)  # fmt: skip
def test_tasks_come_from_the_source_that_governs(place, count, first, citation):
    tasks, cited = regulations.tasks(place, ON)
    assert (len(tasks), cited) == (count, citation)
    assert first is None or tasks[0].startswith(first)


def test_grounds_of_a_province_and_of_a_plan():
    [ground] = regulations.grounds(HAC_THANH, ON)
    assert ground.startswith("Căn cứ Công văn số 557/STTTT-CNTT ngày 28 tháng 3 năm 2022 của Sở")
    [source] = [r for r in regulations.REGULATIONS if r.key == "thanh_hoa_2025"]
    assert not source.grounds[0].in_our_copies
    [blank] = regulations.grounds(TAM_QUANG, ON)
    assert regulations.is_blank(blank)
    planned = Place("16933", "tỉnh Nghệ An", PLAN)
    assert regulations.grounds(planned, ON) == (f"Căn cứ {PLAN}",)
    assert not regulations.is_blank(PLAN)


def test_a_source_without_number_and_date_cannot_be_cited():
    assert regulations.grounds(GIA_PHU, ON) == ()
    assert regulations.unprintable(GIA_PHU, ON) == [LC]
    assert regulations.unprintable(HAC_THANH, ON) == []


@pytest.mark.parametrize(
    "ground",
    [
        "Căn cứ Kế hoạch số …/KH-UBND ngày … tháng … năm 2025",
        "Căn cứ Kế hoạch số .../KH-UBND ngày 20 tháng 8 năm 2025",
        "Căn cứ Kế hoạch số /KH-UBND ngày 20 tháng 8 năm 2025",
        "Căn cứ Kế hoạch số 45/KH-UBND ngày    tháng    năm 2025",
        "Căn cứ Kế hoạch số ___/KH-UBND",
    ],
)
def test_blanks_are_seen(ground):
    assert regulations.is_blank(ground)


GOOD = """
title = "Hướng dẫn"
kind = "Công văn"
authority = "Sở A"
number = "12/SKHCN"
date = 2026-01-05
cited = "Công văn 12/SKHCN ngày 05/01/2026"
[[scope]]
province = "tỉnh A"
since = 2026-01-05
[[ground]]
text = "Căn cứ Công văn số 12/SKHCN"
[[value]]
key = "min_members"
levels = ["hamlet"]
value = 3
force = "must"
clause = "II.1.a"
quote = "tối thiểu 03"
[[value]]
key = "max_members"
levels = ["hamlet"]
value = 9
force = "must"
clause = "II.1.a"
quote = "tối đa 09"
[tasks]
clause = "III"
items = ["Hướng dẫn người dân"]
"""


def written(tmp_path, text):
    (tmp_path / "thu_2026.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_good_file_is_read(tmp_path):
    [regulation] = load(written(tmp_path, GOOD))
    assert regulation.key == "thu_2026"
    assert regulation.values["hamlet.min_members"].value == 3
    with pytest.raises(TypeError):
        regulation.values["hamlet.min_members"] = None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('key = "min_members"', 'key = "min_member"'),
        ('levels = ["hamlet"]', 'levels = ["huyện"]'),
        ("value = 3", "value = -3"),
        ("value = 3", 'value = "3"'),
        ("value = 3", "value = true"),
        ("value = 3", "value = 10"),
        ('force = "must"', 'force = "maybe"'),
        ('clause = "II.1.a"', 'clause = ""'),
        ('clause = "II.1.a"', 'clause = "mục II"'),
        ('clause = "III"', 'clause = "chỗ nào đó"'),
        ('quote = "tối thiểu 03"', 'quote = ""'),
        ('quote = "tối thiểu 03"', f'quote = "{"x" * 121}"'),
        ('quote = "tối thiểu 03"', ""),
        ('quote = "tối thiểu 03"', 'quote = "to\u0302\u0301i"'),
        ('key = "max_members"', 'key = "min_members"'),
        ("[[scope]]", "[[scopes]]"),
        ('province = "tỉnh A"', ""),
        ('province = "tỉnh A"', 'province = "tỉnh A"\ncommune = "16933"'),
        ('province = "tỉnh A"', 'commune = "1693"'),
        ('province = "tỉnh A"', 'province = "tỉnh A"\ncodes = ["20000", "10000"]'),
        ("since = 2026-01-05", "since = 2026-01-05\nuntil = 2025-01-05"),
        ("since = 2026-01-05", 'since = "2026-01-05"'),
        ("ngày 05/01/2026", 'ngày 05/01/2026"\nown_plan = true\nnote = "'),
        ('cited = "Công văn 12/SKHCN', 'cited = "Công văn 13/SKHCN'),
        ('items = ["Hướng dẫn người dân"]', "items = []"),
        ('items = ["Hướng dẫn người dân"]', 'items = ["Hướng dẫn người dân;"]'),
        ('text = "Căn cứ Công văn', 'text = "Công văn'),
        ('text = "Căn cứ Công văn số 12/SKHCN"', 'text = "Căn cứ Công văn số 12/SKHCN;"'),
        ('text = "Căn cứ', 'setting = "giấy"\ntext = "Căn cứ'),
    ],
)
def test_a_broken_file_is_refused(tmp_path, old, new):
    assert old in GOOD
    with pytest.raises(RegulationError):
        load(written(tmp_path, GOOD.replace(old, new, 1)))
