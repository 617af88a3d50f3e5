"""Single members: asked for, agreed to, gathered; commended and trained."""

from __future__ import annotations

from django.urls import path

from ..views import commending, members, pool, training

urlpatterns = [
    path("to/<int:team>/gioi-thieu/", members.ask, {"kind": "admit"}, name="member-admit"),
    path("to/<int:team>/cho-thoi/", members.ask, {"kind": "leave"}, name="member-leave"),
    path("to/<int:team>/dua-ra/", members.ask, {"kind": "remove"}, name="member-remove"),
    path("to/<int:team>/don-vao.pdf", members.blank, {"kind": "admit"}, name="blank-joining"),
    path("to/<int:team>/don-thoi.pdf", members.blank, {"kind": "leave"}, name="blank-leaving"),
    path("ho-so/<int:pk>/de-nghi/", members.edit, name="dossier-request"),
    path("ho-so/<int:pk>/xin-y-kien/", members.pass_on, name="dossier-pass"),
    path("ho-so/<int:pk>/dong-y/", members.consent, name="dossier-consent"),
    path("ho-so/<int:pk>/nguoi-trong-quyet-dinh/", pool.members, name="dossier-members"),
    path("cho-ra-quyet-dinh/", pool.listed, name="pool"),
    path("to/<int:team>/de-xuat-khen/", commending.put_forward, name="merit"),
    path("de-xuat-khen/<int:merit>/", commending.told, name="merit-told"),
    path("ho-so/<int:pk>/tap-huan/", training.results, name="dossier-training"),
]
