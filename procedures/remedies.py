"""Which remedies a wrong decision can have, over which teams, and why no others.

A decision that sets teams up can be amended, replaced, corrected and recalled. One that only
changed teams is not what they stand on: its content is amended where their lists still rest on it.
Every other released paper is corrected where its form is wrong; its content is said anew by a paper
of its own procedure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents.models import Document

from .models import Change, Dossier, Remedy, Team
from .teams import decided

ALL = tuple(Remedy)
# After one of these a list rests on it, and no longer on what an earlier decision said.
_WHOLE_LISTS = ("create", "replace", "revise")

_ENDED = _(
    "Các tổ theo quyết định này không còn hoạt động nên không còn danh sách để sửa đổi, thay thế "
    "hay thu hồi. Cần tổ ở đó thì ông/bà lập hồ sơ đề nghị thành lập; ở đây chỉ đính chính chỗ sai "
    "về thể thức, trình bày."
)
_OF_ITS_KIND = _(
    "Ở đây chỉ đính chính chỗ sai về thể thức, trình bày. Sai về nội dung thì ông/bà lập văn bản "
    "mới cùng loại, ghi rõ văn bản ấy thay cho văn bản này."
)


@dataclass(frozen=True)
class Open:
    """``remedies`` that can be begun, ``teams`` whose lists an amendment may touch, and ``why`` the
    others cannot, with what to do instead; empty where all can."""

    remedies: tuple[Remedy, ...]
    teams: tuple[Team, ...]
    why: str = ""


def of(document: Document) -> Open:
    """What can be done about a released document: nothing where it ends no case."""
    lines = decided.lines_on(document)
    dossier = lines[0].dossier if lines else case_of(document)
    if dossier is None:
        return Open((), ())
    if lines and dossier.flow.instead:
        return _of_changed(lines, str(dossier.flow.instead))
    if standing := teams_on(document):
        return Open(ALL, tuple(standing))
    return Open((Remedy.CORRECT,), (), _why(dossier))


def case_of(document: Document) -> Dossier | None:
    """The case that ended in a document, or recorded it as issued before."""
    ends = Q(decision=document) | Q(changes__own_decision=document)
    return Dossier.objects.filter(ends).order_by("pk").first()


def _of_changed(lines: Sequence[Change], why: str) -> Open:
    teams, overtaken = _resting(lines)
    said = [_overtaken(overtaken), why] if not teams and overtaken else [why]
    remedies = (Remedy.AMEND, Remedy.CORRECT) if teams else (Remedy.CORRECT,)
    return Open(remedies, tuple(teams), " ".join(said))


def _why(dossier: Dossier) -> str:
    """Why a paper on which no team stands is only corrected, and what to do about its content."""
    if dossier.remedy == Remedy.AMEND and dossier.corrects:
        return _t(
            "Quyết định sửa đổi không thay thế hay thu hồi được: danh sách trước đó không tự trở "
            "lại. Sai về người thì ông/bà mở %(name)s số %(number)s và sửa đổi lần nữa."
        ) % {"name": dossier.corrects.name, "number": dossier.corrects.reference}
    if dossier.remedy in ("", Remedy.REPLACE) and dossier.changes.exists():
        return str(_ENDED)
    return str(dossier.flow.instead or _OF_ITS_KIND)


def teams_on(document: Document) -> list[Team]:
    """The teams that stand on a decision, in the order of its list."""
    standing = Team.objects.filter(decision=document, until__isnull=True)
    return list(standing.select_related("hamlet", "commune").order_by("pk"))


def _resting(lines: Sequence[Change]) -> tuple[list[Team], Document | None]:
    """The teams whose lists still rest on these lines, and a decision that overtook another."""
    own = {line.pk for line in lines}
    teams = {line.team_id: line.team for line in lines if line.team and line.team.until is None}
    overtaken: dict[int | None, Document | None] = {}
    later = set[int | None]()
    for change in decided.released(lines[0].dossier.commune_id).filter(team__in=teams):
        if change.pk in own:
            later.add(change.team_id)
        elif change.team_id in later and change.kind in _WHOLE_LISTS:
            overtaken[change.team_id] = change.decision
    standing = [team for pk, team in teams.items() if pk not in overtaken]
    standing.sort(key=lambda team: team.pk)
    return standing, next(iter(overtaken.values()), None)


def _overtaken(by: Document) -> str:
    return _t(
        "Danh sách của tổ đã được thay bằng %(name)s số %(number)s. Sai về người thì ông/bà mở "
        "quyết định ấy."
    ) % {"name": by.name, "number": by.reference}
