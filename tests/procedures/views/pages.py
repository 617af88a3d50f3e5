"""What the tests of the screens send, and how they read the answer."""

import re

from django.urls import reverse

from procedures.models import Dossier

ROWS = [
    ("Lô Văn Thìn", "1968", "", "leader", "Trưởng bản"),
    ("Vi Thị Hoa", "1992", "0914994021", "deputy", "Bí thư Chi đoàn"),
    ("Kha Văn Lực", "1988", "0914994022", "member", "Giáo viên"),
    ("Ngân Thị Én", "1990", "0914994023", "member", "Chi hội Phụ nữ"),
    ("La Văn Bảy", "1999", "0914994024", "member", "Người dân"),
]
COLUMNS = ("full_name", "birth_year", "phone", "role", "represents")


def typed(dossier, rows=ROWS, **more):
    """What the list's page sends."""
    data = {"seen": dossier.revision, "nguoi-TOTAL_FORMS": len(rows), "nguoi-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"nguoi-{number}-{c}": v for c, v in zip(COLUMNS, row, strict=True)}
    return data | more


def text(answer):
    """The words of a page: no tags, spaces reduced."""
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(plain.split())


def box(answer, name):
    """The value standing in an input."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', answer.content.decode())[0]
    found = re.search(r'value="([^"]*)"', tag)
    return found[1] if found else ""


def fresh(dossier):
    return Dossier.objects.get(pk=dossier.pk)


def to(name, dossier, *more):
    return reverse(name, args=[dossier.pk, *more])
