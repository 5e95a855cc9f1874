"""Who speaks by what they are: the words for offices and for bodies that make statements.

"The transport secretary" and "la préfète" are somebody; "les prédictions" and "the fee" are not,
even where the sentence puts them before a verb of saying.
"""

from __future__ import annotations

import re

_FRENCH = (
    r"ministres?|premi(?:er|ère) ministre|ministère|secrétaires?|secrétariat|président(?:e|s)?|"
    r"présidence|vice-présidente?|porte-paroles?|direct(?:eur|rice|ion)s?|patron(?:ne|s)?|"
    r"dirigeante?s?|maire|mairie|municipalité|préfète?|préfecture|gouvernement|gouverneure?|"
    r"exécutif|cabinet|syndicats?|intersyndicale|fédération|confédération|association|collectif|"
    r"organisat(?:eur|rice|ion)s?|avocate?s?|procureure?|commission|commissaire|comité|conseil|"
    r"chancell(?:ier|erie)|entraîneure?|coach|sélectionneur|agent|opérateur|régulateur|"
    r"autorité|agence|institut|banque|trésor|région|département|métropole|rectorat|hôpital|"
    r"parti|élue?s?|députée?s?|eurodéputée?|sénat(?:eur|rice)s?|rapporteure?|pdg|dg|responsable|"
    r"déléguée?|actionnaires?|réalisat(?:eur|rice)|product(?:eur|rice)|aut(?:eur|rice)|"
    r"adjointe?s?|prévisionniste|chercheu(?:r|se)s?|cheffe?|ambassadeur|ambassadrice|juge|tribunal|"
    r"armée|état-major|"
    r"constructeur|équipementier|fabricant|distributeur|éditeur|groupe|société|entreprise|"
    r"compagnie|club|ligue|start-up|laboratoire|fondat(?:eur|rice)|cofondat(?:eur|rice)|"
    r"administrat(?:eur|rice)|coordinat(?:eur|rice)|négociat(?:eur|rice)|diplomatie|"
    r"observatoire|cour|prévisionnistes?|météorologues?|promoteur|repreneur|mandataire|"
    r"universitaire|politologue|analyste|économiste|candidate?|leader|numéro (?:un|deux)"
)
_ENGLISH = (
    r"ministers?|ministry|secretary|president|presidency|vice[- ]president|prime minister|"
    r"chair(?:man|woman|person)?|spokes(?:man|woman|person|people)|directors?|executive|officer|"
    r"ceo|cfo|coo|cto|boss|chief|head|mayor|governors?|government|department|office|agency|"
    r"authority|regulator|watchdog|union|federation|association|committee|council|commission|"
    r"commissioner|board|panel|attorney|judge|court|manager|coach|owner|founder|co-founder|"
    r"promoter|organi[sz]ers?|league|club|team|company|group|firm|bank|party|senator|lawmaker|"
    r"congress(?:man|woman)|treasurer|treasury|ambassador|envoy|creator|showrunner|producers?|"
    r"author|analyst|economist|forecasters?|supplier|operator|developer|publisher|studio|"
    r"airline|carmaker|automaker|retailer|manufacturer|university|hospital|trust|foundation|"
    r"institute|administration|campaign|military|army|navy|ministries|negotiator|superintendent|"
    r"sheriff|chancellor|premier|taoiseach|leader|deputy|candidate|strategist|researchers?|"
    r"scientists?|administrator|official"
)
#: A word for an office or a body.
OFFICE = re.compile(rf"(?<![\w-])(?:{_FRENCH}|{_ENGLISH})(?![\w-])", re.IGNORECASE)
