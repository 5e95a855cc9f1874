"""How a widget looks: its theme and its accent, as the page around it asks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from verification.domain import colours
from verification.pages.http import UnusableError, asked, same_for_everybody

THEMES = ("light", "dark")
#: The grounds of `tokens.css` on which a widget's links stand (its `--sheet`).
SHEETS = {"light": colours.parse("ffffff"), "dark": colours.parse("1f1e1b")}
_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Look:
    """`theme` empty: as the reader's system is. `accent` empty: the house colour."""

    theme: str
    accent: str


def asked_look(request: HttpRequest) -> Look:
    """The look that the address asks for. Raises UnusableError with the words for what it takes."""
    theme = asked(request, "theme")
    if theme not in ("", "auto", *THEMES):
        raise UnusableError(_("theme takes light, dark or auto."))
    accent = asked(request, "accent")
    try:
        chosen = colours.digits(colours.parse(accent)) if accent else settings.EMBED_ACCENT
    except ValueError as error:
        raise UnusableError(
            _("accent takes a colour as six hexadecimal digits, such as 1f4e79.")
        ) from error
    return Look(theme="" if theme == "auto" else theme, accent=chosen)


@same_for_everybody(seconds=_A_DAY)
def accent_css(request: HttpRequest, digits: str) -> HttpResponse:
    """The stylesheet of one accent: a strict policy takes no style from an attribute.

    The bar has the colour as it is; words have the nearest one that can be read on their ground.
    """
    if not re.fullmatch("[0-9a-f]{6}", digits):
        raise Http404
    colour = colours.parse(digits)
    light, dark = (colours.digits(colours.readable(colour, SHEETS[theme])) for theme in THEMES)
    return HttpResponse(
        f":root {{ --mark: #{digits}; --accent: #{light}; }}\n"
        "@media (prefers-color-scheme: dark) "
        f'{{ :root:not([data-theme="light"]) {{ --accent: #{dark}; }} }}\n'
        f':root[data-theme="dark"] {{ --accent: #{dark}; }}\n',
        content_type="text/css; charset=utf-8",
    )
