from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

from tests import factories
from verification.templatetags import borneout


@pytest.mark.parametrize(
    ("day", "precision", "english"),
    [
        (date(2026, 3, 31), "day", "by 31 March 2026"),
        (date(2026, 3, 31), "month", "by the end of March 2026"),
        (date(2026, 3, 31), "quarter", "by the end of the first quarter of 2026"),
        (date(2026, 6, 30), "quarter", "by the end of the second quarter of 2026"),
        (date(2026, 9, 30), "quarter", "by the end of the third quarter of 2026"),
        (date(2026, 12, 31), "quarter", "by the end of the fourth quarter of 2026"),
        (date(2026, 6, 30), "half", "by the end of the first half of 2026"),
        (date(2026, 12, 31), "half", "by the end of the second half of 2026"),
        (date(2026, 12, 31), "year", "by the end of 2026"),
    ],
)
def test_a_deadline_is_told_as_exactly_as_it_was_worded(day, precision, english):
    assert borneout.deadline_words(day, precision) == english


def test_a_deadline_that_does_not_end_its_period_is_told_as_a_day():
    assert borneout.deadline_words(date(2026, 3, 15), "quarter") == "by 15 March 2026"


def test_the_wording_as_printed_stands_beside_the_deadline():
    claim = factories.claim(deadline=date(2026, 3, 31))
    assert borneout.deadline(claim) == "by 31 March 2026"
    assert borneout.deadline_full(claim) == "by 31 March 2026 (printed: “end of Q1 2026”)"
    assert (
        borneout.deadline_with_wording(date(2026, 3, 31), "day", "fin du premier trimestre 2026")
        == "by 31 March 2026 (printed: “fin du premier trimestre 2026”)"
    )
    assert borneout.deadline_with_wording(date(2026, 3, 31), "day", "") == "by 31 March 2026"


def test_days_are_told_in_the_readers_language():
    with translation.override("fr"):
        assert borneout.day_words(date(2026, 3, 31)) == "31 mars 2026"
        assert borneout.day_words(date(2026, 4, 1)) == "1er avril 2026"
        assert borneout.day_words(date(2026, 4, 11)) == "11 avril 2026"
    assert borneout.day_words(None) == ""


def test_numbers_are_rounded_and_grouped():
    assert borneout.number(1074) == "1,074"
    assert borneout.number(0.16777, 2) == "0.17"
    assert borneout.number(None) == "–"
    assert borneout.percent(0.168) == "17%"
    assert borneout.percent(None) == "–"
    with translation.override("fr"):
        assert borneout.number(0.5, 1) == "0,5"


def test_only_web_addresses_become_links():
    assert 'href="https://a.example/?a=1&amp;b=2"' in borneout.outlink(
        "https://a.example/?a=1&b=2", "A"
    )
    assert 'rel="nofollow noopener noreferrer"' in borneout.outlink("http://a.example", "A")
    assert "href" not in borneout.outlink("javascript:alert(1)", "A")
    assert "<b>" not in borneout.outlink("https://a.example", "<b>A</b>")


def test_the_host_of_an_address_is_named_without_www():
    assert borneout.host("https://www.example.org/a") == "example.org"
    assert borneout.host("https://[broken") == ""


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "25 November 2026, 20:31"), ("fr", "25 novembre 2026 à 20:31")],
)
def test_an_hour_is_set_off_from_its_day(language, told):
    with translation.override(language):
        assert date_format(datetime(2026, 11, 25, 20, 31, tzinfo=UTC), "DATETIME_FORMAT") == told
