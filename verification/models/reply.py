"""The right of reply: who was asked about a claim, and what they answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

ANSWER_MAX = 2000


class Reply(models.Model):
    """Somebody whom a claim concerns was asked about it, and what came of that.

    `contact` says whom exactly we asked and how; it stays on the desk, in no export and no ledger.
    The rest is shown to readers beside a denied verdict. No answer by `answer_by` is told as such.
    """

    claim = models.ForeignKey(
        "verification.Claim",
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        related_name="replies",
    )
    whom = models.CharField(
        _("who was asked"),
        max_length=200,
        help_text=_("As readers will read it: a company, an office, a person."),
    )
    contact = models.CharField(
        _("contact"),
        max_length=300,
        blank=True,
        help_text=_("Whom exactly, and how: an address, a number. It stays on the desk."),
    )
    asked_on = models.DateField(_("asked on"))
    answer_by = models.DateField(
        _("answer asked for by"), help_text=_("The last day that was given for an answer.")
    )
    answer = models.TextField(
        _("answer"),
        blank=True,
        max_length=ANSWER_MAX,
        help_text=_("In their words. Readers see it beside a denied verdict."),
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("logged by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    logged_at = models.DateTimeField(_("logged at"))

    class Meta:
        ordering = ["asked_on", "id"]
        verbose_name = _("right of reply")
        verbose_name_plural = _("rights of reply")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_by__gte=F("asked_on")), name="reply_by_after_asked"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="")
                | (Q(answered_on__gte=F("asked_on")) & ~Q(answer="")),
                name="reply_answer_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.whom
