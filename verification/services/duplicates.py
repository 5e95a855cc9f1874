"""Claims that say nearly the same as a statement: what may have been logged already.

Two statements of one thing share most of their words, whatever the order, accents and case. Those
that share any two of a statement's four rarest words are few, even among a million, and hold nearly
all that are alike: where one or two words were swapped, two of the four rarest are still there.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS

from verification import wordindex
from verification.domain import words
from verification.models import Claim

#: How many of the rarest words are looked up.
RAREST = 4
#: How many claims are compared, the newest ones: a statement of common words only has endless many.
COMPARED = 1_000
#: Words in common by words in either: below this, two statements are about different things.
LEAST = 0.5


@dataclass(frozen=True, slots=True)
class Similar:
    """A claim and how like it is: 1 has the same words, 0 none of them."""

    claim: Claim
    likeness: float


def find_similar(
    *, statement: str, least: float = LEAST, limit: int = 5, without: Claim | None = None
) -> list[Similar]:
    """The claims most like the statement, internal ones too: for the desk, never for readers.

    At most `limit`, each with a likeness of `least` or more, the most alike first; `without` is the
    claim that is compared with the others. Raises ValueError for a `least` outside (0, 1].
    """
    if not 0 < least <= 1:
        raise ValueError("least is above 0 and at most 1")
    own = frozenset(words.words(statement))
    rarest = wordindex.rarest(own, RAREST, using=DEFAULT_DB_ALIAS)
    keys = wordindex.with_any_two(rarest, COMPARED, using=DEFAULT_DB_ALIAS)
    alike = [
        (words.likeness(own, words.words(text)), pk)
        for pk, text in Claim.objects.filter(pk__in=keys).values_list("pk", "statement")
        if without is None or pk != without.pk
    ]
    best = sorted((pair for pair in alike if pair[0] >= least), reverse=True)[:limit]
    claims = Claim.objects.select_related("beat").in_bulk([pk for _likeness, pk in best])
    return [Similar(claims[pk], likeness) for likeness, pk in best]
