"""Signs for and against: what news of the future is made of, and what only looks like it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signals:
    """The signs of one language.

    ``event`` is what newsrooms track (deals, launches, appointments); ``opinion`` values and
    comments; ``advice`` talks to the reader; ``unreal`` sets a condition; ``over`` says that it was
    once and is past; ``empty`` is the boilerplate around a story ("declined to comment");
    ``generic`` speaks of things as they are.
    """

    event: re.Pattern[str]
    opinion: re.Pattern[str]
    advice: re.Pattern[str]
    unreal: re.Pattern[str]
    over: re.Pattern[str]
    empty: re.Pattern[str]
    generic: re.Pattern[str]


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE)


FRENCH = Signals(
    event=_words(
        r"rachet|acqu[éeiî]|vendr|vente|céd|cession|fusion|rapproch|invest|lever |levée|réuni|recueill|"
        r"(?:s'en)?gag|sign|rejoin|quitt|transf|recrut|nomm|succéd|success|démission|lanc|sorti|dévoil|"
        r"présent|annonc|publi|ouvr|ouvert|ferm|supprim|licenci|déploy|livr|démarr|débu|commenc|entr|"
        r"introdui|cot[eé]|repouss|report|augment|baiss|rédui|mainten|relev|abaiss|valid|approuv|adopt|"
        r"vot|interd|autoris|condamn|tourn|incarn|réalis|diffus|jou|prolong|constru|inaugur|boucl|"
        r"finalis|clôtur|conclu|attein|valoris|débours|offre|accord|procès|jug|candid|élection|élu|"
        r"arriv|débarqu|mise en service|commercialis|produi|abandonn|remplac|gel|taxe|grève|préavis|"
        r"visite médicale|trouvé|particip|contribu|transmi|accueill|install|implant|arrêt|retir|part"
    ),
    opinion=_words(
        r"(?:serait|sera|est|pourrait être|paraît|semble) (?:\w+ment )?(?:vain|dommage|utile|souhaitable|préférable|"
        r"difficile|intéressant|logique|absurde|triste|bienvenue?|judicieux|sage|injuste|temps de|inutile)\b"
        r"|changer la donne|révolution|tournant|bouleverser|marquer (?:les esprits|l'histoire)|"
        r"on verra|nous verrons|on va voir|il faudrait|il faudra|il faut|on (?:devrait|pourrait|ne peut)|nul doute|gageons|espérons|"
        r"malheureusement|heureusement|l'histoire|qui sait|à mon avis|selon moi|faire date|faire (?:des )?jaser|"
        r"chacun (?:devrait|pourrait)|avouons|reste à savoir|ne manquera(?:it)? pas de|donner des idées|"
        r"de quoi |l'avenir (?:le )?dira|faire réagir|laisser des traces|faire le bonheur|se faire sentir"
    ),
    advice=_words(
        r"vous|votre|vos|tu|ton|tes|notre lecteur|nos lecteurs|pensez|n'hésitez|il suffit"
    ),
    unreal=re.compile(
        r"(?<![\w'])(?:s'ils?|si) (?!bien\b|possible)[^,;.]{0,70}?\b(?![\w]*r(?:ait|aient)\b)\w+(?:ait|aient)\b"
        r"|^Sans \w|^À défaut|à moins (?:que|d[e'])|faute de quoi|\bà condition",
        re.IGNORECASE,
    ),
    over=_words(
        r"(?:l'an|l'année|la saison|le mois|la semaine) (?:dernièr?e?|passée?|précédente?)|il y a \w+ (?:ans|années|mois|semaines|jours)|"
        r"initialement|à l'origine|à l'époque|autrefois|jadis|naguère|auparavant|par le passé|en vain|"
        r"avai(?:t|ent) (?:\w+ment |déjà )?\w+[éist]s?\b|la veille"
    ),
    empty=_words(
        r"(?:n'a|n'ont)(?: pas| ni)? (?:\w+ )?(?:souhaité|voulu|répondu|donné suite|réagi|commenté|confirmé|communiqué)"
        r"|(?:a|ont) (?:refusé|décliné) (?:de|d'|tout)|refus(?:e|é|ent)[^.]{0,20} comment|aucun commentaire|se refuse"
        r"|n'a pas été (?:dévoilé|précisé|communiqué|révélé|confirmé)|démen(?:t|tent|ti)\b|à prendre avec|conditionnel est de mise"
        r"|rien n'est (?:fait|acté|signé|décidé)|n'a rien|contactée?s?\b[^.]{0,60}(?:n'a|n'ont|pas)"
    ),
    generic=_words(
        r"chaque|toujours|souvent|généralement|en général|d'ordinaire|habituellement|parfois|jamais"
    ),
)

ENGLISH = Signals(
    event=_words(
        r"buy|acqui|sell|sale|sold|bid|merg|takeover|take over|deal|invest|rais|fund|sign|join|leav|"
        r"quit|resign|step down|retir|appoint|nam|nominat|succeed|hire|launch|releas|unveil|announc|"
        r"publish|open|clos|shut|cut|lay off|layoff|job|ship|deliver|start|begin|introduc|list|ipo|float|"
        r"delay|postpone|increase|lower|hike|hold|keep|leave|rates?|approv|pass|vote|ban|fine|charge|"
        r"sue|trial|film|star|direct|return|reprise|air|stream|debut|premiere|extend|build|complete|"
        r"finali|agree|value|offer|trade|transfer|loan|move|medical|strike|walkout|ballot|run|replac|"
        r"drop|scrap|abandon|spin|split|output|produc|roll|arriv|hit|come|reveal|file|tariff|election|"
        r"confirm|price|cost|undergo|submit|table|publish|pay|spend|reach|send|back|face|end|switch|adopt|"
        r"developing|working on|hand"
    ),
    opinion=_words(
        r"(?:could|would|may|might|will) (?:be|prove|become|make|have) (?:an? )?(?:\w+ly )?(?:turning point|game[- ]changer|mistake|disaster|"
        r"blow|boost|difficult|hard|wise|better|good|bad|wrong|interesting|tempting|great|important|nice|worse|"
        r"long|shame|challenge|tricky|painful|huge)"
        r"|it is hard|it's hard|ashamed|deserve|frankly|unfortunately|fortunately|arguably|to my mind|in my view|"
        r"no doubt|remains to be seen|time will tell|let's|let us|who knows|regret|lose their minds|some (?:viewers|readers)|"
        r"should win|a risk that|raises? questions|nobody pretended|of course"
    ),
    advice=_words(r"you|your|you'll|you'd|readers|let's|we recommend|make sure|keep in mind"),
    unreal=re.compile(
        r"(?:^|, |\b)(?:had|should|were) (?:it|he|she|they|the|this|that|[A-Z]\w+)(?: \w+){0,4}? (?:been|stay|fail|to \w+|prove|come|known|kept)"
        r"|\b(?:if|unless|provided|assuming|otherwise)\b|\bhad [a-z]+ \w+ (?:been|kept)|\bwithout (?:it|them|that),",
        re.IGNORECASE,
    ),
    over=_words(
        r"last (?:year|season|summer|winter|spring|autumn|fall|month|week)|\w+ (?:years|months|weeks|days) ago|originally|initially|"
        r"previously|formerly|at the time|back in|once|used to|a year earlier|had (?:\w+ly )?(?:been|\w+ed)\b"
    ),
    empty=_words(
        r"declin\w+ (?:to|comment)|refus\w+ to (?:comment|say)|(?:did|does|do|could|have|has|was|were)(?: not|n't) (?:immediately |be |available |yet )*"
        r"(?:respon|return|reply|comment|reach|available|disclose|been)|no comment|not available for comment|den(?:y|ied|ies)\b|"
        r"would(?: not|n't) (?:comment|say)|could not be (?:reached|verified|independently)|no (?:final )?decision|no guarantee|"
        r"no plans|ruled out|rules out|make no comment|comment on|will not comment|"
        r"may not result|fall apart|no assurance|no certainty|there is no"
    ),
    generic=_words(
        r"always|often|usually|generally|typically|every|each (?:year|time)|in general|tends? to|never|sometimes"
    ),
)
