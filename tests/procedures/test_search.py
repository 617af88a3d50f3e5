"""Finding without marks, in any order, within what one may see."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from procedures.finding import indexing, search
from procedures.models import Dossier, Person, SearchEntry, Team
from procedures.people import names
from procedures.roles import Role
from workflows import authority
from workflows.service import perform
from workflows.states import State

from .test_existing import record


@pytest.fixture
def heard(road, django_capture_on_commit_callbacks):
    """``heard(state, author)``: a dossier in that state, its acts heard by the index."""

    def to(state, author=None, by=road):
        with django_capture_on_commit_callbacks(execute=True):
            return by.to(state, author)

    return to


def found(user, text):
    """The titles found, by group."""
    groups = search.find(user, authority.capacities(user), text)
    return {str(group.label): [hit.title for hit in group.hits] for group in groups}


@pytest.fixture(scope="module")
def released_once(module_road):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return module_road.to(State.RELEASED).pk


CASE = "Thành lập Tổ công nghệ số cộng đồng bản Bãi Sở"


@pytest.mark.parametrize(
    "text",
    [
        "Bãi Sở",
        "bai so",
        "BAI SO",
        "số bãi",
        "cong dong bai",
        "đồng",
        "dong",
        "Ba\u0303i So\u031b\u0309",
        "thanh-lap, bai so!",
        "  bãi   sở  ",
    ],
)
def test_marks_case_order_and_punctuation_do_not_matter(text, released, tam_quang):
    assert CASE in found(tam_quang(Role.SPECIALIST), text)["Hồ sơ"]


@pytest.mark.parametrize("text", ["bãi sở không có", "ai", "ãi", "bai so so7", "%", "_", "", " "])
def test_every_word_must_match_from_its_beginning(text, released, tam_quang):
    assert found(tam_quang(Role.SPECIALIST), text) == {}


def test_a_case_by_its_number_and_by_the_number_of_its_decision(released, tam_quang):
    clerk, reference = tam_quang(Role.CLERK), released.decision.reference
    assert CASE in found(clerk, f"hồ sơ {released.pk}")["Hồ sơ"]
    assert CASE in found(clerk, reference)["Hồ sơ"]
    [paper] = found(clerk, reference)["Văn bản"]
    assert paper.startswith(f"Quyết định số {reference}")
    bare = f"{released.decision.number} qd ubnd"
    assert found(clerk, bare)["Văn bản"] == [paper]


def test_a_paper_by_its_date_and_by_who_signed(released, tam_quang):
    clerk, decision = tam_quang(Role.CLERK), released.decision
    assert len(found(clerk, f"{decision.date:%d/%m/%Y}")["Văn bản"]) == 2
    signed = found(clerk, names.fold(decision.signer_name))["Văn bản"]
    assert any(title.startswith("Quyết định") for title in signed)


def test_a_team_by_its_place_and_by_its_decision(released, tam_quang):
    clerk, team = tam_quang(Role.CLERK), Team.objects.get()
    assert found(clerk, "to cong nghe bai so")["Tổ"] == [team.name]
    assert found(clerk, released.decision.reference)["Tổ"] == [team.name]


def test_a_team_nobody_indexed_is_found_all_the_same(released, tam_quang):
    """A team recorded in bulk from a sheet, or renamed, needs no index."""
    Team.objects.update(name="Tổ công nghệ số cộng đồng Đầu Nguồn")
    assert found(tam_quang(Role.CLERK), "dau nguon")["Tổ"]


def test_a_person_by_name_and_year(released, tam_quang):
    clerk, seat = tam_quang(Role.CLERK), released.changes.get().seats.all()[1]
    for text in (names.fold(seat.full_name), f"{seat.full_name} {seat.birth_year}"):
        assert seat.full_name in found(clerk, text)["Người"]
    assert "Người" not in found(clerk, f"{seat.full_name} 1901")


@pytest.mark.parametrize("text", ["hlinh", "H'Linh", "linh nie", "Niê h’linh"])
def test_names_of_the_highlands(text, released, tam_quang):
    name = "H'Linh Niê"
    Person.objects.create(
        commune=released.commune, full_name=name, folded=names.fold(name), birth_year=1990
    )
    assert found(tam_quang(Role.CLERK), text)["Người"] == [name]


def test_teams_recorded_from_a_list(tam_quang, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        dossier = record(tam_quang)
    clerk, line = tam_quang(Role.CLERK), dossier.changes.first()
    assert dossier.title in found(clerk, line.place)["Hồ sơ"]
    assert line.team_name in found(clerk, line.place)["Tổ"]
    [paper] = found(clerk, "15/QĐ-UBND 10/07/2025")["Văn bản"]
    assert paper.startswith("Quyết định số 15/QĐ-UBND")


# Phones -----------------------------------------------------------------------------------------


@pytest.fixture
def member(released):
    """A member of the team, with a phone."""
    return released.changes.get().seats.exclude(phone="").last().person


def test_the_office_finds_a_phone_however_it_is_written(member, tam_quang):
    phone = member.phone
    spaced = f"+84 {phone[1:4]} {phone[4:7]} {phone[7:]}"
    for text in (phone, spaced, f"{phone[:4]}.{phone[4:7]}.{phone[7:]}", phone[-6:]):
        assert member.full_name in found(tam_quang(Role.SPECIALIST), text)["Người"]


def test_the_author_sees_the_name_but_finds_nobody_by_phone(member, released):
    author = released.author
    assert member.full_name in found(author, member.full_name)["Người"]
    for text in (member.phone, member.phone[:3], member.phone[-4:]):
        assert member.full_name not in found(author, text).get("Người", [])
        assert member.full_name not in found(author, f"{member.full_name} {text}").get("Người", [])


def test_a_phone_is_never_shown_whole(client, member, released, tam_quang):
    masked = f"{member.phone[:7]}***"
    for user, text in ((tam_quang(Role.CLERK), member.phone), (released.author, member.full_name)):
        client.force_login(user)
        page = client.get(reverse("search"), {"q": text}).content.decode()
        # The box repeats what was typed; nothing else may.
        results = page.split("</form>")[-1]
        assert member.full_name in results
        assert member.phone not in results
        assert (masked in results) == (user != released.author)


def test_no_copy_of_a_phone_is_kept(member):
    kept = "".join(SearchEntry.objects.values_list("folded", flat=True))
    assert member.phone not in kept


# Who may find what ------------------------------------------------------------------------------


def test_another_commune_finds_nothing(released, hac_thanh):
    for role in (Role.CHAIRMAN, Role.CLERK, Role.HAMLET_HEAD):
        assert "Hồ sơ" not in found(hac_thanh(role), "bai so")
        for seat in released.changes.get().seats.all():
            assert seat.full_name not in found(hac_thanh(role), seat.full_name).get("Người", [])
        assert found(hac_thanh(role), released.decision.token) == {}


def test_a_head_of_hamlet_finds_his_own_and_not_his_neighbours(released, heard, tam_quang):
    neighbour = tam_quang(Role.HAMLET_HEAD, 1)
    heard(State.SUBMITTED, neighbour)
    own = found(released.author, "thanh lap to")
    assert own["Hồ sơ"] == [CASE]
    assert found(released.author, "to cong nghe so")["Tổ"] == [Team.objects.get().name]
    theirs = found(neighbour, "bai so")
    assert CASE not in theirs["Hồ sơ"]
    assert "Tổ" not in theirs
    assert all("Bãi Sở" not in title for title in theirs["Văn bản"])
    for seat in released.changes.get().seats.exclude(person__user=neighbour):
        assert seat.full_name not in found(neighbour, seat.full_name).get("Người", [])
    # The positive control: the office finds both.
    assert len(found(tam_quang(Role.CLERK), "thanh lap to")["Hồ sơ"]) == 2


def test_a_head_of_hamlet_finds_the_team_of_his_hamlet_whoever_proposed_it(released, tam_quang):
    """Set up in a round by the office, it is his team all the same."""
    head = released.author
    Dossier.objects.filter(pk=released.pk).update(
        post=tam_quang.post(Role.SPECIALIST), author=tam_quang(Role.SPECIALIST)
    )
    hits = found(head, "bai so")
    assert hits["Tổ"] == [Team.objects.get().name]
    assert set(hits) == {"Hồ sơ", "Tổ", "Văn bản"}  # and the decision about it, once released
    member = released.changes.get().seats.last()
    assert member.full_name in found(head, member.full_name)["Người"]
    assert found(tam_quang(Role.HAMLET_HEAD, 1), "bai so") == {}
    assert found(tam_quang(Role.YOUTH_SECRETARY), "bai so") == {}


def test_no_post_finds_nothing(released, django_user_model):
    nobody = django_user_model.objects.create_user("khong-chuc-vu", "x", full_name="Không")
    boss = django_user_model.objects.create_superuser("quan-tri", "x", full_name="Quản Trị")
    for user in (nobody, boss):
        assert found(user, "bai so") == {}


def test_who_left_his_post_finds_nothing(released):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    released.author.holdings.update(until=yesterday)
    assert found(released.author, "bai so") == {}


# Staying right ----------------------------------------------------------------------------------


def entries():
    columns = ("dossier", "kind", "object_id", "title", "folded", "when")
    return sorted(SearchEntry.objects.values_list(*columns))


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CLEARED, State.RELEASED, State.REJECTED])
def test_writing_all_anew_changes_nothing(state, heard):
    heard(state)
    kept = entries()
    assert kept
    call_command("rebuild_search", verbosity=0)
    assert entries() == kept


def test_entries_that_were_lost_or_made_up_are_put_right(released, capsys):
    kept = entries()
    SearchEntry.objects.filter(kind="paper").delete()
    SearchEntry.objects.filter(kind="case").update(folded=" sai")
    call_command("rebuild_search")
    assert entries() == kept
    assert "xã Tam Quang: 1 hồ sơ." in capsys.readouterr().out


def test_an_act_rolled_back_leaves_no_entry(road, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        draft = road.draft()
    kept = entries()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        perform(draft, "submit", by=draft.author, seen=draft.revision)
        transaction.set_rollback(True)
    assert entries() == kept


def test_one_word_is_kept_once_and_without_its_zero():
    assert indexing.folded("Số 05/QĐ-UBND", "số 5") == " so 05 qd ubnd 5"


# The page ---------------------------------------------------------------------------------------


def test_at_most_fifty_and_the_rare_one_is_not_pushed_out(released, tam_quang):
    same = [
        Person(commune=released.commune, full_name=f"Bãi Văn {n}", folded=f"bai van so {n}")
        for n in range(80)
    ]
    Person.objects.bulk_create(same)
    clerk = tam_quang(Role.CLERK)
    groups = search.find(clerk, authority.capacities(clerk), "bai so")
    assert sum(len(group.hits) for group in groups) == search.MOST
    assert {str(group.label) for group in groups if group.more} == {"Người"}
    assert {"Hồ sơ", "Tổ", "Văn bản"} <= {str(group.label) for group in groups}


def test_the_page_works_by_a_plain_form_and_escapes_what_was_typed(client, released, tam_quang):
    client.force_login(tam_quang(Role.CLERK))
    page = client.get(reverse("search"), {"q": "bãi sở"}).content.decode()
    assert reverse("dossier", args=[released.pk]) in page
    assert 'value="bãi sở"' in page
    nothing = client.get(reverse("search"), {"q": '"><script>x'}).content.decode()
    assert "<script>" not in nothing
    assert "Không tìm thấy gì" in nothing
    assert "Ông/bà gõ tên bản" in client.get(reverse("search")).content.decode()
    assert client.get(reverse("search"), {"q": "a" * 5000 + "\x00"}).status_code == 200


def cost(client, text):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("search"), {"q": text}).status_code == 200
    return len(captured)


def test_much_found_costs_as_little_as_one(client, released, heard, tam_quang):
    client.force_login(tam_quang(Role.CLERK))
    one = cost(client, "bai so")
    for number in (1, 2, 3):
        heard(State.SUBMITTED, tam_quang(Role.HAMLET_HEAD, number))
    assert cost(client, "thanh lap to") <= one
    assert cost(client, "van") <= one <= 15


def test_an_act_pays_little_for_its_entries(heard):
    dossier = heard(State.RELEASED)
    with CaptureQueriesContext(connection) as captured:
        indexing.index(dossier.pk)
    asked = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 7, asked
