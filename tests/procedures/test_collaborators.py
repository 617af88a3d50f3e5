"""A collaborator in a founding list stands beside the members: in the papers and for the rules."""

import pytest

from documents.model import SignatureBlock
from procedures import demo, papers, rules
from procedures.forms.steps import seat_rows
from procedures.models import Membership
from workflows.errors import Refusal
from workflows.states import State

BESIDE = {"full_name": "Vi Thị Khoa", "birth_year": 1999, "role": "collaborator"}
BLOCK = SignatureBlock(("CHỦ TỊCH",), "Nguyễn Văn A")
TOLD = "10 thành viên và 01 cộng tác viên"


def listed(road, seats):
    dossier = road.draft()
    line = dossier.changes.get()
    return road.do(dossier, "edit", dossier.author, seats={line.pk: seats})


def test_ten_members_and_a_collaborator_are_ten(road, tam_quang):
    draft = road.draft()
    seats = demo.seats(draft, 10)
    full = listed(road, [*seats, BESIDE])
    sent = road.do(full, "submit", full.author)
    assert not [f for f in rules.judge(sent) if "tối đa" in f.sentence]
    written = {
        "proposal": papers.proposal(sent, author=sent.author, at=sent.submitted),
        "submission": papers.content("submission", sent, BLOCK),
        "slip": papers.slip(sent, BLOCK),
        "decision": papers.content("decision", sent, BLOCK),
    }
    for slot, paper in written.items():
        assert TOLD in str(paper), slot
    done = road._forward(sent, State.RELEASED)
    sitting = Membership.objects.filter(decision=done.decision)
    assert sitting.exclude(role="collaborator").count() == 10
    assert sitting.get(role="collaborator").person.full_name == BESIDE["full_name"]


def test_an_eleventh_member_is_still_one_too_many(road, tam_quang):
    draft = road.draft()
    over = [*demo.seats(draft, 10), {**BESIDE, "role": "member"}]
    full = listed(road, over)
    with pytest.raises(Refusal, match="tối đa 10"):
        road.do(full, "submit", full.author)


def test_the_form_offers_the_role():
    row = {"nguoi-TOTAL_FORMS": "1", "nguoi-INITIAL_FORMS": "0"}
    row |= {f"nguoi-0-{name}": str(value) for name, value in BESIDE.items()}
    rows = seat_rows(row)
    assert rows.is_valid()
    [person] = rows.people()
    assert person["role"] == "collaborator"
