"""Sao văn bản, from the clerk's wish to a copy in the register."""

import dataclasses
import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from documents import nd30
from documents import service as documents
from documents.model import Letterhead
from documents.models import Document, Issuer
from documents.registry import register
from procedures.flows import copy_document
from procedures.issuing import copying, registers, series
from procedures.models import CopyRequest, Dossier, Notice
from procedures.roles import Role
from tests.conftest import PASSPHRASE
from tests.documents.office import text_of
from workflows.authority import capacities
from workflows.errors import Refusal
from workflows.inbox import waiting_for
from workflows.models import Delegation, Holding
from workflows.states import State

from .copying import asked, do, released, sealed


@pytest.fixture(scope="module")
def decision(django_db_setup, django_db_blocker):
    yield from released(django_db_blocker)


def at_desk(cast, role):
    seeds = [task.process.seed for task in waiting_for(cast(role))]
    return [seed for seed in seeds if isinstance(seed, CopyRequest)]


def test_an_electronic_copy_is_allowed_then_sealed(
    decision, tam_quang, django_capture_on_commit_callbacks
):
    clerk, chairman = tam_quang(Role.CLERK), tam_quang(Role.CHAIRMAN)
    copy = asked(tam_quang, decision, "extract.electronic", places=(0,))
    assert copy.title == f"Bản trích sao Quyết định số {decision.reference}"
    assert copy.word(copy.state) == "Chờ lãnh đạo cho sao"
    assert at_desk(tam_quang, Role.CHAIRMAN) == [copy]
    with pytest.raises(Refusal, match="thuộc Chủ tịch"):
        sealed(tam_quang, copy)
    copy = do(copy, "allow_copy", tam_quang(Role.DEPUTY_CHAIRMAN))
    assert copy.copy is None
    assert copy.word(copy.state) == "Lãnh đạo đã cho sao, chờ đóng dấu"
    assert at_desk(tam_quang, Role.CLERK) == [copy]
    with pytest.raises(Refusal, match="đã đóng dấu"):
        do(copy, "seal_copy", clerk)
    with django_capture_on_commit_callbacks(execute=True):
        copy = sealed(tam_quang, copy)
    made = copy.copy
    assert (copy.state, made.reference, made.state) == ("released", "01/TrS-UBND", "released")
    assert (made.original, made.date) == (decision, timezone.localdate())
    assert made.says().recipients == ("Sở Khoa học và Công nghệ", "Lưu: VT")
    assert "của Ủy ban nhân dân xã Tam Quang" in made.subject
    data = documents.file_of(made)
    assert nd30.check(data) == []
    assert [check.ok for check in documents.verify(data).checks] == [True] * 10
    # The head of the ledger stands under the seal of a copy too.
    assert documents.anchors(made) != []
    assert not Notice.objects.filter(recipient=clerk, record_type="procedures.copyrequest").exists()
    assert at_desk(tam_quang, Role.CLERK) == []
    refused = asked(tam_quang, decision, "extract.electronic")
    with django_capture_on_commit_callbacks(execute=True):
        refused = do(refused, "refuse_copy", chairman, note="Không cần bản sao.")
    assert refused.is_final
    assert refused.word(refused.state) == "Không cho sao"
    assert Notice.objects.get(record_id=refused.pk, recipient=clerk, kind="rejected")


