"""The demo data: whole, repeatable, and kept out of production."""

import io
import os
import stat
import unicodedata

import pytest
from django.apps import apps
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command

from documents import service as documents
from documents.models import Purpose, SigningKey
from procedures import demo
from procedures.demo import build
from procedures.flows import establish_team
from procedures.issuing import signers
from procedures.models import Commune, Hamlet, Person
from procedures.roles import DIGITAL, Role
from procedures.rules import judge
from workflows import authority, engine
from workflows.authority import Desk
from workflows.models import Delegation

pytestmark = pytest.mark.django_db


def loaded(*options):
    out = io.StringIO()
    call_command("demo_data", *options, stdout=out)
    return out.getvalue()


def everything():
    models = [*apps.get_app_config("procedures").get_models(),
              *apps.get_app_config("workflows").get_models(),
              *apps.get_app_config("documents").get_models(),
              get_user_model()]  # fmt: skip
    return {model: sorted(model._default_manager.values_list("pk", flat=True)) for model in models}


@pytest.mark.parametrize(
    ("code", "hamlets", "kind", "mode"),
    [("16933", 18, "bản", "ours"), ("14797", 10, "khu phố", "external")],
)
def test_two_communes_with_their_places_and_series(code, hamlets, kind, mode):
    commune = Commune.objects.get(code=code)
    assert commune.hamlets.filter(kind=kind).count() == hamlets
    assert commune.issuer.series.get(symbol="QĐ-UBND").mode == mode
    division = commune.divisions.get()
    assert division.unit.code == "VHXH"
    assert division.issuer.series.get().symbol == "TTr-VHXH"
    assert division.issuer.series.get().mode == "ours"


POSTS = {
    Role.CHAIRMAN: 1, Role.DEPUTY_CHAIRMAN: 2, Role.DIVISION_HEAD: 1,
    Role.DEPUTY_DIVISION_HEAD: 1, Role.SPECIALIST: 2, Role.CLERK: 2, Role.YOUTH_SECRETARY: 1,
}  # fmt: skip


def test_every_post_is_held_by_a_person_who_can_sign_in(tam_quang, hac_thanh):
    for cast in (tam_quang, hac_thanh):
        for role, count in POSTS.items():
            assert cast.agency.posts.filter(role=role).count() == count, role
        for post in cast.agency.posts.all():
            user = post.holder().user
            assert user.person.commune.agency == cast.agency
            assert unicodedata.is_normalized("NFC", user.full_name)
    assert Hamlet.objects.filter(head_post__isnull=True).count() == 0
    head = tam_quang(Role.HAMLET_HEAD)
    assert authenticate(username=head.username, password=demo.PASSWORD) == head
    assert authenticate(username=demo.SYSTEM, password=demo.PASSWORD) is None


def test_one_deputy_signs_in_the_field_of_the_teams_and_the_other_does_not(tam_quang):
    desk = Desk(f"{Role.CHAIRMAN}.{DIGITAL}", tam_quang.agency, "Chủ tịch")
    capacities = [
        authority.capacity_at(
            desk, authority.capacities(tam_quang(Role.DEPUTY_CHAIRMAN, index)), engine.fields()
        )
        for index in (0, 1)
    ]
    assert capacities[0].kind == "KT"
    assert "Thông báo số 12/TB-UBND" in capacities[0].label
    assert capacities[1] is None
    assert all(d.until is None for d in Delegation.objects.all())


def test_signers_and_seals_have_demo_keys_in_their_names():
    for commune in demo.COMMUNES:
        cast = demo.Cast(Commune.objects.get(code=commune.code).agency)
        for role in (Role.CHAIRMAN, Role.DIVISION_HEAD):
            assert documents.has_key(signers.signer_key(cast(role)), Purpose.SIGNER)
        assert documents.has_key(signers.signer_key(cast(Role.DEPUTY_CHAIRMAN, 1)), Purpose.SIGNER)
        assert not documents.has_key(signers.signer_key(cast(Role.CLERK)), Purpose.SIGNER)
        assert documents.has_key(f"commune:{commune.code}", Purpose.SEAL)
    documents.check_key("commune:16933", Purpose.SEAL, demo.PASSPHRASE)
    assert not SigningKey.objects.filter(demo=False).exists()


