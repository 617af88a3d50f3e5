"""A forger's desk: a released decision, the keys of its signers, certificates of his own making."""

from cryptography.hazmat.primitives.asymmetric import ec

from documents import service
from documents.models import Purpose
from documents.signing import keys

from .authority import DER, Authority
from .office import DEPUTY, Office
from .test_attacks import base_of, certified, sealed, unlocked


class Desk:
    """A released decision, and what a forger may have at hand."""

    def __init__(self, folder, settings):
        self.office = Office().give_keys()
        self.decision = self.office.released()
        self.data = service.file_of(self.decision)
        self.base = base_of(self.decision)
        self.folder, self.settings = folder, settings

    def signed_by(self, base, signer, **changes):
        forged = certified(base, self.decision, signer, **changes)
        return sealed(forged, self.decision, self.seal)

    @property
    def deputy(self):
        return unlocked(DEPUTY.key, Purpose.SIGNER)

    @property
    def seal(self):
        return unlocked(self.office.issuer.key, Purpose.SEAL)

    def certificate(self, trusted=True, revoked=False, **dates):
        """A signer with the Deputy's name, of an authority that is trusted or not."""
        authority, key = Authority(), ec.generate_private_key(ec.SECP256R1())
        made = authority.issue(DEPUTY.name, key.public_key(), **dates)
        if trusted:
            self.settings.TRUST_ROOTS = authority.trusted_in(self.folder / "trust")
        if revoked:
            authority.revoked = [made]
            self.settings.CRL_FOLDER = self.folder
            (self.folder / "one.crl").write_bytes(authority.crl())
        keys._enrol(DEPUTY.key, Purpose.SIGNER, made, [])
        [loaded] = keys.load_certs_from_pemder_data(made.public_bytes(DER))
        return keys.LoadedSigner(keys.SoftwareHand(key), key.public_key(), loaded, [])
