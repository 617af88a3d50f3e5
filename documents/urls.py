"""Public pages only; the project mounts them at its root."""

from django.urls import path

from . import views

app_name = "documents"

urlpatterns = [
    path("v/<str:token>/", views.public, name="public"),
    path("kiem-tra/", views.verify_file, name="verify-file"),
    path("kiem-tra/the-thuc/", views.check_form, name="check-form"),
]
