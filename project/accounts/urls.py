"""Addresses of the way in. Only these pages of allauth are mounted: no sign-up, no e-mail."""

from __future__ import annotations

from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as reserve
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as key
from django.urls import path

from .views import entering, issuing, mine

sign_in = entering.SignIn.as_view()

urlpatterns = [
    path("vao/", sign_in, name="login"),
    path("vao/", sign_in, name="account_login"),  # as allauth calls it
    path("ra/", entering.SignOut.as_view(), name="logout"),
    path("vao/ma/", entering.slip_code, name="slip-code"),
    path("vao/phieu/<str:token>/", entering.slip, name="slip"),
    path("vao/xac-nhan/", factor.authenticate, name="mfa_authenticate"),
    path("vao/lai/", entering.Again.as_view(), name="sign-in-again"),
    path("phieu-vao/", issuing.people, name="slips"),
    path("phieu-vao/<int:person>/", issuing.person, name="slip-person"),
    path("phieu-vao/<int:person>/in/", issuing.issue, name="slip-issue"),
    path("phieu-vao/<int:person>/mat-dien-thoai/", issuing.lost, name="slip-lost"),
    path("tai-khoan/", mine.account, name="my-account"),
    path("tai-khoan/mat-khau/", mine.NewPassword.as_view(), name="new-password"),
    path("tai-khoan/xac-nhan/", factor.index, name="mfa_index"),
    path("tai-khoan/xac-nhan/cai/", mine.SetUp.as_view(), name="mfa_activate_totp"),
    path("tai-khoan/xac-nhan/cai/qr.svg", mine.picture, name="second-factor-qr"),
    path("tai-khoan/xac-nhan/bo/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("tai-khoan/xac-nhan/khoa/", factor.index, name="mfa_list_webauthn"),
    path("tai-khoan/xac-nhan/khoa/them/", mine.AddKey.as_view(), name="mfa_add_webauthn"),
    path("tai-khoan/xac-nhan/khoa/<int:pk>/bo/", key.remove_webauthn, name="mfa_remove_webauthn"),
    path("tai-khoan/ma-du-phong/", reserve.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "tai-khoan/ma-du-phong/moi/",
        reserve.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
