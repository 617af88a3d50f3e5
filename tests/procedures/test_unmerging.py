"""A merger of hamlets entered wrongly is taken back while nothing rests on it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from procedures.flows import dissolve_team, merge_hamlets
from procedures.models import Hamlet, HamletMerger, Team
from procedures.roles import Role
from procedures.teams import mergers, roster, unmerging, warnings
from workflows import authority
from workflows.errors import Refusal
from workflows.models import Event, Holding
from workflows.states import State

from .lists import GOOD, ONE, book
from .restructuring import founded, specialist
from .test_existing import record
from .test_merging import merged

WHY = "Nhập nhầm nghị quyết của xã khác"


@pytest.fixture
def two(tam_quang):
    return founded(tam_quang, members=4), founded(tam_quang, 1, members=4)


def capacity(cast, role=Role.SPECIALIST):
    return next(c for c in authority.capacities(cast(role)) if c.post.role == role)


def back(cast, merger, reason=WHY):
    return unmerging.take_back(capacity(cast), merger, reason)


def places(two):
    return list(Hamlet.objects.filter(pk__in=[team.hamlet_id for team in two]).order_by("pk"))


def test_the_old_places_stand_again_and_the_ledger_keeps_it(tam_quang, hac_thanh, two, client):
    merger = merged(tam_quang, places(two), kind="bản", name="Bãi Mới")
    assert all(hamlet.until for hamlet in places(two))
    address = reverse("merger-back", args=[merger.pk])
    for stranger in (tam_quang(Role.CLERK), hac_thanh(Role.SPECIALIST)):
        client.force_login(stranger)
        assert client.get(address).status_code == 404
        assert client.post(address, {"note": WHY}).status_code == 404
    client.force_login(tam_quang(Role.SPECIALIST))
    assert address in client.get(reverse("restructuring")).content.decode()
    wrong = client.post(address, {"note": " "})
    assert (wrong.status_code, "vì sao rút lại" in wrong.content.decode()) == (422, True)
    assert client.post(address, {"note": WHY}).status_code == 302

    assert [(hamlet.until, hamlet.merger) for hamlet in places(two)] == [(None, None)] * 2
    assert not any(w.kind == warnings.MERGED for team in two for w in warnings.of_team(team))
    merger.refresh_from_db()
    into = Hamlet.objects.get(pk=merger.into_id)
    assert into.is_over
    event = Event.objects.get(act="take_back_merger")
    assert (event.note, event.record_id) == (WHY, merger.pk)
    assert [name for _pk, name in event.facts["ended"]] == [h.full_name for h in places(two)]
    page = client.get(reverse("restructuring")).content.decode()
    assert WHY in page
    assert address not in page
    assert client.get(address).status_code == 404
    # Entered again as it should have been: the new place may have the same name.
    again = merged(tam_quang, places(two), kind="bản", name="Bãi Mới")
    assert mergers.open_ones(tam_quang.agency.commune) == [again]
    user, post = specialist(tam_quang)
    with pytest.raises(Refusal, match="đã được rút lại"):
        merge_hamlets.draft(user, post, HamletMerger.objects.get(pk=merger.pk))


def test_one_of_the_places_that_kept_its_name_stays_as_it_is(tam_quang, two):
    kept, gone = places(two)
    merger = merged(tam_quang, [kept, gone], into=kept)
    back(tam_quang, merger)
    assert [(hamlet.until, hamlet.merger) for hamlet in places(two)] == [(None, None)] * 2


def test_what_rests_on_it_is_named_and_dealt_with_first(road, tam_quang, two, client):
    merger = merged(tam_quang, places(two), kind="bản", name="Bãi Mới")
    head = Holding.objects.create(
        post=merger.into.head_post, user=tam_quang(Role.HAMLET_HEAD, 1), since=timezone.localdate()
    )
    user, post = specialist(tam_quang)
    dossier = merge_hamlets.draft(user, post, merger)
    with pytest.raises(Refusal, match=f"hồ sơ {dossier.pk} .* Ông/bà rút hồ sơ ấy trước"):
        back(tam_quang, merger)
    dossier = road.do(dossier, "edit", user, seats={})
    dossier = road._forward(road.do(dossier, "submit", user), State.RELEASED)
    with pytest.raises(Refusal, match=f"Quyết định số {dossier.decision.reference} đã dựa"):
        back(tam_quang, merger)
    client.force_login(tam_quang(Role.SPECIALIST))
    shown = client.get(reverse("merger-back", args=[merger.pk])).content.decode()
    assert "Sai gì?" in shown
    assert 'name="note"' not in shown
    assert roster.differences(tam_quang.agency.commune) == []
    assert head.post.holder()


def test_a_head_a_further_merger_or_a_taken_name_stands_in_the_way(tam_quang, two):
    merger = merged(tam_quang, places(two), kind="bản", name="Bãi Mới")
    for wrong, refused in (
        (capacity(tam_quang, Role.CLERK), "Chỉ chuyên viên"),
        (capacity(tam_quang), "ghi rõ lý do"),
    ):
        with pytest.raises(Refusal, match=refused):
            unmerging.take_back(wrong, merger, "")
    head = Holding.objects.create(
        post=merger.into.head_post, user=tam_quang(Role.HAMLET_HEAD, 1), since=timezone.localdate()
    )
    with pytest.raises(Refusal, match="đã có người giữ chức vụ đứng đầu"):
        back(tam_quang, merger)
    head.delete()
    other = Hamlet.objects.filter(commune=merger.commune, until=None).exclude(pk=merger.into_id)[0]
    further = merged(tam_quang, [merger.into, other], kind="bản", name="Bãi Xa")
    with pytest.raises(Refusal, match="Bản Bãi Mới đã sáp nhập tiếp"):
        back(tam_quang, merger)
    back(tam_quang, further)
    taken = places(two)[0]
    Hamlet.objects.create(commune=merger.commune, kind=taken.kind, name=taken.name)
    with pytest.raises(Refusal, match="Đã có nơi khác mang tên"):
        back(tam_quang, merger)


def test_a_case_given_up_rests_on_nothing(tam_quang, road, two):
    merger = merged(tam_quang, places(two), kind="bản", name="Bãi Mới")
    user, post = specialist(tam_quang)
    dossier = merge_hamlets.draft(user, post, merger)
    road.do(dossier, "withdraw", user)
    back(tam_quang, merger)
    assert Team.objects.filter(until=None, hamlet__in=places(two)).count() == 2
    with pytest.raises(Refusal, match="đã được rút lại"):
        back(tam_quang, merger)
    user, post = specialist(tam_quang)
    assert dissolve_team.draft(user, post, [two[0]])


def test_a_team_recorded_at_the_new_place_stands_in_the_way(tam_quang, two):
    merger = merged(tam_quang, places(two), kind="bản", name="Bãi Mới")
    first = [1, "Xã Tam Quang", "Bản Bãi Mới", ONE, *GOOD[0][4:]]
    record(tam_quang, book([first, *GOOD[1:3]]))
    with pytest.raises(Refusal, match="đang hoạt động theo Quyết định số 15/QĐ-UBND"):
        back(tam_quang, merger)
    assert not Hamlet.objects.get(pk=merger.into_id).is_over
