"""The course of a claim: what each source's position on it counted as, from which day on.

A day is given by its number in the calendar (``date.toordinal``), in the newsroom's zone: reports
are known from the day on which they were logged, verdicts from the day on which they were given.
What was known at the end of a day follows from these alone, so a course says it for every day; and
the sums of what all courses *moved* up to a day are the records as of that day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from verification.domain import credit
from verification.domain.credit import ClaimFacts, Credit, Reason, ReportFacts, Standing
from verification.domain.outcomes import Outcome

#: Which tally a position of each credit is counted in.
TALLY_OF: dict[str, str] = {
    Credit.OPEN: "open",
    Credit.HIT: "hits",
    Credit.MISS: "misses",
    Credit.LAPSED_UNCOUNTED: "lapsed_uncounted",
    Credit.RELAY_OPEN: "relays_open",
    Credit.RELAY_BORNE_OUT: "relays_borne_out",
    Credit.RELAY_NOT: "relays_not",
    Credit.RELAY_LAPSED_UNCOUNTED: "relays_lapsed_uncounted",
    Credit.NONE: "uncounted",
}
FIRST = "first_to_report"
#: The reasons of positions that count, on claims that came true.
CAME_TRUE = (Reason.ASSERTED_CONFIRMED, Reason.DISPUTED_CONFIRMED)

#: From which day on the position of which source counts in what: tallies by their names, and parts
#: of a record as "certainty likely yes" or "lead 12 yes".
Mark = tuple[int, int, tuple[str, ...]]
#: What was moved: whether among matured claims only, on which day, for which source.
Moved = tuple[bool, int, int]

LAST_DAY = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Course:
    """The marks of a claim in the order of their days, and where they are counted.

    `matures` is the first day on which its deadline has passed.
    """

    beat: int
    public: bool
    matures: int
    marks: tuple[Mark, ...]


def marks(
    basis: str,
    reports: Sequence[tuple[int, ReportFacts]],
    verdicts: Sequence[tuple[int, str, date | None]],
) -> tuple[Mark, ...]:
    """What the rules make of a claim's reports and verdicts, day after day.

    Reports come with the day on which they were logged; verdicts in the order in which they were
    given, as (day, outcome, became known on).
    """
    found: list[Mark] = []
    stood: dict[int, tuple[str, ...]] = {}
    days = {logged for logged, _report in reports} | {given for given, *_said in verdicts}
    for day in sorted(days):
        outcome: str = ""
        known_on: date | None = None
        for given, said, on in verdicts:
            if given <= day:
                outcome, known_on = ("", None) if said == Outcome.REOPENED else (said, on)
        facts = ClaimFacts(basis, outcome, known_on)
        for standing in credit.settle(facts, [row for logged, row in reports if logged <= day]):
            counts = tuple(_counts(standing))
            if stood.get(standing.source) != counts:
                stood[standing.source] = counts
                found.append((day, standing.source, counts))
    return tuple(found)


def _counts(standing: Standing) -> Iterator[str]:
    yield TALLY_OF[standing.credit]
    if standing.first:
        yield FIRST
    if standing.credit in (Credit.HIT, Credit.MISS):
        if standing.certainty:
            came = "yes" if standing.reason in CAME_TRUE else "no"
            yield f"certainty {standing.certainty} {came}"
        if standing.first and standing.lead_days is not None:
            yield f"lead {standing.lead_days} yes"


def matures(deadline: date) -> int:
    """The first day on which a deadline has passed."""
    return min(deadline.toordinal() + 1, LAST_DAY)


def moves(course: Course) -> dict[Moved, Counter[str]]:
    """What a claim added and took away, by day and source: over all claims, and over matured ones.

    Among matured claims it is counted from the day after its deadline, as it stood by then.
    """
    found: dict[Moved, Counter[str]] = {}
    for matured in (False, True):
        before: dict[int, Iterable[str]] = {}
        for day, source, counts in course.marks:
            at = max(day, course.matures) if matured else day
            moved = found.setdefault((matured, at, source), Counter())
            moved.subtract(before.get(source, ()))
            moved.update(counts)
            before[source] = counts
    return found
