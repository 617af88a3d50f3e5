"""The office's look into the register. Documents and files are read-only here: they move through
:mod:`documents.service` alone. Who issues, under which numbers and with which keys is set up where
the ledger is known: :mod:`procedures.admin`."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .kinds import KINDS
from .models import AnnexFile, Counter, Document, StoredFile


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Nothing in the register is added, changed or deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Counter)
class CounterAdmin(ReadOnlyAdmin):
    list_display = ("series", "year", "value")


class OfKind(admin.SimpleListFilter):
    """Kinds by their names, where the column keeps their keys."""

    title = _("Loại")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, str(kind.label)) for key, kind in KINDS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> QuerySet[Document]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "called", "date", "excerpt", "state", "signer_name")
    list_filter = (OfKind, "state", "issuer", "year")
    search_fields = ("=number", "symbol")
    exclude = ("token", "attempt")

    @admin.display(description=_("Loại"), ordering="kind")
    def called(self, document: Document) -> str:
        return document.name

    @admin.display(description=_("Trích yếu"))
    def excerpt(self, document: Document) -> str:
        return document.subject


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    list_display = ("document", "stage", "sha256", "size", "created")
    list_filter = ("stage",)


@admin.register(AnnexFile)
class AnnexFileAdmin(ReadOnlyAdmin):
    list_display = ("document", "ordinal", "stage", "sha256", "size", "created")
    list_filter = ("stage",)
