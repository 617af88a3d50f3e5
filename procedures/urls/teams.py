"""Teams that stand: their lists, what is done about them, their groups, the list for above."""

from __future__ import annotations

from django.urls import path

from ..views import phones, restructure, restructuring, schools, superior, teams, upward, zalo

urlpatterns = [
    path("to/", teams.listed, name="teams"),
    path("to/xuat/", teams.export, name="teams-export"),
    path("to/<int:team>/", teams.show, name="team"),
    path("to/<int:team>/so-dien-thoai/", phones.of_team, name="team-phones"),
    path("nhat-ky-xem/", teams.log, name="viewings"),
    path("danh-sach-gui/", upward.lists, name="upward"),
    path("danh-sach-gui/doi-chieu/", upward.compare, name="upward-compare"),
    path("danh-sach-gui/mau/", superior.listed, name="superior"),
    path("danh-sach-gui/mau/<int:sheet>/", superior.mapped, name="superior-map"),
    path("danh-sach-gui/cong-van/", upward.begin, name="upward-begin"),
    path("ho-so/<int:pk>/danh-sach-gui/", upward.edit, name="dossier-list-up"),
    path("nhom-zalo/", zalo.listed, name="zalo"),
    path("nhom-zalo/moi/<slug:tier>/<int:place>/", zalo.begin, name="zalo-begin"),
    path("nhom-zalo/<int:group>/", zalo.edit, name="zalo-group"),
    path("viec-ve-to/", restructuring.hub, name="restructuring"),
    path("viec-ve-to/sap-nhap/", restructuring.merge, name="merger"),
    path("viec-ve-to/sap-nhap/<int:merger>/", restructuring.begin_merger, name="merger-begin"),
    path(
        "viec-ve-to/sap-nhap/<int:merger>/rut-lai/",
        restructuring.take_back_merger,
        name="merger-back",
    ),
    path("viec-ve-to/<slug:kind>/", restructuring.begin, name="restructure-begin"),
    path("ho-so/<int:pk>/viec-to/", restructure.edit, name="dossier-restructure"),
    path("to-truong-hoc/", schools.listed, name="schools"),
    path("to-truong-hoc/ghi/", schools.note, name="school-note"),
    path("to-truong-hoc/<int:team>/thoi/", schools.end, name="school-end"),
    path("to-truong-hoc/<int:team>/van-ban/", schools.scan, name="school-scan"),
]
