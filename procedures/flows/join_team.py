"""Kết nạp thành viên (P04), or into the group of collaborators (P07).

Somebody who lives or works in the place wishes to join; the leader of the team introduces him, the
specialist checks, the Chairman (or a Deputy for him) agrees. No paper is signed for the consent: it
waits for the decision that gathers it (``change_members``). Above the maximum of the plan the group
of collaborators is offered.

Source: Kế hoạch of UBND xã Tam Quang (2025), mục II.2.1.a and II.2.1.d. How to begin one:
:func:`procedures.people.member_requests.ask`.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflows.engine import CaseFlow

from ..codes import JOIN_TEAM
from ..road import ConsentRoad


class JoinTeamFlow(ConsentRoad, CaseFlow):
    code = JOIN_TEAM
    title = _("Kết nạp thành viên")
