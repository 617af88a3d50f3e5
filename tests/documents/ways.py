"""One finished document for every way a document can come to its file here.

Software key, token, the signer's own tool, time stamps and lists, completed later, issued in the
office's own system, on paper. For tests that must hold whatever the way.
"""

import dataclasses
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from django.core.cache import cache
from django.test import override_settings
from django.utils import timezone

from documents import service
from documents.models import Document, Mode, Purpose, Stage
from documents.signing.completing import complete

from . import drawn_pictures, softhsm
from .authority import Authority
from .minutes import Meeting
from .office import ANCHOR, DEPUTY, PASSPHRASE, Office
from .outside import Outside
from .samples import DECISION

# One page: what is shown here rests on the signatures, not on the length.
SHORT = dataclasses.replace(
    DECISION, grounds=DECISION.grounds[:1], body=(DECISION.body[0], DECISION.body[-1]), annexes=()
)
SIGNED_HERE = (
    "phần mềm",
    "hai người ký",
    "thiết bị ký",
    "công cụ ngoài",
    "dấu thời gian, danh sách",
    "bổ sung dấu thời gian",
    "bổ sung danh sách",
)
NOT_SIGNED_HERE = ("cơ quan tải lên", "bản quét")
NAMES = (*SIGNED_HERE, *NOT_SIGNED_HERE)


@dataclass(frozen=True)
class Way:
    """``data`` is the final file of the ``document``."""

    name: str
    document: Document
    data: bytes

    @property
    def signed_here(self) -> bool:
        return self.name in SIGNED_HERE


