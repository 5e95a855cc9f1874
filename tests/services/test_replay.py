"""A past day's record is what was shown on that day, and matured claims only are counted fairly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests import factories
from verification.models import Beat, Claim, Record, RecordsRevision, Source, User
from verification.services import figures, records, replay, reports, verdicts
from verification.services.boards import Board
from verification.services.figures import Scope

pytestmark = pytest.mark.django_db

KNOWN = date(2026, 2, 27)


def at(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def manon() -> User:
    return factories.managing_editor()


@pytest.fixture
def beat() -> Beat:
    return factories.BeatFactory.create()


def shown(now: datetime, **scope: Any) -> Board:
    """What the leaderboard showed at the time, from the tallies that were kept."""
    return figures.board(Scope(**scope), now=now)


def credits(as_of: date, *, matured: bool = False, internal: bool = False) -> dict[str, str]:
    """What each source's position was worth at the end of the day."""
    names = dict(Source.objects.values_list("pk", "name"))
    return {
        names[int(str(standing.source))]: standing.credit.value
        for standing in replay.standings(beat=None, as_of=as_of, matured=matured, internal=internal)
    }


def test_a_record_as_of_a_past_day_is_what_was_shown_on_that_day(manon: User, beat: Beat) -> None:
    wsj, nyt, relay = (factories.SourceFactory.create() for _ in range(3))
    now = at(1, 29)

    def log(reports: list[Any], **fields: Any) -> Claim:
        return factories.claim(actor=manon, beat=beat, reports=reports, now=now, **fields)

    def fresh(claim: Claim) -> dict[str, Any]:
        claim.refresh_from_db()
        return {"actor": manon, "claim": claim, "version": claim.version, "now": now}

    def report(claim: Claim, source: Source, **fields: Any) -> None:
        draft = factories.report_draft(source, published_on=now.date(), **fields)
        reports.add_report(**fresh(claim), draft=draft)

    def decide(claim: Claim, outcome: str, day: date) -> None:
        verdicts.decide(
            **fresh(claim),
            outcome=outcome,
            became_known_on=day,
            evidence=[factories.evidence()],
        )

    first = log([factories.report_draft(wsj, certainty="likely")])
    second = log(
        [factories.report_draft(nyt), factories.report_draft(relay, via=nyt)],
        basis="newsroom",
        deadline=date(2026, 2, 10),
    )
    hidden = log([factories.report_draft(wsj)], public=False)
    steps: list[tuple[datetime, Callable[[], object]]] = [
        (at(1, 30), lambda: report(first, nyt)),
        (at(1, 31), lambda: report(first, relay, via=wsj)),
        (at(2, 12), lambda: decide(second, "lapsed", date(2026, 2, 11))),
        (at(2, 27), lambda: decide(first, "confirmed", KNOWN)),
        (at(2, 28), lambda: decide(hidden, "denied", KNOWN)),
        (
            at(3, 1),
            lambda: verdicts.revise(
                **fresh(first),
                outcome="denied",
                rationale="Taken back.",
                became_known_on=KNOWN,
                evidence=[factories.evidence()],
            ),
        ),
        (at(3, 2), lambda: verdicts.void(**fresh(second), rationale="Unanswerable.")),
        (at(3, 3), lambda: verdicts.reopen(**fresh(second), rationale="It can be answered.")),
        (at(3, 4), lambda: decide(second, "confirmed", date(2026, 2, 9))),
        (at(3, 5), lambda: verdicts.reopen(**fresh(first), rationale="Not yet.")),
    ]
    scopes = [{}, {"beat": beat}, {"internal": True}]
    history: list[tuple[date, list[Board], figures.Detail]] = []
    for moment, step in steps:
        now = moment
        step()
        history.append(
            (
                now.date(),
                [shown(now, **scope) for scope in scopes],
                figures.detail(wsj, Scope(), now=now),
            )
        )
    much_later = at(11, 23)
    for day, boards, detail in history:
        for scope, board in zip(scopes, boards, strict=True):
            replayed = figures.board(Scope(as_of=day, **scope), now=much_later)
            assert (replayed.rows, replayed.order, replayed.prior) == (
                board.rows,
                board.order,
                board.prior,
            ), day
        assert figures.detail(wsj, Scope(as_of=day), now=much_later) == detail, day
    assert len({str(boards) for _day, boards, _detail in history}) > 5


def test_on_the_day_before_a_verdict_its_claim_was_open(manon: User) -> None:
    source = factories.SourceFactory.create(name="WSJ")
    claim = factories.claim(actor=manon, reports=[factories.report_draft(source)])
    factories.decide(claim, actor=manon, now=at(4, 1))
    assert credits(date(2026, 1, 29)) == {}
    assert credits(date(2026, 1, 30)) == {"WSJ": "open"}
    # Known since February, but nobody had said so.
    assert credits(date(2026, 3, 31)) == {"WSJ": "open"}
    assert credits(date(2026, 4, 1)) == {"WSJ": "hit"}


