"""A document is the same bytes everywhere, and nothing written in it reaches outside."""

import concurrent.futures
import dataclasses
import hashlib
import http.server
import io
import os
import subprocess
import sys
import threading
import unicodedata
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from documents.model import Annex, Content, Heading, Paragraph, SignatureBlock, Table
from documents.rendering.pdf import render

from . import samples
from .samples import DECISION, ISSUED

# -- the same bytes --------------------------------------------------------------------------------


def test_the_same_content_gives_the_same_bytes():
    first = render(DECISION, ISSUED)
    assert render(DECISION, ISSUED) == first
    assert render(DECISION, dataclasses.replace(ISSUED, number=32)) != first
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: render(DECISION, ISSUED), range(8))) == {first}


PROGRAM = """
import hashlib, django
django.setup()
from documents.rendering.pdf import render
from tests.documents.samples import DECISION, ISSUED
print(hashlib.sha256(render(DECISION, ISSUED)).hexdigest())
"""


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_another_process_gives_the_same_bytes(seed, tmp_path):
    house = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join([house, os.environ.get("PYTHONPATH", "")])
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path, "TZ": "America/Lima"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    here = hashlib.sha256(render(DECISION, ISSUED)).hexdigest()
    assert result.stdout.strip() == here


def everywhere(change, content=DECISION):
    """The content with every text of it changed."""
    paragraph = Paragraph(change("Nội dung"), lead=change("Điều 1."))
    table = Table(samples.COLUMNS, ((change("1"), change("Lô"), change("Bản"), change("Tổ")),))
    return Content(
        kind=content.kind,
        letterhead=dataclasses.replace(
            content.letterhead,
            lines=(change("ỦY BAN"),),
            parent=change("UBND"),
            place=change("Tam Quang"),
        ),
        subject=change("Về việc"),
        authority=change("CHỦ TỊCH"),
        grounds=(change("Căn cứ"), change("Theo đề nghị")),
        addressees=(change("Chủ tịch"), change("Phòng")),
        body=(Heading(change("I. MỤC")), paragraph, table, paragraph),
        signature=SignatureBlock((change("CHỦ TỊCH"),), change("Vi Văn Tám")),
        recipients=(change("Như Điều 1"), change("Lưu: VT")),
        annexes=(Annex(change("Danh sách"), (paragraph, table)),),
        issued_by=change("Chủ tịch"),
        note=change("Đã gửi"),
    )


def test_decomposed_text_prints_as_its_composed_form():
    composed = render(everywhere(lambda text: text), ISSUED)
    split = everywhere(lambda text: unicodedata.normalize("NFD", text))
    assert split.signature.name != unicodedata.normalize("NFC", split.signature.name)
    assert render(split, ISSUED) == composed


# -- nothing from outside ------------------------------------------------------------------------


@pytest.fixture
def listener():
    """A web server that counts who calls."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.calls.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.calls = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def hostile(listener, tmp_path):
    """Texts that ask for a page of the listener or for a file of this machine."""
    secret = tmp_path / "secret.txt"
    secret.write_text("mật khẩu của máy chủ")
    web = f"http://127.0.0.1:{listener.server_address[1]}/x"
    return [
        f'<img src="{web}">',
        f"</p><link rel=stylesheet href={web}><p>",
        f"<style>@import url({web});</style>",
        f"}} body {{ background: url({web}) }}",
        f'" style="background: url({web})',
        f'<object data="file://{secret}"></object>',
        f"<link rel=attachment href=file://{secret}>",
        "<a href=javascript:alert(1)>x</a>",
        "{{ kind }}{% include 'x' %}",
        "=1+1",
        "&lt;b&gt; & <b>",
    ]


def test_markup_and_addresses_are_printed_and_never_followed(draw, hostile, listener):
    for text in hostile:
        document = draw(everywhere(lambda label, text=text: f"{label} {text}"), ISSUED)
        shown = "".join(text.split()).rstrip(".;,:/")
        assert document.everything().count(shown) >= 8, text
        root = PdfFileReader(io.BytesIO(document.data)).root
        assert "/EmbeddedFiles" not in root.get("/Names", {})
        assert "mật khẩu".encode() not in document.data
        assert b"/URI" not in document.data
        assert document.pages[0].hyperlinks == []
    assert listener.calls == []


def test_the_fetcher_refuses_what_the_library_would_follow(hostile, listener):
    import weasyprint

    from documents.rendering.fetcher import FontsOnly

    page = hostile[0]
    weasyprint.HTML(string=page).write_pdf()
    assert listener.calls == ["/x"], "the listener must be reachable for this test to mean anything"
    weasyprint.HTML(string=page, url_fetcher=FontsOnly()).write_pdf()
    assert listener.calls == ["/x"]
    addresses = ["http://127.0.0.1/", "https://x/", "file:///etc/passwd", "ftp://x/", "font:x"]
    for address in [*addresses, "trinhky-font:../../settings.py", "FILE:///etc/passwd"]:
        with pytest.raises(ValueError, match="disallowed"):
            FontsOnly().fetch(address)


def test_a_kind_outside_the_catalogue_is_refused():
    with pytest.raises(KeyError):
        render(dataclasses.replace(DECISION, kind="poem"), ISSUED)