class Ways:
    """The offices, and what they sign with. Two authorities, so that one of them can be silent."""

    def __init__(self, folder: Path, lists: Authority, stamps: Authority):
        self.folder, self.lists, self.stamps = folder, lists, stamps

    def office(self, name: str, mode: Any = Mode.OURS) -> Office:
        office = Office(mode, key=f"agency:{name}")
        self._give(office.issuer.key, Purpose.SEAL, drawn_pictures.seal())
        self._give(DEPUTY.key, Purpose.SIGNER, drawn_pictures.signature())
        return office

    def _give(self, owner: str, purpose: Purpose, picture: bytes) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        crl = f"{self.lists.address}/ca.crl"
        issued = self.lists.issue(owner, key.public_key(), crl=crl)
        kept = serialization.BestAvailableEncryption(PASSPHRASE.encode())
        archive = pkcs12.serialize_key_and_certificates(None, key, issued, None, kept)
        imported = service.import_archive(archive, owner, purpose, PASSPHRASE)
        service.keep_picture(imported, picture)

    def software(self) -> Document:
        """Trial keys, RSA-2048."""
        office = Office(key="agency:software").give_keys()
        return office.released(office.sealed(office.signed(office.reserve(content=SHORT))))

    def two_signers(self) -> Document:
        """Minutes: the chair, the secretary after him, then the seal."""
        meeting = Meeting("agency:meeting").give_keys()
        signed = meeting.countersigned(meeting.signed(meeting.reserved()))
        return meeting.released(meeting.sealed(signed))

    def token(self) -> Document:
        """The signer's RSA key and the seal's P-256 key never leave the device."""
        office = Office(key="agency:token")
        enrolled = {}
        for kind, owner, purpose in (
            ("rsa", DEPUTY.key, Purpose.SIGNER),
            ("p256", office.issuer.key, Purpose.SEAL),
        ):
            made = self.lists.issue(owner, softhsm.keypair(softhsm.TOKEN, kind))
            softhsm.put_certificate(softhsm.TOKEN, made, kind)
            enrolled[kind] = (owner, purpose)
        listed = service.token_certificates("usb")
        for found in (item for item in listed if item.place.token_label == softhsm.TOKEN):
            owner, purpose = enrolled[found.place.key_label]
            key = service.enrol_token(found, owner, purpose, softhsm.PIN)
            if purpose == Purpose.SEAL:
                service.keep_picture(key, drawn_pictures.seal())
        document = office.reserve(content=SHORT)
        signed = service.sign(
            document, attempt=document.attempt, passphrase=softhsm.PIN, signer_key=DEPUTY.key
        )
        document = office.store(document, signed)
        sealed = service.sealed_bytes(document, softhsm.PIN, anchor=ANCHOR)
        return office.released(service.store_sealed(document, sealed))

    def outside(self) -> Document:
        """Both signatures by somebody else's program on our prepared file."""
        office, tool = Office(key="agency:tool"), self._tool("tool")
        tool.enrolled(DEPUTY.key, "signer", DEPUTY.name, "deputy")
        tool.enrolled(office.issuer.key, "seal", "UBND xã Tam Quang", "seal")
        document = office.reserve(content=SHORT)
        base = service.prepare(document, attempt=document.attempt)
        tool.ask("signed", base, "deputy", reason="Tôi ký")
        tool.ask("sealed", "signed", "seal", field="Seal")
        tool.run()
        document = Document.objects.get(pk=document.pk)
        document = service.store_signed_outside(
            document, attempt=document.attempt, data=tool["signed"]
        )
        return office.released(service.store_sealed_outside(document, tool["sealed"]))

    def lasting(self) -> Document:
        """B-T and B-LT, the pictures of the office on the page."""
        office = self.office("lasting")
        return office.released(office.sealed(office.signed(office.reserve(content=SHORT))))

    def stamped_later(self) -> Document:
        """Nobody answered on the day; completed with a stamp over the document and the lists."""
        return self._completed("stamped", self.lists, self.stamps)

    def listed_later(self) -> Document:
        """Stamps were had, the lists came later: the last revision is under no signature."""
        return self._completed("listed", self.lists)

    def _completed(self, name: str, *silent: Authority) -> Document:
        for file in (self.folder / "crl").glob("*"):
            file.unlink()
        for authority in silent:
            authority.down = True
        cache.clear()
        office = self.office(name)
        released = office.released(office.sealed(office.signed(office.reserve(content=SHORT))))
        for authority in silent:
            authority.down = False
        cache.clear()
        complete(released.files.get(stage=Stage.SEALED))
        return Document.objects.get(pk=released.pk)

    def uploaded(self) -> Document:
        """Signed twice in another system, whose authority nobody here knows."""
        office, tool = Office(Mode.EXTERNAL, key="agency:elsewhere"), self._tool("elsewhere")
        with override_settings(VAR=self.folder / "stranger"):
            tool.token("Trần Quốc Hưng", "person")
            tool.token("UBND xã Tam Quang", "office")
        out = service.handed_out(SHORT, office.series, timezone.localdate(), owner="case:1")
        tool.ask("one", out, "person", field="NguoiKy", box=True)
        tool.ask("two", "one", "office", field="CoQuan")
        data = tool.run()["two"]
        document = service.record_uploaded(
            issuer=office.issuer, series=office.series, content=SHORT, number=41,
            date=timezone.localdate(), signer=DEPUTY, data=data, owner="case:1",
        )  # fmt: skip
        return office.released(document)

    def scan(self) -> Document:
        """The scan of a paper original."""
        office = Office(Mode.EXTERNAL, key="agency:paper")
        document = service.sign_paper(
            issuer=office.issuer, kind="decision", series=office.series, content=SHORT, number=42,
            date=timezone.localdate(), signer=DEPUTY, scan=service.preview(SHORT),
        )  # fmt: skip
        return office.released(service.seal_paper(document))

    def _tool(self, name: str) -> Outside:
        (self.folder / name).mkdir()
        return Outside(self.folder / name)


@contextmanager
def every_way(folder: Path):
    """{name: Way}, verifiable while the block lasts. Call inside a transaction to be rolled back;
    needs SoftHSM2."""
    so = softhsm.module()
    with ExitStack() as open_:
        lists = open_.enter_context(Authority("Nơi cấp chứng thư").serving())
        stamps = open_.enter_context(Authority("Nơi cấp dấu thời gian").serving())
        (folder / "trust").mkdir()
        for name, authority in (("lists", lists), ("stamps", stamps)):
            root = authority.root.public_bytes(serialization.Encoding.PEM)
            (folder / "trust" / f"{name}.pem").write_bytes(root)
        open_.enter_context(
            override_settings(
                TRUST_ROOTS=folder / "trust",
                CRL_FOLDER=folder / "crl",
                TSA_URL=f"{stamps.address}/tsa",
                PKCS11_MODULES={"usb": so},
            )
        )
        cache.clear()
        ways = Ways(folder, lists, stamps)
        with override_settings(TSA_URL=""):
            plain = [ways.software(), ways.two_signers(), ways.token(), ways.outside()]
        made = [ways.lasting(), ways.stamped_later(), ways.listed_later(), ways.uploaded()]
        documents = [*plain, *made, ways.scan()]
        cache.clear()
        yield {
            name: Way(name, document, service.file_of(document))
            for name, document in zip(NAMES, documents, strict=True)
        }
