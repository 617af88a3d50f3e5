from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import include, path
from viewflow.workflow.models import Process, Task

from .accounts.urls import sign_in

# The keeper's own sign-in page would know neither the limits nor the second factor.
admin.site.login = sign_in  # type: ignore[assignment,method-assign]

# Cases move through acts alone, and nothing here knows of groups or of allauth's addresses.
admin.site.unregister([Process, Task, EmailAddress, Group])

urlpatterns = [
    path("", include("project.accounts.urls")),
    path("quan-tri/", admin.site.urls),
    path("", include("procedures.urls")),
    path("", include("documents.urls")),
]
