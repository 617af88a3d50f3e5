"""Mẫu của cấp trên: uploaded once, its columns mapped once, used whenever the list goes up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..forms.superior import MappingForm, SheetForm
from ..idempotency import once
from ..lists import superior
from ..models import SuperiorSheet
from ..sheets.container import Unreadable
from .upward import office


@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """The sheets kept, and the box for another."""
    commune = office(request)
    sent = request.method == "POST"
    form = SheetForm(
        request.POST if sent else None, request.FILES if sent else None, commune=commune
    )
    if form.is_valid():
        typed = form.cleaned_data
        try:
            return once.do(request, lambda: _kept(request, typed["name"], typed["file"]))
        except Unreadable as refused:
            form.add_error("file", refused.sentence)
    kept = SuperiorSheet.objects.filter(commune=commune)
    context = {"form": form, "commune": commune, "kept": kept}
    status = 422 if form.is_bound else 200
    return render(request, "procedures/superior.html", context, status=status)


def _kept(request: HttpRequest, name: str, data: bytes) -> tuple[str, str]:
    sheet = superior.keep(office(request), name, data, by=request.user)
    said = _("Đã giữ mẫu. Ông/bà xem lại cột nào ghi gì.")
    return reverse("superior-map", args=[sheet.pk]), said


@require_http_methods(["GET", "POST"])
def mapped(request: HttpRequest, sheet: int) -> HttpResponse:
    """What goes into each column."""
    kept = superior.kept(office(request), sheet)
    if request.method == "POST" and "drop" in request.POST:
        superior.drop(kept)
        messages.success(request, _("Đã bỏ mẫu."))
        return redirect("superior")
    data = superior.data_of(kept)
    form = MappingForm(request.POST if request.method == "POST" else None, kept=kept, data=data)
    if form.is_valid():
        form.save(kept)
        messages.success(request, _("Đã lưu. Mẫu này có trong mục Danh sách gửi cấp trên."))
        return redirect("superior-map", sheet=kept.pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "sheet": kept}
    return render(request, "procedures/superior_map.html", context, status=status)
