"""No route is open by accident, and another commune's object is as if it did not exist."""

import datetime
import re

import pytest
from django.contrib.auth import get_user_model
from django.http import Http404
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from procedures import access
from procedures.models import Dossier
from procedures.models.entering import Received
from procedures.roles import Role
from tests.procedures.cells import SCAN
from workflows.models import Delegation, Holding
from workflows.states import State

# Whoever holds a paper may look it up; everybody may come to the door.
OPEN = {"login", "public", "account_login", "slip", "slip-code", "verify-file", "check-form"}
SOMEBODY_ELSES = 404
HUGE = 2**70


def routes(patterns=None, prefix=""):
    """Every route of the installation: (name, path pattern)."""
    for entry in patterns or get_resolver().url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield entry.name, path, entry.pattern.converters
        else:
            yield from routes(entry.url_patterns, path)


ROUTES = [(name, path, tuple(found)) for name, path, found in routes()]
OURS = [route for route in ROUTES if not route[1].startswith("quan-tri/")]
# A line of a round has a test of its own: tests/procedures/views/test_rounds.py. So has a person's
# own passkey, which is nobody's else: tests/project/accounts/test_passkeys.py; and an annex in a
# file of its own: tests/procedures/test_annexes_apart.py.
WITH_PK = [
    (name, found)
    for name, _path, found in OURS
    if "pk" in found and not {"line", "ordinal"} & {*found} and name != "mfa_remove_webauthn"
]


def address(name, found, pk, digest="0" * 16, signer=1):
    """A concrete address of a route."""
    known = {"name": "withdraw", "kind": "decision", "digest": digest, "number": 1}
    known |= {"pk": pk, "signer": signer}
    return reverse(name, kwargs={key: known[key] for key in found})


def test_the_walk_finds_the_routes():
    names = {name for name, _path, _found in ROUTES}
    assert {"home", "dossier", "document-download", "login", "public", "index"} <= names
    assert len(WITH_PK) >= 12


@pytest.mark.parametrize(("name", "path", "found"), ROUTES, ids=[r[1] or "home" for r in ROUTES])
def test_a_stranger_comes_only_to_the_open_doors(name, path, found, client, db):
    values = {"int": "1", "slug": "a", "paper": "quyet-dinh", "signed": "quyet-dinh"}
    plain = re.sub(r"<(\w+):\w+>|<\w+>", lambda m: values.get(m[1] or "", "a"), path)
    plain = "/" + re.sub(r"\(\?P<\w+>[^)]*\)|[\^$\\]", "auth", plain)
    for answer in (client.get(plain), client.post(plain)):
        if name in OPEN:
            assert answer.status_code in (200, 404, 405, 422)
        else:
            assert answer.status_code == 302, (plain, answer.status_code)
            assert re.match(r"/vao/|/quan-tri/login/", answer["Location"])


@pytest.fixture(scope="module")
def made(module_road):
    road, specialist = module_road, module_road.cast(Role.SPECIALIST)
    received = Received("paper", timezone.localdate(), SCAN)
    dossier = road.do(road.draft(), "enter", specialist, received=received)
    return road._forward(road.do(dossier, "submit_entered", specialist), State.CLEARED).pk


@pytest.fixture
def cleared(made, db):
    """Entered for its author with a photo, so that every address leads somewhere."""
    return Dossier.objects.get(pk=made)


PRESSED = ("round-gather", "round-send", "round-remind")


def pk_of(name, dossier, road):
    """The key of what the address shows."""
    if name.startswith("document-"):
        return dossier.submission_id
    if name.startswith("round"):
        opened = road.round()
        return opened.places.get().pk if name == "round-place" else opened.pk
    return road.round().dossier_id if name == "dossier-set-aside" else dossier.pk


def picture_of(client, dossier):
    page = client.get(reverse("dossier-read", args=[dossier.pk, "decision"])).content.decode()
    return re.search(r"quyet-dinh/([0-9a-f]{16})/1\.png", page)[1]


@pytest.mark.parametrize(("name", "found"), WITH_PK, ids=[name for name, _found in WITH_PK])
def test_what_is_there_for_the_office_is_not_there_for_another_commune(
    name, found, client, cleared, tam_quang, hac_thanh, road
):
    client.force_login(tam_quang(Role.CHAIRMAN))
    digest = picture_of(client, cleared)
    if name == "dossier-scan":
        digest = access.scan_digest(cleared.received_file)
    own = address(name, found, pk_of(name, cleared, road), digest, tam_quang(Role.CHAIRMAN).pk)
    # The positive control: the very address answers the office; 405 where it only takes a press.
    # Nothing of this case is released yet: its package sends him back to it with a sentence.
    expected = 405 if name in PRESSED else 302 if name == "dossier-handover" else 200
    assert client.get(own).status_code == expected
    for role in Role:
        if role in (Role.HAMLET_HEAD, Role.YOUTH_SECRETARY, *access.OFFICE):
            client.force_login(hac_thanh(role))
            if name not in PRESSED:
                assert client.get(own).status_code == SOMEBODY_ELSES
            assert client.post(own, {"seen": cleared.revision}).status_code in (404, 405)


def seen(answer):
    """What a stranger could compare: all but the token that is new on every page."""
    return answer.status_code, re.sub(rb'value="\w{64}"', b"", answer.content)


