"""Every visible string is Vietnamese under ``vi``."""

import datetime
import re
from io import StringIO

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from procedures.models import Dossier
from project.accounts.models import User

from .catalogue import read_mo, read_po
from .crawl import Walk
from .once_keys import keys_of
from .words import GAP, english, library_english, visible

# Written into Django's and allauth's pages and tables beyond the reach of any catalogue.
FIXED = {"Search", "User", "Type", "Last used at"}
# One of each role, a Deputy of another field, and an office that numbers elsewhere.
LOGINS = ["tq.chutich", "tq.phochutich2", "tq.truongphong", "tq.chuyenvien",
          "tq.vanthu", "tq.bithudoan", "tq.truongban1", "ht.vanthu", "ht.truongkp1"]  # fmt: skip


def named_addresses():
    """Every named page that an address can be made for without knowing more."""
    for name in filter(None, (p for p in get_resolver().reverse_dict if isinstance(p, str))):
        for args in ([], [1], [Dossier.objects.first().pk]):
            try:
                yield reverse(name, args=args)
            except NoReverseMatch:
                continue


def found(pages, is_english=english):
    """Every English text with the page it stood on first, and every crash."""
    first = {}
    for page in pages:
        if page.status >= 500:
            first.setdefault(f"{page.status} {page.where}", "")
        for text in visible(page.html):
            if words := is_english(" ".join(text.split())):
                first.setdefault(text.strip()[:160], f"{words} {page.where}")
    return [f"{text!r}: {where}" for text, where in first.items()]


def signed_in(login):
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username=login))
    return client


@pytest.mark.usefixtures("settled", "db")
@pytest.mark.parametrize("login", LOGINS)
def test_every_page_a_person_reaches_is_vietnamese_and_its_forms_carry_keys(login):
    # One walk for both: it is the long part.
    pages = list(Walk(signed_in(login), ["/", "/khong-co/", *named_addresses()]).pages())
    told = found(pages)
    assert not told, "\n".join(told)
    seen, faulty = keys_of(pages)
    assert seen
    assert not faulty, faulty


def test_the_pages_before_signing_in_are_vietnamese(settled, db):
    client = Client(raise_request_exception=False)
    told = found(Walk(client, ["/", "/vao/", *named_addresses()]).pages())
    assert not told, "\n".join(told)


def test_a_phone_that_asks_for_english_reads_the_same_words(client, db):
    page = client.get(reverse("account_login"), headers={"accept-language": "en-US"})
    assert page.headers.get("Content-Language", "vi") == "vi"


def test_the_keepers_pages_say_nothing_the_libraries_say_in_english(settled, db):
    """His pages are full of identifiers, so only whole sentences of the libraries count."""
    User.objects.create_superuser("keeper", full_name="Người quản trị", password=None)
    is_english = library_english()
    walk = Walk(signed_in("keeper"), ["/quan-tri/"], 2, ("",))
    told = found(walk.pages(), lambda text: text.strip(":") not in FIXED and is_english(text))
    assert not told, "\n".join(told)


@pytest.fixture
def letters(settled, db, mailoutbox, django_capture_on_commit_callbacks):
    """The digests of a working morning two weeks later."""
    User.objects.exclude(username="").update(email="ai.do@example.vn")
    monday = datetime.datetime(2026, 12, 7, 8, tzinfo=datetime.UTC)
    with time_machine.travel(monday), django_capture_on_commit_callbacks(execute=True):
        call_command("send_digest", stdout=StringIO())
    return mailoutbox


def test_letters_and_notices_are_vietnamese(letters):
    assert len(letters) > 5
    for letter in letters:
        told = english(f"{letter.subject}\n{letter.body}")
        assert not told, (told, letter.body)


@pytest.mark.parametrize(
    "command", ["check_cases", "verify_ledger", "finish_signing", "rebuild_search"]
)
def test_what_commands_tell_the_office_is_vietnamese(command, settled, db):
    said = StringIO()
    call_command(command, stdout=said)
    assert not english(said.getvalue()), said.getvalue()


@pytest.mark.parametrize(
    "planted",
    ["This field is required.", "1 week", "Please wait", "Ông/bà enter mã", "Set password", "the"],
)
def test_planted_english_is_found(planted):
    page = f"<p>Hồ sơ <b title='{planted}'>đã gửi</b></p>"
    assert [words for text in visible(page) if (words := english(text))]
    page = f"<form><input type=submit value='{planted}'></form>"
    assert [words for text in visible(page) if (words := english(text))]


def test_sentences_of_the_libraries_are_known_with_their_gaps_filled():
    is_english = library_english()
    for text in ("This field is required.", "› Set password", "“9” is not a valid value.",
                 "Ensure this value is less than or equal to 5."):  # fmt: skip
        assert is_english(text), text
    assert not is_english("Ô này không được để trống.")


def test_vietnamese_without_marks_is_left_alone():
    for text in ("UBND xã Tam Quang", "Công an viên: trông xem, in ra", "tin Zalo, tệp PDF"):
        assert english(text) == []


def test_the_compiled_words_are_the_written_ones():
    """``make words`` compiles; a machine without gettext tools still has what was compiled."""
    folder = settings.LOCALE_PATHS[0] / "vi" / "LC_MESSAGES"
    written, compiled = read_po(folder / "django.po"), read_mo(folder / "django.mo")
    assert {key[:2]: texts for key, texts in written.items()} == {
        key[:2]: texts for key, texts in compiled.items()
    }
    assert len(written) > 100


def test_the_translations_keep_every_gap():
    for (_context, single, _plural), texts in read_po(
        settings.LOCALE_PATHS[0] / "vi" / "LC_MESSAGES" / "django.po"
    ).items():
        gaps = set(re.findall(GAP, single))
        assert not single or all(set(re.findall(GAP, text)) == gaps for text in texts), single
