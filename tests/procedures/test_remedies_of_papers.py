"""Sai gì? of released papers that set up no team: corrected in form, with why nothing else."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from documents import nd30
from documents.model import SignatureBlock
from documents.models import Document, Relation
from procedures import papers, remedies, rules
from procedures.flows import AnnounceTeamsFlow, CommendFlow, delegate_signing
from procedures.issuing import signing
from procedures.models import Dossier, Grant, Remedy, Team
from procedures.roles import Role
from workflows.errors import Refusal
from workflows.states import State

from . import drafted
from .correcting import begun, changed, post_of, released, respelt, sent
from .restructuring import carried_out, decided, founded
from .test_remedies import dissolved

LAYOUT = {
    "fault": "Dòng địa danh ghi sai ngày",
    "printed": "Tam Quang, ngày 5 tháng 03",
    "meant": "Tam Quang, ngày 05 tháng 3",
}
PRAISED = "Vi Thị Hoa"


def issued(dossier, kind="decision"):
    """As after its release, without its signatures."""
    decision = decided(dossier, timezone.localdate())
    Document.objects.filter(pk=decision.pk).update(kind=kind)
    Dossier.objects.filter(pk=dossier.pk).update(state=State.RELEASED, decision=decision)
    return Dossier.objects.get(pk=dossier.pk)


def commended(road, cast):
    said = {
        "occasion": "xuất sắc năm 2026", "minutes": "05/BB-UBND", "present": 9, "in_favour": 8,
        "meeting_date": timezone.localdate() - datetime.timedelta(days=9),
        "rows": [{"who": "op", "other": PRAISED, "achievement": "Hướng dẫn 120 hộ"}],
    }  # fmt: skip
    return issued(drafted.written(road, drafted.begun(cast, CommendFlow), said))


def delegated(road, cast):
    author = cast(Role.SPECIALIST, 1)
    dossier = delegate_signing.draft(author, post_of(author), Grant.FIELDS)
    deputy = post_of(cast(Role.DEPUTY_CHAIRMAN, 1))
    said = {"rows": [{"delegate": deputy.pk, "field": "culture"}]}
    return issued(drafted.written(road, dossier, said))


def announced(road, cast):
    return issued(drafted.begun(cast, AnnounceTeamsFlow), "notice")


def amended(road, cast):
    team = founded(cast)
    dossier = begun(cast, team.decision, Remedy.AMEND)
    line = dossier.lines()[0]
    seats = {line.pk: changed(line, 3, full_name=respelt(line))}
    dossier.rewrite({"fault": "Sai tên", "seats": seats})
    dossier.save()
    done = carried_out(dossier)
    done.put_right()
    return done


def of_ended_team(road, cast):
    team = founded(cast)
    dissolved(cast, team)
    return Dossier.objects.get(decision=team.decision)


# What its "Sai gì?" says of the ways that are not open.
CASES = {
    commended: "quyết định hủy bỏ khen thưởng",
    delegated: "quyết định chấm dứt",
    announced: "văn bản mới cùng loại",
    amended: "sửa đổi lần nữa",
    of_ended_team: "không còn hoạt động",
}


@pytest.mark.parametrize(("made", "why"), CASES.items(), ids=lambda value: value)
def test_any_released_paper_is_corrected_in_form_and_says_why_not_more(
    made, why, road, tam_quang, hac_thanh, client
):
    done = made(road, tam_quang)
    found = remedies.of(done.decision)
    assert (found.remedies, found.teams) == ((Remedy.CORRECT,), ())
    assert why in found.why
    client.force_login(tam_quang(Role.SPECIALIST))
    address = reverse("document-wrong", args=[done.decision_id])
    assert address in client.get(reverse("dossier", args=[done.pk])).content.decode()
    shown = client.get(address).content.decode()
    assert why in shown
    assert [remedy for remedy in Remedy.values if f'value="{remedy}"' in shown] == ["correct"]
    for remedy in (Remedy.AMEND, Remedy.REPLACE, Remedy.RECALL):
        with pytest.raises(Refusal, match=why):
            begun(tam_quang, done.decision, remedy)
    with pytest.raises(Refusal, match="không phải văn bản của đơn vị mình"):
        begun(hac_thanh, done.decision, Remedy.CORRECT)
    client.force_login(hac_thanh(Role.SPECIALIST))
    assert client.get(address).status_code == 404

    dossier = begun(tam_quang, done.decision, Remedy.CORRECT)
    dossier.rewrite(LAYOUT)
    assert [finding.rule for finding in rules.judge(dossier) if finding.blocks] == []
    letter = papers.content("decision", dossier, SignatureBlock(("CHỦ TỊCH",), "Nguyễn Văn T"))
    assert "về việc về" not in letter.body[0].text
    assert letter.subject == f"V/v đính chính {done.decision.name} số {done.decision.reference}"
    assert all(letter.addressees)
    assert "danh sách kèm theo" not in " ".join(letter.addressees) or made is of_ended_team


def test_a_letter_about_a_commendation_goes_its_road(road, tam_quang, client):
    """Begun on the page, signed, released: the old paper tells it, its teams stay as they are."""
    done = commended(road, tam_quang)
    client.force_login(tam_quang(Role.SPECIALIST, 1))
    address = reverse("document-wrong", args=[done.decision_id])
    assert client.post(address, {"remedy": "correct"}).status_code == 302
    dossier = Dossier.objects.get(procedure="correct_document")
    with pytest.raises(Refusal, match=f"Tên người, tập thể .*{PRAISED}.* là nội dung"):
        sent(road, dossier, **LAYOUT | {"printed": f"Ông (bà) {PRAISED}"})
    dossier = released(road, sent(road, Dossier.objects.get(pk=dossier.pk), **LAYOUT))
    for slot, name in (("submission", "Tờ trình"), ("decision", "Công văn")):
        assert nd30.inspect(signing.preview(dossier, slot)) == nd30.Report(name, ()), slot
    relation = Relation.objects.get(document=dossier.decision)
    assert (relation.target_id, relation.kind) == (done.decision_id, "corrects")
    page = client.get(reverse("dossier", args=[done.pk])).content.decode()
    assert "Đã được đính chính bởi" in page
    # The letter itself may have a misprint too.
    assert remedies.of(dossier.decision).remedies == (Remedy.CORRECT,)


def test_names_of_whom_a_paper_gives_powers_are_content(road, tam_quang):
    done = delegated(road, tam_quang)
    deputy = tam_quang(Role.DEPUTY_CHAIRMAN, 1).full_name
    dossier = begun(tam_quang, done.decision, Remedy.CORRECT)
    dossier.rewrite(LAYOUT | {"meant": f"Ông (bà) {deputy}, Phó Chủ tịch"})
    assert [f.rule for f in rules.judge(dossier) if f.blocks] == ["names_are_content"]


def test_a_paper_that_ends_no_case_is_not_asked_about(road, tam_quang):
    checked = road._forward(road.to(State.SUBMITTED), State.APPRAISED)
    Document.objects.filter(pk=checked.submission_id).update(
        state="released", released=timezone.now()
    )
    with pytest.raises(Refusal, match="không phải văn bản"):
        begun(tam_quang, Document.objects.get(pk=checked.submission_id), Remedy.CORRECT)
    assert not Team.objects.exists()
