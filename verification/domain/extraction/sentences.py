"""Where the sentences are, and which lines of a page are none of the article's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verification.domain.extraction.text import words

#: A sentence that is longer is no prose: a table, a list of names, an attack. It is left out.
SENTENCE_MAX = 1200
#: A first line that is longer is no headline.
_HEADLINE_MAX = 200


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the plain text: its place, its paragraph, and whether it is a heading."""

    start: int
    end: int
    text: str
    paragraph: int
    heading: bool


# A line of a page that says nothing of the story.
_FURNITURE = re.compile(
    r"\s*(?:"
    r"(?:par|by) (?-i:[A-ZÀ-Ý][\w.'-]+(?: [A-ZÀ-Ý(][\w.'()-]*){1,6})(?:(?:,| et | and | [|–-]|"
    r"\|)[^.]{0,70})?$"
    r"|(?:crédits?|photos?|image|images|illustration|légende|credits?|picture|file photo|"
    r"caption)\b.{0,4}[:(©]"
    r"|(?:crédits?|photo|file) photos?\b|(?:photo|image)s? (?:by|credit|d'archives|d'illustration)"
    r"|©|\(c\) |copyright\b|getty images|all rights reserved|tous droits réservés"
    r"|(?:lire|voir|à lire|a lire|à voir|écouter|pour aller plus loin|sur le même sujet|dossier|"
    r"lisez)"
    r"\b(?: aussi| également| encore)?.{0,3}:|(?:à|a) lire (?:aussi|également)|(?:lire|"
    r"voir) (?:aussi|également)"
    r"|(?:read|see|watch|listen|also read|related|more|read more|see also|further reading|"
    r"don't miss)"
    r"(?: also| more| next| now)?(?: stories| articles| on this)? ?:|(?:read|see) (?:more|also)\b"
    r"|(?:sign up|subscribe|register|click|follow us|share this|join us|get the latest|"
    r"download our)\b"
    r"|(?:abonnez|inscrivez|retrouvez|suivez|partagez|partager|cliquez|téléchargez|recevez|"
    r"découvrez)\b"
    r"|(?:publicité|advertisement|sponsored|annonce|newsletter|cookies?|tags?|mots[- ]clés|"
    r"source)s? ?(?::|$)"
    r"|(?:continue reading|story continues|this article|cet article|ce contenu|with agencies|"
    r"avec afp)\b"
    r"|\((?:reporting|editing|writing|avec|additional reporting)\b|(?:reporting|editing|edited|"
    r"édité) (?:by|par)\b"
    r"|temps de lecture|\d+ min(?:utes)? (?:read|de lecture)|[\W\d_]*$"
    r")",
    re.IGNORECASE,
)
# When it was printed. The story may go on behind it, or begin like it: "Published on Tuesday, …".
_STAMP = re.compile(
    r"\s*(?:(?:publié|posté|mis en ligne|mis à jour|modifié|mise à jour|écrit|rédigé) "
    r"(?:le|par|à|ce|hier)|published|updated|last updated|posted|first published|last modified)\b",
    re.IGNORECASE,
)
#: Characters of a stamp that stands alone on its line, and of one that ends with a point.
_STAMP_LINE, _STAMP_SENTENCE = 160, 70
_LINE = re.compile(r"[^\n]+")
# A line that was cut by hand: its length at least, and how it ends.
_WRAPPED = 30
_MIDDLE = re.compile(r"[\w,)»”\"-]\s*\Z")
_BULLET = re.compile(r"\s*(?:[-*•–—▪►>#]+|\d{1,2}[.)])?\s*")
_ENDS = re.compile(r"""(?<![.!?…])[.!?…]++(?:\s?["»)\]]){0,4}(?=\s|$)|(?<=[.!?…]["»)])(?=\s|$)""")
# Words whose point ends no sentence, lower case.
_ABBREVIATIONS = frozenset(
    words(
        "m mm mme mmes mlle me mgr dr pr prof st ste mr mrs ms jr sr gen sen rep gov lt col "
        "sgt capt rev hon no nos nº vs v etc env cf p pp art fig vol ed éd al approx est inc "
        "corp ltd co cie bros dept janv févr avr juil sept oct nov déc jan feb mar apr jun "
        "jul aug sep dec mon tue wed thu fri sat sun u.s u.k u.n e.u d.c i.e e.g a.m p.m av "
        "bd tél"
    )
)
# After these an abbreviation ends the sentence all the same: "of Ferrox Inc. The company".
_OPENERS = frozenset(
    words(
        "the a an it its he she they we in on at but and this that these those there his her "
        "their le la les l un une des il elle ils elles en dans mais et ce cette ces son sa "
        "ses"
    )
)
# "On Jan. 30", but "played in Girona-Mar. He left".
_DATES = frozenset(
    words(
        "janv févr avr juil sept oct nov déc jan feb mar apr jun jul aug sep dec mon tue wed thu "
        "fri sat sun"
    )
)
_MAY_END = frozenset(words("inc corp ltd co cie etc u.s u.k u.n e.u d.c a.m p.m"))
_WORD_BEFORE = re.compile(r"[\w.]{1,12}$")
# "J.P. Morgan", "L. A. Roy": letters that stand for words.
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.)*[A-ZÀ-Þ]")
# The network, not an initial.
_ON_X = re.compile(r"\b(?:sur|on|via) X$")
# "80 W", "20 °C": a measure, and no initial either.
_MEASURE = re.compile(r"\d ?°?[A-Z]$")
# "… et retourner à Lyon. (L'Équipe)": what is in brackets says whose it was.
_CREDIT_BEHIND = re.compile(r" ?\([A-ZÀ-Þ@][^().!?]{1,40}\)\s*\Z")
# "Rego will leave. (Marca)" is no headline.
_SIGNED_ITEM = re.compile(r"[.!?][\"»]? ?(?:\([^()]{2,60}\)|\[[^\[\]]{2,60}\])\s*$")
# "Et la vente de… Calix": a pause, and no end.
_HANGING = re.compile(
    r"(?<!\w)(?:et|de|du|des|en|à|au|aux|par|pour|avec|sur|chez|le|la|les|un|une|est|and|of|to|the)"
    r" ?$"
)
# Possessive: what was read is not read again, however many spaces there are.
_NEXT_WORD = re.compile(r"""\s*+["«(\[]*+\s*+([\w']++)""")


