"""The day that an article says it is of: its page's, the one that its text prints, or none.

A text prints its day near its top: in an agency's dateline ("LONDON, Oct 30 (Reuters) -"), beside
"Published" or "Publié le", on a line of its own, or after the names of its authors; beside such a
label at its end, too. A day within its sentences is the story's and tells nothing of the article.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from verification.domain.dateforms import FORM, read
from verification.domain.extraction.language import Language

#: Lines at the top among which a day is looked for, those at the end, and characters of a line.
_TOP, _END, _LONGEST = 15, 5, 300
#: Characters within which the lines of either end are: nobody's whole article is split for them.
_WITHIN = 6_000
#: A line with a label or a day of its own is short.
_SHORT = 160


class DayFrom(StrEnum):
    """Why an article is taken to be of its day."""

    TYPED = "given"
    PAGE = "page"
    PRINTED = "printed"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Dated:
    """The day that an article's times are counted from, and where it is from."""

    day: date
    by: DayFrom


def dated(
    *, typed: date | None, page: date | None, text: str, language: Language, today: date
) -> Dated:
    """What somebody typed, else what the page says of itself, else what is printed, else today.

    A page whose day is still ahead says nothing; it may be of tomorrow where the sun rises earlier.
    """
    if typed is not None:
        return Dated(typed, DayFrom.TYPED)
    if page is not None and (page - today).days <= 1:
        return Dated(page, DayFrom.PAGE)
    found = printed(text, language=language, today=today)
    return Dated(found, DayFrom.PRINTED) if found else Dated(today, DayFrom.TODAY)


_PUBLISHED = (
    r"(?:article |billet |post |tribune |story |first |originally )?"
    r"(?:published|posted|publication date|date published|publiée?|parue?|mise? en ligne|postée?"
    r"|date de publication)"
)
_UPDATED = r"(?:last |dernière )?(?:updated?|modified|mise? à jour|modifiée?|actualisée?)"
_LABELLED = re.compile(
    rf"(?:\b|(?<=\d))(?:(?P<published>{_PUBLISHED})|{_UPDATED}) ?:? ?(?:le |on |at |à )?(?:{FORM})",
    re.IGNORECASE,
)
_AUTHORS = r"(?:(?:Écrit|Rédigé|Written) )?(?:Par|By|PAR|BY) (?-i:[A-ZÀ-Ý])"
#: Words in small letters within a place's name or between authors.
_SMALL = r"(?:de|du|des|la|le|les|et|and|of|the|sur|van|von|der|with|avec|for|pour|in|à)"
_CAPITALS = rf"(?:(?-i:[A-ZÀ-Ý])[\w.'’-]{{0,30}}|{_SMALL})"
#: What may stand before the first label of a line, and between two.
_HEAD = re.compile(
    rf"|.{{1,100}}[|•·–—:(-] ?|{_AUTHORS}.{{1,100}}|{_CAPITALS}(?: {_CAPITALS}){{0,6}}, "
)
_GAP = re.compile(r" ?[|•·–—,;:(-]? ?(?:and |et )?")
#: What may stand after the last one: another label, or a few words that are set apart.
_OTHER_LABEL = rf"[ ,;|•·–—(-]{{0,3}}\b(?:{_PUBLISHED}|{_UPDATED})\b.{{0,60}}"
_LENGTH = (
    r"[ ,|•·–—-]{0,3}(?:\d{1,3} ?min(?:ute)?s?\b.{0,20}|(?:temps de )?lecture\b.{0,30}"
    r"|reading time\b.{0,30})"
)
_TAIL = re.compile(
    rf"[ .)\]]*|{_OTHER_LABEL}|{_LENGTH}|(?: ?[|•·–—(-]| by| par).{{1,60}}(?<![.!?…])",
    re.IGNORECASE,
)
_ALONE_TAIL = rf"(?:[ .)\]]*|{_OTHER_LABEL}|{_LENGTH}| ?[|•·].{{1,60}}(?<![.!?…]))"

