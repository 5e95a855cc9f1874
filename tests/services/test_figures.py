"""Accuracy, intervals, ranks: the published numbers, and that they are never out of date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from scipy import stats  # type: ignore[import-untyped,unused-ignore]

from tests import factories
from tests.services.desk import deadline
from verification.domain import calibration, scoring
from verification.models import Beat, Claim, Position, Record, Source, User
from verification.services import (
    claims,
    figures,
    recomputing,
    records,
    reports,
    sources,
    summing,
    verdicts,
)  # fmt: skip
from verification.services.boards import Board
from verification.services.figures import Scope

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
TODAY = date(2026, 4, 1)
#: Enough for a prior of the pool's own.
POOL = [(12, 3), (10, 5), (6, 9), (3, 3), (14, 2), (2, 8)]


@pytest.fixture
def committed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Boards are kept, as outside a transaction: each change of the test passes for committed."""
    figures._kept.boards.clear()
    monkeypatch.setattr(figures, "connection", SimpleNamespace(in_atomic_block=False))
    yield
    # The test's changes are undone, and their revisions given out again.
    figures._kept.boards.clear()


def board(now: datetime = NOW, **scope: Any) -> Board:
    return figures.board(Scope(**scope), now=now)


def tally(beat: Beat, public: bool = True, name: str = "", **tallies: int) -> Source:
    """A source with these tallies."""
    source = factories.SourceFactory.create(**({"name": name} if name else {}))
    Record.objects.create(source=source, beat=beat, public=public, **tallies)
    records.touch()
    return source


def pool(beat: Beat) -> list[Source]:
    return [tally(beat, hits=hits, misses=misses) for hits, misses in POOL]


@pytest.fixture
def beat() -> Beat:
    return factories.BeatFactory.create()


@pytest.fixture
def manon() -> User:
    return factories.managing_editor(username="manon")


def decided(actor: User, outcome: str = "confirmed", **fields: Any) -> Claim:
    claim = factories.claim(actor=actor, **fields)
    factories.decide(claim, outcome, actor=actor, now=NOW)
    return claim


# --- The numbers ----------------------------------------------------------------------------------


def test_accuracy_is_the_mean_of_the_posterior_and_its_interval_leaves_a_twentieth_on_each_side(
    beat: Beat,
) -> None:
    found = pool(beat)
    whole = board()
    hits, misses = zip(*POOL, strict=True)
    prior = scoring.fit_prior(hits, misses)
    assert whole.prior == prior
    assert not prior.fallback
    for source, (hit, miss) in zip(found, POOL, strict=True):
        row = whole.rows[source.pk]
        posterior = stats.beta(
            prior.mean * prior.strength + hit, (1 - prior.mean) * prior.strength + miss
        )
        assert (row.hits, row.misses, row.decided, row.prior) == (hit, miss, hit + miss, prior)
        assert row.accuracy == pytest.approx(posterior.mean())
        assert (row.low, row.high) == pytest.approx((posterior.ppf(0.05), posterior.ppf(0.95)))


def test_under_ten_decided_positions_a_source_is_provisional_and_unranked(beat: Beat) -> None:
    nine, ten = tally(beat, hits=9), tally(beat, hits=1, misses=9)
    whole = board()
    assert (whole.rows[nine.pk].provisional, whole.rows[nine.pk].rank) == (True, None)
    assert (whole.rows[ten.pk].provisional, whole.rows[ten.pk].rank) == (False, 1)


@pytest.mark.parametrize(
    "tally_name",
    [name for name in records.TALLIES if name not in {"hits", "misses", "first_to_report"}],
)
def test_nothing_but_hits_and_misses_moves_accuracy(beat: Beat, tally_name: str) -> None:
    busy, quiet = (
        tally(beat, hits=8, misses=2, **{tally_name: 100}),
        tally(beat, hits=8, misses=2),
    )
    whole = board()
    assert whole.rows[busy.pk].accuracy == whole.rows[quiet.pk].accuracy
    assert whole.rows[busy.pk].rank == whole.rows[quiet.pk].rank == 1
    assert whole.rows[busy.pk].decided == 10


def test_ranked_by_the_lower_end_so_that_few_cannot_outrank_many(beat: Beat) -> None:
    few, many = tally(beat, hits=10, misses=24), tally(beat, hits=283, misses=791)
    for hits, misses in POOL:
        tally(beat, hits=hits, misses=misses)
    whole = board()
    lows = [whole.rows[source].low for source in whole.order if whole.rows[source].rank]
    assert lows == sorted(lows, reverse=True)
    assert [whole.rows[s].rank for s in whole.order if whole.rows[s].rank] == [1, 2, 3, 4, 5, 6, 7]
    rows = whole.rows
    assert (rows[few.pk].low > rows[many.pk].low) == (rows[few.pk].rank < rows[many.pk].rank)


