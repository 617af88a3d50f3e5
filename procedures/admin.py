"""Places, posts and who holds them, for whoever keeps the installation.

Nothing here decides a case: dossiers, teams and the ledger are not editable, and a person's right
still comes from the posts he holds. Rows are ended with a date, never deleted.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from workflows.models import Agency, Delegation, Holding, Post, Unit

from .models import Commune, Division, Hamlet, Person

Model = admin.ModelAdmin[Any]


class KeptAdmin(Model):
    """Decisions keep naming what they were made by: nothing is deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Agency)
class AgencyAdmin(KeptAdmin):
    list_display = ["code", "name"]


@admin.register(Unit)
class UnitAdmin(KeptAdmin):
    list_display = ["code", "name", "agency"]
    list_filter = ["agency"]


@admin.register(Post)
class PostAdmin(KeptAdmin):
    list_display = ["title", "role", "unit", "agency"]
    list_filter = ["agency", "role"]
    search_fields = ["title"]


@admin.register(Holding)
class HoldingAdmin(KeptAdmin):
    list_display = ["post", "user", "acting", "since", "until"]
    list_filter = ["post__agency"]
    list_select_related = ["post", "user"]
    autocomplete_fields = ["post", "user"]


@admin.register(Delegation)
class DelegationAdmin(KeptAdmin):
    list_display = ["delegate", "kind", "principal", "field", "since", "until", "paper"]
    list_filter = ["principal__agency", "kind"]
    list_select_related = ["delegate", "principal"]
    autocomplete_fields = ["principal", "delegate"]


@admin.register(Commune)
class CommuneAdmin(KeptAdmin):
    list_display = ["name", "kind", "code", "province"]
    search_fields = ["name", "code"]


@admin.register(Division)
class DivisionAdmin(KeptAdmin):
    list_display = ["unit", "commune"]


@admin.register(Hamlet)
class HamletAdmin(KeptAdmin):
    list_display = ["name", "kind", "commune", "head_post"]
    list_filter = ["commune"]
    list_select_related = ["commune", "head_post"]
    autocomplete_fields = ["head_post"]
    search_fields = ["name"]


@admin.register(Person)
class PersonAdmin(KeptAdmin):
    """Only the link to an account is set here: names and phones come from the dossiers."""

    list_display = ["full_name", "commune", "user"]
    list_filter = ["commune"]
    search_fields = ["folded"]
    readonly_fields = ["commune", "full_name", "folded", "birth_year"]
    fields = ["commune", "full_name", "birth_year", "user"]
    autocomplete_fields = ["user"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
