"""Targets: assigned, shown, answered (chỉ tiêu)."""

from __future__ import annotations

from django.urls import path

from ..views import target_boards, targets, team_targets

urlpatterns = [
    path("chi-tieu/", target_boards.listed, name="target-sets"),
    path("chi-tieu/moi/", target_boards.begin, name="targets-begin"),
    path("chi-tieu/<int:number>/", target_boards.board, name="target-board"),
    path("chi-tieu/to/<int:number>/", team_targets.arrived, name="target-team"),
    path("chi-tieu/de-nghi/<int:number>/", team_targets.answer, name="target-answer"),
    path("ho-so/<int:case>/chi-tieu/", targets.plan, name="targets-plan"),
    path("ho-so/<int:case>/chi-tieu/so/", targets.numbers, name="targets-numbers"),
    path("ho-so/<int:case>/chi-tieu/van-ban/", targets.scan, name="targets-scan"),
    path("to/<int:team>/chi-tieu/", team_targets.show, name="team-targets"),
    path("to/<int:team>/chi-tieu/so-lieu/", team_targets.tell, name="team-progress"),
    path("to/<int:team>/chi-tieu/<int:target>/", team_targets.ask, name="target-ask"),
]
