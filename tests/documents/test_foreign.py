"""Pages that other programs drew (foreign/README.md): the right ones pass, the faults are found."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from documents import nd30

FOREIGN = Path(__file__).parent / "foreign"

# By hand, from the faults put into each page.
RULES = {
    "chromium-decision": ("Quyết định", set()),
    "typst-letter": ("Công văn", set()),
    "libreoffice-decision": (
        "Quyết định",
        {
            "margin-top", "page-number-first", "national-name-style", "motto-rule", "issuer-rule",
            "date-padding", "number-text", "subject-rule", "subject-stop", "grounds-style",
            "grounds-marks", "grounds-law", "point-mark", "signature-mark", "recipients-style",
            "recipients-file",
        },
    ),
    "chromium-deviations": (
        "Quyết định",
        {
            "page-number-place", "motto-rule", "type-name-style", "subject-style", "grounds-text",
            # A trích yếu in capitals runs into the authority below it.
            "subject-rule", "authority-place",
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(RULES))
def test_what_another_program_drew(name):
    kind, rules = RULES[name]
    report = nd30.inspect((FOREIGN / f"{name}.pdf").read_bytes())
    assert report.kind == kind
    assert {finding.rule for finding in report.findings} == rules
    articles = [finding.article for finding in report.findings]
    assert all("Nghị định 30/2020/NĐ-CP" in text or "Luật" in text for text in articles)


def test_several_files_are_checked_at_once():
    files = [str(FOREIGN / f"{name}.pdf") for name in ("typst-letter", "libreoffice-decision")]
    out = io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("check_format", *files, stdout=out)
    assert left.value.code == 1
    told = json.loads(out.getvalue())
    assert [(one["kind"], bool(one["findings"])) for one in told] == [
        ("Công văn", False), ("Quyết định", True),
    ]  # fmt: skip
    missing, errors = str(FOREIGN / "none.pdf"), io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("check_format", files[0], missing, stdout=io.StringIO(), stderr=errors)
    assert left.value.code == 2
    assert "none.pdf" in errors.getvalue()
