"""The office's steps: what is read, what is refused, what is done."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from documents.models import Document, Series
from procedures.roles import Role
from tests.conftest import PASSPHRASE
from workflows.states import State

from .pages import box, fresh, text, to, typed


def test_the_specialist_reads_the_paper_and_lets_it_pass(acting, road):
    dossier, client = road.to(State.SUBMITTED), acting(Role.SPECIALIST)
    page = client.get(to("dossier-check-content", dossier))
    [picture] = re.findall(r'<img src="([^"]+)"', page.content.decode())
    image = client.get(picture)
    assert image["Content-Type"] == "image/png"
    assert image["Cache-Control"] == "private, no-store"
    assert image.content.startswith(b"\x89PNG")
    client.post(to("dossier-check-content", dossier), {"seen": dossier.revision})
    assert fresh(dossier).state == State.CHECKED


def test_a_picture_of_another_version_is_not_shown(acting, road):
    dossier, client = road.to(State.SUBMITTED), acting(Role.SPECIALIST)
    wrong = to("dossier-picture", dossier, "proposal", "0" * 16, 1)
    assert client.get(wrong).status_code == 404
    page = client.get(to("dossier-check-content", dossier)).content.decode()
    [right] = re.findall(r'<img src="([^"]+)"', page)
    assert client.get(right.replace("/1.png", "/2.png")).status_code == 404


def test_the_wrong_person_cannot_let_it_pass(acting, road):
    dossier = road.to(State.SUBMITTED)
    data = {"seen": dossier.revision}
    page = acting(Role.CLERK).post(to("dossier-check-content", dossier), data)
    assert page.status_code == 409
    assert "Việc này thuộc chuyên viên" in text(page)
    assert fresh(dossier).state == State.SUBMITTED


def test_a_stale_check_shows_the_paper_as_it_now_is(acting, road):
    dossier = road.to(State.RETURNED)
    stale = dossier.revision - 1
    client = acting(Role.HAMLET_HEAD)
    client.post(to("dossier-edit", dossier), typed(dossier, send="1"))
    page = acting(Role.SPECIALIST).post(to("dossier-check-content", dossier), {"seen": stale})
    assert page.status_code == 409
    assert box(page, "seen") == str(fresh(dossier).revision)
    assert fresh(dossier).state == State.SUBMITTED


def test_signing_shows_the_capacity_and_refuses_a_wrong_passphrase(acting, road):
    dossier, client = road.to(State.CLEARED), acting(Role.DEPUTY_CHAIRMAN)
    page = client.get(to("dossier-sign", dossier, "decision"))
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in text(page)
    assert "Thông báo số 12/TB-UBND" in text(page)
    data = {"seen": dossier.revision, "passphrase": "nhầm", "says": box(page, "says")}
    wrong = client.post(to("dossier-sign", dossier, "decision"), data)
    assert wrong.status_code == 422
    assert "nhầm" not in wrong.content.decode()
    assert not Document.objects.filter(kind="decision").exists()
    assert fresh(dossier).revision == dossier.revision
    done = client.post(to("dossier-sign", dossier, "decision"), data | {"passphrase": PASSPHRASE})
    assert done["Location"] == to("dossier", dossier)
    assert fresh(dossier).state == State.SIGNED


def test_a_double_click_on_sign_takes_one_number(acting, road):
    dossier, client = road.to(State.CLEARED), acting(Role.CHAIRMAN)
    page = client.get(to("dossier-sign", dossier, "decision"))
    data = {"seen": dossier.revision, "passphrase": PASSPHRASE, "says": box(page, "says")}
    answers = [client.post(to("dossier-sign", dossier, "decision"), data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Document.objects.filter(kind="decision").count() == 1


def test_what_changed_beside_the_dossier_since_it_was_read_is_not_signed(acting, road):
    dossier, client = road.to(State.CLEARED), acting(Role.CHAIRMAN)
    page = client.get(to("dossier-sign", dossier, "decision"))
    data = {"seen": dossier.revision, "passphrase": PASSPHRASE, "says": box(page, "says")}
    commune = dossier.commune
    commune.plan = commune.plan.replace("45/KH-UBND", "46/KH-UBND")
    commune.save()
    again = client.post(to("dossier-sign", dossier, "decision"), data)
    assert again.status_code == 409
    assert "đọc lại bản mới" in text(again)
    assert fresh(dossier).revision == dossier.revision
    data["says"] = box(again, "says")
    assert client.post(to("dossier-sign", dossier, "decision"), data).status_code == 302


def test_a_deputy_of_another_field_sees_the_page_but_no_way_to_sign_it(acting, road):
    dossier, client = road.to(State.CLEARED), acting(Role.DEPUTY_CHAIRMAN, 1)
    page = client.get(to("dossier-sign", dossier, "decision"))
    assert 'name="passphrase"' not in page.content.decode()
    assert "văn bản phân công lĩnh vực này" in text(page)
    data = {"seen": dossier.revision, "passphrase": PASSPHRASE}
    assert client.post(to("dossier-sign", dossier, "decision"), data).status_code == 409
    assert fresh(dossier).state == State.CLEARED


def external(dossier):
    Series.objects.filter(pk=dossier.series("decision").pk).update(mode="external")


def test_where_the_office_numbers_the_clerk_types_number_and_date(acting, road):
    dossier, client = road.to(State.APPRAISED), acting(Role.CLERK)
    external(dossier)
    data = {"seen": dossier.revision, "number": "45a", "date": "2026-13-01"}
    wrong = client.post(to("dossier-check-form", dossier), data)
    assert wrong.status_code == 422
    assert box(wrong, "number") == "45a"
    today = timezone.localdate()
    client.post(to("dossier-check-form", dossier), data | {"number": "45", "date": today})
    assert fresh(dossier).state == State.CLEARED
    assert (fresh(dossier).decision_number, fresh(dossier).decision_date) == (45, today)


def scan(data=b"%PDF-1.7 scan", name="ban-quet.pdf"):
    return SimpleUploadedFile(name, data)


def test_a_paper_signed_with_ink_is_recorded_with_its_scan(acting, road, tam_quang):
    dossier, client = road.to(State.CLEARED), acting(Role.CLERK)
    external(dossier)
    chairman = tam_quang(Role.CHAIRMAN)
    data = {
        "seen": dossier.revision, "signer": chairman.pk, "number": "45",
        "date": timezone.localdate(),
    }  # fmt: skip
    wrong = client.post(to("dossier-paper", dossier, "decision"), data | {"scan": scan(b"MZ")})
    assert wrong.status_code == 422
    assert "phải là tệp PDF" in text(wrong)
    assert box(wrong, "number") == "45"
    future = data | {"date": "2099-01-01", "scan": scan()}
    assert client.post(to("dossier-paper", dossier, "decision"), future).status_code == 422
    done = client.post(to("dossier-paper", dossier, "decision"), data | {"scan": scan()})
    assert done.status_code == 302
    decision = fresh(dossier).decision
    assert (decision.number, decision.medium, decision.state) == (45, "paper", "signed")
    got = client.get(reverse("document-download", args=[decision.pk]))
    assert got.status_code == 200


def picture(size):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(("data", "drawn"), [(picture((2480, 3508)), True), (b"%PDF-1.7 x", False),
                                             (b"\xff\xd8\xff x", False)])  # fmt: skip
def test_a_scan_is_shown_where_it_can_be_drawn(data, drawn, acting, road, tam_quang):
    dossier, client = road.to(State.CLEARED), acting(Role.CLERK)
    typed = {
        "seen": dossier.revision, "signer": tam_quang(Role.CHAIRMAN).pk,
        "date": timezone.localdate(), "scan": scan(data),
    }  # fmt: skip
    assert client.post(to("dossier-paper", dossier, "decision"), typed).status_code == 302
    for name, more in (("dossier-seal", ()), ("dossier-read", ("decision",))):
        page = client.get(to(name, dossier, *more))
        assert page.status_code == 200
        pictures = re.findall(r'<img src="([^"]+)"', page.content.decode())
        assert len(pictures) == drawn
        assert ("Không xem được tệp này" in text(page)) != drawn
        assert client.get(to("dossier-preview", dossier, "decision")).content == data
        for address in pictures:
            assert client.get(address).content.startswith(b"\x89PNG")


def test_a_number_taken_already_is_said_at_its_field(acting, road, tam_quang):
    first = road.to(State.CLEARED)
    external(first)
    client = acting(Role.CLERK)
    data = {"signer": tam_quang(Role.CHAIRMAN).pk, "number": "45", "date": timezone.localdate()}
    second = road.to(State.CLEARED, tam_quang(Role.HAMLET_HEAD, 1))
    for dossier, status in ((first, 302), (second, 422)):
        page = client.post(
            to("dossier-paper", dossier, "decision"),
            data | {"seen": dossier.revision, "scan": scan()},
        )
        assert page.status_code == status
    assert "đã được dùng" in text(page)
    assert fresh(second).state == State.CLEARED


def test_the_print_for_ink_names_the_chosen_signer(acting, road, tam_quang):
    dossier, client = road.to(State.CLEARED), acting(Role.CLERK)
    deputy = tam_quang(Role.DEPUTY_CHAIRMAN)
    printed = client.get(to("dossier-print", dossier, "decision", deputy.pk))
    assert printed.content.startswith(b"%PDF-")
    nobody = tam_quang(Role.CLERK)
    assert client.get(to("dossier-print", dossier, "decision", nobody.pk)).status_code == 404


def test_seal_release_and_download(acting, road):
    dossier, client = road.to(State.SIGNED), acting(Role.CLERK)
    data = {"seen": dossier.revision, "passphrase": "nhầm"}
    assert client.post(to("dossier-seal", dossier), data).status_code == 422
    assert fresh(dossier).state == State.SIGNED
    client.post(to("dossier-seal", dossier), data | {"passphrase": PASSPHRASE})
    dossier = fresh(dossier)
    assert dossier.state == State.RELEASED
    file = client.get(reverse("document-download", args=[dossier.decision_id]))
    assert re.fullmatch(r'attachment; filename="\d+-QD-UBND\.pdf"', file["Content-Disposition"])
    assert file["Content-Type"] == "application/pdf"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Cache-Control"] == "private, no-store"
    assert file.content.startswith(b"%PDF-")


def test_a_seal_cut_off_before_release_is_finished_on_the_same_page(acting, road):
    dossier, client = road.to(State.SEALED), acting(Role.CLERK)
    page = client.get(to("dossier-seal", dossier))
    assert 'name="passphrase"' not in page.content.decode()
    client.post(to("dossier-seal", dossier), {"seen": dossier.revision})
    assert fresh(dossier).state == State.RELEASED
