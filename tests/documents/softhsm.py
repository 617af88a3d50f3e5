"""A token of the tests: SoftHSM2 in a folder of its own, one for the whole process."""

import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives import serialization
from pkcs11 import Attribute, KeyType, ObjectClass
from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters
from pkcs11.util.rsa import encode_rsa_public_key

# One for all tests of documents in a process; those of the commands have another beside it.
TOKEN = "Thiet bi thu"
PIN, SO_PIN = "ma-PIN-91827364", "so-55667788"
MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so")


@functools.cache
def module():
    """The module's file. Without SoftHSM2 the test is skipped; where ``REQUIRE_SOFTHSM`` is set,
    as in .ci/run, it fails."""
    found = next((path for path in MODULES if Path(path).exists()), None)
    if found and shutil.which("softhsm2-util"):
        return found
    if os.environ.get("REQUIRE_SOFTHSM"):
        pytest.fail("SoftHSM2 is not installed, and its tests must run here.")
    return pytest.skip("SoftHSM2 is not installed (package softhsm2)")


@functools.cache
def folder():
    path = Path(tempfile.mkdtemp(prefix="trinhky-softhsm-"))
    (path / "tokens").mkdir()
    (path / "conf").write_text(f"directories.tokendir = {path / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(path / "conf")
    return path


@functools.cache
def token(label):
    """Make a new token."""
    so = module()
    folder()
    command = ["softhsm2-util", "--init-token", "--free", "--label", label]
    subprocess.run([*command, "--pin", PIN, "--so-pin", SO_PIN], check=True, capture_output=True)
    pkcs11.lib(so).reinitialize()


def opened(label):
    """A session in which keys and certificates may be written."""
    token(label)
    # The product may have ended the module since: it starts again here.
    return pkcs11.lib(module()).get_token(token_label=label).open(rw=True, user_pin=PIN)


@functools.cache
def keypair(label, kind):
    """A key made in the token ``label`` and never outside; returns its public key."""
    with opened(label) as session:
        if kind == "rsa":
            public, _private = session.generate_keypair(
                KeyType.RSA, 2048, store=True, label=kind, id=b"\x01"
            )
            der = encode_rsa_public_key(public)
            return _rsa(der)
        parameters = session.create_domain_parameters(
            KeyType.EC,
            {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")},
            local=True,
        )
        public, _private = parameters.generate_keypair(store=True, label=kind, id=b"\x02")
        return serialization.load_der_public_key(encode_ec_public_key(public))


def _rsa(pkcs1):
    from asn1crypto.keys import PublicKeyInfo, RSAPublicKey

    wrapped = PublicKeyInfo.wrap(RSAPublicKey.load(pkcs1), "rsa")
    return serialization.load_der_public_key(wrapped.dump())


def put_certificate(label, certificate, kind):
    """The certificate beside its key; one that was there before goes."""
    number = {"rsa": b"\x01", "p256": b"\x02"}[kind]
    where = {Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.ID: number}
    with opened(label) as session:
        for former in list(session.get_objects(where)):
            former.destroy()
        session.create_object(
            {
                **where,
                Attribute.TOKEN: True,
                Attribute.LABEL: kind,
                Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                Attribute.SUBJECT: certificate.subject.public_bytes(),
                Attribute.VALUE: certificate.public_bytes(serialization.Encoding.DER),
            }
        )
