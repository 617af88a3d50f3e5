"""The roles posts have in a commune, in the words the steps use and the people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Keys are stored on posts and tasks: never rename one without a data migration."""

    HAMLET_HEAD = "hamlet_head", _("Trưởng thôn, bản, khu phố")
    YOUTH_SECRETARY = "youth_secretary", _("Bí thư Đoàn xã, phường")
    SPECIALIST = "specialist", _("chuyên viên Phòng Văn hóa - Xã hội")
    DIVISION_HEAD = "division_head", _("Trưởng phòng Văn hóa - Xã hội")
    DEPUTY_DIVISION_HEAD = "deputy_division_head", _("Phó Trưởng phòng Văn hóa - Xã hội")
    CLERK = "clerk", _("văn thư")
    CHIEF_OF_OFFICE = "chief_of_office", _("Chánh Văn phòng HĐND và UBND")
    CHAIRMAN = "chairman", _("Chủ tịch")
    DEPUTY_CHAIRMAN = "deputy_chairman", _("Phó Chủ tịch")


def called(role: str, kind: str) -> str:
    """A role in a commune whose ``kind`` is known: "Bí thư Đoàn phường"."""
    if role == Role.YOUTH_SECRETARY:
        return str(_("Bí thư Đoàn %(kind)s") % {"kind": kind})
    return str(Role(role).label)


# Whose posts are in the office of a commune.
OFFICE = frozenset(
    {
        Role.SPECIALIST,
        Role.DIVISION_HEAD,
        Role.DEPUTY_DIVISION_HEAD,
        Role.CLERK,
        Role.CHIEF_OF_OFFICE,
        Role.CHAIRMAN,
        Role.DEPUTY_CHAIRMAN,
    }
)

# Whom minutes name to sign beside their chair: a person, no post, so no role of any post.
SECRETARY = "secretary"

# Fields of work by which deputies are assigned (Điều 13 khoản 1 Nghị định 30/2020/NĐ-CP).
DIGITAL = "digital"
FIELDS = {
    DIGITAL: _("Khoa học - công nghệ, chuyển đổi số"),
    "economy": _("Kinh tế, đất đai, xây dựng"),
    "culture": _("Văn hóa, xã hội"),
}
