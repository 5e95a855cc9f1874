"""A verb of saying with its subject: before it, behind it, or apart from it by an apposition."""

from __future__ import annotations

import re
from dataclasses import replace

from verification.domain.extraction.credits import Attribution, clause_start, only, tail, with_name
from verification.domain.extraction.finite import is_finite
from verification.domain.extraction.naming import NOBODY, Credit, Scene
from verification.domain.extraction.proper import people
from verification.domain.extraction.speakers import OBSERVER
from verification.domain.extraction.speech import Speech
from verification.domain.extraction.told import by_name, is_media, on_air, with_heard
from verification.domain.extraction.verbs_fr import CONDITIONAL, FUTURE

_LONGEST_SUBJECT = 14
#: Characters of a subject and what is set off behind it, and of nothing more.
_OPENS = 60
#: Words of who said what comes before.
_TAG = 9
#: "Separately, the company said": so few words ahead of the subject are no statement.
_ADVERBIAL = 3
# What follows a verb of saying whose subject came before it.
_JOINS = re.compile(r"(?:\bque|qu'|\bthat|:|«|\")\s*$")
#: Pieces between commas in which an apposed subject is looked for.
_SEGMENTS = 5
# ", in Hampshire, but listed in London,".
_WHERE = re.compile(r"(?:in|at|near|but|and|from|listed|based|born|aged|\d+)(?: |$)")
# What has a verb of its own is no subject.
_VERB = re.compile(
    r"\b(?:would|will|could|may|might|is|are|was|were|has|have|had|est|sont|était|étaient|sera|"
    r"seront|serait|seraient|devrait|devraient|pourrait|pourraient|doit|doivent|va|vont)\b"
)
# "Shares fell after Reuters reported that": the subject begins behind.
_UNDER = re.compile(
    r"\b(?:after|as|following|because|since|when|while|but|après que|alors que|mais) "
)
# "Apple's current lineup suggests": a thing says nothing.
_INFERS = frozenset(
    {
        "suggests",
        "suggest",
        "suggested",
        "indicates",
        "indicated",
        "shows",
        "show",
        "showed",
        "hints",
    }
)
_OWNED = re.compile(r"['’]s?(?: [a-z-]+){1,4} ?$")
_AS = re.compile(r" ?as (?=[a-z])")
# "Has told officials to draw up plans" is an order, and nobody's report.
_ORDERS = re.compile(
    r" (?:(?:the|his|her|its|their|all|some|senior) )*(?:[\w'’-]+ ){1,3}to "
    r"(?!the |an? |have |him|her|them|us |me |it |[A-Z])[a-z]+"
)
_ALSO = re.compile(r" (?:and|et)(?: (?:also|then|later|aussi|\w+ly|\w+ment))? $")
#: A name that comes so early is the subject.
_EARLY = 5
_HANGS = re.compile(r"\b(?:ce que|comme|as|what) $")
_CLAUSE = re.compile(
    r"(?:[^,.;:\"]|[,.](?=\d)){0,70}?\b(?:would|will|could|may|might|is|are|was|were|has|have|had|"
    r"plans?|expects?|"
    r"intends?|wants?|hopes?|should)\b"
)
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
#: "Apple lance un téléphone" says nothing; "«…», lance le maire" does.
_DOES = frozenset({"lance", "lancé", "glisse", "glissent", "souffle", "tranche", "lâche", "titre"}) | frozenset(
    {"conclu", "relevé", "publié", "développé", "pointé", "lâché", "tranché"}
    | {"juge", "jugent", "considère", "considèrent"}
)
# "Sur le plateau de Télé-Sud ce lundi soir, ": where and when, and nothing that is said.
_AHEAD = re.compile(
    r"(?:Sur|Dans|Lors|Au|Aux|À|Invitée?|Interrogée?|Devant|Ce|Cette|Lundi|Mardi|Mercredi|Jeudi|"
    r"Vendredi|Samedi|Dimanche|Hier)\b(?:(?!\b(?:est|sont|a|ont|va|vont)\b|rait\b|raient\b)[^,;:«»])"
    r"{1,70}, ?"
)
# What may stand between a subject and its verb and is nobody.
_ASIDE = re.compile(
    r"(?:de (?:son|leur) côté|pour (?:sa|leur) part|quant à \w+|(?:lui|elle|eux)(?: aussi)?|"
    r"par ailleurs|en revanche|toutefois|cependant|for (?:its|his|her|their) part|meanwhile|"
    r"however|though|too|also)",
    re.IGNORECASE,
)
# "Deadline, which first reported the casting, says".
_RELATIVE = re.compile(
    r"(?:which|who|whose|qui|dont|où|lequel|laquelle|quoted|quoting|citing|citant|citée?) "
)
# ", wrote in a blog post": who did is before the verb.
_PLACE = re.compile(
    r"(?:in|on|at|during|via|through|by|after|before|to|as|for|from|with|last|this|late|early|dans|"
    r"sur|lors|devant|à|au|aux|en|par|hier|ce|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"earlier|today|yesterday|it|that)\b(?! the )(?! times| telegraph)"
)


