"""Whoever comes after a verb of saying: "rapporte Le Monde", "indique à RFI le ministre"."""

from __future__ import annotations

import re
from dataclasses import replace

from verification.domain.extraction.credits import Attribution, with_name
from verification.domain.extraction.kinds import NOBODY, Credit
from verification.domain.extraction.scene import Scene
from verification.domain.extraction.speech import Speech
from verification.domain.extraction.subjects import PLACE, VERB, apposed
from verification.domain.extraction.told import by_name, is_media, on_air
from verification.domain.extraction.verbs_fr import CONDITIONAL, FUTURE

_AIRED = re.compile(
    r",? (?:(?:ce |on )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier)"
    r"(?: matin| soir| midi)? )?(?:sur|dans|chez|on|in) (?P<on>[^,;:.«»\"()]{2,50})"
)
# ", porte-parole du groupe": what the speaker is, at the end of the sentence.
_OFFICE = re.compile(
    r", (?:l'|le |la |son |sa |the |its |an? )?+(?!dans |lors |en |qui |sur |on |in |at |au |à |"
    r"chez )[a-zé][^,.;:]{3,70}(?=\.?$|, (?:sur|dans|on|in) )"
)
# ", le groupe envisage de vendre" is what is said, and not who says so.
_ACTS = re.compile(
    r"[\"«]|\b(?:envisage|prévoit|souhaite|veut|compte|entend|prépare|étudie|cherche|espère|vise|"
    r"va|"
    r"vont|devrait|pourrait|doit|plans|wants|aims|will|could|may|would)\b|"
    rf"{CONDITIONAL}|{FUTURE}"
)
# "Indique à RFI", "ont confié au Monde".
_TO = re.compile(
    r" (?:à (?:l'|la )?|au |aux |auprès d(?:e |u |')|sur |dans |chez |au micro d(?:e |u |'))"
)


def inverted(scene: Scene, start: int, match: re.Match[str], speech: Speech) -> Attribution | None:
    """Whoever comes after the verb: "rapporte le Monde", "said Karen Lowe"."""
    sentence = scene.sentence
    heard_first = _told_first(scene, start, match, speech)
    if heard_first is not None:
        return heard_first
    subject = speech.inverted.match(scene.low, match.end())
    if subject is None:
        return None
    placed = PLACE.match(scene.low, subject.start("who"))
    if placed and scene.credit(*subject.span("who")).kind != "media":
        # "Its head of safety, Niamh Brody, wrote in a blog post".
        before = apposed(scene, start, subject.end("who"))
        if before is not None:
            return before
    if not speech.participles and VERB.search(subject["who"]):
        return None
    spoken = with_name(scene, max(0, start - 1), *subject.span("who"))
    office = _OFFICE.match(sentence, spoken.end)
    if office is not None and spoken.credit.names and not _ACTS.search(office[0]):
        spoken = replace(spoken, end=office.end())
    aired = _AIRED.match(scene.low, spoken.end)
    if aired is not None and spoken.credit.names:
        # ", secrétaire générale de l'Union, sur Franceinfo".
        both = on_air(scene, spoken.credit, *aired.span("on"))
        if both is not spoken.credit:
            return Attribution(spoken.start, aired.end(), both)
    told = speech.told.match(scene.low, spoken.end)
    heard = scene.credit(*told.span("to")) if told is not None else NOBODY
    if told is None or not is_media(heard, scene.sentence[told.start() : told.end()]):
        return spoken
    both = Credit("media", (*by_name(spoken.credit), *heard.names))
    return Attribution(spoken.start, told.end("to"), both)


def _told_first(
    scene: Scene, start: int, match: re.Match[str], speech: Speech
) -> Attribution | None:
    """Of "indique à RFI leur secrétaire, Luc Armand", both: to whom stands before who."""
    to = _TO.match(scene.low, match.end()) if speech.participles else None
    heard = next((each for each in scene.named if to and -4 < each.start - to.end() <= 1), None)
    if heard is None:
        # "Au Monde": the article belongs to the name.
        heard = next((each for each in scene.named if each.start == match.end() + 1), None)
        if heard is None or _TO.match(scene.low, match.end()) is None:
            return None
    who = speech.inverted.match(scene.low, heard.end)
    if who is None or scene.sentence[heard.end : heard.end + 1] != " ":
        return None
    spoken = with_name(scene, max(0, start - 1), *who.span("who"))
    office = _OFFICE.match(scene.sentence, spoken.end)
    if office is not None and spoken.credit.names and not _ACTS.search(office[0]):
        spoken = replace(spoken, end=office.end())
    # "Au Figaro le ministre chargé des Relations": one word in an office is no name.
    role = who["who"].strip()[:3] in {"le ", "la ", "l'a", "l'é", "leu", "son", "sa ", "un ", "une"}
    said = tuple(name for name in by_name(spoken.credit) if " " in name or not role)
    names = tuple(dict.fromkeys((*said, heard.name)))
    return replace(spoken, credit=Credit("media", names)) if spoken.credit.kind else None
