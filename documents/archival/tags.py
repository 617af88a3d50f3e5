"""The structure a screen reader follows (ISO 19005-2, 6.7; ISO 14289-1, 7)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from documents.archival.lack import Lack
from documents.archival.opened import Opened, got

_STANDARD = frozenset(
    [
        "/Document",
        "/Part",
        "/Art",
        "/Sect",
        "/Div",
        "/BlockQuote",
        "/Caption",
        "/TOC",
        "/TOCI",
        "/Index",
        "/NonStruct",
        "/Private",
        "/P",
        "/H",
        "/H1",
        "/H2",
        "/H3",
        "/H4",
        "/H5",
        "/H6",
        "/L",
        "/LI",
        "/Lbl",
        "/LBody",
        "/Table",
        "/TR",
        "/TH",
        "/TD",
        "/THead",
        "/TBody",
        "/TFoot",
        "/Span",
        "/Quote",
        "/Note",
        "/Reference",
        "/BibEntry",
        "/Code",
        "/Link",
        "/Annot",
        "/Ruby",
        "/RB",
        "/RT",
        "/RP",
        "/Warichu",
        "/WT",
        "/WP",
        "/Figure",
        "/Formula",
        "/Form",
    ]
)
_HEADING = re.compile(r"^/H([1-6])$")
_PRINT, _UNSEEN = 4, 1 | 2 | 32  # invisible, hidden, not shown


def marked(opened: Opened) -> Iterator[Lack]:
    """The file says it is tagged, and has a tree of tags that leads back to its pages."""
    mark = got(opened.root, "/MarkInfo", {})
    if not got(mark, "/Marked") or got(mark, "/Suspects"):
        yield Lack("marked", _("Tệp không ghi là tệp có gắn thẻ (MarkInfo)."))
    if not opened.elements:
        yield Lack("structure", _("Tệp không có cây cấu trúc (StructTreeRoot)."))
    elif not opened.parents:
        yield Lack("parent-tree", _("Cây cấu trúc không dẫn về các trang (ParentTree)."))


def types(opened: Opened) -> Iterator[Lack]:
    """Every tag is a standard one or mapped to one."""
    roles = got(got(opened.root, "/StructTreeRoot", {}), "/RoleMap", {})
    odd = {e.type for e in opened.elements if e.type not in _STANDARD and e.type not in roles}
    if odd:
        names = ", ".join(sorted(name[1:] for name in odd))
        yield Lack("tag", _("Cây cấu trúc có thẻ không chuẩn: %(names)s.") % {"names": names})


def figures(opened: Opened) -> Iterator[Lack]:
    """7.3: a picture says in words what it shows."""
    for element in opened.elements:
        told = got(element.data, "/Alt") or got(element.data, "/ActualText")
        if element.type in ("/Figure", "/Formula") and not str(told or "").strip():
            yield Lack("alt", _("Có hình không có lời mô tả (Alt)."))


def headings(opened: Opened) -> Iterator[Lack]:
    """7.4: headings begin with the first level and skip none."""
    found = (_HEADING.match(element.type) for element in opened.elements)
    levels = [int(match[1]) for match in found if match]
    steps = zip([0, *levels], levels, strict=False)
    if any(after > before + 1 for before, after in steps):
        yield Lack("headings", _("Các cấp tiêu đề không liền nhau."))


def tables(opened: Opened) -> Iterator[Lack]:
    """7.5: a header cell says whether it heads a row or a column, or is named by those it heads."""
    named = {
        key
        for element in opened.elements
        for item in _attributes(element.data)
        for key in map(_raw, got(item, "/Headers", []))
    }
    for element in opened.elements:
        scoped = any("/Scope" in item for item in _attributes(element.data))
        known = "/ID" in element.data and _raw(element.data["/ID"]) in named
        if element.type == "/TH" and not scoped and not known:
            yield Lack(
                "table-header", _("Có ô tiêu đề bảng không cho biết là của cột hay hàng nào.")
            )


def _raw(text: Any) -> bytes:
    """The bytes of a PDF string."""
    return bytes(text.original_bytes)


def _attributes(data: Any) -> list[Any]:
    value = got(data, "/A", [])
    return [item.get_object() for item in (value if isinstance(value, list) else [value])]


def fields(opened: Opened) -> Iterator[Lack]:
    """7.18: a field is a tag of its own, has a name that is spoken, a look, and is printed."""
    for field in opened.fields:
        name = {"field": str(got(field, "/T", ""))}
        if not _off_page(field) and not _is_tagged(opened, field):
            yield Lack("field-tag", _("Trường chữ ký %(field)s không được gắn thẻ.") % name)
        if not str(got(field, "/TU", "")).strip():
            yield Lack("field-name", _("Trường chữ ký %(field)s không có lời đọc (TU).") % name)
        if "/N" not in got(field, "/AP", {}) and not _is_point(field):
            yield Lack("field-look", _("Trường chữ ký %(field)s không có hình hiện (AP).") % name)
        flags = int(got(field, "/F", 0))
        if not flags & _PRINT or flags & _UNSEEN:
            yield Lack("field-hidden", _("Trường chữ ký %(field)s bị ẩn hoặc không in.") % name)


def _is_tagged(opened: Opened, field: Any) -> bool:
    element = opened.parents.get(int(got(field, "/StructParent", -1)), {})
    kid = got(element, "/K", {}) if element else {}
    leads = got(kid, "/Obj", None) if hasattr(kid, "get") else None
    return bool(element) and got(element, "/S") == "/Form" and leads is field


def _box(holder: Any, *keys: str) -> list[float]:
    found = next((holder[key] for key in keys if key in holder), [0, 0, 0, 0])
    return [float(number) for number in found]


def _is_point(field: Any) -> bool:
    """ISO 19005-2, 6.3.3: what has neither width nor height needs no look. The field of a time
    stamp over the whole document is one."""
    box = _box(field, "/Rect")
    return box[0] == box[2] and box[1] == box[3]


def _off_page(field: Any) -> bool:
    """ISO 14289-1, 7.18.1: what lies outside the page needs no tag, as a point in its corner."""
    box, page = _box(field, "/Rect"), _box(got(field, "/P", {}), "/CropBox", "/MediaBox")
    return max(box[0], box[2]) <= page[0] or max(box[1], box[3]) <= page[1]


def tab_order(opened: Opened) -> Iterator[Lack]:
    """7.18.3: a page with annotations is walked in the order of its tags."""
    for page in opened.pages:
        if got(page, "/Annots") and got(page, "/Tabs") != "/S":
            yield Lack("tab-order", _("Trang có trường ký nhưng không đi theo thứ tự thẻ (Tabs)."))


def content(opened: Opened) -> Iterator[Lack]:
    """7.1: all that is drawn is tagged or marked as an artifact; a picture is a figure."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(opened.data)) as pdf:
        for page, drawn in zip(opened.pages, pdf.pages, strict=True):
            kids = opened.parents.get(int(got(page, "/StructParents", -1)), [])
            known = {place: kid.get_object() for place, kid in enumerate(kids)}
            for kind, items in drawn.objects.items():
                yield from _judged(kind, items, known)


def _judged(kind: str, items: list[Any], known: dict[int, Any]) -> Iterator[Lack]:
    if kind in ("annot", "hyperlink"):
        return
    for item in items:
        tag, place = item.get("tag"), item.get("mcid")
        if tag is None:
            yield Lack("untagged", _("Có nội dung trên trang không được gắn thẻ."))
        elif tag != "Artifact" and not known.get(place):
            yield Lack("unreached", _("Có nội dung gắn thẻ mà cây cấu trúc không dẫn tới."))
        elif kind == "image" and tag != "Artifact" and got(known[place], "/S") != "/Figure":
            yield Lack("image", _("Có ảnh không phải là hình (Figure) trong cây cấu trúc."))


RULES = (marked, types, figures, headings, tables, fields, tab_order, content)