def test_ranked_sources_come_first_then_by_how_much_is_known_then_by_name(beat: Beat) -> None:
    zoe = tally(beat, name="zoe", open=1)
    adam = tally(beat, name="Adam", open=1)
    some = tally(beat, hits=1, misses=3)
    better = tally(beat, hits=3, misses=1)
    worst = tally(beat, misses=12)
    best = tally(beat, hits=12)
    ordered = [best, worst, better, some, adam, zoe]
    assert board().order == tuple(source.pk for source in ordered)


def test_the_prior_of_a_beat_is_its_own_once_it_has_enough_to_tell(beat: Beat) -> None:
    pool(beat)
    small = factories.BeatFactory.create()
    beginner = tally(small, hits=2)
    everything = board()
    own = board(beat=beat)
    assert own.prior == scoring.fit_prior(*zip(*POOL, strict=True))
    assert own.prior != everything.prior
    borrowed = board(beat=small)
    assert borrowed.prior == everything.prior
    assert set(borrowed.rows) == {beginner.pk}
    assert borrowed.rows[beginner.pk].prior == everything.prior


def test_a_borrowed_prior_is_of_the_same_day_and_audience(beat: Beat, manon: User) -> None:
    source = factories.SourceFactory.create()
    draft = factories.report_draft(source)
    decided(manon, beat=beat, reports=[draft])
    decided(manon, beat=beat, reports=[draft], public=False)
    assert board(beat=beat).prior.pool_decided == 1
    assert board(beat=beat, internal=True).prior.pool_decided == 2
    assert board(beat=beat, as_of=TODAY - timedelta(days=1)).prior.pool_decided == 0


def test_a_source_has_one_record_over_all_beats_that_is_the_sum_of_its_rows(beat: Beat) -> None:
    source = tally(beat, hits=7, misses=1, open=2, first_to_report=3)
    other = factories.BeatFactory.create()
    Record.objects.create(source=source, beat=other, public=True, hits=3, relays_not=4)
    records.touch()
    row = board().rows[source.pk]
    assert (row.hits, row.misses, row.open, row.relays_not) == (10, 1, 2, 4)
    assert (row.first_to_report, row.rank, board(beat=other).rows[source.pk].hits) == (3, 1, 3)


def test_internal_claims_count_on_the_desk_only(beat: Beat) -> None:
    shown, hidden = tally(beat, hits=1), tally(beat, public=False, hits=1)
    Record.objects.create(source=shown, beat=beat, public=False, misses=1)
    records.touch()
    assert {source: row.decided for source, row in board().rows.items()} == {shown.pk: 1}
    assert {source: row.decided for source, row in board(internal=True).rows.items()} == {
        shown.pk: 2,
        hidden.pk: 1,
    }


def test_a_source_without_positions_has_an_empty_record_with_what_is_believed_of_anyone(
    beat: Beat,
) -> None:
    pool(beat)
    whole = board()
    nobody = whole.figures(0)
    assert (nobody.decided, nobody.positions, nobody.rank, nobody.provisional) == (0, 0, None, True)
    assert nobody.accuracy == pytest.approx(whole.prior.mean)


def test_an_empty_newsroom_has_a_board() -> None:
    empty = board()
    assert (empty.rows, empty.order, empty.prior.fallback) == ({}, (), True)


def test_every_position_is_in_exactly_one_tally(manon: User, beat: Beat) -> None:
    source, other = factories.SourceFactory.create(), factories.SourceFactory.create()
    kinds: list[tuple[dict[str, Any], str | None]] = [
        ({}, "confirmed"),
        ({}, "denied"),
        ({}, "lapsed"),
        ({}, "void"),
        ({}, None),
        ({"stance": "observes"}, "confirmed"),
        *(({"via": other}, outcome) for outcome in ("confirmed", "denied", "lapsed", None)),
    ]
    for basis in ("source", "newsroom"):
        for fields, outcome in kinds:
            draft = factories.report_draft(source, **fields)
            claim = factories.claim(actor=manon, beat=beat, reports=[draft], basis=basis)
            if outcome:
                factories.decide(claim, outcome, actor=manon, now=NOW)
    row = board().rows[source.pk]
    assert row.positions == Position.objects.count() == 2 * len(kinds)
    assert (row.hits, row.misses, row.lapsed_uncounted, row.open) == (2, 3, 1, 2)
    assert (row.relays, row.relays_borne_out, row.relays_not) == (8, 2, 3)
    assert (row.relays_lapsed_uncounted, row.relays_open, row.uncounted) == (1, 2, 4)


