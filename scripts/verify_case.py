#!/usr/bin/env python3
"""Check one exported case of Trình Ký, offline and without Trình Ký.

    python verify_case.py HO-SO.zip --roots FOLDER-OR-PEM

Needs Python 3.11 and pyHanko (``pip install pyhanko``), nothing else: no database, no network, no
server of the office. It checks

1. that every file is there and has the SHA-256 the case names;
2. the digital signatures of every document, against the given root certificates;
3. the case's part of the ledger: every line is recomputed, and each continues the one before;
   lines of other cases are hidden, only their link in the chain is shown and recomputed;
4. that the chain runs through the head which the agency's seal covers inside the sealed PDF.

Prints what it found in Vietnamese. Exit code 0: nothing speaks against the case; 1: something does,
or it could not be checked. What it cannot know is said at the end.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import logging
import math
import re
import struct
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

LARGEST = 200 * 1024 * 1024
START = "0" * 64
FIRST = 2  # the revision a record has after its first act
CONTENT = "SHA-256 nội dung: "
ROLES = {"Signer": "chủ tọa ", "Secretary": "thư ký "}  # of minutes, which two people sign
# The columns of a line, in the order of its text.
COLUMNS = (
    "agency", "sequence", "at", "actor", "actor_name", "capacity", "record_type", "record_id",
    "act", "from_state", "to_state", "revision", "note", "facts", "digest", "previous",
)  # fmt: skip


class Report:
    """What was found, said as it is found."""

    def __init__(self) -> None:
        self.faults = 0

    def say(self, sentence: str) -> None:
        print(sentence)

    def good(self, sentence: str) -> None:
        print(f"  [ĐÚNG] {sentence}")

    def bad(self, sentence: str) -> None:
        self.faults += 1
        print(f"  [SAI]  {sentence}")

    def check(self, holds: bool, good: str, bad: str) -> bool:
        (self.good if holds else self.bad)(good if holds else bad)
        return holds


# -- reading the export --------------------------------------------------------------------------


def files_of(path: Path) -> dict[str, bytes]:
    """The files of a ZIP or of a folder it was unpacked to: {name with slashes: bytes}."""
    if path.is_dir():
        found = (file for file in sorted(path.rglob("*")) if file.is_file())
        return {file.relative_to(path).as_posix(): file.read_bytes() for file in found}
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if sum(entry.file_size for entry in entries) > LARGEST:
            raise ValueError("tệp giải nén ra quá lớn")
        return {entry.filename: archive.read(entry) for entry in entries}


# -- 1. files ------------------------------------------------------------------------------------


def check_files(report: Report, case: dict[str, Any], files: dict[str, bytes]) -> None:
    report.say("Tệp văn bản")
    listed = {document["file"] for document in case["documents"]}
    for document in case["documents"]:
        if document.get("missing"):
            said = f"{_title(document)}: không có tệp. {document['missing']}"
            report.bad(said) if document["damaged"] else report.say(f"  [-]    {said}")
    for name in sorted(set(files) - listed - {"case.json", "ledger.json"}):
        report.bad(f"{name}: tệp không có trong danh mục của hồ sơ.")
    for document in (one for one in case["documents"] if not one.get("missing")):
        data = files.get(document["file"])
        if data is None:
            report.bad(f"{document['file']}: thiếu tệp.")
            continue
        same, title = hashlib.sha256(data).hexdigest() == document["sha256"], _title(document)
        report.check(same, f"{title}: đúng mã SHA-256.", f"{title}: tệp đã bị thay hoặc sửa.")


def _title(document: dict[str, Any]) -> str:
    return f"{document['name']} {document['reference']}".strip()


# -- 2. signatures -------------------------------------------------------------------------------


def roots_of(path: Path) -> list[Any]:
    """The certificates trusted by who asks: a PEM or DER file, or a folder of them."""
    from pyhanko.keys import load_certs_from_pemder_data

    found = [path] if path.is_file() else sorted(path.glob("*"))
    return [one for file in found for one in load_certs_from_pemder_data(file.read_bytes())]


def check_signatures(
    report: Report, case: dict[str, Any], files: dict[str, bytes], roots: list[Any]
) -> list[tuple[str, str]]:
    """Returns what the seals say: [(document, anchored head)]."""
    report.say("Chữ ký số")
    anchors = []
    whole = {(d["reference"], d["content"]) for d in case["documents"] if not d.get("annex")}
    for document in (one for one in case["documents"] if not one.get("missing")):
        title = _title(document)
        if (document["reference"], document["content"]) not in whole:
            report.bad(f"{title}: phụ lục không thuộc văn bản nào trong hồ sơ.")
        data = files.get(document["file"])
        if not document["signatures"]:
            report.say(f"  [-]    {title}: không có chữ ký số, chỉ so được mã SHA-256.")
        elif data is not None:
            anchors += _signatures_of(report, document, title, data, roots)
    return anchors


def _signatures_of(
    report: Report, document: dict[str, Any], title: str, data: bytes, roots: list[Any]
) -> list[tuple[str, str]]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(io.BytesIO(data))
        empty = _left_empty(reader)
        found = {str(one.field_name): one for one in reader.embedded_regular_signatures}
    except Exception as error:  # a damaged file fails in the parser in a hundred ways
        report.bad(f"{title}: không đọc được PDF ({type(error).__name__}).")
        return []
    for name in sorted({*document["signatures"], *empty} - set(found)):
        report.bad(f"{title}: thiếu chữ ký {ROLES.get(name, '')}{name}.")
    for name, embedded in found.items():
        role = ROLES.get(name, "") if "secretary" in document else ""
        _one_signature(report, f"{title}, {role}{_who(embedded)}", embedded, roots)
    if document.get("annex"):
        # The agency alone signs an annex apart, and names the content it belongs to.
        if "Seal" in found:
            _content(report, document, title, _reason(found["Seal"]), outside=False)
            _which_annex(report, document, title, found["Seal"])
        return []
    _two_persons(report, title, found)
    outside = document.get("outside", [])
    if "Signer" in found:
        _content(report, document, title, _reason(found["Signer"]), "Signer" in outside)
    if "Seal" not in found:
        return []
    head = _reason(found["Seal"])
    if "Seal" in outside and head.count("/") != 2:
        report.say(f"  [-]    {title}: con dấu đóng bằng công cụ riêng, không neo nhật ký.")
        return []
    return [(title, head)]


def _left_empty(reader: Any) -> set[str]:
    """The secretary's field where nobody signed in it: the file itself says that two sign, whatever
    the case says of it."""
    from pyhanko.sign.fields import enumerate_sig_fields

    empty = enumerate_sig_fields(reader, filled_status=False)
    return {"Secretary"} & {str(name) for name, _value, _reference in empty}


def _which_annex(report: Report, document: dict[str, Any], title: str, seal: Any) -> None:
    """All annexes of a document name one content; the address under the seal says which it is."""
    address = str(seal.sig_object.get("/ContactInfo", ""))
    if not address.endswith(f"#phu-luc-{document['annex']}"):
        report.bad(f"{title}: tệp là phụ lục khác.")


def _two_persons(report: Report, title: str, found: dict[str, Any]) -> None:
    """The chair of a meeting and its secretary are two people, so two certificates."""
    pair = [found[name].signer_cert for name in ("Signer", "Secretary") if name in found]
    if len(pair) == 2 and pair[0].sha256 == pair[1].sha256:
        report.bad(f"{title}: chủ tọa và thư ký ký bằng cùng một chứng thư số.")


def _content(
    report: Report, document: dict[str, Any], title: str, reason: str, outside: bool
) -> None:
    """A tool of the signer's own names no digest; any digest that is named must be the one."""
    if outside and not reason.startswith(CONTENT):
        report.say(f"  [-]    {title}: ký bằng công cụ riêng, không ghi mã nội dung.")
        return
    report.check(
        reason == CONTENT + document["content"],
        f"{title}: chữ ký phủ đúng nội dung ghi trong hồ sơ.",
        f"{title}: nội dung ghi trong hồ sơ khác với nội dung đã ký.",
    )


