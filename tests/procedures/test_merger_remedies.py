"""A merger entered wrongly: which of two founded the place, who heads it tomorrow, what is over."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from procedures import demo
from procedures.flows import establish_team
from procedures.models import Hamlet, HamletMerger, Remedy, Team
from procedures.roles import Role
from procedures.teams import mergers, roster
from workflows.errors import Refusal
from workflows.models import Holding

from .correcting import begun
from .restructuring import carried_out, decided, founded, stands
from .test_merging import merged
from .test_remedies import dissolved, reviewed
from .test_unmerging import WHY, back

A_DAY = datetime.timedelta(days=1)


def hamlets(cast, *numbers):
    known = list(Hamlet.objects.filter(commune=cast.agency.commune, until=None).order_by("pk"))
    return [known[number] for number in numbers]


@pytest.fixture
def merger(tam_quang):
    """Two hamlets became a new one."""
    return merged(tam_quang, hamlets(tam_quang, 0, 1), kind="bản", name="Bãi Mới")


@pytest.fixture
def team(tam_quang, merger):
    """A team set up at the new place, whose head has left since."""
    post, user = merger.into.head_post, tam_quang(Role.HAMLET_HEAD, 1)
    head = Holding.objects.create(post=post, user=user, since=timezone.localdate())
    dossier = establish_team.draft(user, post)
    dossier.changes.get().replace_seats(demo.seats(dossier, 5))
    roster.identify_people(dossier)
    team = stands(dossier, decided(dossier, timezone.localdate() - A_DAY))
    head.delete()
    return team


def standing(hamlet):
    return not Hamlet.objects.get(pk=hamlet.pk).is_over


def test_of_two_mergers_on_one_day_the_first_founded_the_place(tam_quang, merger):
    new, [other] = merger.into, hamlets(tam_quang, 5)
    own = founded(tam_quang, Hamlet.objects.filter(pk__lt=other.pk).count())
    second = merged(tam_quang, [new, other], into=new)
    assert (merger.founded, second.founded) == (True, False)
    assert [place.pk for place in second.places] == [new.pk, other.pk]
    assert mergers.teams_of(second) == [own]
    back(tam_quang, second)
    assert standing(new)
    assert standing(other)
    back(tam_quang, merger)
    assert not standing(new)


def test_mergers_entered_before_are_told_apart_by_which_came_first(tam_quang, merger):
    new, [other] = merger.into, hamlets(tam_quang, 5)
    second = merged(tam_quang, [new, other], into=new)
    third = merged(tam_quang, hamlets(tam_quang, 6, 7), into=hamlets(tam_quang, 6)[0])
    HamletMerger.objects.update(founded=False)
    import_module("procedures.migrations.0009_founding_mergers").tell_founding(apps, None)
    told = dict(HamletMerger.objects.values_list("pk", "founded"))
    assert told == {merger.pk: True, second.pk: False, third.pk: False}


@pytest.mark.parametrize("until", [None, 30])
def test_a_head_who_begins_tomorrow_stands_in_the_way(until, tam_quang, merger):
    tomorrow = timezone.localdate() + A_DAY
    last = until and tomorrow + until * A_DAY
    coming = Holding.objects.create(
        post=merger.into.head_post, user=tam_quang(Role.HAMLET_HEAD, 1), since=tomorrow, until=last
    )
    with pytest.raises(Refusal, match=f"từ {tomorrow:%d/%m/%Y}"):
        back(tam_quang, merger)
    # Ended before it began: it never comes into force.
    Holding.objects.filter(pk=coming.pk).update(until=tomorrow - A_DAY)
    back(tam_quang, merger)
    assert not standing(merger.into)


def recalled(cast, team):
    dossier = carried_out(begun(cast, team.decision, Remedy.RECALL))
    dossier.put_right()


@pytest.mark.parametrize("end", [recalled, dissolved])
def test_decisions_about_a_team_that_ended_hold_nothing(end, tam_quang, merger, team, client):
    reviewed(tam_quang, team)
    with pytest.raises(Refusal, match="đã dựa vào sáp nhập này"):
        back(tam_quang, merger)
    end(tam_quang, team)
    client.force_login(tam_quang(Role.SPECIALIST))
    address = reverse("merger-back", args=[merger.pk])
    assert 'name="note"' in client.get(address).content.decode()
    assert client.post(address, {"note": WHY}).status_code == 302
    assert not standing(merger.into)
    assert all(standing(hamlet) for hamlet in merger.places)
    assert roster.differences(team.commune) == []
    assert Team.objects.get(pk=team.pk).until is not None
