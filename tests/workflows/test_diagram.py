"""The state diagram says what the code declares, for every procedure."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.core.management import call_command
from django.template.loader import get_template

from workflows import diagram, engine
from workflows.states import State, acts_of

SVG = "{http://www.w3.org/2000/svg}"
RECORDS = sorted({flow.record_class for flow in engine.flows()}, key=lambda cls: cls.__name__)


def words(svg):
    """The labels of a diagram with the line breaks taken out."""
    return " ".join(node.text for node in ET.fromstring(svg).iter(f"{SVG}text"))


def roads():
    """The usual road of every kind of record, and each of the others a dossier may go."""
    from procedures.models import Dossier
    from procedures.models.ways import Asking

    own = [Dossier(asking=way, office_review=seen) for way in Asking for seen in (False, True)]
    return [*RECORDS, *own]


@pytest.mark.parametrize("road", range(len(roads())))
def test_every_state_an_act_leads_to_is_drawn_once(road):
    of = roads()[road]
    svg = diagram.svg(of, "Đường đi")
    reached = {State.DRAFT, *(State(act.target) for act in diagram.Road.of(of).acts if act.target)}
    boxes = ET.fromstring(svg).findall(f"{SVG}rect")
    assert len(boxes) == len(reached)
    for state in reached:
        assert str(state.label) in words(svg)


@pytest.mark.parametrize("record", RECORDS)
def test_every_act_that_moves_along_the_path_is_named(record):
    said = words(diagram.svg(record, "Đường đi"))
    for _state, acts in diagram.main_path(record):
        for act in acts:
            assert str(act.label) in said


def test_the_path_of_a_team_runs_from_draft_to_release():
    from procedures.models import Dossier

    assert [state.value for state, _acts in diagram.main_path(Dossier)] == [
        "draft", "submitted", "checked", "appraised", "cleared", "signed", "sealed", "released",
    ]  # fmt: skip
    aside = diagram._asides(diagram.Road.of(Dossier))
    assert [s.value for s in aside] == [
        "returned",
        "withdrawn",
        "rejected",
    ]


def test_the_step_of_the_chief_of_office_shows_only_where_the_office_has_it():
    from procedures.models import Dossier

    path = [state.value for state, _acts in diagram.main_path(Dossier(office_review=True))]
    assert path == [
        "draft", "submitted", "checked", "appraised", "office_review", "cleared", "signed",
        "sealed", "released",
    ]  # fmt: skip
    assert "Chánh Văn phòng" not in diagram.svg(Dossier, "Đường đi")
    assert "ký nháy" not in diagram.svg(Dossier, "Đường đi")
    assert "Ký nháy dự thảo" in words(diagram.svg(Dossier(asking="initials"), "Đường đi"))


def test_every_step_that_can_be_gone_back_to_has_its_dashed_line():
    from procedures.models import Dossier

    path = [state.value for state, _acts in diagram.main_path(Dossier)]
    back = {
        (source, act.target)
        for act in diagram.Road.of(Dossier).acts
        for source in act.sources
        if {source, act.target} <= set(path) and path.index(source) > path.index(act.target)
    }
    svg = diagram.svg(Dossier, "Đường đi")
    # A line up and an arrow in for each step gone back to, a stub out of each step left.
    targets = {target for _source, target in back}
    assert svg.count("stroke-dasharray") == 2 * len(targets) + len(back)
    assert ("Nét đứt" in svg) == bool(back)


# States of other roads than that of a decision.
ELSEWHERE = (
    State.CONTINUED, State.AWAITING_CONSENT, State.AGREED, State.ACCEPTED, State.TEAM_REVIEW,
    State.AWAITING_SECRETARY,
)  # fmt: skip


@pytest.mark.parametrize("state", [s for s in State.values if s not in ELSEWHERE])
def test_the_current_state_is_marked_in_colour_and_in_words(state):
    from procedures.models import Dossier

    svg = diagram.svg(Dossier(office_review=True), "Đường đi", state)
    root = ET.fromstring(svg)
    filled = [box for box in root.findall(f"{SVG}rect") if box.get("fill") != "#ffffff"]
    assert len(filled) == 1
    assert words(svg).count("▸") == 1
    assert str(State(state).label) in root.find(f"{SVG}desc").text


def test_nothing_in_it_needs_more_than_the_content_security_policy_allows():
    from procedures.models import Dossier

    svg = diagram.svg(Dossier, "<script>alert(1)</script>", State.DRAFT)
    assert not re.search(r"\bstyle=|<style|<script|href=|\bon\w+=|url\(", svg)
    assert "&lt;script&gt;" in svg


def test_boxes_do_not_overlap_and_stay_inside_the_picture():
    from procedures.models import Dossier

    root = ET.fromstring(diagram.svg(Dossier, "Đường đi"))
    _x, _y, width, height = map(int, root.get("viewBox").split())
    boxes = [
        tuple(int(box.get(name)) for name in ("x", "y", "width", "height"))
        for box in root.findall(f"{SVG}rect")
    ]
    for x, y, w, h in boxes:
        assert x >= 0
        assert x + w <= width
        assert y + h <= height
    for number, (x, y, w, h) in enumerate(boxes):
        for x2, y2, w2, h2 in boxes[number + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


def test_the_command_writes_one_readable_file_per_procedure(tmp_path):
    call_command("diagrams", tmp_path / "new", verbosity=0)
    written = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert written == sorted(f"{flow.code}.svg" for flow in engine.flows())
    for path in (tmp_path / "new").iterdir():
        assert ET.fromstring(path.read_text(encoding="utf-8")).tag == f"{SVG}svg"


@pytest.mark.parametrize("record", RECORDS)
def test_every_declared_act_has_its_sentence(record):
    for name in [*acts_of(record), "lapse_hold"]:
        get_template(f"workflows/events/{name}.txt")
