"""Thông báo công khai tổ và kênh hỗ trợ người dân (P29).

A specialist types the office's own contact: hotline, place, hours. The teams and their places are
those of the decisions in force on the day it is signed; a leader is named only who agreed to
publication, and no personal phone ever. From there it is the road of every decision: content
check, Tờ trình, form check, and the Chairman (or a Deputy for him) signs the notice. Released, it
gives a text for the village's groups.

Sources: Công văn 3293/UBND-CN of UBND tỉnh Thừa Thiên Huế (2022), mục IV.4; Luật Bảo vệ dữ liệu cá
nhân 91/2025/QH15, Điều 9 (publication is a purpose of its own).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflows.engine import CaseFlow

from ..drafting import DraftedPage
from ..models.announcing import ANNOUNCE_TEAMS, Announcement
from ..papers import announcing
from ..road import PaperRoad


class AnnounceTeamsFlow(DraftedPage, PaperRoad, CaseFlow):
    code = ANNOUNCE_TEAMS
    title = _("Thông báo công khai tổ và kênh hỗ trợ người dân")
    papers = announcing.PAPERS
    ends_in = "notice"
    matter = Announcement
