"""Which remedies a wrong decision can have, over which teams, and why no others.

A decision that sets teams up can be amended, replaced, corrected and recalled. One that only
changed teams is not what they stand on: its content is amended where their lists still rest on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents.models import Document

from .codes import CHANGE_MEMBERS
from .models import Change, Dossier, Remedy, Team
from .models.restructuring import APPOINT_LEADER, DISSOLVE_TEAM, MERGE_HAMLETS, REVIEW_TEAM
from .teams import fold

ALL = tuple(Remedy)
# After one of these a list rests on it, and no longer on what an earlier decision said.
_WHOLE_LISTS = ("create", "replace", "revise")

_INSTEAD = {
    REVIEW_TEAM: _(
        "Quyết định kiện toàn không thay thế hay thu hồi được: tổ vẫn đứng theo quyết định thành "
        "lập, và danh sách trước đó không tự trở lại. Cần danh sách khác hẳn thì ông/bà lập hồ sơ "
        "kiện toàn mới ở trang “Việc về tổ”."
    ),
    APPOINT_LEADER: _(
        "Quyết định thay Tổ trưởng, Tổ phó không thay thế hay thu hồi được: người trước không tự "
        "trở lại chức vụ. Cần người khác thì ông/bà lập hồ sơ thay Tổ trưởng, Tổ phó mới ở trang "
        "“Việc về tổ”."
    ),
    CHANGE_MEMBERS: _(
        "Quyết định kết nạp, cho thôi thành viên không thay thế hay thu hồi được: cần đưa người ra "
        "hoặc nhận người vào thì ông/bà sửa danh sách ở đây, hoặc lập đề nghị mới."
    ),
    DISSOLVE_TEAM: _(
        "Tổ đã giải thể thì không còn danh sách để sửa, và không tự hoạt động lại khi thu hồi "
        "quyết định. Giải thể nhầm thì lập lại tổ bằng hồ sơ đề nghị thành lập; chỉ sai cách trình "
        "bày thì đính chính."
    ),
    MERGE_HAMLETS: _(
        "Quyết định hợp nhất không thay thế hay thu hồi được: các tổ cũ đã giải thể không tự hoạt "
        "động lại. Danh sách tổ mới sai thì sửa đổi; cần danh sách khác hẳn thì lập hồ sơ kiện "
        "toàn ở trang “Việc về tổ”."
    ),
}


@dataclass(frozen=True)
class Open:
    """``remedies`` that can be begun, ``teams`` whose lists an amendment may touch, and ``why`` the
    others cannot, with what to do instead; empty where all can."""

    remedies: tuple[Remedy, ...]
    teams: tuple[Team, ...]
    why: str = ""


def of(document: Document) -> Open:
    """What can be done about a released decision. No remedy where it is none about teams that
    stand."""
    lines = fold.lines_on(document)
    procedure = lines[0].dossier.procedure if lines else ""
    if procedure not in _INSTEAD:
        standing = teams_on(document)
        return Open(ALL if standing else (), tuple(standing))
    teams, overtaken = _resting(lines)
    said = [str(_INSTEAD[procedure])]
    if not teams and overtaken:
        said.insert(0, _overtaken(overtaken))
    remedies = (Remedy.AMEND, Remedy.CORRECT) if teams else (Remedy.CORRECT,)
    return Open(remedies, tuple(teams), " ".join(said))


def changes_teams(dossier: Dossier) -> bool:
    """Whether its decision changes teams that stood before."""
    return dossier.procedure in _INSTEAD


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
    for change in fold.released(lines[0].dossier.commune_id).filter(team__in=teams):
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
