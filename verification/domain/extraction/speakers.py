"""The words for those who speak without a name: "the paper", "des sources", "la direction"."""

from __future__ import annotations

import re

AGAIN = re.compile(
    r"(?:^|.{0,24}\b)(?:(?:l[ea]s? |l'|ce |cet |cette |ces |nos |du |de l')(?:même |mêmes |"
    r"prestigieux |grand |célèbre )?"
    r"(?:quotidien|dominical|journal|magazine|hebdomadaire|hebdo|mensuel|agence(?: de presse)?|"
    r"site|média|"
    r"médias|"
    r"chaîne|radio|publication|tabloïd|confrère|confrères|newsletter|article|enquête|rapport|"
    r"insider|leaker|leakeur|analyste|journaliste|intéressée?|titre|station|message|mémo|courriel|"
    r"sondage|dépêche|billet)"
    r"|(?:officials|leaders|bosses|organisers|organizers|ministers|lawyers|executives|managers)$"
    r"|(?:the |this |that |same )+(?:financial |business |tech |trade |sports |british |american |"
    r"german |"
    r"french |japanese |italian |spanish |chinese |korean |indian |dutch |"
    r"swedish |taiwanese |portuguese |brazilian |turkish |norwegian |danish |belgian |russian |"
    r"israeli |australian |canadian |irish |nigerian |mexican |greek |polish |austrian |swiss |"
    r"us |london-based )?(?:news ?)?"
    r"(?:paper|newspaper|report|reports|outlet|magazine|site|website|agency|publication|network|"
    r"broadcaster|channel|tabloid|trade|trade publication|journal|daily|article|story|leaker|"
    r"tipster|analyst|reporter|journalist|insider|wire|service|"
    r"newsletter|note)|(?:the|this|that) (?:new|latest|original|initial|exclusive|same|recent|"
    r"second|earlier|first) (?:report|article|story|leak|rumou?r))"
    r"(?: (?:publiée?|parue?|diffusée?|mise? en ligne|published|released|posted)\b[^,;:]{0,50}|"
    r"(?: \w+){0,2})$",
    re.IGNORECASE,
)
#: What may as well be a public body: "the agency".
BODY = re.compile(r"\b(?:agency|agence|network|station|service)$", re.IGNORECASE)
PRONOUN = re.compile(
    r"(?:il|elle|lui|ce dernier|cette dernière|celui-ci|celle-ci|he|she|it|him|her|"
    r"the latter|l'intéressée?)",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"(?:the|an?|this|that|et|and|but|mais|or|ou|which|who|qui|le|la|les|l'|as|comme|if|si|also|"
    r"be|been|is|are|plus (?:tôt|tard|haut)|earlier|previously|prévu|quoi|cela|ça|tout|one|some|"
    r"many|everything|"
    # Everybody, and nobody in particular.
    r"(?:many |some |most |several |its |his |her |their )?(?:critics|supporters|opponents|fans|"
    r"visitors|locals|residents|neighbou?rs|parents|s[kc]eptics|friends|rivals|voters|viewers))",
    re.IGNORECASE,
)
# What a court hears is about the past.
COURT = re.compile(
    r"(?:l'|le |la |les |the )?(?:enquête|enquêteurs|parquet|accusation|investigators|prosecutors|"
    r"prosecution|indictment|police|gendarmes|gendarmerie|premiers éléments)(?: .{0,40})?",
    re.IGNORECASE,
)
ANONYMOUS = re.compile(
    r"\b(?:sources?|personnes?|proches?|entourage|initiés?|rumeurs?|bruits?|informations?|infos?|"
    r"témoins?|fuites?|leaks?|indiscrétions?|people|persons?|familiar|insiders?|aides?|delegates?|"
    r"bankers?|rumou?rs?|speculation|"
    r"executives|traders|diplomats?|diplomates?|conseillers?|banquiers|négociateurs|observateurs|"
    r"analystes?|économistes?|experts?|spécialistes|médias|presse|analysts?|economists?|"
    r"media|press|someone|outlets|newspapers|papers|journaux|officials|representatives|"
    r"responsables|participants?|convives|"
    r"insiders?|ministerial source|documents?|papers|minutes|rapports?|memos?|mémos?|"
    r"presentations?|filings?|data|figures|"
    r"chiffres|données|études?|study|calculs|courriers?|lettre|letters?|emails?|records|drafts?|"
    r"brouillon|"
    r"lawyers|employees|salariés)\b",
    re.IGNORECASE,
)
#: What is told by more than can be named, and by nobody in particular: "reports suggest".
REPORTS = re.compile(
    r"(?:(?!the |these |those |this |that )[a-z]+ ){0,4}(?:reports?|rumou?rs|speculation|media|"
    r"press|outlets|outfits|newspapers|tabloids)(?: \w+){0,3}",
    re.IGNORECASE,
)
#: What nobody in particular tells, in French: "la presse anglaise", "certaines indiscrétions".
FRENCH_REPORTS = re.compile(
    r"(?:(?:l[ae]s?|l'|des?|une|ces|cette|d'autres|certaine?s|plusieurs|divers(?:es)?|"
    r"différente?s|de|"
    r"nombreu(?:x|ses)|dernières?|derniers|premières) ?){0,3}(?:\w+ )?"
    r"(?:rumeurs?|bruits?|indiscrétions?|presse|médias?|journaux|quotidiens|tabloïds|fuites|"
    r"spéculations|nouvelles|on-dit)(?: (?!par\b)[\wÀ-ÿ'-]+){0,5}",
    re.IGNORECASE,
)
#: "Les médias américains" are none that were credited before.
PRESS_OF = re.compile(
    r"(?:l[ae]s? |des )?(?:presse|médias|journaux|quotidiens|tabloïds) (?!en\b|d)[a-zà-ÿ]{4,}",
    re.IGNORECASE,
)
#: Not those who were credited before: "d'autres sources", "several newspapers".
OTHERS = re.compile(
    r"\b(?:autres?|others?|separate|another|several|plusieurs|divers(?:es)?|différentes?|"
    r"certaine?s|"
    r"(?:la|une|la|de la) presse|rumeurs?|derni(?:ère|er)s (?:informations|infos|nouvelles|"
    r"bruits))\b",
    re.IGNORECASE,
)
SAME = re.compile(
    r"\b(?:mêmes?|ces|cette|première|deuxième|seconde|troisième|second|third|same|these|those|"
    r"the (?:people|sources?|person|delegates|officials))\b",
    re.I,
)
# "Recent data showed" is how things are.
FIGURES = re.compile(
    r"(?:(?:the|les|des|recent|new|official|latest|dernières?|derniers|government) ){0,3}"
    r"(?:data|figures|chiffres|données|statistiques|statistics|projections|estimates|estimations)"
    r"(?: \w+){0,2}",
    re.IGNORECASE,
)
HOUSE = re.compile(
    r"(?:l[ea] |l'|les |the |its |their |sa |son |leurs? )"
    r"(?:\w+ )?(?:groupe|entreprise|société|compagnie|constructeur|constructrice|éditeur|"
    r"fabricant|studio|club|firme|géant|start-up|startup|laboratoire|opérateur|banque|fédération|"
    r"direction|company|group|firm|maker|carmaker|automaker|chipmaker|"
    r"drugmaker|retailer|publisher|developer|studio|club|bank|startup|start-up|airline|giant|team|"
    r"league|airport|manufacturer|streamer|operator|plane ?maker)(?: [\wé]+)?",
    re.IGNORECASE,
)
# Those who report on others: an analyst is no voice of the company.
OBSERVER = re.compile(
    r"\b(?:analyste?|insider|leaker|leakeur|tipster|journaliste|reporter|chroniqueur)\b", re.I
)
