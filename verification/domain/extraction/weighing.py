"""How much a sentence looks like a claim worth logging, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from verification.domain.extraction.calendar_en import MONTHS
from verification.domain.extraction.hedges import Hedge
from verification.domain.extraction.kinds import Credited
from verification.domain.extraction.periods import Period
from verification.domain.extraction.recall import speaker
from verification.domain.extraction.signals import Signals
from verification.domain.extraction.verbs_fr import STEP_NOW

#: So many months ago, what was said is still news.
_RECENT = 2
#: What is proposed has at least this score.
THRESHOLD = 0.5

_BASE = {
    "hearsay": (0.45, "conditional of rumour"),
    "talks": (0.45, "talks"),
    "plan": (0.42, "plan"),
    "expected": (0.42, "expected"),
    "chance": (0.35, "possibility"),
    "future": (0.3, "future"),
    "would": (0.25, "reported future"),
    "done": (0.2, "reported step"),
    "told": (0.15, "reported step"),
}
_MANNERS = {
    "attributed": 0.25,
    "own reporting": 0.25,
    "anonymous sources": 0.22,
    "carried on": 0.15,
}
_NAMED = re.compile(
    r"\b(?:[Mm]inisters|[Tt]he (?:government|chancellor|prime minister|president|treasury))\b|"
    r"(?<=[\w,;:'(] )[A-ZÀ-Þ][\w'-]+|(?<=')[A-ZÀ-Þ][\w-]+|^\W*[A-Z][\w-]+ [A-Z]|[A-Z]{2,}"
)
# What goes on whether or not the condition is met.
_UNDER_WAY = frozenset({"talks", "plan", "expected", "would", "chance", "future"})
# What somebody hopes is no news as long as nobody reports it.
_HOPE = re.compile(r"esp[èé]r|hop(?:e|ing)|(?:is|are) hop")
# "Le suspect va terminer sa course dans un mur": a story is told so.
_TELLS = re.compile(rf"(?:va|vont) |{STEP_NOW}(?!\w)")
# "« Le site de Lens fermera »" is what will be; "« nous irons »" is what somebody wants.
_SPEAKER = re.compile(r"\b(?:on|nous|je|vous|ils?|elles?|ça|cela|ce|we|i|they|he|she|it)\b|\b[jc]'")
# "« L'entreprise doit proposer »" is what somebody demands.
_MUST = re.compile(r"doi(?:t|vent)", re.IGNORECASE)
_TURNS = (
    *(
        ", mais ",
        ", mais, ",
        ", but ",
        ", though ",
        ", although ",
        "; ",
        ", adding ",
        ", ajoutant ",
    ),
    *(", ce que ", ", ce qu'"),
)
# "No guarantee that a deal will be reached" is no claim that one will.
_DOUBT = re.compile(
    r"no (?:guarantee|assurance|certainty) (?:that|of)|rien ne garantit|aucune garantie"
)
# "Florentino Perez" is no imperative.
_NAMES = re.compile(r"(?<=[\w,;:'] )[A-ZÀ-Þ][\w'-]*")
# "Aurait servi": hearsay of what is over.
_PAST_HEARSAY = re.compile(r"aurai(?:t|ent) (?:\w+ment )?\w+(?:é|i|is|it|u)e?s?\b")


# "Il s'en serait vendu 3 millions en 2024": what is told of a time that is past.
_HAPPENED = re.compile(
    r"(?:serai|aurai)(?:t|ent) (?:\w+ment )?(?:été )?(?!en |dans )\w+(?:é|i|is|it|u)e?s?\b"
)
_YEAR = re.compile(r"\ben (?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Weight:
    """The score, 0 to 1, and the reasons for it, the more telling first."""

    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a sentence when it is weighed: it (``low``) and its core in lower case."""

    core: str
    core_low: str
    low: str
    text: str
    hedge: Hedge
    credited: Credited
    deadline: Period | None
    amounts: int
    heading: bool
    quoted: bool
    over: bool
    published: date
    bygone: bool


def weigh(case: Case, signals: Signals) -> Weight | None:
    """The weight of a sentence, or None where it is none of the kinds that can be a claim."""
    if _left_out(case, signals):
        return None
    base, reason = _BASE[case.hedge.kind]
    score, reasons = base, [reason]
    if case.heading and case.hedge.kind == "future":
        # "Nordica to buy Calix" is all that a headline says of a plan.
        score += 0.1
    if case.credited.manner:
        score += _MANNERS[case.credited.manner]
        reasons.insert(0, case.credited.manner)
    if case.hedge.kind == "told" and case.credited.manner == "own reporting":
        # "Selon nos informations, un audit a été commandé": said for being news.
        score += 0.05
    if case.deadline is not None:
        score += 0.12 if case.deadline.vague else 0.22
        reasons.append("vague window" if case.deadline.vague else "dated")
    for found, worth, name in (
        (signals.event.search(case.core_low) is not None, 0.1, "kind of event"),
        (_NAMED.search(case.core) is not None, 0.08, "names"),
        (case.amounts > 0, 0.06, "amount"),
    ):
        if found:
            score += worth
            reasons.append(name)
    score -= _against(case, signals)
    return Weight(round(min(max(score, 0.0), 0.99), 2), tuple(reasons))


