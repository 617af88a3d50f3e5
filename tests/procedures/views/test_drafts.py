"""The draft for a word processor: offered until the paper is signed, to who may read the case."""

import io

import docx
import pytest

from procedures.roles import Role
from workflows.states import State

from .pages import text


@pytest.fixture
def dossier(road):
    return road.to(State.CLEARED)


def draft_of(dossier, kind="quyet-dinh"):
    return f"/ho-so/{dossier.pk}/doc/{kind}/du-thao.docx"


def test_the_chairman_reads_and_takes_the_draft_before_he_signs(acting, dossier):
    client = acting(Role.CHAIRMAN)
    assert draft_of(dossier) in client.get(f"/ho-so/{dossier.pk}/doc/quyet-dinh/").content.decode()
    answer = client.get(draft_of(dossier))
    assert answer["Content-Disposition"] == (
        f'attachment; filename="du-thao-decision-{dossier.pk}.docx"'
    )
    assert answer["Cache-Control"] == "private, no-store"
    lines = [line.text for line in docx.Document(io.BytesIO(answer.content)).paragraphs]
    assert "QUYẾT ĐỊNH:" in lines
    assert any("Thành lập Tổ công nghệ số cộng đồng" in line for line in lines)


def test_of_a_signed_paper_there_is_no_draft(acting, dossier):
    client = acting(Role.CLERK)
    page = client.get(f"/ho-so/{dossier.pk}/doc/to-trinh/")
    assert "dự thảo" not in text(page)
    assert client.get(draft_of(dossier, "to-trinh")).status_code == 404


def test_another_communes_draft_is_not_there(client, hac_thanh, dossier):
    client.force_login(hac_thanh(Role.CHAIRMAN))
    assert client.get(draft_of(dossier)).status_code == 404
