"""Merged hamlets: the resolution, both teams meanwhile, one team afterwards; and a team's end."""

import datetime

import pytest
from django.utils import timezone

from documents import nd30
from procedures import behalf, rounds, rules
from procedures.flows import dissolve_team, establish_team, merge_hamlets, review_team
from procedures.issuing import signing
from procedures.models import Change, Dossier, Hamlet, HamletMerger, Seat, Team
from procedures.models.changes import kept as row
from procedures.papers import common
from procedures.roles import Role
from procedures.sheets import Places
from procedures.teams import mergers, roster, standing_teams, warnings
from workflows import authority
from workflows.errors import Refusal
from workflows.models import Event, Holding
from workflows.states import State

from .restructuring import carried_out, findings_of, founded, sitting, specialist, text_of


def resolution(**more):
    today = timezone.localdate()
    return {
        "on": today - datetime.timedelta(days=3),
        "paper": "20/NQ-HĐND",
        "paper_date": today - datetime.timedelta(days=20),
        "issued_by": "Hội đồng nhân dân xã Tam Quang",
        **more,
    }


def merged(cast, places, **more):
    keeper = mergers.keeper(authority.capacities(cast(Role.CLERK)))
    return mergers.enter(keeper, hamlets=places, **(resolution() | more))


@pytest.fixture
def two(tam_quang):
    """The teams of two hamlets, of six and four people."""
    return founded(tam_quang, members=6), founded(tam_quang, 1, members=4)


def kinds(team):
    return [warning.kind for warning in warnings.of_team(Team.objects.get(pk=team.pk))]


def test_two_hamlets_become_a_new_one_and_their_teams_follow(road, tam_quang, two):
    places = [team.hamlet for team in two]
    merger = merged(tam_quang, places, kind="bản", name="Bãi Mới")
    new = merger.into
    assert (new.full_name, new.since, new.head_post.title) == (
        "bản Bãi Mới", merger.on, "Trưởng bản Bãi Mới",
    )  # fmt: skip
    [event] = Event.objects.filter(act="merge_hamlets")
    assert event.facts["paper"].startswith("Nghị quyết số 20/NQ-HĐND")

    # Both teams are tolerated, with a warning that cites the resolution.
    for team in two:
        [warning] = [w for w in warnings.of_team(fresh(team)) if w.kind == warnings.MERGED]
        assert "đã sáp nhập thành bản Bãi Mới; tổ chờ hợp nhất" in warning.sentence
        assert "20/NQ-HĐND" in warning.citation
        assert team.until is None

    # Nothing offers what is no more.
    commune = new.commune
    over = {place.pk for place in places}
    free = {hamlet.pk for hamlet in rounds.free_places(commune)[0]}
    assert new.pk in free
    assert not free & over
    listed = {pk for pk, _kind, _name in Places.of(commune).hamlets}
    assert not listed & over
    entered = {place.name for place in behalf.places(commune)}
    assert "bản Bãi Mới" in entered
    assert not entered & {place.full_name for place in places}

    head = tam_quang(Role.HAMLET_HEAD, 1)
    Holding.objects.create(post=new.head_post, user=head, since=timezone.localdate())
    user, post = specialist(tam_quang)
    dossier = merge_hamlets.draft(user, post, merger)
    assert dossier.title == "Hợp nhất tổ sau sáp nhập thành bản Bãi Mới"
    line = dossier.changes.get(kind=Change.Kind.CREATE)
    seats = list(line.seats.all())
    assert len(seats) == 10
    assert [s.role for s in seats].count("leader") == 1
    assert (seats[0].full_name, seats[0].represents) == (head.full_name, "Trưởng bản Bãi Mới")
    before = [sitting(team) for team in two]
    people = {s.person_id for s in line.before}
    texts = [team.decision.content for team in two]

    sent = road.do(dossier, "edit", user, seats={})
    sent = road.do(sent, "submit", user)
    done = road._forward(sent, State.RELEASED)
    for team, decision in zip(two, texts, strict=True):
        team = fresh(team)
        assert team.until == timezone.localdate() - datetime.timedelta(days=1)
        assert (team.decision.state, team.decision.content) == ("released", decision)
        assert team.name in team.decision.content["subject"]
    [one] = Team.objects.filter(hamlet=new, until=None)
    assert set(sitting(one)) == set(before[0]) | set(before[1])
    assert set(one.memberships.values_list("person", flat=True)) == people
    assert kinds(one) == []
    assert mergers.open_ones(commune) == []
    assert roster.differences(commune) == []

    said = text_of(done.decision)
    assert "Căn cứ Nghị quyết số 20/NQ-HĐND ngày" in said
    assert "của Hội đồng nhân dân xã Tam Quang về việc sáp nhập bản Bãi Sở, " in said
    assert f"1. {two[0].name}, thành lập theo Quyết định số {two[0].decision.reference}" in said
    assert "Thành lập Tổ công nghệ số cộng đồng bản Bãi Mới, xã Tam Quang gồm 10 thành viên" in said
    assert "Tổ công nghệ số cộng đồng bản Bãi Mới tiếp nhận toàn bộ" in said
    for slot, name in (("submission", "Tờ trình"), ("decision", "Quyết định")):
        assert nd30.inspect(signing.preview(done, slot)) == nd30.Report(name, ()), slot


