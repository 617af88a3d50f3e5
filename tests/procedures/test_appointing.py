"""Thay Tổ trưởng, Tổ phó: one team, and all teams whose head changed, in one decision."""

import pytest
from django.contrib.auth import get_user_model

from documents import nd30
from documents import service as documents
from procedures import roster, signing
from procedures.flows import appoint_leader
from workflows.states import State

from .restructuring import founded, sitting, specialist, succeed, text_of


@pytest.fixture
def heads(db):
    """Three new heads of hamlets, with accounts."""
    names = ("Lô Văn Mới", "Vi Thị Nhậm", "Kha Văn Kế")
    return [
        get_user_model().objects.create(username=f"moi-{n}", full_name=name)
        for n, name in enumerate(names)
    ]


def test_three_teams_get_their_new_heads_by_one_decision(road, tam_quang, heads):
    teams = [founded(tam_quang, index) for index in range(4)]
    for index, user in enumerate(heads):
        succeed(tam_quang, index, user)
    user, post = specialist(tam_quang)
    commune = teams[0].commune
    assert appoint_leader.to_follow(commune) == teams[:3]
    dossier = appoint_leader.draft(user, post, appoint_leader.to_follow(commune))
    assert dossier.title == "Thay Tổ trưởng, Tổ phó 03 Tổ công nghệ số cộng đồng"
    lines = list(dossier.changes.order_by("pk"))
    assert [line.seats.get().full_name for line in lines] == [user.full_name for user in heads]
    assert {line.cause for line in lines} == {"post_lost"}
    former = [next(n for n, role in sitting(team).items() if role == "leader") for team in teams]
    done = road._forward(road.do(dossier, "submit", user), State.RELEASED)
    assert done.proposal is None
    for team, head, old in zip(teams, heads, former, strict=False):
        now = sitting(team)
        assert now[head.full_name] == "leader"
        assert old not in now
        assert len(now) == 5
    assert sitting(teams[3])[former[3]] == "leader"
    assert roster.differences(commune) == []
    assert appoint_leader.to_follow(commune) == []
    for slot, name in (("submission", "Tờ trình"), ("decision", "Quyết định")):
        data = signing.preview(done, slot)
        assert nd30.inspect(data) == nd30.Report(name, ()), slot
        assert documents.verify(data).valid
    said = text_of(done.decision)
    assert f"bản Bãi Sở | Tổ trưởng | Lô Văn Mới | Trưởng bản Bãi Sở | {former[0]}" in said
    assert documents.around(teams[0].decision)[0][0].kind == "amends"
