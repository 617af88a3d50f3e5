"""Places, posts and who holds them, for whoever keeps the installation.

Nothing here decides a case: dossiers, teams and the ledger are not editable, and a person's right
still comes from the posts he holds. Rows are ended with a date, never deleted.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from workflows.models import Agency, Delegation, Holding, Post, Unit

from .models import Commune, Division, Hamlet, OwnRegulation, OwnValue, Person

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


class OwnValueInline(admin.TabularInline[Any, Any]):
    """Frozen once the regulation has begun to govern."""

    model = OwnValue
    extra = 1

    def _open(self, obj: Any) -> bool:
        return obj is None or obj.since > timezone.localdate()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(obj) and super().has_delete_permission(request, obj)


@admin.register(OwnRegulation)
class OwnRegulationAdmin(KeptAdmin):
    """A regulation that has governed is ended with a date, never changed: decisions cite it."""

    list_display = ["number", "commune", "date", "since", "until"]
    list_filter = ["commune"]
    inlines = [OwnValueInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        begun = obj is not None and obj.since <= timezone.localdate()
        return ["commune", "kind", "number", "date", "about", "since", "replaces"] if begun else []

    def view_on_site(self, obj: Any) -> str:
        return reverse("own-regulation", args=[obj.pk])