def test_a_paper_copy_is_signed_by_hand(decision, tam_quang, django_capture_on_commit_callbacks):
    clerk, deputy = tam_quang(Role.CLERK), tam_quang(Role.DEPUTY_CHAIRMAN)
    today = timezone.localdate()
    copy = asked(tam_quang, decision, "true_copy.paper", quantity=3)
    assert at_desk(tam_quang, Role.CLERK) == [copy]
    signs = {"signer": deputy, "date": today}
    with pytest.raises(Refusal, match="không ký được bản sao"):
        do(copy, "record_paper_copy", clerk, signer=clerk, date=today)
    with pytest.raises(Refusal, match="trước ngày lập"):
        do(copy, "record_paper_copy", clerk, **signs | {"date": today.replace(year=2020)})
    copy = do(copy, "record_paper_copy", clerk, **signs)
    assert copy.copy.signer_capacity == "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
    with django_capture_on_commit_callbacks(execute=True):
        copy = sealed(tam_quang, copy)
    made = copy.copy
    assert (made.reference, made.state, made.original) == ("01/SY-UBND", "released", decision)
    data = documents.file_of(made)
    assert nd30.check(data) == []
    words = text_of(data)
    assert words.index(f"Số: {decision.reference}") < words.index("SAO Y")
    checks = {check.name: check for check in documents.verify(data).checks}
    assert checks["original"].ok
    [entry] = register.entries([made], registers.dispatch([made]))
    assert (entry.copies, entry.what) == ("03", f"Bản sao y {made.subject}")
    assert registers.copies([made, decision]) == {made.pk: copy.pk}

    # Given up after the number was taken: it stays in the series with the reason.
    other = do(asked(tam_quang, decision, "extract.paper"), "record_paper_copy", clerk, **signs)
    other = do(other, "withdraw_copy", clerk, note="In nhầm bản.")
    assert (other.copy.reference, other.copy.state) == ("02/TrS-UBND", "void")
    account = register.account(made.series, today.year)
    assert (account.complete, account.voids, len(account.numbers)) == (True, 1, 2)

    # A sao lục of the sao y, from its scanned pages.
    recopy = asked(tam_quang, made, "recopy.electronic")
    recopy = do(recopy, "allow_copy", tam_quang(Role.CHAIRMAN))
    assert sealed(tam_quang, recopy).copy.reference == "03/SL-UBND"


def test_by_order_of_the_chairman(decision, tam_quang):
    """TL. CHỦ TỊCH, where the office's regulation gives it to the Chánh Văn phòng."""
    chief = tam_quang(Role.CHIEF_OF_OFFICE)
    copy = asked(tam_quang, decision, "true_copy.paper")
    assert chief not in [capacity.user for capacity in copy.able_to_sign()]
    Delegation.objects.create(
        principal=tam_quang.post(Role.CHAIRMAN), delegate=tam_quang.post(Role.CHIEF_OF_OFFICE),
        kind="TL", since=timezone.localdate(), paper="Quy chế làm việc",
    )  # fmt: skip
    copy = do(
        copy, "record_paper_copy", tam_quang(Role.CLERK), signer=chief, date=timezone.localdate()
    )
    assert copy.copy.signer_capacity == "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG"
    electronic = asked(tam_quang, decision, "extract.electronic")
    assert do(electronic, "allow_copy", chief).state == "signed"


def test_a_paper_copy_is_judged_by_the_day_it_was_signed(decision, tam_quang):
    """Its signer may have left the post before the clerk records it."""
    deputy, clerk = tam_quang(Role.DEPUTY_CHAIRMAN), tam_quang(Role.CLERK)
    copy = asked(tam_quang, decision, "true_copy.paper")
    today = timezone.localdate()
    drawn = today - datetime.timedelta(days=3)
    CopyRequest.objects.filter(pk=copy.pk).update(created=copy.created - (today - drawn))
    copy.refresh_from_db()
    since = {"since": drawn - datetime.timedelta(days=9)}
    Holding.objects.filter(user=deputy).update(**since)
    Delegation.objects.filter(delegate=tam_quang.post(Role.DEPUTY_CHAIRMAN)).update(**since)
    Holding.objects.filter(user=deputy).update(until=drawn)
    assert deputy not in [capacity.user for capacity in copy.able_to_sign()]
    assert (deputy, drawn) in [(c.user, day) for c, day in copy.may_have_signed()]
    for day, sentence in ((today, "không ký được"), (today + (today - drawn), "tương lai")):
        with pytest.raises(Refusal, match=sentence):
            do(copy, "record_paper_copy", clerk, signer=deputy, date=day)
    copy = do(copy, "record_paper_copy", clerk, signer=deputy, date=drawn)
    assert (copy.copy.date, copy.copy.signer_name) == (drawn, deputy.full_name)


