"""Who says so where no verb of saying does it: whom the sentence begins with."""

from __future__ import annotations

import re

from verification.domain.extraction.credits import Attribution
from verification.domain.extraction.kinds import Credit
from verification.domain.extraction.proper import CAP, people
from verification.domain.extraction.scene import WORDS_TOO, Scene
from verification.domain.extraction.speech import Speech
from verification.domain.extraction.verbs_fr import CONDITIONAL, FUTURE

_WITH_SAYING = re.compile(
    rf"\bwith (?:the )?(?P<who>{CAP}(?: {CAP}){{0,3}}) (?:saying|claiming|suggesting|revealing|"
    r"reporting|insisting|confirming|adding|stating|warning)\b"
)
#: A name that begins so early opens the sentence: "Le site Deadline enfonce le clou".
_OPENS = 9
#: Somebody who is named so early is whom the sentence is about.
_SUBJECT_IN = 60
_PRONOUN_FIRST = re.compile(r"(?:Il|Elle|Ce dernier|Cette dernière|He|She) ")
# What an outlet is or does, and does not say.
_ABOUT_IT = re.compile(
    r"(?:['’]s?)? (?:(?:also|now|still|then|itself|group|plc|news|shares|stock|staff|journalists|"
    r"bosses|executives|owner|parent|chief|editor) )*(?:is|are|was|were|has|have|had|will|would|"
    r"could|can|may|might|should|shares|stock|plans?|aims?|wants?|hopes?|intends?|expects?|seeks?|"
    r"agreed|bought|sold|launched|declined|closed|refused|paid|rose|fell)(?![\w-])"
    r"|['’]s? (?!\w+ (?:reports?|says|writes|claims|reported|said))"
)
# "L'AS Rome".
_NAME_GOES_ON = re.compile(r" [A-ZÀ-Þ]")
# "Au mois de juin, Le Figaro se faisait l'écho de": when it was, and then whose it is.
_INTRO = re.compile(
    r"(?:Au|Aux|À|En|Dans|Le|La|Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche|Hier|Ce|Cette|"
    r"Début|Fin|Depuis|Il y a)\b[^,;:«»\"]{0,45}, (?:le |la |l')?"
)
# "Chez M6", "TF1 aurait promis": an outlet that is told of.
_OF_IT = re.compile(
    r"(?:^|[ ,])(?:quant à|chez|avec|pour|contre|de|du|des|à|sur|at|with|for|of|on|as for) (?:la |"
    r"le )?$",
    re.IGNORECASE,
)
_DOES = re.compile(
    rf"(?:,? (?:quant à \w+|elle|lui|de son côté),?)? (?:lui |leur |se |s'|y |en )?"
    rf"(?:{CONDITIONAL}|{FUTURE}|va |compte |souhaite |veut |envisage |prévoit |would|will|could|"
    rf"may)"
)
# "Le journaliste de Bloomberg en remet une couche, en affirmant que".
_REPORTER = re.compile(
    r"(?:l'|le |la |the )(?:\w+ ){0,2}?(?:journaliste|insider|spécialiste|correspondante?|reporter)"
    r" (?:d[eu] |d'|of |from |at )(?:l'|la )?",
    re.IGNORECASE,
)


def goes_on_to_say(scene: Scene, speech: Speech) -> list[Attribution]:
    """Whom the sentence is about: "Il revient sur ses prédictions, estimant que"."""
    beside = _WITH_SAYING.search(scene.sentence)
    if beside is not None:
        # "With Lowe revealing that": who does is named there.
        credited = scene.credit(*beside.span("who"))
        return [Attribution(beside.start(), beside.end(), credited)]
    match = speech.gerunds.search(scene.low)
    if match is None:
        return []
    before = scene.sentence[: match.start()]
    if _PRONOUN_FIRST.match(before):
        return [Attribution(0, match.end(), Credit("pronoun"))]
    media = [
        named.name
        for named in scene.named
        if named.start <= _OPENS or _REPORTER.fullmatch(before, 0, named.start)
    ]
    if media:
        return [Attribution(0, match.end(), Credit("media", tuple(media[:1])))]
    named = people(before)[:1]
    if not named or before.find(named[0]) > _SUBJECT_IN:
        return []
    place = before.find(named[0])
    whole = scene.credit(place, place + len(named[0]))
    credited = whole if whole.kind in {"media", "voice"} else Credit("voice", named)
    return [Attribution(match.start(), match.end(), credited)]


def opened_by(scene: Scene) -> list[Attribution]:
    """A sentence that an outlet opens is what that outlet says, whatever its verb.

    "Reuters could be sold" and "Sky plans to bid" are about the outlet.
    """
    return [
        Attribution(named.start, named.start, Credit("media", scene.joined(named)))
        for named in scene.named
        if (named.start <= _OPENS or _INTRO.fullmatch(scene.sentence, 0, named.start))
        and scene.credit(named.start, named.end).kind == "media"
        and not (named.name in WORDS_TOO and _NAME_GOES_ON.match(scene.sentence, named.end))
        and not _OF_IT.search(scene.sentence, 0, named.start)
        and not _DOES.match(scene.low, named.end)
        and not _ABOUT_IT.match(scene.low, named.end)
    ][:1]
