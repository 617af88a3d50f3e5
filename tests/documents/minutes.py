"""Minutes on their way through the documents' doors: signed by two persons, then sealed."""

from django.db import transaction

from documents import service
from documents.models import Purpose
from documents.samples.meetings import MINUTES

from .office import PASSPHRASE, Office

CHAIR = service.Signer("person:7", "Trần Quốc Hưng", ("CHỦ TỌA", "PHÓ CHỦ TỊCH"))
SECRETARY = service.Signer("person:12", "Lang Thị Kiều Oanh", ("THƯ KÝ",))


class Meeting(Office):
    """An office whose minutes have a series of their own."""

    def __init__(self, key):
        super().__init__(key=key)
        self.minutes = service.ensure_series(self.issuer, "BB-UBND", "ours")

    def give_keys(self):
        super().give_keys()
        service.issue_demo_key(SECRETARY.key, SECRETARY.name, Purpose.SIGNER, PASSPHRASE)
        return self

    def reserved(self, content=MINUTES, **changes):
        arguments = {"series": self.minutes, "signer": CHAIR, "secretary": SECRETARY}
        return self.reserve(content=content, **{**arguments, **changes})

    def countersigned(self, document, data=None):
        data = data or service.countersign(
            document, signer_key=SECRETARY.key, passphrase=PASSPHRASE
        )
        with transaction.atomic():
            return service.store_countersigned(document, data)
