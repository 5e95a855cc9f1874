"""Claims found in the labelled articles beside the bars, and the time that hostile texts take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from time import process_time

from benchmarks.adversarial import hostile
from benchmarks.frame import Figures, Line, Place

PLACES = (Place("none"),)
LANGUAGES = ("fr", "en")
#: What the tests hold, by what is counted.
BARS = {
    "claims: precision": ("precision", 0.85),
    "claims: recall": ("recall", 0.85),
    "sources right": ("sources", 0.90),
    "deadlines right": ("deadlines", 0.90),
    "hedges right": ("hedges", 0.90),
    "silent where nothing is claimed": ("silent", 0.85),
}
#: Characters, and seconds for the longer of the texts.
SHORT, LONG, LIMIT = 10_000, 100_000, 1.0
DAY = date(2026, 1, 30)


def measure(place: Place) -> dict[str, float]:
    """The shares of each set and language, and seconds of the worst text and worst growth."""
    from tests.articles.scoring import SETS, articles, score

    figures: dict[str, float] = {}
    # A later set by itself has nine claims or so in a language: one of them is a tenth.
    for name, sets in (("first set", SETS[:1]), ("later sets", SETS[1:])):
        for language in LANGUAGES:
            found = score(
                article
                for each in sets
                for article in articles(each)
                if article.language == language
            )
            for what, (key, _bar) in BARS.items():
                figures[f"{name}, {language}: {what}"] = found.figures()[key]
    return figures | worst()


def worst() -> dict[str, float]:
    """The longest time of all the hostile texts, and the fastest growth among the slow ones."""
    from verification.domain.extraction import Language, extract

    def taken(text: str, language: Language) -> float:
        # The work has no waiting in it: the process's own time is what it takes.
        start = process_time()
        extract(text, published=DAY, language=language, outlet="X")
        return process_time() - start

    times, growths = [], []
    languages: tuple[Language, ...] = ("fr", "en")
    for language in languages:
        for short, long in zip(hostile(SHORT), hostile(LONG), strict=True):
            less, more = taken(short, language), taken(long, language)
            times.append(more)
            # What takes no time has no growth that could be told from noise.
            growths += [more / less] if more > LIMIT / 10 else []
    return {"seconds": max(times), "growth": max(growths, default=0.0)}


def lines(figures: Mapping[tuple[str, int], Figures]) -> list[Line]:
    """Each share by its bar, and the time by its limit."""
    if not figures:
        return []
    [found] = figures.values()
    return [
        *_shares(found),
        Line(
            f"worst of the hostile texts, {LONG:,} characters",
            "limit",
            LIMIT,
            found["seconds"],
            "s",
            "<= 1",
        ),
        Line(
            f"its growth from {SHORT:,} characters",
            "linear",
            LONG / SHORT,
            found["growth"],
            "times",
            "<= 1.5",
        ),
    ]


def _shares(found: Figures) -> Iterator[Line]:
    for name, share in found.items():
        bar = next((bar for what, (_key, bar) in BARS.items() if name.endswith(what)), None)
        if bar is not None:
            yield Line(f"articles, {name}", "bar", bar, share, "", ">= 1")