def test_a_report_counts_from_the_day_on_which_it_was_logged(manon: User) -> None:
    late = factories.SourceFactory.create(name="late")
    claim = factories.claim(actor=manon, reports=[])
    draft = factories.report_draft(late, published_on=date(2026, 1, 5))
    reports.add_report(actor=manon, claim=claim, draft=draft, now=at(2, 5))
    assert credits(date(2026, 2, 4)) == {}
    assert credits(date(2026, 2, 5)) == {"late": "open"}


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Pacific/Kiritimati", date(2026, 4, 2)), ("UTC", date(2026, 4, 1))],
)
def test_a_day_ends_in_the_newsrooms_zone(manon: User, settings: Any, zone: str, day: date) -> None:
    settings.NEWSROOM_TIME_ZONE = zone
    source = factories.SourceFactory.create(name="WSJ")
    claim = factories.claim(actor=manon, reports=[factories.report_draft(source)])
    factories.decide(claim, actor=manon, now=at(4, 1, 11))
    assert credits(day - timedelta(days=1)) == {"WSJ": "open"}
    assert credits(day) == {"WSJ": "hit"}


def test_matured_leaves_out_whatever_came_before_its_deadline(manon: User) -> None:
    early, due = (factories.SourceFactory.create(name=name) for name in ("early", "due"))
    soon = factories.claim(
        actor=manon, reports=[factories.report_draft(due)], deadline=date(2026, 3, 1)
    )
    later = factories.claim(
        actor=manon, reports=[factories.report_draft(early)], deadline=date(2026, 6, 30)
    )
    for claim in (soon, later):
        factories.decide(claim, actor=manon, now=at(2, 28))
    assert credits(date(2026, 2, 28)) == {"early": "hit", "due": "hit"}
    assert credits(date(2026, 3, 1), matured=True) == {}
    assert credits(date(2026, 3, 2), matured=True) == {"due": "hit"}
    assert credits(date(2026, 7, 1), matured=True) == {"early": "hit", "due": "hit"}
    board = figures.board(Scope(matured=True), now=at(3, 2))
    assert set(board.rows) == {due.pk}


def test_internal_claims_are_replayed_for_the_desk_only(manon: User) -> None:
    source = factories.SourceFactory.create(name="WSJ")
    factories.claim(actor=manon, reports=[factories.report_draft(source)], public=False)
    assert credits(date(2026, 2, 1)) == {}
    assert credits(date(2026, 2, 1), internal=True) == {"WSJ": "open"}


def test_the_replay_of_one_source_takes_account_of_all_the_others(manon: User) -> None:
    first, second = factories.SourceFactory.create(), factories.SourceFactory.create()
    claim = factories.claim(
        actor=manon,
        reports=[
            factories.report_draft(first, published_on=date(2026, 1, 28)),
            factories.report_draft(second),
            factories.report_draft(second, url="", published_on=date(2026, 1, 30)),
        ],
    )
    factories.decide(claim, actor=manon)
    scope: dict[str, Any] = {"beat": None, "as_of": date(2026, 4, 1), "matured": False}
    (alone,) = replay.standings(**scope, internal=False, source=second)
    assert (alone.source, alone.credit, alone.first) == (second.pk, "hit", False)
    whole = list(replay.standings(**scope, internal=False))
    assert alone in whole
    assert len(whole) == 2


def test_the_replay_of_now_makes_the_tallies_that_are_kept(manon: User, beat: Beat) -> None:
    source = factories.SourceFactory.create()
    for outcome in ("confirmed", "denied", "lapsed", "void"):
        draft = factories.report_draft(source)
        claim = factories.claim(actor=manon, beat=beat, reports=[draft])
        factories.decide(claim, outcome, actor=manon)
    replayed = replay.tallies(beat=beat, as_of=date(2026, 4, 1), matured=False, internal=False)
    kept = Record.objects.values(*records.TALLIES).get()
    assert replayed == {source.pk: kept}


def test_a_look_back_before_the_past_is_summed_up_replays_only_what_has_changed_since(
    manon: User, beat: Beat, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = factories.SourceFactory.create()
    claims = [
        factories.claim(actor=manon, beat=beat, reports=[factories.report_draft(source)])
        for _claim in range(3)
    ]
    factories.decide(claims[0], actor=manon, now=at(3, 1))
    before = figures.board(Scope(), now=at(3, 2))
    factories.decide(claims[1], "denied", actor=manon, now=at(4, 1))
    RecordsRevision.objects.update(past=0)
    replayed: list[int] = []
    standings = replay.standings

    def noted(**scope: Any) -> Any:
        for standing in standings(**scope):
            replayed.append(standing.report)
            yield standing

    monkeypatch.setattr(replay, "standings", noted)

    then = figures.board(Scope(as_of=date(2026, 3, 2)), now=at(5, 1))

    assert then.rows == before.rows
    assert replayed == [claims[1].reports.get().pk]
