"""A case taken out and checked by a program that knows nothing of ours, whole and tampered with."""

import hashlib
import io
import json
import random
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers, timestamps

from documents.signing import demo_ca
from procedures.files import exporting
from procedures.models import Viewing
from procedures.roles import Role
from tests.conftest import TAM_QUANG, Cast
from tests.documents.outside import Outside
from tests.procedures.conftest import Road
from workflows import excerpt, midstate
from workflows.models import Agency
from workflows.states import State

SCRIPT = Path(settings.BASE_DIR) / "scripts" / "verify_case.py"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def both(django_db_setup, django_db_blocker):
    """A released case with others' lines between its own, as {name: bytes}; and taken out again
    when the file of its decision was damaged."""
    with django_db_blocker.unblock(), transaction.atomic():
        road = Road(Cast(Agency.objects.get(code=TAM_QUANG)))
        dossier = road.to(State.SUBMITTED)
        road.to(State.SUBMITTED, road.cast(Role.HAMLET_HEAD, 1))
        dossier = road._forward(dossier, State.CHECKED)
        road.to(State.SUBMITTED, road.cast(Role.HAMLET_HEAD, 2))
        dossier = road._forward(dossier, State.RELEASED)
        made = exporting.export(dossier)
        [stored] = dossier.decision.files.filter(stage="sealed")
        with stored.file.open("ab") as file:
            file.write(b" ")
        without = exporting.export(dossier)
        transaction.set_rollback(True)
    assert made.missing == []
    return SimpleNamespace(whole=unpacked(made.data), without=without)


