"""What is taken: the names of the contract, checked for type, length and choice.

What depends on other rows or fields (a deadline before the first report, a report that is logged
already, a verdict without evidence) is the services' to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Field
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from verification.api.fields import Address, Day, OneOf, Strict, Text
from verification.models import (
    Claim,
    Evidence,
    Report,
    Source,
    SourceAlias,
    SourceDomain,
    Verdict,
)
from verification.models.choices import (
    Basis,
    Certainty,
    Precision,
    SourceKind,
    Stance,
    VerdictOutcome,
)
from verification.models.claim import CRITERIA_MAX

LANGUAGES = [("en", "English"), ("fr", "Français")]
#: More rows than this in one request are a file: `import_claims` takes it.
MOST_ROWS = 200

SLUG_OR_NAME = _("A slug or a name. One that is not known is made, where your role may.")
VERSION_OPTIONAL = _("The version that you have read. A stale one is refused with 409.")
SET_BY_TRACKER = _("The tracker sets this.")
SET_BY_VERDICT = _("A verdict sets this: POST to the claim's verdicts/.")
SET_BY_DEADLINE = _("POST to the claim's deadline/, with a reason.")

READ_ONLY: Mapping[str, Any] = {
    "version": SET_BY_TRACKER,
    "url": SET_BY_TRACKER,
    "status": SET_BY_VERDICT,
    "verdict": SET_BY_VERDICT,
    "logged_at": SET_BY_TRACKER,
    "first_reported_on": _("This follows from the reports."),
}


def longest(model: Any, name: str) -> int | None:
    """How much the model's column holds."""
    column: Field[Any, Any] = model._meta.get_field(name)
    return column.max_length


def text(model: Any, name: str, **kwargs: Any) -> Text:
    """A text as long as the model's column."""
    return Text(max_length=longest(model, name), **kwargs)


def slug_or_name(**kwargs: Any) -> Text:
    """A source or a beat."""
    return Text(max_length=longest(Source, "name"), help_text=SLUG_OR_NAME, **kwargs)


def several(row: type[Strict]) -> serializers.ListSerializer[Any]:
    """A list of rows, which may be left out."""
    return serializers.ListSerializer(child=row(), required=False, max_length=MOST_ROWS)


def texts(model: Any, name: str, **kwargs: Any) -> serializers.ListField:
    """A list of texts, each as long as the model's column, which may be left out."""
    return serializers.ListField(
        child=serializers.CharField(max_length=longest(model, name)),
        required=False,
        max_length=MOST_ROWS,
        **kwargs,
    )


def version(**kwargs: Any) -> serializers.IntegerField:
    """The version that the sender has read."""
    return serializers.IntegerField(min_value=1, help_text=VERSION_OPTIONAL, **kwargs)


class ReportIn(Strict):
    """A report to be logged with its claim."""

    source = slug_or_name(required=True)  # type: ignore[assignment]
    author = text(Report, "author")
    url = Address()
    published_on = Day()
    headline = text(Report, "headline", help_text=_("Kept for the desk."))
    stance = OneOf(Stance.choices, default=Stance.ASSERTS)
    certainty = OneOf(Certainty.choices, required=False, allow_null=True, allow_blank=True)
    hedge = text(Report, "hedge")
    via = slug_or_name()


class ReportPost(ReportIn):
    """A report to be logged on a claim."""

    version = version(required=False, allow_null=True)


class ClaimPost(Strict):
    """A claim to be logged."""

    elsewhere = READ_ONLY

    statement = text(Claim, "statement", required=True)
    criteria = Text(max_length=CRITERIA_MAX)
    language = OneOf(LANGUAGES, default="en")
    beat = slug_or_name(required=True)
    deadline = Day(help_text=_("The last day, inclusive."))
    deadline_text = text(Claim, "deadline_text")
    deadline_precision = OneOf(Precision.choices, default=Precision.DAY)
    deadline_basis = OneOf(Basis.choices, default=Basis.NEWSROOM)
    public = serializers.BooleanField(default=True)
    assignee = Text(help_text=_("A username. Empty: whoever logged the claim is reminded."))
    reports = several(ReportIn)
    slug = serializers.SlugField(
        required=False,
        max_length=longest(Claim, "slug"),
        help_text=_("Made from the statement where it is left out."),
    )


