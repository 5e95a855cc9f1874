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
