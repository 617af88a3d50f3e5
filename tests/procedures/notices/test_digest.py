"""One letter a day to whoever has an address: what is in it, and that it is one."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import CommandError, call_command

from procedures.messages import digest, notices
from procedures.models import Digest
from procedures.roles import Role
from workflows.deadlines import Calendar
from workflows.models import CaseTask, Holding
from workflows.states import State

from .clock import FRIDAY, HANOI, MONDAY, SATURDAY, at, remind


def address(user, text="lo.van.a@example.org"):
    user.email = text
    user.save()
    return user


def letters():
    call_command("send_digest", verbosity=0)
    sent, mail.outbox[:] = list(mail.outbox), []
    return sent


@pytest.fixture(autouse=True)
def quiet(db):
    """Nobody of the demo has an address unless a test gives him one."""
    get_user_model().objects.update(email="")


def test_a_refusal_reaches_who_proposed_with_who_and_why(rejected, tam_quang):
    address(rejected.author)
    with at(*MONDAY):
        [letter] = letters()
    assert letter.to == ["lo.van.a@example.org"]
    assert letter.subject == "Trình Ký: 1 thông báo"
    assert tam_quang(Role.SPECIALIST).full_name in letter.body
    assert "Không đủ người & <b>thiếu</b>." in letter.body
    assert f"http://127.0.0.1:8000/ho-so/{rejected.pk}/" in letter.body


def test_one_letter_a_day_however_often_it_is_run(rejected):
    address(rejected.author)
    with at(*MONDAY):
        assert [len(letters()) for _run in range(3)] == [1, 0, 0]
    with at(25, 11):
        assert letters() == []


def test_no_letter_on_a_day_off(rejected):
    address(rejected.author)
    for day in (SATURDAY, (22, 11), (24, 11)):
        with at(*day):
            assert letters() == []
    assert not Digest.objects.exists()
    with at(25, 11):
        assert len(letters()) == 1


def test_new_work_is_a_line_and_not_a_letter_each(road, tam_quang):
    specialist = address(tam_quang(Role.SPECIALIST))
    with at(*FRIDAY, 8):
        for number in (0, 1, 2):
            road.to(State.SUBMITTED, tam_quang(Role.HAMLET_HEAD, number))
    with at(*FRIDAY):
        [letter] = letters()
    assert letter.subject == "Trình Ký: 3 việc mới"
    assert letter.body.count("Kiểm tra nội dung: Thành lập Tổ công nghệ số") == 3
    # Wednesday 25 would be the third working day, were the 24th not a holiday.
    assert letter.body.count("(chậm nhất ngày 26/11/2026)") == 3
    assert f"Tất cả có {CaseTask.objects.filter(status='NEW').count()} việc" in letter.body
    assert [digest.user for digest in Digest.objects.all()] == [specialist]


def test_what_was_told_is_told_again_only_when_late(road, tam_quang):
    address(tam_quang(Role.SPECIALIST))
    with at(*FRIDAY, 8):
        road.to(State.SUBMITTED)
    with at(*FRIDAY):
        assert len(letters()) == 1
    for day in (MONDAY, (25, 11), (26, 11)):
        with at(*day):
            assert letters() == []
    with at(30, 11):
        [letter] = letters()
    assert letter.subject == "Trình Ký: 1 việc trễ hạn"
    assert "(trễ 2 ngày làm việc)" in letter.body


def test_what_was_read_is_not_mailed(rejected):
    address(rejected.author)
    notices.mark_read(notices.of(rejected.author))
    with at(*MONDAY):
        assert letters() == []


def test_a_reminder_is_mailed_to_the_desk(waiting, tam_quang):
    address(tam_quang(Role.SPECIALIST))
    Digest.objects.create(
        user=tam_quang(Role.SPECIALIST), day=datetime.date(2026, 11, 19),
        sent=datetime.datetime(2099, 1, 1, tzinfo=HANOI),
    )  # fmt: skip
    with at(*FRIDAY):
        remind(waiting)
        [letter] = letters()
    assert letter.subject == "Trình Ký: 1 thông báo"
    assert "nhắc: hồ sơ đang chờ ông/bà" in letter.body


def test_nobody_without_an_address_a_post_or_an_account(rejected):
    with at(*MONDAY):
        assert letters() == []
        author = address(rejected.author)
        author.is_active = False
        author.save()
        assert letters() == []
        author.is_active = True
        author.save()
        Holding.objects.filter(user=author).update(until=datetime.date(2026, 11, 1))
        assert letters() == []


def test_a_mailbox_that_is_refused_is_tried_again_and_costs_no_other(
    rejected, road, tam_quang, monkeypatch
):
    address(rejected.author, "hong@example.org")
    address(tam_quang(Role.SPECIALIST), "tot@example.org")
    road.to(State.SUBMITTED, tam_quang(Role.HAMLET_HEAD, 1))
    real = mail.EmailMessage.send

    def refusing(message, **options):
        if message.to == ["hong@example.org"]:
            raise OSError("550")
        return real(message, **options)

    with at(*MONDAY):
        with monkeypatch.context() as patch:
            patch.setattr(mail.EmailMessage, "send", refusing)
            with pytest.raises(CommandError, match="1 thư chưa gửi được"):
                call_command("send_digest", verbosity=0)
        assert [letter.to for letter in mail.outbox] == [["tot@example.org"]]
        mail.outbox.clear()
        assert [letter.to for letter in letters()] == [["hong@example.org"]]


def test_two_workers_send_one_letter(rejected):
    address(rejected.author)
    day = datetime.date(2026, 11, 23)
    both = [digest.letter_for(rejected.author, Calendar({}), day) for _worker in range(2)]
    assert [digest.send(letter, day) for letter in both] == [True, False]
    assert len(mail.outbox) == 1


def test_a_letter_cut_off_is_not_sent_twice_and_its_news_come_the_next_day(rejected):
    address(rejected.author)
    Digest.objects.create(user=rejected.author, day=datetime.date(2026, 11, 23))
    with at(*MONDAY):
        assert letters() == []
    with at(25, 11):
        [letter] = letters()
    assert "không chấp thuận" in letter.body
