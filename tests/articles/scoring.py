"""How well the articles' claims are found: one way to count, for the tests and for the benchmark.

Beside each article (`.txt`) is its label (`.json`): the language, the day, the outlet, and the
claims, each with the `places` that say it (any one of them will do), `sources`, `hedge` and
`deadline`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from verification.domain.extraction import Candidate, extract
from verification.domain.extraction.outlets import key_of
from verification.domain.hedging import hedge_family

HERE = Path(__file__).resolve().parent
#: `first` was there while the patterns were written. Each of the others was written and labelled
#: before it was read for the first time, and read when the one before it had been mended. `tenth`
#: is by somebody who had not read the grammar.
SETS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
)


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its label."""

    name: str
    text: str
    language: str
    published: date
    outlet: str
    claims: tuple[dict[str, Any], ...]


@dataclass(slots=True)
class Score:
    """Counts over some articles, and what went wrong, in words."""

    labelled: int = 0
    proposed: int = 0
    found: int = 0
    sources: int = 0
    deadlines: int = 0
    hedges: int = 0
    without: int = 0
    silent: int = 0
    faults: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The figures of which the bars speak, each from 0 to 1."""
        return {
            "precision": self.found / max(self.proposed, 1),
            "recall": self.found / max(self.labelled, 1),
            "sources": self.sources / max(self.found, 1),
            "deadlines": self.deadlines / max(self.found, 1),
            "hedges": self.hedges / max(self.found, 1),
            "silent": self.silent / max(self.without, 1),
        }


def articles(name: str) -> list[Article]:
    """The articles of one set, in order."""
    return [_article(path) for path in sorted((HERE / name).glob("*.txt"))]


def score(some: Iterable[Article]) -> Score:
    """Extracts from each article, and compares with its label."""
    total = Score()
    for article in some:
        candidates = extract(
            article.text,
            published=article.published,
            language=article.language,  # type: ignore[arg-type]
            outlet=article.outlet,
        ).candidates
        _compare(article, candidates, total)
    return total


def _article(path: Path) -> Article:
    label = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return Article(
        name=f"{path.parent.name}/{path.stem}",
        text=path.read_text(encoding="utf-8"),
        language=label["language"],
        published=date.fromisoformat(label["date"]),
        outlet=label["outlet"],
        claims=tuple(label["claims"]),
    )


def _compare(article: Article, candidates: Iterable[Candidate], total: Score) -> None:
    candidates = list(candidates)
    total.labelled += len(article.claims)
    total.proposed += len(candidates)
    if not article.claims:
        total.without += 1
        total.silent += not candidates
    left = list(article.claims)
    for candidate in candidates:
        claim = next((each for each in left if _says(article.text, candidate, each)), None)
        if claim is None:
            total.faults.append(f"{article.name}: not a claim: {candidate.span}")
            continue
        left.remove(claim)
        total.found += 1
        _check(article.name, candidate, claim, total)
    total.faults.extend(f"{article.name}: missed: {each['places'][-1]}" for each in left)


def _check(name: str, candidate: Candidate, claim: dict[str, Any], total: Score) -> None:
    found = candidate.deadline.isoformat() if candidate.deadline else None
    for what, right, got in (
        ("sources", _keys(candidate.sources) == _keys(claim["sources"]), candidate.sources),
        ("deadlines", found == claim["deadline"], found),
        ("hedges", _same_hedge(candidate.hedge, claim["hedge"]), candidate.hedge),
    ):
        setattr(total, what, getattr(total, what) + right)
        if not right:
            total.faults.append(f"{name}: {what}: {got} in: {candidate.span}")


def _says(text: str, candidate: Candidate, claim: dict[str, Any]) -> bool:
    """Whether the candidate and one of the claim's places share half of the shorter one."""
    for place in claim["places"]:
        start = text.index(place)
        end = start + len(place)
        shared = min(end, candidate.end) - max(start, candidate.start)
        if 2 * shared >= min(end - start, candidate.end - candidate.start):
            return True
    return False


def _keys(names: Iterable[str]) -> set[str]:
    return {key_of(name) for name in names}


def _same_hedge(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    family = hedge_family(one)
    return one in other or other in one or (family is not None and family == hedge_family(other))
