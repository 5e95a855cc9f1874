"""Which source a name or an address means.

A name is looked for among the names of the sources and their aliases; a merged source leads to the
one that stays. Of those that fit, the one spelled most alike is meant: as it is written, then
without case, accents and signs, then without a leading article; a name goes before an alias. Where
two sources fit equally well nobody can tell, and neither is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from verification.domain import hosts, names, outletnames
from verification.domain.words import words
from verification.models import Source, SourceAlias, SourceDomain
from verification.services.drafts import one_line

#: Names that are asked for in one query; SQLite takes some 30,000 parameters.
_CHUNK = 5_000
#: Letters with which a name that is meant begins as well, most likely; for one of a few letters,
#: which may be the initials of several words, the first is all that they have in common.
_BEGINNING, _INITIALS_MAX = 3, 5
#: Names that are weighed for a suggestion.
_WEIGHED = 500
#: Letters of a word that says something.
_TELLING = 4
#: Names that are less alike are not taken for one another.
_ALIKE = 0.6
#: How alike the one must be that is told unasked: a name that is a letter or two from another.
_A_SLIP = 0.7
#: What initials are worth: more than a likeness by chance, less than a slip of the keyboard.
_BY_INITIALS = 0.8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A source that may be meant: by which of its names, and how alike that is, from 0 to 1."""

    source: Source
    name: str
    likeness: float


def find(name: str) -> list[Source]:
    """The sources that a slug or name fits best: one that is meant, none, or several to choose of.

    A host that is no name, "eurogamer.net", means the source whose domain it is on. Takes two
    queries, and one more for such hosts.
    """
    return _found([name])[name]


def match(given: Iterable[str]) -> dict[str, Source]:
    """The source for each slug or name, by the text as given; without those that mean none.

    Takes two queries for any number of names up to some thousands.
    """
    asked = list(dict.fromkeys(given))
    matched: dict[str, Source] = {}
    for start in range(0, len(asked), _CHUNK):
        for name, fits in _found(asked[start : start + _CHUNK]).items():
            if len(fits) == 1:
                matched[name] = fits[0]
    return matched


def source_at(url: str) -> Source | None:
    """The source that publishes at an address, by the longest of its domains; none on a platform.

    Takes one query.
    """
    candidates = hosts.domains_of(url)
    if not candidates:
        return None
    rows = SourceDomain.objects.filter(domain__in=candidates)
    longest = max(
        rows.select_related("source__merged_into"), key=lambda row: len(row.domain), default=None
    )
    return (longest.source.merged_into or longest.source) if longest else None


def suggest_sources(name: str, limit: int = 3) -> list[Suggestion]:
    """Sources that may be meant by a name that fits none, the most alike first.

    Looks, by an index, at the names and aliases that begin alike or are its initials; only where
    none of them is like it, at those that hold its longest word. They are weighed by the letters
    that they have in common in the same order, or by their initials ("NYT").

    A name by which an outlet is known everywhere is no slip of another's, however near the letters
    are (AFP and AP): for it only those that mean the same outlet are suggested.
    """
    asked = names.bare(one_line(name).replace("\0", ""))
    if not asked or limit < 1:
        return []
    begun = asked[: 1 if len(asked) <= _INITIALS_MAX else _BEGINNING]
    found = _weighed(name, asked, Q(key__startswith=begun) | Q(key=names.initials(name)))
    longest = max(words(name), key=len, default="")
    if not found and len(longest) >= _TELLING:
        found = _weighed(name, asked, Q(key__contains=longest))
    best = sorted(found.items(), key=lambda item: (-item[1][0], item[1][1]))[:limit]
    rows = Source.objects.in_bulk([pk for pk, _weight in best])
    return [Suggestion(rows[pk], called, likeness) for pk, (likeness, called) in best]


