"""How the tests read a text."""

from datetime import date

from verification.domain.extraction import extract

TODAY = date(2026, 1, 30)


def credited(text: str, outlet: str | None = None) -> list[list[str]]:
    """The sources of each candidate."""
    return [list(each.sources) for each in extract(text, published=TODAY, outlet=outlet).candidates]
