"""Whose page an article is: by its address, and by whom the article credits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from verification.domain import hosts, names, publishers
from verification.domain.extraction import Candidate
from verification.domain.extraction.outlets import of_site
from verification.models import Source, SourceAlias
from verification.services import sourcematch

#: What a site's name may begin with that the key of a source goes without.
_ARTICLES = ("the", "les", "le", "la", "l")


def at(url: str) -> str:
    """The name of whoever publishes at an address: a source's, a known outlet's, or the site's own.

    Empty on a platform, where the address does not tell. Takes at most three queries.
    """
    source = sourcematch.source_at(url)
    if source:
        return source.name
    found = hosts.domains_of(url)
    if not found:
        return ""
    site = hosts.readable(found[-1])
    return _called_after(site) or of_site(site.split(".")[0]) or site


def settled(
    outlet: str, candidates: Sequence[Candidate], *, among_sources: bool
) -> tuple[str, tuple[Candidate, ...]]:
    """The outlet and the candidates with one name for the outlet, whatever the text calls it.

    So that a page which speaks of itself is no relay of itself. `among_sources`: the names of all
    sources are looked at as well, which takes two queries.
    """
    credited = dict.fromkeys(name for one in candidates for name in one.sources)
    if not outlet or not credited:
        return outlet, tuple(candidates)
    known = sourcematch.match([outlet, *credited]) if among_sources else {}
    own = known.get(outlet)
    called = {
        name
        for name in credited
        if (own is not None and known.get(name) == own) or publishers.same(name, outlet)
    }
    if not called:
        return outlet, tuple(candidates)
    # A name that people use goes before a site's.
    name = own.name if own else outlet if outlet in called else min(called, key=len)
    return name, tuple(
        replace(one, sources=_once(name if said in called else said for said in one.sources))
        for one in candidates
    )


def _once(said: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said))


def _called_after(site: str) -> str:
    """The source after which a site is called, where there is one such."""
    label = names.folded(site.split(".")[0])
    keys = {label} | {
        label.removeprefix(article) for article in _ARTICLES if label.startswith(article)
    }
    own = Source.objects.filter(key__in=keys).select_related("merged_into")
    others = SourceAlias.objects.filter(key__in=keys).select_related("source__merged_into")
    found = {
        (source.merged_into or source).name
        for name, source in (
            *((row.name, row) for row in own),
            *((row.name, row.source) for row in others),
        )
        if hosts.called_after(site, name)
    }
    return found.pop() if len(found) == 1 else ""
