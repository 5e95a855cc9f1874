"""What an address names, as far as readers may know of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from verification.models import Beat, Source
from verification.pages.claims import public_beats
from verification.pages.http import asked


def standing_source(slug: str) -> Source:
    """The source that readers may know of under this slug, or the one it was merged into.

    Raises Http404.
    """
    readable = Source.objects.readable().select_related("outlet")
    found = get_object_or_404(readable, slug=slug)
    if found.merged_into_id:
        # A merged source has no reports of its own that would say who may know of it.
        return get_object_or_404(readable, pk=found.merged_into_id)
    return found


def asked_beat(request: HttpRequest) -> Beat | None:
    """The beat that `?beat=` names, if any. Raises Http404 where nothing on it can be read."""
    return public_beat(asked(request, "beat"))


def public_beat(slug: str) -> Beat | None:
    """The beat of this slug, none for an empty one. Raises Http404 where it has nothing to read."""
    if not slug:
        return None
    for beat in public_beats():
        if beat.slug == slug:
            return beat
    raise Http404
