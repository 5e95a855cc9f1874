"""Beats, and sources with their names and domains."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verification.domain import hosts
from verification.models.choices import SourceKind
from verification.models.fields import FoldedField, HttpUrlField, http_url_check, one_of
from verification.querysets import BeatQuerySet, SourceQuerySet


class Beat(models.Model):
    """A subject area with an editor in charge."""

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=120)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("editor in charge"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="beats",
        help_text=_("Is told of a claim that has awaited its verdict for three days."),
    )
    reminder_hour = models.PositiveSmallIntegerField(
        _("hour of reminders"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(23)],
        help_text=_("From 0 to 23, in the newsroom’s time zone. Empty: the newsroom’s own hour."),
    )

    second_editor = models.BooleanField(
        _("a second editor confirms verdicts"),
        default=False,
        db_default=False,
        help_text=_(
            "A verdict is then proposed first, and published when somebody else has confirmed it."
        ),
    )

    objects = BeatQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("beat")
        verbose_name_plural = _("beats")
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="beat_name_unique",
                violation_error_message=_("A beat of this name exists already."),
            ),
            models.CheckConstraint(
                condition=Q(reminder_hour__isnull=True) | Q(reminder_hour__lte=23),
                name="beat_reminder_hour_of_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """An outlet, agency, reporter, analyst, account or official.

    A reporter belongs to an outlet.
    """

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200)
    #: The name without its article, case and accents. Names may share it.
    key = FoldedField(of="name", bare=True, default="", db_default="", db_index=True)
    kind = models.CharField(
        _("kind"), max_length=10, choices=SourceKind.choices, default=SourceKind.OUTLET
    )
    homepage = HttpUrlField(_("home page"), blank=True)
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("Two letters, such as fr.")
    )
    outlet = models.ForeignKey(
        "self",
        verbose_name=_("outlet"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reporters",
        help_text=_("Where the reporter publishes."),
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        permissions = [
            ("merge_source", "Can merge a source into another"),
            ("redact_source", "Can remove a person from sources"),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="source_name_unique",
                violation_error_message=_("A source of this name exists already."),
            ),
            models.CheckConstraint(
                condition=Q(outlet__isnull=True) | ~Q(outlet=F("id")),
                name="source_not_its_own_outlet",
                violation_error_message=_("A source cannot be its own outlet."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="source_not_merged_into_itself",
            ),
            http_url_check("source", "homepage", blank=True),
            one_of("source", "kind", SourceKind.values),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.slug])


class SourceAlias(models.Model):
    """Another name of a source, as it is written: "WSJ", "le Wall Street Journal"."""

    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.CASCADE, related_name="aliases"
    )
    name = models.CharField(_("name"), max_length=200)
    #: What no two aliases share: without case and accents.
    folded = FoldedField(of="name", unique=True)
    #: The same without its article, to find it by.
    key = FoldedField(of="name", bare=True, db_index=True)

    class Meta:
        ordering = ["folded"]
        default_permissions = ()
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(folded="") & ~Q(key=""), name="source_alias_not_empty"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SourceDomain(models.Model):
    """A domain on which a source publishes, with all that is below it: wsj.com."""

    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.CASCADE, related_name="domains"
    )
    domain = models.CharField(
        _("domain"),
        max_length=hosts.LONGEST,
        unique=True,
        help_text=_("In small letters and Punycode, without www."),
    )

    class Meta:
        ordering = ["domain"]
        default_permissions = ()
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        constraints = [
            models.CheckConstraint(
                condition=Q(domain=Lower("domain"))
                & Q(domain__contains=".")
                & ~Q(domain__contains="/")
                & ~Q(domain__contains=":")
                & ~Q(domain__contains=" "),
                name="source_domain_of_a_host",
            )
        ]

    def __str__(self) -> str:
        return hosts.readable(self.domain)
