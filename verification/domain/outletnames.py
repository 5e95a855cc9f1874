"""Whether two names mean one outlet: "Eurogamer" and "eurogamer.net", "WSJ" and its full name.

Whose page an article is may be known by the page's own name, by what somebody typed, or by nothing
but its host, and the text that credits somebody writes the name in a way of its own. Names are one
where they are spelled alike (:mod:`verification.domain.names`), where both are known to be called
so, and where one is a host that says the other: its label before the public suffix, with or without
an article, in full ("lequipe.fr") or begun by initials ("wsj.com", "nytimes.com").
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from publicsuffixlist import PublicSuffixList

from verification.domain import hosts, names
from verification.domain.extraction.outlets import known_outlets, outlet_names
from verification.domain.words import words

#: Initials of fewer letters are too many names' to say one.
_INITIALS = 3
#: A host's label of so few letters may be an abbreviation that is known in capitals: "ft.com".
_ABBREVIATED = 4
#: Names that are words as well, which a host of that word need not mean.
_WORDS_TOO = frozenset(
    {
        *("sport", "metro", "record", "goal", "mint", "next", "time", "empire", "people", "union"),
        *("mirror", "sun", "times", "capital", "public", "express", "independent", "observer"),
        *("information", "hill", "fortune", "contexte", "collider"),
    }
)
_ARTICLES = ("the", "le", "la", "les", "l")


def same_outlet(one: str, other: str) -> bool:
    """Whether two names, one of them perhaps a host or an address, mean one outlet.

    Symmetrical, and deaf to case and accents. An empty name is nobody's.
    """
    if not names.folded(one) or not names.folded(other):
        return False
    if names.same(one, other):
        return True
    mine, yours = label_of(one), label_of(other)
    if mine and yours:
        return mine == yours and _registrable(one) == _registrable(other)
    if mine or yours:
        label, name = (mine, other) if mine else (yours, one)
        return label in _labels_of(name) or bool(_known(name) and _known(name) == _known(label))
    return bool(_known(one)) and _known(one) == _known(other)


def is_host(name: str) -> bool:
    """Whether a name is a host's or an address, and nothing that a newsroom calls itself."""
    return bool(label_of(name)) and name == name.casefold()


@lru_cache(maxsize=2048)
def label_of(name: str) -> str:
    """What a host says of its owner, "eurogamer" of "www.eurogamer.net"; nothing for a plain name.

    "Le Monde.fr" says "lemonde". A platform and a public suffix say nothing of anybody.
    """
    host = _registrable(name)
    return names.folded(hosts.readable(host.partition(".")[0])) if host else ""


def is_well_known(name: str) -> bool:
    """Whether an outlet is known by this name without being told."""
    return bool(_known(name))


def called(name: str, others: Iterable[str]) -> str:
    """How to call an outlet known by `name`: as itself, or if that is a host, as others do.

    That is, by the first of the `others` that means the same and is no host, or else by the name by
    which it is well known.
    """
    if not is_host(name):
        return name
    so_called = (one for one in others if not is_host(one) and same_outlet(one, name))
    return next(so_called, "") or _by_label().get(label_of(name), name)


def publisher_of(address: str) -> str:
    """The well-known outlet that publishes at an address; empty where it is nobody's that is known.

    As its host says it in full: "https://www.lemonde.fr/alpine" is Le Monde's.
    """
    label = label_of(address)
    return _by_label().get(label, "") if label else ""


@lru_cache(maxsize=2048)
def _registrable(name: str) -> str:
    joined = "".join(name.split())
    if "." not in joined.strip("."):
        return ""
    above = hosts.domains_of(joined)
    # A suffix that is on no list ("L. Tessier", "St. John") is no suffix.
    return above[-1] if above and _suffixes().publicsuffix(above[-1]) else ""


def _labels_of(name: str) -> set[str]:
    """What the host of an outlet that is called so may be, before its suffix."""
    full, bare, parts = names.folded(name), names.bare(name), words(name)
    labels = {full, bare}
    if not names.has_article(name):
        labels |= {article + full for article in _ARTICLES}
    for said in (parts, parts[1:] if names.has_article(name) else parts):
        for cut in range(2, len(said) + 1):
            begun = "".join(word[0] for word in said[:cut]) + "".join(said[cut:])
            if len(begun) >= _INITIALS:
                labels.add(begun)
    return labels


@lru_cache(maxsize=2048)
def _known(name: str) -> str:
    """What a well-known outlet goes by, folded, where the name is one of its own; else nothing."""
    for form in (name.strip(), name.strip().upper() if len(name.strip()) <= _ABBREVIATED else ""):
        found = known_outlets().find(form) if form else []
        if len(found) == 1 and names.bare(form[found[0].start : found[0].end]) == names.bare(form):
            return names.bare(found[0].name)
    return ""


@lru_cache(maxsize=1)
def _by_label() -> dict[str, str]:
    """The well-known outlets by what their hosts may say of them in full."""
    found: dict[str, str] = {}
    for name, aliases in outlet_names():
        for one in (name, *aliases):
            full = names.folded(one)
            found.setdefault(label_of(one) or full, name)
    return {label: name for label, name in found.items() if label not in _WORDS_TOO}


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    # Of hosts that are made up, or written with a point by chance, nothing is known.
    return PublicSuffixList(accept_unknown=False)
