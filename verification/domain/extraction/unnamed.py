"""Who is unnamed for all the names around them: "sources in the Justice Party".

The party is whose they are, and not who says so; nor is a country that a rumour comes from.
"""

from __future__ import annotations

import re

from verification.domain.extraction.text import words

# "Sources in the ruling Justice Party", "an anonymous White House official": of somebody's, and
# unnamed all the same. A spokesman speaks for the house.
_UNNAMED = re.compile(
    r"(?:(?:des?|les|plusieurs|deux|trois|quatre|une?|several|some|many|two|three|four|five|six|a|"
    r"an|"
    r"one|senior|multiple|unnamed|anonymous|(?:an?|une?|autre|other|another|second|"
    r"third) \w+) ){0,3}"
    r"(?:(?:sources?|insiders?|aides?|people|staff|those|proches)(?: \w+)? "
    r"(?:in|at|within|inside|near|close|familiar|au sein|proches?|à|au|chez|de|d'|du|des)\b"
    r"|(?:officials?|responsables?|cadres?|dirigeants?|diplomates?|executives?|employees|salariés|"
    r"conseillers?|élus?|députés?|membres?|ténors?|fidèles?|lieutenants?|soutiens?|familiers?|"
    r"collaborat(?:eur|rice)s?) (?:at|in|from|of|de|du|des|d'|à|chez|au) ?)"
    r"|(?:an?|one|two|three|several|some|senior|multiple) (?:\w+ ){0,2}?(?:[A-Z][\w'.&-]+ ){1,4}"
    r"(?:officials?|sources?|aides?|insiders?|executives?|advis[eo]rs?|diplomats?|staffers?|"
    r"employees?|figures?|members?|backbenchers?|strategists?|negotiators?|"
    r"lawmakers?|ministers?)$"
    # "Plusieurs commerçants de la Grand-Rue".
    r"|(?-i:(?:[Pp]lusieurs|[Cc]ertaine?s|[Dd]eux|[Tt]rois|[Qq]uelques|[Dd]es|[Uu]ne? (?:poignée|"
    r"dizaine) de) "
    r"(?!(?:analyst|économist|expert|journalist|confrère|syndicat|association|média|site|quotidien|"
    r"journ|agence|organisation|banque|cabinet|ministre|société|entreprise|groupe|club|fonds)\w*)"
    r"[a-zà-ÿ-]{3,}s (?:[a-zà-ÿ-]+s )?(?:de |du |des |d'|à |au |aux |chez ))"
    # "A maker of parts in Vietnam": somebody there, and not Vietnam.
    r"|(?-i:(?:[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal|[Ss]ome) "
    r"(?:(?!spokes|representative|statement|report|note|post|memo|letter|filing|survey|poll|study|"
    r"document|judge|court|lawyer|attorney|agent|panel|group|coalition|union|story|article|piece|"
    r"notice|email|release|analysis|review|tribunal|jury|committee)[a-z-]+ ){1,4}"
    r"(?:of|in|at|for|from|with|inside|within|near|on) )"
    r"|(?-i:(?:[A-Z][\w'.&-]+ ){1,4}(?:sources|officials|aides|insiders|lawmakers|diplomats|"
    r"advis[eo]rs|allies|associates|staffers))$",
    re.IGNORECASE,
)
_RUMOUR = re.compile(
    r"(?:the |a |an |un |une |some )?(?:\w+ ){0,2}(?:reports?|rumou?rs?|leaks?|rapports?|rumeurs?|"
    r"fuites?) "
    r"(?:from|out of|in|de|venue?s? de|en provenance de) ",
    re.IGNORECASE,
)
_LANDS = frozenset(
    (
        *words(
            "China Chine Korea Corée Japan Japon Taiwan Taïwan India Inde Germany Allemagne Italy "
            "Italie Spain Espagne England Angleterre France Brazil Brésil Portugal Turkey Turquie "
            "Asia Asie Europe America Vietnam Russia Russie"
        ),
        "South Korea",
        "Corée du Sud",
        "United States",
        "États-Unis",
        "Saudi Arabia",
        "Hong Kong",
    )
)


def is_unnamed(said: str, proper: tuple[str, ...]) -> bool:
    """Whether some words are for people without a name, or for a rumour of a whole country's."""
    if _UNNAMED.match(said):
        return True
    return bool(proper) and is_land(proper[-1]) and _RUMOUR.match(said) is not None


def is_land(name: str) -> bool:
    """Whether a name is a country's, from which a rumour comes."""
    return name in _LANDS
