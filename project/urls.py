from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from .forms import LoginForm

urlpatterns = [
    path("vao/", auth.LoginView.as_view(authentication_form=LoginForm), name="login"),
    path("ra/", auth.LogoutView.as_view(), name="logout"),
    path("quan-tri/", admin.site.urls),
    path("", include("procedures.urls")),
    path("", include("documents.urls")),
]
