"""Somebody else's signing tool: a program of its own that knows nothing of ours.

Signs PDFs with pyHanko's stock signer and a PKCS#12 file. Run as a script with a JSON list of jobs
on its input: {source, target, archive, field, certify, reason, yesterday, paint, box, permit}.
"""

import dataclasses
import datetime
import io
import json
import sys
from pathlib import Path

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, SimpleBoxLayoutRule
from pyhanko.sign import fields, signers
from pyhanko.sign.signers import pdf_signer
from pyhanko.sign.signers.constants import DEFAULT_SIGNING_STAMP_STYLE

# From the corner of the field: centred, what was shrunk to fit is a rounding wider than the field,
# and the library warns of it.
_CORNER = AxisAlignment.ALIGN_MIN
LOOK = dataclasses.replace(
    DEFAULT_SIGNING_STAMP_STYLE, inner_content_layout=SimpleBoxLayoutRule(_CORNER, _CORNER)
)


class Yesterday(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.now(tz) - datetime.timedelta(days=1)


def painted(data):
    """The first page changed in an increment, as editing software would."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    stream = generic.StreamObject(stream_data=b"q 1 1 1 rg 90 500 400 90 re f Q")
    writer.add_stream_to_page(0, writer.add_object(stream))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def signed(data, job):
    pdf_signer.datetime = Yesterday if job.get("yesterday") else datetime.datetime
    signer = signers.SimpleSigner.load_pkcs12(job["archive"], passphrase=b"outside")
    metadata = signers.PdfSignatureMetadata(
        field_name=job.get("field", "Signer"),
        certify=job.get("certify", False),
        docmdp_permissions=fields.MDPPerm(job.get("permit", 2)),
        reason=job.get("reason"),
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
    )
    spec = fields.SigFieldSpec(metadata.field_name, box=(10, 10, 200, 60))
    new = spec if job.get("box") else None
    tool = signers.PdfSigner(metadata, signer, stamp_style=LOOK, new_field_spec=new)
    out = tool.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)))
    return out.getvalue()


def main():
    for job in json.load(sys.stdin):
        data = Path(job["source"]).read_bytes()
        data = painted(data) if job.get("paint") else data
        Path(job["target"]).write_bytes(signed(data, job))


if __name__ == "__main__":
    main()