@pytest.mark.parametrize(("name", "found"), WITH_PK, ids=[name for name, _found in WITH_PK])
def test_what_does_not_exist_looks_the_same(name, found, client, cleared, tam_quang, hac_thanh):
    client.force_login(hac_thanh(Role.CHAIRMAN))
    pk = cleared.submission_id if name.startswith("document-") else cleared.pk
    there = seen(client.get(address(name, found, pk)))
    for absent in (0, 999_999, HUGE):
        assert seen(client.get(address(name, found, absent))) == there


def test_refused_posts_change_nothing(client, cleared, hac_thanh):
    client.force_login(hac_thanh(Role.CHAIRMAN))
    for name, found in WITH_PK:
        data = {"seen": cleared.revision, "note": "x", "passphrase": "demo"}
        client.post(address(name, found, cleared.pk), data)
    assert Dossier.objects.get(pk=cleared.pk).revision == cleared.revision


@pytest.mark.parametrize("role", sorted(access.OFFICE))
def test_the_office_sees_every_dossier_of_its_commune_and_no_other(
    role, road, other_road, tam_quang
):
    own = {road.to(State.SUBMITTED), road.to(State.DRAFT, tam_quang(Role.YOUTH_SECRETARY))}
    other_road.to(State.SUBMITTED)
    assert set(access.dossiers_of(tam_quang(role))) == own


def test_a_head_of_hamlet_sees_the_dossiers_of_his_own_post(road, tam_quang):
    dossier = road.to(State.SUBMITTED)
    author, neighbour = tam_quang(Role.HAMLET_HEAD), tam_quang(Role.HAMLET_HEAD, 1)
    assert access.dossier_for(author, dossier.pk) == dossier
    with pytest.raises(Http404):
        access.dossier_for(neighbour, dossier.pk)
    assert access.document_for(author, dossier.proposal_id) == dossier.proposal
    with pytest.raises(Http404):
        access.document_for(neighbour, dossier.proposal_id)


def replaced(post, successor):
    """The holder of a post left it yesterday; ``successor`` holds it from today."""
    today = timezone.localdate()
    post.holdings.update(until=today - datetime.timedelta(days=1))
    return Holding.objects.create(post=post, user=successor, since=today)


def test_a_successor_takes_the_dossiers_over_and_who_left_loses_them(road, tam_quang):
    dossier = road.to(State.SUBMITTED)
    author, successor = tam_quang(Role.HAMLET_HEAD), tam_quang(Role.HAMLET_HEAD, 1)
    replaced(dossier.post, successor)
    assert access.dossier_for(successor, dossier.pk) == dossier
    with pytest.raises(Http404):
        access.dossier_for(author, dossier.pk)


def test_who_changed_posts_keeps_what_he_drew_up(road, tam_quang):
    dossier = road.to(State.SUBMITTED)
    author = tam_quang(Role.HAMLET_HEAD)
    replaced(dossier.post, tam_quang(Role.HAMLET_HEAD, 1))
    replaced(tam_quang.post(Role.HAMLET_HEAD, 2), author)
    assert access.dossier_for(author, dossier.pk) == dossier


def test_who_moved_to_another_commune_loses_what_he_drew_up(road, tam_quang, hac_thanh):
    dossier = road.to(State.SUBMITTED)
    author = tam_quang(Role.HAMLET_HEAD)
    author.holdings.update(until=timezone.localdate() - datetime.timedelta(days=1))
    replaced(hac_thanh.post(Role.CHAIRMAN), author)
    with pytest.raises(Http404):
        access.dossier_for(author, dossier.pk)


def test_a_stand_in_sees_what_the_post_he_stands_in_for_sees(road, tam_quang):
    dossier = road.to(State.SUBMITTED)
    neighbour = tam_quang(Role.HAMLET_HEAD, 1)
    Delegation.objects.create(
        principal=dossier.post, delegate=tam_quang.post(Role.HAMLET_HEAD, 1),
        kind=Delegation.Kind.STAND_IN, paper="Quyết định số 7", since=timezone.localdate(),
    )  # fmt: skip
    assert access.dossier_for(neighbour, dossier.pk) == dossier


def test_no_post_means_nothing_at_all(road, client):
    dossier = road.to(State.SUBMITTED)
    nobody = get_user_model().objects.create_user("khong-chuc-vu", "x", full_name="Không Chức Vụ")
    boss = get_user_model().objects.create_superuser("quan-tri", "x", full_name="Quản Trị")
    for user in (nobody, boss):
        assert not access.dossiers_of(user).exists()
        client.force_login(user)
        assert client.get(reverse("dossier", args=[dossier.pk])).status_code == 404
        assert client.get(reverse("home")).status_code == 200


def test_a_deactivated_account_sees_nothing(road, tam_quang):
    road.to(State.SUBMITTED)
    chairman = tam_quang(Role.CHAIRMAN)
    chairman.is_active = False
    assert not access.dossiers_of(chairman).exists()


def test_phones_are_for_the_office_and_for_who_typed_them(road, tam_quang, hac_thanh):
    dossier = road.to(State.SUBMITTED)
    successor = tam_quang(Role.HAMLET_HEAD, 1)
    replaced(dossier.post, successor)
    assert access.may_see_phones(dossier.author, dossier)
    assert access.may_see_phones(tam_quang(Role.SPECIALIST), dossier)
    assert not access.may_see_phones(successor, dossier)
    assert not access.may_see_phones(hac_thanh(Role.CLERK), dossier)
