"""What was found of one part."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a part is."""

    WELL = "well"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One part, how it is, and where it is not well what to do."""

    part: str
    state: State
    detail: str
    advice: str = ""


def well(part: str, detail: str) -> Finding:
    """A part that is as it should be."""
    return Finding(part, State.WELL, detail)


def warning(part: str, detail: str, advice: str) -> Finding:
    """A part that works, and should be looked at."""
    return Finding(part, State.WARNING, detail, advice)


def fault(part: str, detail: str, advice: str) -> Finding:
    """A part that does not do what it is there for."""
    return Finding(part, State.FAULT, detail, advice)
