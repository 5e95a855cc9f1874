"""A forgotten password: a link for one hour and one time, and nobody learns who is there."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.factories import NOW
from verification.models import AccountNotice, Message, User
from verification.models.choices import AccountEvent, MessageState
from verification.services import account_notices, messages, passwords, stuck

pytestmark = pytest.mark.django_db
NEW = "a-long-phrase-of-its-own"
LINK = re.compile(r"/admin/forgotten/(\w+)/([\w-]+)/")


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def ask(name: str, address: str = "192.0.2.1", now=NOW) -> None:
    passwords.ask(name=name, address=address, now=now)


def sent(now=NOW) -> list[mail.EmailMessage]:
    """What goes out when the sweep and the senders have been round."""
    mail.outbox.clear()
    account_notices.bundle(now=now)
    with time_machine.travel(now, tick=False):
        messages.drain(clock=lambda: now)
    return list(mail.outbox)


def token_of(email: mail.EmailMessage) -> str:
    found = LINK.search(str(email.body))
    assert found is not None
    return found[2]


def set_it(user: User, token: str, password: str = NEW, now=NOW) -> None:
    with time_machine.travel(now, tick=False):
        passwords.set_by_token(
            user=user, token=token, password=password, again=password, address="", now=now
        )


@pytest.mark.parametrize("name", ["emma", "emma@example.org", "EMMA@example.org"])
def test_a_link_is_sent_by_name_or_address(name: str) -> None:
    emma = factories.editor(username="emma")
    ask(name)
    [email] = sent()

    assert email.to == ["emma@example.org"]
    set_it(emma, token_of(email))
    emma.refresh_from_db()
    assert emma.check_password(NEW)


@pytest.mark.parametrize(
    "name", ["nobody", "gone", "gone@example.org", "reader", "homeless", "", "\0"]
)
def test_nobody_else_gets_a_mail_and_nothing_is_left(name: str) -> None:
    factories.editor(username="gone", is_active=False)
    factories.UserFactory.create(username="reader", is_staff=False)
    factories.editor(username="homeless", email="")
    ask(name)

    assert sent() == []
    assert not AccountNotice.objects.exists()


def test_the_work_of_asking_is_the_same_for_who_is_there_and_who_is_not() -> None:
    factories.editor(username="emma")

    def asked(name: str) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            for _time in range(5):
                ask(name, address=name)
        return [query["sql"].partition(" ")[0] for query in queries]

    assert asked("emma") == asked("nobody")


def test_a_link_holds_for_one_time() -> None:
    emma = factories.editor(username="emma")
    ask("emma")
    token = token_of(sent()[0])
    set_it(emma, token)

    with pytest.raises(ValidationError, match="does not hold any more"):
        set_it(emma, token, "another-long-phrase-of-mine")


@pytest.mark.parametrize(("seconds", "holds"), [(3600, True), (3601, False)])
def test_a_link_holds_for_an_hour(seconds: int, holds: bool) -> None:
    emma = factories.editor(username="emma")
    ask("emma")
    token = token_of(sent()[0])
    with time_machine.travel(NOW + timedelta(seconds=seconds), tick=False):
        assert passwords.check_token(user=emma, token=token) is holds


def test_a_link_ends_with_its_user_and_with_a_new_address() -> None:
    emma = factories.editor(username="emma")
    ask("emma")
    token = token_of(sent()[0])
    with time_machine.travel(NOW, tick=False):
        emma.email = "elsewhere@example.org"
        assert not passwords.check_token(user=emma, token=token)
        emma.email = "emma@example.org"
        assert passwords.check_token(user=emma, token=token)
        emma.is_active = False
        assert not passwords.check_token(user=emma, token=token)
        assert not passwords.check_token(user=None, token=token)


def test_a_link_that_nobody_could_send_for_an_hour_is_not_sent() -> None:
    factories.editor(username="emma")
    ask("emma")
    account_notices.bundle(now=NOW)

    assert sent(NOW + timedelta(hours=1)) == []
    assert Message.objects.get().state == MessageState.DROPPED


def test_what_editors_read_of_the_mail_on_the_desk_is_not_the_link() -> None:
    factories.managing_editor(username="boss")
    ask("boss")
    [email] = sent()
    token, kept = token_of(email), Message.objects.get()

    assert kept.state == MessageState.SENT
    assert token in str(email.body) and token in str(email.alternatives[0][0])
    assert token not in kept.text + kept.html + kept.subject + kept.last_error
    assert "Choose a new password" in kept.html


def test_only_so_many_links_are_sent_for_a_name_and_from_an_address() -> None:
    factories.editor(username="emma")
    for number in range(6):
        ask("emma", address=f"192.0.2.{number}")
    assert AccountNotice.objects.count() == 3

    for number in range(30):
        ask(f"nobody{number}", address="198.51.100.7")
    assert AccountNotice.objects.count() == 3 + 20
    ask("emma", address="192.0.2.77", now=NOW + timedelta(hours=1))
    assert AccountNotice.objects.filter(user__isnull=False).count() == 4


def test_a_weak_password_is_named_and_the_link_still_holds() -> None:
    emma = factories.editor(username="emma")
    ask("emma")
    token = token_of(sent()[0])
    with pytest.raises(ValidationError) as error:
        set_it(emma, token, "secret")

    assert list(error.value.message_dict) == ["new_password1"]
    set_it(emma, token)


def test_the_mail_says_in_french_whence_it_was_asked_for() -> None:
    factories.editor(username="emma", language="fr")
    ask("emma", address="192.0.2.44")
    [email] = sent()

    assert "192.0.2.44" in str(email.body)
    assert "mot de passe" in email.subject


@pytest.mark.parametrize("event", AccountEvent.values)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_notice_has_its_words(event: str, language: str) -> None:
    user = factories.editor(username="emma", language=language)
    account_notices.leave(user=user, event=AccountEvent(event), address="192.0.2.1", now=NOW)
    [email] = sent()

    assert email.subject and "192.0.2.1" in str(email.body)
    assert (language == "fr") == ("Bonjour" in str(email.body))


def test_the_token_is_bound_to_its_user() -> None:
    factories.editor(username="emma")
    other = factories.editor(username="otto")
    ask("emma")
    token = token_of(sent()[0])
    with pytest.raises(ValidationError):
        set_it(other, token)


def test_a_mail_about_an_account_that_cannot_be_sent_is_missed_for_two_days() -> None:
    user = factories.editor()
    account_notices.leave(user=user, event=AccountEvent.LOCKED, address="", now=NOW)
    account_notices.bundle(now=NOW)
    Message.objects.update(state=MessageState.FAILED, next_attempt_at=None)

    assert stuck.wanted(NOW + account_notices.HOLDS - timedelta(seconds=1)).exists()
    assert not stuck.wanted(NOW + account_notices.HOLDS).exists()
