"""What the page of each procedure says of its dossiers, written out by hand."""

from django.urls import reverse

from documents.kinds import KINDS
from procedures.models import Dossier
from procedures.papers import STANDARD

PAGES = {
    # procedure: (what it ends in, where it is written, what keeps it, its own papers)
    "announce_teams": ("notice", "dossier-write", "write_matter", "proposal submission decision"),
    "appoint_leader": (
        "decision", "dossier-restructure", "write_restructuring", "proposal submission decision",
    ),
    "assign_targets": (
        "decision", "targets-plan", "rewrite_targets", "proposal submission decision",
    ),
    "change_members": ("decision", "dossier-edit", "write_lists", "submission slip decision"),
    "commend": ("decision", "dossier-write", "write_matter", "proposal submission decision"),
    "correct_document": (
        "decision", "dossier-correct", "write_remedy", "proposal submission decision",
    ),
    "delegate_signing": (
        "decision", "dossier-write", "write_matter", "proposal submission decision",
    ),
    "dissolve_team": (
        "decision", "dossier-restructure", "write_restructuring", "proposal submission decision",
    ),
    "draft_paper": ("decision", "dossier-write", "write_matter", "proposal submission decision"),
    "establish_round": ("decision", "dossier-edit", "write_lists", ""),
    "establish_team": ("decision", "dossier-edit", "write_lists", ""),
    "join_team": ("decision", "dossier-request", "write_lists", "proposal"),
    "leave_team": ("decision", "dossier-request", "write_lists", "proposal"),
    "list_upward": (
        "official_letter", "dossier-list-up", "write_request", "proposal submission decision",
    ),
    "merge_hamlets": (
        "decision", "dossier-restructure", "write_restructuring", "proposal submission decision",
    ),
    "record_teams": ("decision", "dossier-edit", "write_lists", ""),
    "register_training": (
        "official_letter", "dossier-write", "write_matter", "proposal submission decision",
    ),
    "remove_member": ("decision", "dossier-request", "write_lists", "proposal"),
    "report_upward": (
        "report", "dossier-report", "write_upward", "proposal submission slip decision",
    ),
    "review_team": (
        "decision", "dossier-restructure", "write_restructuring", "proposal submission decision",
    ),
}  # fmt: skip


def test_every_page_says_what_is_particular_to_it():
    told = {
        page.code: (page.ends_in, page.written_at, page.keep.__name__, " ".join(page.papers))
        for page in Dossier.pages()
    }
    assert told == PAGES


def test_what_a_page_names_exists():
    for page in Dossier.pages():
        assert page.ends_in in KINDS
        assert reverse(page.written_at, args=[1])
        assert set(page.papers) <= set(STANDARD)


def test_only_the_report_begins_without_a_proposal():
    without = [page.code for page in Dossier.pages() if page.papers.get("proposal", True) is None]
    assert without == ["report_upward"]
