"""Names that live in the database are named once: the list of them only grows."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from documents.kinds import KINDS
from procedures.models import Change
from workflows import engine
from workflows.models import CaseTask, Event
from workflows.renaming import rename_flow, rename_step, stored_names, unknown_steps
from workflows.states import Record, State, acts_of

LIST = Path(__file__).resolve().parents[2] / "project" / "stored_names.txt"
FLOW = "procedures/flows.establish_team.EstablishTeamFlow"


def in_the_code():
    records = [m for m in apps.get_models() if issubclass(m, Record)]
    return {
        *(f"step {name}" for name in stored_names()),
        *(f"procedure {flow.code}" for flow in engine.flows()),
        *(f"act {act}" for record in records for act in acts_of(record)),
        *(f"state {state}" for state in State.values),
        *(f"change {kind}" for kind in Change.Kind.values),
        *(f"document {kind}" for kind in KINDS),
    }


def test_every_stored_name_is_listed_and_none_is_lost():
    """A new name is a new line of project/stored_names.txt. One that went needs a data migration
    (workflows.renaming) before its line may go: project/decisions/0016."""
    listed = LIST.read_text(encoding="utf-8").splitlines()
    assert listed == sorted(listed)
    assert in_the_code() == set(listed)


def test_a_step_nobody_has_is_found_and_renamed(road, capsys):
    dossier = road.to(State.SUBMITTED)
    step = f"{FLOW}.check_content"
    tasks = CaseTask.objects.filter(process_id=dossier.case_id)
    assert unknown_steps() == {}
    assert tasks.filter(flow_task=step).update(flow_task=f"{FLOW}.read_content") == 1
    assert unknown_steps() == {f"{FLOW}.read_content": 1}
    with pytest.raises(CommandError):
        call_command("check_cases")
    assert "read_content" in capsys.readouterr().out
    rename_step(apps, f"{FLOW}.read_content", step)
    assert unknown_steps() == {}
    road._forward(dossier, State.CHECKED)


def test_a_procedure_that_moves_takes_its_cases_along(road):
    dossier = road.to(State.SUBMITTED)
    was = "procedures/flows.set_up.SetUpFlow"
    rename_flow(apps, FLOW, was)
    assert set(unknown_steps()) == {f"{was}.check_content"}
    rename_flow(apps, was, FLOW)
    assert unknown_steps() == {}
    road._forward(dossier, State.CHECKED)
    assert Event.objects.filter(record_id=dossier.pk, act="check_content").exists()
