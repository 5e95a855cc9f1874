"""What a file may write for a choice: its code, or the desk's words for it in either language."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.db import models
from django.utils import translation

from verification.domain import names


def code_of(choices: type[models.TextChoices], text: str) -> str | None:
    """The code that is meant, whatever the case, accents and signs; None where it is none."""
    codes = _codes(choices)
    return codes.get(text) or codes.get(names.folded(text))


@cache
def _codes(choices: type[models.TextChoices]) -> dict[str, str]:
    codes: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            codes |= {names.folded(str(choice.label)): choice.value for choice in choices}
    # A code goes before any words, and is found as it is without being folded.
    codes |= {names.folded(code): code for code in choices.values}
    return codes | {code: code for code in choices.values}
