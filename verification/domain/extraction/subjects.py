"""Whose a verb of saying is, where its subject does not stand right beside it."""

from __future__ import annotations

import re
from dataclasses import replace

from verification.domain.extraction.credits import Attribution, clause_start, only
from verification.domain.extraction.kinds import Credit
from verification.domain.extraction.proper import people
from verification.domain.extraction.scene import Scene
from verification.domain.extraction.speakers import OBSERVER
from verification.domain.extraction.speech import Speech
from verification.domain.extraction.strangers import each_of
from verification.domain.extraction.verbs_fr import CONDITIONAL

ALSO = re.compile(r" (?:and|et)(?: (?:also|then|later|aussi|\w+ly|\w+ment))? $")
# What may stand between a subject and its verb and is nobody.
_ASIDE = re.compile(
    r"(?:de (?:son|leur) côté|pour (?:sa|leur) part|quant à \w+|(?:lui|elle|eux)(?: aussi)?|"
    r"par ailleurs|en revanche|toutefois|cependant|for (?:its|his|her|their) part|meanwhile|"
    r"however|though|too|also)",
    re.IGNORECASE,
)
#: A name that comes so early is the subject.
_EARLY = 5
LONGEST_SUBJECT = 14
#: Words of a name with what it is, together.
_WIDE = 9
# ", wrote in a blog post": who did is before the verb.
PLACE = re.compile(
    r"(?:in|on|at|during|via|through|by|after|before|to|as|for|from|with|last|this|late|early|dans|"
    r"sur|lors|devant|à|au|aux|en|par|hier|ce|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"earlier|today|yesterday|it|that)\b(?! the )(?! times| telegraph)"
)
# "Deadline, which first reported the casting, says".
_RELATIVE = re.compile(
    r"(?:which|who|whose|qui|dont|où|lequel|laquelle|quoted|quoting|citing|citant|citée?) "
)
_WHO_HAS = re.compile(r"(?:who|which) (?:has|had|is|was|have|were|are|will)\b")
#: Characters of what stands in brackets behind a name.
_BRACKETS = 40
#: Pieces between commas in which an apposed subject is looked for.
_SEGMENTS = 5
# "Ada Stone, économiste, estime": one of them, and named.
_TRADE = re.compile(
    r"(?:l'|une? |an? )?(?:analyste?|économiste|economist|experte?|spécialiste|stratège|"
    r"strategist|observateur|observer|conseill(?:er|ère))\b"
)
# "Hugo Lam, du site GameLeaks,": whose he is.
_WRITES_FOR = re.compile(r"(?:du|de la|de|d'|chez|pour|of|from|at) ?(?:le |la |l')?\S")
# What has a verb of its own is no subject.
VERB = re.compile(
    r"\b(?:would|will|could|may|might|is|are|was|were|has|have|had|est|sont|était|étaient|sera|"
    r"seront|serait|seraient|devrait|devraient|pourrait|pourraient|doit|doivent|va|vont)\b"
    rf"|{CONDITIONAL}"
)
# ", in Hampshire, but listed in London,".
_WHERE = re.compile(
    r"(?:in|at|near|but|and|from|listed|based|born|aged|\d+|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?= \d))(?: |$)"
)


def apposed(scene: Scene, start: int, end: int) -> Attribution | None:
    """In "Le PDG, Laurent Morin, a annoncé que" the subject is ahead of what stands between."""
    last = start = _before_brackets(scene.sentence, start)
    for _ in range(_SEGMENTS):
        last, start = start, clause_start(scene.sentence, max(0, start - 1))
        words = scene.sentence[start : max(start, last - 1)].strip()
        if words and start and _WHO_HAS.match(words):
            # ", who had reported earlier that it was late, said".
            continue
        if not words or len(words.split()) > LONGEST_SUBJECT or VERB.search(words):
            return None
        among = scene.credit(start + len("dont "), last - 1) if words.startswith("dont ") else None
        if among is not None and among.kind == "media":
            # "Plusieurs médias, dont Le Monde, rapportent".
            return Attribution(start, end, among)
        if _ASIDE.fullmatch(words) or _RELATIVE.match(words) or _WHERE.match(words):
            continue
        found = _from(scene, start, last, end)
        if found is not None:
            return found
    return None


def _before_brackets(sentence: str, start: int) -> int:
    """Where a clause is over that brackets close: "Luc Armand (LR), a répété"."""
    begin = start - 1 if sentence[start - 1 : start] == "," else start
    if sentence[begin - 1 : begin] != ")":
        return start
    opened = sentence.rfind("(", max(0, begin - _BRACKETS), begin)
    return opened + 1 if opened > 0 else start


