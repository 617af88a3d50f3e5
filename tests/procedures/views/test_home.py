"""What waits for a person, and the dossiers he may see."""

import datetime
import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from procedures.flows import establish_team
from procedures.models import Dossier
from procedures.roles import Role
from workflows import engine
from workflows.states import State

from .pages import text


def test_home_shows_what_waits_and_since_when(acting, road):
    road.to(State.SUBMITTED)
    page = text(acting(Role.SPECIALIST).get("/"))
    assert "Thành lập Tổ công nghệ số cộng đồng bản Bãi Sở" in page
    assert "Kiểm tra nội dung" in page
    assert re.search(r"từ \d\d:\d\d ngày \d\d/\d\d/\d{4}", page)
    assert "Không có việc nào" in text(acting(Role.CLERK).get("/"))


def test_home_shows_until_when_each_case_is_due(acting, road, tam_quang):
    road.to(State.SUBMITTED)
    late = road.to(State.SUBMITTED, tam_quang(Role.HAMLET_HEAD, 1))
    long_ago = timezone.now() - datetime.timedelta(days=30)
    Dossier.objects.filter(pk=late.pk).update(moved=long_ago)
    page = text(acting(Role.SPECIALIST).get("/"))
    assert len(re.findall(r"Chậm nhất ngày \d\d/\d\d/\d{4}", page)) == 1
    assert re.search(r"Trễ \d+ ngày làm việc", page)


def test_home_offers_a_new_proposal_only_to_those_who_may_begin_one(acting):
    for role, offered in ((Role.HAMLET_HEAD, True), (Role.YOUTH_SECRETARY, True)):
        assert (reverse("start") in acting(role).get("/").content.decode()) is offered
    for role in (Role.SPECIALIST, Role.CLERK, Role.CHAIRMAN):
        assert reverse("start") not in acting(role).get("/").content.decode()


def waiting(tam_quang, number):
    """Dossiers waiting for the specialists, each with its task and its place."""
    for index in range(number):
        post = tam_quang.post(Role.HAMLET_HEAD, index % 18)
        dossier = establish_team.draft(post.holder().user, post)
        Dossier.objects.filter(pk=dossier.pk).update(state=State.SUBMITTED)
        dossier = Dossier.objects.get(pk=dossier.pk)
        engine.start(establish_team.EstablishTeamFlow, dossier)
        dossier.save()


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    asked = [query["sql"] for query in captured.captured_queries]
    return [
        sql for sql in asked if "django_session" not in sql and '"accounts_user"."id" =' not in sql
    ]


def test_an_inbox_of_fifty_rows_takes_at_most_eight_queries(acting, tam_quang):
    waiting(tam_quang, 51)
    client = acting(Role.SPECIALIST)
    client.get("/")  # content types are asked for once per process
    page = client.get("/").content.decode()
    assert page.count('class="card"') == 50
    assert "Còn nữa" in page
    asked = queries(client, "/")
    assert "Chậm nhất ngày" in page
    assert len(asked) <= 8, "\n".join(asked)


def test_the_list_takes_as_many_queries_for_twenty_as_for_two(acting, tam_quang):
    client = acting(Role.CLERK)
    waiting(tam_quang, 2)
    few = len(queries(client, "/ho-so/"))
    waiting(tam_quang, 20)
    page = client.get("/ho-so/").content.decode()
    assert page.count('class="card"') == 20
    assert len(queries(client, "/ho-so/")) == few <= 8


def test_the_list_can_be_narrowed_and_paged_and_bears_nonsense(acting, tam_quang, road):
    waiting(tam_quang, 21)
    client = acting(Role.CLERK)
    assert client.get("/ho-so/?buoc=released").content.decode().count('class="card"') == 0
    assert client.get("/ho-so/?buoc=submitted&trang=2").content.decode().count('class="card"') == 1
    for nonsense in ("?buoc=x", "?trang=x", "?trang=-1", "?trang=9999999999999999999"):
        assert client.get(f"/ho-so/{nonsense}").status_code == 200
