"""How sure a report sounds: the ladder of ICD 203, and what hedges as printed suggest on it.

The seven terms and their bands are those of Intelligence Community Directive 203, *Analytic
Standards* (Office of the Director of National Intelligence, 2 January 2015), section D.6.e.(2)(a).
A claim's report is coded on this ladder by an editor; what this module reads out of a hedge is
only the suggestion that the editor starts from.
"""

import re
import unicodedata
from dataclasses import dataclass

# Percent, as the directive prints them. Neighbouring bands share their boundary.
BANDS: dict[str, tuple[int, int]] = {
    "almost no chance": (1, 5),
    "very unlikely": (5, 20),
    "unlikely": (20, 45),
    "roughly even chance": (45, 55),
    "likely": (55, 80),
    "very likely": (80, 95),
    "almost certain": (95, 99),
}

# From the least to the most probable.
CERTAINTIES: tuple[str, ...] = tuple(BANDS)


def implied_probability(term: str) -> float:
    """The middle of the term's band, as a fraction: 0.675 for "likely".

    Raises ValueError for a term that is not on the ladder.
    """
    low, high = BANDS[_on_ladder(term)]
    return (low + high) / 200


def step(term: str) -> int:
    """The term's rung, from 1 ("almost no chance") to 7 ("almost certain").

    Raises ValueError for a term that is not on the ladder.
    """
    return CERTAINTIES.index(_on_ladder(term)) + 1


def suggest_certainty(hedge: str) -> str | None:
    """The ladder's term that a hedge, French or English, suggests for what it introduces.

    Deliberately shy: where several hedges meet, the least certain one speaks; and the answer is
    None for a negation ("won't", "ne devrait pas": it may deny the claim or be part of it), for
    an attribution ("alleges"), a bound ("up to", "at the earliest") and for words not known.
    """
    family = hedge_family(hedge)
    return None if family is None else _CERTAINTY_OF[family]


def hedge_family(hedge: str) -> str | None:
    """The family of hedges that speaks in ``hedge``, by its English name: "could", "in talks".

    It groups the many forms of one hedge, so that "pourrait atteindre", "pourraient" and "could
    launch" are counted together. None as in :func:`suggest_certainty`.
    """
    text = unicodedata.normalize("NFC", hedge).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    text = " ".join(text.split())
    found = [match.lastgroup for match in _PATTERN.finditer(text)]
    names = [_NAME_OF_GROUP[group] for group in found if group is not None]
    if not names or _REVERSAL.name in names:
        return None
    # Of equally certain families the one listed first is the more telling: "close to" says more
    # than "reportedly".
    return min(names, key=lambda name: (step(_CERTAINTY_OF[name]), _ORDER[name]))


def _on_ladder(term: str) -> str:
    if term not in BANDS:
        raise ValueError(f"certainty is one of {', '.join(CERTAINTIES)}; not {term!r}")
    return term


@dataclass(frozen=True, slots=True)
class _Family:
    name: str
    certainty: str
    pattern: str