def sentences(text: str) -> list[Sentence]:
    """The sentences of a plain text, in order, without the lines that are a page's furniture."""
    found: list[Sentence] = []
    kept = [
        (_after_stamp(text, start, end), end)
        for start, end in _paragraphs(text)
        if not _furniture(text, start, end)
    ]
    kept = [(start, end) for start, end in kept if text[start:end].strip()]
    for index, (start, end) in enumerate(kept):
        heading = _is_heading(text[start:end], first=index == 0)
        heading = heading and len(kept) > 1
        for first, last in _split(text, start, end):
            if 0 < last - first <= SENTENCE_MAX:
                found.append(
                    Sentence(first, last, text[first:last].replace("\n", " "), index, heading)
                )
    return found


def in_quotation(found: Sequence[Sentence]) -> set[int]:
    """The places of the sentences that begin inside of a quotation opened before them."""
    inside: set[int] = set()
    opened, paragraph = False, -1
    for sentence in found:
        opened = opened and sentence.paragraph == paragraph
        paragraph = sentence.paragraph
        if opened:
            inside.add(sentence.start)
        opened = opened != bool(sentence.text.count('"') % 2)
    return inside


def _furniture(text: str, start: int, end: int) -> bool:
    return end - start < 400 and _FURNITURE.match(text, start, end) is not None


def _after_stamp(text: str, start: int, end: int) -> int:
    """Where a line begins to tell the story: behind the day on which it was printed."""
    if _STAMP.match(text, start, end) is None:
        return start
    point = _ENDS.search(text, start, end)
    last, most = (point.end(), _STAMP_SENTENCE) if point else (end, _STAMP_LINE)
    return last if last - start <= most else start


