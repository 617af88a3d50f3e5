"""Whatever the way a document was signed: it is believed, others agree, the archive takes it, and
500 flipped bits are refused."""

import re
import subprocess

import pytest
from asn1crypto import cms
from django.db import transaction

from documents import archival
from documents.verification.answer import Outcome, answer

from . import flips, ways

pytestmark = [pytest.mark.django_db, pytest.mark.token, pytest.mark.slow]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ways")
    with django_db_blocker.unblock(), transaction.atomic(), ways.every_way(folder) as found:
        yield found
        transaction.set_rollback(True)


def pdfsig(data, folder):
    """What poppler's own reader says of each signature: {field: sentence}."""
    file = folder / "file.pdf"
    file.write_bytes(data)
    told = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True).stdout
    fields = re.findall(r"Field Name: (.+)", told)
    return dict(zip(fields, re.findall(r"Signature Validation: (.+)", told), strict=True))


# -- the good file -------------------------------------------------------------------------------


def test_the_good_files_are_believed_and_the_others_are_not_vouched_for(made):
    outcomes = {way.name: answer(way.data, way.document).outcome for way in made.values()}
    assert outcomes == {
        **dict.fromkeys(ways.SIGNED_HERE, Outcome.VALID),
        **dict.fromkeys(ways.NOT_SIGNED_HERE, Outcome.UNKNOWN),
    }


@pytest.mark.parametrize("name", [*ways.SIGNED_HERE, "cơ quan tải lên"])
def test_poppler_agrees_that_the_signatures_hold(made, name, tmp_path):
    told = pdfsig(made[name].data, tmp_path)
    people = {field: said for field, said in told.items() if not field.startswith("Timestamp-")}
    assert list(people.values()) == ["Signature is Valid."] * (3 if name == "hai người ký" else 2)
    # It knows no time stamps over a document, and says so.
    assert len(told) - len(people) == (name == "bổ sung dấu thời gian")


def test_poppler_is_able_to_disagree(made, tmp_path):
    data = made["phần mềm"].data
    told = pdfsig(data.replace(b"/XML/Filter", b"/XMM/Filter"), tmp_path)
    assert set(told.values()) == {"Digest Mismatch."}


# -- the archive ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ways.SIGNED_HERE)
def test_the_finished_file_is_fit_for_the_archive(made, name):
    """With pictures, lists, time stamps and what was added later. The other program's own look has
    a font of the reader's: that is told."""
    lacks = {lack.code for lack in archival.check(made[name].data)}
    assert lacks == ({"font", "to-unicode"} if name == "công cụ ngoài" else set())


def with_value(data, change):
    """The file with the CMS of its last signature put through ``change``."""
    [*_others, last] = re.finditer(rb"/Contents <([0-9A-F]+)>", data)
    info = cms.ContentInfo.load(bytes.fromhex(last[1].decode()))
    change(info["content"])
    value = info.dump(force=True).hex().upper().encode().ljust(len(last[1]), b"0")
    return data[: last.start(1)] + value + data[last.end(1) :]


def without_certificates(signed):
    signed["certificates"] = []


def signed_twice(signed):
    [info] = signed["signer_infos"]
    info["unsigned_attrs"] = []  # a time stamp, to make room
    signed["signer_infos"] = [info, info]


@pytest.mark.parametrize(
    ("change", "code"),
    [(without_certificates, "signature-certificate"), (signed_twice, "damaged")],
)
def test_a_signature_the_archive_could_not_check_is_named(made, change, code):
    data = with_value(made["bổ sung danh sách"].data, change)
    assert [lack.code for lack in archival.check(data)] == [code]


def test_a_signature_that_leaves_bytes_out_is_named(made):
    data = made["bổ sung danh sách"].data
    [*_others, last] = re.finditer(rb"/ByteRange \[0 \d+ \d+ (\d+)", data)
    shorter = str(int(last[1]) - 5).encode().rjust(len(last[1]))
    data = data[: last.start(1)] + shorter + data[last.end(1) :]
    assert [lack.code for lack in archival.check(data)] == ["signature-range"]


# -- flipped bits --------------------------------------------------------------------------------


def test_500_flipped_bits_are_all_refused_and_each_defence_alone_finds_most(made, capsys):
    found = list(flips.all_flips(made))
    with capsys.disabled():
        print()
        print(*flips.table(found, {way.name: len(way.data) for way in made.values()}), sep="\n")

    assert len({(item.way, item.position) for item in found}) == 500
    assert [(item.way, item.position) for item in found if not item.refused] == []
    assert all(item.digest for item in found)
    signed = [item for item in found if item.way != "bản quét"]
    assert sum(item.signature for item in signed) >= 385
    # What the signatures miss lies where none reaches: in the value of the last one (the zeros
    # after it, the case of a hexadecimal letter, a time stamp) or in what was completed later.
    assert [(item.way, item.position) for item in signed if item.covered > item.signature] == []
    missed = {item.way for item in signed if not item.signature}
    assert {"phần mềm", "bổ sung danh sách"} <= missed
