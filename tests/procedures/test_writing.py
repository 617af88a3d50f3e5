"""Whose words an author's saving keeps: each kind of case has one method of its own."""

import pytest
from django.db import models

from procedures.models import Dossier
from procedures.models.writing import writer_of, writers, writes


def test_every_kind_of_case_keeps_its_own_words():
    found = writers(Dossier)
    assert set(found) == {
        "remedy", "lists_upward", "restructures", "assigns", "is_upward", "is_drafted",
    }  # fmt: skip
    assert all(callable(getattr(Dossier, name)) for name in found.values())


def test_a_list_of_a_team_is_written_as_it_is_and_a_case_by_its_own_method():
    assert writer_of(Dossier(procedure="establish_team")) is None
    assert writer_of(Dossier(remedy="correct")).__name__ == "write_remedy"


def test_two_methods_for_one_kind_are_a_mistake_of_ours():
    class First(models.Model):
        class Meta:
            abstract = True

        @writes("mine")
        def one(self, step):
            """Nothing."""

        @writes("mine")
        def two(self, step):
            """Nothing."""

    with pytest.raises(AssertionError, match="two methods write where mine"):
        writers(First)
