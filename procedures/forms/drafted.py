"""What every form of a matter that a specialist begins has in common."""

from __future__ import annotations

from typing import Any

from django import forms

from ..models import Dossier


class MatterForm(forms.Form):
    """``heading`` is what the page is called, where the procedure's title says too little.
    ``beside`` is a template shown above the fields, ``lists`` one shown below them, or above them
    where it ``leads``. A form that can grow by a row says so by ``grows``; what is typed at length
    stays on the machine until it is saved where ``keeps`` says so."""

    use_required_attribute = False
    heading = ""
    beside = ""
    lists = ""
    leads = False
    grows = False
    keeps = False

    def __init__(self, *args: Any, dossier: Dossier, **options: Any) -> None:
        self.dossier = dossier
        options.setdefault("initial", self.kept())
        super().__init__(*args, **options)

    def kept(self) -> dict[str, Any]:
        """What was saved, as the boxes show it."""
        columns: dict[str, Any] = self.dossier.matter.columns()
        return columns

    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that stand one below the other."""
        return list(self)

    def grown(self) -> dict[str, Any]:
        """What the page shows with one more row; only where it grows."""
        return self.kept()

    def as_saved(self, dossier: Dossier) -> MatterForm:
        """The form as the dossier keeps it now, for mistakes to be put on it: what was typed,
        unless saving changed what stands in the boxes."""
        return self

    def said(self) -> dict[str, Any]:
        """What :meth:`~procedures.models.drafted.Matter.write` is told."""
        return self.cleaned_data
