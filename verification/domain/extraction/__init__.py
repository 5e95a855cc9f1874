"""From an article to the claims in it: pure, French and English, without a model to download."""

from verification.domain.extraction.candidate import Candidate, Extraction
from verification.domain.extraction.candidates import (
    CANDIDATES_MAX,
    TEXT_MAX,
    TooLongError,
    extract,
)
from verification.domain.extraction.language import LANGUAGES, Language
from verification.domain.extraction.outlets import Names

__all__ = [
    "CANDIDATES_MAX",
    "LANGUAGES",
    "TEXT_MAX",
    "Candidate",
    "Extraction",
    "Language",
    "Names",
    "TooLongError",
    "extract",
]
