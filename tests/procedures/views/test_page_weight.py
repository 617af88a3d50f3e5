"""What the pages opened most cost: the database in queries, the phone in bytes."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from procedures.roles import Role
from tests.procedures.views.pages import to

MOST_QUERIES, MOST_BYTES = 22, 100_000


def cost(client, address):
    """Queries of a page opened for the second time, as a person at work does."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    assert len(page.content) <= MOST_BYTES
    return len(captured)


def test_the_pages_of_a_released_case_stay_within_their_costs(released, client, tam_quang):
    issuer = released.commune.issuer_id
    office = [to("dossier", released), reverse("register", args=[issuer]), reverse("dossiers")]
    for role, addresses in (
        (Role.CLERK, office),
        (Role.HAMLET_HEAD, [to("dossier", released), reverse("dossiers")]),
        (Role.CHAIRMAN, [to("dossier", released), reverse("tray")]),
    ):
        client.force_login(tam_quang(role))
        found = {address: cost(client, address) for address in addresses}
        assert max(found.values()) <= MOST_QUERIES, (role, found)


def test_who_has_said_that_he_has_it_is_asked_no_more(released, client, tam_quang):
    """The page asks for every act once, and the button of the recipient goes by the same answer."""
    client.force_login(tam_quang(Role.HAMLET_HEAD))
    button = reverse("dossier-acknowledge", args=[released.pk])
    page = client.get(to("dossier", released)).content.decode()
    assert button in page
    client.post(button, {"seen": released.revision})
    assert button not in client.get(to("dossier", released)).content.decode()
    client.force_login(tam_quang(Role.CLERK))
    assert button not in client.get(to("dossier", released)).content.decode()
