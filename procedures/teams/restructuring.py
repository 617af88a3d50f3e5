"""Drafts of cases about standing teams: who may begin one, and its lines drawn up from what stands.

What is particular to a procedure is on its page in :mod:`procedures.flows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _t

from workflows import authority
from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.models import Post

from ..models import Change, Commune, Dossier, Level, Team
from ..papers import restructuring_request
from ..road import DossierPage
from ..roles import Role
from . import in_order


class RestructuringPage(DossierPage):
    """The page of such a procedure; it names its ``papers``."""

    subject = restructuring_request.subject
    written_at = "dossier-restructure"
    keep = Dossier.write_restructuring


def office_post(held: Iterable[Capacity], commune: Commune) -> Post | None:
    """The specialist's post of the commune among these capacities."""
    own = (c.post for c in held if c.delegation is None and c.post.role == Role.SPECIALIST)
    return next((post for post in own if post.agency_id == commune.agency_id), None)


def post_of_place(held: Iterable[Capacity], team: Team) -> Post | None:
    """The post that heads the team's place: of the hamlet, or the Youth secretary's."""
    for post in (c.post for c in held if c.delegation is None):
        if team.hamlet is not None and team.hamlet.head_post_id == post.pk:
            return post
        own = post.agency_id == team.commune.agency_id and post.role == Role.YOUTH_SECRETARY
        if team.level == Level.COMMUNE and own:
            return post
    return None


def refuse_from(user: Any, post: Post, fitting: Post | None, sentence: str) -> None:
    """Raise :class:`Refusal` unless ``user`` holds ``post`` and it is the fitting one."""
    held = {c.post.pk for c in authority.capacities(user) if c.delegation is None}
    if fitting is None or post.pk != fitting.pk or post.pk not in held:
        raise Refusal(sentence)


def refuse_but_office(user: Any, post: Post, commune: Commune, sentence: str) -> None:
    """Raise :class:`Refusal` unless ``user`` is a specialist of the commune at ``post``."""
    refuse_from(user, post, office_post(authority.capacities(user), commune), sentence)


def begin(
    flow: type[DossierPage], user: Any, post: Post, teams: Sequence[Team], **columns: Any
) -> tuple[Dossier, list[tuple[Team, list[Any]]]]:
    """A new draft without lines, and the teams with their lists as they stand.

    Two presses of one button queue here. Raises :class:`Refusal`: no team, another commune's, one
    that ended, or a draft of the same kind about one of them.
    """
    commune = Commune.objects.select_for_update().get(agency=post.agency)
    if not teams:
        raise Refusal(_t("Ông/bà chọn ít nhất một tổ."))
    for team in teams:
        if team.commune_id != commune.pk or team.until is not None:
            raise Refusal(_t("%(team)s không còn hoạt động.") % {"team": team.name})
    _refuse_second_draft(flow.code, teams)
    dossier = flow.begin(user, post, **columns)
    lists = in_order.standing_lists(teams)
    return dossier, [(team, lists[team.pk]) for team in teams]


def _refuse_second_draft(procedure: str, teams: Sequence[Team]) -> None:
    drafts = Change.objects.filter(
        dossier__procedure=procedure, dossier__state="draft", team__in=teams
    )
    if other := drafts.select_related("dossier__author", "team").first():
        raise Refusal(
            _t(
                "%(team)s đã có bản nháp “%(title)s” do %(author)s lập. Ông/bà mở bản nháp ấy ở "
                "mục Hồ sơ, hoặc đề nghị người lập rút lại."
            )
            % {
                "team": other.team_name,
                "title": other.dossier.title,
                "author": other.dossier.author,
            }
        )


def named(dossier: Dossier) -> Dossier:
    """The draft under the name its lines give it."""
    dossier.rename()
    dossier.save(update_fields=["name"])
    return dossier


def line(dossier: Dossier, kind: str, team: Team, **columns: Any) -> Change:
    """A line about a standing team."""
    change: Change = Change.objects.create(
        dossier=dossier, kind=kind, level=team.level, hamlet=team.hamlet, team=team, **columns
    )
    return change