def near(name: str) -> Suggestion | None:
    """The source that is most likely meant by a name that fits none, where one is like it.

    An outlet that everybody knows by this name is no slip of another's: it can only be the same one
    by another name.
    """
    well_known = outletnames.is_well_known(name)
    for one in suggest_sources(name):
        if outletnames.same_outlet(name, one.source.name):
            return one
        if not well_known and one.likeness >= _A_SLIP:
            return one
    return None


def _weighed(name: str, asked: str, near: Q) -> dict[int, tuple[float, str]]:
    """By the key of a source: how like the name the likest of its own is, and which that is."""
    own = Source.objects.filter(near).order_by("key", "pk")
    aliases = SourceAlias.objects.filter(near).order_by("key", "pk")
    rows = [
        *own.values_list("pk", "merged_into", "name", "key")[:_WEIGHED],
        *aliases.values_list("source", "source__merged_into", "name", "key")[:_WEIGHED],
    ]
    best: dict[int, tuple[float, str]] = {}
    known = outletnames.is_well_known(name)
    for pk, merged_into, called, key in rows:
        if known and not outletnames.same_outlet(name, called):
            continue
        likeness = names.likeness(asked, key)
        if asked == names.initials(called) or key == names.initials(name):
            likeness = max(likeness, _BY_INITIALS)
        kept = best.get(merged_into or pk, (0.0, ""))
        if likeness >= max(_ALIKE, kept[0]):
            best[merged_into or pk] = (likeness, called)
    return best


def _found(given: list[str]) -> dict[str, list[Source]]:
    """The best fits for each text."""
    lines = {name: one_line(name).replace("\0", "") for name in given}
    keys = {line: names.bare(line) for line in lines.values() if line}
    if not keys:
        return {name: [] for name in given}
    by_slug: dict[str, Source] = {}
    by_key: dict[str, list[tuple[str, int, Source]]] = defaultdict(list)
    wanted = set(keys.values())
    sources = Source.objects.filter(Q(slug__in=keys) | Q(key__in=wanted))
    for source in sources.select_related("merged_into"):
        by_slug[source.slug] = source.merged_into or source
        by_key[source.key].append((source.name, 0, source.merged_into or source))
    aliases = SourceAlias.objects.filter(key__in=wanted)
    for alias in aliases.select_related("source__merged_into"):
        by_key[alias.key].append((alias.name, 1, alias.source.merged_into or alias.source))
    found = {
        name: [by_slug[line]]
        if line in by_slug
        else list(_best(line, by_key[keys[line]] if line else []))
        for name, line in lines.items()
    }
    return found | _by_domain([name for name, fits in found.items() if not fits])


def _by_domain(given: list[str]) -> dict[str, list[Source]]:
    """The source for each text that is a host on a domain of its own."""
    asked = {name: hosts.domains_of(name) for name in given if "." in name}
    wanted = {domain for candidates in asked.values() for domain in candidates}
    if not wanted:
        return {}
    rows = SourceDomain.objects.filter(domain__in=wanted).select_related("source__merged_into")
    owners = {row.domain: row.source.merged_into or row.source for row in rows}
    return {
        name: [owners[longest]]
        for name, candidates in asked.items()
        if (longest := next((one for one in candidates if one in owners), ""))
    }


def _best(asked: str, fits: list[tuple[str, int, Source]]) -> Iterator[Source]:
    """Of names with their sources, the sources of those that are spelled most alike, each once."""
    ranked = [(_distance(asked, called), place, source) for called, place, source in fits]
    nearest = min((rank[:2] for rank in ranked), default=None)
    seen = set()
    for distance, place, source in ranked:
        if (distance, place) == nearest and source.pk not in seen:
            seen.add(source.pk)
            yield source


def _distance(asked: str, called: str) -> int:
    """How differently two names of one key are spelled."""
    if asked == called:
        return 0
    if asked.casefold() == called.casefold():
        return 1
    if names.folded(asked) == names.folded(called):
        return 2
    return 3 if names.same(asked, called) else 4
