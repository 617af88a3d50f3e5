"""Đưa ra khỏi danh sách tổ (P06): somebody died, moved away, or broke the rules of the team.

The leader proposes it, the specialist checks, the Chairman (or a Deputy for him) agrees. Who is
said to have broken the rules is heard first; who died is written to no more from the moment this is
sent. Neither cause is printed beside a name.

No source orders it: keeping the list current is the team's own duty (Kế hoạch of UBND xã Tam Quang,
2025, mục II.2.3). How to begin one: :func:`procedures.people.member_requests.ask`.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflows.engine import CaseFlow

from ..codes import REMOVE_MEMBER
from ..road import ConsentRoad


class RemoveMemberFlow(ConsentRoad, CaseFlow):
    code = REMOVE_MEMBER
    title = _("Đưa ra khỏi danh sách tổ")