def _left_out(case: Case, signals: Signals) -> bool:
    """Whether it cannot be a claim, whatever speaks for it."""
    hedge, credited = case.hedge, case.credited
    sayso = bool(credited.manner)
    firm = case.deadline is not None and not case.deadline.vague
    part = _part(case)
    if _DOUBT.search(part) or (signals.empty.search(part) and not firm):
        return True
    real = firm or (credited.reported and hedge.kind in _UNDER_WAY)
    if hedge.negated and not (sayso or (firm and hedge.kind == "expected")):
        return True
    if signals.unreal.search(case.core_low) and not (sayso and hedge.kind != "hearsay" and real):
        return True
    if hedge.kind == "would":
        return not sayso
    if hedge.kind in {"done", "told"}:
        return not (sayso and credited.reported)
    if hedge.kind == "future":
        return not (sayso or firm or case.heading)
    return not hedge.finite and not (sayso or firm)


def _part(case: Case) -> str:
    """The part of the core that the hedge is in: "non communiqué, mais il serait vendu"."""
    place = case.core_low.find(case.hedge.text.lower())
    if place < 0:
        return case.core_low
    whole = case.hedge.start
    if max(case.low.rfind(turn, 0, whole) for turn in _TURNS) > 0:
        # "On l'ignore, mais des proches disent que": the turn goes with the credit.
        begins = max(case.low.rfind(turn, 0, whole) for turn in _TURNS)
        ends = min(end for turn in _TURNS if (end := _found(case.low, turn, whole)) > 0)
        return case.low[begins:ends]
    ends = min(_found(case.low, turn, whole) for turn in _TURNS)
    if ends < len(case.low):
        # "One of them said, adding that nothing is decided": that is said of something else.
        return case.low[:ends]
    return case.core_low


def _found(text: str, words: str, place: int) -> int:
    found = text.find(words, place)
    return found if found >= 0 else len(text)


def _against(case: Case, signals: Signals) -> float:
    against = 0.0
    sayso = bool(case.credited.manner)
    if case.hedge.negated:
        against += 0.2 if case.quoted else 0.1
    if signals.opinion.search(case.low):
        against += 0.55 if case.quoted else 0.35
    if signals.advice.search(_NAMES.sub(" ", case.text).lower()):
        against += 0.4
    if case.over and not case.hedge.finite and case.hedge.kind == "expected":
        # "La réunion, prévue le 3, n'avait pu se tenir."
        against += 0.4
    if signals.stale.search(case.low) or _said_long_ago(case, signals):
        against += 0.4
    if case.bygone and case.hedge.kind in {"would", "chance"}:
        # "Ministers promised that the walls would be rebuilt", sixty years ago.
        against += 0.4
    hedged = case.core.find(case.hedge.text)
    if not sayso and _PAST_HEARSAY.match(case.core[hedged:]):
        against += 0.1 if _NAMED.search(case.core) else 0.2
    if case.over and _YEAR.search(case.core) and _HAPPENED.match(case.core[hedged:]):
        against += 0.4
    timeless = case.deadline is None or case.deadline.precision == "quarter"
    if not sayso and timeless and not _NAMED.search(case.core):
        against += 0.15
    return against + (_against_undated(case, signals) if case.deadline is None else 0.0)


def _said_long_ago(case: Case, signals: Signals) -> bool:
    """Whether it was said in a month that is neither this one nor one of the two before."""
    said = signals.said_in.search(case.low) if signals.said_in is not None else None
    if said is None:
        return False
    ago = case.published.month - MONTHS[said["month"] or said["first"]]
    return ago % 12 > _RECENT


def _against_undated(case: Case, signals: Signals) -> float:
    """What speaks against a sentence that does not say when."""
    against = 0.0
    if case.hedge.kind == "done" and _TELLS.match(case.hedge.text):
        # "Le public rejoint les ateliers" is no step of somebody's.
        against += 0.0 if _NAMED.search(case.core) else 0.15
    if case.over and case.hedge.kind != "told":
        against += 0.1 if case.hedge.finite and case.hedge.kind != "plan" else 0.2
    someone = case.credited.manner == "attributed" or speaker(case.credited.names) is not None
    spoken = case.hedge.kind == "chance" and someone
    if case.quoted and (spoken or not case.credited.reported):
        fact = case.hedge.kind == "future" and not _SPEAKER.search(case.core_low)
        against += 0.3 if case.hedge.kind == "plan" else (0.05 if fact else 0.2)
    if case.quoted and _MUST.match(case.hedge.text):
        against += 0.3
    if signals.generic.search(case.core_low):
        against += 0.15
    if not case.credited.manner and _HOPE.match(case.hedge.text.lower()):
        against += 0.15
    if case.credited.manner in {"", "carried on"} and _TELLS.match(case.hedge.text):
        against += 0.25
    return against
