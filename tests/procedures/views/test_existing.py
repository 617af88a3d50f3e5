"""The screens that record teams which exist already."""

import datetime
import os
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from documents.models import Document, Medium
from procedures import sheets
from procedures.files import uploads
from procedures.models import Commune, Dossier, Membership, Team
from procedures.roles import Role
from procedures.teams import roster
from tests.procedures.lists import GOOD, book, changed
from workflows.models import Event

from .pages import text
from .test_every_page import FORBIDDEN

START = "/to-da-co/"
SIGNED = {"qd-1-signer": "Nguyễn Đình Hợp"}
TAM_QUANG = sheets.Places("xã", "Tam Quang", ((1, "bản", "Bãi Sở"),))
PNG = b"\x89PNG\r\n\x1a\n scan"


def sent(data, name="danh-sach.xlsx"):
    return {"file": SimpleUploadedFile(name, data)}


@pytest.fixture
def checking(acting):
    """The page that shows the good list, and its client."""

    def opened(role=Role.SPECIALIST, data=None):
        client = acting(role)
        answer = client.post(START, sent(data or book()))
        assert answer.status_code == 302
        return client, answer["Location"]

    return opened


def test_the_list_is_shown_before_anything_is_recorded(checking):
    client, address = checking()
    page = text(client.get(address))
    assert "3 tổ, 7 lượt người của xã Tam Quang" in page
    assert "Bản Bãi Sở Quyết định số 15/QĐ-UBND ngày 10/7/2025 · ô C4" in page
    assert "Vi Thị Hoa Tổ phó 0914994002" in page
    assert "lưu ý theo quy định (không ngăn việc ghi nhận)" in page
    assert not Dossier.objects.exists()
    assert not Document.objects.exists()


def test_confirming_records_and_leads_to_the_case(checking):
    client, address = checking(Role.CLERK)
    answer = client.post(address, SIGNED, follow=True)
    dossier = Dossier.objects.get()
    assert answer.redirect_chain == [(reverse("dossier", args=[dossier.pk]), 302)]
    page = text(answer)
    assert "Đã ghi nhận các tổ trong danh sách." in page
    assert "Ghi nhận 3 tổ đã có" in page
    assert (
        "Vang Thị Hòa, Văn thư, ghi nhận 3 tổ đã có, theo quyết định ban hành ngoài hệ thống."
        in page
    )
    assert Team.objects.count() == 3
    assert roster.differences(dossier.commune) == []


def test_a_signer_left_blank_goes_on_from_the_decision_above(checking):
    client, address = checking()
    client.post(address, SIGNED)
    signers = Document.objects.filter(medium=Medium.ELSEWHERE).values_list("signer_name", flat=True)
    assert list(signers) == ["Nguyễn Đình Hợp"] * 2


def test_each_decision_may_have_its_signer_its_office_and_its_scan(checking):
    client, address = checking()
    scan = SimpleUploadedFile("quyet-dinh.png", PNG)
    client.post(
        address,
        SIGNED | {"qd-1-issued_by": "UBND xã Tam Đình", "qd-1-scan": scan, "qd-2-signer": "Lô A"},
    )
    first, second = Document.objects.filter(medium=Medium.ELSEWHERE).order_by("date")
    assert (first.issuer.name, first.signer_name) == (
        "Ủy ban nhân dân xã Tam Đình", "Nguyễn Đình Hợp",
    )  # fmt: skip
    assert (second.issuer.name, second.signer_name) == ("Ủy ban nhân dân xã Tam Quang", "Lô A")
    assert (first.files.count(), second.files.count()) == (1, 0)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Ghi họ tên người đã ký quyết định."),
        (SIGNED | {"qd-1-issued_by": "x" * 151}, "Dài quá 150 chữ"),
        (SIGNED | {"qd-2-scan": SimpleUploadedFile("a.pdf", b"MZ")}, "PDF, JPEG hoặc PNG"),
        (SIGNED | {"qd-2-scan": SimpleUploadedFile("a.pdf", b"")}, "Tệp này trống"),
        (
            SIGNED | {"qd-2-scan": SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * 10 * 1024 * 1024)},
            "Tệp lớn quá 10 MB",
        ),
    ],
    ids=["no signer", "long office", "no scan", "empty scan", "large scan"],
)
def test_what_is_wrong_about_a_decision_is_told_and_records_nothing(checking, typed, sentence):
    client, address = checking()
    answer = client.post(address, typed)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Dossier.objects.exists()


def test_what_was_typed_is_still_there_after_a_refusal(checking):
    client, _address = checking()
    issued_by = SIGNED | {"qd-1-issued_by": "UBND xã Tam Đình"}
    client.post(checking(data=book(GOOD[:3]))[1], issued_by)
    _client, other = checking(data=book(changed(4, "D", "15/QĐ-UBND ngày 11/7/2025", GOOD[3:5])))
    answer = client.post(other, issued_by)
    assert answer.status_code == 409
    assert "đã được ghi nhận với ngày 10/07/2025" in text(answer)
    assert 'value="UBND xã Tam Đình"' in answer.content.decode()
    assert Dossier.objects.count() == 1


def test_a_second_press_is_answered_as_the_first(checking):
    client, address = checking()
    first = client.post(address, SIGNED)
    again = client.post(address, SIGNED)
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert client.get(address)["Location"] == first["Location"]
    assert Dossier.objects.count() == 1
    assert Event.objects.filter(act="record_existing").count() == 1


def test_what_the_page_sends_about_people_counts_for_nothing(checking):
    client, address = checking()
    client.post(address, SIGNED | {"teams": "99", "full_name": "Kẻ Lạ", "digest": "0" * 64})
    assert Membership.objects.count() == 7
    assert not Membership.objects.filter(person__full_name="Kẻ Lạ").exists()


