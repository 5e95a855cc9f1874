"""Which claims of an article are logged already, so that reading it twice logs nothing twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from verification.domain import words
from verification.models import Report
from verification.services import sourcematch
from verification.services.duplicates import Similar

#: From here on two statements are as good as the same, if they have the same numbers.
SAME = 0.95
#: The same for a claim of the very page that is read again, whose statement was mended.
SAME_PAGE = 0.6


@dataclass(frozen=True, slots=True)
class Given:
    """A report as it stands in a form: its source by name."""

    source: str
    url: str
    published_on: date | None


def standing(
    statements: Sequence[str],
    found: Sequence[Sequence[Similar]],
    *,
    url: str,
    placed: Sequence[Collection[int]],
) -> list[Similar | None]:
    """For each statement the claim that says it already, of those `found` to be like it.

    That is one that was logged from the very sentence (those `placed` there, by their keys), or one
    with the same words and numbers which nobody has decided yet, or one with a report at the page's
    own `url`; a claim stands for one statement only, the one that is most like it.
    """
    keys = {one.claim.pk for similar in found for one in similar}
    of_page = set(
        Report.objects.filter(claim__in=keys, url=url).values_list("claim", flat=True)
        if url
        else ()
    )
    pairs = sorted(
        (
            (one.claim.pk not in here, -one.likeness, -one.claim.pk, place, one)
            for place, (statement, similar, here) in enumerate(
                zip(statements, found, placed, strict=True)
            )
            for one in similar
            if one.claim.pk in here or _is_same(statement, one, of_page)
        ),
        key=lambda pair: pair[:4],
    )
    chosen: list[Similar | None] = [None] * len(statements)
    taken: set[int] = set()
    for *_rank, place, one in pairs:
        if chosen[place] is None and one.claim.pk not in taken:
            chosen[place] = one
            taken.add(one.claim.pk)
    return chosen


def all_there(given: Sequence[tuple[int, Sequence[Given]]]) -> list[bool]:
    """For each claim, by its key, whether it has every one of the reports already.

    By the rule by which a report is added: the same source with the same address; without one, any
    earlier report of the source. Takes three queries for any number of them.
    """
    known = sourcematch.match(one.source for _claim, reports in given for one in reports)
    rows = Report.objects.filter(claim__in={claim for claim, _reports in given})
    kept = list(rows.values_list("claim", "source", "url", "published_on"))
    return [
        bool(reports)
        and all(
            any(
                _is_there(one, url, day)
                for key, source, url, day in kept
                if key == claim and one.source in known and known[one.source].pk == source
            )
            for one in reports
        )
        for claim, reports in given
    ]


def _is_same(statement: str, one: Similar, of_page: Collection[int]) -> bool:
    if one.claim.pk in of_page:
        return one.likeness >= SAME_PAGE
    if one.claim.outcome or one.likeness < SAME:
        return False
    return _numbers(statement) == _numbers(one.claim.statement)


def _numbers(statement: str) -> set[str]:
    return {word for word in words.words(statement) if word.isdecimal()}


def _is_there(given: Given, url: str, day: date) -> bool:
    if given.url:
        return given.url == url
    return given.published_on is not None and day <= given.published_on
