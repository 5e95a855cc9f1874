"""What of a claim on a sheet follows what its editor mends: with a script and without.

A day that an editor chose is not the source's, and its wording says what was printed of another
one: both are the newsroom's from then on, unless the editor says otherwise (decision 0010). The
criteria follow while nobody has written in them.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date

from django.http import QueryDict

from verification.domain import criteria
from verification.domain.extraction import Language
from verification.models.choices import Basis, Precision
from verification.models.claim import STATEMENT_MAX


@dataclass(frozen=True, slots=True)
class Said:
    """A deadline as it was read in the article, each field as a form has it."""

    deadline: str = ""
    deadline_text: str = ""
    deadline_precision: str = ""
    deadline_basis: str = ""

    @property
    def bounded(self) -> bool:
        """Whether the source bounded the time, so that the wording stands for that day alone."""
        return bool(self.deadline) and self.deadline_basis == Basis.SOURCE

    def written(self) -> str:
        """For a hidden field."""
        return json.dumps(asdict(self))


def said(written: str) -> Said:
    """What stands in the hidden field; nothing was said where that was tampered with."""
    try:
        found = json.loads(written)
        return Said(**{str(name): str(value) for name, value in found.items()})
    except (ValueError, TypeError, AttributeError, RecursionError):
        return Said()


def day(written: str) -> date | None:
    """The deadline that stands in its field, if it is a day."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None


def follow(data: QueryDict, prefix: str, language: Language) -> None:
    """Puts the wording, precision and basis of a claim to its day, then its criteria to all."""

    def typed(field: str) -> str:
        return data.get(f"{prefix}-{field}", "")

    chosen, before = day(typed("deadline")), said(typed("said"))
    if chosen is not None and before.deadline and chosen.isoformat() != typed("for_day"):
        data[f"{prefix}-for_day"] = chosen.isoformat()
        for field, value in _for_day(chosen, before, typed("deadline_text")).items():
            data[f"{prefix}-{field}"] = value
    if typed("criteria").split() != typed("proposed").split():
        return
    now = criteria.proposed(
        typed("statement")[:STATEMENT_MAX],
        language=language,
        deadline=chosen,
        wording=typed("deadline_text"),
    )
    for field in ("criteria", "proposed"):
        data[f"{prefix}-{field}"] = now


def _for_day(chosen: date, before: Said, wording: str) -> dict[str, str]:
    """What becomes of the other fields of a deadline whose day was mended."""
    if chosen.isoformat() == before.deadline:
        # Back where it was read.
        back = {name: value for name, value in asdict(before).items() if name != "deadline"}
        return back if not wording else {}
    if not before.bounded:
        return {}
    mended = {"deadline_basis": str(Basis.NEWSROOM)}
    if wording.split() == before.deadline_text.split():
        mended |= {"deadline_text": "", "deadline_precision": str(Precision.DAY)}
    return mended
