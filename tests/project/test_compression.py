"""What travels compressed, and that a page never has the same length twice."""

import gzip

import pytest

from procedures.roles import Role
from tests.procedures.conftest import Road
from workflows.states import State


@pytest.fixture
def reader(client, tam_quang):
    client.force_login(tam_quang(Role.SPECIALIST))
    client.defaults["HTTP_ACCEPT_ENCODING"] = "gzip"
    return client


def test_pages_are_compressed_and_padded_at_random(reader):
    answers = [reader.get("/") for _time in range(12)]
    assert {answer["Content-Encoding"] for answer in answers} == {"gzip"}
    assert "Việc chờ tôi" in gzip.decompress(answers[0].content).decode()
    assert len({len(answer.content) for answer in answers}) > 1


def test_papers_are_sent_as_they_are(reader, tam_quang):
    dossier = Road(tam_quang).to(State.SUBMITTED)
    answer = reader.get(f"/ho-so/{dossier.pk}/doc/de-xuat/ban-xem.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert not answer.has_header("Content-Encoding")


def test_an_old_browser_that_does_not_ask_gets_plain_text(reader):
    reader.defaults["HTTP_ACCEPT_ENCODING"] = "identity"
    assert "Việc chờ tôi" in reader.get("/").content.decode()
