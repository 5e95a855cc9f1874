"""What of a sheet is logged already, and what came of it when it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from verification import newsroom
from verification.admin.intake_card import Card
from verification.admin.intake_sheet import Sheet
from verification.admin.naming import need, signed_in
from verification.admin.rows import rows, with_all
from verification.domain import words
from verification.models import Claim, Report
from verification.models.choices import ClaimOutcome
from verification.services import batch, excerpts, standing
from verification.services.duplicates import Similar

#: How the keys of what an intake page logs begin.
PREFIX = "intake/"


class Logged(View):
    """What came of a sheet."""

    site: ClassVar[admin.AdminSite] = admin.site

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The claims with links to them; where nothing is known of the key, the empty page."""
        need(request, "add_claim")
        done = batch.done_under(actor=signed_in(request), prefix=f"{PREFIX}{key}/")
        if not done:
            return redirect("admin:intake")
        today = newsroom.day(timezone.now())
        claims = with_all(Claim.objects.filter(pk__in=[one.claim.pk for one in done]))
        by_key = {row.claim.pk: row for row in rows(claims, today)}
        logged = sum(one.became == "logged" for one in done)
        context = {
            **self.site.each_context(request),
            "title": _("Logged"),
            "done": [(one, by_key[one.claim.pk]) for one in done],
            "logged": logged,
        }
        return TemplateResponse(request, "admin/desk/intake_logged.html", context)


def choose(sheet: Sheet, found: Sequence[list[Similar]], fresh: Sequence[Card]) -> None:
    """Chooses for the `fresh` cards the claims that say the same, and keeps what was chosen.

    A claim that was chosen stays to be chosen, however the statement was mended since; and so does
    one that was logged from the very sentence, which the card says.
    """
    cards = sheet.cards
    url = sheet.data.get("url", "").strip()
    places = excerpts.known([card.sentence(sheet.text) for card in cards], url=url)
    _with_missing(cards, found, [[one.claim.pk for one in known] for known in places])
    kept = str(Report._meta.get_field("url").to_python(url) or "")
    chosen = standing.standing(
        [card.typed("statement") for card in cards],
        found,
        url=kept,
        placed=[{one.claim.pk for one in known if _speaks(one)} for known in places],
    )
    for card, same, known in zip(cards, chosen, places, strict=True):
        if same is None:
            continue
        card.placed = next((one for one in known if one.claim.pk == same.claim.pk), None)
        if card in fresh:
            sheet.data[card.choice] = str(same.claim.pk)
            if card.placed is not None:
                sheet.data[f"{card.prefix}-tick"] = ""


def _speaks(known: excerpts.Known) -> bool:
    """Whether a claim of the same sentence is offered: a decided one for its own article only."""
    outcome = known.claim.outcome
    return not outcome or (known.same_article and outcome != ClaimOutcome.VOID)


def _with_missing(
    cards: Sequence[Card], found: Sequence[list[Similar]], placed: Sequence[Sequence[int]]
) -> None:
    """Puts to the claims that are like a statement those that were chosen or logged from it."""
    wanted: list[tuple[Card, list[Similar], int]] = []
    for card, similar, keys in zip(cards, found, placed, strict=True):
        there = {one.claim.pk for one in similar}
        asked = [*keys, *([card.into] if card.into is not None else [])]
        wanted += [(card, similar, key) for key in dict.fromkeys(asked) if key not in there]
    claims = Claim.objects.select_related("beat").in_bulk([key for _card, _similar, key in wanted])
    for card, similar, key in wanted:
        if key in claims:
            own, theirs = words.words(card.typed("statement")), claims[key].statement
            similar.append(Similar(claims[key], words.likeness(own, words.words(theirs))))


def tell(cards: Sequence[Card]) -> None:
    """Notes on each card whether the claim that was chosen has all of its reports already."""
    chosen = [card for card in cards if card.into is not None]
    given = [(card.into or 0, [_given(row) for row in card.filled_rows]) for card in chosen]
    for card, there in zip(chosen, standing.all_there(given) if given else [], strict=True):
        card.there = card.into if there else None


def _given(row: Any) -> standing.Given:
    typed = {name: (row[name].value() or "").strip() for name in ("source", "url", "published_on")}
    try:
        day = date.fromisoformat(typed["published_on"])
    except ValueError:
        day = None
    url = str(Report._meta.get_field("url").to_python(typed["url"]) or "")
    return standing.Given(typed["source"], url, day)
