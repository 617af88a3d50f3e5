"""``manage.py render_samples``: one of every kind, plain and signed, nothing wrong with any."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from documents import archival, nd30
from documents.kinds import KINDS
from documents.model import from_json, to_json
from documents.samples import SAMPLES
from documents.samples.printing import fields_of
from documents.verification import signatures

# Signed with a pen: the paper forms and the citizen's application.
ON_PAPER = {
    "quyet-dinh-chu-tich-ban-giay",
    "phu-luc-rieng-ban-giay",
    "sao-y-giay",
    "sao-luc-giay",
    "trich-sao-giay",
    "don-xin-tham-gia",
}


def test_every_kind_is_printed_and_signed_and_both_checks_find_nothing(tmp_path, settings):
    settings.VAR = tmp_path / "var"
    out = io.StringIO()
    call_command("render_samples", str(tmp_path / "out"), stdout=out)

    said = dict(line.split(": ", 1) for line in out.getvalue().splitlines())
    assert {file: words for file, words in said.items() if words != "đạt"} == {}
    signed = {f"{name}-da-ky.pdf" for name in SAMPLES if name not in ON_PAPER}
    assert set(said) == {f"{name}.pdf" for name in SAMPLES} | signed
    for name in signed:
        data = (tmp_path / "out" / name).read_bytes()
        plain = (tmp_path / "out" / name.replace("-da-ky", "")).read_bytes()
        assert data.startswith(plain)
        fields = fields_of(SAMPLES[name.removesuffix("-da-ky.pdf")])
        found = signatures.read_all(signatures.open_pdf(data), lambda _field: timezone.now())
        assert {item.field: item.holds for item in found} == dict.fromkeys(fields, True)


def test_a_fault_fails_the_command_and_is_told_with_its_article(tmp_path, settings, monkeypatch):
    settings.VAR = tmp_path / "var"
    fault = nd30.Finding("end-mark", "Mẫu 1.4", "Không kết thúc", "./.", "không có", 1)
    monkeypatch.setattr(
        "documents.management.commands.render_samples.SAMPLES", {"don": SAMPLES["don-xin-tham-gia"]}
    )
    monkeypatch.setattr(nd30, "check", lambda data: [fault])
    monkeypatch.setattr(archival, "check", lambda data: [archival.Lack("alt", "Hình thiếu lời")])
    out = io.StringIO()
    with pytest.raises(CommandError, match="2 điểm"):
        call_command("render_samples", str(tmp_path), stdout=out)
    assert out.getvalue() == "don.pdf: Không kết thúc (Mẫu 1.4); Hình thiếu lời\n"


def test_the_samples_show_every_kind_of_the_catalogue():
    shown = {sample.content.kind for sample in SAMPLES.values()}
    # Printed by the same template as a Đề xuất.
    assert set(KINDS) - shown == {"slip", "team_report"}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_snapshot_restores_the_content(name):
    content = SAMPLES[name].content
    assert from_json(json.loads(json.dumps(to_json(content)))) == content
