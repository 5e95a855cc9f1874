"""How rare words are: from a sample where they are frequent, counted where they are not."""

from __future__ import annotations

import pytest
from django.db import connection

from tests import factories
from verification import rarity, wordindex
from verification.domain import words
from verification.domain.sharing import Shared
from verification.models import Claim

pytestmark = pytest.mark.django_db

sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has its own")
postgresql_only = pytest.mark.skipif(connection.vendor != "postgresql", reason="it has a planner")


@pytest.fixture(autouse=True)
def _own_samples(monkeypatch):
    monkeypatch.setattr(rarity, "_samples", {})


@pytest.fixture
def claims() -> list[Claim]:
    return [
        factories.claim(reports=[], statement=f"Amazon buys {name}.", criteria="")
        for name in ("Vega", "Lyra", "Vega and Lyra", "Altair")
    ]


def shares(*words: str) -> list[float]:
    found = rarity.of(words, using="default")
    return [pytest.approx(found.shares[word] * found.claims) for word in words]


def test_words_are_counted(claims):
    assert shares("amazon", "vega", "altair", "nowhere") == [4, 2, 1, 0]


def test_without_a_claim_no_word_occurs():
    Claim.objects.all().delete()
    assert rarity.of(["amazon"], using="default") == rarity.Occurring({"amazon": 0.0}, 0)


def test_counting_ends_where_a_word_is_frequent(claims, monkeypatch):
    monkeypatch.setitem(rarity.COUNTED, connection.vendor, 3)
    monkeypatch.setattr(rarity, "_sample", lambda *args: {})
    assert shares("amazon", "vega") == [3, 2]


@sqlite_only
def test_of_many_claims_a_sample_says_which_words_are_frequent(claims, monkeypatch):
    monkeypatch.setitem(rarity.COUNTED, "sqlite", 1)
    monkeypatch.setattr(rarity, "FREQUENT", 2)
    found = rarity.of(["amazon", "vega", "altair"], using="default")
    assert [found.shares["amazon"], found.shares["vega"]] == [1.0, 0.5]
    assert found.shares["altair"] == pytest.approx(1 / found.claims)


@sqlite_only
def test_a_sample_is_read_again_when_there_are_a_tenth_more_claims(
    claims, monkeypatch, django_assert_num_queries
):
    monkeypatch.setitem(rarity.COUNTED, "sqlite", 1)
    monkeypatch.setattr(rarity, "FREQUENT", 1)
    with django_assert_num_queries(2):
        rarity.of(["amazon"], using="default")
    with django_assert_num_queries(1):
        rarity.of(["amazon"], using="default")
    for _number in range(claims[-1].pk // 10 + 1):
        factories.claim(reports=[], statement="Deneb opens.")
    with django_assert_num_queries(2):
        found = rarity.of(["deneb"], using="default")
    assert found.shares["deneb"] > 0


@postgresql_only
def test_frequent_words_are_known_from_the_planners_statistics(claims, monkeypatch):
    monkeypatch.setitem(rarity.COUNTED, "postgresql", 1)
    # An element is frequent where it is in several rows.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE verification_claim")
    found = rarity.of(["amazon", "altair", "nowhere"], using="default")
    assert found.shares["amazon"] == pytest.approx(1.0)
    assert 0 < found.shares["altair"] < 1
    assert found.shares["nowhere"] == 0


@pytest.mark.parametrize("least", [1, 2, 3, 4])
def test_so_many_of_the_words_are_held_in_any_order(claims, least):
    names = ("altair", "lyra", "vega", "amazon")
    expected = [
        claim.pk
        for claim in reversed(claims)
        if len(set(names) & set(words.words(claim.statement))) >= least
    ]
    [found] = wordindex.holding([Shared(names, least)], 10, using="default")
    assert sorted((key for key, _statement in found), reverse=True) == expected


@postgresql_only
def test_postgresql_asks_the_index_and_does_not_walk_through_all_claims(claims):
    asked = wordindex.at_least(("vega", "lyra", "amazon"), 2, "postgresql")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + wordindex._HELD["postgresql"], [0, asked, 10])
        said = str(cursor.fetchall())
    assert "Bitmap Index Scan on claim_words" in said


@sqlite_only
def test_sqlite_walks_its_index_from_the_newest_claim_on(claims):
    asked = wordindex.at_least(("vega", "lyra", "amazon"), 2, "sqlite")
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + wordindex._HELD["sqlite"], [0, asked, 10])
        said = str(cursor.fetchall())
    assert "VIRTUAL TABLE INDEX" in said
    assert "USING INTEGER PRIMARY KEY (rowid=?)" in said
    assert "SCAN verification_claim " not in said


@sqlite_only
def test_a_rebuilt_index_has_one_list_of_each_word(claims):
    wordindex.rebuild(connection)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT segid) FROM {wordindex.FTS}_idx")  # noqa: S608
        assert cursor.fetchone() == (1,)