def spoken(scene: Scene, match: re.Match[str], speech: Speech, until: int) -> Attribution | None:
    """A verb of saying with its subject, or None where nobody says anything."""
    if not is_finite(scene, match, speech):
        return None
    sentence = scene.sentence
    start = clause_start(sentence, match.start())
    if (match["pronoun"] or match["past"] or "").rstrip().endswith("-on"):
        # "Affirme-t-on dans son entourage".
        return Attribution(max(0, start - 1), tail(sentence, match.end()), Credit("anonymous"))
    if match["pronoun"] or "-" in (match["past"] or ""):
        return _pronoun(scene, start, match)
    says = speech.says.match(sentence, until)
    joins = says is not None and _JOINS.search(says[0]) is not None
    if sentence[start : match.start()].strip(" -–—"):
        return _subject_first(scene, start, match, speech)
    if joins and says is not None:
        before = _apposed(scene, start, says.end())
        if before is None:
            return None
        return replace(before, credit=on_air(scene, before.credit, match.end(), says.end()))
    if match["verb"].startswith(("believe", "think")):
        return None
    before = None if speech.participles else _told_apart(scene, start, match, speech)
    if before is None and speech.participles and start:
        # "Le quotidien, Le Parisien, confirme la rumeur": nothing is said before it.
        opens = _apposed(scene, start, match.end())
        if opens is not None and opens.credit.kind == "media" and len(sentence[:start]) <= _OPENS:
            return opens
    return before or (_inverted(scene, start, match, speech) if start else None)


def _told_apart(
    scene: Scene,
    start: int,
    match: re.Match[str],
    speech: Speech,
) -> Attribution | None:
    """Of "the secretary, Imran Sheikh, said a decision would", it is not the decision that says."""
    tells = match["verb"].startswith(("tell", "told"))
    clause = _CLAUSE.match(scene.low, match.end()) is not None
    before = _apposed(scene, start, match.end()) if tells or clause else None
    return with_heard(scene, before, match, speech) if before is not None and tells else before


def _inverted(scene: Scene, start: int, match: re.Match[str], speech: Speech) -> Attribution | None:
    """Whoever comes after the verb: "rapporte le Monde", "said Karen Lowe"."""
    sentence = scene.sentence
    subject = speech.inverted.match(scene.low, match.end())
    if subject is None:
        return None
    placed = _PLACE.match(scene.low, subject.start("who"))
    if placed and scene.credit(*subject.span("who")).kind != "media":
        # "Its head of safety, Niamh Brody, wrote in a blog post".
        before = _apposed(scene, start, subject.end("who"))
        if before is not None:
            return before
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


