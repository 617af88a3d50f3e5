"""What a clerk may reword before the signature, and what nobody can reach."""

import dataclasses

import pytest

from documents import nd30, service
from documents.errors import DocumentRefused
from documents.model import Paragraph, from_json, to_json
from documents.rendering import pdf
from documents.samples import SAMPLES

from .samples import DECISION, ISSUED

SAMPLE = SAMPLES["quyet-dinh-chu-tich"].content


def test_a_content_declares_its_zones_and_an_older_one_has_none():
    assert [zone.key for zone in service.free_text(SAMPLE)] == [
        "body.2",
        "body.3",
        "body.4",
        "recipients",
    ]
    assert service.free_text(SAMPLE)[-1].text == "TT Đảng ủy, HĐND xã\nChủ tịch, các PCT UBND xã"
    assert service.free_text(DECISION) == ()
    assert service.free_text(from_json(to_json(SAMPLE))) == service.free_text(SAMPLE)


def test_only_the_zone_changes_and_the_page_is_still_in_form():
    changes = {
        "body.3": "2.  Hướng dẫn người dân\ngiữ mật khẩu, mã xác thực",
        "recipients": "- TT Đảng ủy;\n\n Đài truyền thanh xã.",
    }
    after = service.with_free_text(SAMPLE, changes)

    assert after.body[3] == Paragraph("2. Hướng dẫn người dân giữ mật khẩu, mã xác thực", free=True)
    assert after.recipients == ("Như Điều 3", "TT Đảng ủy", "Đài truyền thanh xã", "Lưu: VT, VHXH")
    same = dataclasses.replace(after, body=SAMPLE.body, recipients=SAMPLE.recipients)
    assert same == SAMPLE
    assert [(zone.key, text[:7]) for zone, text in service.changed_zones(SAMPLE, after)] == [
        ("body.3", "2. Hướn"),
        ("recipients", "TT Đảng"),
    ]
    assert nd30.check(pdf.render(after, ISSUED)) == []
    assert service.with_free_text(SAMPLE, {}) == SAMPLE


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"body.0": "Thành lập hai tổ."}, "không sửa được: body.0"),
        ({"grounds.0": "Căn cứ khác"}, "không sửa được"),
        ({"subject": "Về việc khác"}, "không sửa được"),
        ({"body.2": " \n "}, "không được để trống"),
        ({"body.2": "a" * 4001}, "quá dài"),
        ({"body.2": "Hướng dẫn \u202e người dân"}, "không in được"),
        ({"body.2": "Hướng dẫn người dân./."}, "Dấu “./.”"),
        ({"recipients": "Trưởng các bản\nLưu: VT"}, "Dòng “Lưu”"),
    ],
)
def test_what_is_protected_or_unfit_is_refused_with_the_reason(changes, sentence):
    with pytest.raises(DocumentRefused, match=sentence):
        service.with_free_text(SAMPLE, changes)


def test_a_plan_has_no_fixed_first_recipient():
    plan = SAMPLES["ke-hoach"].content
    after = service.with_free_text(plan, {"recipients": "Trưởng các bản"})
    assert after.recipients == ("Trưởng các bản", "Lưu: VT, VHXH")