# --- Certainty and leads --------------------------------------------------------------------------


def test_the_brier_score_is_of_the_positions_that_count_and_have_a_certainty(
    manon: User, beat: Beat
) -> None:
    source = factories.SourceFactory.create()
    said = [("likely", "asserts", "confirmed"), ("likely", "asserts", "denied")]
    said += [("unlikely", "disputes", "denied"), ("", "asserts", "confirmed")]
    for certainty, stance, outcome in said:
        draft = factories.report_draft(source, certainty=certainty, stance=stance)
        decided(manon, outcome, beat=beat, reports=[draft])
    void = factories.report_draft(source, certainty="likely")
    decided(manon, "void", beat=beat, reports=[void])
    detail = figures.detail(source, Scope(), now=NOW)
    likely, unlikely = 0.675, 0.325
    assert detail.brier == calibration.brier([likely, likely, unlikely], [1, 0, 0])
    assert detail.brier is not None
    assert detail.brier.n == 3


def test_leads_are_of_the_claims_that_the_source_had_first(manon: User, beat: Beat) -> None:
    source, rival = factories.SourceFactory.create(), factories.SourceFactory.create()
    for day in (20, 25, 29):
        draft = factories.report_draft(source, published_on=date(2026, 1, day))
        late = factories.report_draft(rival, published_on=date(2026, 1, 30))
        decided(manon, beat=beat, reports=[draft, late])
    detail = figures.detail(source, Scope(), now=NOW)
    assert detail.median_lead_days == (date(2026, 2, 27) - date(2026, 1, 25)).days
    assert figures.detail(rival, Scope(), now=NOW).median_lead_days is None
    assert figures.detail(rival, Scope(), now=NOW).brier is None
    assert board().rows[source.pk].first_to_report == 3


@pytest.mark.parametrize(
    "scope",
    [
        {"as_of": TODAY},
        {"as_of": TODAY, "internal": True},
        {"as_of": date(2030, 1, 1)},
        {"matured": True},
    ],
)
def test_the_replay_of_today_and_the_kept_tallies_say_the_same(
    manon: User, beat: Beat, scope: dict[str, Any]
) -> None:
    source, other = factories.SourceFactory.create(), factories.SourceFactory.create()
    for outcome in ("confirmed", "denied", "lapsed", "void"):
        drafts = [
            factories.report_draft(source, certainty="likely"),
            factories.report_draft(other, via=source, published_on=date(2026, 1, 30)),
        ]
        decided(manon, outcome, beat=beat, reports=drafts, public=outcome != "denied")
    kept = {"internal": scope.get("internal", False)}
    for one_beat in (None, beat):
        replayed = board(**scope, beat=one_beat)
        shown = board(**kept, beat=one_beat)
        assert (replayed.prior, replayed.rows, replayed.order) == (
            shown.prior,
            shown.rows,
            shown.order,
        )
        assert figures.detail(source, Scope(**scope, beat=one_beat), now=NOW) == figures.detail(
            source, Scope(**kept, beat=one_beat), now=NOW
        )


# --- Never out of date ----------------------------------------------------------------------------


def changes(claim: Claim, manon: User) -> dict[str, Callable[[], object]]:
    """Each change that a claim can see, of a decided claim that has a report."""
    version = claim.version
    common: dict[str, Any] = {"actor": manon, "now": NOW}
    report = claim.reports.get()
    disputed = factories.report_draft(report.source, stance="disputes")
    another = factories.report_draft(report.source, published_on=date(2026, 1, 2))
    revision: dict[str, Any] = {"version": version, "rationale": "Mended.", "claim": claim}
    return {
        "revise": lambda: verdicts.revise(
            **common, **revision, outcome="denied", evidence=[factories.evidence()]
        ),
        "void": lambda: verdicts.void(**common, **revision),
        "reopen": lambda: verdicts.reopen(**common, **revision),
        "report": lambda: reports.add_report(**common, claim=claim, draft=factories.report_draft()),
        "repeat": lambda: reports.add_report(**common, claim=claim, draft=another),
        "amend": lambda: reports.amend_report(**common, report=report, draft=disputed),
        "withdraw": lambda: reports.withdraw_report(**common, report=report),
        "move to another beat": lambda: claims.edit(
            **common,
            claim=claim,
            version=version,
            changes={"beat": factories.BeatFactory.create()},
        ),
        "hide": lambda: claims.edit(
            **common, claim=claim, version=version, changes={"public": False}
        ),
        "log another": lambda: decided(manon, beat=claim.beat),
        "recompute": recomputing.recompute,
        "sum up": summing.sum_up,
    }


