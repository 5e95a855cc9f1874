"""What extraction takes and sends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from verification.api.fields import Address, Day, NullIfEmpty, OneOf, Strict, Text
from verification.api.inputs import LANGUAGES, longest
from verification.api.serializers import Output
from verification.domain.dateline import DayFrom
from verification.models import Source
from verification.models.choices import Certainty, Precision
from verification.services.intake import HTML_MAX


class ExtractPost(Strict):
    """An article: its text or its address."""

    text = Text(max_length=HTML_MAX, trim_whitespace=False, help_text=_("Plain text or HTML."))
    url = Address()
    language = OneOf(LANGUAGES, required=False, allow_null=True, allow_blank=True)
    date = Day(
        required=False,
        allow_null=True,
        help_text=_(
            "When it was published. Left out: the page's own date, the one that its text prints, "
            "or else today."
        ),
    )
    outlet = Text(max_length=longest(Source, "name"), help_text=_("Whose page it is."))


class CandidateOut(Output):
    """A claim that the article makes, for an editor to mend and log."""

    statement = serializers.CharField()
    span = serializers.CharField(help_text=_("The exact words, from start to end of the text."))
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    sources = serializers.ListField(
        child=serializers.CharField(), help_text=_("The names of those whom the text credits.")
    )
    hedge = serializers.CharField()
    certainty = serializers.ChoiceField(Certainty.choices)
    deadline = serializers.DateField(
        allow_null=True, help_text=_("The last day, inclusive; null where no time is named.")
    )
    deadline_text = serializers.CharField()
    deadline_precision = NullIfEmpty(Precision.choices)
    score = serializers.FloatField(help_text=_("From 0 to 1."))
    reasons = serializers.ListField(child=serializers.CharField())


class ExtractionOut(Output):
    """The candidates of an article, and how it was read."""

    results = CandidateOut(many=True, source="candidates")
    language = serializers.ChoiceField(LANGUAGES)
    date = serializers.DateField(source="published")
    date_from = serializers.ChoiceField(
        [str(one) for one in DayFrom],
        source="dated",
        help_text=_(
            "Why it is of that date: it was given, the page says it, the text prints it, or "
            "nothing does and it is today's."
        ),
    )
    outlet = serializers.CharField(help_text=_("Whose page it is; empty where nobody knows."))
    title = serializers.CharField()
    url = serializers.CharField(
        help_text=_("The page's address, read from its HTML where none was given; else empty.")
    )
    text = serializers.CharField(help_text=_("The text in which the places are."))
