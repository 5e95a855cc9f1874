"""The objects of a JSON array or of JSON Lines, one after the other, however long the file is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Characters that are read at once, and the most that one object may take.
PIECE, LONGEST = 2**18, 2**24
_SPACE = " \t\r\n"


def lines(file: TextIO) -> Iterator[tuple[int, dict[str, Any]]]:
    """The object of each line that is not empty, with the number of the line."""
    number = 0
    while line := file.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            raise _too_long(number)
        if line.strip():
            yield number, _object(parsed(line, number), number)


def array(file: TextIO) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of the one array of the file, each with its place in it."""
    window = _Window(file)
    if window.sign() != "[":
        # Said as for any text that is not JSON; or else it is JSON, but no array.
        parsed(window.text + file.read(LONGEST), 1)
        raise ValidationError(_("A .json file holds one array of claims."))
    window.step()
    number = 0
    while window.sign() != "]":
        if number:
            window.expect(",")
        number += 1
        yield number, _object(window.value(), number)
    window.step()
    if window.sign():
        window.fault("Extra data")


def parsed(text: str, line: int) -> Any:
    """What a text says; `line` is the number of its first line."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _not_json(line + error.lineno - 1, error.msg) from error
    except (RecursionError, ValueError) as error:
        # A thousand brackets, or a number of thousands of digits.
        raise _not_json(line, error) from error


class _Window:
    """The part of the file that is being read: what was read before is let go."""

    decoder = json.JSONDecoder()

    def __init__(self, file: TextIO) -> None:
        self.file = file
        self.text, self.at, self.line = "", 0, 1
        self.ended = False

    def more(self) -> bool:
        """Reads on; false at the end of the file."""
        self.line += self.text.count("\n", 0, self.at)
        rest = self.text[self.at :]
        # An object that is longer than a piece is tried again at twice the length, not at each.
        found = self.file.read(max(PIECE, len(rest)))
        self.text, self.at = rest + found, 0
        self.ended = not found
        return not self.ended

    def sign(self) -> str:
        """The next sign that is no white space; empty at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in _SPACE:
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def step(self) -> None:
        """Goes past the sign."""
        self.at += 1

    def expect(self, sign: str) -> None:
        """Goes past this sign and no other."""
        if self.sign() != sign:
            self.fault(f"Expecting '{sign}' delimiter")
        self.step()

    def value(self) -> Any:
        """The next value, which may begin anywhere in the file."""
        self.sign()
        while True:
            try:
                found, self.at = self.decoder.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                if len(self.text) - self.at > LONGEST:
                    raise _too_long(self.line) from error
                before = self.at
                if self.ended or not self.more():
                    # Not cut off by the end of a piece: it is wrong where it stands.
                    self.at = min(error.pos - (before - self.at), len(self.text))
                    self.fault(error.msg)
            except (RecursionError, ValueError) as error:
                raise _not_json(self.line, error) from error
            else:
                return found

    def fault(self, message: str) -> None:
        """Refuses what stands here."""
        raise _not_json(self.line + self.text.count("\n", 0, self.at), message)


def _object(item: Any, number: int) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise ValidationError(_("Entry %(number)s is not an object.") % {"number": number})
    return item


def _not_json(line: int, error: object) -> ValidationError:
    return ValidationError(
        _("Line %(line)s is not JSON: %(error)s") % {"line": line, "error": error}
    )


def _too_long(line: int) -> ValidationError:
    return ValidationError(
        _("Line %(line)s: one claim takes more than %(most)s characters.")
        % {"line": line, "most": f"{LONGEST:,}"}
    )