_PLACE = (
    r"(?!(?:On|In|By|At|Ce|Par|Since|From|Until|Depuis|Après|After) )"
    rf"(?-i:[A-ZÀ-Ý][\w.'’/-]{{0,25}}(?:[ ](?:[A-ZÀ-Ý(/][\w.'’/)-]{{0,25}}|{_SMALL})){{0,4}})"
    r"(?:, (?-i:[A-ZÀ-Ý][\w.]{1,15})(?: (?-i:[A-ZÀ-Ý][\w.]{1,15}))?)?"
)
_AGENCY = r"(?:\((?:(?-i:[A-Z])[^()]{1,40}|dpa)\)|/[\w ]{2,24}/)"
_WIRE = re.compile(
    rf"(?P<place>{_PLACE}(?: ?{_AGENCY})?(?:, ?| [–—] ))?(?:{FORM})(?P<agency> ?{_AGENCY})?"
    r"(?P<before> ?(?:[–—]|--?) )?",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"[(\[]?(?:{_PLACE}, ?)?(?:{FORM}){_ALONE_TAIL}", re.IGNORECASE)
_SIGNED = re.compile(
    rf"(?:.{{2,100}}? ?[|•·] ?|{_AUTHORS}.{{1,100}}? ?[,|•·–—-] ?"
    rf"|{_AUTHORS}[\w.'’-]{{0,30}},?(?: {_CAPITALS},?){{0,9}} ?)(?:{FORM}){_ALONE_TAIL}",
    re.IGNORECASE,
)


def printed(text: str, *, language: Language, today: date) -> date | None:
    """The day of publication that a text prints; None where it prints none that can be told.

    When it was published wins over when it was updated. A day after `today` is none of either.
    """
    top = list(_lines(text[:_WITHIN]))[:_TOP]
    end = [] if len(text) <= _WITHIN else list(_lines(text[-_WITHIN:]))
    whole = end or list(_lines(text))
    updated: date | None = None
    for line in [*top, *whole[-_END:]]:
        published, changed = _labelled(line, language, today)
        if published:
            return published
        updated = updated or changed
    of_its_own = (_of_its_own(line, language, today) for line in top)
    return next((day for day in of_its_own if day), updated)


def _lines(text: str) -> Iterator[str]:
    """The lines that have something on them, in one kind of letters and of spaces."""
    for line in text.splitlines():
        found = " ".join(unicodedata.normalize("NFC", line).split())
        if found:
            yield found


def is_one(line: str) -> bool:
    """Whether a line says when the article was published or updated, and nothing else of it."""
    short = next(_lines(line), "")
    return bool(_labels(short) or _alone(short))


def _labels(line: str) -> list[re.Match[str]]:
    """The days beside labels on a line that is made of such."""
    at, found = 0, list(_LABELLED.finditer(line)) if len(line) <= _SHORT else []
    for number, label in enumerate(found):
        if not (_GAP if number else _HEAD).fullmatch(line, at, label.start()):
            return []
        at = label.end()
    return found if _TAIL.fullmatch(line, at) else []


def _alone(line: str) -> re.Match[str] | None:
    """The day of a line that has nothing but a day, or authors before it."""
    return (_ALONE.fullmatch(line) or _SIGNED.fullmatch(line)) if len(line) <= _SHORT else None


def _labelled(line: str, language: Language, today: date) -> tuple[date | None, date | None]:
    """The days beside "published" and beside "updated" on a line that is made of such."""
    days = [
        (bool(one["published"]), read(one, language=language, today=today)) for one in _labels(line)
    ]
    return (
        next((day for first, day in days if first and day), None),
        next((day for first, day in days if not first and day), None),
    )


def _of_its_own(line: str, language: Language, today: date) -> date | None:
    """The day of an agency's dateline, of a line that is nothing but a day, or of a signed one."""
    wire = _WIRE.match(line[:_LONGEST])
    if not wire or not (wire["agency"] or (wire["place"] and wire["before"])):
        wire = _alone(line)
    return read(wire, language=language, today=today) if wire else None
