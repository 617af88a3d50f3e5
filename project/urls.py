from django.contrib import admin
from django.urls import include, path

from .accounts.urls import sign_in

# The keeper's own sign-in page would know neither the limits nor the second factor.
admin.site.login = sign_in  # type: ignore[assignment,method-assign]

urlpatterns = [
    path("", include("project.accounts.urls")),
    path("quan-tri/", admin.site.urls),
    path("", include("procedures.urls")),
    path("", include("documents.urls")),
]
