"""Claims that say nearly the same as a statement: what may have been logged already.

Two statements of one thing share most of their words, whatever the order, accents and case. Where
one or two words were swapped, three of the five rarest are still there; those that share so many
are few, even among a million. Among the newest also those are compared that share any two of the
four rarest: what is alike though it was worded anew is worth a look while it is news.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS

from verification import wordindex
from verification.domain import words
from verification.models import Claim
from verification.wordindex import Among

#: How many of the rarest words are looked up, how many of them a claim must hold, and how many
#: such claims are compared, the newest ones: a statement of common words only has endless many.
CLOSE = (5, 3, 1_000)
LOOSE = (4, 2, 400)
#: How many at least where several statements share that out.
COMPARED_LEAST = 50
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
    return find_each(statements=[statement], least=least, limit=limit, without=without)[0]


def find_each(
    *,
    statements: Sequence[str],
    least: float = LEAST,
    limit: int = 5,
    without: Claim | None = None,
) -> list[list[Similar]]:
    """The same for each of several statements, in as many queries as for one."""
    if not 0 < least <= 1:
        raise ValueError("least is above 0 and at most 1")
    own = [frozenset(words.words(statement)) for statement in statements]
    rarest = wordindex.rarest(own, CLOSE[0], using=DEFAULT_DB_ALIAS)
    # Of a page's dozens of statements, as many together as of a few.
    keys: list[set[int]] = [set() for _statement in own]
    asked = [
        Among(rare[:number], held, max(COMPARED_LEAST, most * 4 // max(len(own), 4)))
        for number, held, most in (CLOSE, LOOSE)
        for rare in rarest
    ]
    for place, found in enumerate(wordindex.holding(asked, using=DEFAULT_DB_ALIAS)):
        keys[place % len(own)].update(found)
    texts = _words_of({key for found in keys for key in found})
    best = [
        sorted(
            (
                (likeness, key)
                for key in found
                if key in texts
                and (without is None or key != without.pk)
                and (likeness := words.likeness(mine, texts[key])) >= least
            ),
            reverse=True,
        )[:limit]
        for mine, found in zip(own, keys, strict=True)
    ]
    claims = Claim.objects.select_related("beat").in_bulk(
        list({key for found in best for _likeness, key in found})
    )
    return [[Similar(claims[key], likeness) for likeness, key in found] for found in best]


def _words_of(keys: Collection[int]) -> dict[int, frozenset[str]]:
    """The words of the claims with these keys."""
    rows = Claim.objects.filter(pk__in=keys).values_list("pk", "statement")
    return {key: frozenset(words.words(text)) for key, text in rows}
