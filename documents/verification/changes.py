"""What was added to a file after our own revision, and whether it is signatures and nothing else.

That our bytes come first and every signature is valid is not enough: page content edited in an
increment and then signed passes both. pyHanko's difference policy, run from *our* revision,
refuses it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffResult,
    DocInfoRule,
    DSSCompareRule,
    FieldMDPRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.constants import ROOT_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.fields import MDPPerm

from ..rendering.pdf import SIGNER_FIELD
from .naming import names_of
from .reader import Reader


class _Catalog(CatalogModificationRule):  # type: ignore[misc]  # pyHanko's types are not followed
    """The catalog may gain ``/Perms``, and only to point at the signer's own signature.

    pyHanko knows no such rule, because a certification is normally the start of its analysis;
    ours starts before it.
    """

    def __init__(self) -> None:
        super().__init__(ROOT_EXEMPT_STRICT_COMPARISON | {"/Perms"})

    def apply_qualified(self, old: Any, new: Any) -> Iterable[Any]:
        _check_permissions(old.root, new.root)
        yield from super().apply_qualified(old, new)


def _check_permissions(old_root: Any, new_root: Any) -> None:
    if "/Perms" not in old_root and "/Perms" not in new_root:
        return
    old, new = _permissions(old_root), _permissions(new_root)
    if old and new == old:
        return
    if old or set(new) != {"/DocMDP"}:
        raise SuspiciousModification("/Perms changed beyond the certification")
    if new.raw_get("/DocMDP") != _signature_of(new_root, SIGNER_FIELD):
        raise SuspiciousModification("/Perms points at another signature")


def _permissions(root: Any) -> Any:
    return root.raw_get("/Perms") if "/Perms" in root else {}


def _signature_of(root: Any, field: str) -> Any:
    for entry in root["/AcroForm"]["/Fields"]:
        found = entry.get_object()
        if found.get("/T") == field and "/V" in found:
            return found.raw_get("/V")
    raise SuspiciousModification(f"field {field} is not signed")


# With a script, an action, a look or a widget below, an invisible field does something.
_OF_A_STAMP = frozenset(
    {"/Type", "/Subtype", "/FT", "/T", "/TU", "/F", "/Rect", "/P", "/V"}
)  # fmt: skip


def _only_stamps(field: Any) -> bool:
    """Whether a new field is the time stamp of the whole document, which shows nothing."""
    if "/V" not in field or "/Rect" not in field or not _OF_A_STAMP.issuperset(field):
        return False
    value, box = field["/V"], field["/Rect"]
    stamp = (value.get("/Type"), value.get("/SubFilter")) == ("/DocTimeStamp", "/ETSI.RFC3161")
    return stamp and bool((box[2] - box[0]) * (box[3] - box[1]) == 0)


class _SameFields(FieldMDPRule):  # type: ignore[misc]
    """No field may come or go: ours were all there before the first signature. A time stamp over
    the whole document brings an invisible one of its own."""

    def apply(self, context: Any) -> Iterable[Any]:
        for name, spec in context.field_specs.items():
            if not spec.old_field_ref and _only_stamps(spec.new_field_ref.get_object()):
                continue
            if not spec.old_field_ref or not spec.new_field_ref:
                raise SuspiciousModification(f"field {name} was added or removed")
        return ()


_SIGNATURES_ONLY = StandardDiffPolicy(
    global_rules=[
        _Catalog(),
        DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
        DocInfoRule().as_qualified(ModificationLevel.LTA_UPDATES),
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        MetadataUpdateRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule(
        field_rules=[_SameFields(), SigFieldCreationRule(), SigFieldModificationRule()]
    ),
)


def only_signatures_since(base: bytes, reader: Reader, data: bytes) -> bool:
    """Whether ``data`` is ``base`` followed by revisions that do nothing but fill in signatures.

    ``reader`` reads ``data``. False when ``base`` is not its beginning.
    """
    if not data.startswith(base):
        return False
    ours = Reader(base)
    revision = ours.xrefs.total_revisions - 1
    # A stream once unpacked is no longer as it was read: never by the reader of the analysis.
    if names_of(ours) != names_of(Reader(data)):
        return False
    result = _SIGNATURES_ONLY.review_file(reader, revision, doc_mdp=MDPPerm.FILL_FORMS)
    return (
        isinstance(result, DiffResult)
        and result.modification_level <= ModificationLevel.FORM_FILLING
    )
