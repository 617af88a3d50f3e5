"""Commending people and teams: put forward, collected, considered at a meeting, decided."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents import nd30
from documents.model import Issue, SignatureBlock
from documents.rendering import pdf
from procedures import papers, rules
from procedures.flows import CommendFlow
from procedures.issuing import signing
from procedures.models import Dossier, Membership, Merit, Notice, Person, Team
from procedures.people import merits
from procedures.roles import Role
from workflows import authority
from workflows.errors import Refusal
from workflows.models import Event
from workflows.states import State

from .drafted import begun, sent, written
from .test_existing import commune_of, record

DID = "Hướng dẫn 120 hộ của bản cài đặt và dùng dịch vụ công trực tuyến"
SAID = {
    "occasion": "xuất sắc trong hoạt động Tổ công nghệ số cộng đồng năm 2026",
    "meeting_date": datetime.date(2026, 11, 10),
    "minutes": "05/BB-UBND",
    "present": 9,
    "in_favour": 8,
}


@pytest.fixture
def teams(tam_quang):
    record(tam_quang)
    return list(Team.objects.filter(commune=commune_of(tam_quang)).order_by("pk"))


def row(who, **more):
    return {"who": who, "other": "", "achievement": DID, "amount": None, "merit": None, **more}


def seat_of(name):
    return f"m{Membership.objects.filter(person__full_name=name).order_by('pk').first().pk}"


def drawn(dossier):
    return papers.content("decision", dossier, SignatureBlock(("CHỦ TỊCH",), "Nguyễn Văn A"))


def texts(content):
    return [block.text for block in content.body]


def test_what_a_leader_puts_forward_becomes_the_decision(client, road, tam_quang, hac_thanh, teams):
    head = tam_quang(Role.HAMLET_HEAD)
    address = reverse("merit", args=[teams[0].pk])
    client.force_login(head)
    assert reverse("merit", args=[teams[0].pk]) in client.get(
        reverse("team", args=[teams[0].pk])
    ).content.decode()  # fmt: skip
    hoa = Person.objects.get(full_name="Vi Thị Hoa")
    assert client.post(address, {"who": "", "achievement": DID}).status_code == 422
    assert client.post(address, {"who": hoa.pk, "achievement": DID}).status_code == 302
    [merit] = Merit.objects.all()
    assert (merit.person, merit.by, merit.achievement) == (hoa, head, DID)
    assert Event.objects.get(act="put_forward").record_id == merit.pk
    assert client.get(reverse("merit", args=[teams[1].pk])).status_code == 404
    client.force_login(hac_thanh(Role.SPECIALIST))
    assert client.get(address).status_code == 404

    client.force_login(tam_quang(Role.SPECIALIST, 1))
    board = reverse("drafting")
    assert DID in client.get(board).content.decode()
    page = client.post(board, {"procedure": "commend"})["Location"]
    assert f'name="take" value="{merit.pk}"' in client.get(page).content.decode()
    typed = SAID | {"meeting_date": "2026-11-10", "take": [merit.pk]}
    typed |= {"khen-TOTAL_FORMS": 1, "khen-INITIAL_FORMS": 0, "khen-0-who": f"t{teams[0].pk}"}
    grown = client.post(page, typed | {"more": "1", "seen": 1}).content.decode()
    assert 'name="khen-1-who"' in grown
    assert f'name="take" value="{merit.pk}" checked' in grown
    assert not Dossier.objects.get(procedure="commend").matter.minutes
    wrong = client.post(page, typed | {"send": "1", "seen": 1})
    assert wrong.status_code == 422
    # Saved, so what was taken in stands in a row of its own, and is not offered again.
    assert f'value="{seat_of("Vi Thị Hoa")}" selected' in wrong.content.decode()
    assert 'name="take"' not in wrong.content.decode()
    assert f"thành tích của {teams[0].name}" in wrong.content.decode()
    dossier = Dossier.objects.get(procedure="commend")
    assert not Merit.waiting([dossier.commune_id]).exists()

    rows = [row(f"t{teams[0].pk}", amount=1_500_000), *dossier.matter.columns()["rows"][1:]]
    dossier = road._forward(sent(road, dossier, SAID | {"rows": rows}), State.RELEASED)
    assert (dossier.decision.kind, dossier.decision.symbol) == ("decision", "QĐ-UBND")
    for slot, name in (("proposal", ""), ("submission", "Tờ trình"), ("decision", "Quyết định")):
        assert nd30.inspect(signing.preview(dossier, slot)) == nd30.Report(name, ()), slot
    says = dossier.decision.says()
    assert says.authority == "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TAM QUANG"
    assert says.grounds[1] == "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
    assert says.grounds[2].startswith("Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025")
    assert "Biên bản số 05/BB-UBND ngày 10 tháng 11 năm 2026" in says.grounds[3]
    assert "Tờ trình" in says.grounds[4]
    assert says.annexes == ()
    first, group, person, money, *_rest = texts(says)
    assert "cho 01 tập thể, 01 cá nhân" in first
    assert group.endswith("tiền thưởng 1.500.000 đồng;")
    assert person == f"2. Ông (bà) Vi Thị Hoa, Tổ phó {teams[0].name}: {DID}."
    assert money == "Mức tiền thưởng ghi tại Điều 1."
    assert says.recipients[0] == "Như Điều 4"
    assert "8/9 người dự họp đồng ý" in str(dossier.submission.says().body)


def test_more_than_three_stand_in_an_annex_and_no_sum_is_invented(road, tam_quang, teams):
    names = ("Lô Văn Thìn", "Vi Thị Hoa", "Kha Văn Lực")
    rows = [row(seat_of(name)) for name in names]
    rows.append(row("og", other="Bưu điện văn hóa xã Tam Quang"))
    dossier = written(road, begun(tam_quang, CommendFlow), SAID | {"rows": rows})
    says = drawn(dossier)
    [annex] = says.annexes
    assert [line[1] for line in annex.blocks[0].rows] == [
        "Bưu điện văn hóa xã Tam Quang", *names
    ]  # fmt: skip
    assert "đồng" not in " ".join(texts(says)).replace("Hội đồng", "").replace("cộng đồng", "")
    assert says.recipients[0] == "Như Điều 3"
    assert _queries(road, dossier, "submit", dossier.author) <= 30 + 3 * len(rows)
    dossier.refresh_from_db()
    assert _queries(road, dossier, "check_content", tam_quang(Role.SPECIALIST)) <= 30
    issue = Issue(timezone.localdate(), 12, "QĐ-UBND")
    assert nd30.inspect(pdf.render(says, issue)).findings == ()


def _queries(road, dossier, act, by):
    with CaptureQueriesContext(connection) as asked:
        road.do(dossier, act, by)
    return len(asked)


@pytest.mark.parametrize("rewarded", ["himself", "his team", "a namesake outside"])
def test_nobody_decides_on_his_own_reward(road, tam_quang, teams, rewarded):
    specialist = tam_quang(Role.SPECIALIST)
    person, _new = Person.objects.get_or_create(
        user=specialist,
        defaults={"commune": commune_of(tam_quang), "full_name": specialist.full_name},
    )
    seat = Membership.objects.create(
        team=teams[2], person=person, role="member", since=teams[2].since,
        decision=teams[2].decision,
    )  # fmt: skip
    whom = {
        "himself": row(f"m{seat.pk}"),
        "his team": row(f"t{teams[2].pk}"),
        "a namesake outside": row("op", other=specialist.full_name),
    }[rewarded]
    dossier = sent(road, begun(tam_quang, CommendFlow), SAID | {"rows": [whom]})
    with pytest.raises(Refusal, match="của chính ông/bà"):
        road.do(dossier, "check_content", specialist)


def test_who_is_not_rewarded_may_decide(road, tam_quang, teams):
    dossier = sent(road, begun(tam_quang, CommendFlow), SAID | {"rows": [row(f"t{teams[0].pk}")]})
    assert not dossier.is_interested(tam_quang(Role.SPECIALIST))
    assert dossier.is_interested(tam_quang(Role.HAMLET_HEAD))
    assert not dossier.is_interested(tam_quang(Role.CHAIRMAN))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"occasion": ""}, "occasion"),
        ({"minutes": ""}, "minutes"),
        ({"meeting_date": None}, "meeting_date"),
        ({"meeting_date": datetime.date(2099, 1, 1)}, "meeting_date"),
        ({"present": None}, "present"),
        ({"in_favour": None}, "in_favour"),
        ({"in_favour": 10}, "in_favour"),
        ({"rows": []}, "rows"),
    ],
)
def test_what_is_missing_is_asked_for(road, tam_quang, teams, said, field):
    whole = SAID | {"rows": [row(f"t{teams[0].pk}")]} | said
    with pytest.raises(Refusal) as refused:
        sent(road, begun(tam_quang, CommendFlow), whole)
    assert refused.value.field == field


def test_nobody_is_rewarded_twice(road, tam_quang, teams):
    """Vi Thị Hoa sits in two teams: both seats are she."""
    hoa = Membership.objects.filter(person__full_name="Vi Thị Hoa")
    rows = [row(f"m{seat.pk}") for seat in hoa]
    assert len(rows) == 2
    with pytest.raises(Refusal, match="Vi Thị Hoa có tên hai lần"):
        sent(road, begun(tam_quang, CommendFlow), SAID | {"rows": rows})


def test_a_thin_vote_is_only_pointed_out(road, tam_quang, teams):
    said = SAID | {"rows": [row(f"t{teams[0].pk}")], "in_favour": 4}
    dossier = sent(road, begun(tam_quang, CommendFlow), said)
    [found] = [f for f in rules.judge(dossier) if f.rule == "most_agreed"]
    assert found.level == "suggest"


def test_a_merit_waits_again_after_a_withdrawal_and_is_taken_once(road, tam_quang, teams):
    merits.put_forward(tam_quang(Role.HAMLET_HEAD), [], teams[0], None, DID)
    [merit] = Merit.objects.all()
    said = SAID | {"rows": [], "take": [merit.pk]}
    dossier = written(road, begun(tam_quang, CommendFlow), said)
    with pytest.raises(Refusal, match="đã được đưa vào hồ sơ khác"):
        written(road, begun(tam_quang, CommendFlow), said)
    road.do(dossier, "withdraw", dossier.author)
    assert list(Merit.waiting([dossier.commune_id])) == [merit]


def told_of(user):
    return [(n.kind, n.title) for n in Notice.objects.filter(recipient=user).order_by("pk")]


def test_who_is_commended_and_who_leads_him_hear_of_it(
    client, road, tam_quang, hac_thanh, teams, django_capture_on_commit_callbacks
):
    team, head = teams[0], tam_quang(Role.HAMLET_HEAD)
    leader, hoa = (account(tam_quang, team, name) for name in ("Lô Văn Thìn", "Vi Thị Hoa"))
    person = Person.objects.get(full_name="Vi Thị Hoa")
    held = authority.capacities(head)
    merit = merits.put_forward(head, held, team, person, DID)
    specialists = [tam_quang(Role.SPECIALIST), tam_quang(Role.SPECIALIST, 1)]
    assert [told_of(user) for user in specialists] == [[("merit", "Khen thưởng: Vi Thị Hoa")]] * 2
    [notice] = Notice.objects.filter(recipient=specialists[0])
    assert notice.words == DID
    client.force_login(specialists[0])
    assert DID in client.get(notice.page, follow=True).content.decode()
    assert told_of(hoa) == told_of(leader) == []

    with django_capture_on_commit_callbacks(execute=True):
        dossier = begun(tam_quang, CommendFlow)
        said = SAID | {"rows": [row(f"t{teams[1].pk}")], "take": [merit.pk]}
        dossier = sent(road, dossier, said)
    taken = [("taken", "Khen thưởng: Vi Thị Hoa")]
    assert told_of(head) == told_of(leader) == told_of(hoa) == taken
    with django_capture_on_commit_callbacks(execute=True):
        dossier = road.do(dossier, "return_for_correction", tam_quang(Role.SPECIALIST), "Xem lại")
        dossier = road.do(dossier, "submit", dossier.author)
        road._forward(dossier, State.RELEASED)
    # Sent again after a return is no news; the decision is.
    for user in (head, leader, hoa):
        assert told_of(user) == [*taken, ("released", "Khen thưởng: Vi Thị Hoa")]
    for user, lands in ((head, "merit"), (hoa, "team")):
        client.force_login(user)
        page = Notice.objects.filter(recipient=user).first().page
        assert client.get(page)["Location"] == reverse(lands, args=[team.pk])
    client.force_login(hac_thanh(Role.SPECIALIST))
    assert client.get(reverse("merit-told", args=[merit.pk])).status_code == 404


def account(cast, team, name):
    """An account of somebody in the team."""
    user = get_user_model().objects.create_user(username=f"user-{name}", full_name=name)
    person = Membership.objects.get(team=team, person__full_name=name).person
    Person.objects.filter(pk=person.pk).update(user=user)
    return user
