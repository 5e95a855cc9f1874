"""Records and the leaderboard over the API: the contract's names, the services' figures."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests import factories
from tests.api.payloads import SOURCES

pytestmark = pytest.mark.django_db

NAMES = [
    "source",
    "beat",
    "as_of",
    "matured",
    "hits",
    "misses",
    "lapsed_uncounted",
    "open",
    "relays",
    "accuracy",
    "interval",
    "level",
    "provisional",
    "rank",
    "prior",
    "brier",
    "first_to_report",
    "median_lead_days",
    "method",
]
BOARD = "/api/v1/leaderboard/"


@pytest.fixture
def ai():
    return factories.BeatFactory.create(slug="ai")


@pytest.fixture
def wsj(ai):
    """Two hits, a miss, an uncounted lapse, an open one, and two relays."""
    source = factories.SourceFactory.create(slug="wsj", name="WSJ")
    other = factories.SourceFactory.create(slug="other")

    def one(outcome="", *, via=None, **fields):
        claim = factories.claim(
            beat=fields.pop("beat", ai),
            reports=[factories.report_draft(source, certainty="likely", via=via)],
            **fields,
        )
        if outcome:
            factories.decide(claim, outcome)
        return claim

    one("confirmed")
    one("confirmed", beat=factories.BeatFactory.create(slug="sport"))
    one("denied")
    one("lapsed", basis="newsroom")
    one(deadline=date(2026, 6, 30))
    one("confirmed", via=other)
    one("denied", via=other)
    one(via=other)
    one("confirmed", public=False)
    return source


def test_a_record_has_exactly_the_names_of_the_contract(public, wsj):
    sent = public.get(f"{SOURCES}wsj/record/").json()
    assert sorted(sent) == sorted(NAMES)
    assert sent["source"] == "wsj"
    assert sent["beat"] is None
    assert sent["as_of"] == "2026-04-01"
    assert sent["matured"] is False
    assert (sent["hits"], sent["misses"], sent["lapsed_uncounted"], sent["open"]) == (2, 1, 1, 1)
    assert sent["relays"] == {"total": 3, "borne_out": 1, "not": 1}
    assert sent["level"] == 0.9
    assert sent["provisional"] is True
    assert sent["rank"] is None
    assert sent["prior"] == {"mean": 0.6, "strength": 4.0}
    # The prior is worth four positions at 0.6: Beta(2.4 + 2, 1.6 + 1).
    assert sent["accuracy"] == 0.6286
    assert sent["interval"] == [0.3263, 0.8865]
    assert sent["brier"]["n"] == 3
    assert sent["brier"]["score"] == round((2 * 0.325**2 + 0.675**2) / 3, 4)
    assert set(sent["brier"]) == {"n", "score", "reliability", "resolution", "uncertainty"}
    assert sent["first_to_report"] == 2
    assert repr(sent["median_lead_days"]) == "29"
    assert sent["method"] == "1"


def test_every_figure_is_the_positions_behind_it(public, wsj):
    record = public.get(f"{SOURCES}wsj/record/").json()
    for credit, number in (
        ("hit", record["hits"]),
        ("miss", record["misses"]),
        ("lapsed-uncounted", record["lapsed_uncounted"]),
        ("open", record["open"]),
        ("hit,miss", record["hits"] + record["misses"]),
        ("relay-borne-out", record["relays"]["borne_out"]),
    ):
        found = public.get(f"{SOURCES}wsj/positions/?credit={credit}").json()["results"]
        assert len(found) == number, credit


def test_a_position_says_what_it_is_and_why_it_counts(public, wsj):
    [sent] = public.get(f"{SOURCES}wsj/positions/?credit=hit&beat=ai").json()["results"]
    assert sent == {
        "claim": sent["claim"],
        "statement": "Amazon will put at least $50bn into OpenAI.",
        "status": "confirmed",
        "beat": "ai",
        "public": True,
        "report_url": "https://wsj.example/2026-01-29",
        "first_reported_on": "2026-01-29",
        "stance": "asserts",
        "certainty": "likely",
        "relay": False,
        "credit": "hit",
        "reason": "asserted-confirmed",
        "first": True,
        "lead_days": 29,
    }


def test_a_record_by_beat_by_day_and_over_matured_claims(public, wsj):
    def record(asked):
        return public.get(f"{SOURCES}wsj/record/?{asked}").json()

    assert record("beat=sport")["hits"] == 1
    assert record("beat=sport")["beat"] == "sport"
    before = record("as_of=2026-03-31")
    assert before["as_of"] == "2026-03-31"
    assert (before["hits"], before["misses"], before["open"]) == (0, 0, 5)
    assert before["brier"] is None
    assert before["median_lead_days"] is None
    matured = record("matured=1")
    assert matured["matured"] is True
    assert matured["open"] == 0
    assert record("as_of=2026-04-01") == record("beat=&as_of=&matured=")


def test_internal_claims_count_only_for_the_desk_and_only_when_asked_for(public, reporter, wsj):
    assert public.get(f"{SOURCES}wsj/record/").json()["hits"] == 2
    assert reporter.get(f"{SOURCES}wsj/record/").json()["hits"] == 2
    assert reporter.get(f"{SOURCES}wsj/record/?internal=1").json()["hits"] == 3


def test_an_empty_record_is_a_record(public):
    factories.SourceFactory.create(slug="new")
    sent = public.get(f"{SOURCES}new/record/").json()
    assert sorted(sent) == sorted(NAMES)
    assert (sent["hits"], sent["misses"], sent["rank"], sent["brier"]) == (0, 0, None, None)


def test_the_leaderboard_ranks_and_lists_provisional_sources_last(public, ai):
    for name, hits in (("good", 10), ("bad", 2), ("young", 0)):
        source = factories.SourceFactory.create(slug=name, name=name.title())
        for number in range(10 if name != "young" else 3):
            claim = factories.claim(beat=ai, reports=[factories.report_draft(source)])
            factories.decide(claim, "confirmed" if number < hits else "denied")
    sent = public.get(BOARD).json()
    assert sent["next"] is sent["previous"] is None
    assert [(row["source"], row["rank"]) for row in sent["results"]] == [
        ("good", 1),
        ("bad", 2),
        ("young", None),
    ]
    assert [row["provisional"] for row in sent["results"]] == [False, False, True]
    assert sent["results"][0]["name"] == "Good"
    for row in sent["results"]:
        record = public.get(f"{SOURCES}{row['source']}/record/").json()
        assert {name: record[name] for name in row if name in record} == {
            name: row[name] for name in row if name in record
        }

    first = public.get(f"{BOARD}?limit=2").json()
    assert len(first["results"]) == 2
    second = public.get(first["next"]).json()
    assert [row["source"] for row in second["results"]] == ["young"]
    assert second["next"] is None
    assert public.get(second["previous"]).json() == first
    assert public.get(f"{BOARD}?beat=ai&limit=1&matured=1").json()["results"][0]["beat"] == "ai"


def test_todays_figures_follow_a_verdict_at_once(public, editor, ai):
    source = factories.SourceFactory.create(slug="wsj")
    claim = factories.claim(beat=ai, reports=[factories.report_draft(source)])
    assert public.get(f"{SOURCES}wsj/record/").json()["open"] == 1
    factories.decide(claim, now=datetime(2026, 4, 1, 9, tzinfo=UTC))
    assert public.get(f"{SOURCES}wsj/record/").json()["hits"] == 1
    assert public.get(BOARD).json()["results"][0]["hits"] == 1


@pytest.mark.parametrize("path", ["", "record/", "positions/"])
def test_an_unknown_source_is_not_found(public, path):
    assert public.get(f"{SOURCES}nobody/{path}").status_code == 404
