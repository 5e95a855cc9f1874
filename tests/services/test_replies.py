"""The right of reply: who was asked, and what they answered."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import factories
from verification.models import LedgerEntry, Reply
from verification.services import replies
from verification.services.errors import Conflict

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
CONTACT = "jane.roe@openai.example, +1 555 0100"


@pytest.fixture
def reporter():
    return factories.reporter()


@pytest.fixture
def claim(reporter):
    return factories.claim(actor=reporter)


def ask(claim, actor, **fields):
    said = {
        "whom": "OpenAI",
        "contact": CONTACT,
        "asked_on": date(2026, 3, 18),
        "answer_by": date(2026, 3, 19),
    } | fields
    return replies.ask(actor=actor, claim=claim, now=NOW, **said)


def test_who_was_asked_and_what_they_answered_is_kept(claim, reporter):
    reply = ask(claim, reporter)
    replies.answer(
        actor=reporter, reply=reply, answer="It is not true.", answered_on=NOW.date(), now=NOW
    )
    reply.refresh_from_db()
    assert (reply.whom, reply.contact) == ("OpenAI", CONTACT)
    assert (reply.answer, reply.answered_on) == ("It is not true.", NOW.date())


def test_the_contact_is_in_no_entry_of_the_ledger(claim, reporter):
    reply = ask(claim, reporter)
    replies.answer(actor=reporter, reply=reply, answer="No.", answered_on=NOW.date(), now=NOW)
    replies.remove(actor=factories.editor(), reply=reply, now=NOW)
    entries = LedgerEntry.objects.filter(action__startswith="reply")
    assert [row.action for row in entries] == ["reply asked for", "reply answered", "reply removed"]
    kept = json.dumps([row.content for row in entries])
    assert "OpenAI" in kept
    assert "jane" not in kept
    assert "555" not in kept


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("whom", {"whom": " "}),
        ("whom", {"whom": "x" * 201}),
        ("contact", {"contact": "x" * 301}),
        ("asked_on", {"asked_on": date(2026, 3, 21), "answer_by": date(2026, 3, 22)}),
        ("answer_by", {"answer_by": date(2026, 3, 17)}),
    ],
)
def test_what_cannot_be_is_refused_by_field(claim, reporter, field, given):
    with pytest.raises(ValidationError) as error:
        ask(claim, reporter, **given)
    assert list(error.value.message_dict) == [field]
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("answer", {"answer": " "}),
        ("answer", {"answer": "x" * 2001}),
        ("answered_on", {"answered_on": date(2026, 3, 17)}),
        ("answered_on", {"answered_on": date(2026, 3, 21)}),
    ],
)
def test_an_answer_has_words_and_a_day(claim, reporter, field, given):
    reply = ask(claim, reporter)
    said = {"answer": "No.", "answered_on": NOW.date()} | given
    with pytest.raises(ValidationError) as error:
        replies.answer(actor=reporter, reply=reply, now=NOW, **said)
    assert list(error.value.message_dict) == [field]


def test_a_reader_notes_nothing_and_a_reporter_removes_nothing(claim, reporter):
    with pytest.raises(PermissionDenied):
        ask(claim, factories.reader())
    reply = ask(claim, reporter)
    with pytest.raises(PermissionDenied):
        replies.remove(actor=reporter, reply=reply, now=NOW)


def test_what_somebody_else_has_removed_cannot_be_answered(claim, reporter):
    reply = ask(claim, reporter)
    stale = Reply.objects.get(pk=reply.pk)
    replies.remove(actor=factories.editor(), reply=reply, now=NOW)
    with pytest.raises(Conflict):
        replies.answer(actor=reporter, reply=stale, answer="No.", answered_on=NOW.date(), now=NOW)


def test_readers_are_told_beside_a_denied_verdict_and_never_of_the_contact(client, claim, reporter):
    reply = ask(claim, reporter)
    ask(claim, reporter, whom="Amazon")
    replies.answer(
        actor=reporter, reply=reply, answer="It’s not so.", answered_on=NOW.date(), now=NOW
    )
    page, listed = f"/claims/{claim.slug}/", f"/api/v1/claims/{claim.slug}/replies/"
    assert "OpenAI was asked" not in client.get(page).content.decode()
    assert client.get(listed).json()["results"] == []

    claim.refresh_from_db()
    factories.decide(claim, "denied", known_on=date(2026, 3, 20))

    shown = client.get(page).content.decode()
    assert "OpenAI was asked on 18 March 2026 and answered on 20 March 2026:" in shown
    assert "It’s not so." in shown
    assert "Amazon was asked on 18 March 2026 and had not answered by 19 March 2026." in shown
    sent = client.get(listed)
    assert sent.json()["results"][0] == {
        "whom": "OpenAI",
        "asked_on": "2026-03-18",
        "answer_by": "2026-03-19",
        "answered_on": "2026-03-20",
        "answer": "It’s not so.",
    }
    for seen in (shown, sent.content.decode()):
        assert "jane" not in seen
        assert "555" not in seen
