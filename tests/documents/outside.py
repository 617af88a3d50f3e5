"""People with tokens of their own, and the program they sign with, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from documents import service
from documents.signing import demo_ca

TOOL = Path(__file__).with_name("outside_tool.py")


class Outside:
    """A folder with one PKCS#12 archive and certificate per person, and files that were signed."""

    def __init__(self, folder):
        self.folder, self.jobs = folder, []

    def token(self, name, file, years=3, bits=2048):
        """A key that is never ours, certified by the trial authority; its certificate (PEM)."""
        demo_ca.make_demo_ca()
        authority, key = demo_ca._authority(), rsa.generate_private_key(65537, bits)
        certificate = demo_ca._issue(
            demo_ca._name(name), key, authority.certificate.subject, authority.key, years=years
        )
        archive = pkcs12.serialize_key_and_certificates(
            None, key, certificate, [authority.certificate],
            serialization.BestAvailableEncryption(b"outside"),
        )  # fmt: skip
        (self.folder / f"{file}.p12").write_bytes(archive)
        chain = (certificate, authority.certificate)
        return b"".join(item.public_bytes(serialization.Encoding.PEM) for item in chain)

    def enrolled(self, owner, purpose, name, file):
        return service.enrol_certificate(owner, purpose, self.token(name, file), name=name)

    def ask(self, target, source, token, **options):
        """A file to be signed when :meth:`run` is called; ``source`` is bytes or a target."""
        if isinstance(source, bytes):
            (self.folder / f"{target}.in").write_bytes(source)
            source = f"{target}.in"
        paths = {"source": source, "target": target, "archive": f"{token}.p12"}
        paths = {key: str(self.folder / name) for key, name in paths.items()}
        self.jobs.append({**paths, **options})

    def run(self):
        jobs, self.jobs = self.jobs, []
        subprocess.run([sys.executable, str(TOOL)], input=json.dumps(jobs), text=True, check=True)
        return self

    def __getitem__(self, target):
        return (self.folder / target).read_bytes()
