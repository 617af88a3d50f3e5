"""Thôi tham gia tổ (P05).

A member, the leader himself too, no longer takes part: the leader of the team proposes it, the
specialist checks, the Chairman (or a Deputy for him) agrees. A team that falls below the minimum or
loses its leader is warned of; nobody is kept in a team for that.

Source: Kế hoạch of UBND xã Tam Quang (2025), mục II.2.1.d. How to begin one:
:func:`procedures.people.member_requests.ask`.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflows.engine import CaseFlow

from ..codes import LEAVE_TEAM
from ..road import ConsentRoad


class LeaveTeamFlow(ConsentRoad, CaseFlow):
    code = LEAVE_TEAM
    title = _("Thôi tham gia tổ")
