"""The mail that reminds of claims."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.emails.conftest import NOW, Build
from tests.emails.reading import html_of
from verification.emails import reminders as reminder_mails
from verification.models import Claim, Message, User
from verification.services import contents, reminders

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def owner() -> User:
    return factories.editor(username="owner")


def due(owner: User, days: int = 0, **fields: object) -> Claim:
    """A claim whose deadline is so many days off."""
    return factories.claim(actor=owner, deadline=NOW.date() + days * DAY, **fields)


def test_each_claim_has_its_statement_sources_deadline_outlook_and_links(
    build: Build, owner: User
) -> None:
    journal = factories.SourceFactory.create(name="The Journal")
    wire = factories.SourceFactory.create(name="A Wire")
    claim = due(
        owner,
        reports=[factories.report_draft(journal), factories.report_draft(wire, via=journal)],
    )

    email = build("reminders", owner)

    for words in (html_of(email).text, " ".join(email.body.split())):
        assert claim.statement in words
        assert "31 March 2026 (due today; printed as “end of Q1 2026”)" in words
        assert "Reported by: The Journal" in words
        assert "Passed on by: A Wire (crediting The Journal)" in words
        assert "Outlook: One independent origin: The Journal, nothing of its own" in words
    links = html_of(email).links
    assert [url.rsplit("/", 2)[1] for url in links["Decide"]] == ["decide"]
    for words in ("Put it off", "Hand over", "Move the deadline"):
        assert len(links[words]) == 1, words
        assert links[words][0] in email.body


def test_what_the_recipient_may_not_do_has_no_link(build: Build) -> None:
    reporter = factories.reporter(username="reporter")
    due(reporter)

    links = html_of(build("reminders", reporter)).links

    assert "Put it off" in links
    assert "Move the deadline" not in links


def test_the_most_urgent_stage_comes_first_and_so_says_the_header(
    build: Build, owner: User
) -> None:
    coming, late, today = due(owner, 5), due(owner, -8), due(owner)

    email = build("reminders", owner)

    assert email.extra_headers["X-BorneOut-Reminders"] == (
        f"{late.slug}:overdue-7, {today.slug}:due, {coming.slug}:heads-up"
    )
    heads = [word for word in html_of(email).words if "·" in word]
    assert heads[:3] == ["Long overdue · 1", "Due now · 1", "Coming up · 1"]


@pytest.mark.parametrize(
    ("days", "subject"),
    [
        (0, "Due today: Amazon will put"),
        (1, "Due in 1 day: Amazon will put"),
        (7, "Due in 7 days: Amazon will put"),
        (-1, "1 day overdue: Amazon will put"),
        (-9, "9 days overdue: Amazon will put"),
    ],
)
def test_the_subject_of_one_claim_is_its_statement_and_how_late_it_is(
    build: Build, owner: User, days: int, subject: str
) -> None:
    due(owner, days)

    assert build("reminders", owner).subject.startswith(subject)


def test_the_subject_of_many_says_how_many_and_how_urgent(build: Build, owner: User) -> None:
    for days in (-9, -9, 0, 5, 5, 5):
        due(owner, days)

    assert build("reminders", owner).subject == "6 claims: 2 long overdue, 1 due now, 3 coming up"


def test_the_subject_of_one_stage_does_not_count_twice(build: Build, owner: User) -> None:
    due(owner), due(owner)

    assert build("reminders", owner).subject == "2 claims: due now"


def test_a_long_bundle_tells_the_first_in_full_and_every_claim_keeps_its_links(
    build: Build, owner: User
) -> None:
    beat, source = factories.BeatFactory.create(), factories.SourceFactory.create()
    number = reminder_mails.IN_FULL + 5
    for index in range(number):
        due(owner, beat=beat, statement=f"Claim {index}.", reports=[factories.report_draft(source)])

    email = build("reminders", owner)

    html = html_of(email)
    assert email.body.count("Reported by:") == reminder_mails.IN_FULL
    for words in ("Decide", "Put it off", "Hand over", "Move the deadline"):
        assert len(html.links[words]) == number, words
    assert all(f"Claim {index}." in email.body for index in range(number))


def test_a_bundle_tells_one_base_rate_once(build: Build, owner: User) -> None:
    source, beat = factories.SourceFactory.create(), factories.BeatFactory.create()
    decided = factories.claim(beat=beat, reports=[factories.report_draft(source)])
    factories.decide(decided, known_on=date(2026, 2, 1), now=NOW - 30 * DAY)
    for _ in range(3):
        due(owner, beat=beat, reports=[factories.report_draft(source)])

    assert build("reminders", owner).body.count("sources are right in") == 1


def test_it_is_written_in_the_recipients_language(build: Build) -> None:
    owner = factories.editor(username="owner", language="fr")
    due(owner, -9), due(owner, 5)

    email = build("reminders", owner)

    assert email.subject == "2 affirmations\u00a0: 1 en retard de longue date, 1 à venir"
    assert email.extra_headers["Content-Language"] == "fr"
    assert "9 jours de retard" in email.body
    assert html_of(email).tags[0] == ("html", {"lang": "fr"})


def test_one_click_stops_what_can_be_stopped(build: Build, owner: User) -> None:
    due(owner)

    headers = build("reminders", owner).extra_headers

    assert headers["List-Unsubscribe"].startswith("<http")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_two_hundred_claims_cost_no_more_queries_than_two() -> None:
    beat, source = factories.BeatFactory.create(), factories.SourceFactory.create()

    def queries(number: int) -> int:
        user = factories.editor()
        for _ in range(number):
            due(user, beat=beat, reports=[factories.report_draft(source)])
        reminders.sweep(now=NOW)
        message = Message.objects.select_related("recipient").get(recipient=user)
        with CaptureQueriesContext(connection) as captured:
            content = contents.read(message, now=NOW)
            content.build()
        assert len(content.items) == number
        return len(captured)

    assert queries(2) == queries(60)


def test_the_foot_says_which_mails_are_always_sent_and_leads_to_the_others(
    build: Build, owner: User
) -> None:
    due(owner)
    email = build("reminders", owner)

    for words in (html_of(email).text, " ".join(email.body.split())):
        assert (
            "Those on the day of a deadline, those a week after it and calls to an editor about a "
            "late claim are always sent."
        ) in words
    [url] = html_of(email).links["My mail"]
    assert url.endswith(reverse("admin:my_mail"))
    assert url in email.body
