"""The pages of copies: begun by the clerk, allowed by who decides, sealed; a stranger sees none."""

import datetime
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents import nd30, service
from documents.models import Document, Medium
from procedures.models import CopyRequest, Dossier
from procedures.roles import Role
from procedures.views import consents
from tests.conftest import PASSPHRASE
from tests.documents.copying import page as scanned_page
from tests.documents.office import text_of
from workflows.models import Case, Holding
from workflows.states import State

from ..copying import asked, do, released
from .pages import text

FORBIDDEN = r"<script(?! src=\"/static/)|<style|\sstyle=|\son\w+="


@pytest.fixture(scope="module")
def decision(django_db_setup, django_db_blocker):
    yield from released(django_db_blocker)


def begun(client, original, way, **typed):
    typed = {"way": way, "recipients": "Sở Khoa học và Công nghệ", "quantity": 2} | typed
    return client.post(reverse("copy-begin", args=[original.pk]), typed)


def step(client, name, copy, **typed):
    address = reverse(name, args=[copy.pk])
    return client.post(address, {"seen": CopyRequest.objects.get(pk=copy.pk).revision, **typed})


def test_an_electronic_copy_from_the_register_to_the_public(
    decision, acting, client, django_capture_on_commit_callbacks
):
    clerk = acting(Role.CLERK)
    address = reverse("copy-begin", args=[decision.pk])
    assert f'href="{address}"' in clerk.get("/so-van-ban/", follow=True).content.decode()
    page = clerk.get(address)
    words = text(page)
    assert "Trích sao những phần nào?" in words
    assert "Điều 1." in words
    assert "Bản quét các trang" not in words
    nothing = begun(clerk, decision, "extract.electronic", recipients="")
    assert nothing.status_code == 422
    assert "chọn ít nhất một phần" in text(nothing)
    assert "Ô này không được để trống" in text(nothing)
    wrong = begun(clerk, decision, "true_copy.electronic")
    assert "Chọn một hình thức sao ghi trên trang" in text(wrong)
    answer = begun(clerk, decision, "extract.electronic", parts=["p0", "p1"])
    copy = CopyRequest.objects.get()
    assert answer["Location"] == reverse("copy", args=[copy.pk])
    shown = clerk.get(answer["Location"])
    assert "Chờ lãnh đạo cho sao" in text(shown)
    assert not re.search(FORBIDDEN, shown.content.decode())
    picture = clerk.get(reverse("copy-picture", args=[copy.pk, 1]))
    assert picture["Content-Type"] == "image/png"
    assert clerk.get(reverse("copy-picture", args=[copy.pk, 9])).status_code == 404
    assert clerk.get(reverse("copy-file", args=[copy.pk])).status_code == 404
    # Not his to allow: the page says so, the press is refused.
    assert step(clerk, "copy-allow", copy).status_code == 409
    assert "Việc này thuộc Chủ tịch" in text(step(clerk, "copy-allow", copy))

    chairman = acting(Role.CHAIRMAN)
    assert copy.title in text(chairman.get("/"))
    assert "Cho sao văn bản" in text(chairman.get("/"))
    assert chairman.get(reverse("tray")).status_code == 200
    assert step(chairman, "copy-allow", copy).status_code == 302

    clerk = acting(Role.CLERK)
    address = reverse("copy-seal", args=[copy.pk])
    assert "Mật khẩu khóa ký" in text(clerk.get(address))
    wrong = step(clerk, "copy-seal", copy, passphrase="nhầm")
    assert wrong.status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert step(clerk, "copy-seal", copy, passphrase=PASSPHRASE).status_code == 302
    copy.refresh_from_db()
    assert copy.copy.reference == "01/TrS-UBND"
    assert nd30.check(clerk.get(reverse("copy-file", args=[copy.pk])).content) == []
    page = text(clerk.get(reverse("documents:public", args=[copy.copy.token])))
    assert f"Bản sao của Quyết định số {decision.reference}" in page
    assert "Văn bản được sao đang có hiệu lực" in page
    assert "Cơ quan sao văn bản" in page
    register = clerk.get("/so-van-ban/", follow=True).content.decode()
    assert f'href="{reverse("copy", args=[copy.pk])}"' in register
    # Of a trích sao no copy can be taken (Điều 25).
    assert reverse("copy-begin", args=[copy.copy_id]) not in register
    again = clerk.get(address)
    assert "đang ở bước “Đã phát hành bản sao”" in text(again)
    assert copy.title in text(clerk.get(reverse("copies")))
    _found_and_handed_over(clerk, copy, acting)


