"""An electronic copy signed with the agency's own tool: the file leaves, is signed, comes back."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from documents import nd30
from documents import service as documents
from procedures.issuing import certificates, copying
from procedures.models import CopyRequest
from procedures.roles import Role
from tests.documents.outside import Outside
from tests.procedures.views.pages import text
from workflows.errors import Refusal
from workflows.service import history

from .copying import asked, do, released


@pytest.fixture(scope="module")
def decision(django_db_setup, django_db_blocker):
    yield from released(django_db_blocker)


def taken_out_at(copy, moment):
    CopyRequest.objects.filter(pk=copy.pk).update(taken_out=moment)
    return CopyRequest.for_act().get(pk=copy.pk)


def brought(cast, copy, data):
    return copying.bring_sealed(copy, by=cast(Role.CLERK), seen=copy.revision, data=data)


def test_the_file_leaves_and_comes_back_within_a_quarter_of_an_hour(
    decision, tam_quang, client, tmp_path
):
    clerk, tool = tam_quang(Role.CLERK), Outside(tmp_path)
    copy = asked(tam_quang, decision, "extract.electronic", places=(0,))
    copy = do(copy, "allow_copy", tam_quang(Role.CHAIRMAN))
    with pytest.raises(Refusal, match="lấy tệp để ký trước"):
        brought(tam_quang, copy, b"%PDF-")
    client.force_login(clerk)
    page, file = (reverse(n, args=[copy.pk]) for n in ("copy-seal-outside", "copy-to-seal"))
    assert client.get(file).status_code == 404
    assert "Lấy tệp để ký số" in text(client.get(page))
    assert client.post(page, {"seen": copy.revision})["Location"] == page
    copy = CopyRequest.for_act().get(pk=copy.pk)
    assert (copy.state, copy.copy) == ("signed", None)
    # Who has only tokens has one for the seal; another's signature is none of the agency.
    for name, token in (("UBND xã Tam Quang", "seal"), ("Vi Thị Ngọc Ánh", "other")):
        data = tool.token(name, token)
        if token == "seal":
            certificates.enrol(tam_quang.agency, "seal", data, by=clerk)
    taken = copy.taken_out
    fresh = client.get(file).content
    assert fresh == copying.file_to_seal(copy)
    late = taken - datetime.timedelta(minutes=20)
    old = copying.file_to_seal(taken_out_at(copy, late))
    tool.ask("good", fresh, "seal", field="Seal")
    tool.ask("other", fresh, "other", field="Seal")
    tool.ask("painted", fresh, "seal", field="Seal", paint=True)
    tool.ask("late", old, "seal", field="Seal")
    tool.run()
    with pytest.raises(Refusal, match="cách nhau quá 15 phút"):
        brought(tam_quang, taken_out_at(copy, late), tool["late"])
    copy = taken_out_at(copy, taken)
    for data, why in (
        (fresh, "chưa có chữ ký mới"),
        (tool["late"], "không ký trên đúng bản đã tải về"),
        (tool["other"], "không phải chứng thư đang đăng ký"),
        (tool["painted"], "nội dung tệp đã bị sửa"),
        (documents.file_of(decision), "chọn lại tệp của bản sao này"),
    ):
        with pytest.raises(Refusal, match=why):
            brought(tam_quang, copy, data)
    assert copy.copy is None

    sent = {"seen": copy.revision, "file": SimpleUploadedFile("a.pdf", tool["good"])}
    assert client.post(page, sent)["Location"] == reverse("copy", args=[copy.pk])
    copy.refresh_from_db()
    made = copy.copy
    assert (copy.state, made.reference, made.issued) == ("released", "01/TrS-UBND", taken)
    assert nd30.check(documents.file_of(made)) == []
    verdict = documents.verify(documents.file_of(made))
    assert [check.sentence for check in verdict.checks if not check.ok] == []
    assert verdict.document_id == made.pk
    facts = [event.facts for event in history(copy) if event.act == "seal_copy"]
    assert facts == [{"outside": True}]
    assert "ký số bản sao bằng thiết bị của cơ quan" in text(
        client.get(reverse("copy", args=[copy.pk]))
    )
    # Over: nothing is taken out again, nor is the file handed out.
    again = client.post(reverse("copy-take-out", args=[copy.pk]), {"seen": copy.revision})
    assert again.status_code == 409
    assert client.get(file).status_code == 404
    # Nor does the same signature make another copy, taken out in that very second.
    twin = asked(tam_quang, decision, "extract.electronic", places=(0,))
    twin = do(twin, "allow_copy", tam_quang(Role.CHAIRMAN))
    twin = taken_out_at(do(twin, "take_copy_out", clerk), taken)
    assert copying.file_to_seal(twin) == fresh
    with pytest.raises(Refusal, match="đã nhận cho bản sao khác"):
        brought(tam_quang, twin, tool["good"])


def test_another_file_is_taken_when_the_time_is_over(decision, tam_quang, client):
    copy = asked(tam_quang, decision, "extract.electronic", places=(0,))
    copy = do(copy, "allow_copy", tam_quang(Role.CHAIRMAN))
    early = timezone.now() - datetime.timedelta(hours=1)
    copy = taken_out_at(do(copy, "take_copy_out", tam_quang(Role.CLERK)), early)
    client.force_login(tam_quang(Role.CLERK))
    stale = client.post(reverse("copy-take-out", args=[copy.pk]), {"seen": copy.revision - 1})
    assert stale.status_code == 409
    assert 'name="file"' in stale.content.decode()
    again = client.post(reverse("copy-take-out", args=[copy.pk]), {"seen": copy.revision})
    assert again["Location"] == reverse("copy-seal-outside", args=[copy.pk])
    copy.refresh_from_db()
    assert copy.taken_out > early
    paper = asked(tam_quang, decision, "true_copy.paper")
    assert client.get(reverse("copy-seal-outside", args=[paper.pk])).status_code == 404
