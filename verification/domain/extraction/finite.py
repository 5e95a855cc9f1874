"""Whether a verb of saying is one that somebody says something by, and not a noun or a wish."""

from __future__ import annotations

import re

from verification.domain.extraction.scene import Scene
from verification.domain.extraction.speech import Speech

_NOUNS = frozenset(
    {"annonce", "note", "report", "reports", "claim", "claims", "estimate", "estimates"}
)
_NOUN = re.compile(
    r"(?:\bl'|\bd'|\b(?:une|cette|la|sa|de|aucune|the|a|an|this|these|its|their|his|her|of|such|"
    r"some|earlier|new|recent|another|each|every|on|amid|despite|following|by|and|from|media|press|newspaper|past|"
    r"previous|multiple|several|various|many|numerous|other|more|conflicting|after) |"
    # "Lowe's reports": what is somebody's is a noun.
    r"\w['’]s )$"
)
_THINGS = frozenset({"report", "note", "estimate"})
# "Sent his interim report".
_OF_A_KIND = re.compile(r"\b(?:the|an?|its|his|her|their) [a-z-]+ $")
# "Reports have suggested", "a Guardian report claims": it has a verb of its own.
_SUBJECT = re.compile(
    r" (?:also|over|this|last|earlier|on|for|against|have|has|had|claim|say|suggest|indicate|"
    r"state|of|from|published|"
    r"released|emerged|"
    r"surfaced|circulat\w+)(?:s|ed)?\b"
)
# "Chow and Shan report for the Post".
_WRITES = re.compile(r" (?:for|in|on) (?:the )?[A-Z]")
_NAME = re.compile(r"[A-Z][\w'’-]+ $")
# "On évoque le nom de Marc Roy": that is what is not known.
# "A écrit le scénario": no news.
_WORKS = re.compile(
    r" (?:(?:le|la|les|un|une|son|sa|ses|des|deux|trois|plusieurs) |l')(?:\w+ )?"
    r"(?:scénarios?|romans?|livres?|chansons?|textes?|scripts?|biographie|pièces?|albums?|musiques?|paroles|pages?|"
    r"histoire)\b"
)
_ONE = re.compile(r"\bon $")
# "Le journaliste l'annonce ce samedi : X va".
_IT = re.compile(
    r"(?: (?:ce|cette|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b[^,;:]{0,20})? ?:"
)
# "N'aurait pas dit non", "ni l'un ni l'autre n'ont confirmé": nobody has said it.
_NOT_SAID = re.compile(r"\b(?:aurai(?:t|ent)|avoir|ayant|a|ont) (?:pas|jamais|rien|guère) $")
# "Could be announced" is nobody's saying.
_PASSIVE = re.compile(
    r"\b(?:be|been|being|was|were|is|are|été|être|aurait|auraient|aura|auront|ayant|avoir) $"
)
# "Les prédictions se révèlent justes", "cela s'explique": nobody speaks.
_REFLEXIVE = ("se ", "s'")
# "Is due to report", "could say": nothing is said yet.
_UNSAID = re.compile(r"\b(?:to|will|would|could|may|might|must|should|can|cannot|not|n't) $")


def is_finite(scene: Scene, match: re.Match[str], speech: Speech) -> bool:
    """Whether it is a verb of the sentence, and somebody's who says something."""
    if speech.participles and not match["past"] and speech.past.fullmatch(match["verb"]):
        return False
    noun = match["verb"].lower() in _NOUNS and _IT.match(scene.low, match.end()) is None
    begins = scene.sentence[match.start("verb") : match.start("verb") + 1]
    if noun and begins.isupper() and not scene.sentence.istitle():
        # "The Pre-Budget Report".
        return False
    writes = _WRITES.match(scene.sentence, match.end()) and _NAME.search(
        scene.sentence, 0, match.start("verb")
    )
    return not (
        (match[0].startswith(_REFLEXIVE) and not match["verb"].startswith(_REFLEXIVE))
        or (noun and _NOUN.search(scene.low, 0, match.start("verb")))
        or (match["verb"] in _THINGS and _OF_A_KIND.search(scene.sentence, 0, match.start("verb")))
        or (noun and not writes and _SUBJECT.match(scene.low, match.end()))
        or (match["verb"] == "écrit" and _WORKS.match(scene.low, match.end()))
        or (match["verb"] == "évoque" and _ONE.search(scene.low, 0, match.start()))
        or (match[0].startswith("n'") and match["past"])
        or _NOT_SAID.search(scene.low, max(0, match.start() - 20), match.start())
        or _UNSAID.search(scene.sentence, max(0, match.start() - 9), match.start())
        or _PASSIVE.search(scene.sentence, max(0, match.start() - 10), match.start())
    )
