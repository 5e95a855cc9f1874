"""The outlets and reporters that a text has credited so far, the last one last."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from verification.domain.extraction.kinds import Credited
from verification.domain.extraction.recall import is_outlet, meant

#: So many sentences later, a report is still one of "the reports".
_REACH = 3
# "M. Roy l'avait déjà laissé entendre à Télé-Sud": no report that is gone on about.
_HAD_SAID = re.compile(
    r"\bavai(?:t|ent) (?:\w+ ){0,2}(?:dit|déclaré|annoncé|laissé entendre|indiqué|affirmé|promis|"
    r"expliqué|révélé|assuré)\b"
)

# "Interrogé par l'AFP, le groupe n'a pas voulu commenter": nothing that is gone on about.
_DECLINES = re.compile(
    r"\b(?:n'a|n'ont)(?: pas| ni)? (?:\w+ )?(?:souhaité|voulu|répondu|donné suite|réagi|"
    r"commenté)\b|\b(?:a|ont) (?:refusé|décliné) (?:de|d'|tout)|"
    r"\b(?:refus(?:e|é)|s'est refusée?)\b[^.]{0,20} comment|"
    r"\baucun commentaire|\bdeclined to comment|\bdid not (?:\w+ )?respond"
)
# "Rappelons que le tournage devrait": what is known, and not what was told before.
_REMINDS = re.compile(r"(?:Rappelons|Pour (?:rappel|mémoire)|On (?:rappellera|le sait))\b")


@dataclass(slots=True)
class Heard:
    """Those who reported something, each with the last sentence that credits them."""

    _last: dict[str, int] = field(default_factory=dict)

    def read(self, credited: Credited, reporters: set[str], place: int) -> None:
        """Takes in whom a sentence credits: those of them who report."""
        if credited.manner in {"attributed", "own reporting"}:
            self._last |= {name: place for name in credited.names if name in reporters}

    def begun_with(self, begins: str) -> str | None:
        """The last of them whose name is in some words that a sentence begins with."""
        named = (name for name in reversed(self._last) if name.rpartition(" ")[2] in begins)
        return next(named, None)

    def outlets(self, place: int) -> tuple[str, ...]:
        """The outlets among those of the last sentences."""
        return tuple(
            name for name, last in self._last.items() if place - last <= _REACH and is_outlet(name)
        )

    def latest(self, fits: Callable[[str], bool]) -> str | None:
        """The last of them who fits."""
        return next((name for name in reversed(self._last) if fits(name)), None)

    def called(self, said: str, *, but: Callable[[str], bool] | None = None) -> str | None:
        """The last of them who can be called so, ``but`` for some."""
        return self.latest(
            lambda name: (but is None or not but(name)) and bool(meant(said, (name,)))
        )


def had_said(text: str) -> bool:
    """Whether somebody had said it once, or says nothing: no report that is gone on about."""
    return (_HAD_SAID.search(text) or _DECLINES.search(text)) is not None


def reminds(text: str) -> bool:
    """Whether a sentence only reminds of what is known."""
    return _REMINDS.match(text) is not None
