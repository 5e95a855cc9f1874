"""The rules of credit: what one source is held to on one claim, and what became of it.

A *position* is what one source is held to on one claim. Its first report fixes date, stance,
certainty and whether it is an origin or a relay; repeating oneself changes nothing. The rules, in
the order in which they are asked:

1. A void claim counts nowhere.
2. A report published after the outcome became known counts nowhere.
3. Observing counts nowhere.
4. A relay does not count towards accuracy; it has a tally of its own.
5. An undecided claim counts as open. The newsroom's silence is never a source's failure.
6. Confirmed: a hit for who asserted, a miss for who disputed. Denied: the other way round.
7. Lapsed: as denied, if the *source* stated the deadline. If the newsroom set it, the lapse is
shown
   and counted apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from verification.domain.outcomes import Outcome


class Stance(StrEnum):
    """How a report stands to the claim."""

    ASSERTS = "asserts"
    DISPUTES = "disputes"
    OBSERVES = "observes"


class Basis(StrEnum):
    """Who gave the deadline."""

    SOURCE = "source"
    NEWSROOM = "newsroom"


class Credit(StrEnum):
    """What a position adds to its source's record."""

    OPEN = "open"
    HIT = "hit"
    MISS = "miss"
    LAPSED_UNCOUNTED = "lapsed-uncounted"
    RELAY_OPEN = "relay-open"
    RELAY_BORNE_OUT = "relay-borne-out"
    RELAY_NOT = "relay-not"
    RELAY_LAPSED_UNCOUNTED = "relay-lapsed-uncounted"
    NONE = "none"


class Reason(StrEnum):
    """Why a position counts as it does; the faces put it into words."""

    UNDECIDED = "undecided"
    ASSERTED_CONFIRMED = "asserted-confirmed"
    ASSERTED_DENIED = "asserted-denied"
    ASSERTED_LAPSED = "asserted-lapsed"
    DISPUTED_CONFIRMED = "disputed-confirmed"
    DISPUTED_DENIED = "disputed-denied"
    DISPUTED_LAPSED = "disputed-lapsed"
    LAPSED_NEWSROOM_DEADLINE = "lapsed-newsroom-deadline"
    OBSERVED = "observed"
    AFTER_OUTCOME = "after-outcome"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What the rules need of a claim. `outcome` is empty while nobody has decided."""

    basis: str
    outcome: str = ""
    became_known_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What the rules need of a report. `order` breaks ties between reports of one day.

    Sources are told apart by a number, such as their primary key.
    """

    order: int
    source: int
    published_on: date
    stance: str
    certainty: str = ""
    via: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A position and what became of it.

    `first` says that this source had a claim that came true before anybody else, and `lead_days` by
    how many days its report preceded the day on which the outcome became known (only for hits).
    """

    source: int
    report: int
    first_reported_on: date
    stance: str
    certainty: str
    relay: bool
    credit: Credit
    reason: Reason
    first: bool = False
    lead_days: int | None = None


def settle(claim: ClaimFacts, reports: Iterable[ReportFacts]) -> list[Standing]:
    """The positions that the reports of one claim make, oldest first: one for each source."""
    in_order = sorted(reports, key=lambda report: (report.published_on, report.order))
    fixed: dict[int, ReportFacts] = {}
    for report in in_order:
        fixed.setdefault(report.source, report)
    return [_standing(claim, report, in_order) for report in fixed.values()]


def _standing(claim: ClaimFacts, report: ReportFacts, in_order: Sequence[ReportFacts]) -> Standing:
    credit, reason = judge(claim, report)
    hit = credit is Credit.HIT and claim.became_known_on is not None
    return Standing(
        source=report.source,
        report=report.order,
        first_reported_on=report.published_on,
        stance=report.stance,
        certainty=report.certainty,
        relay=report.via is not None,
        credit=credit,
        reason=reason,
        first=reason is Reason.ASSERTED_CONFIRMED and hit and _had_it_first(report, in_order),
        lead_days=(claim.became_known_on - report.published_on).days
        if hit and claim.became_known_on
        else None,
    )


def judge(claim: ClaimFacts, report: ReportFacts) -> tuple[Credit, Reason]:
    """What the position fixed by `report` adds to its source's record, and why."""
    if claim.outcome == Outcome.VOID:
        return Credit.NONE, Reason.VOID
    if (
        claim.outcome
        and claim.became_known_on is not None
        and report.published_on > claim.became_known_on
    ):
        return Credit.NONE, Reason.AFTER_OUTCOME
    if report.stance == Stance.OBSERVES:
        return Credit.NONE, Reason.OBSERVED
    relay = report.via is not None
    if not claim.outcome:
        return (Credit.RELAY_OPEN if relay else Credit.OPEN), Reason.UNDECIDED
    if claim.outcome == Outcome.LAPSED and claim.basis != Basis.SOURCE:
        return (
            Credit.RELAY_LAPSED_UNCOUNTED if relay else Credit.LAPSED_UNCOUNTED
        ), Reason.LAPSED_NEWSROOM_DEADLINE
    asserted = report.stance == Stance.ASSERTS
    borne_out = asserted == (claim.outcome == Outcome.CONFIRMED)
    reason = Reason(f"{'asserted' if asserted else 'disputed'}-{claim.outcome}")
    if relay:
        return (Credit.RELAY_BORNE_OUT if borne_out else Credit.RELAY_NOT), reason
    return (Credit.HIT if borne_out else Credit.MISS), reason


def _had_it_first(report: ReportFacts, in_order: Sequence[ReportFacts]) -> bool:
    """Whether nobody else asserted the claim on an earlier day.

    An earlier relay shows that the source which it credits had the claim by then, even where that
    source's own report was never logged; so it takes the first place from everybody but that
    source. Reports of one day share it: their order within the day is not known.
    """
    return not any(
        other.published_on < report.published_on
        and other.stance == Stance.ASSERTS
        and other.source != report.source
        and other.via != report.source
        for other in in_order
    )
