"""What is typed for a paper: refused at its box, reworded by the clerk, printed whatever it is."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import nd30
from documents import service as documents
from documents.rendering.sheet import PRINTED_INSTEAD, printable_text
from procedures import rules
from procedures.flows import DraftPaperFlow
from procedures.models import Dossier, Person
from procedures.models.draft_paper import in_lines
from procedures.papers import typed_text
from procedures.roles import Role
from workflows.errors import Refusal
from workflows.models import Event
from workflows.service import perform
from workflows.states import State

from .drafted import begun, sent, written
from .paper_drafts import SAID, TOMORROW, YESTERDAY, drawn, said_of


@pytest.mark.parametrize(
    ("kind", "said", "field", "sentence"),
    [
        ("plan", {"subject": ""}, "subject", "mục “Trích yếu”"),
        ("plan", {"recipients": "- ;"}, "recipients", "mục “Nơi nhận”"),
        ("plan", {"recipients": "Lưu: VT"}, "recipients", "do hệ thống ghi"),
        ("plan", {"body": ""}, "body", "mục “Nội dung”"),
        ("plan", {"body": "Một ./. Hai"}, "body", "do hệ thống ghi"),
        ("plan", {"body": "Một.\n\nII. MỤC TRỐNG"}, "body", "“II. MỤC TRỐNG”"),
        ("plan", {"body": "Kính gửi: Trưởng các bản\n\nHai."}, "body", "mỗi phần có ô riêng"),
        ("plan", {"body": "Chào 😀 漢"}, "body", "😀 漢"),
        ("plan", {"need": "Vì 😀"}, "need", "😀"),
        ("plan", {"body": "chữ " * 1001}, "body", "dài quá 4000 chữ"),
        ("plan", {"body": "- một\n" * 201}, "body", "201 đoạn"),
        ("official_letter", {"addressees": " \n"}, "addressees", "mục “Kính gửi”"),
        ("invitation", {"begins": YESTERDAY}, "begins", "ở sau lúc này"),
        ("invitation", {"begins_at": None}, "begins_at", "mục “Giờ bắt đầu”"),
        ("introduction", {"until": YESTERDAY}, "until", "đã qua"),
        ("minutes", {"ends": TOMORROW}, "ends", "đã kết thúc"),
        ("minutes", {"ends_at": datetime.time(7)}, "ends_at", "sau giờ bắt đầu"),
        ("minutes", {"chair": "ông Nguyễn Văn Lạ"}, "chair", "họ tên"),
    ],
)
def test_what_cannot_be_sent_says_why_at_its_box(road, tam_quang, kind, said, field, sentence):
    whole = said_of(tam_quang, kind) | said
    dossier = written(road, begun(tam_quang, DraftPaperFlow, kind=kind), whole)
    found = [finding for finding in rules.judge(dossier) if finding.blocks]
    assert field in [finding.field for finding in found]
    assert sentence in " ".join(map(str, found))


def test_a_notice_publishes_no_personal_phone(road, tam_quang):
    commune = tam_quang.agency.commune
    Person.objects.create(commune=commune, full_name="Lô Thị Hoa", phone="0914994002")
    for kind, levels in (("notice", ["body"]), ("invitation", [])):
        said = SAID[kind] | {"body": "Gọi chị Hoa: +84 914 994 002."}
        dossier = written(road, begun(tam_quang, DraftPaperFlow, kind=kind), said)
        assert [f.field for f in rules.judge(dossier) if "điện thoại riêng" in str(f)] == levels


def test_the_clerk_publishes_no_personal_phone_either(road, tam_quang):
    commune = tam_quang.agency.commune
    Person.objects.create(commune=commune, full_name="Lô Thị Hoa", phone="0914994002")
    dossier = sent(road, begun(tam_quang, DraftPaperFlow, kind="notice"), SAID["notice"])
    dossier = road._forward(dossier, State.APPRAISED)
    zone = documents.free_text(dossier.final_text())[0]
    texts = {zone.key: "Gọi chị Hoa: +84 914 994 002."}
    with pytest.raises(Refusal, match="điện thoại riêng"):
        perform(dossier, "reword", by=tam_quang(Role.CLERK), seen=dossier.revision, texts=texts)


def test_the_clerk_rewords_what_is_free_and_nothing_else(road, tam_quang):
    said = SAID["invitation"] | {"body": "Đến đúng giờ.\n\nMang sổ.\n\nMang sổ."}
    dossier = sent(road, begun(tam_quang, DraftPaperFlow, kind="invitation"), said)
    dossier, clerk = road._forward(dossier, State.APPRAISED), tam_quang(Role.CLERK)
    zones = documents.free_text(dossier.final_text())
    assert [zone.text for zone in zones][:2] == [f"Địa điểm: {said['place']}.", "Đến đúng giờ."]
    assert zones[-1].key == "recipients"
    for texts, sentence in (
        ({"body.0": "Mời người khác."}, "không sửa được"),
        ({"body.3": "Thời gian: khác."}, "không sửa được"),
        ({zones[1].key: ""}, "không được để trống"),
        ({zones[3].key: "Mang bút."}, "giống hệt nhau"),
    ):
        with pytest.raises(Refusal, match=sentence):
            road.do(dossier, "reword", clerk, texts=texts)
    done = road.do(dossier, "reword", clerk, texts={zones[1].key: "Đề nghị đến đúng giờ."})
    event = Event.objects.filter(record_id=done.pk, act="reword").get()
    assert event.facts["changed"] == [["Đến đúng giờ.", "Đề nghị đến đúng giờ."]]
    before, after = dossier.final_text().body, Dossier.objects.get(pk=done.pk).final_text().body
    assert [n for n, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]] == [
        5
    ]


ODD = {
    "a word without end": "Đoạn có từ " + "a" * 600 + " dài.",
    "markup": "<script>alert(1)</script> & <b>đậm</b> &nbsp; {{ x }} {% if %}",
    "invisible": "Một\x00hai\x07ba\u200b\u202ebốn\u00adnăm\ttab",
    "marks": "- \n-\n+ x\n• y\n1.không cách\n1.2.3. sâu\n(1) khác\n12\n3\nĐiều 1. Một",
    "as if it were the head": "Phụ lục\n\nSố: 12/QĐ-UBND\n\nKT. CHỦ TỊCH\n\nĐộc lập - Tự do",
    "many": "\n\n".join(f"{n}. Việc thứ {n} giao cho Phòng." for n in range(1, 201)),
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_whatever_is_typed_prints_in_form_or_is_refused(road, tam_quang, text):
    said = SAID["plan"] | {"body": text, "recipients": text[:200]}
    dossier = written(road, begun(tam_quang, DraftPaperFlow, kind="plan"), said)
    assert not [finding for finding in rules.judge(dossier) if finding.blocks]
    data = drawn(dossier)
    assert nd30.inspect(data) == nd30.Report("Kế hoạch", ())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_every_letter_prints_or_is_named(text):
    """Whatever is kept is said by the blocks, letter by letter, or named as one we cannot print."""
    kept = in_lines(text)
    printed = "".join(
        f"{getattr(block, 'lead', '')}{block.text}" for block in typed_text.blocks(kept)
    )
    assert "".join(printed.split()) == "".join(kept.split())
    lost = {char for char in set(kept) if PRINTED_INSTEAD in printable_text(char)}
    assert set(documents.unprintable(kept)) == lost - {PRINTED_INSTEAD}
