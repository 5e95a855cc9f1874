"""Claims: what was said that the future can prove right or wrong."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verification.models.choices import Basis, ClaimOutcome, Precision
from verification.models.fields import WordsField, one_of
from verification.querysets import ClaimQuerySet

STATEMENT_MAX = 500
CRITERIA_MAX = 2000


class Claim(models.Model):
    """One checkable sentence, with criteria that say what would confirm or deny it.

    `outcome` and `verdict` are set by a verdict and by nothing else (the database refuses a pair
    that does not agree). `version` goes up by one with every change and is how the loser of a race
    is found out. Only the services write to a claim.
    """

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    statement = models.CharField(
        _("statement"),
        max_length=STATEMENT_MAX,
        help_text=_("One sentence that the future can prove right or wrong."),
    )
    criteria = models.TextField(
        _("criteria"),
        blank=True,
        validators=[MaxLengthValidator(CRITERIA_MAX)],
        help_text=_("What would confirm it, and what would deny it. Written before the outcome."),
    )
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=[("en", _("English")), ("fr", _("French"))],
        default="en",
    )
    beat = models.ForeignKey(
        "verification.Beat", verbose_name=_("beat"), on_delete=models.PROTECT, related_name="claims"
    )
    deadline = models.DateField(
        _("deadline"), help_text=_("The last day, inclusive, in the newsroom's time zone.")
    )
    deadline_text = models.CharField(
        _("deadline as worded"),
        max_length=200,
        blank=True,
        help_text=_("As it was printed, such as “by the end of the first quarter”."),
    )
    deadline_precision = models.CharField(
        _("precision"), max_length=10, choices=Precision.choices, default=Precision.DAY
    )
    deadline_basis = models.CharField(
        _("deadline given by"),
        max_length=10,
        choices=Basis.choices,
        default=Basis.NEWSROOM,
        help_text=_("A lapse counts against a source only if the source itself gave the deadline."),
    )
    first_reported_on = models.DateField(_("first reported on"), null=True, editable=False)
    public = models.BooleanField(
        _("public"), default=True, help_text=_("Internal claims are seen on the desk only.")
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assignee"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assigned_claims",
        help_text=_("Who is reminded. Empty: whoever logged the claim."),
    )
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("logged by"),
        on_delete=models.PROTECT,
        related_name="logged_claims",
    )
    logged_at = models.DateTimeField(_("logged at"))
    version = models.PositiveIntegerField(_("version"), default=1)
    outcome = models.CharField(
        _("outcome"), max_length=10, blank=True, choices=ClaimOutcome.choices
    )
    verdict = models.ForeignKey(
        "verification.Verdict",
        verbose_name=_("current verdict"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        # Nobody asks which claim a verdict is current for; and an index on this column would be
        # taken for "undecided" in place of the partial ones.
        db_index=False,
    )
    next_reminder_at = models.DateTimeField(_("next reminder at"), null=True, editable=False)
    unreachable_since = models.DateTimeField(
        _("nobody can be told since"),
        null=True,
        editable=False,
        help_text=_("A reminder is due and there is nobody who could be mailed."),
    )
    words = WordsField(of=("statement", "criteria"))

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        permissions = [
            ("extend_claim", "Can move a claim's deadline"),
            ("decide_claim", "Can decide a claim"),
            ("revise_claim", "Can revise or withdraw a verdict"),
            ("void_claim", "Can void a claim"),
            ("assign_claim", "Can assign a claim"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_reported_on__isnull=True)
                | Q(deadline__gte=F("first_reported_on")),
                name="claim_deadline_not_before_first_report",
                violation_error_message=_("The deadline is before the first report."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", verdict__isnull=True)
                | (~Q(outcome="") & Q(verdict__isnull=False)),
                name="claim_outcome_only_by_verdict",
            ),
            models.CheckConstraint(condition=~Q(statement=""), name="claim_statement_not_empty"),
            one_of("claim", "outcome", ClaimOutcome.values, blank=True),
            one_of("claim", "deadline_precision", Precision.values),
            one_of("claim", "deadline_basis", Basis.values),
        ]
        indexes = [
            # The sweeps and the desk ask for undecided claims only: these cost with the open work
            # and not with the archive.
            models.Index(
                fields=["next_reminder_at"],
                name="claim_next_reminder",
                condition=Q(verdict__isnull=True, next_reminder_at__isnull=False),
            ),
            models.Index(
                fields=["deadline", "id"], name="claim_undecided", condition=Q(verdict__isnull=True)
            ),
            models.Index(
                fields=["assignee", "deadline"],
                name="claim_undecided_mine",
                condition=Q(verdict__isnull=True),
            ),
            # What is looked at again when a beat or a person changes.
            models.Index(
                fields=["beat"], name="claim_undecided_beat", condition=Q(verdict__isnull=True)
            ),
            models.Index(
                fields=["logged_by"],
                name="claim_undecided_logged",
                condition=Q(verdict__isnull=True),
            ),
            models.Index(
                fields=["unreachable_since"],
                name="claim_unreachable",
                condition=Q(verdict__isnull=True, unreachable_since__isnull=False),
            ),
            models.Index(
                fields=["beat", "deadline", "id"],
                name="claim_beat_undecided",
                condition=Q(verdict__isnull=True),
            ),
            # The lists that people read: each is walked in its order, and no further than a page.
            models.Index(fields=["public", "-id"], name="claim_public_newest"),
            models.Index(fields=["beat", "-id"], name="claim_beat_newest"),
            models.Index(fields=["outcome", "-id"], name="claim_outcome_newest"),
            models.Index(fields=["beat", "outcome", "-id"], name="claim_beat_outcome_newest"),
            models.Index(fields=["deadline", "id"], name="claim_by_deadline"),
            models.Index(fields=["logged_at"], name="claim_by_logging"),
            models.Index(
                fields=["-verdict"],
                name="claim_public_newest_verdict",
                condition=Q(public=True, verdict__isnull=False),
            ),
            models.Index(fields=["logged_by", "-id"], name="claim_logged_by_newest"),
        ]

    def __str__(self) -> str:
        return self.statement

    def get_absolute_url(self) -> str:
        return reverse("claim", args=[self.slug])

    def no_report_by(self, day: date | None) -> bool:
        """Whether every report is later than `day`: none of them counts if it was known then."""
        first = self.first_reported_on
        return day is not None and first is not None and day < first

    @property
    def holder_id(self) -> int:
        """Who has the claim in hand: its assignee, else whoever logged it."""
        return self.assignee_id or self.logged_by_id
