"""The files of a document and of its annexes that stand apart."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .document import Document
from .register import Kept


class Stage(models.TextChoices):
    """What a stored file is of its document."""

    PREPARED = "prepared", _("Bản trình ký")
    SIGNED = "signed", _("Bản đã ký")
    COUNTERSIGNED = "countersigned", _("Bản hai người đã ký")
    SEALED = "sealed", _("Bản đã đóng dấu")
    SCAN = "scan", _("Bản quét để tham khảo")
    # The final file with a time stamp and revocation lists that were out of reach when it was made.
    COMPLETED = "completed", _("Bản bổ sung dấu thời gian")
    UPLOADED = "uploaded", _("Bản do cơ quan tải lên")


class FileRow(Kept):
    """A file kept under its own SHA-256 (:mod:`documents.files`). ``ordinal`` is 0 for the document
    itself, else which of its annexes the file is."""

    ordinal: int
    document: models.ForeignKey[Document, Document]

    stage = models.CharField(_("Bản"), max_length=14, choices=Stage)
    file = models.FileField(_("Tệp"), max_length=150)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("Cỡ"))
    lacks = models.CharField(_("Còn thiếu"), max_length=40, blank=True)
    created = models.DateTimeField(_("Lưu lúc"), default=timezone.now)

    class Meta:
        abstract = True


class StoredFile(FileRow):
    """A file of a document."""

    ordinal = 0
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="files", verbose_name=_("Văn bản")
    )

    class Meta:
        verbose_name = _("tệp")
        verbose_name_plural = _("tệp")
        constraints = [
            models.UniqueConstraint(fields=["document", "stage"], name="file_stage_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="file_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.document} - {self.get_stage_display()}"


class AnnexFile(FileRow):
    """A file of an annex that stands apart from its document (Decree 30/2020, Phụ lục I.III.1d).

    What the annex says is in the document's content; the prepared file was ``created`` at the
    moment printed in its corner. See :mod:`documents.issuing.annexes`.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="annex_files", verbose_name=_("Văn bản")
    )
    ordinal = models.PositiveSmallIntegerField(_("Phụ lục thứ"))

    class Meta:
        verbose_name = _("tệp phụ lục")
        verbose_name_plural = _("tệp phụ lục")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "ordinal", "stage"], name="annex_file_stage_once"
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="annex_file_stage"),
            models.CheckConstraint(condition=Q(ordinal__gte=1), name="annex_file_ordinal"),
        ]

    def __str__(self) -> str:
        return f"{self.document} - phụ lục {self.ordinal} - {self.get_stage_display()}"