def _one_signature(report: Report, who: str, embedded: Any, roots: list[Any]) -> None:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    try:
        context = ValidationContext(
            trust_roots=roots,
            allow_fetching=False,
            moment=embedded.self_reported_timestamp,
            revocation_mode="soft-fail",
        )
        status = validate_pdf_signature(embedded, context)
    except Exception as error:
        report.bad(f"{who}: không kiểm tra được chữ ký ({type(error).__name__}).")
        return
    if not (status.intact and status.valid):
        report.bad(f"{who}: nội dung đã bị sửa sau khi ký.")
    elif not status.trusted:
        report.bad(f"{who}: chứng thư số không dẫn đến gốc đã cho.")
    else:
        report.check(
            bool(status.bottom_line),
            f"{who}: chữ ký còn nguyên, chứng thư dẫn đến gốc đã cho.",
            f"{who}: sau chữ ký có thay đổi không được phép.",
        )


def _who(embedded: Any) -> str:
    try:
        return str(embedded.signer_cert.subject.native["common_name"])
    except Exception:
        return str(embedded.field_name)


def _reason(embedded: Any) -> str:
    return str(embedded.sig_object.get("/Reason", ""))


# -- 3. the ledger -------------------------------------------------------------------------------


def check_ledger(report: Report, case: dict[str, Any], ledger: dict[str, Any]) -> dict[int, str]:
    """Returns the recomputed hash of every line: {sequence: hash}."""
    report.say("Nhật ký")
    faults, heads, previous, own = report.faults, {}, None, []
    for expected, line in enumerate(ledger["lines"], ledger["first"]):
        computed, before, told = _read(line)
        where = f"dòng {expected}"
        if line["sequence"] != expected or (told and told["sequence"] != expected):
            report.bad(f"{where}: số thứ tự không liền nhau.")
        if computed != line["hash"]:
            report.bad(f"{where}: nội dung đã bị sửa.")
        if previous is not None and before != previous:
            report.bad(f"{where}: không nối tiếp dòng trước.")
        heads[expected], previous = computed, computed
        own += [told] if told else []
    if report.faults == faults:
        hidden = len(heads) - len(own)
        report.good(f"{len(own)} dòng của hồ sơ nối liền nhau, qua {hidden} dòng của việc khác.")
    _check_ends(report, case, ledger, heads)
    _check_record(report, case, own)
    return heads


