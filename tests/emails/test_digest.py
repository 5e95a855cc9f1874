"""The weekly digest as it is read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from tests import factories
from tests.emails.conftest import Build
from tests.emails.reading import html_of
from verification.emails.digest import Latency
from verification.models import User
from verification.services import week

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def reader() -> User:
    return factories.editor(
        username="reader", language="en", date_joined=datetime(2026, 1, 1, tzinfo=UTC)
    )


def test_the_subject_names_the_week_and_its_figures(build: Build, reader: User) -> None:
    factories.claim(deadline=date(2026, 3, 20))
    factories.claim(deadline=date(2026, 4, 3))

    assert build("digest", reader, MONDAY).subject == (
        "Week of 30 March: 1 awaiting a verdict, 1 coming up"
    )


def test_a_long_list_ends_with_how_many_more_and_the_way_to_them(
    build: Build, reader: User
) -> None:
    beat = factories.BeatFactory.create(editor=reader)
    for _ in range(week.LISTED + 2):
        factories.claim(beat=beat, deadline=date(2026, 3, 20), reports=[])

    email = build("digest", reader, MONDAY)

    [url] = html_of(email).links["and 2 more"]
    assert url.endswith("/admin/verification/claim/?status=awaiting&beat=mine")
    assert url in email.body


def test_it_can_be_stopped_with_one_click(build: Build, reader: User) -> None:
    factories.claim(deadline=date(2026, 4, 3))

    email = build("digest", reader, MONDAY)

    [url] = html_of(email).links["no more weekly digests"]
    assert email.extra_headers["List-Unsubscribe"] == f"<{url}>"
    assert email.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url in email.body


def test_it_is_written_in_french_with_its_plurals(build: Build, reader: User) -> None:
    User.objects.filter(pk=reader.pk).update(language="fr")
    factories.decide(
        factories.claim(deadline=date(2026, 4, 30)),
        known_on=date(2026, 3, 24),
        now=datetime(2026, 3, 25, 9, tzinfo=UTC),
    )
    factories.claim(deadline=date(2026, 3, 29))

    email = build("digest", reader, MONDAY)

    assert email.subject == "Semaine du 30 mars\u00a0: 1 en attente de verdict, 1 tranchée"
    assert "en attente depuis 1 jour ·" in email.body
    assert "confirmée · 25 mars 2026" in email.body
    assert "1 jour (n = 1)" in html_of(email).text


@pytest.mark.parametrize(
    ("language", "median", "words"),
    [
        ("en", 0.0, "0 days"),
        ("en", 1.0, "1 day"),
        ("en", 1.5, "1.5 days"),
        ("en", 2.0, "2 days"),
        ("fr", 0.0, "0 jour"),
        ("fr", 1.5, "1,5 jour"),
        ("fr", 2.0, "2 jours"),
    ],
)
def test_a_median_agrees_with_its_days(language: str, median: float, words: str) -> None:
    with translation.override(language):
        assert Latency(beat="Deals", median_days=median, decided=2).words == words
