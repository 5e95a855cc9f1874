"""The ledger for readers: what it proves, where it stands, and the whole of it as a file."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verification.models import LedgerEntry
from verification.pages.http import asked, public_page, refused_in_text
from verification.readers import unless_known
from verification.services import ledgerexport, publication

#: Entries in one answer; the link in its headers leads to those after them.
MOST = 10_000
#: For how many seconds a cache may keep the file. What a claim says is withheld from it once the
#: claim is internal, also where it was told before.
SECONDS = 60
#: Digits of the greatest number that a database has.
DIGITS = 18


@public_page
def ledger(request: HttpRequest) -> HttpResponse:
    """What the ledger is, its head, and how anyone can verify it."""
    head = LedgerEntry.objects.order_by("-number").only("number", "hash", "recorded_at").first()
    return render(request, "verification/ledger.html", {"head": head, "most": MOST})


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The ledger as JSON Lines, with what is not public withheld; `?after=` begins after an entry.

    At most `MOST` entries, and then a `Link` to the next ones. Streamed, in constant memory.
    """
    after = asked(request, "after") or "0"
    if not (after.isascii() and after.isdigit() and len(after) <= DIGITS):
        return refused_in_text(400, _("after takes the number of an entry, such as 1000."))
    version = publication.version()
    etag = sha256(repr((version, int(after))).encode()).hexdigest()[:32]
    response: HttpResponseBase = HttpResponse(headers=_headers(etag))
    if request.method == "GET":
        response = _known(request, etag) or StreamingHttpResponse(
            ledgerexport.lines(public=True, after=int(after), most=MOST), headers=_headers(etag)
        )
    last = LedgerEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    if last > int(after) + MOST:
        following = request.build_absolute_uri(
            f"{reverse('ledger-export')}?after={int(after) + MOST}"
        )
        response.headers["Link"] = f'<{following}>; rel="next"'
    patch_cache_control(response, public=True, max_age=SECONDS)
    return response


def _headers(etag: str) -> dict[str, str]:
    return {
        "Content-Type": "application/jsonl",
        "Content-Disposition": 'attachment; filename="ledger.jsonl"',
        "ETag": f'"{etag}"',
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }


def _known(request: HttpRequest, etag: str) -> HttpResponseBase | None:
    """304 where the reader has it."""
    known = unless_known(request, HttpResponse(headers=_headers(etag)))
    return known if known.status_code == 304 else None
