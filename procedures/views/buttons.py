"""Which button leads to which act, and why a button is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents.kinds import KINDS
from workflows.errors import Refusal
from workflows.states import Act, acts_of

from ..codes import CHANGE_MEMBERS
from ..models import Dossier
from ..road import DossierPage

# Acts done on a page of their own: its URL name, the paper in its address, what the button says.
# An act that is not here gets the small page, under its own name.
PAGES: dict[str, tuple[str, tuple[str, ...], Any]] = {
    "edit": ("dossier-edit", (), _("Mở danh sách để sửa và gửi")),
    "submit": ("dossier-edit", (), _("Mở danh sách để sửa và gửi")),
    "enter": ("dossier-enter", (), _("Nhập hộ người lập")),
    "edit_entered": ("dossier-edit", (), _("Mở danh sách nhập hộ")),
    "submit_entered": ("dossier-edit", (), _("Mở danh sách nhập hộ")),
    "pass_for_consent": ("dossier-pass", (), _("Đọc và kiểm tra nội dung")),
    "consent": ("dossier-consent", (), _("Đọc và cho ý kiến")),
    "check_content": ("dossier-check-content", (), _("Đọc và kiểm tra nội dung")),
    "check_form": ("dossier-check-form", (), _("Đọc và kiểm tra thể thức")),
    "pass_to_office": ("dossier-check-form", (), _("Đọc và kiểm tra thể thức")),
    "check_form_ahead": ("dossier-check-form", (), _("Kiểm tra luôn thể thức")),
    "agree_by_slip": ("dossier-ask", (), _("Đọc và đồng ý Phiếu trình")),
    "initial_draft": ("dossier-ask", (), _("Đọc và ký nháy dự thảo")),
    "approve_draft": ("dossier-review", (), _("Đọc dự thảo, trình lãnh đạo")),
    "reserve_submission": ("dossier-sign", ("submission",), _("Đọc và ký Tờ trình")),
    "reserve_decision": ("dossier-sign", ("decision",), _("Đọc và ký Quyết định")),
    "record_paper_submission": ("dossier-paper", ("submission",), _("Ghi nhận Tờ trình ký giấy")),
    "record_paper_decision": ("dossier-paper", ("decision",), _("Ghi nhận Quyết định ký giấy")),
    "countersign_minutes": ("dossier-countersign", (), _("Đọc và ký Biên bản")),
    "seal_decision": ("dossier-seal", (), _("Đóng dấu và phát hành")),
    "release_decision": ("dossier-seal", (), _("Phát hành")),
    "set_aside": ("dossier-set-aside", (), _("Để lại một số tổ")),
    "record_delivery": ("dossier-deliveries", (), _("Gửi văn bản")),
    "acknowledge": ("dossier-acknowledge", (), _("Tôi đã nhận")),
    "record_training": ("dossier-training", (), _("Ghi kết quả tập huấn")),
    "add_scan": ("dossier-add-scan", (), _("Thêm bản quét của văn bản")),
    "put_back_signing": ("dossier-sign-outside", (), _("Tải lên bản đã ký bằng công cụ riêng")),
    "record_elsewhere": ("dossier-elsewhere", (), _("Ghi nhận bản ban hành ở hệ thống khác")),
    "reword": ("dossier-reword", (), _("Sửa Nơi nhận")),
}
# A round's lists are worked on where its places are.
_ON_THE_ROUND = ("edit", "submit", "gather")
# Acts that have a place of their own on the page of a case.
_APART = ("record_delivery", "acknowledge")
# Ways that are open but not the usual one: shown after the others, smaller.
_BESIDE = (
    "enter", "record_paper_submission", "record_paper_decision", "check_form_ahead", "set_aside",
    "add_scan", "record_elsewhere", "reword",
)  # fmt: skip


@dataclass(frozen=True)
class Button:
    """A link to the page of an act; ``onward`` where it is the usual next step."""

    label: str
    href: str
    onward: bool


@dataclass
class Withheld:
    """Acts refused for one and the same reason."""

    refusal: Refusal
    labels: list[str]


def named(dossier: Dossier, label: Any) -> str:
    """A label with the name of the paper this case ends in: "Ký Công văn"."""
    return str(label).replace(str(KINDS["decision"].label), dossier.final_name)


def button(dossier: Dossier, act: Act) -> Button:
    if dossier.is_round and act.name in _ON_THE_ROUND:
        return Button(
            _t("Xem các danh sách của đợt"), reverse("round", args=[dossier.round.pk]), True
        )
    if dossier.procedure == CHANGE_MEMBERS and act.name in _ON_THE_ROUND:
        address = reverse("dossier-members", args=[dossier.pk])
        return Button(_t("Xem các đề nghị trong hồ sơ"), address, True)
    if act.name not in PAGES:
        address = reverse("dossier-act", args=[dossier.pk, act.name])
        return Button(named(dossier, act.label), address, False)
    page, paper, label = PAGES[act.name]
    if page == DossierPage.written_at and (own := dossier.flow.written_at) != page:
        page, label = own, _("Mở để sửa và gửi")
    if dossier.procedure == CHANGE_MEMBERS and act.name == "set_aside":
        label = _("Để lại một số người")
    return Button(
        named(dossier, label), reverse(page, args=[dossier.pk, *paper]), act.name not in _BESIDE
    )


def is_return(act: Act) -> bool:
    """Whether the act sends a dossier back to an earlier step."""
    return act.name.startswith("return_")


# What is said of returning where none is open.
ANY_RETURN = acts_of(Dossier)["return_for_correction"]


def _together(dossier: Dossier, offered: list[Act]) -> dict[str, Button]:
    """Several returns share one page; a single one keeps its own name."""
    returns = [act.name for act in offered if is_return(act)]
    page = Button(str(_("Trả về")), reverse("dossier-return", args=[dossier.pk]), False)
    return dict.fromkeys(returns, page) if len(returns) > 1 else {}


def sorted_out(
    dossier: Dossier, offers: Iterable[tuple[Act, Refusal | None]]
) -> tuple[list[Button], list[Withheld]]:
    """The buttons to show, and the acts not offered under the reason they share."""
    offers = list(offers)
    shared = _together(dossier, [act for act, refusal in offers if refusal is None])
    shown: dict[Button, None] = {}
    kept_back: dict[str, Withheld] = {}
    for act, refusal in offers:
        if act.name in _APART:
            continue
        choice = shared.get(act.name) or button(dossier, act)
        if refusal is None:
            shown[choice] = None
            continue
        group = kept_back.setdefault(str(refusal), Withheld(refusal, []))
        # Taking a number is only half of what the button does.
        label = choice.label if act.hold else named(dossier, act.label)
        if label not in group.labels:
            group.labels.append(label)
    return sorted(shown, key=lambda item: not item.onward), list(kept_back.values())
