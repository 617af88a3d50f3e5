"""The roster is the fold of the released decisions, and people are recognised."""

import datetime
import unicodedata

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.models import Document, Series
from procedures import demo
from procedures.flows import establish_team
from procedures.models import Commune, Dossier, Membership, Person, Seat, Team
from procedures.roles import Role
from procedures.rules import judge
from procedures.teams import roster
from workflows.errors import Refusal
from workflows.states import State

DAY = datetime.date(2026, 9, 12)


def drafted(cast, index=0, role=Role.HAMLET_HEAD, rows=None):
    author = cast(role, index)
    [post] = establish_team.posts_that_may_start(author)
    dossier = establish_team.draft(author, post)
    dossier.changes.get().replace_seats(rows or demo.seats(dossier, 5))
    return dossier


def released(cast, index=0, role=Role.HAMLET_HEAD, day=DAY, rows=None):
    """A dossier whose decision is released, brought there without signing and sealing."""
    dossier = drafted(cast, index, role, rows)
    roster.identify_people(dossier)
    decision = decided(dossier, Document.objects.count() + 1, day)
    Dossier.objects.filter(pk=dossier.pk).update(state=State.RELEASED, decision=decision)
    dossier = Dossier.objects.get(pk=dossier.pk)
    roster.apply(dossier)
    return dossier


def decided(dossier, number, day):
    series = Series.objects.get(issuer=dossier.commune.issuer, symbol="QĐ-UBND")
    return Document.objects.create(
        issuer=series.issuer,
        kind="decision",
        series=series,
        year=day.year,
        number=number,
        symbol=series.symbol,
        date=day,
        state="released",
        content={"subject": "Về việc thành lập tổ"},
        content_digest="0" * 64,
        issued=timezone.now(),
        released=timezone.now(),
    )


def commune_of(cast):
    return Commune.objects.get(agency=cast.agency)


def kept(cast):
    return {standing for _team, standing in roster.projected(commune_of(cast))}


def test_a_released_decision_becomes_a_team_from_its_date(tam_quang):
    dossier = released(tam_quang)
    team = dossier.changes.get().team
    assert team.name == "Tổ công nghệ số cộng đồng bản Bãi Sở"
    assert (team.since, team.until, team.decision_id) == (DAY, None, dossier.decision_id)
    leader = team.memberships.get(role="leader")
    assert leader.person.user == tam_quang(Role.HAMLET_HEAD)
    assert team.memberships.count() == 5
    assert set(team.memberships.values_list("since", flat=True)) == {DAY}


def test_the_projection_equals_the_fold_of_the_decisions(tam_quang, hac_thanh):
    for index, day in enumerate([DAY, DAY + datetime.timedelta(days=3), DAY]):
        released(tam_quang, index, day=day)
    released(tam_quang, role=Role.YOUTH_SECRETARY)
    released(hac_thanh)
    drafted(tam_quang, 5)
    for cast, teams in ((tam_quang, 4), (hac_thanh, 1)):
        fold = roster.fold(commune_of(cast))
        assert len(fold) == teams
        assert set(fold) == kept(cast)
        assert roster.differences(commune_of(cast)) == []


def test_a_walk_through_the_whole_road_ends_in_the_roster(road):
    dossier = road.to(State.RELEASED)
    [team] = Team.objects.filter(decision=dossier.decision)
    assert team.memberships.count() == dossier.changes.get().seats.count()
    assert roster.differences(dossier.commune) == []


def lose_a_member(team):
    team.memberships.filter(role="member").first().delete()


def add_a_member(team):
    stranger = Person.objects.create(commune=team.commune, full_name="Lô Văn X", folded="lo van x")
    Membership.objects.create(
        team=team, person=stranger, role="member", since=DAY, decision=team.decision
    )


def add_a_member_by_another_decision(team):
    stranger = Person.objects.create(commune=team.commune, full_name="Lô Văn X", folded="lo van x")
    other = Document.objects.exclude(pk=team.decision_id).filter(kind="decision").first()
    Membership.objects.create(team=team, person=stranger, role="member", since=DAY, decision=other)


def change_a_role(team):
    team.memberships.filter(role="member").update(role="deputy")


def end_a_seat(team):
    team.memberships.filter(role="deputy").update(until=DAY)


