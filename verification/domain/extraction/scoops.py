"""What has happened behind closed doors, on somebody's report: "affirme que X a rencontré Y".

Nothing in such a sentence speaks of the future. It is a claim because nobody has announced it: an
outlet says so, or its sources do. What an agency or an official plainly says has happened, has.
"""

from __future__ import annotations

import re
from itertools import islice

from verification.domain.extraction.credits import Attribution, quoted
from verification.domain.extraction.hedges import Hedge
from verification.domain.extraction.kinds import Credited
from verification.domain.extraction.outlets import key_of
from verification.domain.extraction.speech import Speech
from verification.domain.extraction.text import lowered, words

#: Agencies that print what has been said and done; where they have sources, they say so.
_PLAIN = frozenset(
    key_of(name)
    for name in words("AFP Reuters DPA ANSA EFE Kyodo Jiji Xinhua TASS Belga Yonhap ATS APA PTI")
) | {key_of("Associated Press")}
_SOURCES = re.compile(
    r"\b(?:sources?|proches? du|entourage|informations|infos|insiders|"
    r"(?:unnamed|anonymous|unidentified)(?= [a-z])|"
    r"citing (?:an?|one|two|three|several|multiple)(?= [a-z])|"
    r"(?:people|persons?|officials?) (?:familiar|close|briefed|with (?:direct )?knowledge))\b"
)
# "La dernière fuite émane d'OnLeaks, qui a partagé": whose the others are, and no step.
_POINTS = re.compile(
    r"(?:la |l'|cette |une )?(?:[a-zà-ÿ]+ ){0,3}?(?:info|information|rumeur|fuite|indiscrétion|"
    r"révélation|dernière|première)s? (?:[a-zà-ÿ]+ ){0,3}(?:provient|vient|émane|venait|provenait) "
)
# "Assure que la clause n'est plus valable."
_ASSERTS = re.compile(
    r"\b(?:assur|affirm|révèl|confirm|certifi)e(?:nt)? qu(?:e |')|\bcroi(?:t|ent) savoir qu(?:e |')"
)
_LEARNED = re.compile(
    r"\b(?:(?:[Ii]t is |[Ii]t's |[Ww]e )understood?\b|understands|has (?:exclusively "
    r")?learn(?:ed|t)|"
    r"can (?:exclusively )?reveal|[Ii]t was (?:learn(?:ed|t)|gathered))"
)
_SAID = re.compile(r"\b(?:a|ont|avait|avaient) |ai(?:t|ent)\b")
# "Une offre refusée par le club, selon nos informations": all of it is what was done.
_NOMINAL = re.compile(
    r"(?:une?|des|cette|cet?|l'|le|la) ?(?:[\w'-]+ ){1,5}(?:[a-zà-ÿ]{3,}(?:é|i|u|ise?|ite?)e?s?) "
    r"(?:[a-zà-ÿ]+ )?(?:par|à|au|en|de|d'|pour|dès|hier|ce|lundi|mardi|mercredi|jeudi|vendredi|"
    r"samedi|dimanche)\b"
)
# "Fait état de l'intérêt de Calix": what is going on behind closed doors, in a noun.
_SPEAKS_OF = re.compile(
    r"\b(?:(?:fai(?:t|sait|saient)|font|fait) état (?:\w+ )?d(?:e |'|u |es )(?:l'|la |le |les )?|"
    r"(?:évoqu|révèl|révél|dévoil|confirm)(?:e|ent|ait|aient|é) (?:aussi |également )?"
    r"(?:une? |l'|des |les |de )|"
    r"parl(?:e|ent|ait|aient|é) (?:aussi |plutôt |même |également )?d(?:e |'|u |es )"
    r"(?:une? |l'|la )?)"
    r"(?:(?:possible|éventuel(?:le)?|potentiel(?:le)?|probable|prochaine?)s? [a-zà-ÿ]+|"
    r"(?:\w+ )?(?:scission|rachats?|introduction|fermetures?|retraits?|échange|démission|"
    r"transferts?|prêts?|ventes?|cessions?|départs?|fusion|"
    r"intérêts?|discussions?|contacts?|négociations?|tractations?|pourparlers|offres?|"
    r"approches?|projets?|accords?|réflexions?|tensions?|désaccords?|rapprochement))\b"
)
# "A reconnu « des discussions »": saying so is no step.
_SAYING = re.compile(
    r"\b(?:reconnu|admis|déclaré|dit|indiqué|précisé|affirmé|répondu|réagi|commenté|souligné|"
    r"rappelé|expliqué|estimé)e?s?$"
)
#: Verbs of a sentence that are looked at.
_STEPS = 12
# "Une étude publiée par", "selon un sondage": how things are.
_STUDY = re.compile(
    r"\b(?:étude|sondage|enquête|baromètre|classement|chiffres|statistiques|rapport|communiqué|"
    r"garde à vue|judiciaires?|suspects?|enquêteurs|police|gendarmes|parquet|pompiers|préfecture|"
    r"témoins|recherch\w+|calculs|données|images|"
    r"registres?|greffe|cadastre|annuaire|comptes (?:annuels|publiés|sociaux)|vidéo|photos?)\b"
)


