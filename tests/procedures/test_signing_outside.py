"""A decision signed with a tool of the signer's own: the file leaves, is signed, comes back."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from documents import service as documents
from documents.models import Document
from procedures.files import exporting
from procedures.issuing import certificates, signers, signing_outside
from procedures.management.commands import verify_ledger
from procedures.models import Dossier
from procedures.roles import Role
from tests.documents.outside import Outside
from tests.procedures.views.pages import box, fresh, text, to
from workflows.errors import Refusal
from workflows.models import Event
from workflows.service import history
from workflows.states import State

from .test_exporting import changed, check, unpacked

__all__ = ["check"]  # a fixture
PAGE = "dossier-sign-outside"


def enrolled(tool, cast, role, index=0):
    """A token for a person of the cast, registered as the clerk would."""
    user = cast(role, index)
    data = tool.token(user.full_name, f"u{user.pk}")
    certificates.enrol(cast.agency, str(user.pk), data, by=cast(Role.CLERK))
    return f"u{user.pk}"


def uploaded(data, name="ban-da-ky.pdf"):
    return SimpleUploadedFile(name, data, "application/pdf")


@pytest.fixture
def tool(tmp_path):
    return Outside(tmp_path)


def _taken_out_it_is_whole(released, check):
    """The program that knows nothing of ours is told which signatures name no digest of ours; where
    it is not told, a missing digest is a fault."""
    files = unpacked(exporting.export(released).data)
    code, said = check(files)
    assert code == 0, said
    assert "ký bằng công cụ riêng, không ghi mã nội dung" in said
    assert "con dấu đóng bằng công cụ riêng, không neo nhật ký" in said
    assert said.count("chữ ký phủ đúng nội dung") == 1  # the Tờ trình, signed here
    stripped = changed(files, "case.json", lambda case: case["documents"][-1].pop("outside"))
    code, said = check(stripped)
    assert code == 1
    assert "khác với nội dung đã ký" in said


def test_from_the_certificate_to_the_release(client, road, tam_quang, tool, check):
    """Clerk, Chairman, clerk; a wrong file in between costs nothing."""
    chairman, clerk = tam_quang(Role.CHAIRMAN), tam_quang(Role.CLERK)
    dossier = road.to(State.CLEARED)
    client.force_login(clerk)
    owners = certificates.owners(tam_quang.agency)
    seal = tool.token("UBND xã Tam Quang", "seal")
    signer = tool.token(chairman.full_name, "signer")
    page = client.get(reverse("certificates"))
    assert all(owner.name in text(page) for owner in owners)
    for owner, data in (("seal", seal), (str(chairman.pk), signer)):
        client.get(reverse("certificates"))
        sent = {"owner": owner, "file": uploaded(data, "c.pem")}
        assert client.post(reverse("certificates"), sent).status_code == 302
    written = Event.objects.filter(act="enrol_certificate")
    assert {event.facts["purpose"] for event in written} == {"seal", "signer"}

    client.force_login(chairman)
    page = client.get(to(PAGE, dossier))
    sent = {"seen": dossier.revision, "says": box(page, "says")}
    assert client.post(to(PAGE, dossier), sent)["Location"] == to(PAGE, dossier)
    taken = fresh(dossier)
    assert (taken.state, taken.decision.number) == (State.CLEARED, 1)
    midnight = timezone.localtime(taken.hold_until)
    assert (midnight.hour, midnight.minute) == (0, 0)
    assert taken.hold_until > timezone.now()
    base = client.get(to("dossier-prepared", dossier)).content

    tool.ask("good", base, "signer", certify=True)
    tool.ask("wrong", base, "seal")
    tool.ask("sealed", "good", "seal", field="Seal")
    tool.run()
    seen = taken.revision
    wrong = client.post(to(PAGE, dossier), {"seen": seen, "file": uploaded(tool["wrong"])})
    assert wrong.status_code == 422
    assert "không phải chứng thư đang đăng ký" in text(wrong)
    assert fresh(dossier).held
    client.post(to(PAGE, dossier), {"seen": seen, "file": uploaded(tool["good"])})
    assert fresh(dossier).state == State.SIGNED

    client.force_login(clerk)
    assert "thiết bị của cơ quan" in text(client.get(to("dossier-seal", dossier)))
    seen = fresh(dossier).revision
    page = client.post(
        to("dossier-seal-outside", dossier), {"seen": seen, "file": uploaded(tool["good"])}
    )
    assert "chưa có chữ ký mới" in text(page)
    client.post(
        to("dossier-seal-outside", dossier), {"seen": seen, "file": uploaded(tool["sealed"])}
    )
    released = fresh(dossier)
    assert released.state == State.RELEASED
    verdict = documents.verify(documents.file_of(released.decision))
    assert verdict.valid, verdict.checks
    # A seal that names no head of the ledger is no fault of the ledger.
    assert documents.anchors(released.decision) == []
    assert verify_ledger.check(tam_quang.agency) == []
    _taken_out_it_is_whole(released, check)
    told = text(client.get(to("dossier", dossier)))
    assert "bằng công cụ ký số riêng" in told
    assert "bằng thiết bị ký số của cơ quan" in told
    facts = history(released).filter(act__in=("reserve_decision", "sign_decision")).values_list(
        "facts", flat=True
    )  # fmt: skip
    assert [fact["outside"] for fact in facts] == [True, True]


@pytest.fixture
def fetched(road, tam_quang, tool):
    """Taken by the Chairman until midnight."""
    dossier, by = road.to(State.CLEARED), tam_quang(Role.CHAIRMAN)
    enrolled(tool, tam_quang, Role.CHAIRMAN)
    return signing_outside.fetch(dossier, "decision", by=by, seen=dossier.revision)


def test_while_it_is_out_nobody_else_moves_it_and_he_is_told_what_to_do(
    client, fetched, road, tam_quang
):
    chairman, deputy = tam_quang(Role.CHAIRMAN), tam_quang(Role.DEPUTY_CHAIRMAN)
    with pytest.raises(Refusal, match="đã lấy văn bản này về ký bằng công cụ riêng"):
        road.do(fetched, "return_to_clerk", deputy, note="Sai.")
    with pytest.raises(Refusal, match="bấm Để lại"):
        road.do(fetched, "return_to_clerk", chairman, note="Sai.")
    with pytest.raises(Refusal):
        road.do(fetched, "put_back_signing", deputy)
    client.force_login(deputy)
    assert client.get(to("dossier-prepared", fetched)).status_code == 404
    assert "đến hết hôm nay" in text(client.get(to("dossier", fetched)))
    client.force_login(chairman)
    assert to(PAGE, fetched) in client.get(to("dossier", fetched)).content.decode()
    tray = client.get(reverse("tray")).content.decode()
    assert to(PAGE, fetched) in tray
    assert 'name="chosen"' not in tray


def test_in_the_last_minutes_of_the_day_it_is_still_his(client, fetched, tam_quang, monkeypatch):
    """Less than the time a signature here may take is left, and the ticket is good until then."""
    late = fetched.hold_until - datetime.timedelta(seconds=60)
    monkeypatch.setattr(timezone, "now", lambda: late)
    chairman = tam_quang(Role.CHAIRMAN)
    assert signing_outside.is_fetched(fresh(fetched), chairman)
    client.force_login(chairman)
    assert client.get(to("dossier-prepared", fetched)).status_code == 200


def test_put_back_it_waits_again_under_the_same_number(fetched, road, tam_quang):
    chairman = tam_quang(Role.CHAIRMAN)
    back = road.do(fetched, "put_back_signing", chairman)
    assert (back.state, back.held) == (State.CLEARED, False)
    again = signing_outside.fetch(back, "decision", by=chairman, seen=back.revision)
    assert again.decision == fetched.decision
    dropped = road.do(again, "drop_signing", chairman, note="Xem lại.")
    assert Document.objects.get(pk=fetched.decision_id).void_reason == "Xem lại."
    with pytest.raises(Refusal, match="lấy về"):
        road.do(dropped, "put_back_signing", chairman)


def test_after_midnight_the_number_is_void_and_the_case_waits(fetched, monkeypatch):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    call_command("finish_signing", verbosity=0)
    waiting = Dossier.objects.get(pk=fetched.pk)
    assert (waiting.state, waiting.hold) == (State.CLEARED, None)
    assert Document.objects.get(pk=fetched.decision_id).state == "void"


def test_without_a_known_certificate_no_number_is_taken(road, tam_quang):
    dossier, by = road.to(State.CLEARED), tam_quang(Role.CHAIRMAN)
    key = signers.signer_key(by)
    documents.certificate_of(key, "signer").__class__.objects.filter(owner_key=key).update(
        active=False
    )
    with pytest.raises(Refusal, match="chưa biết chứng thư số"):
        signing_outside.fetch(dossier, "decision", by=by, seen=dossier.revision)
    assert fresh(dossier).decision is None


def test_who_has_a_token_is_sent_from_the_passphrase_to_his_tool(road, tam_quang, tool):
    enrolled(tool, tam_quang, Role.CHAIRMAN)
    dossier = road.to(State.CLEARED)
    with pytest.raises(Refusal, match="Ký bằng công cụ riêng") as refused:
        road.sign(dossier, "decision", tam_quang(Role.CHAIRMAN))
    assert refused.value.field == "passphrase"


@pytest.mark.parametrize("role", [Role.CHAIRMAN, Role.SPECIALIST])
def test_only_the_clerk_registers_certificates(role, client, tam_quang, tool):
    client.force_login(tam_quang(role))
    assert client.get(reverse("certificates")).status_code == 404
    with pytest.raises(Refusal):
        certificates.enrol(tam_quang.agency, "seal", tool.token("x", "x"), by=tam_quang(role))


def test_another_commune_has_none_of_these_pages(client, fetched, hac_thanh):
    for role in (Role.CHAIRMAN, Role.CLERK):
        client.force_login(hac_thanh(role))
        for page in (PAGE, "dossier-prepared", "dossier-seal-outside"):
            assert client.get(to(page, fetched)).status_code == 404
