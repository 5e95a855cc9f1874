"""The values of a claims file by type, with every wrong field named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from verification.domain import writtendays
from verification.models import Report, Source, User
from verification.services.claimfields import CLAIM_FIELDS, COLUMNS, Row, TableRow
from verification.services.drafts import Checks, Problems, one_line
from verification.services.importing import forms, words
from verification.services.importing.naming import Names

_ADDRESS = Report._meta.get_field("url")
#: What a file says for true and false; a spreadsheet in French has words of its own.
TRUTHS = {
    **dict.fromkeys(("true", "1", "yes", "vrai", "oui"), True),
    **dict.fromkeys(("false", "0", "no", "faux", "non"), False),
}
#: Characters of a value that are shown in a message.
SHOWN = 200


class Reader:
    """Reads the values of one object by type and notes what is wrong with each."""

    def __init__(
        self,
        row: Row,
        known: frozenset[str],
        names: Names,
        whole: Reader | None = None,
        prefix: str = "",
        place: int = 0,
    ) -> None:
        self.row = row
        self.names = names
        self.checks: Checks = whole.checks if whole else Checks()
        #: What is read otherwise than it is written, by field.
        self.notes: Problems = whole.notes if whole else {}
        self.prefix, self.place = prefix, place
        self.contradicts = False
        if not row.keys() <= known:
            for name in row.keys() - known:
                self._unknown(name, whole.row if whole else row)

    def _unknown(self, name: str, claim: Row) -> None:
        """Notes a field that is none; of a table, one of the claim's in which its rows differ."""
        if isinstance(claim, TableRow) and claim is not self.row and name in CLAIM_FIELDS:
            self.contradicts = True
            self.wrong(
                name,
                _("Here is “%(said)s”, and in row %(row)s “%(kept)s”: a claim has one.")
                % {
                    "said": shown(self.row[name]),
                    "row": claim.said_in.get(name, claim.first),
                    "kept": shown(claim.get(name)),
                },
            )
            return
        like = get_close_matches(name.lower(), COLUMNS, n=1)
        self.wrong(
            name,
            _("There is no such field. Did you mean “%(like)s”?") % {"like": like[0]}
            if like
            else _("There is no such field."),
        )

    def wrong(self, name: str, message: str) -> None:
        """Notes one problem."""
        self.checks.add(self.prefix + name, message)

    def note(self, name: str, message: str) -> None:
        """Notes that something is read otherwise than it is written."""
        self.notes.setdefault(self.prefix + name, []).append(message)

    def done(self) -> None:
        """Raises if anything was wrong."""
        self.checks.done()

    def text(self, name: str) -> str:
        """A string; null is empty."""
        value = self.row.get(name)
        if value is None or value == "":
            return ""
        if isinstance(value, (dict, list)):
            self.wrong(name, _("This takes a text."))
            return ""
        text = str(value).strip()
        # Nearly all are, and the check need not be told where it is.
        if text.isprintable():
            return text
        return text if self.checks.text(self.prefix + name, text) else ""

    def texts(self, name: str) -> list[str]:
        """A list of texts; in a table they stand in one cell, with semicolons between them."""
        value = self.row.get(name)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return [item.strip() for item in value if item.strip()]
        return [item.strip() for item in self.text(name).split(";") if item.strip()]

    def choice(self, name: str, choices: type[models.TextChoices], default: str = "") -> str:
        """The code of a choice; a text that means none is noted, and given as it is."""
        value = self.text(name)
        if not value:
            return default
        code = words.code_of(choices, value)
        if code is None:
            self.wrong(
                name,
                _("“%(value)s” is not one of: %(choices)s.")
                % {
                    "value": shown(value),
                    "choices": ", ".join(str(choice.label) for choice in choices),
                },
            )
        return code or value

    def address(self, name: str) -> str:
        """An address as it is kept, so that it can be compared with those that are."""
        return _ADDRESS.to_python(self.text(name)) or ""

    def day(self, name: str, *, required: bool = False) -> date | None:
        """A day as 2026-03-31."""
        value = self.text(name)
        if not value:
            if required:
                self.wrong(name, _("Enter a day, as 2026-03-31."))
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            meant = list(writtendays.readings(value).values())
        if len(meant) == 1:
            return meant[0]
        if meant:
            self.wrong(
                name,
                _("“%(value)s” may be %(first)s or %(second)s: write it as one of these.")
                % {"value": value, "first": meant[0], "second": meant[1]},
            )
        else:
            self.wrong(
                name, _("“%(value)s” is not a day. Enter one as 2026-03-31.") % {"value": value}
            )
        return None

    def truth(self, name: str, *, default: bool) -> bool:
        """True or false."""
        value = self.text(name).lower()
        if value and value not in TRUTHS:
            self.wrong(name, _("This takes true or false."))
        return TRUTHS.get(value, default)

    def user(self, name: str) -> User | None:
        """A user of the desk by user name."""
        value = self.text(name)
        user = self.names.user(value) if value else None
        if value and user is None:
            self.wrong(name, _("There is no user “%(value)s”.") % {"value": value})
        return user

    def source(self, name: str, *, required: bool = False) -> Source | None:
        """A source by slug or name, made where it is unknown and the actor may."""
        value = self.text(name)
        return self.named(value, name) if value or required else None

    def named(self, value: str, name: str) -> Source | None:
        """The source that a text stands for; a fault is one of the field `name`."""
        # Who is credited published elsewhere.
        address = self.address("url") if name == "source" else ""
        try:
            return self.names.source(value, name, self.prefix, address)
        except ValidationError as error:
            for problem in error.message_dict.values():
                self.wrong(name, " ".join(problem))
            return None

    def entries(self, name: str, known: frozenset[str]) -> Iterator[Reader]:
        """The objects of a list; evidence may be a text with an address on each line, too."""
        value = self.row.get(name)
        if name == "evidence" and isinstance(value, str):
            try:
                value = forms.evidence(value)
            except ValidationError as error:
                self.wrong(name, " ".join([*error.messages, forms.example(name)]))
                return
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.wrong(name, " ".join([_("This takes a list of objects."), forms.example(name)]))
            return
        for index, item in enumerate(value):
            yield Reader(item, known, self.names, self, f"{self.prefix}{name}.{index}.", index)


def shown(value: object) -> str:
    """A value of a file as it is quoted in a message: cut where it is long."""
    text = one_line(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
