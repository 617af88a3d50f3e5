"""The screens of "Nhập hộ", the code told, the empty form, and what the list asks about a child."""

import datetime
import gzip
import io
import re

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from procedures.forms.scans import MAX_SCAN_BYTES
from procedures.models import Dossier
from procedures.roles import Role
from tests.procedures.cells import SCAN
from tests.procedures.test_entering import stand_in, vacate
from workflows.service import history
from workflows.states import State

from .pages import ROWS, box, fresh, text, to, typed
from .test_every_page import FORBIDDEN

YEAR = timezone.localdate().year


def how(channel="paper", file=None, **more):
    """What the page that asks how it was received sends."""
    data = {"channel": channel, "on": f"{timezone.localdate():%Y-%m-%d}", **more}
    return data | ({"file": SimpleUploadedFile("anh.png", file)} if file is not None else {})


def begin(tam_quang, index=0, role=Role.HAMLET_HEAD):
    return reverse("behalf-begin", args=[tam_quang.post(role, index).pk])


@pytest.fixture
def entering(acting, tam_quang):
    """The specialist's client, before the list he enters for the head of bản Bãi Sở."""

    def opened(channel="paper", file=None):
        client = acting(Role.SPECIALIST)
        answer = client.post(begin(tam_quang), how(channel, file))
        assert answer.status_code == 302, text(answer)
        return client, Dossier.objects.get()

    return opened


# Choosing the place ------------------------------------------------------------------------------


def test_the_specialist_begins_from_his_first_page(acting):
    page = acting(Role.SPECIALIST).get("/").content.decode()
    assert f'href="{reverse("behalf")}"' in page
    for role in (Role.HAMLET_HEAD, Role.CLERK, Role.CHAIRMAN, Role.DIVISION_HEAD):
        client = acting(role)
        assert reverse("behalf") not in client.get("/").content.decode()
        assert client.get(reverse("behalf")).status_code == 404


def test_a_stand_in_begins_too(acting, tam_quang):
    stand_in(tam_quang, tam_quang.post(Role.CLERK))
    client = acting(Role.CLERK)
    assert reverse("behalf") in client.get("/").content.decode()
    answer = client.post(begin(tam_quang), how("phone"))
    assert answer.status_code == 302
    assert Dossier.objects.get().entered_by == tam_quang(Role.CLERK)


def test_every_place_is_named_and_those_taken_are_not_offered(acting, road, tam_quang):
    road.to(State.RELEASED)
    dossier = road.to(State.RETURNED, tam_quang(Role.HAMLET_HEAD, 1))
    vacate(tam_quang.post(Role.HAMLET_HEAD, 2))
    answer = acting(Role.SPECIALIST).get(reverse("behalf"))
    page = answer.content.decode()
    assert "Đã có tổ, theo Quyết định số" in text(answer)
    assert f'href="{to("dossier", dossier)}"' in page
    assert "Chưa có ai giữ chức vụ Trưởng bản Tam Bông" in text(answer)
    for index in range(3):
        assert begin(tam_quang, index) not in page
    assert begin(tam_quang, 3) in page
    assert begin(tam_quang, role=Role.YOUTH_SECRETARY) in page


@pytest.mark.parametrize("index", [0, 1, 2])
def test_a_place_that_is_taken_cannot_be_entered_by_its_address(index, acting, road, tam_quang):
    road.to(State.RELEASED)
    road.to(State.SUBMITTED, tam_quang(Role.HAMLET_HEAD, 1))
    vacate(tam_quang.post(Role.HAMLET_HEAD, 2))
    before = Dossier.objects.count()
    client = acting(Role.SPECIALIST)
    assert 'name="channel"' not in client.get(begin(tam_quang, index)).content.decode()
    assert client.post(begin(tam_quang, index), how()).status_code == 409
    assert Dossier.objects.count() == before


