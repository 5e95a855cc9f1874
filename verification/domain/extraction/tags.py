"""What goes on behind a credit and still is only of who said so, where and when."""

from __future__ import annotations

import re

from verification.domain.extraction.finites import has_verb
from verification.domain.extraction.offices import OFFICE

#: Pieces between commas behind a credit that are looked at.
_PIECES = 6
# A comma within a number ends nothing.
_PIECE = re.compile(r"(?:[^,;—–()«\"]|,(?=\d)|(?<=\w)[—–](?=\w))*")
# ", « très inquiet »", which ends the sentence and speaks of whoever speaks.
_QUOTED_END = re.compile(r", (?:« ?[^«»]{1,40} ?»|\"[^\"]{1,40}\")(?=[.\s]*$)")
_BRACKETS = re.compile(r" ?\([^()]{1,60}\)")
_DAY = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|lundi|mardi|"
    r"mercredi|jeudi|vendredi|samedi|dimanche|hier|aujourd'hui|ce (?:lundi|mardi|mercredi|jeudi|"
    r"vendredi|samedi|dimanche|matin|soir)|last (?:week|month|night)|earlier|la veille)"
)
#: In what, and on what occasion, somebody says something.
_MEDIUM = (
    r"(?:interviews?|statements?|posts?|blog|notes?|reports?|emails?|letters?|memos?|filings?|press|"
    r"speech|tweets?|comments|remarks|messages?|videos?|podcast|newsletter|column|earnings|"
    r"conference|call|briefing|broadcast|programme|hearing|article|thread|"
    r"entretiens?|communiqués?|tribune|rapports?|lettre|billet|courriels?|vidéo|discours|"
    r"publication|chronique|déclaration|allocution|conférence|congrès|émission|matinale|point|"
    r"déplacement|audition|réunion|story|stories|enquête|dépêche|colonnes|marge|micro|antenne|"
    r"plateau|ondes|sidelines)"
)
_GOES_ON = re.compile(
    r"(?:qui|dont|who|whose|which|where|"
    r"(?:en |without |sans |while )?(?:citing|quoting|citant|citer|saying|adding|cautioning|"
    r"warning|noting|"
    r"stressing|asking|speaking|declining|requesting|granted|ajoutant|précisant|précisément|"
    r"confirmant|évoquant|soulignant|invoquant|s'appuyant|requérant|réclamant|s'exprimant)|"
    r"(?:jointe?s?|interrogée?s?|contactée?s?|invitée?s?|reached|asked|interviewed|quoted|"
    r"citée?s?|repris(?:e|es)?|relayée?s?|confirmée?s?|confirmed|first|later|both|all|tous|"
    r"toutes) ?(?=\w)|"
    r"(?:under|on) (?:the )?condition|sous (?:couvert|condition)|generally|généralement|"
    rf"(?:on |late |early )*{_DAY}\b|"
    rf"(?:dans|in|on|lors|à l'issue|en|au|aux|during|at|via|sur|from|after|après|with)\b"
    rf"(?:(?! (?:by|which|qui)\b)[^,]){{0,40}}?\b{_MEDIUM}\b|"
    r"(?:lors|à l'issue|en marge|au micro|auprès|devant) |"
    r"(?-i:(?:sur|on|à|à l'|au|aux|chez) ?[A-ZÀ-Þ]))",
    re.IGNORECASE,
)
# ", and a hire could come", ", by 2028", ", soit 3 %": said by whoever speaks.
_SAID = re.compile(
    r"(?:and|but|or|nor|so|yet|as|after|while|with|when|though|although|because|if|unless|since|"
    r"before|despite|amid|ahead|in|by|on|from|until|for|to|at|over|under|following|including|"
    r"et|mais|ou|car|donc|alors|tandis|après|avant|avec|sauf|si|puisque|parce|bien|malgré|contre|"
    r"soit|d'ici|en|dès|à|au|pour|sans|selon|notamment|dont|faute|le \d|\d|a (?:move|step|deal|"
    r"sum|sign)|une (?:décision|somme|première))\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?:that|it|he|she|they|we|there|the|an?|its|his|her|their|que|il|elle|ils|elles|le|la|les|"
    r"une?)\b|qu'|l'|[A-ZÀ-Þ]",
)
#: What an outlet or a teller is called, beside what OFFICE has.
_OUTLET = re.compile(
    r"\b(?:médias?|sites?|quotidien|journal|magazine|hebdomadaire|chaîne|radio|outlet|newspaper|"
    r"website|daily|broadcaster|insider|leaker|réputée?|spécialiste|proche|known|reliable)\b",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"(?:the|an?|its|his|her|their|this|that|le|la|l'|les|une?|des|son|sa|ses|leurs?|ce|cette|ces|"
    r"some|two|three|deux|trois|plusieurs|several)(?:\b|(?<='))"
)
# ", principal consultant at the firm", ", Yanis Brel".
_NAME = re.compile(r"(?:the |le |la |l')?[A-ZÀ-Þ]")


def behind(sentence: str, end: int, kept: list[tuple[int, int]], *, french: bool) -> int | None:
    """Where what belongs to a credit that ends at ``end`` is over, and what is said goes on.

    The credit comes after what is said, set off from it; none of the places ``kept`` is passed.
    None where it is followed at once by what somebody says there.
    """
    place = _PIECE.match(sentence, end).end()  # type: ignore[union-attr]
    first = sentence[end:place].strip()
    if _has(kept, end, place) or re.match(r"(?:and|but|et|mais)\b", first):
        return end
    if _CLAUSE.match(first) and has_verb(first.lower(), french=french):
        # "The FT says it may slip": that is said as well.
        return None
    alone = _QUOTED_END.match(sentence, place)
    if alone is not None and not _has(kept, *alone.span()):
        return alone.end()
    for _ in range(_PIECES):
        aside = _BRACKETS.match(sentence, place)
        if aside is not None and not _has(kept, *aside.span()):
            place = aside.end()
        if sentence[place : place + 1] != ",":
            break
        piece = _PIECE.match(sentence, place + 1)
        until = piece.end() if piece is not None else place
        words = sentence[place + 1 : until].strip()
        if _has(kept, place, until) or not is_of_saying(words, french=french):
            break
        place = until
    return place


def is_what_they_are(words: str) -> bool:
    """Whether a piece behind a name says what somebody is, or whom they cite, and is no subject."""
    if _GOES_ON.match(words):
        return True
    return (
        words[:1].islower()
        and not _DETERMINER.match(words)
        and any(pattern.search(words) for pattern in (OFFICE, _OUTLET))
    )


def is_of_saying(words: str, *, french: bool) -> bool:
    """Whether a piece between commas only goes on about who speaks: "qui cite", "on Friday"."""
    if _GOES_ON.match(words):
        return True
    if not words or has_verb(words.lower(), french=french) or _SAID.match(words):
        return not words
    return any(pattern.search(words) for pattern in (OFFICE, _OUTLET)) or bool(_NAME.match(words))


def _has(kept: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < until and begin < end for begin, until in kept)
