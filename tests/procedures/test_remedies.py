"""Sai gì? of decisions that changed teams: what is offered, why not the rest, what follows."""

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.model import SignatureBlock
from documents.models import Relation
from procedures import papers, remedies
from procedures.flows import appoint_leader, dissolve_team, merge_hamlets, review_team
from procedures.models import Dossier, Remedy
from procedures.roles import Role
from procedures.teams import mergers, roster
from workflows.errors import Refusal
from workflows.models import Holding

from . import correcting, members
from .correcting import begun, changed, rows_of
from .restructuring import carried_out, findings_of, founded, sitting, specialist
from .test_merging import merged

NEW = {"full_name": "Kha Văn Mới", "birth_year": 1990, "phone": "", "role": "leader",
       "represents": "Trưởng bản"}  # fmt: skip


@pytest.fixture
def team(tam_quang):
    return founded(tam_quang, members=5)


def reviewed(cast, *teams, **more):
    """A kiện toàn carried out: the third of each team represents somebody else."""
    user, post = specialist(cast)
    dossier = review_team.draft(user, post, list(teams))
    for line in dossier.lines():
        line.replace_seats(changed(line, 3, represents="Giáo viên", **more))
    return carried_out(dossier)


def appointed(cast, team):
    """A new leader from outside, instead of who led it."""
    user, post = specialist(cast)
    dossier = appoint_leader.draft(user, post, [team])
    dossier.lines()[0].replace_seats([NEW])
    return carried_out(dossier)


def dissolved(cast, team):
    user, post = specialist(cast)
    return carried_out(dissolve_team.draft(user, post, [team]))


def amending(road, cast, decision, number, **fields):
    """An amendment of one seat, sent."""
    dossier = begun(cast, decision, Remedy.AMEND)
    line = dossier.lines()[0]
    return correcting.sent(road, dossier, seats={line.pk: changed(line, number, **fields)})


def text_of(dossier, slot="decision"):
    says = papers.content(slot, dossier, SignatureBlock(("CHỦ TỊCH",), "Nguyễn Văn T"))
    return "\n".join([says.subject, *(getattr(block, "text", "") for block in says.body)])


def test_a_reviewed_list_is_amended_and_the_roster_follows(road, tam_quang, team):
    review = reviewed(tam_quang, team, may_publish=True)
    found = remedies.of(review.decision)
    assert (found.remedies, found.teams) == ((Remedy.AMEND, Remedy.CORRECT), (team,))
    before = sitting(team)
    name = rows_of(review.lines()[0])[2]["full_name"]
    dossier = amending(road, tam_quang, review.decision, 3, full_name=f"{name}h")
    said = text_of(dossier)
    assert f"Họ và tên thành viên số 03: “{name}” sửa thành “{name}h”." in said
    assert f"kèm theo Quyết định số {review.decision.reference}" in said
    assert findings_of(dossier, "decision") == findings_of(dossier, "submission") == []
    done = carried_out(dossier)
    # Who agreed to be named in public still does.
    assert [seat.may_publish for seat in done.lines()[0].seats.all()].count(True) == 1
    assert sitting(team) == {(f"{name}h" if n == name else n): r for n, r in before.items()}
    assert roster.differences(tam_quang.agency.commune) == []
    team.refresh_from_db()
    assert team.decision not in (review.decision, done.decision)  # it stands on its founding
    done.put_right()
    relation = Relation.objects.get(document=done.decision)
    assert (relation.target, relation.kind) == (review.decision, "amends")


def test_an_appointment_names_people_by_their_role_and_may_name_another(road, tam_quang, team):
    former = next(n for n, role in sitting(team).items() if role == "leader")
    appointment = appointed(tam_quang, team)
    assert (sitting(team)["Kha Văn Mới"], former in sitting(team)) == ("leader", False)
    dossier = amending(road, tam_quang, appointment.decision, 1, full_name="Kha Văn Mớt")
    said = text_of(dossier)
    assert "Họ và tên Tổ trưởng: “Kha Văn Mới” sửa thành “Kha Văn Mớt”." in said
    assert f"tại Quyết định số {appointment.decision.reference}" in said
    assert "danh sách" not in said.split("\n")[0]
    assert "danh sách" not in text_of(dossier, "submission").split("\n")[0]
    assert findings_of(dossier, "decision") == []
    carried_out(dossier)
    assert sitting(team)["Kha Văn Mớt"] == "leader"
    # Quite another person was meant: the one who should not be there goes.
    another = {"full_name": "Vi Văn Khác", "another": True, "birth_year": 1985}
    again = amending(road, tam_quang, appointment.decision, 1, **another)
    assert "Ông (bà) Kha Văn Mớt, Tổ trưởng, thay bằng ông (bà) Vi Văn Khác" in text_of(again)
    carried_out(again)
    assert sitting(team)["Vi Văn Khác"] == "leader"
    assert "Kha Văn Mớt" not in sitting(team)
    assert roster.differences(tam_quang.agency.commune) == []


