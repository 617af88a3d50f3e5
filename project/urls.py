from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import path

urlpatterns = [
    path("vao/", auth.LoginView.as_view(template_name="registration/login.html"), name="login"),
    path("ra/", auth.LogoutView.as_view(), name="logout"),
    path("quan-tri/", admin.site.urls),
]
