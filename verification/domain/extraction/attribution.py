"""Who says so: every credit of a sentence, and where in it the crediting is done."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from verification.domain.extraction.colons import before_colon
from verification.domain.extraction.credits import Attribution, only, quoted
from verification.domain.extraction.leads import lead
from verification.domain.extraction.naming import NOBODY, Credit
from verification.domain.extraction.outlets import KNOWN_REPORTERS, Names, key_of
from verification.domain.extraction.proper import CAP, people
from verification.domain.extraction.saying import spoken
from verification.domain.extraction.scene import WORDS_TOO, Scene
from verification.domain.extraction.signatures import signature
from verification.domain.extraction.speech import Speech
from verification.domain.extraction.verbs_fr import CONDITIONAL, FUTURE

#: A sentence in which more is said is an attack.
_VERBS = 12
_WITH_SAYING = re.compile(
    rf"\bwith (?:the )?(?P<who>{CAP}(?: {CAP}){{0,3}}) (?:saying|claiming|suggesting|revealing|"
    r"reporting|insisting|confirming|adding|stating|warning)\b"
)
# "Has told advisers that": nothing that is said in public, where an outlet tells of it.
_IN_PRIVATE = re.compile(
    r"\btold (?:(?:his|her|their|the|some|close|senior|several) )*"
    r"(?:advis[eo]rs|aides|allies|associates|friends|colleagues|confidants|donors|officials|"
    r"ministers|people|staff|team-?mates|executives|investors)\b"
)
#: A name that begins so early opens the sentence: "Le site Deadline enfonce le clou".
_OPENS = 9
#: Somebody who is named so early is whom the sentence is about.
_SUBJECT_IN = 60
_PRONOUN_FIRST = re.compile(r"(?:Il|Elle|Ce dernier|Cette dernière|He|She) ")
# "Sur RTL, la ministre a dit": where somebody said so, before who.
_AIRED = re.compile(
    r"(?:(?:Interrogée?s?|Invitée?s?|Interviewée?s?|Reçue?s?|Présente?s?|Speaking|Asked|Appearing|"
    r"Interviewed)(?: (?:ce |on )?[a-zA-Z]+)? )?(?:[Ss]ur l(?:e plateau|'antenne|es ondes) d[eu]|"
    r"[Aa]u micro d[eu]|[Ss]ur|[Dd]ans|[Cc]hez|[Dd]e|[Dd]u|[Aa]u|[Ee]n|"
    r"[Pp]ar|[Oo]n|[Ii]n|[Tt]o|[Bb]y|[Ww]ith|[Àà] l'antenne d[eu]) ?(?=\S)"
)
_THEN = re.compile(
    r"(?: (?:ce |on )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|matin|soir|hier|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?: (?:matin|soir|midi))?)?,"
)
#: Characters of an article before a name.
_ARTICLE = 5
# "Mark Gurman sur Bloomberg", "(Bloomberg)", ", journaliste pour le tabloïd The Sun".
_WRITES_FOR = re.compile(
    r"(?:(?P<what>, (?:le |la |the |an? |une? )?(?:\w+ ){0,2}?(?:journaliste?|reporter|"
    r"correspondante?|"
    r"chroniqueur|correspondent|editor|insider|columnist))? (?:sur|dans|chez|pour|de|du|d'|à|au|"
    r"for|in|"
    r"on|at|of|with) ?| \()(?P<on>(?:(?:le|la|les|the) |l')?)"
)
#: Characters between "pour" and a name: "le tabloïd anglais The Sun".
_TITLE = 24
# Between the outlets of a list.
_LISTED = re.compile(
    r"(?:,| et| and| ou| or|, and|, et|, ainsi que| ainsi que) (?:le |la |les |l'|the )?"
)
# What an outlet is or does, and does not say.
_ABOUT_IT = re.compile(
    r"(?:['’]s?)? (?:(?:also|now|still|then|itself|group|plc|news|shares|stock|staff|journalists|"
    r"bosses|executives|owner|parent|chief|editor) )*(?:is|are|was|were|has|have|had|will|would|"
    r"could|can|may|might|should|shares|stock|plans?|aims?|wants?|hopes?|intends?|expects?|seeks?|"
    r"agreed|bought|sold|launched|declined|closed|refused|paid|rose|fell)(?![\w-])"
    r"|['’]s? (?!\w+ (?:reports?|says|writes|claims|reported|said))"
)
# "(Ultra, d'après les dernières rumeurs)" is no more than what is in brackets.
_ASIDE = re.compile(r"\([^()]+$")
# What a sentence ends with: "signerait à Lyon (L'Équipe)."
_IN_BRACKETS = re.compile(
    r"(?P<closed>(?<=[.…!?»\"]))? ?\((?:[Ss]ource ?: ?|via )?(?P<who>[^()]{2,40})\)[\s.]*$"
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
# "Devrait être annoncé par le groupe": nobody has said it yet.
_COMING = re.compile(r"(?<!\w)(?:être|be)(?: \w+ment| \w+ly)? $")


def attributions(
    sentence: str, speech: Speech, names: Names, outlet: str | None = None
) -> list[Attribution]:
    """The credits of a sentence, from left to right."""
    scene = Scene.of(sentence, names, outlet)
    found = [
        Attribution(match.start(), match.end(), NOBODY, own=True)
        for match in speech.own.finditer(scene.low)
    ]
    for match in speech.learned.finditer(scene.sentence):
        found.extend(_learned(match, found, scene))
    found.extend(_leads(scene, speech, found))
    for match in islice(speech.verbs.finditer(scene.low), _VERBS):
        if not _inside(found, match.start("verb")):
            said = spoken(scene, match, speech, _led(found, match.end()))
            if said is not None:
                found += _not_said(scene, said, match.start(), found)
    found += _bracketed(scene, found, names)
    if any(each.credit.kind in {"voice", "pronoun"} for each in found):
        found += _aired_first(scene, found)
    if not found:
        found = (
            _gerund(scene, speech)
            or _opening(scene)
            or before_colon(scene)
            or _again(scene, speech)
        )
    found = [_with_others(scene, _with_outlet(scene, each)) for each in found]
    found = _outside(scene.sentence, found)
    return sorted((each for each in found if each.own or each.credit.kind), key=_place)


def _not_said(
    scene: Scene, said: Attribution, verb: int, found: list[Attribution]
) -> list[Attribution]:
    """Without who says something only in what somebody else says: "X dit qu'il avait dit que"."""
    over = max((each.end for each in found if said.start < each.end <= verb), default=None)
    if over is None or not scene.sentence[over:verb].strip(" ,"):
        # "The Guardian, citing a source, reports": nothing stands between.
        return [said]
    credited = scene.credit(over, verb)
    quoted_on = any(each.credit.kind == "media" and said.start < each.end <= verb for each in found)
    if not credited.names or (quoted_on and credited.kind == "voice"):
        # What an outlet says that somebody has told others is the outlet's.
        return []
    return [replace(said, start=over, credit=credited)]


def _leads(scene: Scene, speech: Speech, found: list[Attribution]) -> list[Attribution]:
    """Every "selon" and "according to", but for what is in brackets and unnamed."""
    led: list[Attribution] = []
    for match in speech.leads.finditer(scene.low):
        if _inside(led, match.start()):
            continue
        if _inside(found, match.start()):
            # "A-t-on appris auprès du SNJ": somebody with a name has told it.
            told = lead(scene, match) if "appris" in match[0] else None
            if told is not None and only(told.credit)[:1].isupper():
                found[:] = [each for each in found if not each.start <= match.start() < each.end]
                led.append(told)
            continue
        if not _COMING.search(scene.low, 0, match.start()):
            opened = lead(scene, match)
            if opened.credit.kind != "anonymous" or not _ASIDE.search(scene.low, 0, opened.start):
                led.append(opened)
    return led


def _bracketed(scene: Scene, found: list[Attribution], names: Names) -> list[Attribution]:
    """The outlet in the brackets that end a sentence: "… à Lyon (L'Équipe)"."""
    last = _IN_BRACKETS.search(scene.sentence)
    if last is None or _inside(found, last.start("who")):
        return []
    signed = signature(f"({last['who']})", names) if last["closed"] is not None else ()
    if signed:
        return [Attribution(last.start(), last.end(), Credit("media", signed))]
    credited = scene.credit(*last.span("who"))
    reporter = only(credited) in KNOWN_REPORTERS
    closed = last["closed"] is not None or reporter
    if credited.kind == "voice" and closed and len(credited.names) == 1:
        # "Il partirait. (Voetbal Nieuws)": nothing else stands there.
        credited = replace(credited, kind="media")
    alone = credited.kind == "media" and key_of(only(credited)) == key_of(last["who"])
    return [Attribution(last.start(), last.end(), credited)] if alone else []


def _again(scene: Scene, speech: Speech) -> list[Attribution]:
    """Mentions of whoever was credited before, where nobody else is credited."""
    return [
        Attribution(match.start(), match.end(), Credit("again", words=match[0]))
        for match in speech.again.finditer(scene.low)
    ]


def _with_outlet(scene: Scene, each: Attribution) -> Attribution:
    """A reporter with the outlet that is named right behind: "Gurman, journaliste à Bloomberg"."""
    person = each.credit.kind in {"voice", "media"} and only(each.credit)
    place = scene.sentence.find(person, each.start, each.end) if person else -1
    writes = _WRITES_FOR.match(scene.sentence, place + len(str(person))) if place >= 0 else None
    if writes is None or " " not in str(person):
        return each
    near = writes.end() + (_TITLE if writes["what"] else _ARTICLE)
    for named in scene.named:
        if writes.start("on") <= named.start <= near:
            names = tuple(dict.fromkeys((*each.credit.names, named.name)))
            closed = scene.sentence[named.end : named.end + 1] == ")"
            end = max(each.end, named.end + closed)
            return replace(each, end=end, credit=Credit("media", names))
    return each


def _with_others(scene: Scene, each: Attribution) -> Attribution:
    """A credit with the outlets that are listed after it: "Bloomberg, Eurogamer and VGC"."""
    if each.credit.kind != "media" or each.own:
        return each
    end, names = each.end, each.credit.names
    if not any(named.end == end for named in scene.named):
        return each
    for named in scene.named:
        if named.start > end and _LISTED.fullmatch(scene.sentence, end, named.start):
            end, names = named.end, (*names, named.name)
    return replace(each, end=end, credit=replace(each.credit, names=tuple(dict.fromkeys(names))))


def _outside(sentence: str, found: list[Attribution]) -> list[Attribution]:
    """Without those who are credited in what an outlet is quoted with: "X told staff," it said."""
    within = [each for each in found if each.credit.kind == "voice" and quoted(sentence, each.end)]
    within += [
        each
        for each in found
        if each.credit.kind == "voice" and _IN_PRIVATE.search(sentence, each.start, each.end + 30)
    ]
    media = [each for each in found if each.credit.kind == "media" and each not in within]
    if not (within and any(not quoted(sentence, each.end) for each in media)):
        return found
    return [each for each in found if each not in within]


def _aired_first(scene: Scene, found: list[Attribution]) -> list[Attribution]:
    """The outlet of "Interrogé sur Europe 1, la ministre a indiqué", which was told first."""
    opens = _AIRED.match(scene.sentence)
    if opens is None:
        return []
    return [
        Attribution(0, named.end, Credit("media", (named.name,)))
        for named in scene.named
        if opens.end() <= named.start <= opens.end() + _ARTICLE
        and _THEN.match(scene.sentence, named.end)
        and not _inside(found, named.start)
    ][:1]


def _gerund(scene: Scene, speech: Speech) -> list[Attribution]:
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


def _opening(scene: Scene) -> list[Attribution]:
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


def _place(each: Attribution) -> int:
    return each.start


def _inside(found: list[Attribution], place: int) -> bool:
    return any(each.start <= place < each.end for each in found)


def _led(found: list[Attribution], place: int) -> int:
    """Where what is said begins: after "au micro de Digi24", if that comes next."""
    return next((each.end for each in found if 0 <= each.start - place <= 1), place)


def _learned(match: re.Match[str], found: list[Attribution], scene: Scene) -> list[Attribution]:
    credited = scene.credit(*match.span("who"))
    if credited.kind not in {"media", "voice"} or _inside(found, match.start("who")):
        return []
    if credited.kind == "voice" and match[0].endswith(("told", "seen")):
        # "Lindqvist has been told he can leave" is no report of his.
        return []
    end = match.start("rest") if match["rest"] else match.end()
    learned = [Attribution(match.start(), end, credited)]
    if match["from"]:
        told = scene.credit(*match.span("from"))
        if told.kind == "voice" and "de source " in match["rest"]:
            told = Credit("anonymous")
        learned.append(Attribution(match.start("rest"), match.end(), told))
    return learned