def scoop(
    text: str,
    credits: list[Attribution],
    credited: Credited,
    speech: Speech,
    over: re.Pattern[str],
) -> Hedge | None:
    """The words by which a report of a step is credited, or None where it is no such report."""
    if speech.steps is None or not credited.reported or credited.manner == "carried on":
        return None
    learned = next((each for each in credits if _LEARNED.search(text, each.start, each.end)), None)
    if learned is not None and not speech.participles:
        # "It is understood that the two have met": what a newsroom has found out is its claim.
        found = _LEARNED.search(text, learned.start, learned.end)
        if found is not None and over.search(lowered(text)) is None:
            return Hedge(found.start(), found.end(), found[0], "told")
    if any(each.credit.kind == "voice" and not each.lead for each in credits):
        return None
    low = lowered(text)
    told = any(
        each.credit.kind == "media" and _ASSERTS.search(low, each.start, each.end)
        for each in credits
    )
    if _POINTS.match(low) or (not told and _STUDY.search(low)):
        return None
    plain = bool(credited.names) and all(key_of(name) in _PLAIN for name in credited.names)
    # An English outlet's plain word of what was done is how news is told; with sources it is not.
    unnamed = credited.manner == "anonymous sources" or plain or not speech.participles
    noun = _SPEAKS_OF.search(low)
    # What an agency makes known of talks is behind closed doors as well.
    aware = noun is not None and "état" in noun[0]
    if unnamed and not aware and not _SOURCES.search(low):
        return None
    said = min(credits, key=lambda each: each.start, default=None)
    if said is None:
        return None
    if noun is not None and said.credit.kind in {"media", "again"}:
        return Hedge(noun.start(), noun.end(), text[noun.start() : noun.end()], "told")
    if not _tells(text, said, credits, speech.steps, over):
        return None
    return _words(text, low, said, speech)


def _tells(
    text: str,
    said: Attribution,
    credits: list[Attribution],
    steps: re.Pattern[str],
    over: re.Pattern[str],
) -> bool:
    """Whether it tells a step, or how things are behind closed doors."""
    low = lowered(text)
    if _NOMINAL.match(low) and said.start and (said.own or said.lead):
        return over.search(low) is None
    if _ASSERTS.search(low, said.start, said.end):
        return over.search(low, said.end) is None
    for step in islice(steps.finditer(low), _STEPS):
        if any(each.start <= step.start() < each.end for each in credits):
            continue
        if quoted(text, step.start()) and said.credit.kind not in {"media", "again"}:
            continue
        if _SAYING.search(step[0]):
            continue
        if step["had"] is None:
            return over.search(low) is None
        # "A laissé entendre qu'il avait signé": so it is put after a verb in the past.
        if step.start() >= said.end and _SAID.search(low, said.start, said.end):
            return True
    return False


def _words(text: str, low: str, said: Attribution, speech: Speech) -> Hedge | None:
    """The credit's own words: "selon", "affirme"."""
    lead = speech.leads.match(low, said.start)
    if lead is not None:
        start, end = lead.start(), lead.start("who")
    else:
        verb = speech.verbs.search(low, said.start, max(said.end, said.start + 1))
        start, end = verb.span("verb") if verb is not None else (said.start, said.end)
    printed = text[start:end].strip(" ,")
    return Hedge(start, end, printed, "told") if printed else None
