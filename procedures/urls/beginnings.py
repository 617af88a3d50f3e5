"""Where cases begin: proposed, entered for others, asked for in a round, recorded, drafted."""

from __future__ import annotations

from django.urls import path

from ..views import behalf, drafted, existing, proposals, round_lines, rounds

urlpatterns = [
    path("de-nghi/", proposals.start, name="start"),
    path("to-da-co/", existing.upload, name="existing"),
    path("to-da-co/mau.xlsx", existing.template, name="existing-template"),
    path("to-da-co/vi-du.xlsx", existing.sample, name="existing-sample"),
    path("to-da-co/<slug:digest>/", existing.check, name="existing-check"),
    path("dot/", rounds.listed, name="rounds"),
    path("dot/moi/", rounds.open_round, name="round-open"),
    path("dot/<int:pk>/", rounds.show, name="round"),
    path("dot/<int:pk>/dua-vao/", rounds.gather, name="round-gather"),
    path("dot/<int:pk>/danh-sach/<int:line>/", round_lines.correct, name="round-line"),
    path("dot/<int:pk>/trinh/", rounds.send, name="round-send"),
    path("dot/<int:pk>/nhac/", rounds.remind, name="round-remind"),
    path("dot/noi/<int:pk>/", rounds.place, name="round-place"),
    path("ho-so/<int:pk>/de-lai/", rounds.set_aside, name="dossier-set-aside"),
    path("mau-de-xuat.pdf", behalf.blank, name="blank-proposal"),
    path("nhap-ho/", behalf.listed, name="behalf"),
    path("nhap-ho/<int:number>/", behalf.begin, name="behalf-begin"),
    path("soan-van-ban/", drafted.board, name="drafting"),
]
