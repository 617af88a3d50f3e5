"""Before signing and sealing, an officer proves once more who he is."""

import inspect
import re

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver, reverse

from procedures.models import Dossier
from procedures.roles import Role
from tests.conftest import PASSPHRASE
from tests.procedures.conftest import Road
from workflows.states import State

from .conftest import later, moved, sign_in, six_digits, text

QUARTER = 15 * 60


@pytest.fixture
def road(tam_quang):
    return Road(tam_quang)


def acts(road, tam_quang):
    """Each page that signs or seals: (state, who, its address)."""
    yield State.CHECKED, Role.DIVISION_HEAD, "dossier-sign", ["submission"]
    yield State.CLEARED, Role.CHAIRMAN, "dossier-sign", ["decision"]
    yield State.SIGNED, Role.CLERK, "dossier-seal", []


def sent_from(client, address):
    """What the page sends when its button is pressed, with the passphrase typed."""
    page = client.get(address)
    assert page.status_code == 200  # reading is not signing
    names = ("seen", "says")
    boxes = {
        name: re.search(rf'name="{name}" value="([^"]*)"', page.content.decode()) for name in names
    }
    return {name: box[1] for name, box in boxes.items() if box} | {"passphrase": PASSPHRASE}


def signing_routes(patterns=None):
    """Names of the routes whose view asks for the passphrase of a key."""
    for entry in patterns or get_resolver().url_patterns:
        if isinstance(entry, URLResolver):
            yield from signing_routes(entry.url_patterns)
        elif "PassphraseForm(" in inspect.getsource(inspect.unwrap(entry.callback)):
            yield entry.name


def test_every_route_that_asks_for_a_passphrase_is_named():
    found = set(signing_routes())
    assert {"dossier-sign", "dossier-seal"} <= found
    # Signing and sealing with a tool of one's own, and whose signature is believed.
    found |= {"dossier-sign-outside", "dossier-seal-outside", "certificates"}
    found |= {"copy-seal-outside", "dossier-countersign-outside"}
    # Who may sign for whom, and since when.
    found |= {"assignment-add", "assignment-install", "assignment-end"}
    assert set(settings.STEP_UP_ROUTES) == found


@pytest.mark.parametrize("index", range(3))
def test_after_a_quarter_of_an_hour_the_password_is_asked_and_nothing_is_signed(
    index, client, road, tam_quang
):
    state, role, name, more = list(acts(road, tam_quang))[index]
    dossier, by = road.to(state), tam_quang(role)
    address = reverse(name, args=[dossier.pk, *more])
    sign_in(client, by)
    moved(client, QUARTER + 1)
    sent = sent_from(client, address)
    answer = client.post(address, sent)
    assert answer["Location"] == f"/vao/lai/?next={address.replace('/', '%2F')}"
    assert Dossier.objects.get(pk=dossier.pk).revision == dossier.revision
    page = client.get(answer["Location"])
    assert "Chưa có gì được ký" in text(page)
    assert "Mật khẩu" in text(page)
    wrong = client.post(answer["Location"], {"password": "sai"})
    assert "Mật khẩu chưa đúng" in text(wrong)
    assert client.post(address, sent)["Location"].startswith("/vao/lai/")
    back = client.post(answer["Location"], {"password": "trinhky-demo"})
    assert back["Location"] == address
    filled = client.get(address)
    assert "gõ lại mật khẩu khóa ký" in text(filled)
    assert Dossier.objects.get(pk=dossier.pk).revision == dossier.revision
    assert "gõ lại mật khẩu khóa ký" not in text(client.get(address))
    assert client.post(address, sent)["Location"] == reverse("dossier", args=[dossier.pk])
    assert Dossier.objects.get(pk=dossier.pk).revision > dossier.revision


def test_within_a_quarter_of_an_hour_nothing_is_asked(client, road, tam_quang):
    dossier = road.to(State.CLEARED)
    sign_in(client, tam_quang(Role.CHAIRMAN))
    moved(client, QUARTER - 60)
    address = reverse("dossier-sign", args=[dossier.pk, "decision"])
    sent = sent_from(client, address)
    assert client.post(address, sent)["Location"] == reverse("dossier", args=[dossier.pk])