def rename(team):
    Team.objects.filter(pk=team.pk).update(name="Tổ khác")


def close(team):
    Team.objects.filter(pk=team.pk).update(until=DAY)


def lose_the_team(team):
    team.memberships.all().delete()
    Dossier.objects.get(decision=team.decision).changes.update(team=None)
    team.delete()


def void_the_decision(team):
    Document.objects.filter(pk=team.decision_id).update(state="void", void_reason="Thử.")


@pytest.mark.parametrize(
    "spoil",
    [
        lose_a_member, add_a_member, add_a_member_by_another_decision, change_a_role, end_a_seat,
        rename, close, lose_the_team, void_the_decision,
    ],
)  # fmt: skip
def test_what_departs_from_the_decisions_is_found_and_mended(tam_quang, hac_thanh, spoil):
    team = released(tam_quang).changes.get().team
    released(tam_quang, 1)
    released(hac_thanh)
    untouched = kept(hac_thanh)
    spoil(team)
    commune = commune_of(tam_quang)
    assert len(roster.differences(commune)) == 1
    assert roster.differences(commune_of(hac_thanh)) == []
    roster.rebuild(commune)
    assert roster.differences(commune) == []
    assert set(roster.fold(commune)) == kept(tam_quang)
    assert kept(hac_thanh) == untouched


def test_rebuilding_what_is_right_keeps_every_row(tam_quang):
    released(tam_quang)
    rows = set(Membership.objects.values_list("pk", flat=True)), set(Team.objects.values_list("pk"))
    roster.rebuild(commune_of(tam_quang))
    assert rows == (
        set(Membership.objects.values_list("pk", flat=True)),
        set(Team.objects.values_list("pk")),
    )


def test_rebuilding_from_nothing_gives_the_same_teams(tam_quang):
    released(tam_quang)
    released(tam_quang, role=Role.YOUTH_SECRETARY)
    before = kept(tam_quang)
    Membership.objects.all().delete()
    for dossier in Dossier.objects.all():
        dossier.changes.update(team=None)
    Team.objects.all().delete()
    roster.rebuild(commune_of(tam_quang))
    assert kept(tam_quang) == before
    assert all(d.changes.get().team for d in Dossier.objects.all())


def test_a_second_team_for_a_place_is_refused_at_release(tam_quang):
    dossier = released(tam_quang)
    with pytest.raises(Refusal, match="Bãi Sở đã có tổ"):
        released(tam_quang)
    assert Team.objects.get(hamlet=dossier.changes.get().hamlet).decision == dossier.decision


def test_the_rules_name_the_decision_of_the_team_that_stands(tam_quang):
    first = released(tam_quang)
    [finding] = [f for f in judge(drafted(tam_quang)) if f.blocks]
    number = first.decision.reference
    assert str(finding) == (
        f"Bản Bãi Sở đã có tổ theo Quyết định số {number} ngày 12/9/2026; mỗi nơi một tổ "
        "(Kế hoạch số 45/KH-UBND ngày 20 tháng 8 năm 2025, mục II.1)"
    )
    assert [f for f in judge(first) if f.blocks] == []


# Recognising people --------------------------------------------------------------------------


def identified(cast, *rows, index=0):
    """The people a list is linked to, after the leader."""
    leader = {"full_name": cast(Role.HAMLET_HEAD, index).full_name, "role": "leader"}
    dossier = drafted(cast, index, rows=[leader, *rows])
    roster.identify_people(dossier)
    return [seat.person for seat in dossier.changes.get().seats.all()][1:]


LO = {"full_name": "Lô Văn Ba", "birth_year": 1980, "phone": "0914994001"}


@pytest.mark.parametrize(
    ("row", "same"),
    [
        (LO, True),
        ({"full_name": "Lô Văn Ba", "phone": "+84 914.994.001"}, True),
        ({"full_name": "lo van ba", "phone": "0914994001"}, True),
        ({"full_name": "Lô Văn Ba", "birth_year": 1980}, True),
        ({"full_name": "Lô Văn Ba", "birth_year": 1980, "phone": "0914994002"}, True),
        ({"full_name": unicodedata.normalize("NFD", "Lô Văn Ba"), "birth_year": 1980}, True),
        ({"full_name": "Lô Văn Ba"}, False),
        ({"full_name": "Lô Văn Ba", "birth_year": 1981}, False),
        ({"full_name": "Lô Văn Bá", "birth_year": 1980}, False),
        ({"full_name": "Lô Văn Bốn", "phone": "0914994001"}, False),
    ],
)
def test_a_person_is_recognised_by_name_and_phone_or_year(tam_quang, row, same):
    [known] = identified(tam_quang, LO)
    [found] = identified(tam_quang, row, index=1)
    assert (found == known) is same


