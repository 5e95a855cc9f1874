"""Whose page an article is, by one name.

A page has its outlet's name from what somebody typed, from itself, or from nothing but its address,
and its text credits people by names of its own. Where one of these is the outlet, it is called the
same everywhere: "eurogamer.net" that credits "Eurogamer" is one source, and relays nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from verification.domain import hosts, outletnames
from verification.domain.extraction import Candidate
from verification.models import Source, User
from verification.services import sourcematch
from verification.services.drafts import Checks, one_line


def outlet_of(*, outlet: str, url: str, actor: User | None) -> str:
    """The name that the newsroom has for the outlet of a page, else the one given, else nothing.

    Only of sources that the actor may know of; of all, where nobody asks but the server itself.
    """
    given = one_line(outlet)
    if given:
        known = _known([given], actor).get(given)
        return known.name if known else given
    found = sourcematch.source_at(url)
    return found.name if found is not None and _may_know(found, actor) else ""


def unified(
    candidates: Sequence[Candidate], *, outlet: str, url: str, actor: User | None, asked: bool
) -> tuple[str, tuple[Candidate, ...]]:
    """The outlet's one name, and the candidates that credit it by that name, each once.

    Without an `outlet` it is the host of the `url`, where that says anything of anybody. `asked` is
    whether the newsroom's sources are looked at: two that it keeps apart are two.
    """
    name = outlet or _host(url)
    if not name:
        return "", tuple(candidates)
    credited = dict.fromkeys(one for each in candidates for one in each.sources)
    alike = [one for one in credited if outletnames.same_outlet(one, name)]
    known = _known([name, *credited], actor) if asked else {}
    same = {
        one for one in alike if one not in known or name not in known or known[one] == known[name]
    } | {one for one in credited if one in known and known[one] == known.get(name)}
    called = known[name].name if name in known else _called(name, [*same], known)
    return called, tuple(
        replace(each, sources=tuple(dict.fromkeys(_as(called, same, one) for one in each.sources)))
        for each in candidates
    )


def check_apart(checks: Checks, *, source: str, via: str, field: str) -> None:
    """Refuses a source that would credit itself by another name, as a new source of that name.

    Two that the newsroom keeps apart may credit one another, however alike their names are.
    """
    if not outletnames.same_outlet(source, via) or one_line(source) == one_line(via):
        return
    known = sourcematch.match([source, via])
    if len(known) < 2:
        checks.add(
            field,
            _("“%(source)s” is “%(via)s” itself, which cannot credit itself: leave this out.")
            % {"source": one_line(source), "via": one_line(via)},
        )


def _as(called: str, same: Collection[str], name: str) -> str:
    return called if name in same else name


def _called(name: str, same: Iterable[str], known: dict[str, Source]) -> str:
    """How to call an outlet that the newsroom does not know by this name."""
    ours = next((known[one].name for one in same if one in known), "")
    return ours or outletnames.called(name, same)


def _known(given: Sequence[str], actor: User | None) -> dict[str, Source]:
    return {name: one for name, one in sourcematch.match(given).items() if _may_know(one, actor)}


def _may_know(source: Source, actor: User | None) -> bool:
    if actor is None or actor.has_perm("verification.view_claim"):
        return True
    return Source.objects.readable().filter(pk=source.pk).exists()


def _host(url: str) -> str:
    try:
        return hosts.readable(hosts.domain(url)) if url else ""
    except hosts.NotADomainError:
        return ""
