"""From accepted reports to how far a team has come: counted once, replaced, never invented."""

import datetime
from itertools import combinations, pairwise

import lxml.html
import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.models import Indicator, Membership, Person, Report, ReportCall
from procedures.models.indicators import Counting
from procedures.reports import rollups
from procedures.roles import Role
from procedures.targets import pages, progress, reported
from procedures.targets.progress import Count
from procedures.targets.reported import Given

from .reporting import accepted, asked, at, do, of
from .targets import begun, leader_of, released, standing, written

YEAR = (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))


def span(text):
    """ "1" is January 2026, "q1" its first quarter, "10/1-9/2" from that day to that."""
    if "-" in text:
        first, last = ([int(n) for n in end.split("/")] for end in text.split("-"))
        return datetime.date(2026, first[1], first[0]), datetime.date(2026, last[1], last[0])
    quarter = text.startswith("q")
    first = (int(text[1:]) - 1) * 3 + 1 if quarter else int(text)
    after = datetime.date(2026 + (first + 2 * quarter) // 12, (first + 2 * quarter) % 12 + 1, 1)
    return datetime.date(2026, first, 1), after - datetime.timedelta(days=1)


def said(text, numerator, counting, *, order=0, whole=None):
    since, until = span(text)
    call = ReportCall(title=f"Báo cáo {text}", since=since, until=until)
    indicator = Indicator(pk=1, unit="buổi", counting=counting)
    moment = datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(hours=order)
    return Given(1, indicator, numerator, whole, since, until, moment, Report(pk=order, call=call))


def numbers(rows, counting, period=YEAR):
    """What the reports, accepted in this order, make of a target of these days: (day, number)."""
    given = [said(*row, counting, order=order) for order, row in enumerate(rows, 1)]
    return [(p.on.month, p.numerator) for p in reported.points(given, *period)]


@pytest.mark.parametrize(
    ("rows", "sums", "totals"),
    [
        ([], [], []),
        ([("1", 3), ("2", 0), ("3", 4)], [(1, 3), (2, 3), (3, 7)], [(1, 3), (2, 0), (3, 4)]),
        # February is missing: nobody says that nothing happened.
        ([("1", 3), ("3", 4)], [(1, 3), (3, 7)], [(1, 3), (3, 4)]),
        # A quarter beside its months; of a total what was accepted later for the same day.
        ([("q1", 9), ("1", 3), ("2", 2), ("3", 4)], [(1, 3), (2, 5), (3, 9)],
         [(1, 3), (2, 2), (3, 4)]),
        # A quarter with one month missing tells of more days than the two others.
        ([("1", 3), ("q1", 9), ("3", 4)], [(3, 9)], [(1, 3), (3, 4)]),
        ([("q1", 9), ("4", 1), ("5", 2)], [(3, 9), (4, 10), (5, 12)], [(3, 9), (4, 1), (5, 2)]),
        # The same month asked twice: the later word.
        ([("1", 3), ("1", 5)], [(1, 5)], [(1, 5)]),
        # Ten days into two months: January and February tell of more days.
        ([("1", 3), ("22/1-10/2", 90), ("2", 2)], [(1, 3), (2, 5)], [(1, 3), (2, 2)]),
    ],
)  # fmt: skip
def test_what_reports_come_to(rows, sums, totals):
    assert numbers(rows, Counting.FLOW) == sums
    if ("22/1-10/2", 90) not in rows:
        assert numbers(rows, Counting.TOTAL) == totals


def test_a_period_lies_within_the_target_or_does_not_count():
    rows = [("1", 3), ("q1", 20), ("2", 5), ("3", 4), ("4", 7)]
    spring = (datetime.date(2026, 2, 1), datetime.date(2026, 4, 20))
    # Neither January, nor the quarter that begins with it, nor April that ends too late.
    assert numbers(rows, Counting.FLOW, spring) == [(2, 5), (3, 9)]
    # A total stands at the end of its period, whenever that began.
    assert numbers(rows[:2], Counting.TOTAL, spring) == [(3, 20)]


MONTHS = st.sampled_from(["1", "2", "3", "4", "5", "6", "q1", "q2", "16/1-15/2", "16/2-15/3"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(MONTHS, st.integers(0, 50)), max_size=7))
def test_no_day_is_counted_twice_and_as_many_as_can_be(rows):
    given = [said(*row, Counting.FLOW, order=order) for order, row in enumerate(rows, 1)]
    points = reported.points(given, *YEAR)
    if not rows:
        assert points == []
        return
    used = points[-1].reports
    days = [day for row in used for day in range(row.since.toordinal(), row.until.toordinal() + 1)]
    assert len(days) == len(set(days))
    assert points[-1].numerator == sum(row.numerator for row in used)
    most = max(_days(some) for some in _apart(given))
    assert len(days) == most


def _apart(rows):
    """Every choice of reports of which no two share a day."""
    for count in range(1, len(rows) + 1):
        for some in combinations(sorted(rows, key=lambda row: row.since), count):
            if all(one.until < two.since for one, two in pairwise(some)):
                yield some


def _days(rows):
    return sum(row.days for row in rows)


def month(cast, number, wanted, team, figures=None):
    """A month of 2026 asked of one team, and what it gave; it is accepted on the 2nd after."""
    since, until = span(str(number))
    title = f"Báo cáo tháng {number}/2026"
    call = asked(cast, wanted, title=title, since=since, until=until, teams=[team])
    return accepted(cast, of(call, team), figures)


def test_the_pages_of_targets_read_what_was_accepted(road, tam_quang, client):
    cast, office = tam_quang, tam_quang(Role.SPECIALIST)
    with at(2026, 8, 30):
        first, second, *_ = standing(cast, 2)
        dossier = released(road, written(road, begun(cast), indicators=4))
    items = dossier.target_sheet().items
    shops, visits = items[0].indicator, items[3].indicator
    # The catalogue says which is which.
    assert [item.indicator.adds_up for item in items] == [False, False, True, True]
    with at(2026, 12, 2):
        period = {"since": datetime.date(2026, 9, 1), "due": datetime.date(2026, 12, 31)}
        type(dossier.target_set).objects.update(**period)
        month(cast, 9, [shops, visits], first, {shops.pk: (20, 120), visits.pk: (3, None)})
        month(cast, 10, [shops, visits], first)  # "Không phát sinh"
        report = month(cast, 11, [visits], first, {visits.pk: (4, None)})
        month(cast, 10, [visits], second)
        found = progress.latest([first, second], [shops, visits], since=period["since"])
        assert {key: number.told for key, number in found.items()} == {
            (first.pk, shops.pk): "20/120 hộ (16,6%)",  # nothing happened: it stays as it was
            (first.pk, visits.pk): "7 buổi",
            (second.pk, visits.pk): "0 buổi",
        }  # what the second was not asked is missing, not zero
        _both_pages_name_the_report(client, office, first, dossier, report)
        _opened_again_it_counts_no_more(cast, report, visits, first)
        _a_typed_number_of_a_later_day_counts(visits, first)
        month(cast, 12, [visits], first, {visits.pk: (2, None)})
        client.force_login(leader_of(first))
        shown = client.get(reverse("team-targets", args=[first.pk])).content.decode()
        assert "(gồm 12 buổi nhập ngày 30/11/2026, cộng 1 báo cáo của kỳ sau đó)" in shown
        assert "14 buổi" in shown


def _both_pages_name_the_report(client, office, team, dossier, report):
    leader = leader_of(team)
    address = reverse("report", args=[report.pk])
    for user in (office, leader):
        client.force_login(user)
        shown = client.get(reverse("team-targets", args=[team.pk])).content.decode()
        assert "Báo cáo tháng 11/2026" in shown
        assert "riêng kỳ này 4 buổi" in shown
        assert f'href="{address}"' in shown
    # The deputy of the team sees the number and its source, but the report is not his to open.
    deputy = _deputy_of(team)
    client.force_login(deputy)
    shown = client.get(reverse("team-targets", args=[team.pk])).content.decode()
    assert "Báo cáo tháng 11/2026" in shown
    assert address not in shown
    client.force_login(office)
    shown = client.get(reverse("target-board", args=[dossier.target_set.pk])).content.decode()
    cells = lxml.html.fromstring(shown).xpath(f'//a[@href="{address}"]')
    assert [cell.text for cell in cells] == ["Báo cáo tháng 11/2026"]


def _deputy_of(team):
    taken = Membership.objects.filter(team=team).values("person")
    heads = Person.objects.filter(commune=team.commune, user__isnull=False).exclude(pk__in=taken)
    person = next(p for p in heads if p.user.holdings.filter(post__role="hamlet_head").exists())
    Membership.objects.create(
        team=team, person=person, role="deputy", decision=team.decision, since=team.since
    )
    return person.user


def _opened_again_it_counts_no_more(cast, report, visits, team):
    since = datetime.date(2026, 9, 1)
    do(report, "reopen_report", cast(Role.SPECIALIST), note="Ghi nhầm")
    key = (team.pk, visits.pk)
    assert progress.latest(team, visits, since=since)[key].numerator == 3
    accepted(cast, report, {visits.pk: (6, None)})
    assert progress.latest(team, visits, since=since)[key].numerator == 3 + 6


def _a_typed_number_of_a_later_day_counts(visits, team):
    for day, expected in ((15, 12), (30, 12), (1, 12)):
        on = datetime.date(2026, 12 if day == 1 else 11, day)
        number = Count(visits, 12)
        progress.tell(team, [number], on=on, by=leader_of(team), capacity="Tổ trưởng")
        found = progress.latest(team, visits, since=datetime.date(2026, 9, 1))
        assert found[team.pk, visits.pk].numerator == expected
        now, _over = pages.of_team(team)
        [row] = [row for row in now if row.target.item.indicator == visits]
        besides = ["Báo cáo tháng 11/2026"] if (day, on.month) == (15, 11) else []
        assert [report.title for report in row.besides] == besides
    assert [number.numerator for number in row.told] == [3, 3, 12, 12, 12]


def test_a_quarter_takes_the_last_of_a_running_total(tam_quang):
    team = standing(tam_quang, 1)[0]
    shops = Indicator.objects.filter(commune=team.commune).order_by("pk")[0]
    given = {9: {shops.pk: (20, 120)}, 10: {shops.pk: (24, 121)}, 11: None}
    with at(2026, 12, 2):
        calls = [
            month(tam_quang, number, [shops], team, figures).call
            for number, figures in given.items()
        ]
    found = rollups.rollup(calls)
    assert [(s.numerator, s.denominator, s.given) for s in found.sums] == [(24, 121, 1)]
    found = rollups.rollup(calls[2:])
    assert [(s.numerator, s.given) for s in found.sums] == [(None, 1)]  # it says nothing of it


def test_how_an_indicator_is_counted_is_put_right_on_its_page(tam_quang, hac_thanh, client):
    team = standing(tam_quang, 1)[0]
    indicator = Indicator.objects.filter(commune=team.commune).order_by("pk").last()
    month(tam_quang, 10, [indicator], team, {indicator.pk: (4, None)})
    address = reverse("report-indicator", args=[indicator.pk])
    client.force_login(tam_quang(Role.SPECIALIST))
    assert "1 báo cáo đã có số" in client.get(address).content.decode()
    assert client.post(address, {"counting": ""}).status_code == 422
    assert client.post(address, {"counting": "total"}).status_code == 302
    indicator.refresh_from_db()
    assert not indicator.adds_up
    for stranger in (tam_quang(Role.CLERK), hac_thanh(Role.SPECIALIST)):
        client.force_login(stranger)
        assert client.post(address, {"counting": "flow"}).status_code == 404
