"""How French says who said it."""

from __future__ import annotations

import re

from verification.domain.extraction.speech import Speech

# Present, then the participle; what a source does with a piece of news.
_SAYS = (
    "rapporte|rapportent|révèle|révèlent|affirme|affirment|indique|indiquent|écrit|écrivent|"
    "précise|précisent|assure|assurent|annonce|annoncent|explique|expliquent|souligne|soulignent|"
    "ajoute|ajoutent|avance|avancent|détaille|détaillent|confirme|confirment|promet|promettent|"
    "prévient|préviennent|estime|estiment|anticipe|anticipent|croit savoir|croient savoir|"
    "évoque|évoquent|mentionne|mentionnent|déclare|déclarent|relaie|relaient|relate|prédit|"
    "dévoile|dévoilent|fait savoir|font savoir|martèle|jure|(?<!ne )garantit|"
    "prétend|prétendent|raconte|reprend|reprennent|parle|parlent|fait état|font état|"
    "faisait état|faisaient état|"
    "poursuit|note|notent|laisse entendre|laissent entendre|signale|"
    "signalent|affirmai(?:t|ent)|révélai(?:t|ent)|indiquai(?:t|ent)|expliquai(?:t|ent)|écrivai(?:t|"
    "ent)|"
    "rapportai(?:t|ent)|annonçai(?:t|ent)|précisai(?:t|ent)|assurai(?:t|ent)|déclarai(?:t|ent)|"
    "confiai(?:t|ent)|"
    "renseigne|renseignent|suggère|suggèrent|apprend|soutient|soutiennent|"
    "tempère|nuance|balaie|insiste|insistent|répond|réagit|résume|conclut|observe|observent|"
    r"relève|constate|regrette|déplore|plaisante|abonde|avertit|renchérit|rétorque|souffle|"
    r"certifie|certifient|argue|rappelle|rappellent|rassure|lance|"
    r"glisse|glissent|énonce|pronostique|dit|disent|confie|confient|redoute|redoutent|"
    r"craint|craignent|pense|pensent|réitère|réitèrent|corrobore|corroborent|titre|titrent|admet|"
    r"admettent|concède|concèdent|avoue|avouent|reconnaît|reconnaissent|répète|répètent|lâche|"
    r"tranche|plaide|juge|jugent|croit|croient|considère|considèrent|glissait|confiait|soufflait|"
    r"prévenait|estimait|jugeait|racontait|insistait|avançait|reconnaissait|lançait|promettait|"
    r"s'amuse|s'agace|s'inquiète|s'étonne|se félicite|se réjouit|s'enthousiasme|s'impatiente|"
    r"ironise|sourit|soupire|temporise|veut croire|veulent croire|"
    r"croyait savoir|soulignait|ajoutait|lâchait|confirmait|faisait savoir|laissait entendre|"
    r"évoquait|évoquaient|parlait|parlaient|calcule|calculent|grince|commente|réplique|répliquent|"
    r"tient de (?:\w+ ){0,2}sources?|tiennent de (?:\w+ ){0,2}sources?"
)
_SAID = (
    "rapporté|révélé|affirmé|indiqué|écrit|précisé|assuré|annoncé|expliqué|souligné|ajouté|avancé|"
    "détaillé|confirmé|promis|prévenu|estimé|déclaré|dévoilé|fait savoir|laissé entendre|confié|"
    "évoqué|tempéré|nuancé|balayé|lancé|insisté|répondu|réagi|résumé|conclu|observé|relevé|"
    "constaté|"
    r"regretté|déploré|prédit|pronostiqué|plaisanté|abondé|averti|menacé|renchéri|rétorqué|soufflé|"
    r"soutenu|certifié|argué|pointé|développé|proclamé|rappelé|rassuré|espéré|tranché|"
    r"dit|publié|signalé|martelé|glissé|reconnu|répété|appris|juré|garanti|plaidé|fait part|titré|"
    r"admis|suggéré|concédé|avoué|jugé|lâché|répliqué|redit|parlé|calculé|commenté"
)
_ADVERB = (
    r"(?:(?:\w+ment|même|aussi|ainsi|donc|alors|ensuite|toutefois|déjà|bien|par ailleurs|"
    r"d'ailleurs|en effet|de son côté|pour sa part|d'ores et déjà|bel et bien|[àd]e? nouveau|"
    r"maintenant|désormais|encore|toujours|plutôt|surtout|quant à elle|quant à lui|lui aussi|"
    r"elle aussi|hier|mardi|lundi|mercredi|jeudi|"
    r"vendredi|samedi|dimanche|ce \w+|également) )"
)
_DAY = (
    r"(?:(?:ce )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: (?:matin|soir|"
    r"midi))?|hier(?: soir)?|ce (?:matin|soir)|dans la (?:soirée|matinée|journée))"
)
#: Where the words for a source are over.
_STOP = (
    r"(?=\s*(?:[,;:!?«»\"()]|(?<![ .][a-z])\.(?:\s|$|\")|$| - | – | — |\s(?:qui|que|qu'|dans|lors|"
    r"sur|à la suite|"
    r"à l'issue|"
    rf"au micro|en marge|devant|après|avant|pour qui|dont|mais|tandis|alors|citant|reprise?|{_DAY}|"
    rf"le \d|au cours|via|selon l\w*quel\w*|évoquant|affirmant|suggérant|indiquant|annonçant|"
    rf"assurant|"
    rf"faisant|"
    r"à (?:l'afp|reuters|la radio|nos confrères|la presse|france)|auprès|en \w+ant)\b))"
)
_WHO = rf"(?P<who>[^,;:!?«»\"()]{{2,90}}?){_STOP}"

