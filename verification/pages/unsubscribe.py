"""Ends the mails that a recipient may do without: the address in a mail's List-Unsubscribe."""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from verification.emails import links
from verification.models import User
from verification.services import preferences

TEMPLATE = "verification/unsubscribe.html"


# A mail program posts here by itself (RFC 8058), without a page and so without a CSRF token; the
# signed token in the address is what allows it, and all it allows.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET only asks, since mail scanners follow links; POST ends the mails."""
    try:
        pk, what = links.unsubscribing(token)
    except signing.BadSignature:
        return render(request, TEMPLATE, {"state": "invalid"}, status=404)
    user = get_object_or_404(User, pk=pk)
    if request.method != "POST":
        return render(request, TEMPLATE, {"state": "ask", "what": what})
    preferences.stop(user=user, what=what, now=timezone.now())
    return render(request, TEMPLATE, {"state": "done", "what": what})
