"""The pages that the links of a mail open: put off, hand over, move the deadline.

A GET only asks, since mail scanners follow links and run the scripts of what they find. The POST
acts in the name of the user whom the mail was written to, through the services, which ask what that
user may do. The signed token is all that allows it: nobody is signed in by it.
"""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from verification import newsroom
from verification.emails import links
from verification.emails.links import Action, Scope
from verification.models import Claim, User
from verification.pages.mail_forms import ExtendForm, HandOverForm, LinkForm, SnoozeForm
from verification.services.errors import Conflict

TEMPLATE = "verification/mail_link.html"
FORMS: dict[str, type[LinkForm]] = {
    "snooze": SnoozeForm,
    "hand-over": HandOverForm,
    "extend": ExtendForm,
}
#: Why a link does nothing (any more), and the answer's status.
REFUSED = {
    "invalid": 404,
    "expired": 410,
    "left": 403,
    "blind": 403,
    "decided": 409,
    "moved": 409,
    "handed": 409,
    "forbidden": 403,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_link(request: HttpRequest, action: str, token: str) -> HttpResponse:
    """The page of one link, in the language of whom it was sent to."""
    if action not in FORMS:
        raise Http404
    try:
        scope = links.scope_of(cast(Action, action), token)
    except signing.SignatureExpired:
        return _refusal(request, action, "expired")
    except signing.BadSignature:
        return _refusal(request, action, "invalid")
    user = User.objects.filter(pk=scope.user).first()
    claim = _claim(scope.claim)
    if user is None or claim is None:
        return _refusal(request, action, "invalid")
    language = user.language or translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        response = _answer(request, cast(Action, action), scope, claim, user)
    # Who reads it may have come with a browser of another language.
    response["Content-Language"] = language
    return response


def _claim(pk: int) -> Claim | None:
    return (
        Claim.objects.select_related("beat", "assignee", "logged_by", "verdict__decided_by")
        .prefetch_related("reports__source", "reports__via")
        .filter(pk=pk)
        .first()
    )


def why_not(action: Action, scope: Scope, claim: Claim, user: User) -> str:
    """Why the link does nothing for this user any more; empty where it does."""
    if not user.is_active:
        return "left"
    if not user.has_perm("verification.view_claim"):
        return "blind"
    if claim.outcome:
        return "decided"
    if claim.deadline != scope.deadline:
        return "moved"
    if scope.held and claim.holder_id != user.pk:
        return "handed"
    return "" if links.may(action, claim, user) else "forbidden"


def _answer(
    request: HttpRequest, action: Action, scope: Scope, claim: Claim, user: User
) -> HttpResponse:
    refused = why_not(action, scope, claim, user)
    if refused:
        return _refusal(request, action, refused, claim, user)
    about: dict[str, Any] = {"claim": claim, "user": user, "now": timezone.now()}
    if request.method != "POST":
        return _page(request, action, claim, user, form=FORMS[action](**about))
    form = FORMS[action](request.POST, **about)
    if not form.is_valid():
        return _page(request, action, claim, user, form=form)
    try:
        with transaction.atomic():
            done = form.act()
    except ValidationError as error:
        for name, problems in error.message_dict.items():
            for problem in problems:
                form.add_error(name if name in form.fields else None, problem)
        return _page(request, action, claim, user, form=form)
    except PermissionDenied:
        return _refusal(request, action, "forbidden", claim, user)
    except Conflict:
        return _conflict(request, action, scope, claim.pk, user)
    return _page(request, action, cast(Claim, _claim(claim.pk)), user, done=done)


def _conflict(
    request: HttpRequest, action: Action, scope: Scope, pk: int, user: User
) -> HttpResponse:
    """Somebody was quicker: what was typed is still in the form, which takes the new version."""
    claim = cast(Claim, _claim(pk))
    refused = why_not(action, scope, claim, user)
    if refused:
        return _refusal(request, action, refused, claim, user)
    data = request.POST.copy()
    data["version"] = str(claim.version)
    form = FORMS[action](data, claim=claim, user=user, now=timezone.now())
    return _page(request, action, claim, user, form=form, conflict=True, status=409)


def _refusal(
    request: HttpRequest,
    action: str,
    why: str,
    claim: Claim | None = None,
    user: User | None = None,
) -> HttpResponse:
    # Who may not see claims (any more) is shown none.
    shown = None if why in ("left", "blind") else claim
    return _page(request, action, shown, user, refused=why, status=REFUSED[why])


def _page(
    request: HttpRequest,
    action: str,
    claim: Claim | None,
    user: User | None,
    *,
    form: LinkForm | None = None,
    refused: str = "",
    done: str = "",
    conflict: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "action": action,
        "claim": claim,
        "person": user,
        "form": form,
        "refused": refused,
        "done": done,
        "conflict": conflict,
        "today": newsroom.day(timezone.now()),
        "holder": (claim.assignee or claim.logged_by) if claim else None,
        "desk_url": reverse("admin:verification_claim_change", args=[claim.pk])
        if claim
        else reverse("admin:index"),
    }
    response = render(request, TEMPLATE, context, status=status)
    # The address is a key: no other site is told of it. With "no-referrer" a browser would hide
    # from us as well where a form comes from, and Django refuses a form that comes from nowhere.
    response["Referrer-Policy"] = "same-origin" if form else "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
