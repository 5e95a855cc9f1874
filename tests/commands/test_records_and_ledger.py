"""verify_records, recompute_records and verify_ledger: what they print and how they exit."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests import factories
from verification import guards
from verification.models import Breakdown, LedgerEntry, Position, Record
from verification.services import recomputing

pytestmark = pytest.mark.django_db


def run(*command: str) -> tuple[str, str]:
    """What the command printed, and what it complained of."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*command, stdout=out, stderr=err)
    except CommandError as error:
        assert error.returncode == 1
        err.write(f"CommandError: {error}\n")
    return out.getvalue(), err.getvalue()


@pytest.fixture(autouse=True)
def history() -> None:
    factories.decide(factories.claim())
    factories.claim()


def test_right_records_are_said_to_be_right() -> None:
    assert run("verify_records") == ("The records equal a full recompute.\n", "")


def test_each_difference_is_named_and_the_exit_is_1() -> None:
    Record.objects.filter(hits=1).update(hits=2)
    Position.objects.filter(credit="open").delete()
    out, err = run("verify_records")
    assert out == ""
    lines = err.splitlines()
    assert len(lines) == 3
    assert "kept none, recomputed open" in lines[0]
    assert "hits: kept 2, recomputed 1" in lines[1]
    assert lines[2] == ("CommandError: 2 differences. `recompute_records` puts the records right.")


def test_recompute_puts_them_right() -> None:
    Record.objects.update(hits=7)
    assert run("recompute_records") == ("2 positions recomputed.\n", "")
    assert recomputing.differences() == []


def test_sums_alone_are_put_right_from_the_positions() -> None:
    Record.objects.update(hits=7, first_to_report=7)
    Breakdown.objects.update(yes=7)
    assert run("recompute_records", "--sums") == ("2 records summed up.\n", "")
    assert recomputing.differences() == []


def test_sums_do_not_hide_a_position_that_is_wrong() -> None:
    Position.objects.filter(credit="hit").update(credit="miss")
    run("recompute_records", "--sums")
    [difference] = recomputing.differences()[:1]
    assert "credit: kept miss, recomputed hit" in str(difference)


def test_a_chain_that_holds_is_said_to_hold_with_its_head() -> None:
    head = LedgerEntry.objects.order_by("number").last()
    assert head is not None
    assert run("verify_ledger") == (
        f"The chain holds: {head.number} entries, head {head.hash}.\n",
        "",
    )


def test_the_entry_at_which_the_chain_breaks_is_named_and_the_exit_is_1() -> None:
    guards.take_down(connection)
    LedgerEntry.objects.filter(number=2).update(content={"outcome": "denied"})
    guards.put_up(connection)
    out, err = run("verify_ledger")
    assert out == ""
    assert "2" in err
    assert "break" in err