def fresh(team):
    return Team.objects.get(pk=team.pk)


def test_a_surviving_hamlet_keeps_its_team(tam_quang, two):
    first, second = two
    merger = merged(tam_quang, [first.hamlet, second.hamlet], into=first.hamlet)
    assert merger.into == first.hamlet
    assert [h.pk for h in merger.places] == [first.hamlet_id, second.hamlet_id]
    assert Hamlet.objects.get(pk=second.hamlet_id).is_over
    assert warnings.MERGED not in kinds(first)
    assert warnings.MERGED in kinds(second)
    dossier = merge_hamlets.draft(*specialist(tam_quang), merger)
    kept = {line.kind: line for line in dossier.changes.all()}
    assert kept["dissolve"].team == second
    assert kept["revise"].team == first
    assert kept["revise"].seats.count() == 10
    assert not [f for f in rules.judge(dossier) if f.blocks]
    # Somebody leaves one of the teams by another decision: the list is drawn up anew.
    case = review_team.draft(*specialist(tam_quang, 0), [second])
    line = case.changes.get()
    line.replace_seats([row(seat) for seat in line.before[:-1]])
    carried_out(case)
    dossier = Dossier.objects.get(pk=dossier.pk)
    stale = [f for f in rules.judge(dossier) if f.rule == "merged_lists_are_still_the_same"]
    assert stale[0].blocks
    dossier.redraw({"refresh": [kept["revise"].pk]})
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert dossier.changes.get(kind="revise").seats.count() == 9
    assert not [f for f in rules.judge(dossier) if f.blocks]
    assert [findings_of(dossier, slot) for slot in ("submission", "decision")] == [[], []]
    with pytest.raises(Refusal, match="ít nhất một tổ"):
        dossier.redraw({"drop": [kept["dissolve"].pk]})


def test_a_place_that_merged_away_is_no_place_without_a_team(tam_quang, two):
    commune = two[0].commune
    founded(tam_quang, 2)
    assert standing_teams.coverage(commune) == (3, 18)
    merged(tam_quang, [team.hamlet for team in two], into=two[0].hamlet)
    # Both teams stand until a decision; the place of one of them is no more.
    assert standing_teams.coverage(commune) == (2, 17)
    before = timezone.localdate() - datetime.timedelta(days=4)
    assert standing_teams.coverage(commune, before) == (3, 18)


def test_a_collaborator_stays_one_in_the_merged_list(tam_quang, two):
    beside = two[1].memberships.filter(role="member").first()
    Seat.objects.filter(person=beside.person).update(role="collaborator")
    places = [team.hamlet for team in two]
    merger = merged(tam_quang, places, kind="bản", name="Bãi Mới")
    dossier = merge_hamlets.draft(*specialist(tam_quang), merger)
    [line] = dossier.changes.filter(kind="create")
    roles = dict(line.seats.values_list("full_name", "role"))
    assert roles[beside.person.full_name] == "collaborator"
    assert list(roles.values()).count("collaborator") == 1
    assert common.size(line) == "09 thành viên và 01 cộng tác viên"