def _read(line: dict[str, Any]) -> tuple[str, str, dict[str, Any] | None]:
    """The hash of a line computed anew, the hash it names before it, and what it says."""
    if "text" in line:
        told = dict(zip(COLUMNS, json.loads(line["text"]), strict=True))
        return hashlib.sha256(line["text"].encode()).hexdigest(), told["previous"], told
    end = line["end"].encode()
    found = re.search(r'"([0-9a-f]{64})"\]$', line["end"])
    computed = finished(bytes.fromhex(line["state"]), end, line["length"])
    return computed, found.group(1) if found else "", None


def _check_ends(
    report: Report, case: dict[str, Any], ledger: dict[str, Any], heads: dict[int, str]
) -> None:
    told = case["ledger"]
    last = max(heads, default=0)
    whole = (ledger["first"], last, heads.get(last, START)) == tuple(
        told[name] for name in ("first", "last", "head")
    )
    report.check(
        whole,
        "Đoạn nhật ký đủ từ dòng đầu đến dòng cuối ghi trong hồ sơ.",
        "Đoạn nhật ký bị cắt hoặc thêm so với hồ sơ.",
    )


def _check_record(report: Report, case: dict[str, Any], own: list[dict[str, Any]]) -> None:
    record = case["record"]
    key = (record["type"], record["id"])
    if any((line["record_type"], line["record_id"]) != key for line in own):
        report.bad("Có dòng nhật ký của hồ sơ khác.")
    follows = all(
        (line["revision"], line["from_state"]) == (before["revision"] + 1, before["to_state"])
        for before, line in pairwise(own)
    )
    report.check(
        follows and bool(own) and own[0]["revision"] == FIRST,
        "Các lần làm việc với hồ sơ đủ từ đầu, không lần nào bị giấu.",
        "Có lần làm việc với hồ sơ bị giấu hoặc bỏ đi.",
    )
    last = own[-1] if own else {"to_state": "", "revision": -1}
    report.check(
        (last["to_state"], last["revision"]) == (record["state"], record["revision"]),
        f"Hồ sơ đang ở bước “{record['state']}”, đúng như dòng cuối của nhật ký.",
        "Bước của hồ sơ khác với dòng cuối của nhật ký.",
    )


# -- 4. the anchored head ------------------------------------------------------------------------


