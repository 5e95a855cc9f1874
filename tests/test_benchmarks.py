"""What the benchmarks rest on: a newsroom that agrees with itself, and an honest table."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from importlib import import_module

import pytest
from django.db import IntegrityError

from benchmarks import __main__ as bench
from benchmarks import generate, growth, turns
from benchmarks.frame import Line
from verification.models import Claim, ClaimCount, Position, Report, Verdict
from verification.services import recomputing

TODAY = date(2026, 11, 1)


@pytest.mark.usefixtures("real_transactions")
def test_the_generated_newsroom_agrees_with_itself():
    generate.fill(claims=120, today=TODAY)
    assert (Claim.objects.count(), Report.objects.count()) == (120, 360)
    assert Position.objects.count() == 360
    assert recomputing.differences() == []
    counted = Counter(Claim.objects.values_list("public", "outcome"))
    assert {
        (public, outcome): number
        for public, outcome, number in ClaimCount.objects.values_list("public", "outcome", "number")
    } == counted
    for claim in Claim.objects.all()[:20]:
        assert claim in Claim.objects.search(claim.statement)
    with pytest.raises(IntegrityError, match="append-only"):
        Verdict.objects.update(rationale="As it suits us.")


@pytest.mark.usefixtures("real_transactions")
def test_it_can_be_all_open():
    generate.fill(claims=30, today=TODAY, all_open=True)
    assert Claim.objects.open(TODAY).count() == 30


@pytest.mark.parametrize(
    ("goal", "ours", "reached"),
    [("<= 0.04", 4, "yes"), ("<= 0.04", 4.1, "no"), (">= 0.7", 70, "yes"), (">= 0.7", 69, "no")],
)
def test_a_goal_is_reached_or_not(goal, ours, reached):
    assert Line("work", "peer", 100, ours, "ms", goal).reached == reached
    assert Line("work", "peer", 100, ours, "ms").reached == ""


def test_the_table_says_ratios_both_ways():
    assert bench.cells(Line("work", "peer", 100, 250, "ms"))[4] == "2.50"
    assert bench.cells(Line("work", "peer", 1000, 4, "ms"))[4] == "1/250"


@pytest.mark.parametrize("name", bench.BENCHMARKS)
def test_every_benchmark_says_where_it_runs(name):
    module = import_module(f"benchmarks.{name}")
    assert module.PLACES
    assert module.lines({}) == []


def test_a_work_is_played_once_for_each_line_and_a_slow_one_twice_in_all(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", ["once more\n", "once more\n"])
    monkeypatch.setattr(turns, "PATIENCE", -1.0)
    done = []
    turns.play({"slow": lambda: done.append("slow")}, "sqlite")
    monkeypatch.setattr(turns, "PATIENCE", 1e9)
    turns.play({"quick": lambda: done.append("quick")}, "sqlite")

    assert done == ["slow", "slow", "quick", "quick", "quick"]
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line != "ready"] == said[1:3] + said[4:6]
    assert set(json.loads(said[1])) == {"slow"}


def test_the_growth_says_what_is_not_flat():
    few, many = {"front": 10.0, "a source": 10.0}, {"front": 11.0, "a source": 12.0}
    figures = {("sqlite", 1_000): few, ("sqlite", 100_000): many}

    [line] = growth.lines(figures)
    assert (line.theirs, line.ours, line.reached) == (2, 1, "no")
    assert growth.table(figures).splitlines() == [
        "| page | sqlite, 1,000 | sqlite, 100,000 |",
        "|---|---|---|",
        "| front | 10 | 11 |",
        "| a source | 10 | **12** |",
    ]
