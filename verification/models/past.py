"""What the records were on past days, as sums: nobody replays the history to see one of them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Course(models.Model):
    """From which day on each source's position on a claim counted as what.

    `course` is a `domain.courses.Course` as a list: beat, public, first day matured, marks. It is
    what the claim has put into the sums, to be taken out again when its past is changed.
    """

    claim = models.OneToOneField(
        "verification.Claim", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    course = models.JSONField()

    class Meta:
        verbose_name = _("course")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.claim_id)


class PastDay(models.Model):
    """What was moved on one day of the newsroom, on one beat, over public or internal claims.

    `moves` has for each source, by its key as text, how much was added to what; nothing is zero.
    `matured`: over claims whose deadline has passed only, counted from the day after it.
    """

    matured = models.BooleanField()
    day = models.DateField()
    public = models.BooleanField()
    beat = models.ForeignKey(
        "verification.Beat", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    moves = models.JSONField()

    class Meta:
        verbose_name = _("past day")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["matured", "day", "public", "beat"], name="past_day_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}, {self.beat_id}"


class PastRecord(models.Model):
    """What was moved in the tallies of a source in a whole month or year, which begins on `starts`.

    `span` is one of `SPANS`. The record as of a day is the sum of the years before it, the months
    before it of its own year, and the days of its own month.
    """

    MONTH, YEAR = "month", "year"
    SPANS = (MONTH, YEAR)

    matured = models.BooleanField()
    span = models.CharField(max_length=5)
    starts = models.DateField()
    public = models.BooleanField()
    beat = models.ForeignKey(
        "verification.Beat", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    source = models.ForeignKey(
        "verification.Source", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    hits = models.IntegerField()
    misses = models.IntegerField()
    lapsed_uncounted = models.IntegerField()
    open = models.IntegerField()
    relays_open = models.IntegerField()
    relays_borne_out = models.IntegerField()
    relays_not = models.IntegerField()
    relays_lapsed_uncounted = models.IntegerField()
    uncounted = models.IntegerField()
    first_to_report = models.IntegerField()

    class Meta:
        verbose_name = _("past record")
        default_permissions = ()
        constraints = [
            # A range of months, or of years, lies together.
            models.UniqueConstraint(
                fields=["matured", "span", "starts", "public", "beat", "source"],
                name="past_record_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.span} of {self.starts}, {self.source_id}/{self.beat_id}"


class PastBreakdown(models.Model):
    """What was moved in one month in a part of a source's record: see `Breakdown`.

    Of the parts those that are told of a past day: certainty and lead.
    """

    source = models.ForeignKey(
        "verification.Source", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    matured = models.BooleanField()
    part = models.CharField(max_length=10)
    starts = models.DateField()
    public = models.BooleanField()
    beat = models.ForeignKey(
        "verification.Beat", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    value = models.CharField(max_length=20)
    yes = models.IntegerField()
    no = models.IntegerField()

    class Meta:
        verbose_name = _("past breakdown")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["source", "matured", "part", "starts", "public", "beat", "value"],
                name="past_breakdown_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts}, {self.source_id}/{self.beat_id}, {self.part} {self.value}"
