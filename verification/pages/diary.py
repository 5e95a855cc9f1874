"""The diary of deadlines as calendars follow it (RFC 5545 and 7986): the newsroom's, and one's own.

What the three that most people have made us choose:

- Google Calendar drops a whole diary for one bad line (a wrong fold, a bare LF), and keeps its old
  event where SEQUENCE and LAST-MODIFIED stand still: so both follow the claim, whose version goes
  up with every change. It honours robots.txt, so that no `/feeds/` may be shut there: secret
  addresses say `X-Robots-Tag` instead. It sends no `Accept`, so nothing is negotiated.
- Outlook wants an address that ends in `.ics`, knows X-PUBLISHED-TTL and not REFRESH-INTERVAL, and
  takes a day from `VALUE=DATE` with an exclusive end. METHOD would make of each event an invitation
  to be answered: there is none. Old versions cannot open a file that came with `no-store`.
- Thunderbird keeps events by their UID and asks again with the ETag; an event whose UID changes is
  there twice.

No zone is named: a deadline is a day, wherever it is read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, Timezone, TimezoneStandard, vDuration, vText

from verification import newsroom
from verification.domain.outcomes import Outcome
from verification.emails.base import absolute, language_of
from verification.emails.reminders import sources_in_words
from verification.models import Beat, Claim
from verification.pages.http import asked
from verification.services import diary
from verification.templatetags.borneout import deadline_full

#: How soon a calendar is asked to look again.
LOOK_AGAIN = timedelta(hours=1)
#: How many seconds an answer may be a little old. With the ETag, asking again is cheap.
MAX_AGE = 300


@require_safe
def deadlines(request: HttpRequest) -> HttpResponseBase:
    """The deadlines of the public claims; `?beat=` for those of one beat."""
    now = timezone.now()
    beat = _beat(asked(request, "beat"))
    claims = diary.of_everybody(today=newsroom.day(now), now=now, beat=beat)
    with translation.override(settings.LANGUAGE_CODE):
        name = _("%(site)s: deadlines") % {"site": settings.SITE_NAME}
        body = _calendar(claims, f"{name} ({beat})" if beat else name, on_desk=False)
    response = _response(request, body, settings.LANGUAGE_CODE)
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response


@require_safe
def own_deadlines(request: HttpRequest, token: str) -> HttpResponseBase:
    """A user's own deadlines, internal claims included: the address is secret and opens them."""
    user = diary.user_of(token)
    if user is None:
        raise Http404("This address of a diary was replaced, or never was one.")
    now = timezone.now()
    claims = diary.of_user(user=user, today=newsroom.day(now), now=now)
    with translation.override(language_of(user)):
        name = _("%(site)s: my deadlines") % {"site": settings.SITE_NAME}
        body = _calendar(claims, name, on_desk=True)
    response = _response(request, body, language_of(user))
    # For the calendar that asks and for nobody in between; see above for `no-store`.
    response["Cache-Control"] = f"private, max-age={MAX_AGE}"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _beat(slug: str) -> Beat | None:
    """The beat of this slug, if it has anything to read. Raises Http404."""
    if not slug:
        return None
    readable = Claim.objects.public().filter(beat=OuterRef("pk"))
    return get_object_or_404(Beat, Exists(readable), slug=slug)


def _response(request: HttpRequest, body: bytes, language: str) -> HttpResponseBase:
    """The diary, or 304 where the reader has it already."""
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    response["Content-Language"] = language
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


# --- The format -----------------------------------------------------------------------------------


def _calendar(claims: Sequence[Claim], name: str, *, on_desk: bool) -> bytes:
    """The diary, in the language that is active; nothing in it says when it was asked for."""
    calendar = Calendar()
    calendar.add("prodid", "-//Borne Out//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # The old name is the one that calendars know; the new one is the standard's (RFC 7986).
    # As texts, said outright: the library escapes neither by itself.
    calendar["name"] = calendar["x-wr-calname"] = vText(_plain(name))
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(LOOK_AGAIN).to_ical().decode())
    changed = diary.changed_at(claims)
    for claim in claims:
        calendar.add_component(_event(claim, changed[claim.pk], on_desk=on_desk))
    if not claims:
        calendar.add_component(_nothing())
    return bytes(calendar.to_ical())


def _event(claim: Claim, changed: datetime, *, on_desk: bool) -> Event:
    """One deadline: a whole day that blocks nobody's time."""
    path = (
        reverse("admin:verification_claim_change", args=[claim.pk])
        if on_desk
        else claim.get_absolute_url()
    )
    event = Event()
    event.add("uid", f"{claim.slug}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", claim.version)
    event.add("dtstart", claim.deadline)
    event.add("dtend", _next_day(claim.deadline))
    event.add("summary", _summary(claim))
    event.add("description", _description(claim, absolute(path)))
    event.add("url", absolute(path))
    event.add("categories", [_plain(claim.beat.name)])
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if claim.outcome == Outcome.VOID else "CONFIRMED")
    if not claim.public:
        # Calendars that are shared with others keep the words of such an event back.
        event.add("class", "PRIVATE")
    return event


def _next_day(day: date) -> date:
    """DTEND, which is exclusive. The last day that there is has none after it."""
    return day if day == date.max else day + timedelta(days=1)


def _summary(claim: Claim) -> str:
    if not claim.outcome:
        return _plain(claim.statement)
    return _plain(f"{claim.get_outcome_display().capitalize()} – {claim.statement}")


def _description(claim: Claim, url: str) -> str:
    origins, relays = sources_in_words(claim)
    parts = [
        _("Deadline: %(words)s") % {"words": deadline_full(claim)},
        _("Reported by: %(sources)s") % {"sources": origins},
    ]
    if relays:
        parts.append(_("Passed on by: %(sources)s") % {"sources": relays})
    if claim.criteria:
        parts.append(_("Criteria: %(criteria)s") % {"criteria": claim.criteria})
    return _plain("\n".join([*parts, url]))


def _nothing() -> Timezone:
    """What an empty diary holds, since RFC 5545 wants at least one component: UTC's definition."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Etc/UTC")
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001  (local time, says RFC 5545)
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    zone.add_component(standard)
    return zone


def _plain(text: str) -> str:
    """The text with LF for its line ends and without control characters, which RFC 5545 forbids."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"}
    )
