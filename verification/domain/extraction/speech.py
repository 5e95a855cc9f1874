"""What a language's way of crediting sources consists of."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speech:
    """The patterns of one language, all of them with a bound on what they run over.

    They are for lower case, but for ``says`` and ``learned``, which ask for capitals.

    ``leads`` opens a credit ("selon", "according to") and has the words for it in ``who``.
    ``verbs`` are those of saying; ``past`` the forms that are only past with an auxiliary;
    ``says`` what follows one whose subject came before; ``inverted`` the subject that comes after;
    ``told`` to whom it was told. ``learned`` is an outlet's own reporting in its own name, ``own``
    without a name, ``again`` a mention of whoever was credited before; ``gerunds`` say what the
    subject of the sentence adds ("saying that"); ``steps`` are verbs of what somebody has done,
    by which a report of it is told from one of how things are; None: such reports are not read.
    """

    leads: re.Pattern[str]
    verbs: re.Pattern[str]
    past: re.Pattern[str]
    says: re.Pattern[str]
    inverted: re.Pattern[str]
    told: re.Pattern[str]
    learned: re.Pattern[str]
    own: re.Pattern[str]
    again: re.Pattern[str]
    gerunds: re.Pattern[str]
    participles: bool
    """Whether ``past`` forms need an auxiliary to be verbs of the sentence."""
    steps: re.Pattern[str] | None = None