def _found_and_handed_over(clerk, copy, acting):
    """By its number or what is copied; in the ZIPs of the case for the office, not for others."""
    for asked_for in ("1/trs", "ban trich sao so khoa hoc"):
        found = clerk.get(reverse("search"), {"q": asked_for}).content.decode()
        assert f'href="{reverse("copy", args=[copy.pk])}"' in found
        assert "01/TrS-UBND" in found
    case = Dossier.objects.get(decision=copy.original)
    handed = zipped(clerk.get(reverse("dossier-handover", args=[case.pk])))
    names = [name for name in handed if "TrS" in name and name.endswith(".edxml")]
    [envelope] = [handed[name] for name in names]
    said = ElementTree.fromstring(envelope)
    assert next(said.iter("TypeName")).text == "Bản trích sao"
    assert "Sở Khoa học và Công nghệ" in [name.text for name in said.iter("OrganName")]
    listed = handed["muc-luc-van-ban.csv"].decode("utf-8-sig")
    assert f"sao từ văn bản số {copy.original.reference}" in listed
    papers = zipped(clerk.get(reverse("dossier-bundle", args=[case.pk])))
    assert [name for name in papers if "TrS" in name]
    head = acting(Role.HAMLET_HEAD)
    papers = zipped(head.get(reverse("dossier-bundle", args=[case.pk])))
    assert len(papers) > 1
    assert not [name for name in papers if "TrS" in name]
    assert copy.title not in text(head.get(reverse("search"), {"q": "1/trs"}))


def zipped(answer):
    data = b"".join(answer) if answer.streaming else answer.content
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_paper_copy_and_a_copy_given_up(decision, acting, tam_quang):
    clerk = acting(Role.CLERK)
    begun(clerk, decision, "true_copy.paper", quantity="hai")
    assert not CopyRequest.objects.exists()
    begun(clerk, decision, "true_copy.paper")
    copy = CopyRequest.objects.get()
    chairman = tam_quang(Role.CHAIRMAN)
    page = clerk.get(reverse("copy-record", args=[copy.pk]))
    assert f"Tải bản in để {chairman} ký" in text(page)
    printed = clerk.get(reverse("copy-print", args=[copy.pk, chairman.pk]))
    assert printed["Content-Type"] == "application/pdf"
    assert clerk.get(reverse("copy-print", args=[copy.pk, 0])).status_code == 404
    today = f"{timezone.localdate():%Y-%m-%d}"
    assert step(clerk, "copy-record", copy, date=today).status_code == 422
    assert step(clerk, "copy-record", copy, date=today, signer=chairman.pk).status_code == 302
    assert "Ghi số 01/SY-UBND" in text(clerk.get(reverse("copy-seal", args=[copy.pk])))
    assert step(clerk, "copy-seal", copy).status_code == 302
    shown = text(clerk.get(reverse("copy", args=[copy.pk])))
    assert "Số lượng bản 02" in shown
    assert "Sao lục từ bản sao y này" in shown

    copy.refresh_from_db()
    address = reverse("copy-begin", args=[copy.copy_id])
    assert "Bản quét các trang" in text(clerk.get(address))
    torn = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff torn")
    answer = begun(clerk, copy.copy, "recopy.electronic", scans=torn)
    assert "Tệp quét hỏng" in text(answer)
    assert "Sở Khoa học và Công nghệ" in answer.content.decode()
    coarse = SimpleUploadedFile("a.jpg", scanned_page((1240, 1754)))
    assert "chỉ có 150 dpi" in text(begun(clerk, copy.copy, "recopy.electronic", scans=coarse))
    none = begun(clerk, copy.copy, "recopy.electronic")
    assert "Chọn tệp quét" in text(none)
    good = [SimpleUploadedFile(f"{n}.jpg", scanned_page()) for n in range(2)]
    begun(clerk, copy.copy, "recopy.electronic", scans=good)
    recopy = CopyRequest.objects.first()
    assert len(recopy.scans) == 2
    assert clerk.get(reverse("copy-picture", args=[recopy.pk, 2])).status_code == 200
    address = reverse("copy-act", args=[recopy.pk, "withdraw_copy"])
    assert clerk.post(address, {"seen": recopy.revision}).status_code == 422
    assert clerk.post(address, {"seen": recopy.revision, "note": "Thôi."}).status_code == 302
    recopy.refresh_from_db()
    assert recopy.state == "withdrawn"
    assert clerk.get(reverse("copy-act", args=[recopy.pk, "seal_copy"])).status_code == 404


def test_a_copy_given_up_or_that_nobody_can_sign_is_not_drawn(decision, acting, tam_quang):
    clerk, chairman = acting(Role.CLERK), tam_quang(Role.CHAIRMAN)
    copies = [asked(tam_quang, decision, "true_copy.paper") for _n in range(2)]
    pictures = [reverse("copy-picture", args=[copy.pk, 1]) for copy in copies]
    prints = [reverse("copy-print", args=[copy.pk, chairman.pk]) for copy in copies]
    assert [clerk.get(address).status_code for address in pictures + prints] == [200] * 4
    do(copies[0], "withdraw_copy", tam_quang(Role.CLERK), note="Thôi.")
    assert [clerk.get(each[0]).status_code for each in (pictures, prints)] == [404] * 2
    ended = timezone.localdate() - datetime.timedelta(days=1)
    signing = (Role.CHAIRMAN, Role.DEPUTY_CHAIRMAN)
    Holding.objects.filter(post__agency=tam_quang.agency, post__role__in=signing).update(
        since=ended, until=ended
    )
    assert [clerk.get(each[1]).status_code for each in (pictures, prints)] == [404] * 2
    assert "chưa có người ký được" in text(clerk.get(reverse("copy", args=[copies[1].pk])))


