"""Which of its words a text has to share with another to be nearly the same.

Where two words of a text were swapped for others, two of any four of its words are still there,
three of any five, four of any six. So whoever looks for texts with so many of its *rarest* words
misses none of them, and has few to compare: two rare words seldom meet by chance. Of a text whose
rarest words are frequent more must be shared, so that those that do by chance stay few.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

#: How many words may have been swapped for others.
SWAPPED = 2
#: At least so many words are shared, and no more than so many are asked for.
SHARED = (2, 4)


@dataclass(frozen=True, slots=True)
class Shared:
    """At least `least` of the words, the rarest first."""

    words: tuple[str, ...]
    least: int


def shared(words: Collection[str], occurs: Mapping[str, float], texts: int, enough: int) -> Shared:
    """What a text must share with one of these words, which occur in such a share of all `texts`.

    Words that occur nowhere are left out. The more are asked for, the fewer texts answer by chance:
    as many as it takes for `enough` of them or fewer, as far as `SHARED` allows.
    """
    rarest = tuple(
        sorted(
            (word for word in words if occurs[word]),
            key=lambda word: (occurs[word], -len(word), word),
        )
    )
    few, many = SHARED
    for least in range(few, many + 1):
        asked = Shared(rarest[: least + SWAPPED], min(least, len(rarest)))
        chances = [occurs[word] for word in asked.words]
        if len(rarest) <= least + SWAPPED or texts * _by_chance(chances, least) <= enough:
            break
    return asked


def _by_chance(chances: Sequence[float], least: int) -> float:
    """How probable it is that at least so many of some words meet, were they strewn at random."""
    #: How probable it is that exactly so many do; the last one: so many or more.
    meet = [1.0] + [0.0] * least
    for chance in chances:
        for number in range(least, 0, -1):
            stay = meet[number] if number == least else meet[number] * (1 - chance)
            meet[number] = stay + meet[number - 1] * chance
        meet[0] *= 1 - chance
    return meet[least]
