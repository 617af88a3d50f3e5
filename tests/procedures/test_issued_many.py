"""Many decisions issued in the office's own system: the drafts out in a ZIP, the files back, each
recognised by its name, by the code on its page, or by its words."""

import io
import re
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents import service as documents
from documents.model import Issue
from documents.public import public_address
from documents.rendering import pdf
from procedures.issuing import issued_elsewhere
from procedures.roles import Role
from tests.procedures.test_issued_elsewhere import (
    clerk,
    issued,
    reworded,
    scanned,
    sent,
)  # fmt: skip
from tests.procedures.views.pages import fresh, text
from workflows.states import State

__all__ = ["clerk"]  # a fixture


@pytest.fixture
def dossier(other_road):
    return other_road.to(State.CLEARED)


def zipped(files, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def test_all_drafts_out_and_the_issued_files_back_with_a_result_each(
    clerk, other_road, hac_thanh, dossier
):
    second = other_road.to(State.CLEARED, hac_thanh(Role.HAMLET_HEAD, 1))
    packed = clerk.get(reverse("elsewhere-drafts"))
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        names = {name.rpartition("/")[2] for name in archive.namelist()}
    [first_name, second_name] = (
        next(name for name in sorted(names) if name.startswith(f"HS{case.pk}-"))
        for case in (dossier, second)
    )
    back = zipped(
        [
            (f"thang 11/{first_name[:-4]}_daky (1).pdf", issued(dossier, 45)),
            ("van-ban-46.pdf", issued(second, 46)),
            ("anh chup.pdf", scanned()),
            ("ghi chu.docx", b"PK\x03\x04"),
            (second_name, issued(second, 46)),
        ]
    )
    page = clerk.post(reverse("elsewhere"), sent(back, "ve.zip"))
    said = text(page)
    # Known by its name, by its code, not at all; and no dossier twice.
    assert said.count("Chữ khớp bản dự thảo") == 2
    assert said.count("Không nhận ra hồ sơ") == 3
    assert (said.count("theo tên tệp"), said.count("theo mã QR")) == (1, 1)
    assert {fresh(case).state for case in (dossier, second)} == {State.CLEARED}
    chosen = re.findall(r'name="chosen" value="([^"]+)"', page.content.decode())
    stale = chosen[1].split(":")
    stale = f"{stale[0]}:{int(stale[1]) - 1}:{stale[2]}"
    page = clerk.post(reverse("elsewhere-confirm"), {"chosen": [chosen[0], stale, "9:x:y"]})
    assert text(page).count("Đã ghi nhận.") == 1
    assert [fresh(case).state for case in (dossier, second)] == [State.SEALED, State.CLEARED]
    assert fresh(dossier).decision.number == 45
    again = clerk.post(reverse("elsewhere-confirm"), {"chosen": [chosen[0]]})
    assert text(again).count("Đã ghi nhận.") == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7", "không phải ZIP"),
        (zipped([]), "trống"),
        (zipped([(f"{n}.pdf", b"x") for n in range(101)]), "nhiều nhất 100 tệp"),
        (zipped([(f"{n}.pdf", bytes(19 << 20)) for n in range(11)]), "lớn bất thường"),
    ],
    ids=["no zip", "empty", "too many", "bomb"],
)
def test_an_unsafe_archive_is_not_opened(data, sentence, clerk, dossier):
    answer = clerk.post(reverse("elsewhere"), sent(data, "x.zip"))
    assert answer.status_code == 422
    assert sentence in text(answer)


def test_an_archive_that_lies_about_its_sizes_is_stopped(clerk, dossier):
    """The declared size of the member is made small: it is counted while it is unpacked."""
    data = zipped([("a.pdf", bytes(21 << 20))])
    real, lie = (21 << 20).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    answer = clerk.post(reverse("elsewhere"), sent(data.replace(real, lie), "x.zip"))
    assert re.search("không phải ZIP|quá 20 MB|Không nhận ra", text(answer))


@pytest.fixture
def drawn(monkeypatch):
    """How often a draft was drawn."""
    made, inner = [], documents.handed_out

    def counted(*args, **options):
        made.append(options["owner"])
        return inner(*args, **options)

    monkeypatch.setattr(documents, "handed_out", counted)
    return made


def with_strange_code(case, number):
    """The same page where our code is none that can be read."""
    draft = next(issued_elsewhere.drafts(case))
    symbol = case.series("decision").symbol
    issue = Issue(timezone.localdate(), number, symbol, public_address("x" * 24), "paper")
    return pdf.render(draft.content, issue, signature_fields=False)


def test_without_its_name_a_file_is_known_by_its_code_or_its_words_and_each_draft_drawn_once(
    clerk, other_road, hac_thanh, dossier, drawn
):
    second = other_road.to(State.CLEARED, hac_thanh(Role.HAMLET_HEAD, 1))
    changed, plain = issued(dossier, 45, reworded), with_strange_code(second, 46)
    possible = [list(issued_elsewhere.drafts(case)) for case in (dossier, second)]
    plain_in_time = plain.replace(b"%%EOF", b"%%EOF ")
    names = [("a.pdf", changed), ("b.pdf", plain), ("c.pdf", plain_in_time), ("d.pdf", scanned())]

    drawn.clear()
    said = text(clerk.post(reverse("elsewhere"), sent(zipped(names), "ve.zip")))

    # A changed word is no reason not to know whose it is; what is left has no case of its own.
    assert "Nhận ra theo mã QR hoặc địa chỉ kiểm tra trên trang. 1 chỗ khác bản dự thảo." in said
    assert said.count("Nhận ra vì chữ trong tệp khớp bản dự thảo.") == 1
    assert said.count("Không nhận ra hồ sơ") == 2
    assert 0 < len(drawn) <= sum(map(len, possible))


def test_strange_files_draw_nothing(clerk, dossier, drawn):
    files = zipped([(f"{n}.pdf", scanned()) for n in range(3)])
    said = text(clerk.post(reverse("elsewhere"), sent(files, "la.zip")))
    assert said.count("Không nhận ra hồ sơ") == 3
    assert drawn == []


def test_what_waits_is_found_behind_what_does_not_and_asks_no_more_for_more(
    dossier, other_road, hac_thanh, tam_quang, monkeypatch
):
    """Cases held by a signer lie in front; the list is cut after they are left out."""
    second = other_road.to(State.CLEARED, hac_thanh(Role.HAMLET_HEAD, 1))
    with CaptureQueriesContext(connection) as two:
        assert issued_elsewhere.waiting(dossier.agency) == [dossier, second]
    until = timezone.now() + timezone.timedelta(minutes=1)
    type(dossier).objects.filter(pk=dossier.pk).update(hold_until=until)
    monkeypatch.setattr(issued_elsewhere, "MOST_AT_ONCE", 1)
    with CaptureQueriesContext(connection) as one:
        assert issued_elsewhere.waiting(dossier.agency) == [second]
    assert len(one) == len(two)
    assert issued_elsewhere.waiting(tam_quang.agency) == []
