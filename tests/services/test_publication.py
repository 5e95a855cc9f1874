"""The version of what readers see, and the bodies that are kept for it."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from tests import factories
from verification.models import Claim
from verification.services import publication
from verification.services.publication import OVERHEAD, Bodies, Body

ONE, TWO = ("a" * 64, 1), ("b" * 64, 2)


def body(size: int = 10) -> Body:
    return Body(b"x" * size, {"Content-Type": "text/plain"})


# --- What is kept ---------------------------------------------------------------------------------


def test_a_body_is_given_for_its_own_version_and_key_only():
    bodies = Bodies(100_000)
    kept = body()
    bodies.put("here", ONE, kept)
    assert bodies.get("here", ONE) is kept
    assert bodies.get("here", TWO) is None
    assert bodies.get("there", ONE) is None


def test_a_body_of_another_version_takes_the_place_of_the_one_before():
    bodies = Bodies(100_000)
    bodies.put("here", ONE, body(500))
    bodies.put("here", TWO, body(100))
    assert len(bodies) == 1
    assert bodies.weight == 100 + OVERHEAD


def test_however_many_addresses_are_asked_for_the_memory_stays_within_its_bound():
    bodies = Bodies(100_000)
    for number in range(1000):
        bodies.put(number, ONE, body(1000))
        assert bodies.weight <= 100_000
    assert bodies.get(999, ONE) is not None
    assert bodies.get(0, ONE) is None


def test_what_is_read_stays_and_what_nobody_reads_goes():
    bodies = Bodies(10 * (1000 + OVERHEAD))
    bodies.put("front", ONE, body(1000))
    for number in range(100):
        bodies.put(number, ONE, body(1000))
        assert bodies.get("front", ONE) is not None


def test_one_body_cannot_crowd_out_the_others():
    bodies = Bodies(100_000)
    bodies.put("small", ONE, body())
    bodies.put("huge", ONE, body(50_000))
    assert bodies.get("huge", ONE) is None
    assert bodies.get("small", ONE) is not None


# --- The version ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_version_costs_one_query_and_stays_while_nothing_changes(django_assert_num_queries):
    factories.claim()
    with django_assert_num_queries(1):
        before = publication.version()
    assert publication.version() == before


@pytest.mark.django_db
def test_there_is_a_version_before_anything_was_logged():
    before = publication.version()
    factories.claim()
    assert publication.version() != before


@pytest.mark.usefixtures("real_transactions")
def test_what_is_committed_while_something_is_rendered_is_not_seen_in_it():
    claim = factories.claim(slug="amazon")
    boss = factories.managing_editor()
    with publication.snapshot() as version:
        assert Claim.objects.get(slug="amazon").outcome == ""
        _elsewhere(lambda: factories.decide(claim, actor=boss))
        assert Claim.objects.get(slug="amazon").outcome == ""
        assert publication.version() == version
    assert Claim.objects.get(slug="amazon").outcome == "confirmed"
    assert publication.version() != version


@pytest.mark.usefixtures("real_transactions")
def test_a_fault_while_something_is_rendered_leaves_no_transaction_behind():
    with pytest.raises(RuntimeError), publication.snapshot():
        raise RuntimeError
    factories.claim()
    with publication.snapshot():
        assert Claim.objects.count() == 1


def _elsewhere(change) -> None:
    """Makes the change on another connection, and waits until it is committed."""
    faults: list[BaseException] = []

    def run() -> None:
        try:
            change()
        except BaseException as error:  # noqa: BLE001  (passed on)
            faults.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert not faults, faults
