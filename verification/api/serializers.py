"""What is sent: the objects of the contract, name by name."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.drainage import set_override
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from verification.api.fields import Days, NullIfEmpty, Rounded
from verification.domain import outcomes
from verification.models import Claim, Position, Source
from verification.models.choices import (
    Basis,
    Certainty,
    ClaimStatus,
    Credit,
    Precision,
    Reason,
    SourceKind,
    Stance,
    VerdictOutcome,
)
from verification.services import sourcenames


class Output(serializers.Serializer[Any]):
    """Something that is sent. The schema calls `ClaimOut` a Claim."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        set_override(cls, "component_name", cls.__name__.removesuffix("Out"))


def slug_or_null(source: str, **kwargs: Any) -> serializers.CharField:
    """The slug (or username) of another row, null where there is none."""
    return serializers.CharField(source=source, allow_null=True, **kwargs)


class ReportOut(Output):
    """One publication of a claim by a source."""

    source = serializers.CharField(  # type: ignore[assignment]
        source="source.slug", help_text=_("The slug of the source.")
    )
    author = serializers.CharField()
    url = serializers.CharField(help_text=_("Empty where none was recorded."))
    published_on = serializers.DateField()
    stance = serializers.ChoiceField(Stance.choices)
    certainty = NullIfEmpty(Certainty.choices)
    hedge = serializers.CharField(help_text=_("The words as printed; empty where there are none."))
    via = slug_or_null("via.slug", help_text=_("The slug of the source that it credits."))


class EvidenceOut(Output):
    """A page on which a verdict rests."""

    title = serializers.CharField()
    url = serializers.URLField()
    published_on = serializers.DateField(allow_null=True)


class VerdictOut(Output):
    """A decision on a claim. The newest one holds."""

    outcome = serializers.ChoiceField(VerdictOutcome.choices)
    became_known_on = serializers.DateField(allow_null=True)
    decided_at = serializers.DateTimeField(default_timezone=UTC)
    decided_by = serializers.CharField(source="decided_by.username")
    rationale = serializers.CharField()
    evidence = EvidenceOut(many=True)


class ClaimOut(Output):
    """A checkable sentence with its deadline, its reports and what became of it."""

    slug = serializers.CharField()
    version = serializers.IntegerField(help_text=_("Goes up by one with every change."))
    url = serializers.SerializerMethodField(help_text=_("The claim's public page."))
    statement = serializers.CharField()
    criteria = serializers.CharField()
    language = serializers.CharField()
    beat = serializers.CharField(source="beat.slug", help_text=_("The slug of the beat."))
    deadline = serializers.DateField(
        help_text=_("The last day, inclusive, in the newsroom's time zone.")
    )
    deadline_text = serializers.CharField()
    deadline_precision = serializers.ChoiceField(Precision.choices)
    deadline_basis = serializers.ChoiceField(Basis.choices)
    status = serializers.SerializerMethodField()
    public = serializers.BooleanField()
    assignee = slug_or_null("assignee.username", help_text=_("A username."))
    logged_at = serializers.DateTimeField(default_timezone=UTC)
    first_reported_on = serializers.DateField(allow_null=True)
    reports = ReportOut(many=True)
    verdict = VerdictOut(allow_null=True, help_text=_("The one that holds; null while undecided."))

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, claim: Claim) -> str:
        """The address of the page that readers see."""
        return settings.SITE_URL + claim.get_absolute_url()

    @extend_schema_field(serializers.ChoiceField(ClaimStatus.choices))
    def get_status(self, claim: Claim) -> str:
        """What a reader is told today."""
        return outcomes.status(claim.outcome, claim.deadline, self.context["today"])


class ClaimChange(Output):
    """What a change of a claim's reports or verdicts answers, besides the new row itself."""

    claim = serializers.CharField(source="claim.slug", help_text=_("The slug of the claim."))
    version = serializers.IntegerField(
        source="claim.version", help_text=_("The claim's version after the change.")
    )


class ReportLogged(ReportOut, ClaimChange):
    """The report that was logged, and the claim's new version."""


class VerdictGiven(VerdictOut, ClaimChange):
    """The verdict that was given, and the claim's new version."""


class SourceOut(Output):
    """An outlet, agency, reporter, analyst, account or official."""

    slug = serializers.CharField()
    name = serializers.CharField()
    aliases = serializers.SerializerMethodField(help_text=_("Other names, as they are written."))
    kind = serializers.ChoiceField(SourceKind.choices)
    homepage = serializers.CharField(help_text=_("Empty where none was recorded."))
    domains = serializers.SerializerMethodField(
        help_text=_("What is published there, or on a host below, is the source's.")
    )
    language = serializers.CharField(help_text=_("Two letters, or empty."))
    outlet = slug_or_null("outlet.slug", help_text=_("The outlet that a reporter belongs to."))
    url = serializers.SerializerMethodField(help_text=_("The source's public page."))

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, source: Source) -> str:
        """The address of the page that readers see."""
        return settings.SITE_URL + source.get_absolute_url()

    def get_aliases(self, source: Source) -> list[str]:
        """By name."""
        return sourcenames.aliases_of(source)

    def get_domains(self, source: Source) -> list[str]:
        """By name."""
        return sourcenames.domains_of(source)


