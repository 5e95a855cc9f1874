"""What a second editor is asked to confirm, and who was told of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verification.models.choices import ClaimOutcome, ProposalState
from verification.models.fields import one_of


class Proposal(models.Model):
    """A verdict that one editor proposes on a beat where another one has to confirm it.

    It is no verdict: for readers the claim stands where it stood, and no position is settled. It
    holds for the version of the claim that its author saw (`claim_version`); once the claim has
    changed it is stale and can only be withdrawn, sent back or replaced. One waits at a time.
    """

    claim = models.ForeignKey(
        "verification.Claim",
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        related_name="proposals",
    )
    claim_version = models.PositiveIntegerField(_("version of the claim"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=ClaimOutcome.choices)
    rationale = models.TextField(_("rationale"), blank=True, max_length=4000)
    correction = models.TextField(
        _("reason for the correction"), blank=True, max_length=2000, default="", db_default=""
    )
    became_known_on = models.DateField(_("became known on"), null=True, blank=True)
    evidence = models.JSONField(
        _("evidence"),
        default=list,
        help_text=_("A list of objects: title, url, published_on (ISO 8601, or null)."),
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        related_name="proposals",
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState.choices, default=ProposalState.WAITING
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    settled_at = models.DateTimeField(_("settled at"), null=True)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    verdict = models.OneToOneField(
        "verification.Verdict",
        verbose_name=_("verdict"),
        null=True,
        on_delete=models.PROTECT,
        related_name="proposal",
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("proposed verdict")
        verbose_name_plural = _("proposed verdicts")
        constraints = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state=ProposalState.WAITING),
                name="proposal_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.WAITING, settled_at__isnull=True)
                | (~Q(state=ProposalState.WAITING) & Q(settled_at__isnull=False)),
                name="proposal_settled_when_over",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.CONFIRMED, verdict__isnull=False)
                | (~Q(state=ProposalState.CONFIRMED) & Q(verdict__isnull=True)),
                name="proposal_verdict_when_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.CONFIRMED)
                | ~Q(settled_by=models.F("proposed_by")),
                name="proposal_confirmed_by_another",
            ),
            one_of("proposal", "outcome", ClaimOutcome.values),
            one_of("proposal", "state", ProposalState.values),
        ]
        indexes = [
            models.Index(
                fields=["proposed_at"],
                name="proposal_waiting",
                condition=Q(state=ProposalState.WAITING),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.proposed_at:%Y-%m-%d}"

    @property
    def waiting(self) -> bool:
        """Whether nobody has confirmed it, sent it back or withdrawn it."""
        return self.state == ProposalState.WAITING

    @property
    def stale(self) -> bool:
        """Whether the claim has changed since; reads the claim."""
        return self.claim.version != self.claim_version


class ProposalNotice(models.Model):
    """The obligation to tell one recipient of a proposal, once.

    A second editor is asked to confirm it; its author is told that it was sent back.
    """

    proposal = models.ForeignKey(
        Proposal,
        verbose_name=_("proposed verdict"),
        on_delete=models.CASCADE,
        related_name="notices",
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        on_delete=models.CASCADE,
        related_name="proposal_notices",
    )
    message = models.ForeignKey(
        "verification.Message",
        verbose_name=_("message"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="proposal_notices",
    )
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("notice of a proposed verdict")
        verbose_name_plural = _("notices of proposed verdicts")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "recipient"], name="proposal_notice_once")
        ]
        indexes = [
            models.Index(
                fields=["id"], name="proposal_notice_untold", condition=Q(message__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}:{self.recipient_id}"
