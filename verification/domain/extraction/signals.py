"""Signs for and against: what news of the future is made of, and what only looks like it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signals:
    """The signs of one language, for lower case.

    ``said_in`` is a month (``month``) in which something was said, stale unless it is a recent one;
    ``event`` is what newsrooms track (deals, launches, appointments); ``opinion`` values and
    comments; ``advice`` talks to the reader; ``unreal`` sets a condition; ``over`` says that it was
    once and is past; ``bygone`` opens a page of history; ``stale`` that it was said long ago;
    ``empty`` is the boilerplate around a story ("declined to comment"); ``generic`` speaks of
    things as they are.
    """

    event: re.Pattern[str]
    opinion: re.Pattern[str]
    advice: re.Pattern[str]
    unreal: re.Pattern[str]
    over: re.Pattern[str]
    empty: re.Pattern[str]
    generic: re.Pattern[str]
    stale: re.Pattern[str]
    said_in: re.Pattern[str] | None = None
    bygone: re.Pattern[str] | None = None


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})")


_MONTHS = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)

FRENCH = Signals(
    event=_words(
        r"rachet|acqu[éeiî]|vendr|vente|céd|cession|fusion|rapproch|invest|lever |levée|réuni|"
        r"recueill|"
        r"(?:s'en)?gag|sign|rejoin|quitt|transf|recrut|nomm|succéd|success|démission|lanc|sorti|"
        r"dévoil|"
        r"présent|annonc|publi|ouvr|ouvert|ferm|supprim|licenci|déploy|livr|démarr|débu|commenc|"
        r"entr|"
        r"introdui|introduct|départs?\b|scission|reçu|cot[eé]|repouss|report|augment|baiss|rédui|mainten|relev|abaiss|valid|approuv|"
        r"adopt|"
        r"vot|interd|autoris|condamn|tourn|incarn|réalis|diffus|jou|prolong|constru|inaugur|boucl|"
        r"finalis|clôtur|conclu|attein|valoris|débours|offre|accord|procès|jug|candid|élection|élu|"
        r"arriv|débarqu|mise en service|commercialis|produi|abandonn|remplac|gel|taxe|grève|"
        r"préavis|"
        r"visite médicale|prêt[éer]|trouvé|particip|contribu|transmi|accueill|install|implant|"
        r"arrêt|retir|part|rencontr|entreten|discu[st]|circul|vers[ée]|command|renouvel|topé|accord|pourparlers|tractation|propos|refus|accept|contact|approch|choi[sx]|désign|"
        r"décid|"
        r"négoci|dit (?:oui|non)|intér(?:êt|ess)|confié|intitul|renvo[iy]"
    ),
    opinion=_words(
        r"(?:personne|nul) n'en (?:serait|sera) (?:étonné|surpris)|"
        r"(?:serait|sera|est|pourrait être|paraît|semble) (?:\w+ment |tout de même |"
        r"quand même )?(?:vain|"
        r"surprenant|étonnant|regrettable|catastrophique|énorme|terrible|dommage|utile|"
        r"souhaitable|préférable|"
        r"difficile|intéressant|logique|absurde|triste|bienvenue?|judicieux|sage|injuste|propice|"
        r"opportune?|temps de|inutile)\b"
        r"|devrai(?:t|ent) (?:logiquement|théoriquement)|changer la donne|révolution|tournant|"
        r"bouleverser|marquer (?:les esprits|l'histoire)|l'\w+ idéale?|"
        r"j'espère qu|(?:ce|ça) sera (?:une?|très|plus|moins|pas|bien)\b|on verra|"
        r"nous verrons|on va voir|"
        r"il faudra(?:it)?(?!\w)(?! (?:\w+ ){0,2}?(?:attendre|patienter|compter)?(?: |jusqu'|"
        r"encore |"
        r"\w+ )*?(?:jours|semaines|mois|ans|début|fin|20\d\d|jan|fév|mar|avr|mai|jui|aoû|sep|oct|"
        r"nov|déc))|"
        r"il faut(?! (?:s'attendre|compter|attendre|patienter))|on (?:devrait|pourrait|"
        r"ne peut)|nul doute|gageons|(?<!nous )espérons|"
        r"on dirait\b|(?:nous|me|leur|lui|ça|vous) ferai(?:t|ent)\b|"
        r"mett\w+ tout en œuvre|fer(?:a|ons|ont) (?:tout|le maximum|de notre mieux)|"
        r"malheureusement|heureusement|(?:de|dans) l'histoire|qui sait|à mon avis|selon moi|"
        r"faire date|"
        r"faire (?:des )?jaser|"
        r"chacun (?:devrait|pourrait)|avouons|reste à savoir|ne manquera(?:it)? pas de|"
        r"donner des idées|"
        r"(?<!, )de quoi |l'avenir (?:le )?dira|faire réagir|laisser des traces|faire le bonheur|"
        r"ferai(?:t|ent) de\b|serait (?:la|le) (?:première?|plus \w+|deuxième)\b|s'agirait d|"
        r"signifierait|"
        r"serait (?:compter sans|oublier|mal connaître|ignorer|méconnaître|faire (?:injure|fi))|"
        r"^ce qui (?:\w+ ){0,2}\w+rait |voudrait dire|équivaudrait|se faire sentir"
    ),
    advice=_words(
        r"(?:vous|votre|vos|tu|ton|tes)\b|(?!chez|assez|nez\b|rez\b)\w+ez(?:-l[ae]s?|-vous)?\b|"
        r"notre lecteur|"
        r"nos lecteurs|pensez|n'hésitez|il suffit"
    ),
    unreal=re.compile(
        r"(?<![\w'])(?:s'ils?|si) (?!bien\b|possible)[^,;.]{0,70}?\b(?![\w]*r(?:ait|"
        r"aient)\b)\w+(?:ait|aient)\b"
        r"|(?:uniquement|seulement) s(?:i|')|^sans \w|^à défaut|à moins (?:que|d[e'])|"
        r"faute de quoi|\bà condition",
    ),
    over=_words(
        r"(?:l'an|l'année|la saison|le mois|la semaine) (?:dernièr?e?|passée?|précédente?)|"
        r"il y a (?:encore )?\w+ (?:ans|années|mois|semaines|jours)|"
        r"voilà \w+ (?:ans|années|mois|semaines) qu|"
        r"(?:d'abord|un temps|primitivement) (?:prévu|fixé|annoncé|attendu)|"
        r"initialement|à l'origine|à l'époque|autrefois|jadis|naguère|auparavant|par le passé|"
        r"en vain|"
        r"avai(?:t|ent) (?:\w+ment |déjà )?\w+[éistu]s?\b|la veille"
    ),
    empty=_words(
        r"(?:n'a|n'ont)(?: pas| ni)? (?:\w+ )?(?:souhaité|voulu|répondu|donné suite|réagi|commenté|"
        r"confirmé|communiqué)"
        r"|(?:a|ont) (?:refusé|décliné) (?:de|d'|tout)|refus(?:e|é|ent)[^.]{0,20} comment|"
        r"aucun commentaire|se refuse"
        r"|tou(?:te)?s les (?:scénarios|options|hypothèses|pistes|possibilités) (?:sont|restent|"
        r"demeurent)"
        r"|rien ne (?:garantit|dit) qu|n'a pas été (?:dévoilé|précisé|communiqué|révélé|confirmé)|"
        r"démen(?:t|tent|ti)\b|"
        r"à prendre avec|conditionnel est de mise"
        r"|rien n'est (?:fait|acté|signé|décidé)|n'a rien|(?:n'a|n'ont) pas (?:dit|précisé|"
        r"indiqué) (?:si|"
        r"quand|ce|où|comment)\b|(?:n'a|n'ont) pas (?:davantage|encore|non plus) (?:dit|précisé|"
        r"indiqué) (?:si|quand|où)\b|demand(?:e|ent|ait|aient|é|er) s(?:i\b|'il)|"
        r"on ignore|on ne sait pas (?:quand|si|où|comment|encore)|"
        r"contactée?s?\b[^.]{0,60}(?:n'a|n'ont|pas)"
    ),
    generic=_words(
        r"(?:serait|sera) pas la première fois|attendue?s? (?:de longue date|depuis)\b|"
        r"chaque|toujours(?! (?:selon|d'après|dans le (?:sens|dossier)|en (?:discussion|"
        r"négociation|quête)|l[ae] |intéress|à l))|(?<!plus )souvent|généralement|en général|"
        r"d'ordinaire|habituellement|parfois|jamais"
    ),
    stale=_words(
        r"avai(?:t|ent) (?:\w+ment |déjà |alors )?(?:promis|juré|prédit|assuré)\b|"
        r"(?:avai(?:t|ent)|ont|a) (?:\w+ment )?(?:dit|déclaré|annoncé|indiqué|affirmé|promis|"
        r"assuré) "
        r"(?:l'an dernier|l'année dernière|l'an passé|il y a \w+ (?:ans|mois)|en 20\d\d)"
        r"|(?:portait à croire|laissait (?:penser|présager|croire))"
        r"|il y a (?:encore |à peine |seulement )+\w+ (?:ans|années|mois|semaines|jours), "
    ),
)

ENGLISH = Signals(
    event=_words(
        r"buy|acqui|sell|sale|sold|bid|merg|takeover|take over|deal|invest|rais|fund|sign|join|"
        r"leav|"
        r"quit|resign|step down|retir|appoint|nam|nominat|succeed|hire|launch|releas|unveil|"
        r"announc|"
        r"publish|open|clos|shut|cut|lay off|layoff|job|ship|deliver|start|begin|introduc|list|ipo|"
        r"float|"
        r"delay|postpone|increase|lower|hike|hold|keep|leave|rates?|approv|pass|vote|ban|fine|"
        r"charge|"
        r"sue|trial|film|star|direct|return|reprise|air|stream|debut|premiere|extend|build|"
        r"complete|"
        r"finali|agree|value|offer|trade|transfer|loan|move|medical|strike|walkout|ballot|run|"
        r"replac|"
        r"drop|scrap|abandon|spin|split|output|produc|roll|arriv|hit|come|reveal|file|tariff|"
        r"election|"
        r"confirm|price|cost|undergo|submit|table|publish|pay|spend|reach|send|back|face|end|"
        r"switch|adopt|"
        r"developing|working on|hand"
    ),
    opinion=_words(
        r"(?:could|would|may|might|will) (?:be|prove|become|make|"
        r"have) (?:an? |very |so |really )?(?:\w+ly )?(?:reluctant|happy|delighted|glad|pleased|"
        r"proud|"
        r"turning point|game[- ]changer|mistake|disaster|"
        r"blow|boost|difficult|hard|wise|better|good|bad|wrong|interesting|tempting|great|"
        r"important|nice|worse|"
        r"long|shame|challenge|tricky|painful|huge)"
        r"|(?:could|would|may|might|will) (?:look|seem|sound|feel) (?:\w+ly |very |so |a bit )?"
        r"(?:bad|good|odd|strange|silly|weak|foolish|unfair|ridiculous|right|wrong|better|worse)\b"
        r"|\bi (?:suspect|imagine|doubt|wonder|fear|bet|guess|dare say)\b|"
        r"i (?:have not|haven't|don't|do not|can't) (?:met|know|see|think of|imagine) anyone|"
        r"on (?:his|her|its|their) day\b|it would take (?:an?|some\w*|more)\b"
        r"|^(?:he|she|it|they|that) would (?:give|offer|provide|bring) (?:him|her|them|us|the)\b"
        r"|would be (?:unusual|unorthodox|unprecedented)|it is hard|it's hard|ashamed|deserve|"
        r"frankly|unfortunately|fortunately|arguably|"
        r"to my mind|in my view|"
        r"no doubt|i'm\b|we(?:'ll| will) see|disappointed|come as a\b|in the hope\b|sounds like|"
        r"(?:may|might|could) (?:\w+ly )?(?:shed light|influence|explain|(?:provide|"
        r"offer) (?:\w+ )?"
        r"(?:insights?|clues?|evidence|hope))|"
        r"would (?:come after|follow|mark|be (?:the|its|their) (?:\w+ )?(?:first|second|third|"
        r"biggest|"
        r"largest|latest|highest|lowest))\b|(?:concerns?|fears?|risks?|"
        r"worries)\b[^.;]{0,80}\bthat\b|"
        r"help (?:the|our|us|people|families|those)\b|remains to be seen|time will tell|let's|"
        r"let us|who knows|regret|"
        r"lose their minds|(?:would|could|may|might) mean\b|some (?:viewers|readers)|"
        r"I (?:felt|thought|knew|wish)|(?:somebody|someone|people) (?:says?|claims?)|should win|"
        r"a risk that|raises? questions|nobody pretended|of course"
    ),
    advice=_words(
        r"(?:you|your|yours)\b|^(?:don't|do not)\b|^(?:sow|prune|keep|add|mix|try|use|take|put|"
        r"cut|plant|make|serve|"
        r"bake|"
        r"cook|store|check|avoid|remember|start|leave|pour|stir|visit|wear|bring|choose|pick)\b|"
        r"readers|let's|we recommend|make sure|keep in mind"
    ),
    unreal=re.compile(
        r"(?:^|, |\bbut |\bthat )(?:had|should|were) (?:it|he|she|they|the|this|that|"
        r"[a-z]\w+)(?: \w+){0,4}? (?:been|stay|fail|to \w+|prove|come|known|kept)"
        r"|\b(?:if|unless|provided|assuming|otherwise)\b|\bhad [a-z]+ \w+ (?:been|kept)|"
        r"\bwithout (?:it|them|that),",
    ),
    over=_words(
        r"last (?:year|season|summer|winter|spring|autumn|fall|month|week)|\w+ (?:years|months|"
        r"weeks|days) ago|originally|initially|"
        r"previously|formerly|at the time|back in|once|used to|a year earlier|"
        r"had (?:\w+ly )?(?:been|\w+ed)\b"
    ),
    empty=_words(
        r"declin\w+ (?:to|comment)|refus\w+ to (?:comment|say|confirm|be drawn|rule)|"
        r"(?:did|does|do|could|have|has|was|"
        r"were)(?: not|n't) (?:immediately |be |available |yet )*"
        r"(?:respon|return|reply|comment|reach|available|disclose|been)|no comment|"
        r"not available for comment|den(?:y|ied|ies)\b|"
        r"would(?: not|n't) (?:comment|say)|could not be (?:reached|verified|independently)|"
        r"no (?:final )?decision|no guarantee|"
        r"did not produce|broke down|(?<!\brecently )(?:have|has|had|talks|which|negotiations|"
        r"deal|and) collapsed(?! into)|"
        r"ended without|no plans|(?:is|was|remains|"
        r"it's) (?:unclear|unknown|not clear|not known|uncertain) |"
        r"(?:did not|didn't) say (?:if|when|whether|how)|asked (?:if|whether)\b|ruled out|"
        r"rules out|make no comment|comment on|will not comment|"
        r"(?:terms|details|plans?|timings?|timeline|dates?|talks|figures?|numbers?|prices?|situation|"
        r"things|schedule)\b[^.;]{0,50} (?:could|may|might|can) (?:still |yet |always "
        r")?(?:change|shift|"
        r"evolve|fall through|collapse|break down)|subject to change|"
        r"(?:deal|merger|takeover|transaction|sale|agreement|plan|acquisition)s? (?:would|"
        r"will) (?:still |"
        r"also )?(?:need|require|be subject to|have to (?:be (?:approved|cleared)|clear|win|"
        r"get))\b|"
        r"(?:rules|laws?|regulations|statutes?|constitution|treaty|bylaws) (?:\w+ )?requires?\b|"
        r"too (?:soon|early|late) to (?!save|stop|prevent)|"
        r"as (?:a sign|evidence|proof|an indication) (?:that|of)\b|"
        r"may not result|fall apart|no (?:hint|sign|indication|suggestion|evidence)s? (?:that|of)|"
        r"no assurance|no certainty|there is no|impossible to (?:know|say|tell)\b|"
        r"nothing (?:has been|is|was|had been) (?:yet )?(?:signed|agreed|decided|final)"
    ),
    generic=_words(
        r"(?:would|will)(?: not|n't) be the first time|"
        r"always|often|usually|generally|typically|every|each (?:year|time)|in general|tends? to|"
        r"never|sometimes"
    ),
    stale=_words(
        r"had (?:\w+ly )?(?:said|told|promised|pledged|vowed|warned|declared|announced|stated|"
        r"insisted|indicated)\b|(?:(?:has|have|had) )?previously (?:said|told|promised|warned)\b|"
        r"^back in (?:january|february|march|april|may|june|july|august|september|october|november|"
        r"december|20\d\d|the)\b|"
        r"(?:said|told \w+|announced|promised|pledged|reported|predicted) "
        r"(?:last year|\w+ years ago|in 20\d\d|back in)"
    ),
    bygone=re.compile(
        r"(?:(?:it (?:is|was|has been)|more than|almost|nearly|exactly|some|about) )?"
        r"(?:[a-z]+-)?(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|[1-9]\d+)"
        r"(?:-[a-z]+)? years (?:ago|since|to the (?:day|week|month))\b|"
        r"(?:on|in|it was|during|back in|at)\b[^.;]{0,60}? (?:1[5-9]\d\d)\b"
    ),
    said_in=_words(
        rf"^in (?P<first>{_MONTHS}),? [^,;.]{{2,50}}? "
        r"(?:said|confirmed|announced|told|revealed|reported)\b|"
        rf"(?:said|told \w+|announced|confirmed|revealed|reported)(?: back)? in "
        rf"(?P<month>{_MONTHS})\b"
    ),
)
