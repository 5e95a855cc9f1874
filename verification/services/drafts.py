"""What the faces hand to the services: rows that are not yet kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from verification.models import Source, User
from verification.services import plainly

#: A control character, or half of a surrogate pair, which has no bytes in UTF-8.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
#: Problems found so far: the field's name as in the API, then what is wrong with it.
Problems = dict[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDraft:
    """A report to be logged."""

    source: Source
    published_on: date
    url: str = ""
    author: str = ""
    headline: str = ""
    stance: str = "asserts"
    certainty: str = ""
    hedge: str = ""
    via: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDraft:
    """One of the newsroom's own stories that carried the claim."""

    title: str
    url: str
    published_on: date
    author: User | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDraft:
    """A page on which a verdict rests."""

    title: str
    url: str
    published_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineDraft:
    """A deadline with its wording, precision and basis."""

    day: date
    text: str = ""
    precision: str = "day"
    basis: str = "newsroom"


@dataclass(slots=True)
class Checks:
    """Collects what is wrong, so that an editor is told everything at once."""

    problems: Problems = field(default_factory=dict)

    def add(self, name: str, message: str) -> None:
        """Notes one problem of one field, once."""
        noted = self.problems.setdefault(name, [])
        if message not in noted:
            noted.append(message)

    def fine(self, name: str) -> bool:
        """Whether nothing is wrong with a field so far. A database cannot be asked for any text."""
        return name not in self.problems

    def text(self, name: str, value: object, *, longest: int | None = None) -> bool:
        """Checks that a text can be kept, whatever the database: anything else is left alone."""
        if not isinstance(value, str) or _fits(value, longest):
            return True
        printable = _UNPRINTABLE.search(value) is None
        if not printable:
            self.add(name, _("Control characters are not allowed."))
        fits = longest is None or len(value) <= longest
        if not fits:
            self.add(name, _("Use at most %(longest)s characters.") % {"longest": longest})
        return printable and fits

    def model(self, instance: models.Model, *, skip: Iterable[str] = (), prefix: str = "") -> None:
        """Checks the fields of a row that is not saved yet."""
        wrong = set()
        fields, values = plainly.fields(type(instance)), plainly.values(instance)
        for (found, longest, takes), value in zip(fields, values, strict=True):
            if value.__class__ is str and not _fits(value, longest):
                self.text(prefix + found.name, value, longest=longest)
            if not takes(value):
                wrong.add(found.name)
        wrong.difference_update(skip)
        if not wrong:
            return
        fine = [found.name for found, _longest, _takes in fields if found.name not in wrong]
        try:
            instance.clean_fields(exclude=fine)
        except ValidationError as error:
            for name, found_errors in error.error_dict.items():
                for problem in found_errors:
                    self.add(
                        "" if name == NON_FIELD_ERRORS else prefix + name,
                        _in_words(instance, name, problem),
                    )

    def done(self) -> None:
        """Raises a ValidationError if anything was found."""
        if self.problems:
            raise ValidationError(dict(self.problems))


def _fits(text: str, longest: int | None) -> bool:
    """Whether a text is short enough, and can be kept by any database."""
    if longest is not None and len(text) > longest:
        return False
    # Most texts are all letters, signs and spaces, which takes no search.
    return text.isprintable() or not _UNPRINTABLE.search(text)


def _in_words(instance: models.Model, name: str, problem: ValidationError) -> str:
    """The message; for an unknown choice, one that says which there are."""
    if problem.code == "invalid_choice":
        found = next(field for field in instance._meta.fields if field.name == name)
        return _("“%(value)s” is not one of: %(choices)s.") % {
            "value": getattr(instance, name),
            "choices": ", ".join(str(value) for value, _label in found.flatchoices if value),
        }
    return str(problem.messages[0])


def printable(text: str) -> str:
    """`text` as any database can keep it: what it cannot is replaced by a mark."""
    return _UNPRINTABLE.sub("\ufffd", text)


#: Marks that turn the direction of what follows them. Pasted text carries them unseen, and one of
#: them in a name would turn round the rest of any line that the name is printed in.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])


def one_line(text: str) -> str:
    """`text` on one line, without white space at its ends and marks that turn its direction."""
    return " ".join((text if text.isascii() else text.translate(_TURNS)).split())


def lines(text: str) -> str:
    """The same for text that may run over several lines."""
    return (text if text.isascii() else text.translate(_TURNS)).strip()


def as_content(values: Mapping[str, object]) -> dict[str, object]:
    """Values as the ledger keeps them: dates as ISO 8601, rows as their slug or name."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> object:
    # Nearly all that is kept are texts and days.
    if value is None or value.__class__ in (str, bool, int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, User):
        return value.username
    if isinstance(value, models.Model):
        return getattr(value, "slug", None) or str(value)
    if isinstance(value, Mapping):
        return as_content(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value
