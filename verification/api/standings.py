"""What is sent of records: the objects of the contract, name by name."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from verification.api.fields import Days, Rounded
from verification.api.serializers import Output


class RelaysOut(Output):
    """Claims that were passed on from another source: a tally of its own."""

    total = serializers.IntegerField(
        help_text=_("Decided or not: the open ones and the lapses not counted are among them.")
    )
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
