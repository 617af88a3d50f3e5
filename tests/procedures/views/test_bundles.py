"""All papers of one dossier, or of chosen ones, as one file."""

import csv
import hashlib
import io
import zipfile

import pytest
from django.urls import reverse

from documents.models import StoredFile
from procedures.files import bundles
from procedures.management.commands import verify_ledger
from procedures.models import Viewing
from procedures.roles import Role
from workflows.states import State

from .pages import text, to


def opened(answer):
    """The archive of an answer, and its list by file name."""
    assert answer["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    raw = archive.read("danh-muc.csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    return archive, rows


def test_one_dossier_with_its_list(acting, road):
    dossier = road.to(State.RELEASED)
    answer = acting(Role.CLERK).get(to("dossier-bundle", dossier))
    archive, rows = opened(answer)
    day = f"{dossier.decision.date:%Y-%m-%d}"
    number = f"{dossier.decision.number:02d}"
    about = "thanh-lap-to-ban-Bai-So"
    asked = f"{dossier.submission.number:02d}"
    assert sorted(set(archive.namelist()) - {"danh-muc.csv"}) == sorted(
        [
            f"{day}_{number}-QD-UBND_{about}.pdf",
            f"{day}_{asked}-TTr-VHXH_{about}.pdf",
            f"{day}_de-xuat_{about}.pdf",
        ]
    )
    assert all(name.isascii() for name in archive.namelist())
    [row] = [row for row in rows if row["Loại"] == "Quyết định"]
    assert row["Số, ký hiệu"] == dossier.decision.reference
    assert row["Người ký"] == dossier.decision.signer_name
    assert row["Tình trạng"] == "Đang có hiệu lực"
    for row in rows:
        assert hashlib.sha256(archive.read(row["Tệp"])).hexdigest() == row["SHA-256"]
    # The very file that is downloaded alone.
    alone = acting(Role.CLERK).get(f"/van-ban/{dossier.decision_id}/tai/").content
    assert archive.read(f"{day}_{number}-QD-UBND_{about}.pdf") == alone


def test_chosen_rows_each_in_its_folder(acting, road, tam_quang):
    one = road.to(State.SUBMITTED)
    two = road.to(State.CHECKED, tam_quang(Role.HAMLET_HEAD, 1))
    client = acting(Role.SPECIALIST)
    page = client.get("/ho-so/").content.decode()
    for dossier in (one, two):
        assert f'name="chon" value="{dossier.pk}"' in page
    archive, rows = opened(client.get(reverse("bundle"), {"chon": [one.pk, two.pk]}))
    folders = {name.split("/")[0] for name in archive.namelist() if "/" in name}
    assert folders == {f"ho-so-{one.pk}", f"ho-so-{two.pk}"}
    assert len(rows) == 2


def test_what_one_may_not_see_is_not_in_it(acting, road, other_road, tam_quang, client):
    own = road.to(State.SUBMITTED)
    neighbour = road.to(State.SUBMITTED, tam_quang(Role.HAMLET_HEAD, 1))
    foreign = other_road.to(State.SUBMITTED)
    client = acting(Role.HAMLET_HEAD)
    keys = {"chon": [own.pk, neighbour.pk, foreign.pk, 999_999, "x", 2**70]}
    _archive, rows = opened(client.get(reverse("bundle"), keys))
    assert [row["Hồ sơ"].split(":")[0] for row in rows] == [str(own.pk)]
    assert client.get(to("dossier-bundle", foreign)).status_code == 404
    nothing = client.get(reverse("bundle"), {"chon": [foreign.pk]}, follow=True)
    assert "chưa có văn bản nào" in text(nothing)


def test_nothing_chosen_and_too_much_are_sentences(acting, road, monkeypatch):
    dossier = road.to(State.SUBMITTED)
    client = acting(Role.CLERK)
    assert "đánh dấu các hồ sơ" in text(client.get(reverse("bundle"), follow=True))
    monkeypatch.setattr(bundles, "MOST_DOSSIERS", 0)
    assert "nhiều nhất 0 hồ sơ" in text(client.get(to("dossier-bundle", dossier), follow=True))
    assert not Viewing.objects.exists()


def test_a_file_too_heavy_is_refused_before_anything_is_sent(acting, road, monkeypatch):
    dossier = road.to(State.SIGNED)
    monkeypatch.setattr(bundles, "MOST_BYTES", 1024)
    answer = acting(Role.CLERK).get(to("dossier-bundle", dossier), follow=True)
    assert "nặng hơn 0 MB" in text(answer)


def test_a_damaged_file_is_named_and_the_others_come(acting, road):
    dossier = road.to(State.RELEASED)
    StoredFile.objects.filter(document=dossier.decision).update(sha256="0" * 64)
    archive, rows = opened(acting(Role.CLERK).get(to("dossier-bundle", dossier)))
    assert len(archive.namelist()) == 3
    [row] = [row for row in rows if row["Loại"] == "Quyết định"]
    assert row["Tệp"] == "(không có tệp)"
    assert "SHA-256 không còn khớp" in row["Ghi chú"]


def test_a_draft_has_nothing_to_take(acting, road):
    dossier = road.to(State.DRAFT)
    answer = acting(Role.HAMLET_HEAD).get(to("dossier-bundle", dossier), follow=True)
    assert "chưa có văn bản nào" in text(answer)


def test_a_download_is_written_down(acting, road, tam_quang):
    dossier = road.to(State.RELEASED)
    acting(Role.SPECIALIST).get(to("dossier-bundle", dossier))
    line = Viewing.objects.get()
    assert (line.kind, line.count, line.dossier) == ("papers", 3, dossier)
    assert line.by == tam_quang(Role.SPECIALIST)
    assert verify_ledger.check(tam_quang.agency) == []


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@a"])
def test_no_cell_is_a_formula(text):
    assert bundles._cell(text) == f"'{text}"


def test_long_subjects_end_at_a_word():
    about = bundles._about("Về việc thành lập " + "Tổ công nghệ số cộng đồng bản Tam Hương " * 5)
    assert len(about) <= 60
    assert about.endswith(("bản", "Tam", "Hương", "tổ"))
