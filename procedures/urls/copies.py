"""Copies of documents (sao văn bản)."""

from __future__ import annotations

from django.urls import path

from ..views import copy_files, copy_sealing, copying

urlpatterns = [
    path("ban-sao/", copying.listed, name="copies"),
    path("ban-sao/moi/<int:document>/", copying.begin, name="copy-begin"),
    path("ban-sao/<int:copy>/", copying.show, name="copy"),
    path("ban-sao/<int:copy>/cho-sao/", copying.allow, name="copy-allow"),
    path("ban-sao/<int:copy>/ghi-nhan/", copying.record, name="copy-record"),
    path("ban-sao/<int:copy>/dong-dau/", copy_sealing.seal, name="copy-seal"),
    path("ban-sao/<int:copy>/dong-dau-rieng/", copy_sealing.seal_outside, name="copy-seal-outside"),
    path("ban-sao/<int:copy>/lay-tep/", copy_sealing.take_out_again, name="copy-take-out"),
    path("ban-sao/<int:copy>/de-ky-so.pdf", copy_files.to_seal, name="copy-to-seal"),
    path("ban-sao/<int:copy>/viec/<slug:name>/", copying.act, name="copy-act"),
    path("ban-sao/<int:copy>/tai/", copy_files.file, name="copy-file"),
    path("ban-sao/<int:copy>/in/<int:signer>/", copy_files.printout, name="copy-print"),
    path("ban-sao/<int:copy>/trang/<int:number>.png", copy_files.picture, name="copy-picture"),
]
