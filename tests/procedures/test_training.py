"""Registering people for a course: the letter, the phones, and what came of it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from documents import nd30
from documents.model import SignatureBlock
from procedures import papers, rules
from procedures.flows import RegisterTrainingFlow
from procedures.issuing import signing
from procedures.models import Dossier, Membership, Person, Team, Viewing
from procedures.people import names
from procedures.roles import Role
from workflows.errors import Refusal
from workflows.models import Event
from workflows.states import State

from .drafted import begun, sent, written
from .test_existing import commune_of, record

SAID = {
    "organiser": "Sở Khoa học và Công nghệ tỉnh Nghệ An",
    "course": "Kỹ năng số cho Tổ công nghệ số cộng đồng năm 2026",
    "reference": "1234/SKHCN-CĐS",
    "date": datetime.date(2026, 7, 8),
    "due": None,
    "full_phones": False,
    "purpose": "",
}


@pytest.fixture
def teams(tam_quang):
    record(tam_quang)
    return list(Team.objects.filter(commune=commune_of(tam_quang)).order_by("pk"))


def leaders(teams):
    return list(
        Membership.objects.filter(team__in=teams, role__in=("leader", "deputy"))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def drawn(dossier):
    return papers.content("decision", dossier, SignatureBlock(("CHỦ TỊCH",), "Nguyễn Văn A"))


def test_the_letter_registers_people_and_the_results_are_kept(
    client, road, tam_quang, hac_thanh, teams
):
    said = SAID | {"people": leaders(teams)}
    dossier = road._forward(sent(road, begun(tam_quang, RegisterTrainingFlow), said), "released")
    assert (dossier.decision.kind, dossier.decision.symbol) == ("official_letter", "UBND-VHXH")
    for slot, name in (("proposal", ""), ("submission", "Tờ trình"), ("decision", "Công văn")):
        assert nd30.inspect(signing.preview(dossier, slot)) == nd30.Report(name, ()), slot
    says = dossier.decision.says()
    assert says.subject == (
        "V/v đăng ký nhu cầu tập huấn, bồi dưỡng kỹ năng số cho Tổ công nghệ số cộng đồng năm 2026"
    )
    assert says.addressees == (SAID["organiser"],)
    assert "Công văn số 1234/SKHCN-CĐS ngày 08 tháng 7 năm 2026" in says.body[0].text
    assert "04 người, gồm: 03 Tổ trưởng, 01 Tổ phó" in says.body[1].text
    [table] = says.annexes[0].blocks
    assert len(table.rows) == len(said["people"]) == 4
    phones = Person.objects.exclude(phone="").values_list("phone", flat=True)
    assert not [phone for phone in phones if phone in str(says)]
    assert names.masked("0914994002") in str(table.rows)

    # After the course.
    address = reverse("dossier-training", args=[dossier.pk])
    trainees = list(dossier.matter.trainees.all())
    client.force_login(tam_quang(Role.CLERK))
    assert client.post(address, {"seen": dossier.revision}).status_code == 409
    client.force_login(hac_thanh(Role.SPECIALIST))
    assert client.get(address).status_code == 404
    client.force_login(tam_quang(Role.SPECIALIST))
    assert client.get(address).status_code == 200
    assert client.post(address, {"seen": dossier.revision}).status_code == 422
    unsaid = {f"r{trainees[0].pk}-result": "Đạt", "seen": dossier.revision}
    assert client.post(address, unsaid).status_code == 422
    told = {
        f"r{trainees[0].pk}-outcome": "took_part",
        f"r{trainees[0].pk}-result": "Được cấp giấy chứng nhận",
        f"r{trainees[1].pk}-outcome": "absent",
    }
    assert client.post(address, told | {"seen": dossier.revision}).status_code == 302
    event = Event.objects.get(act="record_training")
    assert (event.facts["took_part"], event.facts["registered"]) == (1, 4)
    page = client.get(reverse("team", args=[trainees[0].team_id])).content.decode()
    assert "Đã tham gia, Được cấp giấy chứng nhận" in page
    with pytest.raises(Refusal, match="ít nhất một người"):
        road.do(
            Dossier.objects.get(pk=dossier.pk), "record_training", tam_quang(Role.SPECIALIST),
            results={0: ("took_part", "")},
        )  # fmt: skip


def test_full_phones_need_a_reason_and_are_never_a_childs(road, tam_quang, teams):
    dossier = begun(tam_quang, RegisterTrainingFlow)
    said = SAID | {"people": leaders(teams), "full_phones": True}
    with pytest.raises(Refusal) as refused:
        written(road, dossier, said)
    assert refused.value.field == "purpose"
    assert not Viewing.objects.exists()
    dossier = written(road, dossier, said | {"purpose": "Sở liên hệ học viên"})
    [row] = Viewing.objects.all()
    assert (row.dossier, row.purpose) == (dossier, "Sở liên hệ học viên")
    assert "0914994002" in str(drawn(dossier).annexes)
    year = timezone.localdate().year - 15
    Person.objects.filter(phone="0914994002").update(birth_year=year)
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert "0914994002" not in str(drawn(dossier).annexes)
    assert "Sở liên hệ học viên" not in str(drawn(dossier))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"organiser": ""}, "organiser"),
        ({"course": ""}, "course"),
        ({"reference": ""}, "reference"),
        ({"date": None}, "date"),
        ({"date": datetime.date(2099, 1, 1)}, "date"),
        ({"people": []}, "people"),
    ],
)
def test_what_is_missing_is_asked_for_at_its_field(road, tam_quang, teams, said, field):
    whole = SAID | {"people": leaders(teams)}
    with pytest.raises(Refusal) as refused:
        sent(road, begun(tam_quang, RegisterTrainingFlow), whole | said)
    assert refused.value.field == field


def test_a_team_without_anybody_is_told_and_who_left_too(road, tam_quang, teams):
    [first, second, *_rest] = leaders(teams)
    dossier = begun(tam_quang, RegisterTrainingFlow)
    dossier = sent(road, dossier, SAID | {"people": [first, second]})
    told = {found.rule: found for found in rules.judge(dossier, first_time=False)}
    assert told["every_team_sends_somebody"].level == "suggest"
    assert "bản Bãi Xa" in told["every_team_sends_somebody"].sentence
    assert "registered_people_still_sit" not in told
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Membership.objects.filter(pk=second).update(until=yesterday)
    told = {found.rule: found for found in rules.judge(dossier, first_time=False)}
    assert told["registered_people_still_sit"].level == "warn"
    assert "Vi Thị Hoa" in told["registered_people_still_sit"].sentence


def test_nobody_of_another_commune_is_registered(road, tam_quang, hac_thanh, teams):
    person = Person.objects.create(
        commune=commune_of(hac_thanh), full_name="Lê Văn Xa", folded="le van xa"
    )
    team = Team.objects.create(
        commune=commune_of(hac_thanh), level="commune", name="Tổ phường", since=teams[0].since,
        decision=teams[0].decision,
    )  # fmt: skip
    seat = Membership.objects.create(
        team=team, person=person, role="leader", since=team.since, decision=team.decision
    )
    with pytest.raises(Refusal, match="vừa thay đổi"):
        written(road, begun(tam_quang, RegisterTrainingFlow), SAID | {"people": [seat.pk]})


def test_the_page_offers_leaders_first_and_marks_teams_without(client, tam_quang, teams):
    client.force_login(tam_quang(Role.SPECIALIST))
    address = client.post(reverse("drafting"), {"procedure": "register_training"})["Location"]
    page = client.get(address).content.decode()
    assert page.count("Chưa chọn ai") == 3
    own = page[page.index("cộng đồng bản Bãi Sở") :]
    assert own.index("Lô Văn Thìn") < own.index("Thành viên khác") < own.index("Kha Văn Lực")
    first = leaders(teams)[0]
    typed = SAID | {"date": "2026-07-08", "due": "", "full_phones": "", "people": [first]}
    saved = client.post(address, typed | {"seen": 1, "save": "1"})
    assert saved["Location"] == address
    page = client.get(address).content.decode()
    assert page.count("Chưa chọn ai") == 2
    assert f'value="{first}" checked' in page
    dossier = Dossier.objects.get(procedure="register_training")
    wrong = client.post(address, typed | {"course": "", "seen": dossier.revision, "send": "1"})
    assert wrong.status_code == 422
    assert f'value="{first}" checked' in wrong.content.decode()
    assert dossier.state == State.DRAFT
