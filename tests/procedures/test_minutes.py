"""Minutes signed by two persons of the office: whose turn it is, who may, and the ways out."""

import datetime
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from documents import service as documents
from documents.models import SigningKey
from documents.rendering.pdf import SECRETARY_FIELD
from documents.signing import appearance, keys, pades
from procedures import rules, standing
from procedures.deadlines import limit_of
from procedures.files import exporting
from procedures.flows import DraftPaperFlow
from procedures.issuing import signers, signing
from procedures.messages import desks, notices
from procedures.models import Dossier
from procedures.roles import Role
from tests.conftest import PASSPHRASE
from workflows.errors import Refusal
from workflows.inbox import waiting_for
from workflows.models import Delegation
from workflows.states import State

from .cells import SCAN
from .drafted import begun, sent, written
from .paper_drafts import two_of
from .test_exporting import changed, check, unpacked
from .views.pages import box, fresh, text, to

__all__ = ["check"]  # a fixture
CHAIR, SECRETARY = (Role.DEPUTY_CHAIRMAN, 0), (Role.SPECIALIST, 1)
PAGE, TOOL = "dossier-countersign", "dossier-countersign-outside"


@pytest.fixture
def cleared(road, tam_quang):
    dossier = sent(road, begun(tam_quang, DraftPaperFlow, kind="minutes"), two_of(tam_quang))
    return road._forward(dossier, State.CLEARED)


@pytest.fixture
def half(road, tam_quang, cleared):
    """Minutes that their chair has signed."""
    return road.sign(cleared, "decision", tam_quang(*CHAIR))


def in_inbox(user, dossier):
    return dossier.pk in {task.process.seed.pk for task in waiting_for(user)}


def chosen(client):
    """Sign what the tray offers with the passphrase."""
    page = client.get(reverse("tray"))
    return {"chosen": box(page, "chosen"), "passphrase": PASSPHRASE}


def test_chair_then_secretary_then_the_seal(client, road, tam_quang, cleared, check):
    chair, secretary = tam_quang(*CHAIR), tam_quang(*SECRETARY)
    assert in_inbox(chair, cleared)
    assert not in_inbox(tam_quang(Role.CHAIRMAN), cleared)
    assert not in_inbox(secretary, cleared)
    client.force_login(chair)
    assert "Đã ký:" in text(client.post(reverse("tray"), chosen(client)))
    half = fresh(cleared)
    assert half.state == State.AWAITING_SECRETARY

    office = [tam_quang(role) for role in (Role.CHAIRMAN, Role.CLERK, Role.DIVISION_HEAD)]
    assert in_inbox(secretary, half)
    assert not any(in_inbox(user, half) for user in (chair, tam_quang(Role.SPECIALIST), *office))
    assert [c.user for c in desks.able(half)] == [secretary]
    assert limit_of(half).days == 1
    assert standing.steps_ahead(half)[0] == State.SIGNED
    client.force_login(chair)
    told = text(client.get(to("dossier", half)))
    assert f"{secretary.full_name}, thư ký cuộc họp" in told
    assert "ký Biên bản với tư cách chủ tọa" in told
    assert "Chủ tọa đã ký, chờ thư ký" in told
    public = text(client.get(reverse("documents:public", args=[half.decision.token])))
    assert "Mới có một trong hai chữ ký, chưa phát hành" in public

    client.force_login(secretary)
    assert f"/ho-so/{half.pk}/" in client.get("/").content.decode()
    sent = chosen(client)
    wrong = client.post(reverse("tray"), sent | {"passphrase": "sai"})
    assert wrong.status_code == 422
    assert fresh(half).state == State.AWAITING_SECRETARY
    assert "Đã ký:" in text(client.post(reverse("tray"), sent))
    # A phone that sends it again is answered as the first time.
    assert "Đã ký:" in text(client.post(reverse("tray"), sent))
    signed = fresh(half)
    assert signed.state == State.SIGNED
    assert in_inbox(tam_quang(Role.CLERK), signed)

    released = road._forward(signed, State.RELEASED)
    verdict = documents.verify(documents.file_of(released.decision))
    assert verdict.valid, verdict.checks
    assert [item.field for item in verdict.signatures] == ["Signer", "Secretary", "Seal"]
    _taken_out_it_is_whole(released, check)


