"""The named sets of values, with their words for the desk and the pages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from verification.domain import credit, outcomes


class SourceKind(models.TextChoices):
    """What a source is."""

    OUTLET = "outlet", _("outlet")
    AGENCY = "agency", _("agency")
    REPORTER = "reporter", _("reporter")
    ANALYST = "analyst", _("analyst")
    ACCOUNT = "account", _("account")
    OFFICIAL = "official", _("official")


class Precision(models.TextChoices):
    """How exactly a deadline was worded; the deadline itself is always the period's last day."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    HALF = "half", _("half-year")
    YEAR = "year", _("year")


class Basis(models.TextChoices):
    """Who gave a deadline."""

    SOURCE = credit.Basis.SOURCE.value, _("stated by the source")
    NEWSROOM = credit.Basis.NEWSROOM.value, _("set by the newsroom")


class ClaimOutcome(models.TextChoices):
    """What a claim's current verdict says."""

    CONFIRMED = outcomes.Outcome.CONFIRMED.value, _("confirmed")
    DENIED = outcomes.Outcome.DENIED.value, _("denied")
    LAPSED = outcomes.Outcome.LAPSED.value, _("lapsed")
    VOID = outcomes.Outcome.VOID.value, _("void")


class VerdictOutcome(models.TextChoices):
    """What a verdict says; `reopened` withdraws the one before it."""

    CONFIRMED = outcomes.Outcome.CONFIRMED.value, _("confirmed")
    DENIED = outcomes.Outcome.DENIED.value, _("denied")
    LAPSED = outcomes.Outcome.LAPSED.value, _("lapsed")
    VOID = outcomes.Outcome.VOID.value, _("void")
    REOPENED = outcomes.Outcome.REOPENED.value, _("reopened")


class ClaimStatus(models.TextChoices):
    """What a reader is told of a claim."""

    OPEN = outcomes.Status.OPEN.value, _("open")
    AWAITING = outcomes.Status.AWAITING.value, _("awaiting verdict")
    CONFIRMED = outcomes.Status.CONFIRMED.value, _("confirmed")
    DENIED = outcomes.Status.DENIED.value, _("denied")
    LAPSED = outcomes.Status.LAPSED.value, _("lapsed")
    VOID = outcomes.Status.VOID.value, _("void")


class Stance(models.TextChoices):
    """How a report stands to its claim."""

    ASSERTS = credit.Stance.ASSERTS.value, _("asserts")
    DISPUTES = credit.Stance.DISPUTES.value, _("disputes")
    OBSERVES = credit.Stance.OBSERVES.value, _("observes")


class Certainty(models.TextChoices):
    """The ICD 203 ladder: how probable the wording of a report makes the claim."""

    ALMOST_NO_CHANCE = "almost no chance", _("almost no chance")
    VERY_UNLIKELY = "very unlikely", _("very unlikely")
    UNLIKELY = "unlikely", _("unlikely")
    EVEN = "roughly even chance", _("roughly even chance")
    LIKELY = "likely", _("likely")
    VERY_LIKELY = "very likely", _("very likely")
    ALMOST_CERTAIN = "almost certain", _("almost certain")


class MessageState(models.TextChoices):
    """Where a message of the outbox is."""

    PENDING = "pending", _("pending")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    QUARANTINED = "quarantined", _("quarantined")
    DROPPED = "dropped", _("dropped")


class MessageKind(models.TextChoices):
    """What a message is about."""

    REMINDERS = "reminders", _("reminders")
