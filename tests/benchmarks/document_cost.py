"""What a document costs: rendering, signing and a batch, each beside another way to do the job.

Run by hand: ``python -m tests.benchmarks.document_cost`` (``--batch 60`` for a long batch). Prints
medians of CPU time and their ratios, the two ways of a pair taken in turn; judges nothing.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

ROUNDS = 15
FONTS = Path(__file__).resolve().parents[2] / "documents" / "fonts"
TYPST = Path(__file__).with_name("decision.typ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batch", type=int, default=10)
    batch = parser.parse_args().batch
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    print(f"{'việc':<58}{'của ta':>10}{'bên kia':>10}{'tỉ lệ':>8}")
    _pair("vẽ 2 trang / WeasyPrint trần, cùng HTML", _ours(), _bare())
    _pair("vẽ 2 trang / Typst (giới hạn thực tế)", _ours(), _typst())
    _office()
    _signing()
    _rows()
    _batch(batch)


def _pair(name: str, ours: Callable[[], Any], theirs: Callable[[], Any]) -> None:
    ours()
    theirs()
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        spent[0].append(_cpu(ours))
        spent[1].append(_cpu(theirs))
    _print(name, *(statistics.median(times) for times in spent))


def _print(name: str, ours: float, theirs: float) -> None:
    print(f"{name:<58}{ours:>7.1f} ms{theirs:>7.1f} ms{ours / theirs:>8.2f}")


def _cpu(work: Callable[[], Any]) -> float:
    """Milliseconds of this process and of the children it waited for."""
    began = _spent()
    work()
    return 1000 * (_spent() - began)


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


# -- rendering -------------------------------------------------------------------------------------


def _ours() -> Callable[[], Any]:
    from documents.rendering import pdf
    from tests.documents import samples

    return lambda: pdf.render(samples.TWO_PAGES, samples.ISSUED)


def _bare() -> Callable[[], Any]:
    """WeasyPrint on the same page with the same style sheet and fonts, and nothing archival."""
    from django.template.loader import render_to_string
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from documents.kinds import KINDS
    from documents.rendering.fetcher import FontsOnly
    from documents.rendering.sheet import sheet
    from tests.documents import samples

    kind, fonts, fetcher = KINDS["decision"], FontConfiguration(), FontsOnly()
    context = sheet(samples.TWO_PAGES, samples.ISSUED, kind, draft=False) | {"fields": []}
    text = render_to_string(kind.template, context)
    css = render_to_string("documents/official/official.css")
    style = CSS(string=css, font_config=fonts, url_fetcher=fetcher)
    return lambda: HTML(string=text, url_fetcher=fetcher).write_pdf(
        stylesheets=[style], font_config=fonts
    )


def _typst() -> Callable[[], Any]:
    """Typst remembers every paragraph it has set: each round changes all of them a little."""
    import typst

    fresh, said = itertools.count(1000), _said()

    def compiled() -> None:
        text = said.replace("~", str(next(fresh)))
        typst.compile(
            TYPST, font_paths=[FONTS], ignore_system_fonts=True, sys_inputs={"said": text}
        )

    return compiled


def _said() -> str:
    """The words of the decision for Typst."""
    from documents import words
    from documents.model import Table
    from tests.documents import samples

    content, issue = samples.TWO_PAGES, samples.ISSUED

    def plain(block: Any) -> dict[str, Any]:
        if not isinstance(block, Table):
            return {"lead": block.lead, "text": f"{block.text} ~"}
        titles = [column.title for column in block.columns]
        rows = [[f"{cell} ~" for cell in row] for row in block.rows]
        return {"titles": titles, "rows": rows, "widths": [c.width for c in block.columns]}

    return json.dumps(
        {
            "letterhead": content.letterhead.lines,
            "number": words.number_line(issue.number, issue.symbol),
            "date": words.date_line(content.letterhead.place, issue.date),
            "subject": content.subject,
            "authority": content.authority,
            "grounds": [f"{ground} ~" for ground in content.grounds],
            "body": [plain(block) for block in content.body],
            "recipients": words.listed(content.recipients),
            "signature": content.signature.lines,
            "name": content.signature.name,
        }
    )


def _office() -> None:
    """What an office would script: fill a Word file, let LibreOffice print it."""
    from documents.rendering import docx
    from tests.documents import samples

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "decision.docx"
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(file)]

        def scripted() -> None:
            file.write_bytes(docx.render(samples.TWO_PAGES, samples.ISSUED))
            subprocess.run(
                command, env={**os.environ, "HOME": folder}, check=True, capture_output=True
            )

        try:
            scripted()
        except FileNotFoundError:
            print("Word + LibreOffice: không có soffice trên máy này")
            return
        ours = statistics.median(_cpu(_ours()) for _ in range(ROUNDS))
        theirs = statistics.median(_cpu(scripted) for _ in range(5))
    _print("vẽ 2 trang / tệp Word + LibreOffice", ours, theirs)


def _rows() -> None:
    """What a row of an annex adds."""
    import dataclasses

    from documents.model import Annex, Table
    from documents.rendering import pdf
    from tests.documents import samples

    def with_rows(count: int) -> float:
        rows = tuple((str(n), "Lô Văn Tám", "Trưởng bản", "Tổ viên") for n in range(count))
        annex = Annex("Danh sách", (Table(samples.COLUMNS, rows),))
        content = dataclasses.replace(samples.DECISION, annexes=(annex,))
        return statistics.median(
            _cpu(lambda: pdf.render(content, samples.ISSUED)) for _ in range(3)
        )

    few, many = with_rows(20), with_rows(320)
    print(f"{'mỗi dòng của phụ lục (từ 20 đến 320 dòng)':<58}{(many - few) / 300:>7.2f} ms")


# -- signing ---------------------------------------------------------------------------------------


def _signing() -> None:
    """Our signer with the key loaded, beside pyHanko's own, both held between signatures."""
    import asyncio

    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    from documents.rendering import pdf
    from documents.signing import appearance, pades
    from tests.documents import samples

    prepared = pdf.render(samples.TWO_PAGES, samples.ISSUED)
    says = pades.Statement(pdf.SIGNER_FIELD, "a" * 64, samples.VERIFY_URL, "Tam Quang", True)
    picture = appearance.signature("Trần Quốc Hưng")
    asyncio.set_event_loop(asyncio.new_event_loop())

    def with_signer(signer: Any) -> Callable[[], Any]:
        return lambda: pades.sign_field(prepared, signer, says, picture)

    for name, key in (
        ("RSA-2048", rsa.generate_private_key(65537, 2048)),
        ("P-256", ec.generate_private_key(ec.SECP256R1())),
    ):
        ours, theirs = (with_signer(signer) for signer in _signers(key))
        _pair(f"ký, khóa {name} / SimpleSigner của pyHanko", ours, theirs)


def _signers(key: Any) -> tuple[Any, Any]:
    """Ours and pyHanko's, both with this key and one certificate."""
    import datetime

    from asn1crypto.keys import PrivateKeyInfo
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.x509.oid import NameOID
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    from documents.signing.signer import LoadedSigner, SoftwareHand

    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Đo thời gian")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    [certificate] = load_certs_from_pemder_data(made.public_bytes(serialization.Encoding.PEM))
    plain = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    stock = SimpleSigner(
        signing_cert=certificate,
        signing_key=PrivateKeyInfo.load(plain),
        cert_registry=SimpleCertificateStore(),
    )
    return LoadedSigner(SoftwareHand(key), key.public_key(), certificate, []), stock


def _batch(count: int) -> None:
    """Decisions from reservation to release, with the signer's key and the seal's."""
    from tests.documents.office import Office

    desk = Office().give_keys()
    desk.released()
    spent = _cpu(lambda: [desk.released() for _ in range(count)])
    print(
        f"{f'{count} quyết định: lấy số, vẽ, ký, đóng dấu, phát hành':<58}{spent / count:>7.1f} ms"
    )


if __name__ == "__main__":
    main()
