"""A decision that the office issues in its own system: drafts out, issued files back."""

import dataclasses
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from documents import service as documents
from documents.model import Issue, Paragraph
from documents.public import public_address
from documents.rendering import pdf
from procedures.issuing import issued_elsewhere
from procedures.models import Dossier
from procedures.roles import Role
from tests.conftest import HAC_THANH, Cast
from tests.procedures.conftest import Road
from tests.procedures.views.pages import fresh, text, to
from workflows.diagram import main_path
from workflows.errors import Refusal
from workflows.models import Agency
from workflows.service import history
from workflows.states import State

UPLOAD, CHECK = "dossier-elsewhere", "dossier-elsewhere-check"


def issued(dossier, number=45, change=None, index=0):
    """What the other system made of our draft: number, date, and whatever somebody changed."""
    draft = list(issued_elsewhere.drafts(dossier))[index]
    content = change(draft.content) if change else draft.content
    symbol = dossier.series("decision").symbol
    address = public_address(documents.token_of(dossier.owner_of_token, draft.content))
    issue = Issue(timezone.localdate(), number, symbol, address, "paper")
    return pdf.render(content, issue, signature_fields=False)


def reworded(content):
    first, *rest = content.body
    assert isinstance(first, Paragraph)
    first = dataclasses.replace(first, text=f"{first.text} Giao thêm 5 tỷ đồng.")
    return dataclasses.replace(content, body=(first, *rest))


def scanned():
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "PDF")
    return out.getvalue()


