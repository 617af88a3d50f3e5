"""After the signature: files, sending, registers, what is issued elsewhere, what is wrong."""

from __future__ import annotations

from django.urls import path

from ..views import bundles, correcting, deliveries, elsewhere, outside, registers

urlpatterns = [
    path("ho-so/van-ban.zip", bundles.chosen, name="bundle"),
    path("ho-so/<int:pk>/van-ban.zip", bundles.of_dossier, name="dossier-bundle"),
    path("ho-so/<int:pk>/ban-giao.zip", bundles.handed_over, name="dossier-handover"),
    path("ho-so/<int:pk>/gui/", deliveries.book, name="dossier-deliveries"),
    path("ho-so/<int:pk>/gui/sua/", deliveries.correct, name="dossier-delivery"),
    path("ho-so/<int:pk>/da-nhan/", deliveries.acknowledge, name="dossier-acknowledge"),
    path("ho-so/<int:pk>/ban-quet/", deliveries.scan, name="dossier-add-scan"),
    path("van-ban/<int:pk>/sai-gi/", correcting.wrong, name="document-wrong"),
    path("ho-so/<int:pk>/sua-sai/", correcting.edit, name="dossier-correct"),
    path("so-van-ban/", registers.outgoing, name="registers"),
    path("so-van-ban/den/", registers.incoming, name="incoming"),
    path("so-van-ban/<int:issuer>/", registers.outgoing, name="register"),
    path("so-van-ban/<int:issuer>/<int:year>/so.pdf", registers.printed, name="register-book"),
    path(
        "so-van-ban/<int:issuer>/cac-so/<int:series>/", registers.numbers, name="register-numbers"
    ),
    path("ho-so/<int:pk>/kiem-tra.zip", bundles.exported, name="dossier-export"),
    path("ho-so/<int:case>/ky-rieng/", outside.sign, name="dossier-sign-outside"),
    path("ho-so/<int:case>/ky-rieng/ban-trinh-ky.pdf", outside.prepared, name="dossier-prepared"),
    path("ho-so/<int:case>/dong-dau-rieng/", outside.seal, name="dossier-seal-outside"),
    path("chung-thu/", outside.known, name="certificates"),
    path("ban-hanh-ngoai/", elsewhere.listed, name="elsewhere"),
    path("ban-hanh-ngoai/du-thao.zip", elsewhere.archive, name="elsewhere-drafts"),
    path("ban-hanh-ngoai/ghi-nhan/", elsewhere.confirm, name="elsewhere-confirm"),
    path("ho-so/<int:case>/ban-hanh-ngoai/", elsewhere.upload, name="dossier-elsewhere"),
    path(
        "ho-so/<int:case>/ban-hanh-ngoai/<int:signer>/du-thao.pdf",
        elsewhere.draft,
        name="dossier-elsewhere-draft",
    ),
    path(
        "ho-so/<int:case>/ban-hanh-ngoai/<slug:digest>/",
        elsewhere.check,
        name="dossier-elsewhere-check",
    ),
    path(
        "ho-so/<int:case>/ban-hanh-ngoai/<slug:digest>/ban-tai-len.pdf",
        elsewhere.file,
        name="dossier-elsewhere-file",
    ),
]