def _is_heading(line: str, *, first: bool) -> bool:
    if _SIGNED_ITEM.search(line):
        return False
    if line.rstrip().endswith((".", '."', ".»", ". »", "…", ";", ":", ",", "!»")):
        return False
    return len(line) <= (_HEADLINE_MAX if first else 110)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines, or blocks of lines where a text was wrapped by hand."""
    block: list[tuple[int, int]] = []
    place = 0
    for match in _LINE.finditer(text):
        if block and text.count("\n", place, match.start()) > 1:
            yield from _unwrapped(text, block)
            block = []
        if not match[0].isspace():
            block.append(match.span())
        elif block:
            yield from _unwrapped(text, block)
            block = []
        place = match.end()
    yield from _unwrapped(text, block)


def _unwrapped(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    if len(lines) < 2:
        yield from lines
        return
    widths = [end - start for start, end in lines]
    longest = max(widths)
    full = all(width >= longest * 0.6 for width in widths[:-1])
    runs_on = any(text[start : start + 1].islower() for start, _end in lines[1:])
    if full and runs_on and longest <= 130:
        yield lines[0][0], lines[-1][1]
    elif longest <= 130:
        yield from _joined(text, lines)
    else:
        yield from lines


def _joined(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Lines, each with those after it that go on in the middle of a sentence."""
    first, last = lines[0]
    for start, end in lines[1:]:
        goes_on = text[start : start + 1].islower() and last - first >= _WRAPPED
        if not (goes_on and _MIDDLE.search(text, max(first, last - 8), last)):
            yield first, last
            first = start
        last = end
    yield first, last


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences between two places; a quotation is not broken up."""
    bullet = _BULLET.match(text, start, end)
    start = bullet.end() if bullet else start
    quoted = _quotations(text, start, end)
    first = start
    for match in _ENDS.finditer(text, start, end):
        if _goes_on(text, match, end) or (
            quoted
            and quoted[min(match.end(), end) - 1 - start]
            and match.end() - first < SENTENCE_MAX // 2
        ):
            continue
        yield _trimmed(text, first, match.end())
        first = match.end()
    yield _trimmed(text, first, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _goes_on(text: str, match: re.Match[str], end: int) -> bool:
    """Whether the point is not the end of a sentence."""
    following = _NEXT_WORD.match(text, match.end(), end)
    if following is None:
        return False
    if _CREDIT_BEHIND.match(text, match.end(), end):
        return True
    word = following[1]
    if word[0].islower():
        return True
    if match[0] in {"...", "…"} and _HANGING.search(text, max(0, match.start() - 6), match.start()):
        return True
    if match[0] not in {".", ""}:
        return False
    before = _WORD_BEFORE.search(text, max(0, match.start() - 12), match.start())
    if before is None:
        return False
    last = before[0].lower().lstrip(".")
    near = max(0, match.start() - 8)
    if any(ends.search(text, near, match.start()) for ends in (_ON_X, _MEASURE)):
        return False
    if last in _DATES:
        return word[0].isdecimal()
    if last in _MAY_END:
        # "9 a.m. ET".
        return word.lower().split("'")[0] not in _OPENERS or (word.isupper() and len(word) > 1)
    return last in _ABBREVIATIONS or _INITIALS.fullmatch(before[0]) is not None


def _quotations(text: str, start: int, end: int) -> bytearray | None:
    """For each place whether it is inside quotation marks; None where there are none."""
    if "«" not in text[start:end] and '"' not in text[start:end]:
        return None
    inside = bytearray(end - start)
    straight = text.count('"', start, end) % 2 == 0
    depth = 0
    open_straight = False
    for place in range(start, end):
        letter = text[place]
        if letter == "«":
            depth += 1
        elif letter == "»":
            depth = max(0, depth - 1)
        elif letter == '"' and straight:
            open_straight = not open_straight
        inside[place - start] = depth > 0 or open_straight
    return inside
