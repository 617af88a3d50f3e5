"""Imports go one way (import-linter); so do the relations of the models, which it cannot see."""

import pytest
from django.apps import apps

BELOW = {
    "workflows": {"workflows", "viewflow", "accounts", "contenttypes"},
    "documents": {"documents"},
    "procedures": {"procedures", "workflows", "documents", "viewflow", "accounts", "contenttypes"},
    "accounts": {"accounts", "auth"},
}


@pytest.mark.parametrize("label", BELOW)
def test_relations_point_downwards(label):
    for model in apps.get_app_config(label).get_models():
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                assert field.related_model._meta.app_label in BELOW[label], field
