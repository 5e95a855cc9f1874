"""A verb of saying with its subject: before it, behind it, or apart from it by an apposition."""

from __future__ import annotations

import re
from dataclasses import replace

from verification.domain.extraction.credits import Attribution, clause_start, tail
from verification.domain.extraction.finite import is_finite
from verification.domain.extraction.inverted import inverted
from verification.domain.extraction.kinds import NOBODY, Credit, Kind
from verification.domain.extraction.proper import CAP
from verification.domain.extraction.scene import Scene
from verification.domain.extraction.speech import Speech
from verification.domain.extraction.subjects import (
    ALSO,
    LONGEST_SUBJECT,
    antecedent,
    apposed,
    clausal,
    first_subject,
)
from verification.domain.extraction.told import by_name, is_media, on_air, with_heard

#: Characters of a subject and what is set off behind it, and of nothing more.
_OPENS = 60
#: Words of who said what comes before.
_TAG = 9
#: "Separately, the company said": so few words ahead of the subject are no statement.
_ADVERBIAL = 3
# "According to Variety, sources say": what is said is still to come.
_LED = re.compile(r"(?:According to|As per|Per) [^,]{2,60}, ?")
# What follows a verb of saying whose subject came before it.
_JOINS = re.compile(r"(?:\bque|qu'|\bthat|:|«|\")\s*$")
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
_JOINED = re.compile(
    rf" (?:and|but|while|as) (?=(?:{CAP}(?: {CAP}){{0,3}}|(?:\w+ ){{0,2}}(?:sources|people|"
    rf"officials|"
    r"insiders|delegates|executives)) ?$)"
)
_SMALL = re.compile(r"\b[a-zà-ÿ]+\b")
#: Small words that a title and a name have between them: "the mayor of Ayr and Ada Stone".
_FEW = 2
_AS = re.compile(r" ?as (?=[a-z])")
# "Has told officials to draw up plans" is an order, and nobody's report.
_ORDERS = re.compile(
    r" (?:(?:the|his|her|its|their|all|some|senior) )*"
    r"(?:(?!(?:he|she|it|they|we|that) )[\w'’-]+ ){1,3}to "
    r"(?!the |an? |have |him|her|them|us |me |it |[A-Z])[a-z]+"
)
_HANGS = re.compile(r"\b(?:ce que|comme|as|what) $")
_CLAUSE = re.compile(
    r"(?:[^,.;:\"]|[,.](?=\d)){0,70}?\b(?:would|will|could|may|might|is|are|was|were|has|have|had|"
    r"plans?|expects?|"
    r"intends?|wants?|hopes?|should|won't|wouldn't|isn't|aren't|hasn't|haven't|can't)\b"
)
_WANTS = re.compile(r"[a-zà-ÿ]{2}(?:er|ir|re|oir)$")
_OVER = re.compile(r"[.!\"» ]*$")
#: "Apple lance un téléphone" says nothing; "«…», lance le maire" does.
_DOES = frozenset(
    {
        "calcule",
        "calculent",
        "commente",
        "calculé",
        "commenté",
        "lance",
        "lancé",
        "glisse",
        "glissent",
        "souffle",
        "tranche",
        "lâche",
        "titre",
    }
) | frozenset(
    {"conclu", "relevé", "publié", "développé", "pointé", "lâché", "tranché"}
    | {"juge", "jugent", "considère", "considèrent"}
)
# "Sur le plateau de Télé-Sud ce lundi soir, ": where and when, and nothing that is said.
_AHEAD = re.compile(
    r"(?:Sur|Dans|Lors|Au|Aux|À|Invitée?|Interrogée?|Interviewée?|Questionnée?|Jointe?|Contactée?|"
    r"Sollicitée?|Reçue?|De passage|En déplacement|En marge|Devant|Ce|Cette|Lundi|"
    r"Mardi|Mercredi|Jeudi|"
    r"Vendredi|Samedi|Dimanche|Hier)\b(?:(?!\b(?:est|sont|a|ont|va|vont)\b|rait\b|"
    r"raient\b)[^,;:«»])"
    r"{1,70}, ?"
)


