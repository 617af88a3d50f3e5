"""The keeper's pages open, delete nothing, and decide nothing."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse

from procedures.admin import KeptAdmin
from procedures.models import Change, Dossier, Membership, Seat, Team
from workflows.models import Case, CaseTask, Event

from .test_existing import commune_of
from .test_own_regulations import entered

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
OURS = [model for model in MODELS if isinstance(admin.site._registry[model], KeptAdmin)]


@pytest.fixture
def keeper(client, db):
    user = get_user_model().objects.create_superuser("nguoi-giu", "x", full_name="Người Giữ")
    client.force_login(user)
    return client


def at(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_page_opens(model, keeper):
    assert keeper.get(at(model, "changelist")).status_code == 200
    assert keeper.get(at(model, "add")).status_code in (200, 403)
    row = model._default_manager.first()
    if row:
        assert keeper.get(at(model, "change", row.pk)).status_code == 200


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_nothing_is_deleted(model, keeper, tam_quang):
    entered(commune_of(tam_quang))
    row = model._default_manager.first()
    assert row is not None
    answer = keeper.post(at(model, "delete", row.pk), {"post": "yes"})
    assert answer.status_code == 403
    assert model._default_manager.filter(pk=row.pk).exists()


def test_what_is_decided_is_not_edited_here():
    decided = {Dossier, Change, Seat, Team, Membership, Event, Case, CaseTask}
    assert not decided & set(admin.site._registry)


def test_an_officer_without_the_keepers_mark_does_not_come_in(client, tam_quang):
    client.force_login(tam_quang("chairman"))
    assert client.get("/quan-tri/").status_code == 302
