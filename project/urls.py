from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("project.accounts.urls")),
    path("quan-tri/", admin.site.urls),
    path("", include("procedures.urls")),
    path("", include("documents.urls")),
]
