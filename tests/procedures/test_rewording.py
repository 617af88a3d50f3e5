"""The clerk changes who is told before the leader signs: recorded, re-rendered, nothing else."""

import pytest
from django.urls import reverse

from procedures.models import Dossier
from procedures.roles import Role
from workflows.errors import Refusal
from workflows.models import Event
from workflows.states import State

pytestmark = pytest.mark.django_db


def test_what_the_clerk_changes_is_told_signed_and_all_that_changes(road, tam_quang, client):
    dossier = road.to(State.APPRAISED)
    clerk = tam_quang(Role.CLERK)
    before = dossier.final_text()
    page = reverse("dossier-reword", args=[dossier.pk])
    client.force_login(clerk)
    shown = client.get(page)
    assert b"readonly" not in shown.content
    assert before.recipients[1] in shown.content.decode()

    sent = {"recipients": "Đài truyền thanh xã", "seen": dossier.revision}
    answered = client.post(page, sent)

    assert (answered.status_code, answered["Location"]) == (
        302,
        reverse("dossier", args=[dossier.pk]),
    )
    dossier = Dossier.objects.get(pk=dossier.pk)
    after = dossier.final_text()
    assert dossier.state == State.APPRAISED
    assert after.recipients == (before.recipients[0], "Đài truyền thanh xã", before.recipients[-1])
    assert (after.body, after.grounds, after.annexes) == (
        before.body,
        before.grounds,
        before.annexes,
    )
    event = Event.objects.filter(record_id=dossier.pk, act="reword").get()
    assert event.facts["changed"] == [["\n".join(before.recipients[1:-1]), "Đài truyền thanh xã"]]
    case = client.get(reverse("dossier", args=[dossier.pk])).content.decode()
    assert "thành “Đài truyền thanh xã”" in case

    # It stays where nothing about it changes, and what the leader signs has it.
    cleared = road._forward(dossier, State.CLEARED)
    signed = road.sign(cleared, "decision", tam_quang(Role.CHAIRMAN))
    assert signed.decision.says().recipients == after.recipients


def test_protected_words_and_no_change_are_refused_and_nothing_is_kept(road, tam_quang):
    dossier = road.to(State.APPRAISED)
    clerk = tam_quang(Role.CLERK)
    same = "\n".join(dossier.final_text().recipients[1:-1])
    for texts, sentence in (
        ({"recipients": same}, "Chưa có chữ nào"),
        ({"grounds.0": "Căn cứ khác"}, "không sửa được"),
        ({"recipients": "Lưu: VT"}, "Dòng “Lưu”"),
    ):
        with pytest.raises(Refusal, match=sentence):
            road.do(dossier, "reword", clerk, texts=texts)
    assert Dossier.objects.get(pk=dossier.pk).rewordings == []