class ClaimPatch(Strict):
    """What may be changed of a claim; only what is sent is changed."""

    elsewhere = {
        **READ_ONLY,
        "slug": _("A slug is for good."),
        "reports": _("POST to the claim's reports/."),
        "deadline": SET_BY_DEADLINE,
        "deadline_text": SET_BY_DEADLINE,
        "deadline_precision": SET_BY_DEADLINE,
    }

    version = serializers.IntegerField(
        min_value=1,
        help_text=VERSION_OPTIONAL,
        error_messages={"required": _("Send the version of the claim that you have read.")},
    )
    statement = text(Claim, "statement", required=False, allow_blank=False, allow_null=False)
    criteria = Text(max_length=CRITERIA_MAX)
    language = OneOf(LANGUAGES, required=False)
    beat = slug_or_name(required=False, allow_blank=False, allow_null=False)
    deadline_basis = OneOf(Basis.choices, required=False)
    public = serializers.BooleanField(required=False)
    assignee = Text(help_text=_("A username; null takes the claim from whoever has it."))


class DeadlinePost(Strict):
    """Another deadline for an undecided claim."""

    deadline = Day(help_text=_("The last day, inclusive."))
    deadline_text = text(Claim, "deadline_text")
    deadline_precision = OneOf(Precision.choices, default=Precision.DAY)
    deadline_basis = OneOf(
        Basis.choices,
        required=False,
        help_text=_(
            "Who gave this deadline. Left out: the newsroom, unless the day stays what it was."
        ),
    )
    criteria_day = serializers.BooleanField(
        default=False,
        help_text=_(
            "Whether criteria that somebody wrote say the new day, too, where they name the old "
            "one. Those that were proposed and never mended always follow the deadline."
        ),
    )
    reason = Text(required=True, max_length=1000)
    version = version(required=False, allow_null=True)


class EvidenceIn(Strict):
    """A page on which the verdict rests."""

    title = text(Evidence, "title", required=True)
    url = Address(required=True)
    published_on = Day(required=False, allow_null=True)


class VerdictPost(Strict):
    """A verdict; on a decided claim, one that supersedes it."""

    outcome = OneOf(VerdictOutcome.choices)
    rationale = text(Verdict, "rationale", help_text=_("Why: readers will see it."))
    correction = text(
        Verdict,
        "correction",
        help_text=_(
            "Only of a revision: why the verdict before it did not stand. Readers will see it; "
            "left out, they are told the rationale."
        ),
    )
    became_known_on = Day(
        required=False,
        allow_null=True,
        help_text=_(
            "The day on which the outcome was known. Left out: today, or for a lapse "
            "the day after the deadline."
        ),
    )
    evidence = several(EvidenceIn)
    version = version(required=False, allow_null=True)


class SourcePost(Strict):
    """A source to be made."""

    elsewhere = {"url": SET_BY_TRACKER}

    name = text(Source, "name", required=True)
    kind = OneOf(SourceKind.choices, default=SourceKind.OUTLET)
    aliases = texts(SourceAlias, "name", help_text=_("Other names. The whole list."))
    homepage = Address()
    domains = texts(
        SourceDomain,
        "domain",
        help_text=_("Such as lemonde.fr. The whole list; a new home page brings its own."),
    )
    language = text(Source, "language", help_text=_("Two letters, such as fr."))
    outlet = slug_or_name()
    slug = serializers.SlugField(
        required=False,
        max_length=longest(Source, "slug"),
        help_text=_("Made from the name where it is left out."),
    )


class SourcePatch(Strict):
    """What may be changed of a source; only what is sent is changed."""

    elsewhere = {"url": SET_BY_TRACKER, "slug": _("A slug is for good.")}

    name = text(Source, "name", required=False, allow_blank=False, allow_null=False)
    kind = OneOf(SourceKind.choices, required=False)
    aliases = texts(SourceAlias, "name", help_text=_("Other names. The whole list."))
    homepage = Address()
    domains = texts(
        SourceDomain,
        "domain",
        help_text=_("Such as lemonde.fr. The whole list; a new home page brings its own."),
    )
    language = text(Source, "language", help_text=_("Two letters, such as fr."))
    outlet = slug_or_name()
