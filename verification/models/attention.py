"""Whose attention a claim asks for, and when: ladders, watchers and snoozes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verification.domain.deadlines import STAGES
from verification.models.choices import Audience, Stage
from verification.models.fields import one_of

#: A rung lies within a year of the deadline, before it or after it.
OFFSET_MAX = 366


class Rung(models.Model):
    """One rung of a beat's own reminder ladder: who is told at which stage, and on which day.

    A beat without rungs has the newsroom's ladder (`domain.deadlines.LADDER`).
    """

    beat = models.ForeignKey(
        "verification.Beat", verbose_name=_("beat"), on_delete=models.CASCADE, related_name="rungs"
    )
    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices)
    audience = models.CharField(_("audience"), max_length=8, choices=Audience.choices)
    offset_days = models.SmallIntegerField(
        _("days from the deadline"), help_text=_("Before the deadline with a minus: -7.")
    )

    class Meta:
        ordering = ["offset_days", "id"]
        verbose_name = _("rung")
        verbose_name_plural = _("rungs")
        constraints = [
            models.UniqueConstraint(
                fields=["beat", "stage", "audience"],
                name="rung_once",
                violation_error_message=_("This audience has a day for this stage already."),
            ),
            models.CheckConstraint(
                condition=Q(offset_days__gte=-OFFSET_MAX, offset_days__lte=OFFSET_MAX),
                name="rung_within_a_year",
                violation_error_message=_("Enter a day within a year of the deadline."),
            ),
            one_of("rung", "stage", list(STAGES)),
            one_of("rung", "audience", Audience.values),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.offset_days:+d}"


class Watch(models.Model):
    """Somebody who is not answerable for a claim wants to be told of it all the same."""

    claim = models.ForeignKey(
        "verification.Claim",
        verbose_name=_("claim"),
        on_delete=models.CASCADE,
        related_name="watches",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("watcher"),
        on_delete=models.CASCADE,
        related_name="watches",
    )
    since = models.DateTimeField(_("since"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        constraints = [models.UniqueConstraint(fields=["claim", "user"], name="watch_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.claim_id}"


class Snooze(models.Model):
    """One recipient does not want to hear of one claim before a day.

    On the morning of `until` the stage that is then current is told, even if it was told before.
    Others are told meanwhile as ever.
    """

    claim = models.ForeignKey(
        "verification.Claim",
        verbose_name=_("claim"),
        on_delete=models.CASCADE,
        related_name="snoozes",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="snoozes",
    )
    until = models.DateField(_("until"))
    set_at = models.DateTimeField(_("set at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("snooze")
        verbose_name_plural = _("snoozes")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "user"],
                condition=Q(ended_at__isnull=True),
                name="snooze_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.claim_id} {self.until:%Y-%m-%d}"
