from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from .models import SignInEvent, User


@admin.register(User)
class AccountAdmin(UserAdmin[User]):
    ordering = ["username"]
    list_display = ["username", "full_name", "email", "is_active"]
    search_fields = ["username", "full_name"]
    fieldsets = [
        (None, {"fields": ["username", "password", "full_name", "email"]}),
        (None, {"fields": ["is_active", "is_staff", "is_superuser"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "full_name", "password1", "password2"]})]

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False


@admin.register(SignInEvent)
class SignInEventAdmin(admin.ModelAdmin[SignInEvent]):
    """To be read: nobody writes it by hand."""

    list_display = ["at", "kind", "user", "actor", "note"]
    list_select_related = ["user", "actor"]

    def has_add_permission(self, request: object) -> bool:
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False
