"""Places, posts and who holds them, for whoever keeps the installation.

Nothing here decides a case: dossiers, teams and the ledger are not editable, and a person's right
still comes from the posts he holds. Rows are ended with a date, never deleted. What an office has a
page for is only read here, but for what its clerk cannot do: be entered as the first, or follow one
who is gone. Every change is told in the ledger of the office it is about.
"""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Issuer, Series, SigningKey
from workflows import entries
from workflows.models import Agency, Delegation, Holding, Post, Unit, in_force

from .issuing import signers
from .models import Commune, Division, Hamlet, OwnRegulation, OwnValue, Person
from .roles import Role

Model = admin.ModelAdmin[Any]


class KeptAdmin(Model):
    """Decisions keep naming what they were made by: nothing is deleted, every change is told."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._tell(request, obj, message, self.get_fields(request))
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        if message:
            read_only = self.get_readonly_fields(request, obj)
            typed = [name for name in self.get_fields(request, obj) if name not in read_only]
            self._tell(request, obj, message, typed)
        return super().log_change(request, obj, message)

    def _tell(self, request: HttpRequest, row: Any, message: Any, typed: Any) -> None:
        """What was changed, in Django's words, and what is typed here as it is now."""
        told = {"changed": message, "now": {name: _plain(getattr(row, name)) for name in typed}}
        with translation.override("vi"):
            capacity = _("Người giữ hệ thống")
        for agency in _agencies_of(row):
            entries.write_as("set_up", row, agency, by=request.user, capacity=capacity, told=told)


def _agencies_of(row: Any) -> list[Agency]:
    """The offices a row is about: of a signer's key those he serves, of an issuer nobody uses yet
    none."""
    if isinstance(row, Agency):
        return [row]
    if isinstance(row, SigningKey):
        serves = Q(posts__holdings__user__in=signers.owner_of(row.owner_key))
        return _distinct(serves | _issues(Q(key=row.owner_key)))
    if isinstance(row, Issuer | Series):
        return _distinct(_issues(Q(pk=getattr(row, "issuer_id", row.pk))))
    return [row.agency if hasattr(row, "agency") else row.commune.agency]


def _issues(wanted: Q) -> Q:
    """Filter of agencies: in whose own name, or a division's, such an issuer issues."""
    issuers = Issuer.objects.filter(wanted)
    return Q(commune__issuer__in=issuers) | Q(commune__divisions__issuer__in=issuers)


def _distinct(wanted: Q) -> list[Agency]:
    return list(Agency.objects.filter(wanted).distinct().order_by("pk"))


def _plain(value: Any) -> Any:
    """As the ledger keeps it: days in ISO, rows by their name."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)


@admin.register(Agency)
class AgencyAdmin(KeptAdmin):
    list_display = ["code", "name"]


@admin.register(Unit)
class UnitAdmin(KeptAdmin):
    list_display = ["code", "name", "agency"]
    list_filter = ["agency"]


class OfRole(admin.SimpleListFilter):
    """Roles by their names, where the column keeps their keys."""

    title = gettext_lazy("Vai trò")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(role.value, str(role.label)) for role in Role]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(role=self.value()) if self.value() else queryset


@admin.register(Post)
class PostAdmin(KeptAdmin):
    list_display = ["title", "called", "unit", "agency"]
    list_filter = ["agency", OfRole]
    search_fields = ["title"]

    @admin.display(description=gettext_lazy("Vai trò"), ordering="role")
    def called(self, post: Post) -> str:
        return str(dict(Role.choices).get(post.role, post.role))


class HolderForm(forms.ModelForm[Holding]):
    """Somebody enters a post where no clerk of the office can write it down."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        post = cleaned.get("post")
        clerks = Holding.objects.filter(in_force(), post__role=Role.CLERK)
        if post and clerks.filter(post__agency=post.agency_id).exists():
            raise forms.ValidationError(
                _("Cơ quan đã có văn thư: văn thư nhập ở trang “Người và phân công”.")
            )
        return cleaned


@admin.register(Holding)
class HoldingAdmin(KeptAdmin):
    """A holding is ended here where no clerk can do it; else its page is "Người và phân công"."""

    list_display = ["post", "user", "acting", "since", "until"]
    list_filter = ["post__agency"]
    list_select_related = ["post", "user"]
    autocomplete_fields = ["post", "user"]
    form = HolderForm

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["post", "user", "acting", "since", "paper", "paper_date"] if obj else []


@admin.register(Delegation)
class DelegationAdmin(KeptAdmin):
    """To be read: the clerk enters and ends them on the page "Người và phân công"."""

    list_display = ["delegate", "kind", "principal", "field", "since", "until", "paper"]
    list_filter = ["principal__agency", "kind"]
    list_select_related = ["delegate", "principal"]
    autocomplete_fields = ["principal", "delegate"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Commune)
class CommuneAdmin(KeptAdmin):
    """Its clerk chooses how the office works."""

    list_display = ["name", "kind", "code", "province"]
    search_fields = ["name", "code"]
    readonly_fields = ["asking", "office_review"]


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


@admin.register(Issuer)
class IssuerAdmin(KeptAdmin):
    list_display = ["name", "place", "key"]
    search_fields = ["name", "key"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["key"] if obj else []


@admin.register(Series)
class SeriesAdmin(KeptAdmin):
    list_display = ["symbol", "issuer", "mode"]
    list_filter = ["mode"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["issuer", "symbol", "mode"] if obj else []


@admin.register(SigningKey)
class SigningKeyAdmin(KeptAdmin):
    """Only deactivation: a key is made or enrolled by a command, and its private part is shown
    nowhere."""

    list_display = ["owner_key", "purpose", "demo", "not_after", "active"]
    list_filter = ["purpose", "demo", "active"]
    readonly_fields = [
        "owner_key", "purpose", "fingerprint", "demo", "not_after", "module", "token_label",
        "token_serial", "certificate",
    ]  # fmt: skip
    fields = [*readonly_fields, "active"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        ended = obj is not None and not obj.active
        return not ended and super().has_change_permission(request, obj)
