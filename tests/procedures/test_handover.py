"""The package for the office's own system and the archive."""

import csv
import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from django.core.exceptions import ValidationError

from documents import service as documents
from procedures.files import bundles, handover
from procedures.models import Viewing
from procedures.roles import Role
from workflows.errors import Refusal
from workflows.states import State


def opened(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_released_case_is_handed_over_whole(road, client):
    dossier = road.to(State.RELEASED)
    client.force_login(road.cast(Role.CLERK))
    book = client.get(f"/ho-so/{dossier.pk}/gui/").content.decode()
    assert f"/ho-so/{dossier.pk}/ban-giao.zip" in book
    answer = client.get(f"/ho-so/{dossier.pk}/ban-giao.zip")
    files = opened(answer.content)
    pdfs = [data for name, data in files.items() if name.endswith(".pdf")]
    assert len(pdfs) == 2
    assert all(documents.verify(data).valid for data in pdfs)
    names = [ET.fromstring(d) for n, d in files.items() if n.endswith(".edxml")]
    said = [next(root.iter("TypeName")).text for root in names]
    assert sorted(said) == ["Quyết định", "Tờ trình"]
    rows = list(csv.reader(io.StringIO(files["muc-luc-van-ban.csv"].decode("utf-8-sig"))))
    assert rows[0][1:4] == [
        "Số, ký hiệu văn bản", "Ngày tháng năm văn bản", "Tên loại và trích yếu nội dung văn bản",
    ]  # fmt: skip
    # One page of Tờ trình or two, and the next document begins where it ends.
    assert rows[1][5].startswith("1")
    assert rows[2][1].endswith("/QĐ-UBND")
    note = files["DOC-TRUOC.txt"].decode()
    for words in ("Vĩnh viễn", "chưa kiểm định với trục liên thông", "chưa khai"):
        assert words in note
    assert Viewing.objects.filter(kind="papers", dossier=dossier).count() == 1


def test_before_the_release_there_is_nothing_to_hand_over(road, client):
    dossier = road.to(State.SUBMITTED)
    with pytest.raises(Refusal):
        handover.package(dossier, bundles.items([dossier]))
    client.force_login(road.cast(Role.CLERK))
    answer = client.get(f"/ho-so/{dossier.pk}/ban-giao.zip", follow=True)
    assert "chưa bàn giao được" in answer.content.decode()


@pytest.mark.parametrize("code", ["56", "h56", "H56.", "H56.1.2.3.4", "H56 12"])
def test_a_code_that_is_none_is_refused(tam_quang, code):
    issuer = tam_quang.agency.commune.issuer
    issuer.organ_id = code
    with pytest.raises(ValidationError, match="Mã gồm một chữ cái"):
        issuer.clean_fields()