def _from(scene: Scene, start: int, last: int, end: int) -> Attribution | None:
    """Whom the piece between ``start`` and ``last`` credits, with what stands before it."""
    credited = scene.credit(start, last - 1)
    words = scene.sentence[start : max(start, last - 1)].strip()
    earlier = clause_start(scene.sentence, max(0, start - 1))
    alone = credited.kind == "anonymous" and _TRADE.match(words) is not None
    person = _named_before(scene, start) if credited.kind == "voice" or alone else None
    if person is not None and words[0].islower():
        # "Ada Stone, the owner of Hartwell Mills' last plant, said".
        return replace(person, end=end)
    if credited.kind in {"anonymous", "again", "house"} and start:
        outlet = _outlet_before(scene, start)
        if outlet is not None:
            return replace(outlet, end=end)
    if credited.kind == "voice" and _is_loose(credited) and start:
        wider = scene.credit(earlier, start - 1)
        if wider.kind in {"voice", "media"} and len(scene.sentence[earlier:start].split()) < _WIDE:
            return Attribution(earlier, end, wider)
    if credited.kind in {"media", "anonymous", "again"} and (
        OBSERVER.search(words) or _WRITES_FOR.match(words)
    ):
        # "Mark Gurman, journaliste chez Bloomberg, affirme": who writes there is named first.
        writer = people(scene.sentence[earlier : max(0, start - 1)])[-1:]
        if not OBSERVER.search(words):
            writer = tuple(name for name in writer if " " in name)
        if writer:
            both = Credit("media", tuple(dict.fromkeys((*writer, *credited.names))))
            return Attribution(earlier, end, both)
    return Attribution(start, end, credited) if credited.kind else None


def _outlet_before(scene: Scene, start: int) -> Attribution | None:
    """The outlet that an apposition at ``start`` says more of: "the FT, one of the dailies"."""
    earlier = clause_start(scene.sentence, max(0, start - 1))
    for named in scene.named:
        if earlier <= named.start < start and not scene.sentence[named.end : start].strip(" ,"):
            return Attribution(earlier, start, scene.credit(earlier, start - 1))
    return None


def _named_before(scene: Scene, start: int) -> Attribution | None:
    """Somebody with a full name, who is all that stands before the apposition at ``start``."""
    earlier = clause_start(scene.sentence, max(0, start - 1))
    words = scene.sentence[earlier : max(earlier, start - 1)].strip()
    named = people(words)
    if len(named) != 1 or " " not in named[0] or not words.endswith(named[0]):
        return None
    if PLACE.match(words.lower()) or scene.credit(earlier, start - 1).kind != "voice":
        return None
    return Attribution(earlier, start, Credit("voice", each_of(named[0])))


def antecedent(scene: Scene, start: int, match: re.Match[str]) -> Attribution | None:
    """Of "selon Marc Roy, qui précise que", Marc Roy says so: a name that the comma follows."""
    begin = clause_start(scene.sentence, max(0, start - 1))
    words = scene.sentence[begin : max(begin, start - 1)].rstrip()
    named = people(words)
    if not named or not words.endswith(named[-1]):
        return None
    credited = scene.credit(begin + words.rfind(named[-1]), begin + len(words))
    if credited.kind not in {"media", "voice"}:
        return None
    return Attribution(start - 1, match.end(), credited)


def first_subject(scene: Scene, match: re.Match[str], speech: Speech) -> Attribution | None:
    """Of "Vanda reported results in May and said it planned", Vanda says so: it comes first."""
    if ALSO.search(scene.low, 0, match.start()) is None:
        return None
    if speech.says.match(scene.sentence, match.end()) is None:
        return None
    words = scene.sentence[: match.start()]
    named = people(words)[:1]
    if not named or words.find(named[0]) > _EARLY:
        return None
    found = scene.credit(0, words.find(named[0]) + len(named[0]))
    return Attribution(match.start(), match.end(), found) if found.kind else None


def _is_loose(credited: Credit) -> bool:
    """Whether it is one name alone, or only an office, and the person may be named beside it."""
    name = only(credited)
    return " " not in name or name[:1].islower()


def clausal(sentence: str, start: int, end: int) -> bool:
    """Whether the words have a verb of their own, and are no subject."""
    return (
        VERB.search(sentence, start, end) is not None
        and re.search(r"\b(?:who|which|that|qui|dont)\b", sentence[start:end]) is None
    )
