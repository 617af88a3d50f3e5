"""A round on the screen: opened, answered by the places, gathered, sent up."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from procedures.idempotency.once import new_key
from procedures.models import Dossier, Hamlet, Notice, Round
from procedures.roles import Role
from workflows.models import Holding
from workflows.service import history
from workflows.states import State

from .pages import text


@pytest.fixture
def asked(road):
    """A round that asks three bản; the first two have sent their lists."""
    opened = road.round(3)
    for number in (0, 1):
        road.to(State.SUBMITTED, road.cast(Role.HAMLET_HEAD, number))
    return opened


def page(round):
    return reverse("round", args=[round.pk])


def seen(round):
    return Dossier.objects.get(pk=round.dossier_id).revision


def requests_of(road):
    heads = [road.cast(Role.HAMLET_HEAD, n) for n in (0, 1)]
    found = Dossier.objects.filter(author__in=heads, state="submitted").order_by("pk")
    return list(found.values_list("pk", flat=True))


def gather(client, round, requests):
    chosen = {"requests": requests, "seen": seen(round)}
    return client.post(reverse("round-gather", args=[round.pk]), chosen, follow=True)


def test_the_specialist_opens_a_round_for_every_place_without_a_team(acting, road):
    road.to(State.RELEASED)
    client = acting(Role.SPECIALIST)
    shown = client.get(reverse("round-open"))
    boxes = shown.context["form"].fields["places"].choices
    hamlets = Hamlet.objects.filter(commune__agency=road.cast.agency)
    assert len(boxes) == hamlets.count()  # one has a team; the commune's own is asked too
    answer = client.post(
        reverse("round-open"),
        {
            "name": "Đợt một",
            "due": timezone.localdate() + datetime.timedelta(days=5),
            "places": [key for key, _label in boxes],
        },
        follow=True,
    )
    assert "Đã có 0/18 danh sách" in text(answer)
    assert Round.objects.get().places.filter(hamlet=None).count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"places": []}, "Chọn ít nhất một nơi"),
        ({"due": "2020-01-01"}, "Hạn gửi phải từ hôm nay"),
        ({"due": "mai"}, "ngày/tháng/năm"),
        ({"name": ""}, "không được để trống"),
        ({"places": ["999999"]}, "Chọn trong những nơi ghi trên trang"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(acting, road, wrong, sentence):
    hamlet = Hamlet.objects.filter(commune__agency=road.cast.agency).first()
    typed = {
        "name": "Đợt hai",
        "due": timezone.localdate().isoformat(),
        "message": "Ghi rõ thành phần.",
        "places": [str(hamlet.pk)],
    }
    answer = acting(Role.SPECIALIST).post(reverse("round-open"), typed | wrong)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Ghi rõ thành phần." in answer.content.decode()
    assert not Round.objects.exists()


@pytest.mark.parametrize("role", [Role.CLERK, Role.CHAIRMAN, Role.HAMLET_HEAD])
def test_nobody_else_opens_one(acting, role):
    assert acting(role).get(reverse("round-open")).status_code == 404


def test_the_page_counts_what_came(acting, asked):
    said = text(acting(Role.SPECIALIST).get(page(asked)))
    assert "Đã có 2/3 danh sách" in said
    assert "Tam Bông" in said


def test_another_commune_sees_nothing_of_it(client, asked, hac_thanh, acting, road):
    gather(acting(Role.SPECIALIST), asked, requests_of(road))
    line = Dossier.objects.get(pk=asked.dossier_id).lines()[0]
    client.force_login(hac_thanh(Role.SPECIALIST))
    place = asked.places.first()
    correcting = reverse("round-line", args=[asked.pk, line.pk])
    for url in (page(asked), place.get_absolute_url(), correcting):
        assert client.get(url).status_code == 404
    for name in ("round-gather", "round-send", "round-remind"):
        assert client.post(reverse(name, args=[asked.pk])).status_code == 404


def test_a_head_of_hamlet_sees_his_own_link_and_no_round(acting, asked):
    client = acting(Role.HAMLET_HEAD, 2)
    mine, other = asked.places.all()[2], asked.places.all()[1]
    assert client.get(page(asked)).status_code == 404
    assert client.get(other.get_absolute_url()).status_code == 404
    assert "Lập danh sách" in text(client.get(mine.get_absolute_url()))


def test_home_invites_until_the_list_is_sent(acting, asked, road):
    client = acting(Role.HAMLET_HEAD, 2)
    url = asked.places.all()[2].get_absolute_url()
    assert url in client.get(reverse("home")).content.decode()
    begun = client.post(url, follow=True)
    dossier = begun.context["dossier"]
    assert dossier.post == road.cast.post(Role.HAMLET_HEAD, 2)
    assert url in client.get(reverse("home")).content.decode()
    road.do(dossier, "submit", road.cast(Role.HAMLET_HEAD, 2))
    assert url not in client.get(reverse("home")).content.decode()


def test_the_link_pressed_twice_begins_one_list(acting, asked, road):
    client, url = acting(Role.HAMLET_HEAD, 2), asked.places.all()[2].get_absolute_url()
    client.post(url)
    client.post(url)
    assert Dossier.objects.filter(post=road.cast.post(Role.HAMLET_HEAD, 2)).count() == 1


def test_gathered_lists_are_sent_up_in_one_press(acting, asked, road):
    client = acting(Role.SPECIALIST)
    answer = gather(client, asked, requests_of(road))
    assert "Chốt 2 tổ" in text(answer)
    send = reverse("round-send", args=[asked.pk])
    client.post(send, {"seen": seen(asked)})
    dossier = Dossier.objects.get(pk=asked.dossier_id)
    assert dossier.state == State.CHECKED
    acts = [event.act for event in history(dossier)]
    assert acts == ["gather", "submit", "check_content"]


def test_the_same_press_twice_is_answered_as_the_first(acting, asked, road):
    client, before = acting(Role.SPECIALIST), seen(asked)
    chosen = {"requests": requests_of(road), "seen": before, "once": new_key()}
    for _press in (1, 2):
        answer = client.post(reverse("round-gather", args=[asked.pk]), chosen, follow=True)
        assert answer.status_code == 200
    assert Dossier.objects.get(pk=asked.dossier_id).revision == before + 1


def test_a_list_the_rules_refuse_is_shown_with_its_reason_and_no_box(acting, asked, road):
    first, _second = (Dossier.objects.get(pk=pk) for pk in requests_of(road))
    first.changes.get().seats.update(role="leader")
    shown = acting(Role.SPECIALIST).get(page(asked))
    assert f'value="{first.pk}"' not in shown.content.decode()
    assert "notice error" in shown.content.decode()


def test_the_rest_is_reminded_once_a_day(acting, asked):
    client, url = acting(Role.SPECIALIST), reverse("round-remind", args=[asked.pk])
    assert "Đã nhắc 1 người" in text(client.post(url, follow=True))
    told = Notice.objects.get(kind="nudge")
    assert told.page == asked.places.all()[2].get_absolute_url()
    again = client.post(url)
    assert (again.status_code, Notice.objects.filter(kind="nudge").count()) == (409, 1)


def test_a_place_without_a_head_is_said_so(acting, asked, road):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Holding.objects.filter(post=road.cast.post(Role.HAMLET_HEAD, 2)).update(until=yesterday)
    client = acting(Role.SPECIALIST)
    assert "Chưa có người giữ chức vụ" in text(client.get(page(asked)))
    assert client.post(reverse("round-remind", args=[asked.pk])).status_code == 409


def test_teams_are_set_aside_with_a_reason(acting, asked, road):
    client = acting(Role.SPECIALIST)
    gather(client, asked, requests_of(road))
    dossier = Dossier.objects.get(pk=asked.dossier_id)
    url = reverse("dossier-set-aside", args=[dossier.pk])
    line = dossier.lines()[0]
    without = client.post(url, {"seen": dossier.revision, "lines": [line.pk], "note": ""})
    assert (without.status_code, "checked" in without.content.decode()) == (422, True)
    told = {"seen": dossier.revision, "lines": [line.pk], "note": "Thiếu người."}
    client.post(url, told)
    assert [c.pk for c in Dossier.objects.get(pk=dossier.pk).lines()] != [line.pk]
    assert "Thiếu người." in text(client.get(reverse("dossier", args=[dossier.pk])))


def test_a_list_is_corrected_in_the_round(acting, asked, road):
    client = acting(Role.SPECIALIST)
    gather(client, asked, requests_of(road))
    line = Dossier.objects.get(pk=asked.dossier_id).lines()[1]
    url = reverse("round-line", args=[asked.pk, line.pk])
    names = [seat.full_name for seat in line.seats.all()]
    assert all(name in client.get(url).content.decode() for name in names)
    typed = {"nguoi-TOTAL_FORMS": 3, "nguoi-INITIAL_FORMS": 0, "seen": seen(asked)}
    roles = ("leader", "deputy", "member")
    for number, (name, role) in enumerate(zip([*names[:2], ""], roles, strict=True)):
        typed |= {f"nguoi-{number}-full_name": name, f"nguoi-{number}-role": role}
    client.post(url, typed)
    after = Dossier.objects.get(pk=asked.dossier_id).lines()
    assert [seat.full_name for seat in after[1].seats.all()] == names[:2]
    assert len(after[0].seats.all()) == 6


def test_a_wrong_list_is_kept_as_typed_and_another_rounds_line_is_not_found(acting, asked, road):
    client = acting(Role.SPECIALIST)
    gather(client, asked, requests_of(road))
    line = Dossier.objects.get(pk=asked.dossier_id).lines()[0]
    url = reverse("round-line", args=[asked.pk, line.pk])
    typed = {
        "nguoi-TOTAL_FORMS": 1, "nguoi-INITIAL_FORMS": 0, "seen": seen(asked),
        "nguoi-0-full_name": "Lô Văn Sai", "nguoi-0-role": "leader", "nguoi-0-birth_year": "12",
    }  # fmt: skip
    answer = client.post(url, typed)
    assert (answer.status_code, "Lô Văn Sai" in answer.content.decode()) == (422, True)
    other = road.round()
    assert client.get(reverse("round-line", args=[other.pk, line.pk])).status_code == 404


def test_a_place_of_a_round_sees_its_own_list_and_not_the_others(acting, asked, road):
    specialist = acting(Role.SPECIALIST)
    gather(specialist, asked, requests_of(road))
    specialist.post(reverse("round-send", args=[asked.pk]), {"seen": seen(asked)})
    dossier = road._forward(Dossier.objects.get(pk=asked.dossier_id), State.RELEASED)
    first, second = (
        {seat.full_name for seat in line.seats.all() if seat.role == "member"}
        for line in dossier.lines()
    )
    page = acting(Role.HAMLET_HEAD).get(reverse("dossier", args=[dossier.pk])).content.decode()
    assert all(name in page for name in first)
    assert not any(name in page for name in second - first)


def test_the_head_hears_why_his_list_was_set_aside(
    acting, asked, road, django_capture_on_commit_callbacks
):
    gather(acting(Role.SPECIALIST), asked, requests_of(road))
    dossier = Dossier.objects.get(pk=asked.dossier_id)
    with django_capture_on_commit_callbacks(execute=True):
        told = {"lines": [dossier.lines()[1].pk], "note": "Thiếu người."}
        road.do(dossier, "set_aside", road.cast(Role.SPECIALIST), **told)
    told = Notice.objects.get(recipient=road.cast(Role.HAMLET_HEAD, 1))
    assert (told.kind, told.words) == ("back", "Thiếu người.")


def test_only_a_round_has_lines_to_set_aside(acting, road):
    dossier = road.to(State.SUBMITTED)
    url = reverse("dossier-set-aside", args=[dossier.pk])
    assert acting(Role.SPECIALIST).get(url).status_code == 404


def test_the_head_follows_his_request_and_hears_of_the_decision(
    acting, asked, road, django_capture_on_commit_callbacks
):
    specialist = acting(Role.SPECIALIST)
    [first, second] = requests_of(road)
    gather(specialist, asked, [first, second])
    specialist.post(reverse("round-send", args=[asked.pk]), {"seen": seen(asked)})
    dossier = Dossier.objects.get(pk=asked.dossier_id)
    head = acting(Role.HAMLET_HEAD)
    mine = reverse("dossier", args=[first])
    assert "Đi tiếp trong “Đợt lập tổ tháng 12”" in text(head.get(mine))
    with django_capture_on_commit_callbacks(execute=True):
        released = road._forward(dossier, State.RELEASED)
    told = Notice.objects.get(recipient=road.cast(Role.HAMLET_HEAD), kind="released")
    assert told.page == mine
    said = head.get(mine)
    assert f"Tải Quyết định số {released.decision.reference}" in text(said)
    download = reverse("document-download", args=[released.decision.pk])
    assert head.get(download).status_code == 200
    assert acting(Role.HAMLET_HEAD, 2).get(download).status_code == 404


def test_a_round_on_its_way_shows_its_lists_and_papers_to_the_office(acting, asked, road):
    specialist = acting(Role.SPECIALIST)
    gather(specialist, asked, requests_of(road))
    specialist.post(reverse("round-send", args=[asked.pk]), {"seen": seen(asked)})
    dossier = Dossier.objects.get(pk=asked.dossier_id)
    head = acting(Role.DIVISION_HEAD)
    assert "Đọc và ký Tờ trình" in text(head.get(reverse("dossier", args=[dossier.pk])))
    reading = head.get(reverse("dossier-sign", args=[dossier.pk, "submission"]))
    assert reading.status_code == 200
    assert head.get(reverse("home")).status_code == 200
