"""The languages that are read, each with its patterns."""

from __future__ import annotations

from dataclasses import dataclass

from verification.domain.extraction import (
    hedges_en,
    hedges_fr,
    periods,
    periods_en,
    periods_fr,
    signals,
    speech_en,
    speech_fr,
)
from verification.domain.extraction.hedges import Cues
from verification.domain.extraction.language import Language
from verification.domain.extraction.signals import Signals
from verification.domain.extraction.speech import Speech


@dataclass(frozen=True, slots=True)
class Tongue:
    """How a language says who said it, what is not known yet, when it is, and what it is not."""

    speech: Speech
    cues: Cues
    grammar: periods.Grammar
    signals: Signals


TONGUES: dict[Language, Tongue] = {
    "fr": Tongue(speech_fr.FRENCH, hedges_fr.FRENCH, periods_fr.FRENCH, signals.FRENCH),
    "en": Tongue(speech_en.ENGLISH, hedges_en.ENGLISH, periods_en.ENGLISH, signals.ENGLISH),
}
