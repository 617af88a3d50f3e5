"""Soạn văn bản: every kind from its draft to its release, who signs it, the pages."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from documents import nd30
from documents import service as documents
from procedures.files import bundles, handover
from procedures.flows import DraftPaperFlow
from procedures.issuing import signers, signing
from procedures.models import Dossier, PaperDraft
from procedures.models.draft_paper import in_lines, signing_choices
from procedures.roles import Role
from project.accounts.models import User
from workflows import authority
from workflows.errors import Refusal
from workflows.models import Delegation, Holding
from workflows.states import State

from .cells import SCAN
from .drafted import begun, sent
from .paper_drafts import BODY, NAMES, SAID, TOMORROW, YESTERDAY, drawn, said_of

KEPT = {  # years; None for ever
    "plan": None, "notice": 50, "official_letter": 10, "invitation": 10, "introduction": 10,
    "minutes": None,
}  # fmt: skip
FOR_THE_BODY = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
CHIEF = "CHÁNH VĂN PHÒNG"


@pytest.mark.parametrize(
    ("chair", "full_name", "named"),
    [
        ("ông Trần Quốc Hưng, Phó Chủ tịch", "Trần Quốc Hưng", True),
        ("Ong tran quoc hung (Phó Chủ tịch)", "Trần Quốc Hưng", True),
        ("ông Trần Quốc Hùng, Phó Chủ tịch", "Trần Quốc Hưng", False),
        ("ông Trần Quốc, Phó Chủ tịch", "Trần Quốc Hưng", False),
        ("Ông Trần Quốc Hưng - Phó Chủ tịch", "Trần Quốc Hưng", True),
        ("bà Nguyễn Thị Hoa Mai", "Nguyễn Thị Hoa", False),
        ("bà Mai Nguyễn Thị Hoa", "Nguyễn Thị Hoa", False),
        ("", "Trần Quốc Hưng", True),
    ],
)
def test_the_line_about_the_chair_names_him(chair, full_name, named):
    assert PaperDraft(chair=chair).is_chaired_by(User(full_name=full_name)) is named


@pytest.mark.parametrize("kind", SAID)
def test_each_kind_is_drawn_in_its_form(road, tam_quang, kind):
    dossier = sent(road, begun(tam_quang, DraftPaperFlow, kind=kind), said_of(tam_quang, kind))
    for slot, name in (("submission", "Tờ trình"), ("decision", NAMES[kind])):
        assert nd30.inspect(drawn(dossier, slot)) == nd30.Report(name, ()), slot
    assert nd30.check(signing.preview(dossier, "proposal")) == []
    draft = docx.Document(io.BytesIO(signing.draft_docx(dossier, "decision")))
    written = [paragraph.text for paragraph in draft.paragraphs]
    *said, last = [block.text for block in dossier.final_text().body]
    assert [text for text in written if text in said] == said
    assert f"{last.rstrip('.')}./." in written
    assert handover.retention(dossier) == KEPT[kind]
    assert dossier.title.startswith(NAMES[kind])


def test_a_plan_goes_to_its_release_signed_by_a_deputy(road, tam_quang, client):
    """A deputy is asked (KT.), so he reads his own block; a returned draft keeps what was typed."""
    said = SAID["plan"] | {"signed_by": "KT"}
    dossier = sent(road, begun(tam_quang, DraftPaperFlow, kind="plan"), said)
    assert signing.drafted(dossier, "decision").signature.lines == FOR_THE_BODY
    back = road.do(dossier, "return_for_correction", tam_quang(Role.SPECIALIST), "Bổ sung mục II.")
    assert back.matter.body == in_lines(BODY)
    dossier = sent(road, back, said | {"subject": "Hoạt động Tổ công nghệ số năm 2026"})
    dossier = road._forward(dossier, State.CLEARED)
    dossier = road.sign(dossier, "decision", tam_quang(Role.DEPUTY_CHAIRMAN))
    dossier = road._forward(dossier, State.RELEASED)
    plan = dossier.decision
    assert (plan.kind, plan.symbol, plan.number) == ("plan", "KH-UBND", 1)
    data = signing.preview(dossier, "decision")
    assert nd30.inspect(data) == nd30.Report("Kế hoạch", ())
    assert documents.verify(data).valid
    public = client.get(reverse("documents:public", args=[plan.token])).content.decode()
    assert "Hoạt động Tổ công nghệ số năm 2026" in public
    client.force_login(tam_quang(Role.CLERK))
    register = client.get(reverse("register", args=[plan.issuer_id])).content.decode()
    assert "01/KH-UBND" in register
    assert client.get(reverse("dossier-bundle", args=[dossier.pk])).status_code == 200
    handed_over = handover.package(dossier, bundles.items([dossier]))
    with zipfile.ZipFile(io.BytesIO(handed_over)) as handed:
        note = handed.read("DOC-TRUOC.txt").decode()
        assert "Vĩnh viễn" in note
        assert sorted(name.rpartition(".")[2] for name in handed.namelist()).count("edxml") == 2


def test_who_is_asked_signs_and_the_chairman_may(road, tam_quang):
    """By order (TL.) where the Chairman gave it; nobody else, and not what the kind keeps out."""
    chief, chairman = tam_quang(Role.CHIEF_OF_OFFICE), tam_quang(Role.CHAIRMAN)
    by_order = SAID["invitation"] | {"signed_by": "TL"}
    with pytest.raises(Refusal, match="chưa ai ký được") as refused:
        sent(road, begun(tam_quang, DraftPaperFlow, kind="invitation"), by_order)
    assert refused.value.field == "signed_by"
    Delegation.objects.create(
        principal=tam_quang.post(Role.CHAIRMAN), delegate=tam_quang.post(Role.CHIEF_OF_OFFICE),
        kind="TL", field="digital", since=YESTERDAY, paper="Quy chế làm việc",
    )  # fmt: skip
    dossier = sent(road, begun(tam_quang, DraftPaperFlow, kind="invitation"), by_order)
    assert signing.drafted(dossier, "decision").signature.lines == ("TL. CHỦ TỊCH", CHIEF)
    able = [c.user for c in signers.able_to_sign(dossier, "decision")]
    assert able == [chief, chairman]
    # Who could sign for the Chairman as a Deputy too signs as he was asked.
    Holding.objects.filter(post=tam_quang.post(Role.DEPUTY_CHAIRMAN)).update(user=chief)
    assert {"KT", "TL"} <= {c.kind for c in authority.capacities(chief)}
    taken = road.do(road._forward(dossier, State.CLEARED), "reserve_decision", chief)
    assert taken.decision.signer_capacity.startswith("TL. CHỦ TỊCH")
    assert signing_choices("plan")[1:] == signing_choices("invitation")[1:-1]


def test_minutes_are_signed_with_ink_by_the_chair(road, tam_quang, client):
    said, deputy = said_of(tam_quang, "minutes"), tam_quang(Role.DEPUTY_CHAIRMAN)
    dossier = sent(road, begun(tam_quang, DraftPaperFlow, kind="minutes"), said)
    dossier = road._forward(dossier, State.CLEARED)
    assert [c.user for c in signers.able_to_sign(dossier, "decision")] == [deputy]
    for user in (deputy, tam_quang(Role.CHAIRMAN)):
        client.force_login(user)
        assert f"/ho-so/{dossier.pk}/" not in client.get(reverse("tray")).content.decode()
    with pytest.raises(Refusal, match="không chọn người nên hai người ký giấy"):
        road.sign(dossier, "decision", deputy)
    with pytest.raises(Refusal, match="người chủ trì cuộc họp ký"):
        road.sign(dossier, "decision", tam_quang(Role.CHAIRMAN))
    recorded = {"date": timezone.localdate(), "scan": SCAN}
    clerk = tam_quang(Role.CLERK)
    with pytest.raises(Refusal, match="người chủ trì cuộc họp ký"):
        road.do(
            dossier, "record_paper_decision", clerk, signer=tam_quang(Role.CHAIRMAN), **recorded
        )
    dossier = road.do(dossier, "record_paper_decision", clerk, signer=deputy, **recorded)
    dossier = road._forward(dossier, State.RELEASED)
    assert (dossier.decision.symbol, dossier.decision.medium) == ("BB-UBND", "paper")
    assert dossier.decision.signer_capacity == "CHỦ TỌA\nPHÓ CHỦ TỊCH"


def test_the_pages_keep_what_is_typed(client, tam_quang, hac_thanh):
    board = reverse("drafting")
    client.force_login(tam_quang(Role.SPECIALIST))
    assert client.post(board, {"kind": "decision"}).status_code == 404
    assert client.post(board, {"procedure": "draft_paper"}).status_code == 404
    address = client.post(board, {"kind": "introduction"})["Location"]
    typed = {"person": "Lô Văn Tám", "position": "Tổ trưởng", "until": "32/13/2026", "seen": 1}
    wrong = client.post(address, typed | {"send": "1"})
    assert wrong.status_code == 422
    typed |= {"until": f"{TOMORROW:%d/%m/%Y}"}
    lacking = client.post(address, typed | {"send": "1"})
    for page in (wrong, lacking):
        assert "Lô Văn Tám" in page.content.decode()
    assert "Ông/bà ghi mục “Được cử đến”" in lacking.content.decode()
    dossier = Dossier.objects.get(procedure="draft_paper")
    rest = {"seen": dossier.revision, "sent_to": "Sở Khoa học và Công nghệ", "purpose": "nhận máy"}
    assert client.post(address, typed | rest | {"send": "1"}).status_code == 302
    assert Dossier.objects.get(pk=dossier.pk).state == State.SUBMITTED
    assert b"subject" not in lacking.content
    client.force_login(hac_thanh(Role.SPECIALIST))
    assert client.get(address).status_code == 404
    assert "Sở Khoa học và Công nghệ" not in client.get(board).content.decode()