def spoken(scene: Scene, match: re.Match[str], speech: Speech, until: int) -> Attribution | None:
    """A verb of saying with its subject, or None where nobody says anything."""
    if not is_finite(scene, match, speech):
        return None
    sentence = scene.sentence
    start = clause_start(sentence, match.start())
    if (match["pronoun"] or match["past"] or "").rstrip().endswith("-on"):
        # "Affirme-t-on dans son entourage", "a-t-on confirmé au Monde".
        end = tail(sentence, match.end())
        heard = scene.credit(match.end(), end)
        unnamed = heard if heard.kind == "media" else Credit("anonymous")
        return Attribution(max(0, start - 1), end, unnamed)
    if match["pronoun"] or "-" in (match["past"] or ""):
        return _pronoun(scene, start, match)
    says = speech.says.match(sentence, until)
    joins = says is not None and _JOINS.search(says[0]) is not None
    if sentence[start : match.start()].strip(" -–—"):
        return _subject_first(scene, start, match, speech)
    if joins and says is not None:
        before = apposed(scene, start, says.end())
        if before is None:
            return None
        return replace(before, credit=on_air(scene, before.credit, match.end(), says.end()))
    if match["verb"].startswith(("believe", "think")):
        return None
    if speech.participles:
        before = _named_first(scene, start, match, says) if start else None
    else:
        before = _told_apart(scene, start, match, speech)
    return before or (inverted(scene, start, match, speech) if start else None)


def _named_first(
    scene: Scene, start: int, match: re.Match[str], says: re.Match[str] | None
) -> Attribution | None:
    """Whoever is named before an apposition, and says what comes after the verb."""
    opens = apposed(scene, start, match.end())
    if opens is None or opens.credit.kind not in {"media", "voice"}:
        return None
    if opens.credit.kind == "media" and start <= _OPENS:
        # "Le quotidien, Le Parisien, confirme la rumeur": nothing is said before it.
        return opens
    if says is not None and _WANTS.search(says[0]):
        # "Luc Armand, le patron de Calix, a déclaré s'attendre à": what follows is what he says.
        return Attribution(match.start(), match.start(), opens.credit)
    return None


def _told_apart(
    scene: Scene,
    start: int,
    match: re.Match[str],
    speech: Speech,
) -> Attribution | None:
    """Of "the secretary, Imran Sheikh, said a decision would", it is not the decision that says."""
    tells = match["verb"].startswith(("tell", "told"))
    clause = _CLAUSE.match(scene.low, match.end()) is not None
    last = _OVER.match(scene.sentence, match.end()) is not None
    before = apposed(scene, start, match.end()) if tells or clause or last else None
    return with_heard(scene, before, match, speech) if before is not None and tells else before


def _pronoun(scene: Scene, start: int, match: re.Match[str]) -> Attribution:
    """A verb with its pronoun, "assure-t-elle", and to whom: "a-t-il confié au Parisien"."""
    end = tail(scene.sentence, match.end())
    heard = scene.credit(match.end(), end)
    if heard.kind == "media":
        return Attribution(max(0, start - 1), end, Credit("pronoun", heard.names))
    return Attribution(max(0, start - 1), end, Credit("pronoun"))


