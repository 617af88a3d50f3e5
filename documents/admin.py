"""The office's look into the register. Documents and files are read-only here: they move through
:mod:`documents.service` alone."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import AnnexFile, Counter, Document, Issuer, Series, SigningKey, StoredFile


class KeptAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Nothing in the register is deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(KeptAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Issuer)
class IssuerAdmin(KeptAdmin):
    list_display = ("name", "place", "key")
    search_fields = ("name", "key")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("key",) if obj else ()


@admin.register(Series)
class SeriesAdmin(KeptAdmin):
    list_display = ("symbol", "issuer", "mode")
    list_filter = ("mode",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("issuer", "symbol", "mode") if obj else ()


@admin.register(Counter)
class CounterAdmin(ReadOnlyAdmin):
    list_display = ("series", "year", "value")


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ("reference", "kind", "date", "subject", "state", "signer_name")
    list_filter = ("kind", "state", "issuer", "year")
    search_fields = ("=number", "symbol")
    exclude = ("token", "attempt")


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    list_display = ("document", "stage", "sha256", "size", "created")
    list_filter = ("stage",)


@admin.register(AnnexFile)
class AnnexFileAdmin(ReadOnlyAdmin):
    list_display = ("document", "ordinal", "stage", "sha256", "size", "created")
    list_filter = ("stage",)


@admin.register(SigningKey)
class SigningKeyAdmin(KeptAdmin):
    """Only deactivation: a key is made or enrolled by a command, and its private part is shown
    nowhere."""

    list_display = ("owner_key", "purpose", "demo", "not_after", "active")
    list_filter = ("purpose", "demo", "active")
    readonly_fields = (
        "owner_key",
        "purpose",
        "fingerprint",
        "demo",
        "not_after",
        "module",
        "token_label",
        "token_serial",
        "certificate",
    )
    fields = (*readonly_fields, "active")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