class BeatOut(Output):
    """A subject area."""

    slug = serializers.CharField()
    name = serializers.CharField()
    editor = slug_or_null("editor.username", help_text=_("The username of the editor in charge."))


class PositionOut(Output):
    """What one source is held to on one claim, and what became of it."""

    claim = serializers.CharField(source="claim.slug", help_text=_("The slug of the claim."))
    statement = serializers.CharField(source="claim.statement")
    status = serializers.SerializerMethodField()
    beat = serializers.CharField(source="beat.slug")
    public = serializers.BooleanField()
    report_url = serializers.CharField(
        source="report.url", help_text=_("The first report, which fixes the position.")
    )
    first_reported_on = serializers.DateField()
    stance = serializers.ChoiceField(Stance.choices)
    certainty = NullIfEmpty(Certainty.choices)
    relay = serializers.BooleanField(help_text=_("Whether the report credits another source."))
    credit = serializers.ChoiceField(Credit.choices, help_text=_("Where the record counts it."))
    reason = serializers.ChoiceField(Reason.choices, help_text=_("Why it counts there."))
    first = serializers.BooleanField(help_text=_("Whether this source had it first."))
    lead_days = serializers.IntegerField(
        allow_null=True, help_text=_("Days before the outcome became known; only for hits.")
    )

    @extend_schema_field(serializers.ChoiceField(ClaimStatus.choices))
    def get_status(self, position: Position) -> str:
        """What a reader is told of the claim today."""
        claim, today = position.claim, self.context["today"]
        assert isinstance(today, date)  # noqa: S101  (for the type checker)
        return outcomes.status(claim.outcome, claim.deadline, today)


class RelaysOut(Output):
    """Claims that were passed on from another source: a tally of its own."""

    total = serializers.IntegerField()
    borne_out = serializers.IntegerField()

    def get_fields(self) -> dict[str, Any]:
        """`not` is a word of Python's own, so it cannot be declared like the others."""
        return super().get_fields() | {"not": serializers.IntegerField()}


class PriorOut(Output):
    """What is believed of a source before its own positions are looked at."""

    mean = Rounded(help_text=_("A fraction: the pool's hit rate."))
    strength = Rounded(help_text=_("How many decided positions it is worth."))


class BrierOut(Output):
    """The Brier score of the certainties, with Murphy's parts."""

    n = serializers.IntegerField()
    score = Rounded()
    reliability = Rounded()
    resolution = Rounded()
    uncertainty = Rounded()


class StandingOut(Output):
    """What a record and a line of the leaderboard have in common."""

    source = serializers.CharField(  # type: ignore[assignment]
        help_text=_("The slug of the source.")
    )
    beat = serializers.CharField(allow_null=True, help_text=_("Null: all beats."))
    as_of = serializers.DateField(help_text=_("As it was known at the end of this day."))
    matured = serializers.BooleanField(
        help_text=_("Whether only claims whose deadline has passed are counted.")
    )
    hits = serializers.IntegerField()
    misses = serializers.IntegerField()
    lapsed_uncounted = serializers.IntegerField(
        help_text=_("Lapsed by a deadline that the newsroom set: moves no accuracy.")
    )
    open = serializers.IntegerField()
    relays = RelaysOut()
    accuracy = Rounded(help_text=_("The mean of the posterior: a fraction."))
    interval = serializers.ListField(
        child=Rounded(), min_length=2, max_length=2, help_text=_("Its lower and upper end.")
    )
    level = Rounded(help_text=_("The probability inside the interval."))
    provisional = serializers.BooleanField(help_text=_("Under ten decided positions: unranked."))
    rank = serializers.IntegerField(allow_null=True)
    prior = PriorOut()


class RecordOut(StandingOut):
    """A source's positions and what became of them."""

    brier = BrierOut(allow_null=True, help_text=_("Null where no certainty was recorded."))
    first_to_report = serializers.IntegerField()
    median_lead_days = Days(allow_null=True)
    method = serializers.CharField(help_text=_("The version of the method."))


class LeaderOut(StandingOut):
    """One line of the leaderboard: ranked sources first, provisional ones after them."""

    first_to_report = serializers.IntegerField()
    method = serializers.CharField(help_text=_("The version of the method."))
    name = serializers.CharField(help_text=_("The source's name."))


class ErrorOut(Output):
    """One wrong field."""

    field = serializers.CharField(
        help_text=_("Its name, nested with dots: reports.0.url. Empty: the whole request.")
    )
    detail = serializers.CharField()
    code = serializers.CharField()


class ProblemOut(Output):
    """An error, as RFC 9457 has it."""

    type = serializers.CharField(help_text=_("Which kind of problem: /problems/… (stable)."))
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField(help_text=_("The request's address."))
    errors = ErrorOut(  # type: ignore[assignment]
        many=True, required=False, help_text=_("One entry for each wrong field.")
    )
    version = serializers.IntegerField(
        required=False, help_text=_("After a conflict: the claim's present version.")
    )
    claim = serializers.CharField(
        required=False, help_text=_("After a conflict: the slug of the claim.")
    )