def test_an_electronic_original_of_another_system_is_printed(decision, acting, tam_quang):
    Document.objects.filter(pk=decision.pk).update(medium=Medium.UPLOADED)
    clerk, chairman = acting(Role.CLERK), tam_quang(Role.CHAIRMAN)
    words = text(clerk.get(reverse("copy-begin", args=[decision.pk])))
    assert "Bản sao y: từ tệp điện tử; bản giấy" in words
    begun(clerk, decision, "true_copy.paper")
    copy = CopyRequest.objects.get()
    assert len(copy.scans) == service.page_count(service.file_of(decision))
    assert clerk.get(reverse("copy-picture", args=[copy.pk, 1])).status_code == 200
    printed = clerk.get(reverse("copy-print", args=[copy.pk, chairman.pk])).content
    assert "SAO Y" in text_of(printed)


def test_others_begin_none_and_strangers_see_none(decision, acting, tam_quang, hac_thanh, client):
    copy = asked(tam_quang, decision, "extract.electronic")
    names = ("copy", "copy-record", "copy-seal", "copy-file")
    addresses = [reverse(name, args=[copy.pk]) for name in names] + [
        reverse("copy-begin", args=[decision.pk]),
        reverse("copy-picture", args=[copy.pk, 1]),
        reverse("copy-print", args=[copy.pk, tam_quang(Role.CHAIRMAN).pk]),
        reverse("copy-act", args=[copy.pk, "refuse_copy"]),
    ]
    for role in (Role.CLERK, Role.CHAIRMAN, Role.HAMLET_HEAD):
        client.force_login(hac_thanh(role))
        assert [client.get(address).status_code for address in addresses] == [404] * 8
        assert step(client, "copy-allow", copy).status_code == 404
        assert copy.title not in text(client.get(reverse("copies")))
    # A head of hamlet sees the decision on his place, and makes no copies of it.
    head = acting(Role.HAMLET_HEAD)
    assert head.get(reverse("copy", args=[copy.pk])).status_code == 404
    answer = begun(head, decision, "true_copy.paper")
    assert "Chỉ văn thư lập bản sao" in text(answer)
    specialist = acting(Role.SPECIALIST)
    assert "Chỉ văn thư lập bản sao" in text(specialist.get(addresses[4]))
    for absent in (0, 2**70):
        assert specialist.get(reverse("copy", args=[absent])).status_code == 404
        assert specialist.get(reverse("copy-begin", args=[absent])).status_code == 404
    # What is not released is refused with the article.
    unreleased = do(
        asked(tam_quang, decision, "true_copy.paper"), "record_paper_copy", tam_quang(Role.CLERK),
        signer=tam_quang(Role.CHAIRMAN), date=timezone.localdate(),
    ).copy  # fmt: skip
    words = text(acting(Role.CLERK).get(reverse("copy-begin", args=[unreleased.pk])))
    assert "Chỉ sao văn bản đã phát hành" in words
    assert "Điều 25" in words
    assert CopyRequest.objects.count() == 2


def test_the_list_and_the_inbox_cost_the_same_for_many(decision, acting, tam_quang):
    clerk, counts = acting(Role.CLERK), []
    for wave in (1, 4):
        for _n in range(wave):
            asked(tam_quang, decision, "true_copy.paper")
        for address in (reverse("copies"), "/"):
            clerk.get(address)
            with CaptureQueriesContext(connection) as seen:
                clerk.get(address)
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
    CopyRequest.objects.update(moved=timezone.now() - datetime.timedelta(days=30))
    late = text(clerk.get(reverse("late")))
    assert late.count(f"Bản sao y Quyết định số {decision.reference}") == 5
    assert "Chờ ký tay bản sao" in late


def test_a_copy_with_the_key_of_a_case_is_not_that_case(decision, road, acting, tam_quang):
    """What waits for a signature, or for a consent, is asked of cases alone."""
    waiting = road.to(State.CLEARED, tam_quang(Role.HAMLET_HEAD, 1))
    copy = asked(tam_quang, decision, "extract.electronic")
    CopyRequest.objects.filter(pk=copy.pk).update(id=waiting.pk)
    kind = ContentType.objects.get_for_model(CopyRequest)
    cases = Case.objects.filter(seed_content_type=kind, seed_object_id=copy.pk)
    assert cases.update(seed_object_id=waiting.pk) == 1
    tray = acting(Role.CHAIRMAN).get(reverse("tray"))
    assert [item.dossier for item in tray.context["items"]] == [waiting]
    assert not consents.asks_consent(CopyRequest(state=State.AWAITING_CONSENT))
    assert consents.asks_consent(Dossier(state=State.AWAITING_CONSENT))
