"""The same snapshot gives the same bytes: in every process, and as recorded for these libraries."""

import json
import os
import subprocess
import sys

import pytest

from . import golden


def started(seed):
    """A process of its own that draws the samples, under another order of hashes."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.documents.golden"],
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
        cwd=golden.FILE.parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def runs():
    both = [started(1), started(2)]
    said = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    return [json.loads(text) for text in said]


def test_two_processes_make_the_same_bytes_of_every_sample(runs):
    first, second = runs
    assert len(first["digests"]) > 15
    assert first == second


def test_the_bytes_are_those_recorded_for_these_libraries(runs):
    known = json.loads(golden.FILE.read_text())
    libraries = runs[0]["libraries"]
    if libraries not in known:
        pytest.skip(f"no digests recorded for {libraries}: run tests.documents.golden --write")
    assert runs[0]["digests"] == known[libraries]
