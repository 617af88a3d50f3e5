"""Public pages only; the project mounts them at its root."""

from django.urls import path

from . import views

app_name = "documents"

urlpatterns = [
    path("v/<str:token>/", views.public, name="public"),
]
