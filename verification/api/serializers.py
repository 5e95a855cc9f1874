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

from verification.api.fields import NullIfEmpty
from verification.domain import outcomes
from verification.models import Claim, Position, Source
from verification.models.choices import (
    Basis,
    Certainty,
    ClaimOutcome,
    ClaimStatus,
    Credit,
    Precision,
    ProposalState,
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


class Corrects(Output):
    """What may correct a verdict; the reason is named only where there is one."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Without a `correction` that is empty."""
        sent: dict[str, Any] = super().to_representation(instance)
        if not sent["correction"]:
            del sent["correction"]
        return sent


class VerdictOut(Corrects):
    """A decision on a claim. The newest one holds."""

    outcome = serializers.ChoiceField(VerdictOutcome.choices)
    became_known_on = serializers.DateField(allow_null=True)
    decided_at = serializers.DateTimeField(default_timezone=UTC)
    decided_by = serializers.CharField(source="decided_by.username")
    confirmed_by = slug_or_null(
        "confirmed_by.username", help_text=_("The second editor, where the beat asks for one.")
    )
    rationale = serializers.CharField()
    correction = serializers.CharField(
        required=False,
        help_text=_("Only where it was given: why the verdict before it did not stand."),
    )
    evidence = EvidenceOut(many=True)


class ProposalOut(Corrects):
    """A verdict that waits for a second editor. Readers do not see it."""

    claim = serializers.CharField(source="claim.slug", help_text=_("The slug of the claim."))
    version = serializers.IntegerField(
        source="claim_version", help_text=_("The version of the claim for which it holds.")
    )
    state = serializers.ChoiceField(ProposalState.choices)
    outcome = serializers.ChoiceField(ClaimOutcome.choices)
    became_known_on = serializers.DateField(allow_null=True)
    proposed_at = serializers.DateTimeField(default_timezone=UTC)
    proposed_by = serializers.CharField(source="proposed_by.username")
    rationale = serializers.CharField()
    correction = serializers.CharField(
        required=False,
        help_text=_("Only where it was given: why the verdict before it did not stand."),
    )
    evidence = EvidenceOut(many=True)


class ReplyOut(Output):
    """Somebody was asked about the claim, and what they answered."""

    whom = serializers.CharField()
    asked_on = serializers.DateField()
    answer_by = serializers.DateField(help_text=_("The last day that was given for an answer."))
    answered_on = serializers.DateField(allow_null=True, help_text=_("Null: no answer so far."))
    answer = serializers.CharField(help_text=_("In their words; empty where there is none."))


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
    scope = serializers.CharField(
        required=False, help_text=_("Where the token lacks a scope: which one.")
    )