def test_too_many_are_refused_by_the_source_and_the_collaborators_offered(tam_quang):
    teams = [founded(tam_quang, 0, members=7), founded(tam_quang, 1, members=6)]
    merger = merged(tam_quang, [t.hamlet for t in teams], kind="bản", name="Bãi Mới")
    dossier = merge_hamlets.draft(*specialist(tam_quang), merger)
    found = {f.rule: f for f in rules.judge(dossier)}
    assert found["not_too_many_members"].blocks
    assert "II.2.1.a" in found["not_too_many_members"].citation
    assert "cộng tác viên" in found["others_may_collaborate"].sentence
    # Nobody is entered as head of the new place: the leader has to be chosen.
    assert found["one_leader"].blocks


def test_no_new_team_where_a_hamlet_is_no_more(tam_quang, two):
    head, post = tam_quang(Role.HAMLET_HEAD, 2), tam_quang.post(Role.HAMLET_HEAD, 2)
    dossier = establish_team.draft(head, post)
    places = [two[0].hamlet, dossier.changes.get().hamlet]
    merged(tam_quang, places, into=two[0].hamlet)
    found = {f.rule: f for f in rules.judge(dossier) if f.blocks}
    assert (
        "đã sáp nhập thành bản Bãi Sở nên không lập tổ mới" in found["place_still_exists"].sentence
    )
    assert "20/NQ-HĐND" in found["place_still_exists"].citation


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "bản", "name": ""}, "name"),
        ({"kind": "bản", "name": "Bãi Sở"}, "name"),
        ({"on": datetime.date(2100, 1, 1), "kind": "bản", "name": "Mới"}, "on"),
        ({"paper_date": datetime.date(2100, 1, 1), "kind": "bản", "name": "Mới"}, "paper_date"),
    ],
)
def test_what_a_resolution_cannot_say(more, field, tam_quang):
    places = list(tam_quang.agency.commune.hamlets.order_by("pk")[:2])
    with pytest.raises(Refusal) as refused:
        merged(tam_quang, places, **more)
    assert refused.value.field == field
    assert not HamletMerger.objects.exists()


def test_a_merger_of_one_or_of_another_commune_is_refused(tam_quang, hac_thanh):
    own = list(tam_quang.agency.commune.hamlets.order_by("pk")[:2])
    theirs = list(hac_thanh.agency.commune.hamlets.order_by("pk")[:1])
    for places in (own[:1], [own[0], theirs[0]], [own[0], own[0]]):
        with pytest.raises(Refusal):
            merged(tam_quang, places, kind="bản", name="Mới")


def test_a_team_ends_by_a_decision_that_says_who_takes_over(road, tam_quang, two):
    user, post = specialist(tam_quang)
    dossier = dissolve_team.draft(user, post, [two[1]])
    dossier = road.do(dossier, "edit", user, why="Bản không còn hộ dân nào")
    with pytest.raises(Refusal, match="ai nhận nhiệm vụ") as refused:
        road.do(dossier, "submit", user)
    assert refused.value.field == "hand_over"
    text = "Tổ công nghệ số cộng đồng xã Tam Quang tiếp nhận"
    dossier = road.do(dossier, "edit", user, hand_over=text)
    done = road._forward(road.do(dossier, "submit", user), State.RELEASED)
    ended = fresh(two[1])
    assert ended.until == timezone.localdate() - datetime.timedelta(days=1)
    assert sitting(ended) == {}
    assert roster.differences(ended.commune) == []
    said = text_of(done.decision)
    assert f"Giải thể {ended.name}, xã Tam Quang, thành lập theo Quyết định số" in said
    assert f"Bàn giao nhiệm vụ, hồ sơ và các nhóm liên lạc: {text}." in said
    assert f"hết hiệu lực đối với {ended.name}" in said
    for slot, name in (("submission", "Tờ trình"), ("decision", "Quyết định")):
        assert nd30.inspect(signing.preview(done, slot)) == nd30.Report(name, ()), slot
    with pytest.raises(Refusal, match="không còn hoạt động"):
        dissolve_team.draft(user, post, [ended])
    # The place is free again.
    assert ended.hamlet in rounds.free_places(ended.commune)[0]
