"""What may be asked of each list: the parameters of an address, checked like a body."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.request import Request

from verification.api.fields import Day, OneOf, Several, Strict
from verification.api.inputs import LANGUAGES
from verification.api.pagination import LONGEST_PAGE, NEWEST, Order
from verification.api.permissions import beats_for, sources_for
from verification.api.problems import invalid
from verification.api.tables import FORMATS
from verification.models import Beat, Claim, Position, Source
from verification.models.choices import ClaimStatus, Credit, SourceKind
from verification.querysets import ClaimQuerySet, SourceQuerySet

#: No newsroom knows more sources than this.
LARGEST_OFFSET = 10_000_000

#: The ordering by verdict, the newest first: of decided claims only.
DECIDED = "decided"
CLAIM_ORDERS = {
    "newest": NEWEST,
    "oldest": Order("oldest", ("id",)),
    "deadline": Order("deadline", ("deadline", "id")),
    "-deadline": Order("-deadline", ("deadline", "id"), descending=True),
    DECIDED: Order(DECIDED, ("verdict_id",), descending=True),
}


class Query(Strict):
    """No parameter at all."""

    @classmethod
    def read(cls, request: Request) -> dict[str, Any]:
        """The checked parameters. An empty one counts as left out. Raises ValidationError."""
        asked: dict[str, str] = {}
        for name, values in request.query_params.lists():
            given = [value for value in values if value.strip()]
            if given:
                asked[name] = ",".join(given)
            elif name not in cls().fields:
                asked[name] = ""
        query = cls(data=asked)
        query.is_valid(raise_exception=True)
        return dict(query.validated_data)


class PageQuery(Query):
    """Which page."""

    limit = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=LONGEST_PAGE,
        help_text=gettext_lazy("Left out: 25, and in a table as many as there may be."),
    )
    cursor = serializers.CharField(
        required=False,
        default="",
        help_text=gettext_lazy("From `next` or `previous` of another page."),
    )


class TableQuery(PageQuery):
    """Which page of a list that is also to be had as a table."""

    format = OneOf(
        FORMATS,
        required=False,
        help_text=gettext_lazy("Left out: by the header Accept, and JSON for whoever has none."),
    )


class ClaimQuery(TableQuery):
    """Which claims."""

    status = Several(
        child=OneOf(ClaimStatus.choices),
        required=False,
        help_text=gettext_lazy("One, or several with commas."),
    )
    beat = serializers.CharField(required=False, help_text=gettext_lazy("The slug of a beat."))
    source = serializers.CharField(  # type: ignore[assignment]
        required=False, help_text=gettext_lazy("The slug of a source that reported the claim.")
    )
    assignee = serializers.CharField(required=False, help_text=gettext_lazy("A username."))
    language = OneOf(LANGUAGES, required=False)
    deadline_before = Day(required=False, help_text=gettext_lazy("On this day or before it."))
    deadline_after = Day(required=False, help_text=gettext_lazy("On this day or after it."))
    logged_after = serializers.DateTimeField(
        required=False,
        help_text=gettext_lazy("At this time or after it; a day means its beginning."),
    )
    search = serializers.CharField(
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Words of the statement and the criteria: all of them, without accents or case; "
            "of the last one its beginning is enough."
        ),
    )
    public = serializers.BooleanField(required=False, default=None, allow_null=True)
    ordering = OneOf(
        [(name, name) for name in CLAIM_ORDERS],
        default="newest",
        help_text=gettext_lazy("When it was logged, its deadline, or when it was decided."),
    )


def claims_matching(
    claims: ClaimQuerySet, asked: dict[str, Any], today: date, user: Any
) -> QuerySet[Claim, Claim]:
    """The claims that were asked for. Raises ValidationError for an unknown beat or source."""
    if "status" in asked:
        claims = claims.with_any_status(asked["status"], today)
    if "beat" in asked:
        claims = claims.filter(beat=beat_of(asked, user))
    if "source" in asked:
        claims = claims.reported_by([_source_of(asked, user).pk])
    if "assignee" in asked:
        # Whether somebody of this name is on the desk is nobody's business: no refusal here.
        claims = claims.filter(assignee__username=asked["assignee"])
    if asked["ordering"] == DECIDED:
        claims = claims.decided()
    if "search" in asked:
        claims = claims.search(asked["search"])
    if "logged_after" in asked:
        claims = claims.logged_since(asked["logged_after"])
    plain = {
        "public": "public",
        "language": "language",
        "deadline_before": "deadline__lte",
        "deadline_after": "deadline__gte",
    }
    given = {lookup: asked.get(name) for name, lookup in plain.items()}
    return claims.filter(**{lookup: value for lookup, value in given.items() if value is not None})


class SourceQuery(TableQuery):
    """Which sources."""

    kind = OneOf(SourceKind.choices, required=False)
    language = serializers.CharField(
        required=False, max_length=10, help_text=gettext_lazy("Two letters, such as fr.")
    )
    search = serializers.CharField(
        required=False,
        max_length=200,
        help_text=gettext_lazy("Part of the name, of an alias or of a domain."),
    )


def sources_matching(sources: SourceQuerySet, asked: dict[str, Any]) -> SourceQuerySet:
    """The sources that were asked for, each once, whatever else it was logged as."""
    sources = sources.standing()
    if "search" in asked:
        sources = sources.search(asked["search"])
    return sources.filter(**{name: asked[name] for name in ("kind", "language") if name in asked})


class PositionQuery(TableQuery):
    """Which positions of a source."""

    beat = serializers.CharField(required=False, help_text=gettext_lazy("The slug of a beat."))
    credit = Several(
        child=OneOf(Credit.choices),
        required=False,
        help_text=gettext_lazy("One, or several with commas: hit,miss are those of the accuracy."),
    )


def positions_matching(
    positions: QuerySet[Position, Position], asked: dict[str, Any], user: Any
) -> QuerySet[Position, Position]:
    """The positions that were asked for. Raises ValidationError for an unknown beat."""
    if "beat" in asked:
        positions = positions.filter(beat=beat_of(asked, user))
    if "credit" in asked:
        positions = positions.filter(credit__in=asked["credit"])
    return positions


class RecordQuery(Query):
    """What a record counts."""

    beat = serializers.CharField(
        required=False, help_text=gettext_lazy("The slug of a beat. Left out: all beats.")
    )
    as_of = Day(
        required=False,
        help_text=gettext_lazy("As it was known at the end of this day. Left out: now."),
    )
    matured = serializers.BooleanField(
        default=False,
        help_text=gettext_lazy("Only claims whose deadline has passed."),
    )
    internal = serializers.BooleanField(
        default=False,
        help_text=gettext_lazy("The desk's own view, internal claims too: takes a token."),
    )


class BoardQuery(RecordQuery):
    """Which lines of the leaderboard."""

    limit = PageQuery._declared_fields["limit"]
    offset = serializers.IntegerField(
        default=0, min_value=0, max_value=LARGEST_OFFSET, required=False
    )
    format = TableQuery._declared_fields["format"]


def beat_of(asked: dict[str, Any], user: Any) -> Beat | None:
    """The beat that was asked for, none where none was. Raises ValidationError for `beat`.

    One that does not exist for the user is unknown.
    """
    if "beat" not in asked:
        return None
    beat = beats_for(user).filter(slug=asked["beat"]).first()
    if beat is None:
        raise invalid(
            "beat", _("There is no beat with the slug “%(slug)s”.") % {"slug": asked["beat"]}
        )
    return beat


def _source_of(asked: dict[str, Any], user: Any) -> Source:
    source = sources_for(user).filter(slug=asked["source"]).first()
    if source is None:
        raise invalid(
            "source", _("There is no source with the slug “%(slug)s”.") % {"slug": asked["source"]}
        )
    return source
