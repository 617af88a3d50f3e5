from django.contrib.admin.apps import AdminConfig


class KeepersPages(AdminConfig):
    """Django's admin with only what its keeper may touch, behind the office's own sign-in."""

    def ready(self) -> None:
        super().ready()
        from allauth.account.models import EmailAddress
        from django.contrib import admin
        from django.contrib.auth.models import Group
        from viewflow.workflow.models import Process, Task

        from .accounts.urls import sign_in

        # Cases move through acts alone, and nothing here knows of groups or of allauth's addresses.
        admin.site.unregister([Process, Task, EmailAddress, Group])
        # The keeper's own sign-in page would know neither the limits nor the second factor.
        admin.site.login = sign_in  # type: ignore[assignment,method-assign]
