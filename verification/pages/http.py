"""What the pages have in common: how they are asked and how they may be kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

View = Callable[..., HttpResponse]
Refusal = Callable[[int, str], HttpResponse]

# A note from the views to the middleware below, which takes it off again.
_FOR_EVERYBODY = "X-For-Everybody"
#: A longer search than this is a slip of the clipboard.
ASKED_MAX = 200


def public_page(view: View) -> View:
    """A page that anyone may read: GET and HEAD only, one for each language, asked for anew."""
    kept = cache_control(private=True, no_cache=True)(view)
    return require_safe(vary_on_headers("Cookie", "Accept-Language")(kept))


def asked(request: HttpRequest, name: str) -> str:
    """One value of the address's query, trimmed; without NUL, which PostgreSQL refuses."""
    return " ".join(request.GET.get(name, "").replace("\0", "").split())[:ASKED_MAX]


# --- Answers that are the same for everybody ------------------------------------------------------


class UnusableError(ValueError):
    """The address asks for what cannot be; the text names the value and says what it takes."""


def refused_in_text(status: int, words: str) -> HttpResponse:
    """A refusal for programs: one line."""
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")


def same_for_everybody(
    *, seconds: int = 60, refused: Refusal = refused_in_text
) -> Callable[[View], View]:
    """What any site, program or cache may fetch and keep for `seconds`, whoever asks.

    GET and HEAD only. Nothing of the answer hangs on a cookie or on the reader's browser: its
    language is the newsroom's, or the one that `?lang=` names. It sets no cookie, carries an ETag
    and answers 304 to who has it. What is not there or cannot be is put into words by `refused`.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            language = settings.LANGUAGE_CODE
            try:
                language = asked_language(request)
                with translation.override(language):
                    response = view(request, *args, **kwargs)
            except Http404:
                with translation.override(language):
                    response = refused(404, _("There is nothing at this address."))
            except UnusableError as error:
                with translation.override(language):
                    response = refused(400, str(error))
            return _openly(request, response, language, seconds)

        return require_safe(answer)

    return decorate


def asked_language(request: HttpRequest) -> str:
    """The language that `?lang=` names (a region after it is left out), or the newsroom's own.

    Raises UnusableError for one that the site does not speak.
    """
    given = asked(request, "lang")
    if not given:
        return settings.LANGUAGE_CODE
    language = given.replace("_", "-").partition("-")[0].lower()
    spoken = [code for code, _name in settings.LANGUAGES]
    if language not in spoken:
        raise UnusableError(_("lang takes one of: %(codes)s.") % {"codes": ", ".join(spoken)})
    return language


def _openly(
    request: HttpRequest, response: HttpResponse, language: str, seconds: int
) -> HttpResponse:
    response.headers["Content-Language"] = language
    if response.status_code in (200, 304):
        patch_cache_control(response, public=True, max_age=seconds)
    else:
        # What is missing today may be published in a minute.
        patch_cache_control(response, no_cache=True)
    # Other sites put these answers into their pages, and nothing in them is anybody's own.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag"
    if response.status_code == 200:
        response.headers.setdefault("ETag", etag(response.content))
        # The dates of the feeds are told but not compared: a second has room for two verdicts.
        found = get_conditional_response(request, etag=response["ETag"], response=response)
        response = found or response
    response.headers[_FOR_EVERYBODY] = "1"
    return response


def etag(content: bytes) -> str:
    """The entity tag of a body."""
    return f'"{sha256(content).hexdigest()[:32]}"'


class ForEverybody:
    """Takes back `Vary` from the answers that hang on nothing but their address.

    The middleware of languages and sessions, inside this one, says of every answer that it may
    differ by header; a shared cache would then keep one copy for each browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with `Vary` only where it varies."""
        response = self.get_response(request)
        if response.headers.pop(_FOR_EVERYBODY, None):
            del response.headers["Vary"]
        return response
