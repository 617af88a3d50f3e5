"""Teams that exist already: recorded all or not at all, on decisions issued elsewhere."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents import service as documents
from documents.models import Document, Medium, Series
from procedures import demo, sheets
from procedures.flows import establish_team, record_teams
from procedures.lists import listing
from procedures.models import Change, Commune, Dossier, Hamlet, Membership, Person, Seat, Team
from procedures.models.existing import IssuedElsewhere
from procedures.roles import FIELDS, Role
from procedures.rules import judge
from procedures.teams import roster
from workflows import authority, ledger, service
from workflows.errors import Refusal
from workflows.models import Case, Delegation, Event
from workflows.service import perform
from workflows.states import State, acts_of

from .lists import GOOD, ONE, book, changed

JULY = datetime.date(2025, 7, 10)
SIGNER = "Nguyễn Đình Hợp"


def commune_of(cast):
    return Commune.objects.get(agency=cast.agency)


def post_of(user):
    [post] = record_teams.posts_that_may_record(authority.capacities(user))
    return post


def told(sheet, **more):
    """What the screen adds to the decisions of a list."""
    return {
        d: IssuedElsewhere(d.number, d.symbol, d.date, **{"signer": SIGNER, **more})
        for d in sheet.decisions
    }


def record(cast, data=None, role=Role.SPECIALIST, **more):
    data = data or book()
    sheet = listing.read(commune_of(cast), data)
    user = cast(role)
    digest = documents.sha256(data)
    return record_teams.record(user, post_of(user), sheet, told(sheet, **more), digest=digest)


def everything():
    kept = [Document, Dossier, Change, Seat, Person, Team, Membership, Event, Case]
    return [model.objects.count() for model in kept]


# What is recorded --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.CLERK])
def test_a_list_becomes_teams_on_the_dates_of_their_decisions(tam_quang, role):
    dossier = record(tam_quang, role=role)
    assert (dossier.state, dossier.title) == (State.RELEASED, "Ghi nhận 3 tổ đã có")
    teams = {team.name: team for team in Team.objects.filter(commune=dossier.commune)}
    village = teams["Tổ công nghệ số cộng đồng bản Bãi Sở"]
    assert (village.since, village.until, village.level) == (JULY, None, "hamlet")
    assert village.decision.reference == "15/QĐ-UBND"
    assert (village.decision.medium, village.decision.signer_name) == (Medium.ELSEWHERE, SIGNER)
    rows = village.memberships.order_by("pk").values_list(
        "person__full_name", "role", "represents", "since"
    )
    assert list(rows) == [
        ("Lô Văn Thìn", "leader", "Trưởng bản", JULY),
        ("Vi Thị Hoa", "deputy", "", JULY),
        ("Kha Văn Lực", "member", "Giáo viên", JULY),
    ]
    assert teams["Tổ công nghệ số cộng đồng xã Tam Quang"].since == datetime.date(2026, 2, 5)


def test_two_teams_of_one_decision_rest_on_one_document(tam_quang):
    dossier = record(tam_quang)
    first, second, third = dossier.changes.order_by("pk")
    assert first.own_decision == second.own_decision != third.own_decision
    assert Document.objects.filter(medium=Medium.ELSEWHERE).count() == 2
    assert dossier.decision is None


def test_people_are_recognised_across_teams_and_with_their_accounts(tam_quang):
    record(tam_quang)
    assert Membership.objects.filter(person__full_name="Vi Thị Hoa").count() == 2
    assert Person.objects.filter(full_name="Vi Thị Hoa").count() == 1
    [leader] = Membership.objects.filter(team__hamlet__name="Bãi Sở", role="leader")
    assert leader.person.user == tam_quang(Role.HAMLET_HEAD)
    assert leader.person.full_name == "Lô Văn Thìn"


def test_the_roster_is_still_the_fold_of_the_decisions(tam_quang, hac_thanh):
    commune = record(tam_quang).commune
    assert len(roster.fold(commune)) == 3
    assert roster.differences(commune) == []
    assert set(roster.fold(commune)) == {kept for _team, kept in roster.projected(commune)}
    assert roster.fold(commune_of(hac_thanh)) == []
    call_command("check_cases")


def test_rebuilding_keeps_every_row_and_mends_what_is_lost(tam_quang):
    commune = record(tam_quang).commune
    rows = set(Membership.objects.values_list("pk")), set(Team.objects.values_list("pk"))
    roster.rebuild(commune)
    assert rows == (set(Membership.objects.values_list("pk")), set(Team.objects.values_list("pk")))
    Change.objects.update(team=None)
    Membership.objects.all().delete()
    Team.objects.all().delete()
    assert len(roster.differences(commune)) == 3
    roster.rebuild(commune)
    assert roster.differences(commune) == []
    assert all(Change.objects.values_list("team", flat=True))


def test_ours_and_theirs_make_one_roster_in_the_order_of_their_dates(road, tam_quang):
    first = road.to(State.RELEASED)
    record(tam_quang, book(changed(4, "D", ONE, GOOD[3:])))
    dates = [standing.since for standing in roster.fold(first.commune)]
    assert dates == sorted(dates)
    assert len(dates) == 3
    assert roster.differences(first.commune) == []


def test_the_ledger_tells_it_once_and_names_the_file(tam_quang):
    before = Event.objects.count()
    dossier = record(tam_quang)
    event = Event.objects.order_by("pk").last()
    assert Event.objects.count() == before + 1
    assert (event.act, event.from_state, event.to_state) == (
        "record_existing", "draft", "released",
    )  # fmt: skip
    assert event.facts == {"sheet": documents.sha256(book()), "teams": 3, "people": 7}
    assert event.digest == dossier.digest()
    assert list(ledger.verify(dossier.agency)) == []


def test_nothing_waits_for_anybody_afterwards(tam_quang):
    dossier = record(tam_quang)
    assert (dossier.case, dossier.waits_at, Case.objects.count()) == (None, None, 0)
    # The scan of a decision issued elsewhere may still come; it moves nothing.
    for role, offered in ((Role.SPECIALIST, ["add_scan"]), (Role.CLERK, ["add_scan"]),
                          (Role.CHAIRMAN, [])):  # fmt: skip
        acts = service.available_to(tam_quang(role), dossier)
        assert [act.name for act, refusal in acts if refusal is None] == offered


# One number, one document ------------------------------------------------------------------------


def test_a_later_list_may_rest_on_the_same_decision(tam_quang):
    record(tam_quang, book(GOOD[:3]))
    row = ["", "", "Bản Tam Liên", ONE, "Lương Văn Phúc", "Tổ trưởng", "", ""]
    dossier = record(tam_quang, book([row]))
    assert dossier.title == "Ghi nhận Tổ công nghệ số cộng đồng bản Tam Liên"
    assert Document.objects.filter(medium=Medium.ELSEWHERE).count() == 1
    assert roster.differences(dossier.commune) == []


def test_the_same_number_with_another_date_is_refused_and_nothing_stays(tam_quang):
    record(tam_quang, book(GOOD[:3]))
    before = everything()
    rows = changed(4, "D", "15/QĐ-UBND ngày 11/7/2025", GOOD[3:5])
    with pytest.raises(Refusal, match="đã được ghi nhận với ngày 10/07/2025"):
        record(tam_quang, book(rows))
    assert everything() == before


def test_two_old_communes_may_each_have_had_that_number(tam_quang):
    record(tam_quang, book(GOOD[:3]), issued_by="UBND xã Tam Đình")
    rows = changed(4, "D", "15/QĐ-UBND ngày 11/7/2025", GOOD[3:5])
    record(tam_quang, book(rows), issued_by="ủy ban nhân dân xã Tam Hợp")
    issuers = Document.objects.filter(medium=Medium.ELSEWHERE).order_by("date")
    assert [document.issuer.name for document in issuers] == [
        "Ủy ban nhân dân xã Tam Đình", "ủy ban nhân dân xã Tam Hợp",
    ]  # fmt: skip
    assert roster.differences(commune_of(tam_quang)) == []


@pytest.mark.parametrize("name", ["UBND xã Tam Quang", "Ủy ban nhân dân xã Tam Quang", ""])
def test_the_committee_by_its_own_name_is_no_other_issuer(tam_quang, name):
    dossier = record(tam_quang, issued_by=name)
    assert {c.own_decision.issuer for c in dossier.changes.all()} == {dossier.commune.issuer}


def test_a_number_of_our_own_series_is_not_written_down_again(road, tam_quang):
    ours = road.to(State.RELEASED, tam_quang(Role.HAMLET_HEAD, 5)).decision
    number = f"{ours.reference} ngày {ours.date.day}/{ours.date.month}/{ours.date.year}"
    before = everything()
    with pytest.raises(Refusal, match="là của một văn bản lập trong hệ thống"):
        record(tam_quang, book(changed(4, "D", number)))
    assert everything() == before


# All or nothing ----------------------------------------------------------------------------------


def test_a_list_with_a_mistake_records_none_of_its_teams(tam_quang):
    before = everything()
    with pytest.raises(Refusal, match="còn chỗ chưa đúng"):
        record(tam_quang, book(changed(9, "F", "Cố vấn")))
    assert everything() == before


def test_a_place_that_has_a_team_is_told_at_its_cell(road, tam_quang):
    team = road.to(State.RELEASED).changes.get().team
    [problem] = listing.read(commune_of(tam_quang), book()).problems
    assert (problem.cell, problem.sentence) == (
        "C4",
        f"{team.name} đã có trong hệ thống, theo Quyết định số {team.decision.reference} ngày "
        f"{team.since:%d/%m/%Y}. Ông/bà bỏ các dòng của tổ này.",
    )


def test_a_team_founded_meanwhile_takes_the_whole_list_back(road, tam_quang):
    sheet = listing.read(commune_of(tam_quang), book())
    road.to(State.RELEASED)
    before, user = everything(), tam_quang(Role.CLERK)
    with pytest.raises(Refusal, match="bản Bãi Sở đã có tổ"):
        record_teams.record(user, post_of(user), sheet, told(sheet), digest="a")
    assert everything() == before


def test_a_team_that_slips_in_at_the_last_moment_is_caught_by_the_database(tam_quang):
    place = Hamlet.objects.get(name="Bãi Sở")
    paper = documents.record_elsewhere(
        issuer=place.commune.issuer, kind="decision", number=99, symbol="QĐ-UBND", date=JULY,
        signer_name=SIGNER, subject="Thành lập tổ",
    )  # fmt: skip
    rival = [place.commune_id, place.pk, paper.pk]
    before = everything()

    def slip_in(execute, sql, params, many, context):
        if rival and sql.startswith('INSERT INTO "procedures_team"'):
            columns = "commune_id, hamlet_id, decision_id, level, name, since"
            values = "%s, %s, %s, 'hamlet', 'Tổ', '2025-07-10'"
            with connection.cursor() as cursor:
                row, rival[:] = tuple(rival), []
                cursor.execute(f"INSERT INTO procedures_team ({columns}) VALUES ({values})", row)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(slip_in), pytest.raises(Refusal, match="vừa được người khác"):
        record(tam_quang)
    assert rival == []
    assert everything() == before


def test_a_second_press_gives_the_first_dossier(tam_quang):
    first = record(tam_quang)
    before = everything()
    user = tam_quang(Role.SPECIALIST)
    sheet = sheets.read(book(), sheets.Places.of(first.commune))
    again = record_teams.record(
        user, post_of(user), sheet, told(sheet), digest=documents.sha256(book())
    )
    assert again == first
    assert everything() == before


# The rules ---------------------------------------------------------------------------------------


def test_the_rules_only_warn_and_leave_nothing_behind(tam_quang):
    user = tam_quang(Role.SPECIALIST)
    sheet = listing.read(commune_of(tam_quang), book(changed(9, "F", "Thành viên")))
    before = everything()
    findings = listing.judge(user, post_of(user), sheet)
    assert everything() == before
    assert not any(finding.blocks for finding in findings)
    told_rules = {finding.rule for finding in findings}
    assert {"one_leader", "size_is_near_the_target"} <= told_rules
    assert not told_rules & {"grounds_are_complete", "governing_source_is_cited"}


def test_a_recorded_team_bars_a_new_proposal_for_its_place(tam_quang):
    record(tam_quang)
    head = tam_quang(Role.HAMLET_HEAD)
    [post] = establish_team.posts_that_may_start(head)
    dossier = establish_team.draft(head, post)
    dossier.changes.get().replace_seats(demo.seats(dossier, 5))
    [finding] = [finding for finding in judge(dossier) if finding.blocks]
    assert "theo Quyết định số 15/QĐ-UBND ngày 10/7/2025" in finding.sentence


# Who may -----------------------------------------------------------------------------------------

MAY = {Role.SPECIALIST, Role.CLERK}


@pytest.mark.parametrize("role", Role.values)
def test_only_the_desks_record(tam_quang, hac_thanh, role):
    """By hand: the specialist and the clerk of the commune, nobody else."""
    sheet = listing.read(commune_of(tam_quang), book())
    by, before = tam_quang(role), everything()
    posts = record_teams.posts_that_may_record(authority.capacities(by))
    assert bool(posts) is (role in MAY)
    post = tam_quang.post(role if role in MAY else Role.SPECIALIST)
    for user in (by, hac_thanh(role)):
        if user is by and role in MAY:
            continue
        with pytest.raises(Refusal, match="Việc này thuộc"):
            record_teams.record(user, post, sheet, told(sheet), digest="c")
        assert everything() == before


def test_a_stand_in_records_for_the_clerk(tam_quang):
    Delegation.objects.create(
        principal=tam_quang.post(Role.CLERK), delegate=tam_quang.post(Role.CHAIRMAN),
        kind="STAND_IN", since=timezone.localdate(), paper="Thông báo số 7/TB-UBND",
    )  # fmt: skip
    dossier = record(tam_quang, role=Role.CHAIRMAN)
    assert service.history(dossier).get().capacity.startswith("Chủ tịch, làm thay Văn thư")


def test_a_deputy_of_another_field_is_no_stand_in_here(tam_quang):
    other = next(field for field in FIELDS if field != "digital")
    Delegation.objects.create(
        principal=tam_quang.post(Role.CLERK), delegate=tam_quang.post(Role.CHAIRMAN), field=other,
        kind="STAND_IN", since=timezone.localdate(), paper="Thông báo số 7/TB-UBND",
    )  # fmt: skip
    assert record_teams.posts_that_may_record(authority.capacities(tam_quang(Role.CHAIRMAN))) == []


def test_no_other_act_fits_such_a_dossier(tam_quang):
    user = tam_quang(Role.SPECIALIST)
    sheet = listing.read(commune_of(tam_quang), book())
    dossier = record_teams.draft(user, post_of(user), sheet.teams)
    draft_acts = [a for a in acts_of(Dossier).values() if State.DRAFT in a.sources]
    others = {act.name for act in draft_acts} - {"record_existing"}
    assert {"edit", "submit", "withdraw"} <= others
    for act in others:
        with pytest.raises(Refusal, match="Không có việc này"):
            perform(dossier, act, by=user, seen=1, note="-", seats={})


def test_it_fits_no_other_dossier_and_is_offered_on_none(road, tam_quang):
    dossier = road.draft()
    for role in (Role.HAMLET_HEAD, Role.SPECIALIST, Role.CLERK):
        user = tam_quang(role)
        with pytest.raises(Refusal):
            perform(dossier, "record_existing", by=user, seen=dossier.revision, decisions={})
        offered = [act.name for act, _refusal in service.available_to(user, dossier)]
        assert "record_existing" not in offered


# What it costs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("one_decision", [True, False])
def test_a_line_costs_at_most_three_queries(tam_quang, one_decision):
    """DESIGN, section 9: 30 + 3 per batched line."""
    commune = commune_of(tam_quang)
    series = Series.objects.count()
    Hamlet.objects.bulk_create(
        Hamlet(commune=commune, kind="bản", name=f"Mới {number}") for number in range(60)
    )
    rows = [
        ["", "", f"Bản Mới {team}", ONE if one_decision else f"{team + 20}{ONE[2:]}",
         f"Lô Văn {chr(65 + team % 26)}{chr(65 + team // 26)}{chr(65 + seat)}",
         "Tổ trưởng" if seat == 0 else "Thành viên", f"09{team:04d}{seat:04d}", ""]
        for team in range(60) for seat in range(6)
    ]  # fmt: skip
    costs = {}
    for teams, part in ((18, rows[: 18 * 6]), (42, rows[18 * 6 :])):
        with CaptureQueriesContext(connection) as captured:
            record(tam_quang, book(part))
        asked = [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
        costs[teams] = len(asked)
    print(f"queries for {costs} teams, one decision: {one_decision}")
    assert all(cost <= 30 + 3 * teams for teams, cost in costs.items()), costs
    assert Series.objects.count() == series