def test_a_second_run_changes_nothing(django_assert_max_num_queries):
    before, plan = everything(), "Kế hoạch số 46/KH-UBND ngày 01 tháng 9 năm 2026"
    Commune.objects.filter(code="16933").update(plan=plan)
    with django_assert_max_num_queries(40):
        said = loaded()
    assert everything() == before
    assert Commune.objects.get(code="16933").plan == plan
    assert "giữ nguyên" in said


def test_a_lost_key_comes_back(tam_quang):
    key = signers.signer_key(tam_quang(Role.CHAIRMAN))
    SigningKey.objects.filter(owner_key=key).update(active=False)
    assert not documents.has_key(key, Purpose.SIGNER)
    assert "xã Tam Quang: 1 khóa" in loaded()
    assert documents.has_key(key, Purpose.SIGNER)


def test_keys_of_an_authority_that_is_gone_are_issued_anew(tam_quang, settings, tmp_path):
    old = set(SigningKey.objects.filter(active=True).values_list("fingerprint", flat=True))
    settings.VAR = tmp_path
    loaded()
    new = set(SigningKey.objects.filter(active=True).values_list("fingerprint", flat=True))
    assert len(new) == len(old)
    assert not new & old


def test_the_logins_are_printed(tam_quang):
    said = loaded("--print-logins")
    for commune in demo.COMMUNES:
        for officer in commune.people:
            [line] = [line for line in said.splitlines() if line.split()[:1] == [officer.login]]
            assert officer.name in line
            assert officer.title in line
    assert demo.PASSWORD in said
    assert demo.PASSPHRASE in said


@pytest.mark.parametrize("refusing", [{"PRODUCTION": True}, {"DEMO_KEYS_ALLOWED": False}])
def test_production_refuses_it(settings, refusing):
    for name, value in refusing.items():
        setattr(settings, name, value)
    before = everything()
    with pytest.raises(CommandError, match="bản chạy thật"):
        loaded()
    assert everything() == before


def test_the_ledger_key_is_made_once_and_readable_by_nobody_else(tmp_path):
    path = tmp_path / "deep" / "ledger.key"
    assert build.ensure_ledger_key(path)
    text = path.read_text()
    assert len(bytes.fromhex(text)) == 32
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert not build.ensure_ledger_key(path)
    assert path.read_text() == text


def test_a_ledger_that_lost_its_key_gets_no_new_one(road, settings, tmp_path):
    road.draft()
    settings.LEDGER_KEY_FILE = tmp_path / "ledger.key"
    with pytest.raises(CommandError, match="khôi phục"):
        loaded()
    assert not settings.LEDGER_KEY_FILE.exists()


def test_the_demo_proposes_a_list_that_passes_for_every_place(tam_quang, hac_thanh):
    phones = list(Person.objects.values_list("phone", flat=True))
    for cast, count in ((tam_quang, 18), (hac_thanh, 10)):
        places = [(Role.HAMLET_HEAD, index) for index in range(count)]
        for role, index in [*places, (Role.YOUTH_SECRETARY, 0)]:
            author = cast(role, index)
            [post] = establish_team.posts_that_may_start(author)
            dossier = establish_team.draft(author, post)
            rows = demo.seats(dossier, 6)
            dossier.changes.get().replace_seats(rows)
            assert judge(dossier) == []
            phones += [row["phone"] for row in rows[1:]]
    assert len(phones) == len(set(phones))


@pytest.mark.parametrize("members", [1, 2, 4, 10, 13])
def test_the_demo_proposes_as_many_as_asked(tam_quang, members):
    author = tam_quang(Role.HAMLET_HEAD)
    [post] = establish_team.posts_that_may_start(author)
    rows = demo.seats(establish_team.draft(author, post), members)
    assert len(rows) == len({row["full_name"] for row in rows}) == members
    assert rows[0]["full_name"] == author.full_name