def _pronoun(scene: Scene, start: int, match: re.Match[str]) -> Attribution:
    """A verb with its pronoun, "assure-t-elle", and to whom: "a-t-il confié au Parisien"."""
    end = tail(scene.sentence, match.end())
    heard = scene.credit(match.end(), end)
    if heard.kind == "media":
        return Attribution(max(0, start - 1), end, Credit("pronoun", heard.names))
    return Attribution(max(0, start - 1), end, Credit("pronoun"))


def _apposed(scene: Scene, start: int, end: int) -> Attribution | None:
    """In "Le PDG, Laurent Morin, a annoncé que" the subject is ahead of what stands between."""
    last = start
    for _ in range(_SEGMENTS):
        last, start = start, clause_start(scene.sentence, max(0, start - 1))
        words = scene.sentence[start : max(start, last - 1)].strip()
        if not words or len(words.split()) > _LONGEST_SUBJECT or _VERB.search(words):
            return None
        if _ASIDE.fullmatch(words) or _RELATIVE.match(words) or _WHERE.match(words):
            continue
        credited = scene.credit(start, last - 1)
        person = _named_before(scene, start) if credited.kind == "voice" else None
        if person is not None and words[0].islower():
            # "Ada Stone, the owner of Hartwell Mills' last plant, said".
            return replace(person, end=end)
        if credited.kind == "voice" and _is_loose(credited) and start:
            earlier = clause_start(scene.sentence, max(0, start - 1))
            wider = scene.credit(earlier, start - 1)
            if wider.kind in {"voice", "media"} and len(scene.sentence[earlier:start].split()) < 9:
                return Attribution(earlier, end, wider)
        if credited.kind in {"media", "anonymous", "again"} and OBSERVER.search(words):
            # "Mark Gurman, journaliste chez Bloomberg, affirme": who writes there is named first.
            earlier = clause_start(scene.sentence, max(0, start - 1))
            person = people(scene.sentence[earlier : max(0, start - 1)])[-1:]
            if person:
                both = Credit("media", tuple(dict.fromkeys((*person, *credited.names))))
                return Attribution(earlier, end, both)
        if credited.kind:
            return Attribution(start, end, credited)
    return None


def _named_before(scene: Scene, start: int) -> Attribution | None:
    """Somebody with a full name, who is all that stands before the apposition at ``start``."""
    earlier = clause_start(scene.sentence, max(0, start - 1))
    words = scene.sentence[earlier : max(earlier, start - 1)].strip()
    named = people(words)
    if len(named) != 1 or " " not in named[0] or not words.endswith(named[0]):
        return None
    if _PLACE.match(words.lower()) or scene.credit(earlier, start - 1).kind != "voice":
        return None
    return Attribution(earlier, start, Credit("voice", named))


def _subject_first(
    scene: Scene, start: int, match: re.Match[str], speech: Speech
) -> Attribution | None:
    sentence = scene.sentence
    if _HANGS.search(sentence, start, match.start()):
        # "Ce que prétend le compte": who says so comes next.
        return _inverted(scene, max(start, 1), match, speech)
    if speech.participles and sentence[start : match.start()].strip() == "qui":
        return _antecedent(scene, start, match)
    under = _UNDER.search(scene.low, start, match.start())
    if under is not None and scene.credit(under.end(), match.start()).kind in {"media", "again"}:
        start = under.end()
    as_says = _AS.match(scene.low, start, match.start())
    if as_says is not None and start:
        # ", as Lowe says, ".
        start = as_says.end()
    length = len(sentence[start : match.start()].split())
    if length > _LONGEST_SUBJECT or _ALSO.search(scene.low, start, match.start()):
        first = _first_subject(scene, match, speech)
        if first is not None or length > _LONGEST_SUBJECT:
            return first
    if match["verb"] in {"told", "tells", "tell"} and _ORDERS.match(sentence, match.end()):
        return None
    tells = (
        speech.participles
        or match["verb"].startswith(("tell", "told"))
        or sentence.startswith(" to ", match.end())
    )
    told = speech.told.match(scene.low, match.end()) if tells else None
    heard = scene.credit(*told.span("to")) if told is not None else NOBODY
    if told is not None and is_media(heard, sentence[told.start() : told.end()]):
        both = (*by_name(scene.credit(start, match.start())), *heard.names)
        says = speech.says.match(sentence, told.end("to"))
        joins = says is not None and _JOINS.search(says[0]) is not None
        end = _said_until(says, told.end("to"), joins=joins)
        return Attribution(max(0, start - 1), end, Credit("media", tuple(dict.fromkeys(both))))
    if told is not None and heard.kind == "again":
        # "Another source told the newspaper": whose report it is counts.
        said = _says_so(scene, start, match, speech, told.end("to"))
        if said is not None and said.credit.kind == "anonymous":
            return replace(said, credit=heard)
        return said
    return _says_so(scene, start, match, speech, told.end("to") if told else match.end())


