"""The SHA-256 of every sample, rendered from its stored snapshot.

``python -m tests.documents.golden`` prints them; with ``--write`` the digests of this machine's
libraries are added to ``golden.json``.
"""

import dataclasses
import hashlib
import json
import os
import sys
import zlib
from pathlib import Path

FILE = Path(__file__).with_name("golden.json")


def libraries():
    """The libraries whose version decides the bytes: Pango lays out, HarfBuzz cuts the fonts,
    zlib packs."""
    from weasyprint.text.ffi import harfbuzz_subset, pango

    numbers = divmod(pango.pango_version(), 10000)
    version = f"{numbers[0]}.{numbers[1] // 100}.{numbers[1] % 100}"
    cut = "with" if harfbuzz_subset else "without"
    return f"Pango {version}, {cut} harfbuzz-subset, zlib {zlib.ZLIB_RUNTIME_VERSION}"


def digests():
    """{sample: SHA-256}, each drawn from the JSON its document would be stored as."""
    from documents.model import from_json, to_json
    from documents.samples import SAMPLES
    from documents.samples.printing import printed

    def stored(sample):
        content = from_json(json.loads(json.dumps(to_json(sample.content))))
        return dataclasses.replace(sample, content=content)

    return {
        name: hashlib.sha256(printed(stored(sample))).hexdigest()
        for name, sample in SAMPLES.items()
    }


def main():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    found = {"libraries": libraries(), "digests": digests()}
    if "--write" in sys.argv:
        known = json.loads(FILE.read_text()) if FILE.exists() else {}
        known[found["libraries"]] = found["digests"]
        FILE.write_text(json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True) + "\n")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