@pytest.fixture
def exported(both):
    return both.whole


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def check(tmp_path):
    """Run the script on these files: (exit code, what it said)."""

    def run(files, roots=None, unpacked=False):
        place = tmp_path / ("case" if unpacked else "case.zip")
        if unpacked:
            for name, data in files.items():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                (place / name).write_bytes(data)
        else:
            with zipfile.ZipFile(place, "w") as archive:
                for name, data in files.items():
                    archive.writestr(name, data)
        command = [sys.executable, "-I", str(SCRIPT), str(place)]
        done = subprocess.run(
            [*command, "--roots", str(roots or demo_ca.root_file())],
            capture_output=True, text=True, cwd=tmp_path, env={"PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        assert not done.stderr, done.stderr
        return done.returncode, done.stdout

    return run


def changed(files, name, change):
    """The files with one JSON file changed by a function."""
    told = json.loads(files[name])
    change(told)
    return files | {name: json.dumps(told, ensure_ascii=False).encode()}


def decision(files):
    return next(name for name in files if "QD-UBND" in name)


def test_a_whole_case_passes(exported, check):
    code, said = check(exported)
    assert code == 0, said
    assert "KẾT LUẬN: HỢP LỆ." in said
    assert "[SAI]" not in said
    assert said.count("chữ ký còn nguyên, chứng thư dẫn đến gốc đã cho") == 3
    assert "không lần nào bị giấu" in said
    assert "qua 4 dòng của việc khác" in said
    assert "đúng như khi đóng dấu" in said
    assert "2 dòng cuối chưa có con dấu nào" in said
    assert check(exported, unpacked=True)[0] == 0


def test_what_other_cases_say_is_not_in_it(exported):
    ledger = json.loads(exported["ledger.json"])
    links = [line for line in ledger["lines"] if "text" not in line]
    assert len(links) == 4
    for line in links:
        # Nothing but digits of digests, and the marks between them.
        assert set(line["end"]) <= set('0123456789abcdef", ]')
        assert set(line) == {"sequence", "hash", "state", "length", "end"}


def test_an_edited_line_is_found(exported, check):
    def edit(ledger):
        line = next(one for one in ledger["lines"] if '"submit"' in one.get("text", ""))
        line["text"] = line["text"].replace("submit", "permit")

    code, said = check(changed(exported, "ledger.json", edit))
    assert code == 1
    assert "nội dung đã bị sửa" in said


def test_a_chain_computed_anew_breaks_at_the_anchor(exported, check):
    """Whoever can rewrite the database can rewrite the chain, but not what lies under the seal."""

    def rewrite(ledger):
        previous = None
        for line in ledger["lines"]:
            if "text" not in line:
                continue
            told = json.loads(line["text"])
            told[12] = "Tôi đồng ý"  # the note
            told[15] = previous or told[15]
            line["text"] = json.dumps(told, ensure_ascii=False, sort_keys=True)
            line["hash"] = previous = hashlib.sha256(line["text"].encode()).hexdigest()
        ledger["lines"] = [line for line in ledger["lines"] if "text" in line]
        for number, line in enumerate(ledger["lines"], ledger["first"]):
            line["sequence"] = number

    code, said = check(changed(exported, "ledger.json", rewrite))
    assert code == 1
    assert "số thứ tự không liền nhau" in said

    def whole(ledger):
        """The hidden lines are kept: a hidden line cannot be made to follow another."""
        lines = ledger["lines"]
        at = next(n for n, line in enumerate(lines) if "text" not in line) - 1
        first, second = lines[at : at + 2]
        told = json.loads(first["text"])
        told[12] = "Tôi đồng ý"
        first["text"] = json.dumps(told, ensure_ascii=False, sort_keys=True)
        first["hash"] = hashlib.sha256(first["text"].encode()).hexdigest()
        second["end"] = second["end"][:-66] + first["hash"] + '"]'

    code, said = check(changed(exported, "ledger.json", whole))
    assert code == 1
    assert "nội dung đã bị sửa" in said


def test_a_line_of_the_case_hidden_among_the_others_is_found(exported, check):
    def hide(ledger):
        for line in ledger["lines"]:
            if '"check_content"' in line.get("text", ""):
                line |= excerpt._link(line.pop("text").encode())

    code, said = check(changed(exported, "ledger.json", hide))
    assert code == 1
    assert "bị giấu hoặc bỏ đi" in said


def test_a_cut_tail_is_found(exported, check):
    def cut(ledger, count):
        del ledger["lines"][-count:]
        ledger["last"], ledger["head"] = (ledger["lines"][-1][n] for n in ("sequence", "hash"))

    def agree(case, count):
        lines = json.loads(exported["ledger.json"])["lines"]
        last = lines[-count - 1]
        case["ledger"] |= {"last": last["sequence"], "head": last["hash"]}
        told = json.loads(last["text"])
        case["record"] |= {"state": told[10], "revision": told[11]}

    only = changed(exported, "ledger.json", lambda ledger: cut(ledger, 1))
    code, said = check(only)
    assert code == 1
    assert "bị cắt hoặc thêm" in said
    # The cutter makes the case agree, beyond the anchored line: the seal still knows.
    both = changed(exported, "ledger.json", lambda ledger: cut(ledger, 3))
    both = changed(both, "case.json", lambda case: agree(case, 3))
    code, said = check(both)
    assert code == 1
    assert "đoạn nhật ký không có dòng ấy" in said


def test_a_swapped_or_changed_file_is_found(exported, check):
    name = decision(exported)
    other = next(n for n in exported if n.endswith(".pdf") and n != name)
    code, said = check(exported | {name: exported[other]})
    assert code == 1
    assert "tệp đã bị thay hoặc sửa" in said

    # The digest made to fit: then the signatures speak.
    def fit(case):
        for document in case["documents"]:
            if document["file"] == name:
                document["sha256"] = hashlib.sha256(exported[other]).hexdigest()

    code, said = check(changed(exported | {name: exported[other]}, "case.json", fit))
    assert code == 1
    assert "thiếu chữ ký" in said

    broken = bytearray(exported[name])
    broken[len(broken) // 3] ^= 1

    def fit_broken(case):
        for document in case["documents"]:
            if document["file"] == name:
                document["sha256"] = hashlib.sha256(broken).hexdigest()

    code, said = check(changed(exported | {name: bytes(broken)}, "case.json", fit_broken))
    assert code == 1
    assert "đã bị sửa sau khi ký" in said or "không đọc được PDF" in said
    gone = {key: data for key, data in exported.items() if key != name}
    assert "thiếu tệp" in check(gone)[1]
    assert "không có trong danh mục" in check(exported | {"van-ban/them.pdf": b"%PDF-"})[1]


def test_a_file_completed_with_a_time_stamp_is_whole(exported, check, tmp_path):
    """The stamp over the whole document is no signature of somebody's."""
    name, tool = decision(exported), Outside(tmp_path)
    tool.token("Nơi cấp dấu thời gian", "stamps")
    stamps = signers.SimpleSigner.load_pkcs12(tmp_path / "stamps.p12", passphrase=b"outside")
    stamper = timestamps.DummyTimeStamper(stamps.signing_cert, stamps.signing_key)
    writer = IncrementalPdfFileWriter(io.BytesIO(exported[name]))
    stamped = signers.PdfTimeStamper(stamper).timestamp_pdf(writer, "sha256").getvalue()
    assert b"/DocTimeStamp" in stamped[len(exported[name]) :]

    def fit(case):
        told = next(one for one in case["documents"] if one["file"] == name)
        told["sha256"] = hashlib.sha256(stamped).hexdigest()

    code, said = check(changed(exported | {name: stamped}, "case.json", fit))
    assert code == 0, said
    assert said.count("chữ ký còn nguyên") == 3


def test_a_damaged_file_is_named_and_no_case_without_it_is_whole(both, check):
    [lacking] = both.without.missing
    assert "QĐ-UBND: Tệp lưu trữ đã bị thay đổi" in lacking
    code, said = check(unpacked(both.without.data))
    assert code == 1
    assert "không có tệp. Tệp lưu trữ đã bị thay đổi" in said
    assert "KHÔNG HỢP LỆ (1 điểm sai)" in said


def test_other_roots_are_not_trusted(exported, check, tmp_path):
    (tmp_path / "roots").mkdir()
    code, said = check(exported, roots=tmp_path / "roots")
    assert code == 1
    assert "không dẫn đến gốc đã cho" in said


def test_the_clerk_takes_a_case_out_and_it_is_written_down(road, tam_quang, client, tmp_path):
    dossier = road.to(State.SUBMITTED)
    address = f"/ho-so/{dossier.pk}/kiem-tra.zip"
    client.force_login(tam_quang(Role.CLERK))
    answer = client.get(address)
    assert answer["Content-Type"] == "application/zip"
    assert Viewing.objects.filter(dossier=dossier, kind="papers").count() == 1
    assert address in client.get(f"/ho-so/{dossier.pk}/").content.decode()
    client.force_login(tam_quang(Role.SPECIALIST))
    assert client.get(address).status_code == 403
    assert address not in client.get(f"/ho-so/{dossier.pk}/").content.decode()

    out = tmp_path / "a.zip"
    call_command("export_case", str(dossier.pk), "--out", str(out), stdout=io.StringIO())
    with zipfile.ZipFile(out) as archive:
        assert {"case.json", "ledger.json"} < set(archive.namelist())
    with pytest.raises(CommandError, match="Không có hồ sơ"):
        call_command("export_case", "999999")


def test_sha_256_stopped_half_way_is_sha_256():
    dice = random.Random(5)
    assert midstate.START[0] == 0x6A09E667
    for length in (67, 128, 130, 700, 2048):
        text = dice.randbytes(length)
        cut = (length - 67) // 64 * 64
        words = midstate.state_after(text[:cut])
        state = b"".join(word.to_bytes(4, "big") for word in words)
        assert _script().finished(state, text[cut:], length) == hashlib.sha256(text).hexdigest()


def _script():
    import importlib.util

    spec = importlib.util.spec_from_file_location("verify_case", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
