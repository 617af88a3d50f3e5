"""An authority of the tests that is no demo: root, certificates, revocation list, time stamps.

What it serves over HTTP is served by a real server, on a port of this machine.
"""

import datetime
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.utils import timezone
from pyhanko.sign.timestamps import DummyTimeStamper

DER = serialization.Encoding.DER
DAY = datetime.timedelta(days=1)


class Authority:
    """``revoked`` holds certificates; ``down`` makes the server answer nothing but errors."""

    def __init__(self, name="Cơ quan chứng thực của bài thử"):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.revoked, self.down, self.asked, self.address = [], False, [], ""
        self.root = self.issue(name, self.key.public_key(), authority=True)

    def issue(self, name, public, *, authority=False, crl="", usage=None, days=365, since=10):
        """A certificate for ``public`` from ``since`` days ago, for ``days`` from now."""
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        now = timezone.now()
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if authority else self.root.subject)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - since * DAY)
            .not_valid_after(now + days * DAY)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(_usage(authority), critical=True)
        )
        if crl:
            point = x509.DistributionPoint([x509.UniformResourceIdentifier(crl)], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        if usage:
            builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
        return builder.sign(self.key, hashes.SHA256())

    def crl(self):
        now = timezone.now()
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.subject)
            .last_update(now - DAY)
            .next_update(now + 7 * DAY)
        )
        for certificate in self.revoked:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(certificate.serial_number)
                .revocation_date(now - datetime.timedelta(hours=1))
                .build()
            )
        return builder.sign(self.key, hashes.SHA256()).public_bytes(DER)

    def trusted_in(self, folder):
        folder.mkdir(exist_ok=True)
        pem = self.root.public_bytes(serialization.Encoding.PEM)
        (folder / "root.pem").write_bytes(pem)
        return folder

    def stamper(self):
        """A time-stamp authority with a certificate of this one."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        certificate = self.issue(
            "Dấu thời gian của bài thử", key.public_key(), usage=ExtendedKeyUsageOID.TIME_STAMPING
        )
        private = key.private_bytes(
            DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return DummyTimeStamper(
            tsa_cert=asn1_x509.Certificate.load(certificate.public_bytes(DER)),
            tsa_key=asn1_keys.PrivateKeyInfo.load(private),
        )

    @contextmanager
    def serving(self):
        """The list at ``<address>/ca.crl``, time stamps at ``<address>/tsa``."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self, self.stamper()))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()


def _usage(authority):
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _handler(authority, stamper):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._answer(authority.crl(), "application/pkix-crl")

        def do_POST(self):
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            answer = stamper.request_tsa_response(tsp.TimeStampReq.load(asked)).dump()
            self._answer(answer, "application/timestamp-reply")

        def _answer(self, data, kind):
            authority.asked.append(self.path)
            self.send_response(503 if authority.down else 200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_args):
            """Quiet."""

    return Handler
