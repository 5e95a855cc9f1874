"""oEmbed 1.0: a pasted link to a page of ours becomes its widget in WordPress, Ghost and others."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from verification.domain.plain import plain_line
from verification.models import Claim
from verification.pages.http import UnusableError, asked, refused_in_text, same_for_everybody
from verification.pages.lookup import public_beat, standing_source
from verification.pages.standards.cards import HEIGHT as CARD_HEIGHT
from verification.pages.standards.cards import WIDTH as CARD_WIDTH
from verification.templatetags.embedding import WIDTH, Embed, of_claim, of_leaderboard, of_source

#: For how long, in seconds, a consumer may keep the answer: the frame in it is always new.
KEEP = 3_600
#: Longer than any address of ours.
URL_MAX = 1_000


@same_for_everybody(seconds=300)
def oembed(request: HttpRequest) -> HttpResponse:
    """The widget of the page `?url=`, as JSON; `?maxwidth=` and `?maxheight=` in pixels.

    404 for what is not ours, not public or not there; 501 for XML, which the format lets one leave
    out.
    """
    if asked(request, "format") not in ("", "json"):
        return refused_in_text(501, _("format takes json: there is no other here."))
    widest, highest = _limit(request, "maxwidth"), _limit(request, "maxheight")
    embed = found(request.GET.get("url", ""))
    width, height = min(widest or WIDTH, WIDTH), min(highest or embed.height, embed.height)
    language = get_language() or settings.LANGUAGE_CODE
    content = {
        "version": "1.0",
        "type": "rich",
        "title": plain_line(embed.title),
        "provider_name": settings.SITE_NAME,
        "provider_url": settings.SITE_URL,
        "cache_age": KEEP,
        "width": width,
        "height": height,
        "html": embed.iframe(width=width, height=height, language=language),
    }
    if embed.kind in ("claim", "source") and _fits(CARD_WIDTH, widest, CARD_HEIGHT, highest):
        card = reverse(f"card-{embed.kind}", args=[embed.of])
        content |= {
            "thumbnail_url": f"{settings.SITE_URL}{card}?{urlencode({'lang': language})}",
            "thumbnail_width": CARD_WIDTH,
            "thumbnail_height": CARD_HEIGHT,
        }
    return JsonResponse(content)


def found(url: str) -> Embed:
    """What the address of one of our pages shows. Raises Http404 where there is no widget of it."""
    try:
        given, ours = urlsplit(url[:URL_MAX].strip()), urlsplit(settings.SITE_URL)
        # A link that was pasted as http still is ours where the site has moved to https.
        if given.scheme not in ("http", "https") or given.netloc.lower() != ours.netloc.lower():
            raise Http404
        match = resolve(given.path.removeprefix(ours.path))
    except (ValueError, Resolver404) as error:
        raise Http404 from error
    slug = match.kwargs.get("slug", "")
    if match.url_name == "claim":
        return of_claim(get_object_or_404(Claim.objects.public(), slug=slug))
    if match.url_name == "source":
        return of_source(standing_source(slug))
    if match.url_name == "leaderboard":
        return of_leaderboard(public_beat(parse_qs(given.query).get("beat", [""])[0]))
    raise Http404


def _limit(request: HttpRequest, name: str) -> int | None:
    given = asked(request, name)
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and 0 < len(given) < 6 and int(given)):
        raise UnusableError(
            _("%(name)s takes a number of pixels, from 1 to 99999.") % {"name": name}
        )
    return int(given)


def _fits(width: int, widest: int | None, height: int, highest: int | None) -> bool:
    return width <= (widest or width) and height <= (highest or height)