def test_only_what_he_may_allow_waits_for_who_acts_by_order(decision, tam_quang):
    chief = tam_quang(Role.CHIEF_OF_OFFICE)
    Delegation.objects.create(
        principal=tam_quang.post(Role.CHAIRMAN), delegate=tam_quang.post(Role.CHIEF_OF_OFFICE),
        kind="TL", since=timezone.localdate(), paper="Quy chế", limited_to=["true_copy"],
    )  # fmt: skip
    copy = asked(tam_quang, decision, "extract.electronic")
    assert at_desk(tam_quang, Role.CHIEF_OF_OFFICE) == []
    held = [c for c in capacities(chief) if c.delegation]
    assert [copy.takes(capacity) for capacity in held] == [False]
    assert at_desk(tam_quang, Role.CHAIRMAN) == [copy]


def test_the_key_is_not_used_on_a_copy_seen_otherwise_or_out_of_turn(
    decision, tam_quang, monkeypatch
):
    def opened(*args, **options):
        raise AssertionError("the key was used")

    monkeypatch.setattr(documents, "seal_copy", opened)
    copy = asked(tam_quang, decision, "extract.electronic")
    allowed = do(copy, "allow_copy", tam_quang(Role.CHAIRMAN))
    clerk = tam_quang(Role.CLERK)
    with pytest.raises(Refusal, match="vừa được người khác xử lý"):
        copying.seal(allowed, by=clerk, seen=copy.revision, passphrase=PASSPHRASE)
    gone = do(allowed, "withdraw_copy", clerk, note="Thôi.")
    with pytest.raises(Refusal):
        copying.seal(gone, by=clerk, seen=gone.revision, passphrase=PASSPHRASE)


def test_a_stand_in_orders_no_copy_and_looking_writes_nothing(decision, tam_quang):
    Delegation.objects.create(
        principal=tam_quang.post(Role.CLERK), delegate=tam_quang.post(Role.SPECIALIST),
        kind="STAND_IN", since=timezone.localdate(), paper="Giấy giao việc",
    )  # fmt: skip
    held = capacities(tam_quang(Role.SPECIALIST))
    assert [c.kind for c in held if c.delegation] == ["STAND_IN"]
    assert copy_document.posts_that_may_start(held, decision) == []
    commune = tam_quang.agency.commune
    assert series.of_copies(commune).pk is None
    asked(tam_quang, decision, "true_copy.paper")
    assert series.of_copies(commune).pk is not None


def test_what_others_issued_is_copied_where_its_case_is(decision, tam_quang, hac_thanh):
    """A clerk of two communes, a document of neither's registers in a case of one."""
    Holding.objects.create(
        user=hac_thanh(Role.CLERK), post=tam_quang.post(Role.CLERK), since=timezone.localdate()
    )
    sent = documents.record_elsewhere(
        issuer=Issuer.objects.create(key="x:uy-ban-cu", name="Ủy ban nhân dân xã cũ"),
        kind="decision", number=7, symbol="QĐ-UBND", date=timezone.localdate(),
        signer_name="Nguyễn Đình Khánh", subject="Về việc khác",
    )  # fmt: skip
    held = capacities(hac_thanh(Role.CLERK))
    assert copy_document.posts_that_may_start(held, sent) == []
    Dossier.objects.filter(decision=decision).update(decision=sent)
    assert copy_document.posts_that_may_start(held, sent) == [tam_quang.post(Role.CLERK)]


