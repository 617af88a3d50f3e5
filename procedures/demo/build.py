"""Writing the demo communes into the database, and the keys their people sign with."""

from __future__ import annotations

import datetime
import os
import secrets
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction

from documents import service as documents
from documents.models import Issuer, Purpose
from workflows.models import Agency, Delegation, Event, Holding, Post, Unit

from ..issuing import series, signers
from ..models import Commune, Division, Hamlet, Person
from ..people import names
from ..roles import Role
from .data import FIRST_DAY, CommuneData, Officer
from .indicators import ensure_indicators

User = get_user_model()
UNIT_CODE, UNIT_NAME = "VHXH", "Phòng Văn hóa - Xã hội"
_IN_UNIT = {Role.SPECIALIST, Role.DIVISION_HEAD, Role.DEPUTY_DIVISION_HEAD}
# Specialists keep the minutes of meetings.
_SIGNERS = {
    Role.SPECIALIST,
    Role.CHAIRMAN,
    Role.DEPUTY_CHAIRMAN,
    Role.DIVISION_HEAD,
    Role.DEPUTY_DIVISION_HEAD,
}


def ensure_ledger_key(path: Path) -> bool:
    """Write the ledger's key if there is none; False when it stands.

    Raises :class:`FileNotFoundError` when the ledger has lines already: a new key would make every
    one of them look forged.
    """
    if path.exists():
        return False
    if Event.objects.exists():
        raise FileNotFoundError(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
    return True


def ensure_system_account(username: str) -> None:
    """The account the ledger names when nobody acted; nobody can sign in with it."""
    User.objects.get_or_create(
        username=username, defaults={"full_name": "Hệ thống", "password": make_password(None)}
    )


@transaction.atomic
def ensure_commune(data: CommuneData, password: str) -> bool:
    """One commune with everything in it; False when it stands already, changed or not.

    Everybody has the same ``password``, so it is hashed once: 48 hashes would take a minute.
    """
    if Commune.objects.filter(code=data.code).exists():
        return False
    place = f"{data.kind} {data.name}"
    agency = Agency.objects.create(code=data.code, name=f"Ủy ban nhân dân {place}")
    unit = Unit.objects.create(agency=agency, code=UNIT_CODE, name=UNIT_NAME)
    commune = _commune(data, agency, unit)
    users = _accounts(data, password)
    posts = _posts(data, agency, unit)
    Holding.objects.bulk_create(
        Holding(post=posts[login], user=users[login], since=FIRST_DAY) for login in users
    )
    Hamlet.objects.bulk_create(
        Hamlet(
            commune=commune,
            kind=data.hamlet_kind,
            name=hamlet.name,
            head_post=posts[hamlet.head.login],
        )
        for hamlet in data.hamlets
    )
    _assign(data, posts)
    _record_people(data, commune, users)
    ensure_indicators(commune)
    return True


def _commune(data: CommuneData, agency: Agency, unit: Unit) -> Commune:
    """The commune and its division, each with its issuer and its series of numbers."""
    key = f"commune:{data.code}"
    committee = documents.ensure_issuer(key, agency.name, data.name)
    series.ensure_series(committee, unit, data.decisions_numbered)
    division = documents.ensure_issuer(
        f"{key}:{UNIT_CODE}", f"{UNIT_NAME} {data.kind} {data.name}", data.name
    )
    documents.ensure_series(division, f"TTr-{UNIT_CODE}", "ours")
    commune = Commune.objects.create(
        agency=agency,
        issuer=committee,
        kind=data.kind,
        name=data.name,
        code=data.code,
        province=data.province,
        plan=data.plan,
    )
    Division.objects.create(commune=commune, unit=unit, issuer=division)
    return commune


def _accounts(data: CommuneData, password: str) -> dict[str, Any]:
    users = [
        User(username=officer.login, full_name=officer.name, password=_hashed(password))
        for officer in data.people
    ]
    return {user.username: user for user in User.objects.bulk_create(users)}


_hashed = cache(make_password)


def _posts(data: CommuneData, agency: Agency, unit: Unit) -> dict[str, Post]:
    posts = [
        Post(
            agency=agency,
            unit=unit if officer.role in _IN_UNIT else None,
            role=officer.role,
            title=officer.title,
        )
        for officer in data.people
    ]
    created = Post.objects.bulk_create(posts)
    return {officer.login: post for officer, post in zip(data.people, created, strict=True)}


def _assign(data: CommuneData, posts: dict[str, Post]) -> None:
    Delegation.objects.bulk_create(
        Delegation(
            principal=posts[assignment.principal],
            delegate=posts[assignment.delegate],
            kind=Delegation.Kind.DEPUTY,
            field=assignment.field,
            paper=assignment.paper,
            since=FIRST_DAY + datetime.timedelta(days=15),
        )
        for assignment in data.assignments
    )


def _record_people(data: CommuneData, commune: Commune, users: dict[str, Any]) -> None:
    Person.objects.bulk_create(
        Person(
            commune=commune,
            full_name=officer.name,
            folded=names.fold(officer.name),
            birth_year=1966 + (number * 5) % 30,
            phone=f"0911{data.code[-3:]}{number:03d}",
            user=users[officer.login],
        )
        for number, officer in enumerate(data.people, 1)
    )


def ensure_keys(data: CommuneData, passphrase: str, *, anew: bool = False) -> int:
    """Demo keys for the commune's signers and its seal; ``anew`` replaces those that stand.

    Returns how many were issued.
    """
    wanted = [*_signer_keys(data), *_seal_keys(data)]
    missing = [key for key in wanted if anew or not documents.has_key(key[0], key[2])]
    for owner, name, purpose in missing:
        documents.issue_demo_key(owner, name, purpose, passphrase)
    return len(missing)


def _signer_keys(data: CommuneData) -> list[tuple[str, str, str]]:
    logins = [officer.login for officer in data.officers if _signs(officer)]
    users = User.objects.filter(username__in=logins).order_by("pk")
    return [(signers.signer_key(user), user.full_name, Purpose.SIGNER.value) for user in users]


def _signs(officer: Officer) -> bool:
    return officer.role in _SIGNERS


def _seal_keys(data: CommuneData) -> list[tuple[str, str, str]]:
    issuer = Issuer.objects.get(key=f"commune:{data.code}")
    return [(issuer.key, issuer.name, Purpose.SEAL.value)]
