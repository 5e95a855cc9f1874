"""What a claim's statement leaves to its article, in an editor's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from verification.domain import clarity
from verification.domain.extraction import Language


@dataclass(frozen=True, slots=True)
class Said:
    """A note in words, and those of the statement that it is about."""

    about: str
    text: str


def in_words(statement: str, *, language: Language, published: date, text: str) -> list[Said]:
    """What to say under a statement, a sentence for each thing that it does not name."""
    found = clarity.notes(statement, language=language, published=published, text=text)
    return [Said(note.words, _said(note, published)) for note in found]


def _said(note: clarity.Note, published: date) -> str:
    words = {"words": note.words, "name": note.name}
    if note.kind == "day":
        day = date_format(published, "DATE_FORMAT")
        return _("“%(words)s” is told from %(day)s: name the day.") % {**words, "day": day}
    if note.name:
        if note.kind == "who":
            return _("Who is “%(words)s”? The text calls %(name)s so.") % words
        return _("What is “%(words)s”? The text calls %(name)s so.") % words
    if note.kind == "whose":
        return _("Whose is “%(words)s”? Name them.") % words
    if note.kind == "who":
        return _("Who is “%(words)s”? Name them.") % words
    return _("What is “%(words)s”? Name it.") % words
