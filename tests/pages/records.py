"""Makes records: decided claims of given sources."""

from datetime import date

from tests import factories
from verification.models import Beat, Claim, Source


def decided(
    source: Source,
    *,
    hits: int = 0,
    misses: int = 0,
    beat: Beat | None = None,
    deadline: date = date(2026, 3, 31),
    actor=None,
    **report,
) -> list[Claim]:
    """Claims that this source alone asserted: `hits` of them confirmed, `misses` denied."""
    actor = actor or factories.managing_editor()
    beat = beat or factories.BeatFactory.create()
    made = []
    for number in range(hits + misses):
        claim = factories.claim(
            actor=actor,
            beat=beat,
            deadline=deadline,
            statement=f"{source.name}, claim {number}.",
            reports=[factories.report_draft(source, **report)],
        )
        factories.decide(claim, "confirmed" if number < hits else "denied", actor=actor)
        made.append(claim)
    return made
