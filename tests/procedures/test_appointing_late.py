"""Another decision gives the team another deputy while a draft names one: it is drawn up anew."""

import pytest
from django.urls import reverse

from procedures import rules
from procedures.flows import appoint_leader, review_team
from procedures.idempotency import once
from procedures.models.changes import kept
from workflows.errors import Refusal

from .restructuring import carried_out, founded, sitting, specialist
from .views.pages import fresh

OFFERED = "Lấy lại danh sách hiện nay"
NEW = {"full_name": "Kha Văn Kế", "role": "deputy", "represents": "Đoàn viên"}


@pytest.fixture
def team(tam_quang):
    return founded(tam_quang)


@pytest.fixture
def late(road, tam_quang, team):
    """A draft naming somebody new deputy, after a list in which the third one is by now."""
    user, post = specialist(tam_quang)
    draft = appoint_leader.draft(user, post, [team])
    line = draft.changes.get()
    told = {"seats": {line.pk: [NEW]}, "causes": {line.pk: ("moved", "")}}
    draft = road.do(draft, "edit", user, **told)
    assert _blocking(draft) == []
    review = review_team.draft(user, post, [team])
    listed = review.changes.get()
    roles = {1: "member", 2: "deputy"}
    rows = [kept(seat, role=roles.get(n, seat.role)) for n, seat in enumerate(listed.before)]
    carried_out(road.do(review, "edit", user, seats={listed.pk: rows}))
    assert sitting(team)[line.before[2].full_name] == "deputy"
    return fresh(draft)


def _blocking(dossier):
    return [finding.rule for finding in rules.judge(dossier) if finding.blocks]


def test_a_draft_that_follows_a_former_deputy_is_not_sent_nor_carried_out(road, late):
    """Its decision would say that he is followed who holds the role no more."""
    assert _blocking(late) == ["list_is_still_the_same"]
    with pytest.raises(Refusal, match="đã thay đổi theo quyết định khác"):
        carried_out(late)


def test_its_page_takes_todays_list_and_keeps_the_other_words(client, late, team):
    client.force_login(late.author)
    address, line = reverse("dossier-restructure", args=[late.pk]), late.changes.get()
    page = client.get(address).content.decode()
    assert OFFERED in page
    assert f"Giữ nguyên: {line.before[1].full_name}" in page
    box = f"to-{line.pk}".__add__
    sent = {
        "once": once.new_key(), "seen": late.revision, "refresh": line.pk, box("-deputy"): "khac",
        box("-deputy_full_name"): "Kha Văn Kế", box("-cause"): "moved", box("-reason"): "Đi xa",
    }  # fmt: skip
    twice = [client.post(address, sent) for _press in range(2)]
    assert [answer.status_code for answer in twice] == [302, 302]
    late = fresh(late)
    assert late.changes.get().reason == "Đi xa"
    page = client.get(address).content.decode()
    assert OFFERED not in page
    holds = next(name for name, role in sitting(team).items() if role == "deputy")
    assert f"Giữ nguyên: {holds}" in page
    assert _blocking(late) == ["somebody_is_appointed"]