FRENCH = Speech(
    # "selon X", "cité par X", "comme l'a révélé X", "dans un entretien à X".
    leads=re.compile(
        r"(?<![\w'])(?:(?:toujours |et |encore |mais |notamment |aussi )?(?:selon(?! l\w*quel)|"
        r"d'après|"
        r"à en croire|si l'on en croit|si on en croit|si l'on se fie (?:à|aux)|aux dires de|"
        r"aux (?=dernières (?:nouvelles|informations))|"
        r"de l'aveu d[eu']|aux yeux de|au dire de|à lire (?!aussi|la suite|ou))"
        rf"|comme (?:l'|le )?(?:a |ont |avait |vient de |viennent de )?(?:{_SAYS}|{_SAID}|révéler|"
        rf"rapporter|indiquer)(?: par)?"
        rf"|c'est (?:en tout cas |du moins |en substance )?ce (?:qu'|que )(?:l'|le |la |les )?"
        rf"(?:a |ont |vient de )?(?:{_SAYS}|{_SAID}|révéler|rapporter|annoncer)"
        r"|(?:citée?s?|interrogée?s?|interviewée?s?|jointe?s?|sondée?s?|questionnée?s?|"
        r"contactée?s?|sollicitée?s?|confirmée?s?|corroborée?s?|relayée?s?|"
        r"(?<!été )reprise?s?|rapportée?s?|"
        r"révélée?s?|repérée?s?|"
        r"obtenue?s?|"
        r"consultée?s?"
        r"|publiée?s?|dévoilée?s?|lâchée?s?|partagée?s?|recueillie?s?|diffusée?s?|annoncée?s?|"
        rf"mise?s? en ligne)(?: tard)?(?: {_DAY}(?: \d{{1,2}} \w+)?)? par"
        rf"|montr(?:e|ent) (?:{_DAY} )?(?:une |un |l')?(?:enquête|sondage|étude|consensus) "
        r"(?:publiée? |réalisée? )?(?:de|d'|par)"
        r"|été (?:\w+ )?confirmée? (?:\w+ )?(?:à|au|auprès d[eu'])"
        r"|(?:c'est |selon )?une info(?:rmation)?(?: exclusive)? d[eu']s?"
        r"|confirmant (?:ainsi )?(?:une|les|des|cette) informations? d[eu']"
        r"|(?:(?:l')?info(?:rmation)?|rumeur|fuite|indiscrétion|révélation|la dernière|"
        r"la première) (?:en date )?(?:nous )?(?:provient|provenait|vient|venait|émane) d[eu']|"
        r"pour (?=(?:[ld]es |l')(?:analystes?|économistes?|experts?) )|^pour (?=(?:lui|elle|eux|"
        r"elles), )|^pour (?=(?:l'|le )(?:\w+ ){0,2}?(?:insider|leaker|leakeur|journaliste|"
        r"quotidien|"
        r"média|site|spécialiste|tipster)\b[^,]{0,50}, )"
        # "Un article du Monde selon lequel".
        r"|(?:article|enquête|information|dépêche|rapport|propos|déclaration|révélation|"
        r"confidence)s? (?:exclusi\w+ )?d[eu']s?"
        r"(?=[^.;:]{2,60}? (?:selon l\w*quel|évoquant|affirmant|suggérant|indiquant|annonçant|"
        r"assurant|faisant état))"
        rf"|sur la foi d[eu']|(?:qui )?cit(?:e|ent|ant)|"
        rf"a(?:-t-on)? appris(?: {_DAY})? auprès d[eu']"
        r"|dans (?:un|une|son|le) (?:long |récent )?(?:entretien|interview|communiqué|tribune)"
        r"(?: exclusive?)?(?: accordée?| donnée?| publiée?)? ?(?:à|au|aux|avec|dans|par)"
        rf"|c'est (?=[^.;:]{{2,70}}? qui (?:(?:l'|le |la )?(?:{_SAYS})|(?:l'a|a|ont) (?:{_SAID})))"
        r"|dans les colonnes d[eu']s?|au micro d[eu']|sur l'antenne d[eu']|à l'antenne d[eu']|"
        r"apprend-on (?:de|auprès d[eu'])"
        rf") ?{_WHO}",
    ),
    # ", rapporte X", "», a déclaré X".
    verbs=re.compile(
        rf"(?<![\w'-])(?:l'|le |la |les |s'|se |nous |n'|ne )?(?:(?P<past>(?:a|ont|avait|avaient|"
        rf"vient de|viennent de)(?:-t-il|-t-elle|-t-on|-ils|-elles|-il|-elle|-on)?) "
        rf"{_ADVERB}{{0,2}})?"
        rf"(?P<verb>{_SAYS}|{_SAID}|révéler|annoncer|affirmer|indiquer|assurer)"
        r"(?P<pronoun>(?:-t)?-(?:il|elle|on|ils|elles))?(?![\w-])",
    ),
    past=re.compile(
        r"(?!écrit$|dit$|fait savoir$)(?:"
        + _SAID
        + r"|révéler|annoncer|affirmer|indiquer|assurer)",
    ),
    # After the verb of "X says": what is said follows.
    says=re.compile(
        rf"(?:,? ?{_ADVERB}| {_DAY}|, (?:\w+ ){{1,6}}\w+,)?"
        r"(?:(?:,? (?:à|au|aux|auprès|sur|dans|lors|durant|pendant|devant|en|lundi|mardi|mercredi|"
        r"jeudi|vendredi|"
        r"samedi|dimanche|hier|ce|cette|début|fin|courant|il y a|la semaine|le mois|l'an)"
        r"(?! que| qu')[\w' .-]{2,70}?(?:, [\w ]{3,25},)?)"
        r"(?:,? que(?!\w)|,? qu'| ?:)|"
        r",? ?que(?!\w)|,? ?qu'| ?:|(?: |(?<= ))(?:(?:ne pas |ne plus )?(?:s'|se |y |en )?"
        r"[a-zà-ÿ]{3,}(?:er|ir|oir|ndre|ttre|ire|ivre)|"
        r"être|son|sa|"
        r"ses|leur|le|la|les|l'|une?|des|un|de|du|d')(?:(?<=')|\b)|\s*,? ?«)",
    ),
    inverted=re.compile(rf" (?:{_ADVERB}|{_DAY} |(?:à|dans|sur|par) [^,;]{{2,30}}, )?{_WHO}"),
    told=re.compile(
        rf"(?:,? {_DAY})?(?:^|,? )(?:à|au|aux|auprès d[eu'])(?: la| l'| nos confrères d[eu']s?)? ?"
        + _WHO.replace("?P<who>", "?P<to>"),
    ),
    learned=re.compile(
        r"(?<![\w'])(?P<who>(?:l'|le |la |les )?[A-ZÀ-Ý][\w .'&-]{1,40}?) (?:a pu (?:consulter|"
        r"vérifier|lire|apprendre)"
        r"|a appris|s'est procurée?|a eu accès|a obtenu|vient d'apprendre|croit savoir|"
        r"est en mesure de révéler)"
        r"(?P<rest>[^,;.]{0,80}? (?:auprès d[eu'] ?(?:la |l')?|de source )"
        r"(?P<from>(?:(?! que | qu')[^,;.]){2,60}))?",
    ),
    own=re.compile(
        r"(?:(?:selon|d'après|à en croire|suivant) (?:nos (?:propres )?(?:informations|infos|"
        r"sources)|"
        r"(?:les )?informations? (?:recueillies|obtenues) par nos (?:soins|équipes)|"
        r"nos confrères de la rédaction)"
        r"|nous (?:a|ont)(?:-t-on)? (?:confié|indiqué|assuré|précisé|appris|dit|glissé|confirmé)|"
        r"nous a-t-on (?:confié|indiqué|assuré|dit)|"
        r"nous (?:dit|glisse|souffle|assure|confirme|indique|confie|précise|explique)-t-on|"
        r"nous revient-il|il nous (?:revient|est revenu)|nous est-il revenu"
        rf"|(?:comme )?(?:révélé|annoncé|évoqué|indiqué|dévoilé|expliqué|écrit)e?s? (?:{_DAY} )?"
        r"dans (?:ces|nos) colonnes|comme nous (?:vous )?(?:l')?(?:(?:avons|avions) \w+|révélions|"
        r"annoncions|écrivions|rapportions|indiquions|expliquions)"
        r"|(?:que|dont) nous (?:avons (?:pu )?|nous sommes )(?:consult(?:er|é)|obtenue?s?|"
        r"procurée?s?|"
        r"eu (?:copie|connaissance)|prendre connaissance|lire)"
        r"|avons-nous appris|nous avons appris|"
        r"nous (?:le |l')?(?:certifi|confirm|assur|confi|gliss|souffl|indiqu|expliqu|"
        r"précis)e(?:nt)?\b|"
        r"nous sommes en mesure|à notre connaissance|"
        rf"(?:a-t-on appris|apprend-on)(?:,? {_DAY},?)?(?: (?:de|à|"
        r"auprès d[eu']) ?(?:(?:une|deux|trois|quatre|plusieurs|s) )?(?:bonnes? )?sources?\b"
        r"[^,.;]{0,60})?)",
    ),
    gerunds=re.compile(
        r"(?<![\w'])(?:estimant|(?:ré)?affirmant|assurant|précisant|ajoutant|expliquant|indiquant|"
        r"annonçant|déclarant|soulignant|disant|confirmant|révélant|avançant|prédisant|prévenant)"
        r"(?: [^,;:]{2,60}?)? qu(?:e |')",
    ),
    # What the whole sentence is on about, without a word of saying.
    participles=True,
    steps=re.compile(
        rf"(?<![\w'-])(?:(?:l'|s'|n'|lui |leur |y |en )?"
        rf"(?:a|ont|est|sont|avoir|être|(?P<had>avaient|avait|étaient|était))) {_ADVERB}{{0,2}}"
        r"(?!(?:de|en|un|une|le|la|les|à|au|aux|dans|sur|par|pour)\b)"
        r"(?:(?:été|fait|déjà) )?[a-zà-ÿ]+(?:é|i|is|it|u|rt)e?s?(?![\w-])"
    ),
    again=re.compile(
        r"\b(?:toujours selon|selon (?:lui|elle|eux|elles|la même source|les mêmes sources|"
        r"ces (?:mêmes )?sources)|"
        r"de même source|(?:les|ces) mêmes sources|(?:le|ce) (?:quotidien|journal|magazine|média)|"
        r"cette (?:même )?source)\b",
    ),
)
