"""What a source's certainty is worth: when it prints *could*, how often did it come true?

Counted are the positions that count towards accuracy and whose certainty an editor has coded. The
implied probability is the middle of the ICD 203 band; the outcome is whether the claim came true.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verification.domain import calibration, hedging, scoring
from verification.domain.calibration import Brier
from verification.models import Source
from verification.models.choices import Certainty as Term
from verification.services import breakdowns
from verification.services.breakdowns import CERTAINTY, HEDGE, Share
from verification.services.figures import Scope


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
    kept = breakdowns.of(source, scope, CERTAINTY, HEDGE)
    coded = kept[CERTAINTY]
    counts = {hedging.implied_probability(term): share for term, share in coded.items()}
    return CertaintyRecord(
        n=sum(true + false for true, false in coded.values()),
        brier=calibration.brier_of(counts),
        log_score=calibration.log_score_of(counts),
        ladder=_ladder(coded),
        hedges=_hedges(kept[HEDGE]),
    )


def _ladder(coded: Mapping[str, Share]) -> tuple[Rung, ...]:
    rungs = []
    for term in hedging.CERTAINTIES:
        if term in coded:
            true, n = coded[term][0], sum(coded[term])
            low, high = scoring.wilson_interval(true, n)
            rungs.append(
                Rung(
                    term=term,
                    label=str(Term(term).label),
                    implied=hedging.implied_probability(term),
                    n=n,
                    came_true=true,
                    observed=true / n,
                    low=low,
                    high=high,
                )
            )
    return tuple(rungs)


def _hedges(printed: Mapping[str, Share]) -> tuple[Hedge, ...]:
    """By family, the most frequent first; a hedge of no known family stands for itself."""
    families: dict[str, list[str]] = {}
    for hedge in sorted(printed, key=lambda hedge: (-sum(printed[hedge]), hedge)):
        families.setdefault(hedging.hedge_family(hedge) or hedge, []).append(hedge)
    rows = []
    for family, members in families.items():
        true = sum(printed[hedge][0] for hedge in members)
        n = sum(sum(printed[hedge]) for hedge in members)
        low, high = scoring.wilson_interval(true, n)
        rows.append(
            Hedge(
                family=family,
                printed=tuple(members),
                n=n,
                came_true=true,
                observed=true / n,
                low=low,
                high=high,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.n, row.family)))
