"""The reminder ladder of a beat: its own rungs, or the newsroom's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext_lazy

from verification.domain import ladders
from verification.domain.deadlines import LADDER, Audience, Step
from verification.domain.ladders import Fault
from verification.models import Beat, Rung, User
from verification.services import ledger, looks
from verification.services.drafts import Checks
from verification.services.errors import allow

FAULT_WORDS = {
    Fault.UNKNOWN_STAGE: gettext_lazy("There is no such stage."),
    Fault.UNKNOWN_AUDIENCE: gettext_lazy("There is no such audience."),
    Fault.TWICE: gettext_lazy("This audience has a day for this stage already."),
    Fault.TOO_FAR: gettext_lazy("Enter a day within a year of the deadline."),
    Fault.NOT_BEFORE: gettext_lazy("A heads-up comes before the deadline: enter a day such as -7."),
    Fault.NOT_ON: gettext_lazy("This is told on the day of the deadline: enter 0, or leave it."),
    Fault.NOT_AFTER: gettext_lazy("This comes after the deadline: enter a day such as 3."),
    Fault.OUT_OF_ORDER: gettext_lazy("This has to come later than the stage before it."),
    Fault.SAME_DAY: gettext_lazy("This audience is told of another stage on that day already."),
    Fault.OWNER_NOT_TOLD: gettext_lazy(
        "Somebody must be told on the day of the deadline: this cannot be taken away."
    ),
}


def of(beat: Beat) -> tuple[Step, ...]:
    """The ladder of the beat: its own rungs, else the newsroom's ladder."""
    return own(beat) or LADDER


def own(beat: Beat) -> tuple[Step, ...]:
    """The beat's own rungs; empty where it has the newsroom's ladder."""
    return tuple(
        Step(rung.stage, rung.offset_days, cast(Audience, rung.audience))
        for rung in beat.rungs.all()
    )


@transaction.atomic
def set_ladder(
    *, actor: User, beat: Beat, hour: int | None, rungs: Sequence[Step] | None, now: datetime
) -> Beat:
    """Sets the beat's hour and its rungs; none of either is the newsroom's own.

    Every undecided claim of the beat is looked at again. Raises ValidationError for
    `reminder_hour` and for each wrong rung by `<stage>.<audience>`, and PermissionDenied.
    """
    allow(actor, "change_beat")
    ledger.hold()
    beat = Beat.objects.get(pk=beat.pk)
    before = _content(beat, own(beat))
    found = {} if rungs is None else ladders.faults(rungs)
    # What is the newsroom's own stays the newsroom's own, also when that changes.
    steps = () if rungs is None or set(rungs) == set(LADDER) else tuple(rungs)
    beat.reminder_hour = hour
    checks = Checks()
    checks.model(beat, skip=["editor"])
    for (stage, audience), fault in found.items():
        checks.add(f"{stage}.{audience}", str(FAULT_WORDS[fault]))
    checks.done()
    after = _content(beat, steps)
    if after == before:
        return beat
    beat.save(update_fields=["reminder_hour"])
    beat.rungs.all().delete()
    Rung.objects.bulk_create(
        Rung(beat=beat, stage=step.stage, audience=step.audience, offset_days=step.offset_days)
        for step in steps
    )
    looks.at_beat(beat, now)
    ledger.append(
        actor=actor,
        action="ladder set",
        now=now,
        content={"slug": beat.slug} | after | {"before": before},
    )
    return beat


def _content(beat: Beat, steps: Iterable[Step]) -> dict[str, object]:
    """The hour and the rungs as the ledger keeps them, in one order."""
    return {
        "reminder_hour": beat.reminder_hour,
        "rungs": [
            f"{step.stage} {step.offset_days:+d} {step.audience}"
            for step in sorted(
                steps, key=lambda step: (step.offset_days, step.stage, step.audience)
            )
        ],
    }
