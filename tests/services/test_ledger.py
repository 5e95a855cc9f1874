"""The ledger: written with each change, chained, and verified by anyone."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from tests import factories
from tests.services.desk import last_entry
from verification.domain.chainwalk import Walk
from verification.domain.ledger import GENESIS
from verification.models import LedgerEntry, User
from verification.services import ledger, proof, reports

pytestmark = pytest.mark.django_db

NOW = factories.NOW


def broken_at(chain: Iterable[LedgerEntry]) -> int | None:
    """The number of the entry at which the chain breaks."""
    walk = Walk()
    for entry in chain:
        if walk.step(proof.link(entry)):
            return entry.number
    return None


def entries() -> list[LedgerEntry]:
    return list(LedgerEntry.objects.order_by("number"))


@pytest.fixture
def chain() -> list[LedgerEntry]:
    """A claim logged, reported once more and decided."""
    claim = factories.claim()
    reports.add_report(
        actor=factories.reporter(), claim=claim, draft=factories.report_draft(), now=NOW
    )
    claim.refresh_from_db()
    factories.decide(claim)
    return entries()


def test_entries_are_numbered_from_one_and_each_covers_the_one_before(
    chain: list[LedgerEntry],
) -> None:
    assert [entry.number for entry in chain] == [1, 2, 3]
    assert [entry.action for entry in chain] == ["claim logged", "report logged", "verdict"]
    assert [entry.previous_hash for entry in chain] == [GENESIS, chain[0].hash, chain[1].hash]


def test_the_chain_holds_after_it_was_read_back(chain: list[LedgerEntry]) -> None:
    assert broken_at(chain) is None
    assert broken_at([]) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("content", {"outcome": "denied"}),
        ("action", "claim edited"),
        ("actor_name", "somebody-else"),
        ("claim_slug", "another"),
        ("recorded_at", NOW + timedelta(microseconds=1)),
        ("digest", "0" * 64),
        ("secret", "0" * 64),
        ("sealed", {"salts": [], "digests": []}),
        ("format", 1),
        ("format", 3),
        ("hash", "0" * 64),
        ("previous_hash", "1" * 64),
        ("number", 7),
    ],
)
def test_whatever_is_changed_breaks_the_chain_there(
    chain: list[LedgerEntry], field: str, value: object
) -> None:
    for entry in chain:
        right = getattr(entry, field)
        setattr(entry, field, value)
        assert broken_at(chain) == entry.number
        setattr(entry, field, right)
    assert broken_at(chain) is None


def test_an_entry_that_is_missing_or_moved_breaks_the_chain(chain: list[LedgerEntry]) -> None:
    first, second, third = chain
    assert broken_at([second, third]) == 2
    assert broken_at([first, third]) == 3
    assert broken_at([first, third, second]) == 3


def test_an_entry_made_up_with_a_hash_of_its_own_breaks_the_chain_after_it(
    chain: list[LedgerEntry],
) -> None:
    chain[1].content = {"outcome": "denied"}
    chain[1].digest = proof.shown(chain[1]).digest()
    made_up = proof.link(chain[1]).computed
    assert made_up is not None
    chain[1].hash = made_up
    assert broken_at(chain) == 3


def test_the_same_instant_is_written_alike_whatever_zone_it_came_in() -> None:
    paris = timezone(timedelta(hours=1))
    factories.claim(now=datetime(2026, 1, 30, 11, tzinfo=paris))
    entry = last_entry()
    assert ledger.instant(entry.recorded_at) == "2026-01-30T10:00:00.000000+00:00"
    assert broken_at(entries()) is None


def test_dates_people_and_rows_are_written_as_anyone_can_read_them() -> None:
    robin = factories.reporter(username="robin")
    beat = factories.BeatFactory.create(slug="tech")
    content = {
        "day": date(2026, 3, 31),
        "at": datetime(2026, 3, 31, 9, tzinfo=UTC),
        "who": robin,
        "beat": beat,
        "nested": [{"day": date(2026, 1, 1)}, "text", None, True, 3],
    }
    with transaction.atomic():
        entry = ledger.append(actor=None, action="test", now=NOW, content=content)
    entry.refresh_from_db()
    assert (entry.actor, entry.actor_name, entry.claim_slug) == (None, "", "")
    assert entry.content == {
        "day": "2026-03-31",
        "at": "2026-03-31T09:00:00+00:00",
        "who": "robin",
        "beat": "tech",
        "nested": [{"day": "2026-01-01"}, "text", None, True, 3],
    }
    assert broken_at([entry]) is None


@pytest.mark.parametrize("text", ["été – “œuvre” ’", "🚀", "line\nbreak\ttab", "\u2028", "  x "])
def test_any_text_that_can_be_kept_keeps_the_chain(text: str) -> None:
    factories.claim(criteria=text)
    assert broken_at(entries()) is None


def test_the_actors_name_stays_as_it_was() -> None:
    robin = factories.reporter(username="robin")
    factories.claim(actor=robin)
    User.objects.filter(pk=robin.pk).update(username="robin-vega")
    assert last_entry().actor_name == "robin"
    assert broken_at(entries()) is None


def test_an_entry_is_written_only_with_the_change_that_it_records(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ledger, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError, match="transaction"):
        ledger.append(actor=None, action="test", now=NOW, content={})


def test_many_at_once_are_the_same_rows_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "BATCH", 3)
    robin, claim = factories.reporter(username="robin"), factories.claim()
    told = [
        (f"action {n}", {"day": date(2026, 1, n)}, claim if n % 2 else None) for n in range(1, 9)
    ]

    def rows() -> list[dict[str, object]]:
        return list(LedgerEntry.objects.order_by("number").values())

    monkeypatch.setattr(secrets, "token_hex", lambda size: "ab" * size)

    with transaction.atomic():
        for action, content, about in told:
            ledger.append(actor=robin, action=action, now=NOW, content=content, claim=about)
        singly = [row | {"id": 0} for row in rows()]
        transaction.set_rollback(True)
    with transaction.atomic():
        assert ledger.append_many(actor=robin, now=NOW, entries=iter(told)) == 8
    assert [row | {"id": 0} for row in rows()] == singly
    assert broken_at(entries()) is None


def test_many_at_once_look_at_the_head_once(django_assert_num_queries) -> None:
    with transaction.atomic(), django_assert_num_queries(2 if connection.vendor == "sqlite" else 3):
        ledger.append_many(actor=None, now=NOW, entries=(("test", {}, None) for _ in range(50)))


def test_nothing_at_once_writes_nothing() -> None:
    with transaction.atomic():
        assert ledger.append_many(actor=None, now=NOW, entries=[]) == 0
    assert entries() == []