def test_a_namesake_in_another_commune_is_another_person(tam_quang, hac_thanh):
    [known], [found] = identified(tam_quang, LO), identified(hac_thanh, LO)
    assert found != known
    assert (known.commune, found.commune) == (commune_of(tam_quang), commune_of(hac_thanh))


def test_what_was_typed_is_kept_in_one_form(tam_quang):
    typed = unicodedata.normalize("NFD", "  Vi  Thị Ước ")
    row = {"full_name": typed, "phone": "+84 914 994 001", "represents": "Giáo  viên"}
    [person] = identified(tam_quang, row)
    seat = Seat.objects.get(person=person)
    assert (seat.full_name, seat.phone, seat.represents) == (
        "Vi Thị Ước",
        "0914994001",
        "Giáo viên",
    )
    assert (person.full_name, person.folded, person.phone) == (
        "Vi Thị Ước", "vi thi uoc", "0914994001",
    )  # fmt: skip


def test_a_list_tells_what_was_not_known_and_corrects_nothing(tam_quang):
    [known] = identified(tam_quang, {"full_name": "Lô Văn Ba", "birth_year": 1980})
    identified(tam_quang, LO, index=1)
    known.refresh_from_db()
    assert known.phone == LO["phone"]
    identified(tam_quang, LO | {"phone": "0914994002"}, index=2)
    known.refresh_from_db()
    assert known.phone == LO["phone"]


def test_the_holder_of_the_post_is_known_by_his_account(tam_quang):
    head = tam_quang(Role.HAMLET_HEAD)
    recorded = head.person
    rows = [{"full_name": "lo van thin", "role": "leader", "phone": "0914994777"}]
    dossier = drafted(tam_quang, rows=rows)
    roster.identify_people(dossier)
    assert dossier.changes.get().seats.get().person == recorded
    recorded.refresh_from_db()
    assert recorded.phone != "0914994777"


def test_a_holder_nobody_recorded_yet_is_recorded_with_his_account(tam_quang):
    head = tam_quang(Role.HAMLET_HEAD)
    Person.objects.filter(user=head).delete()
    dossier = drafted(tam_quang, rows=[{"full_name": head.full_name, "role": "leader"}])
    roster.identify_people(dossier)
    assert dossier.changes.get().seats.get().person.user == head


def test_the_same_name_as_an_officer_is_not_the_officer(tam_quang):
    chairman = tam_quang(Role.CHAIRMAN)
    [namesake] = identified(tam_quang, {"full_name": chairman.full_name, "birth_year": 2001})
    assert namesake.user is None


def test_sending_again_records_nobody_twice(tam_quang):
    rows = [{"full_name": "Lô Văn Thìn", "role": "leader"}, {"full_name": "Kha Văn Năm"}, LO]
    dossier = drafted(tam_quang, rows=rows)
    roster.identify_people(dossier)
    people = Person.objects.count()
    for _again in range(2):
        dossier.changes.get().replace_seats(rows)
        roster.identify_people(dossier)
    assert Person.objects.count() == people
    assert dossier.changes.get().seats.filter(person__isnull=True).count() == 0


def test_a_bare_name_in_two_villages_is_two_people(tam_quang):
    bare = {"full_name": "Kha Văn Năm"}
    [one], [other] = identified(tam_quang, bare), identified(tam_quang, bare, index=1)
    assert one != other


def test_namesakes_of_one_team_are_two_people(tam_quang):
    twin = LO | {"phone": "0914994002"}
    one, other = identified(tam_quang, LO, twin)
    assert one != other


def test_linking_a_list_costs_the_same_for_five_and_for_ten(tam_quang):
    costs = []
    for members, index in ((5, 0), (10, 1)):
        dossier = drafted(tam_quang, index)
        dossier.changes.get().replace_seats(demo.seats(dossier, members))
        with CaptureQueriesContext(connection) as queries:
            roster.identify_people(dossier)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 7
