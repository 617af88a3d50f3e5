"""The printed report of a team: what was sent, by whom, and to whom it goes."""

import datetime

from django.urls import reverse

from documents import service as documents
from procedures import papers
from procedures.models import Report
from procedures.roles import Role

from .reporting import accepted, asked, at, do, indicators, of, teams


def printed(client, user, report):
    client.force_login(user)
    return client.get(reverse("report-print", args=[report.pk]))


def test_the_reports_of_a_village_and_of_the_commune_are_printed(client, tam_quang, hac_thanh):
    with at(2026, 12, 3):
        made = teams(tam_quang)
        helped, shops = indicators(tam_quang)
        call = asked(tam_quang, (helped, shops), due=datetime.date(2026, 12, 8))
        first, second, whole = of(call, made[0]), of(call, made[1]), of(call, made[-1])
        head = first.post.holder().user
        assert printed(client, head, first).status_code == 404  # nothing was sent yet
        accepted(tam_quang, first, {helped.pk: (12, None)}, trouble="Mạng yếu.\nThiếu máy.")
        accepted(tam_quang, second)
        do(whole, "send_rollup", tam_quang(Role.YOUTH_SECRETARY))
        answer = printed(client, head, first)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert printed(client, hac_thanh(Role.SPECIALIST), first).status_code == 404
    paper = papers.report_of_team(Report.objects.get(pk=first.pk))
    assert paper.addressees == ("Tổ công nghệ số cộng đồng xã Tam Quang",)
    assert (paper.signature.lines, paper.signature.name) == (("TỔ TRƯỞNG",), str(head))
    says = str(paper)
    for told in ("12", "Chưa có số liệu", "Mạng yếu.", "Thiếu máy.", "Đã gửi qua hệ thống"):
        assert told in says, told
    assert "không phát sinh" in str(papers.report_of_team(Report.objects.get(pk=second.pk)))
    paper = papers.report_of_team(Report.objects.get(pk=whole.pk))
    assert paper.addressees == ("Ủy ban nhân dân xã Tam Quang",)
    assert "Có 2/3 báo cáo của các tổ được ghi nhận." in str(paper)
    [table] = [block for block in paper.body if hasattr(block, "rows")]
    assert table.rows[0][3:] == ("12", "2/3")
    assert table.rows[1][3:] == ("0", "1/3")
    for each in (first, whole):
        data = documents.printed(
            papers.report_of_team(Report.objects.get(pk=each.pk)), datetime.date(2026, 12, 3)
        )
        assert len(documents.page_images(data, width_px=200)) == 1
