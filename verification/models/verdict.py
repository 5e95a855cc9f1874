"""Verdicts and their evidence: append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verification.models.choices import VerdictOutcome
from verification.models.fields import HttpUrlField, http_url_check, one_of


class Verdict(models.Model):
    """A decision on a claim. A later one supersedes an earlier one; none is ever edited.

    The verdicts of a claim are a chain: one that supersedes nothing, and each superseded at most
    once. So the database itself holds that there is one current verdict. Triggers refuse update and
    delete.
    """

    claim = models.ForeignKey(
        "verification.Claim",
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        related_name="verdicts",
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=VerdictOutcome.choices)
    rationale = models.TextField(_("rationale"), blank=True, max_length=4000)
    correction = models.TextField(
        _("reason for the correction"),
        blank=True,
        max_length=2000,
        default="",
        db_default="",
        help_text=_("Why the verdict before it did not stand. Readers will see it."),
    )
    became_known_on = models.DateField(
        _("became known on"),
        null=True,
        blank=True,
        help_text=_("The day on which the fact was known."),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        related_name="verdicts",
    )
    decided_at = models.DateTimeField(_("decided at"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The second editor, where the beat asks for one."),
    )
    supersedes = models.OneToOneField(
        "self",
        verbose_name=_("supersedes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="superseded_by",
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(supersedes__isnull=True), name="verdict_one_chain"
            ),
            models.CheckConstraint(
                condition=Q(became_known_on__isnull=False)
                | Q(outcome__in=[VerdictOutcome.VOID, VerdictOutcome.REOPENED]),
                name="verdict_known_day",
            ),
            one_of("verdict", "outcome", VerdictOutcome.values),
        ]
        indexes = [
            models.Index(fields=["claim", "id"], name="verdict_of_claim"),
            models.Index(fields=["-decided_at", "-id"], name="verdict_newest_of_all"),
            models.Index(
                fields=["-id"],
                name="verdict_corrections",
                condition=Q(supersedes__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.decided_at:%Y-%m-%d}"


class Evidence(models.Model):
    """What a verdict rests on: a page that anyone can open. Append-only, like its verdict."""

    verdict = models.ForeignKey(
        Verdict, verbose_name=_("verdict"), on_delete=models.PROTECT, related_name="evidence"
    )
    title = models.CharField(_("title"), max_length=300)
    url = HttpUrlField(_("address"))
    published_on = models.DateField(_("published on"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [http_url_check("evidence", "url", blank=False)]

    def __str__(self) -> str:
        return self.title