def _subject_first(
    scene: Scene, start: int, match: re.Match[str], speech: Speech
) -> Attribution | None:
    sentence = scene.sentence
    if _HANGS.search(sentence, start, match.start()):
        # "Ce que prétend le compte": who says so comes next.
        return inverted(scene, max(start, 1), match, speech)
    if speech.participles and sentence[start : match.start()].strip() == "qui":
        return antecedent(scene, start, match)
    start = _begins(scene, start, match)
    length = len(sentence[start : match.start()].split())
    if length > LONGEST_SUBJECT or ALSO.search(scene.low, start, match.start()):
        first = first_subject(scene, match, speech)
        if first is not None or length > LONGEST_SUBJECT:
            return first
    if match["verb"] in {"told", "tells", "tell"} and _ORDERS.match(sentence, match.end()):
        return None
    tells = (
        speech.participles
        or match["verb"].startswith(("tell", "told", "inform"))
        or sentence.startswith(" to ", match.end())
    )
    told = speech.told.match(scene.low, match.end()) if tells else None
    heard = scene.credit(*told.span("to")) if told is not None else NOBODY
    said_to = sentence[told.start() : told.end()] if told is not None else ""
    if told is not None and is_media(heard, said_to, match["verb"]):
        speaks = scene.credit(start, match.start())
        both = (*by_name(speaks), *heard.names)
        says = speech.says.match(sentence, told.end("to"))
        joins = says is not None and _JOINS.search(says[0]) is not None
        end = _said_until(says, told.end("to"), joins=joins)
        # "He told the radio" is somebody who was named before.
        kind: Kind = "pronoun" if speaks.kind == "pronoun" else "media"
        return Attribution(max(0, start - 1), end, Credit(kind, tuple(dict.fromkeys(both))))
    if told is not None and heard.kind == "again":
        # "Another source told the newspaper": whose report it is counts.
        said = _says_so(scene, start, match, speech, told.end("to"))
        if said is not None and said.credit.kind == "anonymous":
            return replace(said, credit=heard)
        return said
    return _says_so(scene, start, match, speech, told.end("to") if told else match.end())


def _begins(scene: Scene, start: int, match: re.Match[str]) -> int:
    """Where the subject begins in what stands before the verb."""
    under = _UNDER.search(scene.low, start, match.start())
    if under is not None and scene.credit(under.end(), match.start()).kind in {"media", "again"}:
        start = under.end()
    joined = _JOINED.search(scene.sentence, start, match.start())
    if joined is not None and len(_SMALL.findall(scene.sentence, start, joined.start())) > _FEW:
        # "The club want a striker and Howe admitted": who says so comes after a clause.
        start = joined.end()
    # ", as Lowe says, ".
    as_says = _AS.match(scene.low, start, match.start())
    return as_says.end() if as_says is not None and start else start


def _says_so(
    scene: Scene, start: int, match: re.Match[str], speech: Speech, heard_until: int
) -> Attribution | None:
    """Whoever stands before the verb, if what follows it is what they say."""
    sentence = scene.sentence
    credited = scene.credit(start, match.start())
    if match["verb"] in _INFERS and _OWNED.search(sentence, start, match.start()):
        return None
    if not credited.kind or (credited.kind == "voice" and clausal(sentence, start, match.start())):
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
    if (
        says is not None
        or credited.kind == "media"
        or (
            clause
            and (
                credited.kind in {"voice", "again"}
                or (credited.kind == "anonymous" and not credited.words)
            )
        )
    ):
        return Attribution(start, _said_until(says, heard_until, joins=joins), credited)
    return None


def _is_tag(sentence: str, start: int, match: re.Match[str]) -> bool:
    """Whether a few words after a comma only say who said what comes before: ", the FT said"."""
    short = len(sentence[start : match.start()].split()) <= _TAG
    closed = sentence.startswith(",", match.end())
    opens = len(sentence[:start].split()) <= _ADVERBIAL or _LED.fullmatch(sentence, 0, start)
    return bool(start) and sentence[start - 1] in ',"»' and short and (closed or not opens)


def _said_until(says: re.Match[str] | None, heard: int, *, joins: bool) -> int:
    """Where saying ends: after "that", or after the day on which it was said."""
    if says is None:
        return heard
    if joins:
        return says.end()
    return says.end("day") if says.groupdict().get("day") else heard