def _antecedent(scene: Scene, start: int, match: re.Match[str]) -> Attribution | None:
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


def _says_so(
    scene: Scene, start: int, match: re.Match[str], speech: Speech, heard_until: int
) -> Attribution | None:
    """Whoever stands before the verb, if what follows it is what they say."""
    sentence = scene.sentence
    credited = scene.credit(start, match.start())
    if match["verb"] in _INFERS and _OWNED.search(sentence, start, match.start()):
        return None
    if not credited.kind or (credited.kind == "voice" and _clausal(sentence, start, match.start())):
        return None
    says = speech.says.match(sentence, match.end()) or speech.says.match(sentence, heard_until)
    joins = says is not None and _JOINS.search(says[0]) is not None
    clause = not speech.participles and _CLAUSE.match(scene.low, match.end()) is not None
    if not joins and match["verb"] in _DOES:
        return None
    told = says is not None and _AHEAD.fullmatch(sentence, 0, start) is not None
    if _is_tag(sentence, start, match) and not joins and not clause and not told:
        return Attribution(start - 1, tail(sentence, match.end()), credited)
    if says is not None and speech.participles and not joins and credited.kind != "media":
        # "X annonce vouloir": what is said has its subject there.
        return Attribution(match.start(), match.start(), credited)
    if joins and says is not None:
        credited = on_air(scene, credited, match.end(), says.end())
    if says is not None or credited.kind == "media" or (credited.kind == "voice" and clause):
        return Attribution(start, _said_until(says, heard_until, joins=joins), credited)
    return None


def _is_tag(sentence: str, start: int, match: re.Match[str]) -> bool:
    """Whether a few words after a comma only say who said what comes before: ", the FT said"."""
    short = len(sentence[start : match.start()].split()) <= _TAG
    closed = sentence.startswith(",", match.end())
    opens = len(sentence[:start].split()) <= _ADVERBIAL
    return bool(start) and sentence[start - 1] in ',"»' and short and (closed or not opens)


def _first_subject(scene: Scene, match: re.Match[str], speech: Speech) -> Attribution | None:
    """Of "Vanda reported results in May and said it planned", Vanda says so: it comes first."""
    if _ALSO.search(scene.low, 0, match.start()) is None:
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


def _clausal(sentence: str, start: int, end: int) -> bool:
    """Whether the words have a verb of their own, and are no subject."""
    return (
        _VERB.search(sentence, start, end) is not None
        and re.search(r"\b(?:who|which|that|qui|dont)\b", sentence[start:end]) is None
    )


def _said_until(says: re.Match[str] | None, heard: int, *, joins: bool) -> int:
    """Where saying ends: after "that", or after the day on which it was said."""
    if says is None:
        return heard
    if joins:
        return says.end()
    return says.end("day") if says.groupdict().get("day") else heard
