"""From which country an outlet is said to be: "South Korea's ETNews" is "the Korean report"."""

from __future__ import annotations

import re

from verification.domain.extraction.text import words

# The names of each, in either language.
_LANDS = (
    "korea korean corée coréen coréenne sud-coréen sud-coréenne|japan japanese japon japonais "
    "japonaise|china chinese chine chinois chinoise|taiwan taiwanese taïwan taïwanais taïwanaise|"
    "india indian inde indien indienne|germany german allemagne allemand allemande|italy italian "
    "italie italien italienne|spain spanish espagne espagnol espagnole catalan catalane|france "
    "french "
    "français française|portugal portuguese portugais portugaise|brazil brazilian brésil brésilien "
    "brésilienne|turkey turkish turquie turc turque|america american us américain américaine|"
    "britain "
    "british england english uk britannique anglais anglaise|netherlands dutch néerlandais "
    "néerlandaise|belgium belgian belgique belge|switzerland swiss suisse|norway norwegian norvège "
    "norvégien norvégienne|sweden swedish suède suédois suédoise|denmark danish danemark danois "
    "danoise|greece greek grèce grec grecque|poland polish pologne polonais polonaise|russia "
    "russian "
    "russie russe|israel israeli israël israélien israélienne|mexico mexican mexique mexicain "
    "mexicaine|argentina argentine argentinian argentin|australia australian australie australien "
    "australienne|canada canadian canadien canadienne|ireland irish irlande irlandais irlandaise|"
    "nigeria nigerian nigérian nigériane|saudi saoudien saoudienne|austria austrian autriche "
    "autrichien"
)
_LAND_OF = {
    name: str(place) for place, names in enumerate(_LANDS.split("|")) for name in words(names)
}
_NAME = re.compile("(?<![\\w-])(?:" + "|".join(map(re.escape, _LAND_OF)) + r")(?!\w)")
#: Characters before an outlet's name, and behind it, in which its country stands.
_NEAR = 40


def land_of(text: str) -> str:
    """A key of the country that some words name last; empty where they name none."""
    found = _NAME.findall(text.lower())
    return _LAND_OF[found[-1]] if found else ""


def land_before(sentence: str, place: int) -> str:
    """The country that is named right before an outlet, in its own phrase."""
    before = sentence[max(0, place - _NEAR) : place]
    return land_of(re.split(r"[,.;:()\"«»]| (?:and|but|that|et|que) ", before)[-1])
