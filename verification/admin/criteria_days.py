"""Criteria that name another day than the deadline, which an editor is told of.

After the verdict they cannot be mended, and readers would hold a source to the wrong day.
"""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from verification.admin.naming import need
from verification.domain import criteria
from verification.models import Claim
from verification.models.claim import CRITERIA_MAX, STATEMENT_MAX


def said_of_days(text: str, deadline: date | None) -> str:
    """What is said of criteria that name other days only; nothing of all others."""
    days = criteria.other_days(text, deadline) if deadline else []
    if not days or deadline is None:
        return ""
    return _("They name %(days)s; the deadline is %(deadline)s.") % {
        "days": ", ".join(map(date_format, days)),
        "deadline": date_format(deadline),
    }


def warn(request: HttpRequest, claim: Claim) -> None:
    """Tells the editor of a logged claim whose criteria name another day, with the way there."""
    said = said_of_days(claim.criteria, claim.deadline)
    if not said:
        return
    messages.warning(
        request,
        format_html(
            '{} <a href="{}">{}</a>',
            _("Look at the criteria of “%(statement)s”. %(said)s")
            % {"statement": claim.statement.removesuffix("."), "said": said},
            reverse("admin:verification_claim_edit", args=[claim.pk]),
            _("Mend them"),
        ),
    )


@require_GET
def proposed(request: HttpRequest) -> JsonResponse:
    """`{"proposed", "said"}`: criteria for a `statement`, `deadline` and `wording` in a `language`.

    And what is to be said of the `criteria` that were written, beside such a deadline.
    """
    need(request, "add_claim")
    given = {
        name: request.GET.get(name, "").replace("\0", "")
        for name in ("statement", "deadline", "wording", "language", "criteria")
    }
    try:
        day = date.fromisoformat(given["deadline"].strip())
    except ValueError:
        day = None
    return JsonResponse(
        {
            "proposed": criteria.proposed(
                given["statement"][:STATEMENT_MAX],
                language="fr" if given["language"] == "fr" else "en",
                deadline=day,
                wording=given["wording"][:STATEMENT_MAX],
            ),
            "said": said_of_days(given["criteria"][:CRITERIA_MAX], day),
        }
    )
