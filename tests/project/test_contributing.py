"""CONTRIBUTING.md names what is there, and counts it right."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PACKAGES = ("procedures", "documents", "workflows", "project", "tests", "templates", "scripts")


def named():
    """Every path that begins at the root: a file, a folder, or all files of a pattern."""
    told = re.findall(r"`([\w./*-]+)`", TEXT)
    return sorted({path for path in told if path.startswith(tuple(f"{p}/" for p in PACKAGES))})


def test_it_names_many_places():
    assert len(named()) > 100


@pytest.mark.parametrize("path", named())
def test_a_place_it_names_is_there(path):
    assert list(ROOT.glob(path.rstrip("/"))), path


def test_the_worked_example_is_as_long_as_it_says():
    counted = re.findall(r"\| `([\w./-]+\.py)` \| (\d+) \|", TEXT)
    assert len(counted) == 5
    for path, lines in counted:
        assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) == int(lines), path