def stamped(data, words):
    """The page with a line of text printed onto it, as a receiving office's software does."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    font = generic.pdf_name("/Helvetica")
    kind = {"/Type": generic.pdf_name("/Font"), "/Subtype": generic.pdf_name("/Type1")}
    fonts = {"/FStamp": {**kind, "/BaseFont": font}}
    resources = generic.DictionaryObject(
        {generic.pdf_name("/Font"): generic.DictionaryObject(
            {generic.pdf_name("/FStamp"): generic.DictionaryObject(
                {generic.pdf_name(k): v for k, v in fonts["/FStamp"].items()})})}
    )  # fmt: skip
    operators = b"BT /FStamp 8 Tf 60 820 Td (" + words.encode() + b") Tj ET"
    stream = generic.StreamObject(stream_data=operators)
    writer.add_stream_to_page(0, writer.add_object(stream), resources, prepend=True)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def cleared_once(module_db):
    return Road(Cast(Agency.objects.get(code=HAC_THANH))).to(State.CLEARED).pk


@pytest.fixture
def dossier(cleared_once, db):
    return Dossier.objects.get(pk=cleared_once)


@pytest.fixture
def clerk(client, hac_thanh):
    client.force_login(hac_thanh(Role.CLERK))
    return client


def sent(data, name="45-QD.pdf"):
    return {"file": SimpleUploadedFile(name, data)}


def typed(dossier, signer, number=45, note=""):
    said = {"signer": signer.pk, "number": number, "date": f"{timezone.localdate():%d/%m/%Y}"}
    return {"seen": dossier.revision, "note": note, **said}


def test_from_the_draft_to_the_release(clerk, dossier, hac_thanh):
    chairman = hac_thanh(Role.CHAIRMAN)
    page = clerk.get(to(UPLOAD, dossier))
    [address, *_others] = re.findall(r'href="([^"]+/du-thao\.pdf)"', page.content.decode())
    draft = clerk.get(address)
    assert re.search(rf'"HS{dossier.pk}-[0-9a-f]{{8}}\.pdf"', draft["Content-Disposition"])
    assert "Quét mã" in documents_text(draft.content)

    answer = clerk.post(to(UPLOAD, dossier), sent(issued(dossier)))
    checked = answer["Location"]
    page = clerk.get(checked)
    assert "khớp hoàn toàn" in text(page)
    assert 'value="45"' in page.content.decode()
    assert fresh(dossier).state == State.CLEARED
    clerk.post(checked, typed(dossier, chairman))

    recorded = fresh(dossier)
    decision = recorded.decision
    assert (recorded.state, decision.state, decision.medium) == ("sealed", "sealed", "uploaded")
    assert (decision.number, decision.signer_name) == (45, chairman.full_name)
    assert clerk.post(checked, typed(dossier, chairman))["Location"] == to("dossier", dossier)
    shown = text(clerk.get(to("dossier", dossier)))
    assert "Bản do cơ quan tải lên" in shown
    assert "chữ khớp bản dự thảo" in shown
    clerk.post(to("dossier-seal", dossier), {"seen": recorded.revision})
    assert fresh(dossier).state == State.RELEASED
    # The QR printed on the draft leads to the page of the document it became.
    assert documents.token_of(recorded.owner_of_token, decision.says()) == decision.token
    assert clerk.get(reverse("documents:public", args=[decision.token])).status_code == 200
    verdict = documents.verify(documents.file_of(decision))
    assert verdict.digest_holds
    assert any("hệ thống khác" in check.sentence for check in verdict.checks if not check.ok)


def test_at_the_form_check_the_number_may_be_left_to_the_other_system(clerk, other_road):
    dossier = other_road.to(State.APPRAISED)
    page = to("dossier-check-form", dossier)
    assert clerk.post(page, {"seen": dossier.revision}).status_code == 422
    clerk.post(page, {"seen": dossier.revision, "later": "on", "number": "", "date": ""})
    checked = fresh(dossier)
    assert (checked.state, checked.decision_number) == (State.CLEARED, None)
    assert issued_elsewhere.waiting(checked.agency) == [checked]


def documents_text(data):
    from documents.verification.texts import read_text

    return read_text(data)


def test_the_picture_of_the_road_keeps_signature_and_seal_apart(dossier):
    states = [state for state, _acts in main_path(dossier)]
    assert states[-4:] == [State.CLEARED, State.SIGNED, State.SEALED, State.RELEASED]


def test_a_changed_word_is_shown_side_by_side_and_needs_a_reason(clerk, dossier, hac_thanh):
    chairman = hac_thanh(Role.CHAIRMAN)
    checked = clerk.post(to(UPLOAD, dossier), sent(issued(dossier, change=reworded)))["Location"]
    page = clerk.get(checked).content.decode()
    assert re.findall(r"<ins>([^<]*)</ins>", page) == ["Giao thêm 5 tỷ đồng."]
    refused = clerk.post(checked, typed(dossier, chairman))
    assert refused.status_code == 422
    assert "ghi lý do" in text(refused)
    assert fresh(dossier).decision is None
    clerk.post(checked, typed(dossier, chairman, note="Thường trực thêm kinh phí."))
    event = history(fresh(dossier)).last()
    assert (event.act, event.note) == ("record_elsewhere", "Thường trực thêm kinh phí.")
    assert event.facts["differences"] == 1


def test_a_scan_has_no_words_and_needs_a_reason(clerk, dossier, hac_thanh):
    checked = clerk.post(to(UPLOAD, dossier), sent(scanned()))["Location"]
    assert "không có chữ để so" in text(clerk.get(checked))
    refused = clerk.post(checked, typed(dossier, hac_thanh(Role.CHAIRMAN)))
    assert refused.status_code == 422
    assert fresh(dossier).decision is None


def test_number_date_and_stamps_are_no_difference_but_a_sentence_is(dossier):
    good = issued(dossier)
    compared = issued_elsewhere.read(dossier, stamped(good, "Email: ubnd@example.vn")).comparison
    assert (compared.same, compared.number) == (True, 45)
    other = issued_elsewhere.read(dossier, stamped(good, "Email: a@b.vn Giao 5 ty")).comparison
    assert not other.same
    assert any("Giao 5 ty" in difference.theirs for difference in other.differences)


def test_the_signer_is_found_by_the_text(dossier, hac_thanh):
    able = list(issued_elsewhere.drafts(dossier))
    assert len(able) > 1
    found = issued_elsewhere.read(dossier, issued(dossier, index=1))
    assert found.draft.capacity.user == able[1].capacity.user
    assert found.comparison.same


def test_a_number_already_used_is_refused_at_its_box(clerk, other_road, hac_thanh, dossier):
    chairman = hac_thanh(Role.CHAIRMAN)
    other = other_road.to(State.CLEARED, hac_thanh(Role.HAMLET_HEAD, 1))
    for case, status in ((dossier, 302), (other, 422)):
        checked = clerk.post(to(UPLOAD, case), sent(issued(case)))["Location"]
        answer = clerk.post(checked, typed(case, chairman))
        assert answer.status_code == status
    assert "đã được dùng" in text(answer)
    assert fresh(other).state == State.CLEARED


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"PK\x03\x04", "không phải PDF"), (b"%PDF-1.7 hong", "hỏng"), (b"", "trống")],
)
def test_what_is_no_pdf_is_not_compared(data, sentence, clerk, dossier):
    answer = clerk.post(to(UPLOAD, dossier), sent(data))
    assert answer.status_code == 422
    assert sentence in text(answer)


def test_a_series_of_ours_has_no_such_way(client, road, tam_quang):
    dossier, by = road.to(State.CLEARED), tam_quang(Role.CLERK)
    client.force_login(by)
    assert client.get(to(UPLOAD, dossier)).status_code == 404
    said = {"signer": tam_quang(Role.CHAIRMAN), "number": 5, "date": timezone.localdate()}
    with pytest.raises(Refusal, match="do phần mềm cấp"):
        issued_elsewhere.record(
            dossier, by=by, seen=dossier.revision, data=issued(dossier, 5), typed=said
        )


def test_nobody_but_the_clerk_of_the_commune_sees_these_pages(
    client, dossier, hac_thanh, tam_quang
):
    strangers = [hac_thanh(Role.SPECIALIST), hac_thanh(Role.CHAIRMAN), tam_quang(Role.CLERK)]
    for user in strangers:
        client.force_login(user)
        assert client.get(to(UPLOAD, dossier)).status_code == 404
        assert client.get(to(CHECK, dossier, "0" * 64)).status_code == 404
        assert client.get(to("dossier-elsewhere-draft", dossier, 1)).status_code == 404
    for name in ("elsewhere", "elsewhere-drafts"):
        client.force_login(hac_thanh(Role.SPECIALIST))
        assert client.get(reverse(name)).status_code == 404
    client.force_login(tam_quang(Role.CLERK))
    assert "Không có hồ sơ nào" in text(client.get(reverse("elsewhere")))
