"""What the pages have in common: how they are asked and how they may be kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from verification.readers import is_anybody, kept_answer, unless_known

View = Callable[..., HttpResponse]
Refusal = Callable[[int, str], HttpResponse]

# A note from the views to the middleware below, which takes it off again.
_FOR_EVERYBODY = "X-For-Everybody"
#: A longer search than this is a slip of the clipboard.
ASKED_MAX = 200
#: Every parameter that a page reads. A page with any other one is answered as if it were not there,
#: but not kept, so that nobody can fill the memory with made-up addresses.
PARAMETERS = frozenset(
    {
        "after", "beat", "before", "from", "kind", "matured", "other", "period", "q", "source",
        "status", "to",
    }
)  # fmt: skip

#: What the address of a widget, a badge or a feed may say. One that says more is not kept.
WIDGET_PARAMETERS = frozenset({"accent", "beat", "lang", "source", "theme"})
#: The value of a form's token is the reader's own: a kept page has it empty. No text of a claim can
#: look like this, for in a text the quotation marks are escaped.
_TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*(?=")')
_NO_TOKEN = b'name="csrfmiddlewaretoken" value=""'


def public_page(view: View) -> Callable[..., HttpResponseBase]:
    """A page that anyone may read: GET and HEAD only, one for each language, asked for anew.

    For readers who are not signed in it is rendered once and kept while nothing changes.
    """
    rendered = vary_on_headers("Cookie", "Accept-Language")(
        cache_control(private=True, no_cache=True)(view)
    )

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_anybody(request) or not PARAMETERS.issuperset(request.GET):
            return rendered(request, *args, **kwargs)
        answer = kept_answer(request, lambda: _without_token(rendered(request, *args, **kwargs)))
        return _for_this_reader(request, answer)

    return require_safe(page)


def _without_token(response: HttpResponse) -> HttpResponse:
    if response.status_code == 200:
        response.content = _TOKEN.sub(rb"\1", response.content)
    return response


def _for_this_reader(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The page with the reader's own token in its forms, or 304."""
    if not isinstance(response, HttpResponse) or response.status_code != 200:
        return response
    if _NO_TOKEN in response.content:
        if settings.CSRF_COOKIE_NAME in request.COOKIES:
            # Only with its cookie does the token of the page that the reader has still hold.
            known = unless_known(request, response)
            if known is not response:
                return known
        token = b'name="csrfmiddlewaretoken" value="%s"' % get_token(request).encode()
        response.content = response.content.replace(_NO_TOKEN, token)
        return response
    return unless_known(request, response)


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
    *, seconds: int = 60, refused: Refusal = refused_in_text, kept: bool = False
) -> Callable[[View], View]:
    """What any site, program or cache may fetch and keep for `seconds`, whoever asks.

    GET and HEAD only. Nothing of the answer hangs on a cookie or on the reader's browser: its
    language is the newsroom's, or the one that `?lang=` names. It sets no cookie, carries an ETag
    and answers 304 to who has it. What is not there or cannot be is put into words by `refused`.
    One that is `kept` is rendered once, for as long as nothing changes.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            language = settings.LANGUAGE_CODE
            try:
                language = asked_language(request)
                with translation.override(language):
                    if kept and WIDGET_PARAMETERS.issuperset(request.GET):
                        answered = kept_answer(request, lambda: view(request, *args, **kwargs))
                        # What the view makes, or a copy of it.
                        response = cast(HttpResponse, answered)
                    else:
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
        response = cast(HttpResponse, unless_known(request, response))
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
