"""What stands around a sentence of an article, and the core of it that is weighed."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: What the column for a claim's statement holds.
STATEMENT_MAX = 500

_DATELINE = re.compile(
    r"^(?:[Pp]ar "
    r"[A-ZÀ-Þ][\w'-]+(?: "
    r"[A-ZÀ-Þ][\w'-]+){1,2} "
    r"(?=[A-Z]{3}))?(?:[A-ZÀ-Þ][\wÀ-ÿ' .,/\[\]-]{1,50}?,? ?)?(?:[A-Z][a-z]{2,8}\.? \d{1,2},? ?|"
    r"\d{1,2} [a-zéû]{3,9}\.? ?)?(?:\d{4} ?)?"
    r"\((?P<agency>Reuters|AFP|AP|Bloomberg|Belga|dpa|DPA|ANSA|EFE|Xinhua|PA|Dow Jones|APM|ATS|"
    r"ANI|PTI|IANS|Agence Europe|APS|MAP|AWP|awp|awp/[a-z/]{2,12}|UPI|TASS|Yonhap|Kyodo|CP|"
    r"Zonebourse|[A-Z]{2,5}(?=\)\s*[-–—:]))\)"
    r"\s*(?:[-–—]{1,2}|:)?\s*"
)
# "LONDON, July 5 ", or no more than the day.
_PLACED = re.compile(
    r"^(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)\.? \d{1,2} (?=[A-Z])|"
    r"^[A-ZÀ-Þ]{3,}[A-ZÀ-Þ/ .-]{0,40},? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|"
    r"\d{1,2} [a-zéû]{3,9})(?: [-–—]+)? "
)
#: Agencies whose copy others print, and say so.
WIRES = frozenset(
    {"Reuters", "AFP", "AP", "Bloomberg", "Belga", "ANSA", "EFE", "Xinhua", "PA", "ATS"}
)
_SIGNED = re.compile(
    r"\((?:© ?)?(?P<wire>Reuters|AFP|AP|Bloomberg|Belga|ANSA|EFE|"
    r"ATS)(?: / [^()\n]{0,40})?\)[\s.]*\Z"
    r"|\n[\s—–-]*(?P<line>Reuters|AFP|Bloomberg|Belga|ATS)[\s.]*\Z"
    r"|(?:\n|[.»\"] )\(?Source ?: (?P<source>Reuters|AFP|Bloomberg|Belga)\b"
    r"|(?P<desk>\n\(?(?:Reporting|Writing|Additional reporting) by [^\n]{2,300}?[Ee]diting by)"
)
# A line at the top, below the headline at most, that has the agency alone.
_BYLINE = re.compile(
    r"(?:[^\n]{1,200}\n\s*)?(?:By |From )?"
    r"(?P<wire>(?i:Reuters|AFP|Bloomberg|Belga|ANSA|EFE|Xinhua))"
    r"(?: News)?(?:(?:, | and | / )(?i:Reuters|AFP|AP|Bloomberg|dpa))?[ .]*\n"
)
#: Characters of the end of a text in which it is signed.
_END = 600

CONNECTIVE = re.compile(
    r"^[\s,;:–—-]*(?:(?:de (?:son|leur) côté|par ailleurs|en outre|en revanche|toutefois|cependant|"
    r"néanmoins|enfin|ensuite|pour sa part|dans le même temps|pendant ce temps|en parallèle|"
    r"résultat|"
    r"ainsi|d'ailleurs|de plus|en effet|mieux|surtout|autre information|toujours est-il que|"
    r"separately|meanwhile|however|also|in addition|additionally|moreover|furthermore|still|"
    r"elsewhere|for (?:its|his|her|their) part|in the meantime|and|but|mais|et|or|car|or)\b"
    r"(?=[\s,:])[\s,:]*)+",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(r"^[\s,;:»)–—-]*(?:que\b|qu'|that\b)?[\s,;:»)–—-]*")
_TRAILING = re.compile(
    r"(?:[\s,;:«(–—-]|\b(?:et|and|mais|but|qui|which|as|comme|qu'|que|that|avec)(?=\s*$))+$"
)
_ANONYMITY = re.compile(
    r",? (?:(?:while |who )?ask(?:ing|ed) not to be (?:identified|named)|"
    r"who (?:declined|requested)|speaking on condition|on condition of anonymity|"
    r"(?:qui )?(?:requérant|requiert|réclamant) l'|s'exprimant sous|"
    r"sous (?:couvert|condition) d)[^,.;]*",
)
_SPACES = re.compile(r"\s+([,.])(?=\s|$)|\s{2,}|(?:,\s*){2,}")


def dateline(sentence: str) -> tuple[int, str | None]:
    """Where the sentence proper begins, and the agency that its dateline names."""
    match = _DATELINE.match(sentence)
    if match:
        return match.end(), match["agency"]
    place = _PLACED.match(sentence)
    return (place.end(), None) if place else (0, None)


def signed(text: str) -> str | None:
    """The agency whose copy a text is, by its beginning or its end; None where it does not say."""
    top = _BYLINE.match(text)
    if top is not None:
        return next(wire for wire in WIRES if wire.lower() == top["wire"].lower())
    end = _SIGNED.search(text, max(0, len(text) - _END))
    if end is None:
        return None
    # Whoever is reporting, writing and editing by name does so for Reuters.
    return end["wire"] or end["line"] or end["source"] or "Reuters"


def core_of(sentence: str, begin: int, without: Iterable[tuple[int, int]]) -> str:
    """The words of a sentence from ``begin`` on that are weighed: without some stretches."""
    pieces: list[str] = []
    place = begin
    for start, end in sorted(without):
        if start > place:
            pieces.append(sentence[place:start])
        place = max(place, end)
    pieces.append(sentence[place:])
    pieces = [_ANONYMITY.sub("", piece) for piece in pieces]
    text = " ".join(piece for piece in (_joined(piece) for piece in pieces) if piece)
    text = _TRAILING.sub("", text.rstrip(" .!?…"))
    text = _LEFT_OVER.sub("", CONNECTIVE.sub("", _LEFT_OVER.sub("", text)))
    text = _balanced(_SPACES.sub(_tidy, text)).strip()
    if len(text) >= STATEMENT_MAX:
        text = text[: STATEMENT_MAX - 2].rsplit(" ", 1)[0] + "…"
        return text[:1].upper() + text[1:]
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _joined(piece: str) -> str:
    return piece.strip(" ")


def _tidy(match: re.Match[str]) -> str:
    return match[1] or (", " if "," in match[0] else " ")


def _balanced(text: str) -> str:
    """Without the quotation mark whose partner went with the credit."""
    if text.count('"') % 2:
        text = (
            text.replace('"', "", 1)
            if text.startswith('"')
            else text[::-1].replace('"', "", 1)[::-1]
        )
    if text.count("«") > text.count("»"):
        text = (
            text.replace("« ", "", 1).replace("«", "", 1) if text.startswith("«") else text + " »"
        )
    elif text.count("»") > text.count("«"):
        text = text.replace(" »", "", 1).replace("»", "", 1)
    return text
