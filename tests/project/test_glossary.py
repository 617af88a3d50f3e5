"""Every model, and every word the glossary gives a screen, is what the code says."""

import re
from pathlib import Path

from django.apps import apps

from workflows.states import State

GLOSSARY = (Path(__file__).resolve().parents[2] / "project" / "glossary.md").read_text()
ROWS = {
    cells[0].strip(): [cell.strip() for cell in cells[1:]]
    for line in GLOSSARY.splitlines()
    if line.startswith("|") and len(cells := line.strip("|").split("|")) == 4
}
# Rows of the machinery that nobody reads a word for.
UNSPOKEN = {"Chain", "Counter", "ReceiptCounter", "Case", "CaseTask"}


def test_every_model_has_its_words():
    for label in ("accounts", "workflows", "documents", "procedures"):
        for model in apps.get_app_config(label).get_models():
            if model.__name__ not in UNSPOKEN and not model._meta.proxy:
                assert model.__name__ in ROWS, model


def test_the_screen_words_are_those_of_the_code():
    for name, (_, plain, _) in ROWS.items():
        model = next((m for m in apps.get_models() if m.__name__ == name), None)
        if model is not None and str(model._meta.verbose_name) != name.lower():
            assert plain == str(model._meta.verbose_name), name
        if name in State.values:
            assert plain == State(name).label


def test_no_row_is_without_a_source():
    for name, (_, _, source) in ROWS.items():
        assert source or name == "User"
        assert not re.search(r"^\s*$", source), name