# The order decides between families that begin at the same word: longer phrases come first, so
# that "very good chance" is not read as "good chance", nor "highly unlikely" as "unlikely".
_FAMILIES: tuple[_Family, ...] = (
    _Family(
        "no chance",
        "almost no chance",
        r"almost no chance|no chance|remote chance|(?:n'a )?(?:presque )?aucune chance",
    ),
    _Family(
        "highly unlikely",
        "very unlikely",
        r"(?:very|highly|extremely|most) (?:unlikely|improbable)"
        r"|(?:très|fort) (?:peu probable|improbable)s?",
    ),
    _Family(
        "unlikely",
        "unlikely",
        r"unlikely|improbable|not (?:very )?likely"
        r"|peu (?:probable|vraisemblable)s?|peu de chances?",
    ),
    _Family(
        "almost certain",
        "almost certain",
        r"(?:almost|nearly|virtually|all but) certain(?:ly)?|no doubt|without (?:a )?doubt"
        r"|quasi[- ]?(?:certitude|certaine?s?)|(?:quasiment|presque) certaine?s?"
        # In the singular only: "plus de doutes" may be more of them.
        r"|(?:n'y a |ne fait )?(?:sans )?(?:plus (?:vraiment |guère )?de|aucun) doute",
    ),
    _Family(
        "very likely",
        "very likely",
        r"(?:very|highly|extremely|most) (?:likely|probabl[ey])|(?:very good|strong|high) chances?"
        r"|(?:très|fort) (?:probable|vraisemblable)(?:ment|s)?|(?:fortes|grandes) chances",
    ),
    _Family(
        "likely",
        "likely",
        r"likely|probabl[ey]|probables|probablement|vraisemblable(?:ment|s)?|good chances?"
        r"|bonnes chances|sans doute"
        r"|(?:would not|wouldn't) be (?:a )?surpris(?:e|ed|ing)"
        r"|ne serait (?:donc )?pas (?:étonnant|surprenant|une surprise)",
    ),
    _Family(
        "close to",
        "likely",
        r"(?:in )?(?:advanced|final|exclusive|late-stage) (?:talks|discussions|negotiations|stages)"
        r"|(?:négociations|discussions|pourparlers) (?:très )?(?:avancée?s|exclusi(?:fs|ves))"
        r"|close to|on the (?:verge|brink)|on track|nearing|poised to|on the cusp"
        r"|en passe|sur le point|en bonne voie|proches? d(?:es?|u)?|se rapproche(?:nt)?",
    ),
    _Family(
        "even chance",
        "roughly even chance",
        r"(?:roughly )?even (?:chance|odds)|toss-up|fifty-fifty|50[-/]50|une chance sur deux",
    ),
    _Family(
        "in talks",
        "roughly even chance",
        r"(?:in |holds? |held |holding |resumes? )?(?:early[- ])?(?:stage )?"
        r"(?:talks|discussions|negotiations)|negotiating"
        r"|(?:en )?(?:négociations?|pourparlers|discussions?)|négocient?|discutent?",
    ),
    _Family(
        "considering",
        "roughly even chance",
        r"considering|considers|weighing|weighs|exploring|explores|mulling|mulls|eyeing|eyes"
        r"|envisag(?:e|ent|eait|eaient|erait|eraient)|étudi(?:e|ent|erait|eraient)"
        r"|réfléchi(?:t|ssent|rait|raient)|songe(?:nt|rait|raient)?",
    ),
    _Family(
        "could",
        "roughly even chance",
        # "may" in lower case only: "May" is as often the month.
        r"could|might|(?-i:may)|maybe|perhaps|possibl[ey]|potential(?:ly)?"
        r"|pourra(?:it|ient)|peut-être|possibles?|possiblement|éventuel(?:le)?s?"
        r"|éventuellement|potentiel(?:le)?(?:s|ment)?",
    ),
    _Family(
        "rumoured",
        "roughly even chance",
        r"rumou?r(?:s|ed)?|rumeurs?|bruits? de couloir",
    ),
    _Family(
        "front runner",
        "roughly even chance",
        r"front[- ]?runners?|favou?rites?|favoris?",
    ),
    _Family(
        "expected",
        "likely",
        r"expect(?:s|ed)?|anticipated|should|slated|scheduled|set to|bound to"
        r"|dev(?:rait|raient)|doi(?:t|vent)|attendue?s?|prévue?s?|programmée?s?|censée?s?",
    ),
    _Family(
        "plans",
        "likely",
        r"plan(?:s|ned|ning)?|aim(?:s|ed|ing)?|intend(?:s|ed|ing)?|seek(?:s|ing)?"
        r"|target(?:s|ed|ing)?|prepar(?:es|ing)|gearing up|gears up|looking to"
        r"|prévoi(?:t|ent)|compte(?:nt)?(?= \w+(?:er|ir|re)\b)|veu(?:t|lent)"
        r"|cherche(?:nt)? à|vise(?:nt)?"
        r"|objectif|prépare(?:nt)?|s'apprête(?:nt)?|ambitionne(?:nt)?|souhaite(?:nt)?",
    ),
    _Family(
        "seems",
        "likely",
        r"(?:appear|seem)(?:s|ed)?|(?:looks?|sounds) (?:like|as (?:though|if))|semble(?:nt)?",
    ),
    _Family(
        "reportedly",
        "likely",
        # The French conditional of hearsay, "serait", "quitterait". Verbs in -er have it in -erait,
        # which no imperfect shares; of the others, those that news is made of, by name.
        r"reportedly|reported to|said to|would"
        r"|aura(?:it|ient)|ira(?:it|ient)|\w+era(?:it|ient)"
        r"|(?:prend|reprend|vend|rend|viend|deviend|tiend|obtiend|rejoind|atteind)ra(?:it|ient)"
        r"|(?:sorti|parti|investi|réuni|choisi|fourni|mett|recev)ra(?:it|ient)"
        r"|selon (?:nos|plusieurs|des|certaines) sources",
    ),
    _Family(
        "will",
        "very likely",
        r"will|va|vont|is going to|are going to",
    ),
)

# What turns a hedge round. It comes last: a phrase that has its negation in it is a hedge whole.
_REVERSAL = _Family(
    "reversal",
    "",
    r"not|never|no|nor|neither|cannot|\w+n't|all but|anything but|ne|n(?=')|pas|jamais|aucune?"
    r"|denie[sd]|deny|dément(?:ent)?",
)

_ORDER = {family.name: i for i, family in enumerate(_FAMILIES)}
_CERTAINTY_OF = {family.name: family.certainty for family in _FAMILIES}
_NAME_OF_GROUP = {f"g{i}": family.name for i, family in enumerate((*_FAMILIES, _REVERSAL))}
_PATTERN = re.compile(
    "|".join(
        rf"(?P<{group}>(?<!\w)(?:{family.pattern})(?!\w))"
        for group, family in zip(_NAME_OF_GROUP, (*_FAMILIES, _REVERSAL), strict=True)
    ),
    re.IGNORECASE,
)
