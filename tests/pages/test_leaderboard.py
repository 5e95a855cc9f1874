from datetime import UTC, date, datetime

import pytest
import time_machine

from tests import factories
from tests.pages.reading import section, words
from tests.pages.records import decided


@pytest.fixture(autouse=True)
def _april():
    with time_machine.travel(datetime(2026, 4, 3, 12, tzinfo=UTC), tick=False):
        yield


def source(name):
    return factories.SourceFactory.create(name=name)


def test_it_ranks_by_the_lower_end_and_keeps_provisional_ones_apart(client):
    decided(source("Long record"), hits=20, misses=4)
    decided(source("Short record"), hits=9, misses=1)
    decided(source("Poor record"), hits=4, misses=8)
    decided(source("Lucky streak"), hits=3)
    response = client.get("/leaderboard/")
    ranked, provisional = section(response, "ranked"), section(response, "provisional")
    assert ranked.index("Rank 1 Long") < ranked.index("Rank 2 Short") < ranked.index("Rank 3 Poor")
    assert "Lucky streak" not in ranked
    assert "Lucky streak" in provisional
    assert "Rank" not in provisional
    assert "n = 24: 20 hits, 4 misses" in ranked


def test_the_beat_is_chosen_in_the_address(client):
    space, money = (factories.BeatFactory.create(name=name) for name in ("Space", "Money"))
    decided(source("Astronaut"), hits=1, beat=space)
    decided(source("Banker"), hits=1, beat=money)
    page = words(client.get("/leaderboard/", {"beat": space.slug}))
    assert "Leaderboard: Space" in page
    assert "Astronaut" in page
    assert "Banker" not in page
    assert client.get("/leaderboard/?beat=no-such-beat").status_code == 404


def test_matured_counts_only_claims_whose_deadline_has_passed(client):
    decided(source("Early"), hits=1, deadline=date(2026, 12, 31))
    decided(source("Due"), hits=1, deadline=date(2026, 3, 31))
    assert "Early" in section(client.get("/leaderboard/"), "provisional")
    matured = section(client.get("/leaderboard/?matured=1"), "provisional")
    assert "Early" not in matured
    assert "Due" in matured


def test_sources_without_a_decided_position_are_counted_and_not_listed(client):
    factories.claim(reports=[factories.report_draft(source("Hopeful"))])
    response = client.get("/leaderboard/")
    assert "Hopeful" not in words(response)
    assert "1 source has reported here" in words(response)
    assert "nobody is ranked" in section(response, "ranked")


def test_the_period_is_the_year_in_which_the_outcome_became_known(client):
    decided(source("Of this year"), hits=1)
    early = factories.claim(
        reports=[factories.report_draft(source("Of last year"), published_on=date(2025, 5, 2))],
    )
    factories.decide(early, known_on=date(2025, 12, 31))

    page = client.get("/leaderboard/?period=2025")

    assert "Leaderboard, 2025" in words(page)
    assert "Of last year" in section(page, "provisional")
    assert "Of this year" not in words(page)
    assert "Of this year" in section(client.get("/leaderboard/?period=2026"), "provisional")
    assert "Of last year" in section(client.get("/leaderboard/"), "provisional")


def test_period_beat_and_matured_are_chosen_together(client):
    space, money = (factories.BeatFactory.create(name=name) for name in ("Space", "Money"))
    decided(source("Early"), hits=1, beat=space, deadline=date(2026, 12, 31))
    decided(source("Due"), hits=1, beat=space)
    decided(source("Banker"), hits=1, beat=money)

    page = client.get(f"/leaderboard/?period=2026&matured=1&beat={space.slug}")

    assert "Due" in section(page, "provisional")
    for name in ("Early", "Banker"):
        assert name not in section(page, "provisional")


@pytest.mark.parametrize("period", ["2019", "last-year", "0", "99999"])
def test_a_period_without_outcomes_is_not_found(client, period):
    decided(source("Somebody"), hits=1)
    assert client.get(f"/leaderboard/?period={period}").status_code == 404


def test_an_internal_claim_makes_no_period_and_counts_in_none(client):
    decided(source("Somebody"), hits=1)
    whisper = factories.report_draft(source("Whisperer"), published_on=date(2024, 1, 1))
    secret = factories.claim(public=False, reports=[whisper])
    factories.decide(secret, known_on=date(2024, 3, 1))
    assert "2024" not in words(client.get("/leaderboard/"))
    assert client.get("/leaderboard/?period=2024").status_code == 404
