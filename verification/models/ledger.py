"""The ledger."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LedgerEntry(models.Model):
    """One change that matters, chained to the one before it by its hash. Append-only by trigger.

    The actor's name and the claim's slug are kept as they were, so that the exported chain can be
    read and verified without the database; the foreign keys are for looking up.

    In format 2 `hash` covers `digest`, and that covers the salted digest of every single value.
    Their salts come from `secret`. Where a person was removed (by the entry `redacted_by`) the
    secret is gone: `sealed` has the salts of the values that are left and the digests of those that
    are not, in whose place `content` says something neutral.
    """

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("actor"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    actor_name = models.CharField(_("actor's name"), max_length=150, blank=True)
    action = models.CharField(_("action"), max_length=40)
    claim = models.ForeignKey(
        "verification.Claim",
        verbose_name=_("claim"),
        null=True,
        on_delete=models.PROTECT,
        related_name="history",
    )
    claim_slug = models.CharField(_("claim's slug"), max_length=100, blank=True)
    content = models.JSONField(_("content"))
    previous_hash = models.CharField(_("previous hash"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    format = models.PositiveSmallIntegerField(_("format"), default=1, db_default=1)
    digest = models.CharField(
        _("digest of what it says"), max_length=64, blank=True, default="", db_default=""
    )
    secret = models.CharField(
        _("secret of the salts"), max_length=64, blank=True, default="", db_default=""
    )
    sealed = models.JSONField(_("salts and digests that are left"), null=True, editable=False)
    redacted_by = models.PositiveBigIntegerField(_("redacted by entry"), null=True, editable=False)

    class Meta:
        ordering = ["number"]
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger")
        indexes = [models.Index(fields=["claim", "number"], name="ledger_of_claim")]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"
