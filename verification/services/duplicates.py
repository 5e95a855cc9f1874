"""Claims that say nearly the same as a statement: what may have been logged already.

Two statements of one thing share most of their words, whatever the order, accents and case. So the
claims that hold two of the statement's four rarest words are compared with it, or three of its five
where these are frequent, and so on (`domain.sharing`): with one or two words swapped that much is
still there, and those that share so many by chance are few, even among a million.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS

from verification import rarity, wordindex
from verification.domain import words
from verification.domain.sharing import shared
from verification.models import Claim

#: How many claims may be alike by chance before more words have to be shared.
BY_CHANCE = 50
#: How many claims are compared with a statement, the newest ones: one of common words only has
#: endless many. And how many at least, where several statements share that out.
COMPARED = 600
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
    occurs = rarity.of({word for held in own for word in held}, using=DEFAULT_DB_ALIAS)
    asked = [shared(held, occurs.shares, occurs.claims, BY_CHANCE) for held in own]
    # Of a page's dozens of statements, as many together as of a few.
    most = max(COMPARED_LEAST, COMPARED * 4 // max(len(own), 4))
    found = wordindex.holding(asked, most, using=DEFAULT_DB_ALIAS)
    best = [
        sorted(
            (
                (likeness, key)
                for key, statement in near
                if (without is None or key != without.pk)
                and (likeness := words.likeness(mine, words.words(statement))) >= least
            ),
            reverse=True,
        )[:limit]
        for mine, near in zip(own, found, strict=True)
    ]
    claims = Claim.objects.select_related("beat").in_bulk(
        list({key for near in best for _likeness, key in near})
    )
    return [[Similar(claims[key], likeness) for likeness, key in near] for near in best]