def test_a_list_that_another_decision_replaced_is_put_right_there(tam_quang, team):
    first = reviewed(tam_quang, team)
    second = reviewed(tam_quang, team, birth_year=1988)
    found = remedies.of(first.decision)
    assert found.remedies == (Remedy.CORRECT,)
    assert f"Quyết định số {second.decision.reference}" in found.why
    assert remedies.of(second.decision).teams == (team,)
    with pytest.raises(Refusal, match="ông/bà mở quyết định ấy"):
        begun(tam_quang, first.decision, Remedy.AMEND)


@pytest.mark.parametrize("remedy", [Remedy.REPLACE, Remedy.RECALL, Remedy.AMEND])
def test_a_team_that_was_dissolved_has_no_list_to_put_right(remedy, tam_quang, team, client):
    end = dissolved(tam_quang, team)
    with pytest.raises(Refusal, match="lập lại tổ bằng hồ sơ đề nghị thành lập"):
        begun(tam_quang, end.decision, remedy)
    client.force_login(tam_quang(Role.SPECIALIST, 1))
    address = reverse("document-wrong", args=[end.decision_id])
    assert address in client.get(reverse("dossier", args=[end.pk])).content.decode()
    shown = client.get(address).content.decode()
    assert "lập lại tổ bằng hồ sơ đề nghị thành lập" in shown
    assert 'value="correct"' in shown
    assert f'value="{remedy}"' not in shown
    assert client.post(address, {"remedy": remedy}).status_code == 422
    assert client.post(address, {"remedy": "correct"}).status_code == 302
    assert Dossier.objects.get(procedure="correct_document").remedy == "correct"


def test_the_list_of_a_merged_team_is_amended_but_the_merger_stays(road, tam_quang, team):
    other = founded(tam_quang, 1, members=4)
    merger = merged(tam_quang, [team.hamlet, other.hamlet], kind="bản", name="Bãi Mới")
    head = tam_quang(Role.HAMLET_HEAD, 1)
    Holding.objects.create(post=merger.into.head_post, user=head, since=timezone.localdate())
    user, post = specialist(tam_quang)
    dossier = merge_hamlets.draft(user, post, merger)
    done = carried_out(dossier)
    found = remedies.of(done.decision)
    [new] = found.teams
    assert (new.hamlet.full_name, found.remedies) == ("bản Bãi Mới", (Remedy.AMEND, Remedy.CORRECT))
    line = next(line for line in done.lines() if line.kind == "create")
    name = line.seats.all()[1].full_name
    carried_out(amending(road, tam_quang, done.decision, 2, full_name=f"{name}h"))
    assert f"{name}h" in sitting(new)
    assert roster.differences(tam_quang.agency.commune) == []
    assert mergers.open_ones(tam_quang.agency.commune) == []


def test_of_several_reviewed_teams_those_are_chosen_that_are_wrong(tam_quang, team, client):
    other = founded(tam_quang, 1, members=4)
    review = reviewed(tam_quang, team, other)
    address = reverse("document-wrong", args=[review.decision_id])
    client.force_login(tam_quang(Role.CLERK))
    assert client.post(address, {"remedy": "amend"}).status_code == 422
    answer = client.post(address, {"remedy": "amend", "teams": [other.pk]})
    dossier = Dossier.objects.get(procedure="correct_document")
    assert [line.team for line in dossier.lines()] == [other]
    page = client.get(answer["Location"]).content.decode()
    assert "Danh sách đúng của" in page
    assert f"{dossier.pk}/" in page


def test_a_change_of_members_is_amended_where_it_names_them(road, tam_quang):
    of = members.team(tam_quang)
    joined = carried_out(members.gathered(tam_quang, members.agreed(tam_quang, of)))
    found = remedies.of(joined.decision)
    assert (found.remedies, found.teams) == ((Remedy.AMEND, Remedy.CORRECT), (of,))
    dossier = begun(tam_quang, joined.decision, Remedy.AMEND)
    line = dossier.lines()[0]
    place = next(n for n, row in enumerate(rows_of(line), 1) if row["full_name"] == "Vi Thị Hoa")
    seats = {line.pk: changed(line, place, full_name="Vi Thị Hoà")}
    dossier = correcting.sent(road, dossier, seats=seats)
    said = text_of(dossier)
    assert "Họ và tên thành viên: “Vi Thị Hoa” sửa thành “Vi Thị Hoà”." in said
    assert f"tại Quyết định số {joined.decision.reference}" in said
    carried_out(dossier)
    assert sitting(of)["Vi Thị Hoà"] == "member"
    assert roster.differences(tam_quang.agency.commune) == []