def check_anchors(
    report: Report, case: dict[str, Any], heads: dict[int, str], anchors: list[tuple[str, str]]
) -> int:
    """Returns up to which line the ledger stands under a seal."""
    report.say("Dấu neo của nhật ký trong văn bản đã đóng dấu")
    reached = 0
    for title, text in anchors:
        code, _slash, rest = text.partition("/")
        length, _slash, head = rest.partition("/")
        sequence = int(length) if length.isdecimal() else -1
        if code != case["agency"]["code"]:
            report.bad(f"{title}: con dấu neo nhật ký của nơi khác ({code}).")
        elif sequence not in heads:
            report.bad(f"{title}: con dấu neo dòng {sequence}, đoạn nhật ký không có dòng ấy.")
        else:
            same = heads[sequence] == head
            report.check(
                same,
                f"{title}: nhật ký đến dòng {sequence} đúng như khi đóng dấu.",
                f"{title}: nhật ký đến dòng {sequence} đã bị viết lại sau khi đóng dấu.",
            )
            reached = max(reached, sequence if same else 0)
    return reached


# -- SHA-256 taken up half way (FIPS 180-4) ------------------------------------------------------

MASK = 0xFFFFFFFF
PRIMES = [n for n in range(2, 312) if all(n % d for d in range(2, math.isqrt(n) + 1))]


def cube_root(number: int) -> int:
    root = 1 << -(-number.bit_length() // 3)
    while (better := (2 * root + number // (root * root)) // 3) < root:
        root = better
    return root


ROUNDS = [cube_root(prime << 96) & MASK for prime in PRIMES]


def turned(word: int, by: int) -> int:
    return (word >> by | word << 32 - by) & MASK


def compressed(state: list[int], block: bytes) -> list[int]:
    words = list(struct.unpack(">16L", block))
    for n in range(16, 64):
        x, y = words[n - 15], words[n - 2]
        small = turned(x, 7) ^ turned(x, 18) ^ x >> 3
        large = turned(y, 17) ^ turned(y, 19) ^ y >> 10
        words.append(words[n - 16] + small + words[n - 7] + large & MASK)
    a, b, c, d, e, f, g, h = state
    for word, constant in zip(words, ROUNDS, strict=True):
        mixed = h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + (e & f ^ ~e & g)
        mixed += constant + word
        chosen = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + (a & b ^ a & c ^ b & c)
        a, b, c, d, e, f, g, h = mixed + chosen & MASK, a, b, c, d + mixed & MASK, e, f, g
    return [old + new & MASK for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True)]


def finished(state: bytes, end: bytes, length: int) -> str:
    """The SHA-256 of ``length`` bytes, of which ``state`` has taken in all but ``end``."""
    if len(state) != 32 or (length - len(end)) % 64 or length < len(end):
        return ""
    padded = end + b"\x80" + b"\0" * (-(len(end) + 9) % 64) + struct.pack(">Q", 8 * length)
    words = list(struct.unpack(">8L", state))
    for at in range(0, len(padded), 64):
        words = compressed(words, padded[at : at + 64])
    return struct.pack(">8L", *words).hex()


# ------------------------------------------------------------------------------------------------


def verify(path: Path, roots: Path) -> int:
    report = Report()
    files = files_of(path)
    case, ledger = json.loads(files["case.json"]), json.loads(files["ledger.json"])
    report.say(f"Hồ sơ {case['record']['id']}: {case['record']['title']}")
    report.say(f"{case['agency']['name']}, xuất lúc {case['exported']}")
    check_files(report, case, files)
    anchors = check_signatures(report, case, files, roots_of(roots))
    heads = check_ledger(report, case, ledger)
    reached = check_anchors(report, case, heads, anchors)
    after = max(heads, default=0) - reached
    report.say("Không kiểm tra được ở đây")
    report.say("  Chứng thư có bị thu hồi hay không; giờ ký là giờ người ký tự khai.")
    if after:
        report.say(f"  {after} dòng cuối chưa có con dấu nào trong hồ sơ này neo.")
    if report.faults:
        report.say(f"KẾT LUẬN: KHÔNG HỢP LỆ ({report.faults} điểm sai).")
        return 1
    report.say("KẾT LUẬN: HỢP LỆ.")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Kiểm tra một hồ sơ Trình Ký đã xuất.")
    parser.add_argument("case", type=Path, help="Tệp ZIP, hoặc thư mục đã giải nén.")
    parser.add_argument("--roots", type=Path, required=True, help="Chứng thư gốc được tin (PEM).")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    try:
        return verify(asked.case, asked.roots)
    except ImportError:
        print("Cần cài pyHanko: pip install pyhanko")
    except Exception as error:  # whatever is wrong with the file, it is not proven right
        print(f"KHÔNG KIỂM TRA ĐƯỢC: {type(error).__name__}: {error}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
