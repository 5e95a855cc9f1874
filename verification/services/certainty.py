"""What a source's certainty is worth: when it prints *could*, how often did it come true?

Counted are the positions that count towards accuracy and whose certainty an editor has coded. The
implied probability is the middle of the ICD 203 band; the outcome is whether the claim came true.
"""

from __future__ import annotations

from dataclasses import dataclass

from verification.domain import calibration, hedging, scoring
from verification.domain.calibration import Brier
from verification.models import Source
from verification.models.choices import Certainty as Term
from verification.services.figures import Scope, came_true, counted_positions


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: what it implies, and how often it came true (Wilson interval)."""

    term: str
    label: str
    implied: float
    n: int
    came_true: int
    observed: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Hedge:
    """One family of hedges as printed, French and English together, and how often it came true."""

    family: str
    printed: tuple[str, ...]
    n: int
    came_true: int
    observed: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CertaintyRecord:
    """A source's certainty against what happened. Scores are none where nothing is counted."""

    n: int
    brier: Brier | None
    log_score: float | None
    ladder: tuple[Rung, ...]
    hedges: tuple[Hedge, ...]


def certainty_record(source: Source, scope: Scope) -> CertaintyRecord:
    """The certainty of one source, as known now, over the beat and audience of the scope."""
    rows = _rows(source, scope)
    coded = [(term, int(came_true(reason))) for term, reason, _hedge in rows if term]
    probabilities = [hedging.implied_probability(term) for term, _true in coded]
    outcomes = [true for _term, true in coded]
    return CertaintyRecord(
        n=len(coded),
        brier=calibration.brier(probabilities, outcomes),
        log_score=calibration.log_score(probabilities, outcomes),
        ladder=_ladder(coded),
        hedges=_hedges([(hedge, int(came_true(reason))) for _term, reason, hedge in rows if hedge]),
    )


def _rows(source: Source, scope: Scope) -> list[tuple[str, str, str]]:
    """Certainty, reason and hedge of each position that counts towards accuracy."""
    positions = counted_positions(source, scope)
    return list(positions.values_list("certainty", "reason", "report__hedge"))


def _ladder(coded: list[tuple[str, int]]) -> tuple[Rung, ...]:
    rungs = []
    for term in hedging.CERTAINTIES:
        outcomes = [true for at, true in coded if at == term]
        if outcomes:
            low, high = scoring.wilson_interval(sum(outcomes), len(outcomes))
            rungs.append(
                Rung(
                    term=term,
                    label=str(Term(term).label),
                    implied=hedging.implied_probability(term),
                    n=len(outcomes),
                    came_true=sum(outcomes),
                    observed=sum(outcomes) / len(outcomes),
                    low=low,
                    high=high,
                )
            )
    return tuple(rungs)


def _hedges(printed: list[tuple[str, int]]) -> tuple[Hedge, ...]:
    """By family, the most frequent first; a hedge of no known family stands for itself."""
    families: dict[str, list[tuple[str, int]]] = {}
    for hedge, true in printed:
        families.setdefault(hedging.hedge_family(hedge) or hedge, []).append((hedge, true))
    rows = []
    for family, members in families.items():
        n, true = len(members), sum(true for _hedge, true in members)
        low, high = scoring.wilson_interval(true, n)
        rows.append(
            Hedge(
                family=family,
                printed=tuple(dict.fromkeys(hedge for hedge, _true in members)),
                n=n,
                came_true=true,
                observed=true / n,
                low=low,
                high=high,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.n, row.family)))