def test_another_communes_places_do_not_exist(acting, tam_quang, hac_thanh):
    client = acting(Role.SPECIALIST)
    others = [hac_thanh.post(Role.HAMLET_HEAD).pk, tam_quang.post(Role.CLERK).pk, 0, 2**70]
    for number in others:
        address = reverse("behalf-begin", args=[number])
        assert client.get(address).status_code == 404
        assert client.post(address, how()).status_code == 404
    assert not Dossier.objects.exists()


# How it was received -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"channel": ""}, "Chọn đề nghị này nhận bằng cách nào"),
        ({"channel": "fax"}, "Chọn giấy, điện thoại, Zalo hoặc trực tiếp"),
        ({"on": ""}, "Chọn ngày nhận"),
        ({"on": "hôm qua"}, "ngày/tháng/năm"),
        ({"on": f"{timezone.localdate() + datetime.timedelta(days=2):%d/%m/%Y}"}, "sau hôm nay"),
        ({"on": "20/11/2020"}, "quá một năm"),
        ({"file": b"GIF89a"}, "PDF, JPEG hoặc PNG"),
        ({"file": b""}, "Tệp này trống"),
        ({"file": b"%PDF-" + b"0" * MAX_SCAN_BYTES}, "quá 10 MB"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_begins(more, said, acting, tam_quang):
    answer = acting(Role.SPECIALIST).post(begin(tam_quang), how(**more))
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Dossier.objects.exists()


def test_pressed_twice_it_begins_once(acting, tam_quang):
    client = acting(Role.SPECIALIST)
    answers = [client.post(begin(tam_quang), how("zalo")) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Dossier.objects.count() == 1


# The list ----------------------------------------------------------------------------------------


def test_the_list_says_for_whom_and_nothing_is_judged_yet(entering, tam_quang):
    client, dossier = entering(file=SCAN)
    page = client.get(to("dossier-edit", dossier))
    head = tam_quang(Role.HAMLET_HEAD).full_name
    assert f"{head} đề xuất, {tam_quang(Role.SPECIALIST).full_name} nhập hộ theo bản giấy" in (
        text(page)
    )
    assert box(page, "nguoi-0-full_name") == head
    assert "Căn cứ: " not in text(page).replace("Căn cứ: Luật Bảo vệ dữ liệu", "")


def test_saved_sent_and_answered_with_a_code(entering, tam_quang):
    client, dossier = entering("zalo")
    client.post(to("dossier-edit", dossier), typed(dossier, save="1"))
    assert fresh(dossier).state == State.DRAFT
    page = client.get("/")
    assert "Bản nháp chưa gửi" in text(page)
    data = typed(fresh(dossier), send="1")
    answers = [client.post(to("dossier-edit", dossier), data, follow=True) for _ in range(2)]
    dossier = fresh(dossier)
    assert dossier.state == State.SUBMITTED
    assert f"Đã nhận. Mã hồ sơ: {dossier.receipt}." in text(answers[0])
    assert answers[1].redirect_chain == [(to("dossier", dossier), 302)]
    acts = list(history(dossier).values_list("act", flat=True))
    assert acts == ["enter", "edit_entered", "edit_entered", "submit_entered"]
    case = text(client.get(to("dossier", dossier)))
    assert f"Mã hồ sơ: {dossier.receipt}" in case
    assert "nhập hộ theo tin Zalo nhận ngày" in case
    assert dossier.receipt in text(client.get(reverse("dossiers")))
    assert "nhập hộ theo tin Zalo" in text(client.get(to("dossier-check-content", dossier)))


def test_nothing_typed_is_lost_when_a_rule_refuses(entering):
    client, dossier = entering()
    rows = [ROWS[0], ("Vi Thị Hoa", "1992", "12345", "deputy", ""), *ROWS[2:]]
    page = client.post(to("dossier-edit", dossier), typed(dossier, rows, send="1"))
    assert page.status_code == 422
    assert box(page, "nguoi-1-phone") == "12345"
    sent = client.post(to("dossier-edit", dossier), typed(fresh(dossier), send="1"))
    assert sent.status_code == 302


def test_a_case_sent_back_is_entered_again_with_how(acting, entering, road, tam_quang):
    client, dossier = entering()
    client.post(to("dossier-edit", dossier), typed(dossier, send="1"))
    specialist = tam_quang(Role.SPECIALIST)
    dossier = road.do(fresh(dossier), "return_for_correction", specialist, note="Thiếu.")
    case = client.get(to("dossier", dossier)).content.decode()
    assert to("dossier-enter", dossier) in case
    assert 'name="send"' not in client.get(to("dossier-edit", dossier)).content.decode()
    page = client.get(to("dossier-enter", dossier))
    assert dossier.author.full_name in text(page)
    data = how("phone", seen=dossier.revision)
    answers = [client.post(to("dossier-enter", dossier), data) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [to("dossier-edit", dossier)] * 2
    assert history(dossier).filter(act="enter").count() == 2
    client.post(to("dossier-edit", dossier), typed(fresh(dossier), send="1"))
    assert "theo điện thoại" in fresh(dossier).proposal.content["note"]


def test_a_stale_page_is_told_so_and_keeps_what_was_typed(entering, road, tam_quang):
    client, dossier = entering()
    road.do(dossier, "edit", tam_quang(Role.HAMLET_HEAD), seats={})
    page = client.post(to("dossier-enter", dossier), how("zalo", seen=dossier.revision))
    assert page.status_code == 409
    assert '<option value="zalo" selected>' in page.content.decode()


@pytest.mark.parametrize("role", [Role.CLERK, Role.CHAIRMAN, Role.HAMLET_HEAD])
def test_nobody_else_enters_for_the_author(role, acting, road):
    dossier = road.to(State.RETURNED)
    client = acting(role)
    assert 'name="channel"' not in client.get(to("dossier-enter", dossier)).content.decode()
    answer = client.post(to("dossier-enter", dossier), how(seen=dossier.revision))
    assert answer.status_code == 409
    assert fresh(dossier).entered_by is None


def test_his_neighbour_and_another_commune_find_nothing(acting, client, entering, hac_thanh):
    _specialist, dossier = entering(file=SCAN)
    digest = dossier.received_file.rpartition("/")[2].partition(".")[0]
    addresses = [
        to("dossier-enter", dossier), to("dossier-edit", dossier),
        to("dossier-scan", dossier, digest),
    ]  # fmt: skip
    neighbour = acting(Role.HAMLET_HEAD, 1)
    assert [neighbour.get(address).status_code for address in addresses] == [404] * 3
    client.force_login(hac_thanh(Role.SPECIALIST))
    assert [client.get(address).status_code for address in addresses] == [404] * 3


def test_the_photo_opens_for_the_author_and_is_kept_nowhere_else(acting, entering):
    _client, dossier = entering(file=SCAN)
    head = acting(Role.HAMLET_HEAD)
    page = head.get(to("dossier", dossier)).content.decode()
    [address] = set(re.findall(r'href="([^"]*/ban-nhan/[^"]*)"', page))
    photo = head.get(address)
    assert (photo.content, photo["Content-Type"]) == (SCAN, "image/png")
    assert photo["Cache-Control"] == "private, no-store"
    assert head.get(to("dossier-scan", dossier, "0" * 64)).status_code == 404


# The code ----------------------------------------------------------------------------------------


def test_who_sends_himself_is_told_his_code(acting, draft):
    client = acting(Role.HAMLET_HEAD)
    page = client.post(to("dossier-edit", draft), typed(draft, send="1"), follow=True)
    code = fresh(draft).receipt
    assert re.fullmatch(r"16933-\d{4}", code)
    assert f"Đã nhận. Mã hồ sơ: {code}." in text(page)


# What is asked about a person --------------------------------------------------------------------


def seen_fields(page):
    """The names of the fields on a page that stand neither hidden nor folded away."""
    html = page.content.decode()
    html = re.sub(r'<div class="guardian"[^>]* hidden>.*?(?=<details)', "", html, flags=re.S)
    html = re.sub(r"<details class=\"more\">.*?</details>", "", html, flags=re.S)
    return re.findall(r'<(?:input(?! type="hidden")|select)[^>]*name="(nguoi-\d+-\w+)"', html)


def test_a_first_proposal_shows_fewer_than_fifteen_fields(acting, draft):
    client = acting(Role.HAMLET_HEAD)
    first = client.get(to("dossier-edit", draft))
    assert len(seen_fields(first)) == 10
    rows = [("Lô Văn Thìn", "", "0911933001", "leader", "Trưởng bản"),
            ("Vi Thị Hoa", "", "", "deputy", ""), ("", "", "", "member", "")]  # fmt: skip
    three = client.post(to("dossier-edit", draft), typed(draft, rows[:2], more="1"))
    names = seen_fields(three)
    assert "nguoi-2-full_name" in names
    assert len(names) == 14
    assert not any("guardian" in name for name in names)


def test_the_page_of_the_list_is_light(acting, draft):
    rows = [(f"Người {n}", "", "", "member", "") for n in range(12)]
    page = acting(Role.HAMLET_HEAD).post(to("dossier-edit", draft), typed(draft, rows, more="1"))
    assert len(gzip.compress(page.content)) < 10_000


def test_a_child_opens_the_guardian_when_the_list_is_saved(acting, draft):
    client = acting(Role.HAMLET_HEAD)
    rows = [*ROWS[:4], ("La Văn Nhỏ", str(YEAR - 14), "", "member", "Học sinh")]
    client.post(to("dossier-edit", draft), typed(draft, rows, save="1"))
    page = client.get(to("dossier-edit", draft))
    assert [n for n in seen_fields(page) if "guardian" in n] == [
        "nguoi-4-guardian_name", "nguoi-4-guardian_phone", "nguoi-4-guardian_relation",
    ]  # fmt: skip
    said = text(page)
    assert "La Văn Nhỏ chưa đủ 16 tuổi" in said
    assert "91/2025/QH15, Điều 24 khoản 2" in said
    more = {"nguoi-4-guardian_name": "La Thị Mẹ", "nguoi-4-guardian_phone": "12"}
    wrong = client.post(to("dossier-edit", draft), typed(fresh(draft), rows, send="1", **more))
    assert wrong.status_code == 422
    assert box(wrong, "nguoi-4-guardian_phone") == "12"
    assert "nguoi-4-guardian_phone_error" in wrong.content.decode()
    more["nguoi-4-guardian_phone"] = "0988 777 666"
    sent = client.post(to("dossier-edit", draft), typed(fresh(draft), rows, send="1", **more))
    assert sent.status_code == 302
    seat = draft.changes.get().seats.get(full_name="La Văn Nhỏ")
    assert (seat.guardian_name, seat.guardian_phone) == ("La Thị Mẹ", "0988777666")
    case = text(client.get(to("dossier", draft)))
    assert "Cha, mẹ hoặc người giám hộ: La Thị Mẹ" in case


def test_the_tick_is_kept_and_blocks_nothing(acting, draft):
    client = acting(Role.HAMLET_HEAD)
    data = typed(draft, save="1", **{"nguoi-1-may_publish": "on"})
    client.post(to("dossier-edit", draft), data)
    page = client.get(to("dossier-edit", draft)).content.decode()
    assert re.search(r'name="nguoi-1-may_publish"[^>]*checked', page)
    assert not re.search(r'name="nguoi-2-may_publish"[^>]*checked', page)
    client.post(to("dossier-edit", draft), typed(fresh(draft), send="1"))
    assert fresh(draft).state == State.SUBMITTED
    assert not draft.changes.get().seats.filter(may_publish=True).exists()


def test_the_notice_says_what_is_kept_why_and_who_sees_it(acting, draft):
    page = acting(Role.HAMLET_HEAD).get(to("dossier-edit", draft))
    said = text(page)
    for words in (
        "Xã giữ những gì, ai xem được?", "báo cho từng người", "nhiệm vụ của mình",
        "91/2025/QH15, Điều 4, 9, 19, 24", "356/2025/NĐ-CP", "không đồng ý vẫn vào tổ",
    ):  # fmt: skip
        assert words in said, words


def test_a_guardian_is_not_shown_to_who_may_not_see_phones(client, draft, acting, tam_quang):
    rows = [*ROWS[:4], ("La Văn Nhỏ", str(YEAR - 14), "", "member", "Học sinh")]
    head = acting(Role.HAMLET_HEAD)
    head.post(
        to("dossier-edit", draft),
        typed(draft, rows, send="1", **{"nguoi-4-guardian_name": "La Thị Mẹ"}),
    )
    from workflows.models import Holding

    vacate(tam_quang.post(Role.HAMLET_HEAD))
    successor = tam_quang(Role.YOUTH_SECRETARY)
    Holding.objects.create(
        post=tam_quang.post(Role.HAMLET_HEAD), user=successor, since=timezone.localdate()
    )
    client.force_login(successor)
    page = text(client.get(to("dossier", draft)))
    assert "La Văn Nhỏ" in page
    assert "La Thị Mẹ" not in page


# The empty form ----------------------------------------------------------------------------------


def sheet(answer):
    assert answer["Content-Type"] == "application/pdf"
    with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
        [page] = pdf.pages
        return " ".join(page.extract_text().split()), page


def test_the_empty_form_is_one_sheet_with_ten_lines(acting, tam_quang):
    client, post = acting(Role.SPECIALIST), tam_quang.post(Role.HAMLET_HEAD)
    words, page = sheet(client.get(reverse("blank-proposal")))
    assert "Ủy ban nhân dân xã Tam Quang" in words
    assert "bản Bãi Sở" not in words
    words, page = sheet(client.get(reverse("blank-proposal"), {"noi": post.pk}))
    assert "BẢN BÃI SỞ" in words
    assert "Trưởng bản Bãi Sở" in words
    for asked in ("Họ và tên", "Năm sinh", "Số điện thoại", "Cho", "công bố", "Mã hồ sơ"):
        assert asked in words
    rows = page.extract_tables()[0]
    assert len(rows) == 11
    heights = {round(row.bbox[3] - row.bbox[1]) for row in page.find_tables()[0].rows[1:]}
    assert min(heights) >= 28  # 10 mm: room for a pen


def test_the_empty_form_knows_the_places_of_ones_own_commune_alone(acting, client, hac_thanh):
    acting(Role.HAMLET_HEAD)
    foreign = hac_thanh.post(Role.HAMLET_HEAD).pk
    for asked in (foreign, "x", 2**70, 0):
        assert client.get(reverse("blank-proposal"), {"noi": asked}).status_code == 404


def test_both_ways_in_lead_to_the_empty_form(acting, tam_quang):
    head = acting(Role.HAMLET_HEAD).get(reverse("start")).content.decode()
    assert f"{reverse('blank-proposal')}?noi={tam_quang.post(Role.HAMLET_HEAD).pk}" in head
    office = acting(Role.SPECIALIST).get(reverse("behalf")).content.decode()
    assert f'href="{reverse("blank-proposal")}"' in office


def test_the_new_pages_carry_no_inline_style_or_script(entering, tam_quang):
    client, dossier = entering()
    for address in (reverse("behalf"), begin(tam_quang, 1), to("dossier-enter", dossier),
                    to("dossier-edit", dossier)):  # fmt: skip
        assert not re.search(FORBIDDEN, client.get(address).content.decode()), address
