"""The reports that make a claim, where it stood in them, and our own stories that carried it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verification.models.choices import Certainty, Stance
from verification.models.claim import Claim
from verification.models.fields import HttpUrlField, http_url_check, one_of


class Report(models.Model):
    """One publication of a claim by a source. Without `via` it is an origin, with it a relay."""

    claim = models.ForeignKey(
        Claim, verbose_name=_("claim"), on_delete=models.CASCADE, related_name="reports"
    )
    source = models.ForeignKey(
        "verification.Source",
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        related_name="reports",
    )
    author = models.CharField(_("author"), max_length=200, blank=True)
    url = HttpUrlField(_("address"), blank=True)
    published_on = models.DateField(_("published on"))
    headline = models.CharField(_("headline"), max_length=300, blank=True)
    stance = models.CharField(
        _("stance"), max_length=10, choices=Stance.choices, default=Stance.ASSERTS
    )
    certainty = models.CharField(
        _("certainty"),
        max_length=20,
        blank=True,
        choices=Certainty.choices,
        help_text=_("How probable the wording makes the claim (ICD 203)."),
    )
    hedge = models.CharField(
        _("hedge as printed"),
        max_length=100,
        blank=True,
        help_text=_("The words themselves: could, pourrait, is set to."),
    )
    via = models.ForeignKey(
        "verification.Source",
        verbose_name=_("credits"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="relayed_reports",
        help_text=_("The source that this report passes on. Empty: its own reporting."),
    )
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("logged by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    logged_at = models.DateTimeField(_("logged at"))

    class Meta:
        ordering = ["published_on", "id"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "source", "url"],
                condition=~Q(url=""),
                name="report_once_by_url",
                violation_error_message=_("This report is logged already."),
            ),
            models.UniqueConstraint(
                fields=["claim", "source", "published_on"],
                condition=Q(url=""),
                name="report_once_by_day",
                violation_error_message=_("This report is logged already."),
            ),
            models.CheckConstraint(
                condition=Q(via__isnull=True) | ~Q(via=F("source")),
                name="report_does_not_credit_itself",
                violation_error_message=_("A report cannot credit its own source."),
            ),
            http_url_check("report", "url", blank=True),
            one_of("report", "stance", Stance.values),
            one_of("report", "certainty", Certainty.values, blank=True),
        ]
        indexes = [
            models.Index(fields=["claim", "published_on", "id"], name="report_of_claim"),
            models.Index(fields=["logged_at"], name="report_by_logging"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.published_on:%Y-%m-%d}"


class Excerpt(models.Model):
    """Where in an article a claim was logged from, so that it is known again there.

    `digest` is the hash of the words that the article prints there, and not the words: they may
    name somebody, and nothing but this is asked of them. `url` is the article's address, empty
    where it was pasted without one.
    """

    claim = models.ForeignKey(
        Claim, verbose_name=_("claim"), on_delete=models.CASCADE, related_name="excerpts"
    )
    digest = models.CharField(_("hash of the words"), max_length=64)
    url = HttpUrlField(_("address"), blank=True)

    class Meta:
        verbose_name = _("excerpt")
        verbose_name_plural = _("excerpts")
        default_permissions = ()
        constraints = [
            # Its index is the one that an article's sentences are looked up by.
            models.UniqueConstraint(fields=["digest", "claim", "url"], name="excerpt_once"),
            http_url_check("excerpt", "url", blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.digest[:12]}"


class Story(models.Model):
    """One of the newsroom's own articles that carried a claim.

    When the verdict lands, it needs an update.
    """

    claim = models.ForeignKey(
        Claim, verbose_name=_("claim"), on_delete=models.CASCADE, related_name="stories"
    )
    title = models.CharField(_("title"), max_length=300)
    url = HttpUrlField(_("address"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stories",
    )
    published_on = models.DateField(_("published on"))

    class Meta:
        ordering = ["published_on", "id"]
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "url"],
                name="story_once",
                violation_error_message=_("This story is logged already."),
            ),
            http_url_check("story", "url", blank=False),
        ]

    def __str__(self) -> str:
        return self.title
