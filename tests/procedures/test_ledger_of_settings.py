"""What an office sets up for itself is told in its ledger, whoever sets it and wherever."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from documents.models import Issuer, Purpose, Series, SigningKey
from procedures.issuing import signers
from procedures.models import Commune, Indicator
from procedures.models.indicators import Counting
from procedures.models.ways import Asking
from procedures.roles import Role
from workflows import ledger
from workflows.models import Delegation, Event, Holding, Post


@pytest.fixture
def keeper(client, db):
    user = get_user_model().objects.create_superuser("nguoi-giu", "x", full_name="Người Giữ")
    client.force_login(user)
    return client


def at(row, page="change"):
    args = [row.pk] if page == "change" else []
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=args)


def told(act):
    return list(Event.objects.filter(act=act))


def test_how_an_indicator_is_counted_is_told_once_when_it_changes(tam_quang, hac_thanh, client):
    commune = tam_quang.agency.commune
    found = Indicator.objects.create(commune=commune, name="Hộ có mã QR", unit="hộ")
    address = reverse("report-indicator", args=[found.pk])
    user = tam_quang(Role.SPECIALIST)
    client.force_login(user)
    for _press in range(2):
        assert client.post(address, {"counting": Counting.TOTAL}).status_code == 302
    assert client.post(address, {"counting": Counting.TOTAL}).status_code == 302
    [event] = told("choose_counting")
    assert (event.actor, event.record_id) == (user, found.pk)
    assert event.facts == {"indicator": "Hộ có mã QR", "before": "flow", "counting": "total"}
    client.force_login(hac_thanh(Role.SPECIALIST))
    assert client.post(address, {"counting": Counting.FLOW}).status_code == 404
    assert list(ledger.verify(tam_quang.agency)) == []


def test_the_keeper_changes_no_holding_but_its_end(tam_quang, keeper):
    holding = Holding.objects.get(post=tam_quang.post(Role.CLERK), until=None)
    other = tam_quang(Role.SPECIALIST)
    day = timezone.localdate() - datetime.timedelta(days=1)
    sent = {"user": other.pk, "since": "2020-01-01", "acting": "on", "until": day.isoformat()}
    assert keeper.post(at(holding), sent).status_code == 302
    before = holding.user_id, holding.since, holding.acting
    holding.refresh_from_db()
    assert (holding.user_id, holding.since, holding.acting) == before
    assert holding.until == day
    [event] = told("set_up")
    assert (event.agency, event.actor.username) == (tam_quang.agency, "nguoi-giu")
    assert event.facts["now"] == {"until": day.isoformat()}
    # Nothing changed, nothing told.
    assert keeper.post(at(holding), {"until": day.isoformat()}).status_code == 302
    assert len(told("set_up")) == 1


def test_the_keeper_installs_only_where_no_clerk_can(tam_quang, keeper):
    post = Post.objects.create(agency=tam_quang.agency, role=Role.CLERK, title="Văn thư 3")
    user = tam_quang(Role.SPECIALIST)
    sent = {"post": post.pk, "user": user.pk, "since": timezone.localdate().isoformat()}
    page = keeper.post(at(Holding(), "add"), sent)
    assert page.status_code == 200
    assert "ở trang “Người và phân công”" in page.content.decode()
    Holding.objects.filter(post__agency=tam_quang.agency, post__role=Role.CLERK).update(
        until=timezone.localdate() - datetime.timedelta(days=1)
    )
    assert keeper.post(at(Holding(), "add"), sent).status_code == 302
    assert post.holder().user == user
    [event] = told("set_up")
    assert event.facts["now"]["user"] == str(user)


def test_what_has_a_page_of_its_own_is_read_only_to_the_keeper(tam_quang, keeper):
    row = Delegation.objects.filter(principal__agency=tam_quang.agency).first()
    assert keeper.get(at(row)).status_code == 200
    assert keeper.post(at(row), {"field": "culture"}).status_code == 403
    assert keeper.post(at(row, "add"), {}).status_code == 403
    commune = tam_quang.agency.commune
    names = ("name", "kind", "code", "province", "agency", "issuer")
    sent = {n: getattr(commune, f"{n}_id", getattr(commune, n, "")) for n in names}
    for field in Commune._meta.fields:
        if field.name not in sent and field.editable and not field.primary_key:
            sent[field.name] = getattr(commune, field.attname) or ""
    sent |= {"asking": Asking.SLIP, "office_review": "on", "name": "Tam Quang Mới"}
    assert keeper.post(at(commune), sent).status_code == 302
    commune.refresh_from_db()
    assert (commune.name, commune.asking, commune.office_review) == (
        "Tam Quang Mới", Asking.SUBMISSION, False,
    )  # fmt: skip
    [event] = told("set_up")
    assert event.facts["now"]["name"] == "Tam Quang Mới"
    assert "asking" not in event.facts["now"]
    assert list(ledger.verify(tam_quang.agency)) == []


def test_who_issues_under_which_numbers_and_keys_is_told_too(tam_quang, hac_thanh, keeper):
    issuer = tam_quang.agency.commune.divisions.get().issuer
    sent = {"name": issuer.name, "place": "Tam Quang", "organ_id": "H56.12.3"}
    assert keeper.post(at(issuer), sent).status_code == 302
    new = {"issuer": issuer.pk, "symbol": "KH-VHXH", "mode": "ours"}
    assert keeper.post(at(Series(), "add"), new).status_code == 302
    owner = signers.signer_key(tam_quang(Role.CHAIRMAN))
    key = SigningKey.objects.get(owner_key=owner, purpose=Purpose.SIGNER)
    assert keeper.post(at(key), {}).status_code == 302
    events = [(event.record_type, event.facts["now"]) for event in told("set_up")]
    assert events == [
        ("documents.issuer", sent),
        ("documents.series", {**new, "issuer": str(issuer)}),
        ("documents.signingkey", {"active": False}),
    ]
    assert {event.agency for event in told("set_up")} == {tam_quang.agency}
    assert list(ledger.verify(tam_quang.agency)) == []


def test_a_key_that_was_ended_stays_so_and_an_issuer_of_nobody_has_no_ledger(tam_quang, keeper):
    key = SigningKey.objects.filter(purpose=Purpose.SEAL).first()
    assert keeper.post(at(key), {}).status_code == 302
    assert keeper.post(at(key), {"active": "on"}).status_code == 403
    key.refresh_from_db()
    assert not key.active
    assert len(told("set_up")) == 1
    sent = {"key": "agency:moi", "name": "Ủy ban nhân dân xã Mới", "place": "Mới"}
    assert keeper.post(at(Issuer(), "add"), sent).status_code == 302
    assert len(told("set_up")) == 1
