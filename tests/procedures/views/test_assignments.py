""" "Người và phân công": the clerk's pages, and nobody else's."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from procedures import access, assignments
from procedures.models import Commune
from procedures.roles import DIGITAL, Role
from workflows import authority
from workflows.models import Delegation, Event, Holding
from workflows.states import State

from .pages import box, text, to

DAY = datetime.timedelta(days=1)
PDF = b"%PDF-1.7 quet"
PAGES = [
    ("assignments", ()),
    ("assignment-add", ("ky-thay",)),
    ("assignment-add", ("thua-lenh",)),
    ("assignment-add", ("uy-quyen",)),
    ("assignment-add", ("lam-thay",)),
    ("ways", ()),
]


def scan(data=PDF, name="thong-bao.pdf"):
    return SimpleUploadedFile(name, data)


@pytest.fixture
def typed(tam_quang):
    """What the page of a KT. assignment sends."""
    today = timezone.localdate()
    return {
        "principal": tam_quang.post(Role.CHAIRMAN).pk,
        "delegate": tam_quang.post(Role.DEPUTY_CHAIRMAN, 1).pk,
        "field": DIGITAL,
        "since": today.isoformat(),
        "until": "",
        "paper": "Thông báo số 93/TB-UBND",
        "paper_date": today.isoformat(),
    }


@pytest.fixture
def entered(acting, typed):
    """A delegation entered through the page, with its scan."""
    acting(Role.CLERK).post(add("ky-thay"), typed | {"scan": scan()})
    return Delegation.objects.get(paper="Thông báo số 93/TB-UBND")


def add(form):
    return reverse("assignment-add", args=[form])


def kind_at(cast, role, user):
    desk = authority.Desk(f"{role}.{DIGITAL}", cast.agency, "")
    capacity = authority.capacity_at(desk, authority.capacities(user), (DIGITAL,))
    return capacity and capacity.kind


@pytest.mark.parametrize("role", sorted({*access.OFFICE, Role.HAMLET_HEAD} - {Role.CLERK}))
def test_for_everybody_but_the_clerk_there_is_no_such_page(role, acting, entered, tam_quang):
    client = acting(role)
    post = tam_quang.post(Role.CHAIRMAN)
    more = [("assignment-install", (post.pk,)), ("assignment-end", ("phan-cong", entered.pk))]
    before = Event.objects.count()
    for name, args in [*PAGES, *more]:
        assert client.get(reverse(name, args=args)).status_code == 404, name
        if name != "assignments":
            assert client.post(reverse(name, args=args), {}).status_code == 404, name
    assert Event.objects.count() == before
    assert reverse("assignments") not in client.get("/").content.decode()


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_the_clerk_opens_every_page(name, args, acting):
    assert acting(Role.CLERK).get(reverse(name, args=args)).status_code == 200


def test_what_belongs_to_another_commune_does_not_exist(client, entered, tam_quang, hac_thanh):
    client.force_login(hac_thanh(Role.CLERK))
    holding = tam_quang.post(Role.CHAIRMAN).holder()
    for name, args in (
        ("assignment-install", (tam_quang.post(Role.CHAIRMAN).pk,)),
        ("assignment-end", ("phan-cong", entered.pk)),
        ("assignment-end", ("chuc-vu", holding.pk)),
        ("assignment-end", ("khac", entered.pk)),
        ("assignment-end", ("phan-cong", 2**70)),
        ("assignment-scan", ("phan-cong", entered.pk)),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404, (name, args)
    assert "93/TB-UBND" not in text(client.get(reverse("assignments")))


def test_the_board_tells_posts_holders_and_papers(acting, tam_quang):
    page = text(acting(Role.CLERK).get(reverse("assignments")))
    for role in (Role.CHAIRMAN, Role.CLERK, Role.CHIEF_OF_OFFICE, Role.HAMLET_HEAD):
        assert f"{tam_quang.post(role).title} {tam_quang(role)} từ 01/07/2025" in page
    assert "Thông báo số 12/TB-UBND" in page
    assert "Khoa học - công nghệ, chuyển đổi số" in page


def test_a_deputy_is_assigned_with_the_paper_attached_and_signs(acting, entered, tam_quang):
    deputy = tam_quang(Role.DEPUTY_CHAIRMAN, 1)
    assert kind_at(tam_quang, Role.CHAIRMAN, deputy) == "KT"
    page = acting(Role.CLERK).get(reverse("assignments"))
    assert "Thông báo số 93/TB-UBND, ngày" in text(page)
    assert f"{tam_quang(Role.CLERK)} nhập lúc" in text(page)


def test_the_scan_is_for_the_office_alone(client, entered, tam_quang):
    address = reverse("assignment-scan", args=["phan-cong", entered.pk])
    for role in (Role.CHAIRMAN, Role.SPECIALIST):
        client.force_login(tam_quang(role))
        answer = client.get(address)
        assert answer.content == PDF
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Content-Type"] == "application/pdf"
    for role in (Role.HAMLET_HEAD, Role.YOUTH_SECRETARY):
        client.force_login(tam_quang(role))
        assert client.get(address).status_code == 404


def test_a_paper_entered_once_is_chosen_for_the_next_deputy(acting, entered, typed, tam_quang):
    known = {
        "known": f"delegation-{entered.pk}", "field": "moi-linh-vuc",
        "delegate": tam_quang.post(Role.DEPUTY_CHAIRMAN).pk, "paper": "", "paper_date": "",
    }  # fmt: skip
    assert acting(Role.CLERK).post(add("ky-thay"), typed | known).status_code == 302
    row = Delegation.objects.get(field="", kind="KT")
    assert (row.cited, row.scan_digest) == (entered.cited, entered.scan_digest)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"paper": " "}, "Ghi số và tên văn bản."),
        ({"paper_date": ""}, "Chọn ngày ghi trên văn bản."),
        ({"paper_date": "32/01/2026"}, "Ngày ghi dạng"),
        ({"scan": None}, "Chọn tệp quét"),
        ({"scan": b"MZ not a scan"}, "phải là tệp PDF, JPEG hoặc PNG"),
        ({"scan": b""}, "Tệp này trống"),
        ({"scan": PDF + b"x" * (10 * 1024 * 1024)}, "quá 10 MB"),
        ({"field": ""}, "Chọn một mục"),
        ({"since": ""}, "Chọn ngày."),
        ({"until": "2020-01-01"}, "Ngày kết thúc phải sau"),
        ({"paper_date": "2099-01-01", "since": "2099-01-02"}, "không thể sau hôm nay"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(more, said, acting, typed):
    data = typed | {"scan": PDF} | more
    file = data.pop("scan")
    if file is not None:
        data["scan"] = scan(file)
    answer = acting(Role.CLERK).post(add("ky-thay"), data)
    assert answer.status_code == 422
    assert said in text(answer)
    assert box(answer, "paper") == data["paper"]
    assert not Delegation.objects.filter(paper__contains="93/TB").exists()


def test_an_authorisation_without_an_end_is_refused_with_its_article(acting, typed, tam_quang):
    data = typed | {"delegate": tam_quang.post(Role.DIVISION_HEAD).pk, "scan": scan()}
    answer = acting(Role.CLERK).post(add("uy-quyen"), data)
    assert answer.status_code == 422
    assert "Điều 13 khoản 3 Nghị định 30/2020/NĐ-CP" in text(answer)


def test_a_deputy_of_the_division_does_not_sign_for_the_chairman(acting, typed, tam_quang):
    wrong = {"delegate": tam_quang.post(Role.DEPUTY_DIVISION_HEAD).pk, "scan": scan()}
    answer = acting(Role.CLERK).post(add("ky-thay"), typed | wrong)
    assert answer.status_code == 422
    assert "chỉ ký thay cấp trưởng của mình" in text(answer)


def test_posts_of_another_commune_or_another_role_are_not_offered(acting, typed, tam_quang,
                                                                  hac_thanh):  # fmt: skip
    for post in (hac_thanh.post(Role.DEPUTY_CHAIRMAN), tam_quang.post(Role.HAMLET_HEAD)):
        data = typed | {"delegate": post.pk, "scan": scan()}
        assert acting(Role.CLERK).post(add("ky-thay"), data).status_code == 422


def test_an_assignment_ends_with_a_date_and_stays_on_the_page(acting, entered, tam_quang):
    client = acting(Role.CLERK)
    yesterday = timezone.localdate() - DAY
    Delegation.objects.filter(pk=entered.pk).update(since=yesterday)
    address = reverse("assignment-end", args=["phan-cong", entered.pk])
    assert client.post(address, {"last": "hôm qua"}).status_code == 422
    late = client.post(address, {"last": (yesterday - DAY).isoformat()})
    assert "không thể trước ngày bắt đầu" in text(late)
    assert client.post(address, {"last": yesterday.isoformat()}).status_code == 302
    assert kind_at(tam_quang, Role.CHAIRMAN, tam_quang(Role.DEPUTY_CHAIRMAN, 1)) is None
    page = text(client.get(reverse("assignments")))
    assert f"{tam_quang(Role.CLERK)} ghi kết thúc lúc" in page
    again = client.post(address, {"last": timezone.localdate().isoformat()})
    assert again.status_code == 409
    assert "đã kết thúc rồi" in text(again)


def test_a_session_ends_with_the_post_that_another_takes_over(client, acting, typed, tam_quang):
    """The former head of the bản is signed out at his next step, on every device."""
    from django.test import Client

    former, post = tam_quang(Role.HAMLET_HEAD), tam_quang.post(Role.HAMLET_HEAD)
    phone = Client()
    phone.force_login(former)
    assert phone.get("/").status_code == 200
    heir = tam_quang(Role.HAMLET_HEAD, 1)
    data = {"user": heir.pk, "acting": "", "scan": scan()}
    data |= {name: typed[name] for name in ("since", "paper", "paper_date")}
    page = reverse("assignment-install", args=[post.pk])
    assert acting(Role.CLERK).post(page, data).status_code == 302
    assert phone.get("/")["Location"].startswith("/vao/")
    assert post.holder().user == heir


def test_only_people_of_the_commune_are_offered_for_a_post(acting, typed, tam_quang, hac_thanh):
    page = reverse("assignment-install", args=[tam_quang.post(Role.CHAIRMAN).pk])
    me, stranger = tam_quang(Role.CLERK), hac_thanh(Role.CHAIRMAN)
    shown = text(acting(Role.CLERK).get(page))
    assert str(tam_quang(Role.DEPUTY_CHAIRMAN)) in shown
    assert str(stranger) not in shown
    for user in (me, stranger):
        data = {name: typed[name] for name in ("since", "paper", "paper_date")}
        data |= {"user": user.pk, "scan": scan()}
        assert acting(Role.CLERK).post(page, data).status_code == 422
    assert Holding.objects.filter(user=stranger).count() == 1


def test_a_refusal_that_names_a_paper_leads_the_clerk_here(acting, road):
    dossier = road.to(State.CLEARED)
    link = f'href="{reverse("assignments")}"'
    for name, args in (("dossier-sign", ("decision",)),):
        assert link in acting(Role.CLERK).get(to(name, dossier, *args)).content.decode()
        page = acting(Role.DEPUTY_CHAIRMAN, 1).get(to(name, dossier, *args)).content.decode()
        assert "văn bản phân công lĩnh vực này" in page
        assert link not in page


def test_a_vacant_post_leads_the_clerk_here(acting, road, tam_quang):
    dossier = road.to(State.CHECKED)
    yesterday = timezone.localdate() - DAY
    heads = (Role.DIVISION_HEAD, Role.DEPUTY_DIVISION_HEAD)
    Holding.objects.filter(post__agency=tam_quang.agency, post__role__in=heads).update(
        until=yesterday
    )
    page = acting(Role.CLERK).get(to("dossier", dossier)).content.decode()
    assert "Hiện chưa có người giữ chức vụ này" in page
    assert f'href="{reverse("assignments")}">Nhập người thay' in page


def test_the_office_chooses_its_way(acting, tam_quang):
    client = acting(Role.CLERK)
    wrong = client.post(reverse("ways"), {"asking": "khac", "office_review": "yes"})
    assert wrong.status_code == 422
    client.post(reverse("ways"), {"asking": "slip", "office_review": "yes"})
    commune = Commune.objects.get(agency=tam_quang.agency)
    assert (commune.asking, commune.office_review) == ("slip", True)
    assert "Phiếu trình nội bộ" in text(client.get(reverse("assignments")))


def test_the_pages_cost_few_queries(acting, django_assert_max_num_queries):
    client = acting(Role.CLERK)
    with django_assert_max_num_queries(16):
        client.get(reverse("assignments"))


def test_each_form_has_posts_to_offer_in_the_demo(tam_quang):
    for form in assignments.FORMS:
        for roles in (form.principals, form.delegates):
            assert assignments.posts_of(tam_quang.agency, roles).exists()
