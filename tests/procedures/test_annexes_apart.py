"""A decision with its list in a file of its own, from the clerk's wish to everywhere it is seen."""

import io
import json
import subprocess
import sys
import zipfile
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from django.db import transaction
from django.urls import reverse

from documents import nd30, service
from documents.signing import demo_ca
from procedures.files import bundles, exporting, handover
from procedures.models import Dossier
from procedures.roles import Role
from tests.conftest import TAM_QUANG, Cast
from tests.documents.office import text_of
from tests.documents.outside import Outside
from tests.procedures.conftest import Road
from workflows.errors import Refusal
from workflows.models import Agency, Event
from workflows.states import State

from .cells import data_for
from .test_exporting import SCRIPT

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A released decision with its annex apart: (dossier, decision, body, annex)."""
    with django_db_blocker.unblock(), transaction.atomic():
        road = Road(Cast(Agency.objects.get(code=TAM_QUANG)))
        dossier = road.to(State.APPRAISED)
        draft = dossier.final_text()
        dossier = road.do(dossier, "set_annexes_apart", road.cast(Role.CLERK))
        assert dossier.final_text() == draft  # drafts show all of it, wherever it will stand
        dossier = road._forward(dossier, State.RELEASED)
        decision = dossier.decision
        yield SimpleNamespace(
            cast=road.cast,
            dossier=dossier,
            decision=decision,
            body=service.file_of(decision),
            annex=service.annex_file(decision, 1),
        )
        transaction.set_rollback(True)


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def ending(files, end):
    [found] = [data for name, data in files.items() if name.endswith(end)]
    return found


def test_two_files_one_decision(made):
    assert [annex.apart for annex in made.decision.says().annexes] == [True]
    name = made.dossier.lines()[0].seats.first().full_name
    assert name not in text_of(made.body)
    assert "(có danh sách kèm theo)" in " ".join(text_of(made.body).split())
    assert name in text_of(made.annex)
    assert nd30.check(made.annex) == nd30.check(made.body) == []
    found = service.verify(made.annex)
    assert (found.valid, found.annex) == (
        True,
        f"Phụ lục của Quyết định số {made.decision.reference}",
    )
    event = Event.objects.get(record_id=made.dossier.pk, act="set_annexes_apart")
    assert event.actor_id == made.cast(Role.CLERK).pk
    assert "annexes_apart" in made.dossier.snapshot()


def test_the_case_page_the_reading_and_the_file(made, client):
    client.force_login(made.cast(Role.HAMLET_HEAD))
    case = client.get(reverse("dossier", args=[made.dossier.pk])).content.decode()
    address = reverse("annex-download", args=[made.decision.pk, 1])
    assert address in case
    assert "để phụ lục của văn bản thành tệp riêng" in case
    got = client.get(address)
    assert got.content == made.annex
    assert "phu-luc" in got["Content-Disposition"]
    pages = client.get(reverse("dossier-read", args=[made.dossier.pk, "decision"]))
    whole = service.page_count(made.body) + service.page_count(made.annex)
    assert pages.context["reading"].numbers == tuple(range(1, whole + 1))
    last = [made.dossier.pk, "decision", pages.context["reading"].digest, whole]
    assert client.get(reverse("dossier-picture", args=last))["Content-Type"] == "image/png"
    missing = reverse("annex-download", args=[made.decision.pk, 2])
    assert client.get(missing).status_code == 404


def test_another_commune_and_nobody_get_nothing(made, client, hac_thanh):
    address = reverse("annex-download", args=[made.decision.pk, 1])
    assert client.get(address).status_code == 302
    absent = reverse("annex-download", args=[2**70, 1])
    for role in (Role.CLERK, Role.CHAIRMAN, Role.HAMLET_HEAD):
        client.force_login(hac_thanh(role))
        assert client.get(address).status_code == client.get(absent).status_code == 404
        assert client.post(address).status_code == 405


def test_the_zip_of_papers_names_it_beside_its_decision(made):
    files = unpacked(b"".join(bundles.stream(bundles.items([made.dossier]))))
    assert ending(files, "_phu-luc.pdf") == made.annex
    listed = ending(files, ".csv").decode("utf-8-sig")
    assert service.sha256(made.annex) in listed
    assert "Phụ lục của Quyết định" in listed


def test_the_hand_over_package_has_it_in_the_list_and_in_the_edxml(made):
    files = unpacked(handover.package(made.dossier, bundles.items([made.dossier])))
    assert ending(files, "_phu-luc.pdf") == made.annex
    [edxml] = [d for n, d in files.items() if n.endswith(".edxml") and "QD-UBND" in n]
    encoded = ET.fromstring(edxml).find("{*}AttachmentEncoded")
    names = [one.findtext("AttachmentName") for one in encoded]
    assert len(names) == 2
    assert names[1].endswith("-phu-luc.pdf")
    pages = service.page_count(made.body) + service.page_count(made.annex)
    assert ET.fromstring(edxml).findtext(".//PageAmount") == str(pages)
    assert "phu-luc.pdf" in ending(files, "muc-luc-van-ban.csv").decode("utf-8-sig")


def test_who_has_only_the_export_can_check_it(made, tmp_path):
    files = unpacked(exporting.export(made.dossier).data)
    assert ending(files, "_phu-luc.pdf") == made.annex
    code, said = checked(files, tmp_path)
    assert code == 0, said
    assert "Phụ lục của Quyết định" in said
    # The annex of a case with another text: its seal names what it belongs to.
    case = json.loads(files["case.json"])
    [told] = [one for one in case["documents"] if one["annex"]]
    told["content"] = "0" * 64
    code, said = checked({**files, "case.json": json.dumps(case).encode()}, tmp_path)
    assert code == 1
    assert "phụ lục không thuộc văn bản nào trong hồ sơ" in said
    # Another annex of the same text in its place: its address says which it is.
    case = json.loads(files["case.json"])
    [told] = [one for one in case["documents"] if one["annex"]]
    told["annex"] = 2
    code, said = checked({**files, "case.json": json.dumps(case).encode()}, tmp_path)
    assert code == 1
    assert "tệp là phụ lục khác" in said


def checked(files, folder):
    place = folder / "case.zip"
    with zipfile.ZipFile(place, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    command = [sys.executable, "-I", str(SCRIPT), str(place), "--roots", str(demo_ca.root_file())]
    done = subprocess.run(
        command, capture_output=True, text=True, env={"PYTHONIOENCODING": "utf-8"}, check=False
    )
    return done.returncode, done.stdout


def test_the_wish_is_changed_until_the_form_is_checked_and_ink_asks_for_one_paper(
    road, tam_quang, tmp_path
):
    dossier = road.to(State.SUBMITTED, tam_quang(Role.HAMLET_HEAD, 1))
    specialist, clerk = tam_quang(Role.SPECIALIST), tam_quang(Role.CLERK)
    with pytest.raises(Refusal, match="cùng tệp"):
        road.do(dossier, "put_annexes_back", specialist)
    dossier = road.do(dossier, "set_annexes_apart", specialist)
    with pytest.raises(Refusal, match="không có phụ lục nào để tách"):
        road.do(dossier, "set_annexes_apart", specialist)
    dossier = road._forward(dossier, State.APPRAISED)
    assert Dossier.objects.get(pk=dossier.pk).annexes_apart
    dossier = road.do(dossier, "put_annexes_back", clerk)
    assert not Dossier.objects.get(pk=dossier.pk).annexes_apart

    # An agency whose seal is in a tool of its own signs one file at a time.
    issuer = dossier.commune.issuer
    with transaction.atomic():
        Outside(tmp_path).enrolled(issuer.key, "seal", issuer.name, "seal")
        with pytest.raises(Refusal, match="thiết bị riêng"):
            road.do(dossier, "set_annexes_apart", clerk)
        transaction.set_rollback(True)

    # The wish is about files: what is printed and signed by hand has its annex with it.
    dossier = road.do(dossier, "set_annexes_apart", clerk)
    dossier = road._forward(dossier, State.CLEARED)
    number = {"number": 77} if dossier.series("decision").mode == "external" else {}
    said = data_for("record_paper_decision", dossier, tam_quang)
    done = road.do(dossier, "record_paper_decision", clerk, **said, **number)
    assert service.annexes_apart(done.decision) == []