def _taken_out_it_is_whole(released, check):
    """The program that knows nothing of ours asks for both signatures by what the case says."""
    files = unpacked(exporting.export(released).data)
    code, said = check(files)
    assert code == 0, said
    assert f"thư ký {released.secretary.user.full_name}" in said
    assert f"chủ tọa {released.decision.signer_name}" in said
    half = released.decision.files.get(stage="signed")
    told = next(name for name in files if "BB-UBND" in name)
    with half.file.open("rb") as file:
        data = file.read()
    one = changed(files, "case.json", lambda case: case["documents"][-1].update(sha256=half.sha256))
    code, said = check(one | {told: data})
    assert code == 1
    assert "thiếu chữ ký thư ký Secretary" in said

    def silent(case):
        """As if one person had to sign: the field left empty says otherwise."""
        told = case["documents"][-1]
        del told["secretary"]
        told["signatures"] = ["Signer"]

    code, said = check(changed(one, "case.json", silent) | {told: data})
    assert code == 1
    assert "thiếu chữ ký thư ký Secretary" in said


def test_nobody_else_reads_that_he_may(client, road, tam_quang, hac_thanh, half):
    for role in (Role.CHAIRMAN, Role.DEPUTY_CHAIRMAN, Role.SPECIALIST, Role.CLERK):
        client.force_login(tam_quang(role))
        for page in (PAGE, TOOL):
            answer = client.get(to(page, half))
            assert "của riêng" in text(answer), role
            assert "passphrase" not in answer.content.decode()
        answer = client.post(to(PAGE, half), {"seen": half.revision, "passphrase": PASSPHRASE})
        assert answer.status_code == 409
    assert fresh(half).state == State.AWAITING_SECRETARY
    client.force_login(hac_thanh(*SECRETARY))
    assert {client.get(to(page, half)).status_code for page in (PAGE, TOOL)} == {404}


def test_a_paper_gives_nobody_the_place_of_the_secretary(tam_quang, half):
    """Who stands in for a specialist does the specialist's work, and signs no minutes for him."""
    today = timezone.localdate()
    Delegation.objects.create(
        principal=tam_quang.post(*SECRETARY), delegate=tam_quang.post(Role.SPECIALIST),
        kind=Delegation.Kind.STAND_IN, since=today, until=today, paper="Phân công",
    )  # fmt: skip
    assert [c.user for c in desks.able(half)] == [tam_quang(*SECRETARY)]
    assert not in_inbox(tam_quang(Role.SPECIALIST), half)


def test_the_page_signs_and_the_tool_brings_back(client, tam_quang, half):
    secretary = tam_quang(*SECRETARY)
    client.force_login(secretary)
    page = text(client.get(to(PAGE, half)))
    assert "đã có chữ ký của chủ tọa" in page
    assert "THƯ KÝ" in page
    base = documents.file_of(half.decision)
    sent = {"seen": half.revision, "file": uploaded(base)}
    assert "chưa có chữ ký mới" in text(client.post(to(TOOL, half), sent))
    # As a program of her own would: no address and no digest of ours.
    opened = keys.unlock(keys.active_key(signers.signer_key(secretary), "signer"), PASSPHRASE)
    says = pades.Statement(field=SECRETARY_FIELD, reason="Tôi ký", address="", place="")
    data = pades.sign_field(base, opened, says, appearance.NOTHING)
    client.post(to(TOOL, half), {"seen": half.revision, "file": uploaded(data)})
    signed = fresh(half)
    assert signed.state == State.SIGNED
    assert "thư ký cuộc họp bằng công cụ ký số riêng" in text(client.get(to("dossier", signed)))
    case = json.loads(unpacked(exporting.export(signed).data)["case.json"])
    assert case["documents"][-1]["outside"] == ["Secretary"]


def uploaded(data):
    return SimpleUploadedFile("bien-ban.pdf", data, "application/pdf")


def test_the_secretary_who_does_not_sign_sends_it_back(
    road, tam_quang, django_capture_on_commit_callbacks
):
    keeper, author, why = tam_quang.post(Role.SPECIALIST), tam_quang(*SECRETARY), "Thiếu ý kiến."
    dossier = begun(tam_quang, DraftPaperFlow, kind="minutes")
    dossier = sent(road, dossier, two_of(tam_quang, keeper.holder()))
    half = road._forward(dossier, State.CLEARED)
    half = road.sign(half, "decision", tam_quang(*CHAIR))
    with django_capture_on_commit_callbacks(execute=True):
        back = road.do(half, "decline_minutes", keeper.holder().user, note=why)
    assert back.state == State.RETURNED
    number = fresh(half).decision
    assert (number.state, number.void_reason) == ("void", why)
    assert standing.reason(back).actor_name == keeper.holder().user.full_name
    # Who drew it up, and the chair, who has to sign again.
    for user in (author, tam_quang(*CHAIR)):
        [told] = notices.of(user).filter(kind="back")
        assert told.words == why
    again = road._forward(road.do(back, "submit", author), State.CLEARED)
    again = road.sign(again, "decision", tam_quang(*CHAIR))
    assert again.decision.number == number.number + 1


