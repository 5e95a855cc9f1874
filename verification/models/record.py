"""Positions and the tallies that they make."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verification.models.choices import Certainty, Credit, Reason, Stance
from verification.models.fields import one_of


class Position(models.Model):
    """What one source is held to on one claim: its first report fixes date, stance and certainty.

    `beat`, `public`, `credit` and the rest are copies, kept by `services.records`, so that a record
    and its explanation are read from one table.
    """

    claim = models.ForeignKey(
        "verification.Claim", on_delete=models.CASCADE, related_name="positions"
    )
    source = models.ForeignKey(
        "verification.Source", on_delete=models.PROTECT, related_name="positions"
    )
    report = models.ForeignKey("verification.Report", on_delete=models.CASCADE, related_name="+")
    beat = models.ForeignKey("verification.Beat", on_delete=models.PROTECT, related_name="+")
    public = models.BooleanField()
    first_reported_on = models.DateField()
    stance = models.CharField(max_length=10, choices=Stance.choices)
    certainty = models.CharField(max_length=20, blank=True, choices=Certainty.choices)
    relay = models.BooleanField()
    credit = models.CharField(max_length=25, choices=Credit.choices)
    reason = models.CharField(max_length=30, choices=Reason.choices)
    first = models.BooleanField(default=False)
    lead_days = models.IntegerField(null=True)
    #: The day on which the claim's outcome became known.
    known_on = models.DateField(null=True)

    class Meta:
        ordering = ["-first_reported_on", "-id"]
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        constraints = [
            models.UniqueConstraint(fields=["claim", "source"], name="position_once"),
            one_of("position", "credit", Credit.values),
            one_of("position", "reason", Reason.values),
        ]
        indexes = [
            models.Index(
                fields=["source", "-first_reported_on", "-id"], name="position_of_source_newest"
            ),
            models.Index(fields=["source", "-claim"], name="position_of_source_by_claim"),
            # A record over one year is counted from this index alone.
            models.Index(
                fields=["known_on", "public", "beat", "source", "credit", "first"],
                name="position_by_known_day",
                condition=Q(known_on__isnull=False),
            ),
            models.Index(
                fields=["source", "lead_days"], name="position_first", condition=Q(first=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}/{self.claim_id}: {self.credit}"


class Record(models.Model):
    """The tallies of one source on one beat, over public or over internal claims: exact integers.

    A source's whole record is the sum of its rows. They are changed by increments in the
    transaction of whatever changed a position, and a full recompute gives the identical rows.
    """

    source = models.ForeignKey(
        "verification.Source", on_delete=models.CASCADE, related_name="records"
    )
    beat = models.ForeignKey("verification.Beat", on_delete=models.CASCADE, related_name="records")
    public = models.BooleanField()
    hits = models.PositiveIntegerField(default=0)
    misses = models.PositiveIntegerField(default=0)
    lapsed_uncounted = models.PositiveIntegerField(default=0)
    open = models.PositiveIntegerField(default=0)
    relays_open = models.PositiveIntegerField(default=0)
    relays_borne_out = models.PositiveIntegerField(default=0)
    relays_not = models.PositiveIntegerField(default=0)
    relays_lapsed_uncounted = models.PositiveIntegerField(default=0)
    uncounted = models.PositiveIntegerField(default=0)
    first_to_report = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        constraints = [
            models.UniqueConstraint(fields=["source", "beat", "public"], name="record_once")
        ]
        indexes = [models.Index(fields=["beat", "public"], name="record_of_beat")]

    def __str__(self) -> str:
        return f"{self.source_id}/{self.beat_id}: {self.hits} of {self.hits + self.misses}"


class RecordsRevision(models.Model):
    """One row that goes up by one with every change of a tally.

    So a figure computed from the tallies can be kept for exactly as long as it is true. `past` goes
    up with it wherever the sums of past days are kept as well: where it is another number, a
    release that does not know them has changed something, and they are not to be believed.
    """

    number = models.PositiveBigIntegerField(default=0)
    past = models.PositiveBigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="records_revision_one_row")]

    def __str__(self) -> str:
        return str(self.number)


class ClaimCount(models.Model):
    """How many claims there are of one outcome (empty: undecided), public or internal.

    Kept by triggers in the transaction of whatever changed a claim: nobody counts a million rows.
    """

    public = models.BooleanField()
    outcome = models.CharField(max_length=10, blank=True)
    number = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["public", "outcome"], name="claim_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.outcome or 'undecided'}: {self.number}"


class Breakdown(models.Model):
    """A part of a source's record on one beat: how often something came true, and how often not.

    Counted are the positions that count towards accuracy. `part` says what `value` is: the month
    in which the outcome became known (2026-04; `yes` are hits), a step of the ladder of certainty
    or a hedge as printed (`yes`: the claim came true), or the lead in days of who had it first.
    Kept by triggers in the transaction of whatever changed a position.
    """

    source = models.ForeignKey(
        "verification.Source", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    beat = models.ForeignKey(
        "verification.Beat", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    public = models.BooleanField()
    part = models.CharField(max_length=10)
    value = models.CharField(max_length=200)
    yes = models.IntegerField()
    no = models.IntegerField()

    class Meta:
        constraints = [
            # Of one part all rows lie together, whatever the beat.
            models.UniqueConstraint(
                fields=["source", "part", "public", "beat", "value"], name="breakdown_once"
            )
        ]
        indexes = [
            # There is none of these but in the middle of a change.
            models.Index(fields=["id"], name="breakdown_empty", condition=Q(yes__lte=0, no__lte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}/{self.beat_id}, {self.part} {self.value}: {self.yes}, {self.no}"