def test_a_team_founded_since_the_list_was_shown_stops_it(checking):
    client, address = checking()
    client.post(checking(Role.CLERK, book(GOOD[:3]))[1], SIGNED)
    answer = client.post(address, SIGNED)
    assert answer.status_code == 422
    assert "đã có trong hệ thống, theo Quyết định số 15/QĐ-UBND" in text(answer)
    assert "<form" not in answer.content.decode().split("<main")[1]
    assert Team.objects.count() == 1


def test_without_a_file_it_says_so(acting):
    answer = acting(Role.SPECIALIST).post(START, {})
    assert answer.status_code == 422
    assert "Chọn tệp danh sách." in text(answer)


def test_many_mistakes_are_told_some_at_a_time(acting):
    rows = [["", "", "", "", f"Lô Văn {n}", "Cố vấn", f"{n}", ""] for n in range(70)]
    answer = acting(Role.SPECIALIST).post(START, sent(book([*GOOD[:3], *rows])))
    found = len(sheets.read(book([*GOOD[:3], *rows]), TAM_QUANG).problems)
    assert answer.content.decode().count("<strong>Ô ") == 60 < found
    assert f"Còn {found - 60} chỗ nữa" in text(answer)


# Files on their way ------------------------------------------------------------------------------


def test_an_upload_is_forgotten_once_recorded_and_after_a_day(
    checking, tam_quang, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    agency = tam_quang.agency
    client, address = checking()
    client.post(address, SIGNED)
    folder = f"uploads/{agency.pk}"
    assert default_storage.listdir(folder)[1] == []
    old = uploads.keep(agency, b"old")
    path = default_storage.path(f"{folder}/{old}")
    yesterday = (timezone.now() - datetime.timedelta(days=1, minutes=1)).timestamp()
    os.utime(path, (yesterday, yesterday))
    new = uploads.keep(agency, b"new")
    assert default_storage.listdir(folder)[1] == [new]


def test_a_stored_file_that_was_changed_is_not_read(checking, tam_quang):
    client, address = checking()
    digest = address.strip("/").split("/")[-1]
    with open(default_storage.path(f"uploads/{tam_quang.agency.pk}/{digest}"), "ab") as file:
        file.write(b" ")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("digest", ["a", "0" * 64, "..", "%2e%2e"])
def test_an_address_of_no_upload_is_not_found(acting, digest):
    assert acting(Role.SPECIALIST).get(f"{START}{digest}/").status_code == 404


# Whose page it is --------------------------------------------------------------------------------

MAY = {Role.SPECIALIST, Role.CLERK}


@pytest.mark.parametrize("role", Role.values)
def test_only_the_desks_have_the_page(checking, acting, role):
    _client, address = checking()
    client = acting(role)
    for page in (START, address, reverse("existing-template"), reverse("existing-sample")):
        assert (client.get(page).status_code == 200) is (role in MAY), page
        if role not in MAY:
            assert client.get(page).status_code == 404
    if role not in MAY:
        assert client.post(START, sent(book())).status_code == 404
        assert client.post(address, SIGNED).status_code == 404
    assert not Dossier.objects.exists()


def test_another_commune_finds_neither_the_upload_nor_the_case(checking, client, hac_thanh):
    acting, address = checking()
    client.force_login(hac_thanh(Role.SPECIALIST))
    assert client.get(address).status_code == 404
    assert client.post(address, SIGNED).status_code == 404
    acting, address = checking()
    case = acting.post(address, SIGNED)["Location"]
    client.force_login(hac_thanh(Role.CLERK))
    assert client.get(case).status_code == 404
    assert client.get(address).status_code == 404
    assert not Team.objects.filter(commune__agency=hac_thanh.agency).exists()


def test_each_commune_records_its_own_list(checking, client, hac_thanh):
    acting, address = checking()
    acting.post(address, SIGNED)
    client.force_login(hac_thanh(Role.CLERK))
    assert client.post(START, sent(book())).status_code == 422
    rows = [["", "Phường Hạc Thành", "Tổ KP1", "15/QĐ-UBND ngày 10/7/2025", "Lê Văn Thành",
             "Tổ trưởng", "0914994***", ""]]  # fmt: skip
    address = client.post(START, sent(book(rows)))["Location"]
    assert "dấu *" in text(client.get(address))
    client.post(address, SIGNED)
    for commune in Commune.objects.all():
        assert roster.differences(commune) == []
    assert Team.objects.filter(commune__agency=hac_thanh.agency).count() == 1
    # One number, two issuers.
    assert Document.objects.filter(number=15).count() == 2


# The pages themselves ----------------------------------------------------------------------------


def test_the_pages_keep_to_the_policy_and_speak_vietnamese(checking):
    client, address = checking()
    wrong = client.post(START, sent(book(changed(4, "C", "Bản Bãi Xở"))))
    for answer in (client.get(START), client.get(address), wrong):
        page = answer.content.decode()
        assert not re.search(FORBIDDEN, page)
        assert '<html lang="vi">' in page
        assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "<strong>Ô C4</strong>: “Bản Bãi Xở” không có" in wrong.content.decode()


def test_the_forms_to_download_are_the_commune_s_own(acting):
    client = acting(Role.SPECIALIST)
    empty = client.get(reverse("existing-template"))
    assert empty["Content-Disposition"] == 'attachment; filename="mau-danh-sach-to.xlsx"'
    commune = Commune.objects.get(name="Tam Quang")
    for page in ("existing-template", "existing-sample"):
        sheet = sheets.read(client.get(reverse(page)).content, sheets.Places.of(commune))
        assert [problem.cell for problem in sheet.problems] == [""]