def test_ink_is_the_way_out_where_the_secretary_is_away(road, tam_quang, half):
    clerk, chair = tam_quang(Role.CLERK), tam_quang(*CHAIR)
    voided = road.do(half, "void_decision", clerk, note="Thư ký nghỉ ốm.")
    voided = road._forward(voided, State.CLEARED)
    told = {"date": timezone.localdate(), "scan": SCAN, "signer": chair}
    signed = road.do(voided, "record_paper_decision", clerk, **told)
    assert (signed.state, signed.decision.medium) == (State.SIGNED, "paper")
    assert road._forward(signed, State.RELEASED).decision.state == "released"


def test_a_paper_voided_in_between_is_not_countersigned(road, tam_quang, half):
    road.do(half, "void_decision", tam_quang(Role.CLERK), note="Nhầm ngày họp.")
    with pytest.raises(Refusal):
        signing.countersign(
            half, by=tam_quang(*SECRETARY), seen=half.revision, passphrase=PASSPHRASE
        )
    assert not fresh(half).decision.files.filter(stage="countersigned").exists()


def test_no_number_is_taken_for_whom_nobody_could_sign_after(road, tam_quang, cleared):
    chair, key = tam_quang(*CHAIR), signers.signer_key(tam_quang(*SECRETARY))
    SigningKey.objects.filter(owner_key=key).update(active=False)
    with pytest.raises(Refusal, match="chưa có khóa ký số"):
        road.sign(cleared, "decision", chair)
    SigningKey.objects.filter(owner_key=key).update(active=True)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    holding = cleared.secretary
    type(holding).objects.filter(pk=holding.pk).update(until=yesterday)
    with pytest.raises(Refusal, match="không còn giữ chức vụ"):
        road.sign(fresh(cleared), "decision", chair)
    assert Dossier.objects.get(pk=cleared.pk).decision is None


def breaches(dossier):
    return {found.field for found in rules.judge(dossier) if found.blocks}


def test_the_rules_ask_for_two_persons_who_can(road, tam_quang):
    dossier = begun(tam_quang, DraftPaperFlow, kind="minutes")
    chair = tam_quang.post(*CHAIR).holder()
    cases = {
        chair: {"secretary_holding"},  # the chair himself
        tam_quang.post(Role.CLERK).holder(): {"secretary_holding"},  # no key
        tam_quang.post(*SECRETARY).holder(): set(),
    }
    for secretary, wrong in cases.items():
        dossier = written(road, dossier, two_of(tam_quang, secretary))
        assert breaches(dossier) == wrong, secretary
        assert dossier.matter.secretary.startswith(f"{secretary.user.full_name}, ")
    assert dossier.matter.secretary.endswith(", chuyên viên Phòng Văn hóa - Xã hội")
    assert dossier.matter.chair.endswith(", Phó Chủ tịch")


def test_a_chair_that_was_typed_is_the_one_person_of_that_name(road, tam_quang):
    chair = tam_quang(*CHAIR)
    said = two_of(tam_quang) | {"chair_holding": None, "chair": f"ông {chair.full_name}"}
    dossier = written(road, begun(tam_quang, DraftPaperFlow, kind="minutes"), said)
    assert dossier.matter.chair_holding.user == chair
    assert dossier.matter.chair == f"ông {chair.full_name}"
    stranger = said | {"chair": "ông Nguyễn Văn Ai, Chủ tịch Hội đồng nhân dân"}
    dossier = written(road, dossier, stranger)
    assert dossier.matter.chair_holding is None
    assert "chair" in breaches(dossier)


def test_the_page_offers_who_can_sign_and_asks_for_one_person(client, tam_quang):
    author = tam_quang(*SECRETARY)
    dossier = begun(tam_quang, DraftPaperFlow, kind="minutes")
    client.force_login(author)
    page = client.get(to("dossier-write", dossier))
    form = page.context["form"]
    assert [h.user for h in form.fields["chair_holding"].queryset] == [
        tam_quang(Role.CHAIRMAN), tam_quang(*CHAIR),
    ]  # fmt: skip
    offered = {h.user for h in form.fields["secretary_holding"].queryset}
    assert author in offered
    assert tam_quang(Role.CLERK) not in offered  # no key
    chair = tam_quang.post(*CHAIR).holder()
    sent = {"seen": dossier.revision, "chair_holding": chair.pk, "chair": "bà Ai Đó", "save": "1"}
    assert "ghi đúng người ấy" in text(client.post(to("dossier-write", dossier), sent))
    client.post(to("dossier-write", dossier), sent | {"chair": ""})
    assert fresh(dossier).matter.chair == f"{chair.user.full_name}, {chair.post.title}"


def test_a_secretary_who_drew_them_up_is_not_offered_to_remind_himself(client, half, tam_quang):
    client.force_login(tam_quang(*SECRETARY))
    page = text(client.get(to("dossier", half)))
    assert "Đọc và ký Biên bản" in page
    assert "Nhắc người đang giữ hồ sơ" not in page
