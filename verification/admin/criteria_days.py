"""Criteria that name another day than the deadline: a slip that a verdict would make last."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext

from verification.domain import criteria
from verification.models import Claim


def another_day(claim: Claim) -> str:
    """That the criteria name another day than the deadline, in words; empty where they do not."""
    day = criteria.another_day(claim.criteria, claim.deadline)
    if day is None:
        return ""
    return gettext(
        "The criteria name %(day)s, and the deadline is %(deadline)s: check which is meant. Once "
        "the claim is decided, its criteria stand."
    ) % {"day": date_format(day), "deadline": date_format(claim.deadline)}


def warn_of_another_day(request: HttpRequest, claim: Claim) -> None:
    """Warns who has just changed a claim."""
    words = another_day(claim)
    if words:
        messages.warning(request, words)