def test_with_a_second_factor_the_code_is_asked_and_the_password_is_not_enough(
    client, road, tam_quang, installed
):
    dossier = road.to(State.CLEARED)
    secret = installed(client, tam_quang(Role.CHAIRMAN))
    moved(client, QUARTER + 1)
    address = reverse("dossier-sign", args=[dossier.pk, "decision"])
    sent = sent_from(client, address)
    again = client.post(address, sent)["Location"]
    client.post(again, {"password": "trinhky-demo"})
    assert client.post(address, sent)["Location"] == again
    with later():
        assert client.post(again, {"code": six_digits(secret)})["Location"] == address
        assert client.post(address, sent)["Location"] == reverse("dossier", args=[dossier.pk])


def test_the_passphrase_of_a_key_is_not_kept_while_asking(client, road, tam_quang):
    dossier = road.to(State.CLEARED)
    sign_in(client, tam_quang(Role.CHAIRMAN))
    moved(client, QUARTER + 1)
    address = reverse("dossier-sign", args=[dossier.pk, "decision"])
    client.post(address, {"seen": dossier.revision, "passphrase": "khoa-bi-mat"})
    assert "khoa-bi-mat" not in repr(dict(client.session))


def test_it_leads_to_no_other_site(client, tam_quang):
    sign_in(client, tam_quang(Role.CHAIRMAN))
    sent = {"password": "trinhky-demo"}
    answer = client.post("/vao/lai/?next=https://example.com/", sent)
    assert answer["Location"] == "/"


def test_guessing_here_is_limited_too(client, tam_quang):
    sign_in(client, tam_quang(Role.CHAIRMAN))
    for _try in range(5):
        assert "chưa đúng" in text(client.post("/vao/lai/", {"password": "sai"}))
    answer = client.post("/vao/lai/", {"password": "trinhky-demo"})
    assert "quá nhiều lần" in text(answer)


def test_what_was_ticked_and_typed_is_still_there(client, road, tam_quang):
    """In the tray several papers are read before the button is pressed: that takes its time."""
    dossiers = [road.to(State.CLEARED, tam_quang(Role.HAMLET_HEAD, index)) for index in range(2)]
    sign_in(client, tam_quang(Role.CHAIRMAN))
    page = client.get("/khay/").content.decode()
    boxes = re.findall(r'name="chosen" value="([^"]+)"', page)
    assert len(boxes) == 2
    moved(client, QUARTER + 1)
    again = client.post("/khay/", {"chosen": boxes[1:], "passphrase": PASSPHRASE})["Location"]
    assert client.post(again, {"password": "trinhky-demo"})["Location"] == "/khay/"
    page = client.get("/khay/").content.decode()
    assert re.findall(r'name="chosen" value="([^"]+)" checked', page) == boxes[1:]
    assert {Dossier.objects.get(pk=d.pk).state for d in dossiers} == {State.CLEARED}
    assert PASSPHRASE not in re.findall(r'value="([^"]*)"', page)
    client.post("/khay/", {"chosen": boxes[1:], "passphrase": PASSPHRASE})
    states = [Dossier.objects.get(pk=dossier.pk).state for dossier in dossiers]
    assert sorted(states) == sorted([State.CLEARED, State.SIGNED])


def test_what_was_kept_for_one_page_is_not_given_to_another(client, road, tam_quang):
    dossier = road.to(State.CLEARED)
    sign_in(client, tam_quang(Role.CHAIRMAN))
    moved(client, QUARTER + 1)
    address = reverse("dossier-sign", args=[dossier.pk, "decision"])
    again = client.post(address, {"seen": "1", "passphrase": PASSPHRASE})["Location"]
    client.post(again, {"password": "trinhky-demo"})
    # What an earlier version of ours kept, in another shape, is in no way.
    session = client.session
    session["kept_while_asking"] = [address, "seen=1"]
    session.save()
    assert client.get("/khay/").status_code == 200


def test_a_button_without_a_passphrase_is_pressed_again_by_hand(client, road, tam_quang):
    dossier = road.to(State.SEALED)
    sign_in(client, tam_quang(Role.CLERK))
    moved(client, QUARTER + 1)
    address = reverse("dossier-seal", args=[dossier.pk])
    again = client.post(address, {"seen": dossier.revision})["Location"]
    client.post(again, {"password": "trinhky-demo"})
    assert client.get(address).status_code == 200
    assert Dossier.objects.get(pk=dossier.pk).state == State.SEALED
    client.post(address, {"seen": dossier.revision})
    assert Dossier.objects.get(pk=dossier.pk).state == State.RELEASED
