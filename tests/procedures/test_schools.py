"""Teams in schools: noted beside the commune's own, by a specialist, from their paper."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from procedures.lists import upward
from procedures.models import SchoolTeam, Team
from procedures.roles import Role
from procedures.teams import schools
from workflows.errors import Refusal
from workflows.models import Event

from .test_existing import commune_of

TYPED = {
    "school": "Trường THCS Tam Quang",
    "paper": "Quyết định số 12/QĐ-THCS",
    "paper_date": "2025-10-06",
    "issuer": "Trường THCS Tam Quang",
    "leader": "Lương Thị Nga",
    "members": "5",
}


def test_a_school_is_noted_once_and_counts_nowhere(client, tam_quang, hac_thanh):
    commune = commune_of(tam_quang)
    specialist = tam_quang(Role.SPECIALIST)
    client.force_login(specialist)
    board, page = reverse("schools"), reverse("school-note")
    shown = client.get(board).content.decode()
    assert "Chưa ghi tổ nào" in shown
    assert "không quy định về tổ trong trường học" in shown  # Tam Quang's sources say nothing
    wrong = client.post(page, TYPED | {"members": "0"})
    assert wrong.status_code == 422
    assert TYPED["leader"] in wrong.content.decode()
    assert client.post(page, TYPED)["Location"] == board
    [team] = SchoolTeam.objects.all()
    assert (team.name, team.members, team.entered_by) == (
        "Tổ công nghệ số Trường THCS Tam Quang", 5, specialist,
    )  # fmt: skip
    assert team.since == datetime.date(2025, 10, 6)
    assert Event.objects.get(act="note_school_team").facts["leader"] == TYPED["leader"]
    again = client.post(page, TYPED | {"school": "trường thcs  Tam Quang"})
    assert "đã có tổ" in again.content.decode()
    assert not Team.objects.filter(commune=commune).exists()
    assert upward.listed(commune, timezone.localdate()).teams == []
    # Another commune's is not there.
    stop = reverse("school-end", args=[team.pk])
    client.force_login(hac_thanh(Role.SPECIALIST))
    assert client.get(stop).status_code == 404
    assert client.post(stop, {"last": "2026-01-05"}).status_code == 404
    client.force_login(specialist)
    assert client.post(stop, {"last": "2025-01-05"}).status_code == 422
    assert client.post(stop, {"last": "2026-01-05"})["Location"] == board
    team.refresh_from_db()
    assert team.until == datetime.date(2026, 1, 5)
    assert client.post(page, TYPED | {"paper_date": "2026-02-02"})["Location"] == board


def test_its_decision_is_read_where_the_team_is_listed_and_by_its_office_alone(
    client, tam_quang, hac_thanh
):
    client.force_login(tam_quang(Role.SPECIALIST))
    scan = SimpleUploadedFile("qd.pdf", b"%PDF-1.4 quyet dinh")
    client.post(reverse("school-note"), TYPED | {"scan": scan})
    plain = TYPED | {"school": "Trường Tiểu học Tam Quang"}
    client.post(reverse("school-note"), plain)
    with_scan, without = SchoolTeam.objects.order_by("pk")
    shown = client.get(reverse("schools")).content.decode()
    address = reverse("school-scan", args=[with_scan.pk])
    assert (address in shown, reverse("school-scan", args=[without.pk]) in shown) == (True, False)
    client.force_login(tam_quang(Role.CLERK))
    answer = client.get(address)
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.4 quyet dinh", "application/pdf")
    assert client.get(reverse("school-scan", args=[without.pk])).status_code == 404
    client.force_login(hac_thanh(Role.SPECIALIST))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.CLERK, Role.CHAIRMAN, Role.HAMLET_HEAD])
def test_only_a_specialist_notes_one(role, client, tam_quang):
    told = TYPED | {"paper_date": datetime.date(2025, 10, 6), "members": 5}
    with pytest.raises(Refusal, match="Chỉ chuyên viên"):
        schools.note(commune_of(tam_quang), by=tam_quang(role), scan="", digest="", **told)
    client.force_login(tam_quang(role))
    refused = client.post(reverse("school-note"), TYPED).status_code
    assert refused == (404 if role == Role.HAMLET_HEAD else 409)
    assert not SchoolTeam.objects.exists()


def test_where_a_source_rules_it_is_cited(tam_quang):
    """Ninh Thuận's plan still rules the communes of its old area, now in Khánh Hòa."""
    commune = commune_of(tam_quang)
    assert schools.ruled(commune) is None
    commune.province, commune.code = "tỉnh Khánh Hòa", "22738"
    ruled = schools.ruled(commune)
    assert ruled is not None
    assert "I.2.c" in ruled.citation
