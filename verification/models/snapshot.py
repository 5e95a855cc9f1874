"""What a source printed when its page was read, and when the page is to be read again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verification.domain.edits import QUOTE_MAX
from verification.models.choices import KeptHow, ReadFault
from verification.models.fields import HttpUrlField, http_url_check, one_of

TITLE_MAX = 300
#: A quotation is shortened by whole words, and may have a mark at either end.
QUOTE_ROOM = QUOTE_MAX + 10


class Snapshot(models.Model):
    """The text of a report's page as it was read, or as somebody pasted it.

    A reading that finds the same text moves `last_read_at`; one that finds another makes a row of
    its own. `edited` says that the page was changed since the row before, and `touches_claim` that
    a sentence was changed which has the claim's figures or its hedge; the quotations are from
    either text.
    """

    report = models.ForeignKey(
        "verification.Report",
        verbose_name=_("report"),
        on_delete=models.CASCADE,
        related_name="snapshots",
    )
    how = models.CharField(_("how it was read"), max_length=10, choices=KeptHow.choices)
    asked_url = HttpUrlField(
        _("address"), blank=True, help_text=_("The report’s address when the page was read.")
    )
    url = HttpUrlField(
        _("last address"),
        max_length=2000,
        blank=True,
        help_text=_("Where redirects led; empty for pasted text."),
    )
    title = models.CharField(_("title"), max_length=TITLE_MAX, blank=True)
    text = models.TextField(_("text"))
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)
    size = models.PositiveIntegerField(
        _("size"), help_text=_("Bytes of the page; of the text where it was pasted.")
    )
    read_at = models.DateTimeField(_("read at"))
    last_read_at = models.DateTimeField(_("last read at"))
    edited = models.BooleanField(_("changed since the reading before"), default=False)
    touches_claim = models.BooleanField(_("changes what the claim stands on"), default=False)
    quote_before = models.CharField(_("it had read"), max_length=QUOTE_ROOM, blank=True)
    quote_after = models.CharField(_("it reads now"), max_length=QUOTE_ROOM, blank=True)

    class Meta:
        ordering = ["report", "id"]
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        constraints = [
            one_of("snapshot", "how", KeptHow.values),
            http_url_check("snapshot", "asked_url", blank=True),
            http_url_check("snapshot", "url", blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.read_at:%Y-%m-%d}"


class Rereading(models.Model):
    """The obligation to read a report's page again.

    `next_at` is when, and none once no more readings are due. Whoever reads a page moves it first,
    so that nobody else takes the page as well. `failures` counts the readings in a row that were
    begun and did not end well, `steady` those that found nothing new.
    """

    report = models.OneToOneField(
        "verification.Report",
        verbose_name=_("report"),
        on_delete=models.CASCADE,
        related_name="rereading",
    )
    next_at = models.DateTimeField(_("next reading at"), null=True)
    steady = models.PositiveSmallIntegerField(_("readings without a change"), default=0)
    failures = models.PositiveSmallIntegerField(_("failed readings in a row"), default=0)
    last_error = models.CharField(
        _("last error"), max_length=20, blank=True, choices=ReadFault.choices
    )
    failed_at = models.DateTimeField(_("failed at"), null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("page to read again")
        verbose_name_plural = _("pages to read again")
        constraints = [one_of("rereading", "last_error", ReadFault.values, blank=True)]
        indexes = [
            models.Index(
                fields=["next_at"], name="rereading_due", condition=Q(next_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return str(self.report_id)
