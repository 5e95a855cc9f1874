"""Which beats the claims of a page most likely belong to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from verification.domain import subjects
from verification.domain.extraction import Candidate
from verification.models import Beat, Claim, Record, User
from verification.services import duplicates, sourcematch
from verification.services.duplicates import Similar

#: Claims of which so many words are the same are about the same thing, and of the same beat.
SAME_BEAT = 0.4
#: The newest claims, whose words are counted.
PAST = 2_000
#: Beats that are weighed by their names.
BEATS = 200
#: Characters of a page: what it is about stands at its beginning.
PAGE_MAX = 4_000


class How(StrEnum):
    """Why a claim is thought to be of its beat."""

    CLEAR = "clear"
    GUESS = "guess"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Guess:
    """The name of a beat and why it is that one; empty where nothing tells."""

    beat: str
    how: How


def beats_for(
    candidates: Sequence[Candidate], *, page: str, language: str, actor: User
) -> list[Guess]:
    """For each candidate the beat that it most likely belongs to.

    That is one beat for the whole page, for which the words of its claims, their sources and the
    claims that say much the same speak together; another one only for a candidate that clearly is
    of it. Else the one in which the actor logged last, or nothing. As many queries for many as for
    one.
    """
    statements = [one.statement for one in candidates]
    alike = duplicates.find_each(statements=statements, least=SAME_BEAT)
    names = list(Beat.objects.order_by("pk").values_list("name", flat=True)[:BEATS])
    # Of another language every word would tell, and speak for the beats that are written in it.
    same = Claim.objects.filter(language=language).order_by("-pk")
    past = subjects.Past(same.values_list("beat__name", "statement")[:PAST])
    found = subjects.likeliest(
        statements,
        beats=names,
        past=past,
        page=page[:PAGE_MAX],
        alike=[_newest(similar) for similar in alike],
        reported=_reported([one.sources for one in candidates]),
    )
    guesses = [Guess(one.beat, How.CLEAR if one.sure else How.GUESS) for one in found]
    if all(one.beat for one in guesses):
        return guesses
    last = Claim.objects.filter(logged_by=actor).select_related("beat").order_by("-id").first()
    fallback = Guess(last.beat.name if last else "", How.LAST)
    return [one if one.beat else fallback for one in guesses]


def _reported(credited: Sequence[Sequence[str]]) -> list[Counter[str]]:
    """For each list of names how often their sources have reported of each beat."""
    known = sourcematch.match(name for names in credited for name in names)
    rows = Record.objects.filter(source__in=set(known.values())).values_list(
        "source", "beat__name", "hits", "misses", "open", "relays_open", "relays_borne_out"
    )
    counted: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for source, beat, *numbers in rows:
        counted[source][beat] += sum(numbers)
    return [
        sum((counted[known[name].pk] for name in names if name in known), Counter())
        for names in credited
    ]


def _newest(alike: Sequence[Similar]) -> tuple[str, float]:
    """The beat of the newest of the claims that are the most alike, and how alike they are."""
    if not alike:
        return "", 0.0
    most = max(one.likeness for one in alike)
    near = [one.claim for one in alike if one.likeness >= most * 0.75]
    return str(max(near, key=lambda claim: claim.pk).beat.name), most
