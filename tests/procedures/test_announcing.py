"""The public notice about the teams: the office's contact, no personal phone, names by consent."""

import pytest
from django.urls import reverse
from django.utils import timezone

from documents import nd30
from documents import service as documents
from documents.model import SignatureBlock
from procedures import drafting, papers
from procedures.flows import AnnounceTeamsFlow
from procedures.issuing import signing
from procedures.messages import sharing
from procedures.models import Dossier, Membership, Person
from procedures.roles import Role
from procedures.teams import standing_teams
from workflows.errors import Refusal
from workflows.states import State

from . import members as on
from .drafted import begun, sent, written
from .test_existing import record

SAID = {
    "hotline": "02383 888 999",
    "place": "Trung tâm Phục vụ hành chính công xã Tam Quang",
    "hours": "giờ hành chính, từ thứ Hai đến thứ Sáu",
    "online": "Zalo UBND xã Tam Quang",
    "message": "",
}


@pytest.fixture
def teams(tam_quang):
    return record(tam_quang)


def drawn(dossier):
    """The notice as it would be printed now."""
    return papers.content("decision", dossier, SignatureBlock(("CHỦ TỊCH",), "Nguyễn Văn A"))


def test_the_notice_tells_teams_and_contact_and_nobodys_phone(road, tam_quang, teams):
    leader = Membership.objects.get(team__hamlet__name="Bãi Sở", role="leader").person
    child = Membership.objects.get(team__hamlet__name="Bãi Xa", role="leader").person
    Person.objects.filter(pk=leader.pk).update(may_publish=True)
    year = timezone.localdate().year - 15
    Person.objects.filter(pk=child.pk).update(may_publish=True, birth_year=year)
    dossier = road._forward(sent(road, begun(tam_quang, AnnounceTeamsFlow), SAID), State.RELEASED)
    assert (dossier.decision.kind, dossier.decision.symbol) == ("notice", "TB-UBND")
    for slot, name in (("proposal", ""), ("submission", "Tờ trình"), ("decision", "Thông báo")):
        assert nd30.inspect(signing.preview(dossier, slot)) == nd30.Report(name, ()), slot
    assert documents.verify(signing.preview(dossier, "decision")).valid
    says = str(dossier.decision.says())
    assert "Tổ công nghệ số cộng đồng bản Bãi Sở" in says
    assert SAID["hotline"] in says
    assert leader.full_name in says
    unnamed = Membership.objects.exclude(person=leader).values_list("person__full_name", flat=True)
    assert not [name for name in unnamed if name in says]
    phones = Person.objects.exclude(phone="").values_list("phone", flat=True)
    assert not [phone for phone in phones if phone in says]
    # The text for the villages names nobody, not even who agreed.
    text = sharing.share_text(dossier)
    assert f"Điện thoại: {SAID['hotline']}" in text
    assert "bản Bãi Sở" in text
    assert documents.public_url(dossier.decision) in text
    assert leader.full_name not in text


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"hotline": ""}, "hotline", "nơi và thời gian hỗ trợ"),
        ({"hours": ""}, "hours", "nơi và thời gian hỗ trợ"),
        ({"hotline": "12"}, "hotline", "không đúng"),
        ({"hotline": "0914994002"}, "hotline", "số điện thoại riêng"),
        ({"message": "Gọi chị Hoa +84 914 994 002."}, "message", "số điện thoại riêng"),
    ],
)
def test_what_cannot_be_published_is_not_sent(road, tam_quang, teams, said, field, sentence):
    with pytest.raises(Refusal, match=sentence) as refused:
        sent(road, begun(tam_quang, AnnounceTeamsFlow), SAID | said)
    assert refused.value.field == field


def test_short_numbers_are_numbers_and_no_team_is_no_notice(road, tam_quang):
    with pytest.raises(Refusal, match="Chưa có tổ nào"):
        sent(road, begun(tam_quang, AnnounceTeamsFlow), SAID | {"hotline": "1900 1022"})


def test_a_team_without_consent_is_led_by_nobody_named(road, tam_quang, teams):
    dossier = written(road, begun(tam_quang, AnnounceTeamsFlow), SAID)
    says = str(drawn(dossier))
    assert says.count("Liên hệ qua Ủy ban nhân dân") == 3
    assert "Lô Văn Thìn" not in says


def test_only_a_specialist_begins_it(tam_quang):
    for role in (Role.CLERK, Role.CHAIRMAN, Role.HAMLET_HEAD):
        with pytest.raises(Refusal, match="Chỉ chuyên viên"):
            drafting.draft(AnnounceTeamsFlow, tam_quang(role), tam_quang.post(role))


def test_the_pages_keep_what_is_typed_and_send_it(client, tam_quang, hac_thanh, teams):
    board = reverse("drafting")
    client.force_login(tam_quang(Role.HAMLET_HEAD))
    assert client.get(board).status_code == 404
    client.force_login(tam_quang(Role.CHAIRMAN))
    assert "chuyên viên bắt đầu" in client.get(board).content.decode()
    assert client.post(board, {"procedure": "announce_teams"}).status_code == 404
    client.force_login(tam_quang(Role.SPECIALIST))
    address = client.post(board, {"procedure": "announce_teams"})["Location"]
    dossier = Dossier.objects.get(procedure="announce_teams")
    assert address == reverse("dossier-write", args=[dossier.pk])
    typed = SAID | {"seen": 1, "send": "1"}
    wrong = client.post(address, typed | {"hotline": "0914994002"})
    assert wrong.status_code == 422
    assert "số điện thoại riêng" in wrong.content.decode()
    assert SAID["place"] in wrong.content.decode()
    dossier.refresh_from_db()
    done = client.post(address, typed | {"seen": dossier.revision})
    assert done["Location"] == reverse("dossier", args=[dossier.pk])
    assert Dossier.objects.get(pk=dossier.pk).state == State.SUBMITTED
    assert client.post(address, typed).status_code == 409
    assert reverse("dossier-write", args=[dossier.pk]) not in client.get(board).content.decode()
    client.force_login(hac_thanh(Role.SPECIALIST))
    assert client.get(address).status_code == 404
    assert dossier.title not in client.get(board).content.decode()


def test_a_collaborator_stands_last_in_his_team(tam_quang):
    team = on.team(tam_quang)
    first = team.memberships.filter(role="member").order_by("pk").first()
    team.memberships.filter(pk=first.pk).update(role="collaborator")
    [listed] = standing_teams.teams_today(team.commune)
    assert [seat.pk for seat in standing_teams.sitting(listed)][-1] == first.pk
