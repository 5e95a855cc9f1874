"""Which of those credited before are meant by what they are: "the paper", "l'agence".

A report that one outlet relays of another has two names; "the newspaper added" is one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from verification.domain.extraction.outlet_words import is_shaped
from verification.domain.extraction.outlets import KNOWN_REPORTERS, key_of, known_outlets
from verification.domain.extraction.text import words

_AGENCIES = frozenset(
    key_of(name)
    for name in (
        *words(
            "Reuters AFP Bloomberg DPA ANSA EFE Kyodo Jiji Xinhua TASS Belga Yonhap ATS APA PTI"
        ),
        "Associated Press",
        "PA Media",
        "Press Association",
        "Dow Jones Newswires",
    )
)
_ON_AIR = re.compile(
    r"\b(?:TV|BBC|CNN|CNBC|NBC|CBS|ABC|Fox|Sky|ITV|NPR|MSNBC|RTL|RMC|TF1|M6|LCI|CNews|ARD|ZDF|RAI|"
    r"RTBF|RTS|NHK|Radio|Channel \d|France (?:\d|Inter|Info|Culture|Bleu)|Franceinfo|Europe 1|"
    r"Al Jazeera|Euronews|Canal\+|beIN|Cadena|ESPN|Eurosport)(?!\w)|BFM"
)
_AGENCY = re.compile(r"\b(?:agence|agency|newswire|wire)\b", re.IGNORECASE)
_PRINTED = re.compile(
    r"\b(?:quotidien|journal|hebdomadaire|hebdo|mensuel|tabloïd|newspaper|paper|daily|tabloid|"
    r"broadsheet|weekly)s?\b",
    re.IGNORECASE,
)
_BROADCAST = re.compile(
    r"\b(?:chaîne|radio|station|broadcaster|network|channel)s?\b", re.IGNORECASE
)
_PERSON = re.compile(
    r"\b(?:analyste?|insider|leaker|leakeur|tipster|journaliste?|reporter|chroniqueur)\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:les (?:deux |trois |mêmes )?(?:quotidiens|journaux|médias|sites|agences|chaînes)|"
    r"(?:the|both|these|those)(?: two| three)? (?:reports|newspapers|papers|outlets|agencies|"
    r"publications|sites|websites))\b",
    re.IGNORECASE,
)


# "A fourth source", "two of the people".
_BACK = re.compile(
    r"\b(?:an?|the) (?:second|third|fourth|fifth|sixth) (?:\w+ )?(?:sources?|person|people|"
    r"official)\b|"
    r"\b(?:one|two|three|some|both|all|most|several) of (?:the (?:\w+ )?(?:sources|people|persons|"
    r"officials|insiders)|them|these people)\b"
)


def several(said: str) -> bool:
    """Whether more than one of them is meant: "the reports", "les deux quotidiens"."""
    return _MANY.search(said) is not None


def meant(said: str, names: Sequence[str]) -> tuple[str, ...]:
    """Those of the names that can be called so; all of them where the words tell nothing."""
    fits = next((fits for pattern, fits in _KINDS if pattern.search(said)), None)
    return tuple(names) if fits is None else tuple(name for name in names if fits(name))


def means_outlet(said: str) -> bool:
    """Whether the words are for an outlet of some kind: "le quotidien", "l'agence"."""
    return any(kind.search(said) for kind in (_AGENCY, _BROADCAST, _PRINTED))


def means_somebody(said: str) -> bool:
    """Whether the words are for a person who reports: "le journaliste"."""
    return _PERSON.search(said) is not None


def back(text: str) -> bool:
    """Whether people without a name are some that the text has had: "one of the people said"."""
    return _BACK.search(text) is not None


def speaker(names: Sequence[str]) -> str | None:
    """Who spoke for themselves, of somebody and the outlet that they told; None where nobody did.

    A reporter who is named with their outlet reports.
    """
    first = names[0] if names else ""
    return first if is_person(first) and first not in KNOWN_REPORTERS else None


def is_outlet(name: str) -> bool:
    """Whether a name is an outlet's, by the list or by how it is made."""
    return is_shaped(name) or bool(known_outlets().find(name))


def is_person(name: str) -> bool:
    """Whether a name looks like somebody's, who is no outlet."""
    return " " in name and not is_outlet(name)


def _is_agency(name: str) -> bool:
    return key_of(name) in _AGENCIES


def _is_on_air(name: str) -> bool:
    return _ON_AIR.search(name) is not None


def _is_printed(name: str) -> bool:
    return not (_is_agency(name) or _is_on_air(name) or is_person(name))


_KINDS: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_AGENCY, _is_agency),
    (_PERSON, is_person),
    (_BROADCAST, _is_on_air),
    (_PRINTED, _is_printed),
)