CHANGES = ["revise", "void", "reopen", "report", "repeat", "amend", "withdraw"]
CHANGES += ["move to another beat", "hide", "log another", "recompute", "sum up"]


def all_boards(beat: Beat) -> list[Board]:
    scopes: list[dict[str, Any]] = [
        {},
        {"beat": beat},
        {"internal": True},
        {"matured": True, "beat": beat},
        {"as_of": TODAY},
        {"as_of": date(2026, 3, 1), "internal": True},
    ]
    return [board(**scope) for scope in scopes]


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("change", CHANGES)
def test_no_board_is_out_of_date_after_a_change(manon: User, beat: Beat, change: str) -> None:
    claim = decided(manon, beat=beat)
    act = changes(claim, manon)[change]
    all_boards(beat)
    act()
    shown = all_boards(beat)
    figures._kept.boards.clear()
    assert shown == all_boards(beat)


@pytest.mark.usefixtures("committed")
def test_a_moved_deadline_changes_at_once_what_has_matured(manon: User, beat: Beat) -> None:
    claim = factories.claim(actor=manon, beat=beat)
    source = Source.objects.get()
    assert board(matured=True).figures(source.pk).open == 1
    claims.extend(
        actor=manon, claim=claim, version=1, deadline=deadline(), reason="Later.", now=NOW
    )
    assert board(matured=True).figures(source.pk).open == 0


@pytest.mark.usefixtures("committed")
def test_a_basis_that_changes_while_a_claim_is_reopened_changes_the_past_at_once(
    manon: User, beat: Beat
) -> None:
    claim = decided(manon, "lapsed", beat=beat)
    source = Source.objects.get()
    later = NOW + timedelta(days=3)
    verdicts.reopen(actor=manon, claim=claim, version=2, rationale="So.", now=later)
    assert board(as_of=TODAY).figures(source.pk).misses == 1
    claims.edit(
        actor=manon, claim=claim, version=3, changes={"deadline_basis": "newsroom"}, now=later
    )
    assert board(as_of=TODAY).figures(source.pk).lapsed_uncounted == 1


@pytest.mark.usefixtures("committed")
def test_a_new_day_matures_what_was_due_yesterday(manon: User, beat: Beat) -> None:
    factories.claim(actor=manon, beat=beat)  # due on 31 March
    source = Source.objects.get()
    last_instant = datetime(2026, 3, 31, 23, 59, 59, tzinfo=UTC)
    assert board(last_instant, matured=True).figures(source.pk).open == 0
    assert board(last_instant + timedelta(seconds=1), matured=True).figures(source.pk).open == 1


@pytest.mark.usefixtures("committed")
def test_a_source_with_another_name_is_listed_by_it_at_once(manon: User, beat: Beat) -> None:
    adam, zoe = tally(beat, name="Adam", open=1), tally(beat, name="Zoe", open=1)
    assert board().order == (adam.pk, zoe.pk)
    sources.edit_source(actor=manon, source=adam, changes={"name": "Zoetrope"}, now=NOW)
    assert board().order == (zoe.pk, adam.pk)


@pytest.mark.usefixtures("committed")
def test_boards_are_kept_by_scope_and_only_so_many(beat: Beat) -> None:
    pool(beat)
    kept = board()
    assert board() is kept
    assert board(beat=beat) is not kept
    assert board(internal=True) is not kept
    for offset in range(100):
        board(as_of=TODAY - timedelta(days=offset))
    assert len(figures._kept.boards) == figures._kept.size


def test_a_board_that_was_read_inside_a_transaction_is_not_kept(beat: Beat) -> None:
    assert board() is not board()
    assert not figures._kept.boards


# --- What it costs --------------------------------------------------------------------------------


def queries(do: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        do()
    return len(captured)


@pytest.mark.usefixtures("committed")
def test_a_board_takes_the_revision_the_tallies_and_the_names(beat: Beat) -> None:
    pool(beat)
    assert queries(board) == 3
    assert queries(board) == 1
    assert queries(lambda: board(beat=beat)) == 3


def test_a_replay_costs_the_same_number_of_queries_however_long_the_history(
    manon: User, beat: Beat
) -> None:
    decided(manon, beat=beat)
    short = queries(lambda: board(as_of=TODAY))
    for _ in range(5):
        decided(manon, beat=beat)
    assert queries(lambda: board(as_of=TODAY)) == short


def test_a_detail_takes_one_query(manon: User, beat: Beat) -> None:
    decided(manon, beat=beat)
    source = Source.objects.get()
    assert queries(lambda: figures.detail(source, Scope(beat=beat), now=NOW)) == 1