def test_what_cannot_be_copied_is_refused_with_its_article(road, tam_quang, hac_thanh, decision):
    unreleased = road.to(State.SIGNED, tam_quang(Role.HAMLET_HEAD, 1)).decision
    [way] = [w for w in documents.ways_to_copy(decision) if w.key == "true_copy.paper"]
    people = (tam_quang(Role.CLERK), tam_quang.post(Role.CLERK))
    with pytest.raises(Refusal, match="đã phát hành") as refused:
        copy_document.begin(*people, unreleased, way, recipients="")
    assert "Điều 25" in refused.value.citation
    with transaction.atomic():
        void = documents.void(unreleased, "Thử.")
    with pytest.raises(Refusal, match="đã phát hành"):
        copy_document.begin(*people, void, way, recipients="")
    with pytest.raises(Refusal, match="chọn ít nhất một phần"):
        asked(tam_quang, decision, "extract.paper", places=())
    with pytest.raises(Refusal, match="cần các trang của bản gốc"):
        copy_document.begin(
            *people, decision, dataclasses.replace(way, scanned=True), recipients=""
        )
    wrong = dataclasses.replace(way, kind="recopy")
    with pytest.raises(Refusal, match="không sao theo hình thức ấy"):
        copy_document.begin(*people, decision, wrong, recipients="")
    specialist = (tam_quang(Role.SPECIALIST), tam_quang.post(Role.SPECIALIST))
    with pytest.raises(Refusal, match="Chỉ văn thư"):
        copy_document.begin(*specialist, decision, way, recipients="")
    # A clerk of two communes copies each one's documents at that one's desk.
    Holding.objects.create(
        user=hac_thanh(Role.CLERK), post=tam_quang.post(Role.CLERK), since=timezone.localdate()
    )
    elsewhere = (hac_thanh(Role.CLERK), hac_thanh.post(Role.CLERK))
    held = capacities(hac_thanh(Role.CLERK))
    assert copy_document.posts_that_may_start(held, decision) == [tam_quang.post(Role.CLERK)]
    with pytest.raises(Refusal, match="Chỉ văn thư"):
        copy_document.begin(*elsewhere, decision, way, recipients="")
    assert not CopyRequest.objects.exists()


def test_an_office_that_numbers_elsewhere_types_the_number(other_road, hac_thanh):
    decision = other_road.to(State.RELEASED).decision
    copy = asked(hac_thanh, decision, "extract.electronic")
    copy = do(copy, "allow_copy", hac_thanh(Role.CHAIRMAN))
    with pytest.raises(Refusal, match="Cần nhập số"):
        sealed(hac_thanh, copy)
    assert sealed(hac_thanh, copy, number=17).copy.reference == "17/TrS-UBND"
    again = do(
        asked(hac_thanh, decision, "true_copy.paper"), "record_paper_copy",
        hac_thanh(Role.CLERK), signer=hac_thanh(Role.CHAIRMAN), date=timezone.localdate(),
        number=18,
    )  # fmt: skip
    assert again.copy.reference == "18/SY-UBND"
    with pytest.raises(Refusal, match=r"17/TrS-UBND năm .* đã được dùng"):
        do(
            asked(hac_thanh, decision, "true_copy.paper"), "record_paper_copy",
            hac_thanh(Role.CLERK), signer=hac_thanh(Role.CHAIRMAN), date=timezone.localdate(),
            number=17,
        )  # fmt: skip


def test_what_was_sealed_must_be_what_was_asked(decision, tam_quang):
    copy = do(
        asked(tam_quang, decision, "extract.electronic"), "allow_copy", tam_quang(Role.CHAIRMAN)
    )
    other = dataclasses.replace(copy.says(), letterhead=Letterhead(("KHÁC",), "Khác"))
    forged = documents.seal_copy(other, copy.series, passphrase=PASSPHRASE, anchor="16933/0/0")
    with pytest.raises(Refusal, match="Chưa có bản sao"):
        do(copy, "seal_copy", tam_quang(Role.CLERK), sealed=forged)
    assert Document.objects.filter(series=copy.series).count() == 0
