"""The French cues."""

from __future__ import annotations

import re

from verification.domain.extraction.hedges import Cue, Cues
from verification.domain.extraction.verbs_fr import CONDITIONAL, FUTURE, INFINITIVE, STEP_NOW

_ADVERBS = (
    r"(?:(?:\w+ment|aussi|déjà|bel et bien|bien|désormais|toujours|encore|même|donc|bientôt|ainsi|"
    r"enfin|d'ores et déjà|[àd]e? nouveau|"
    r"en effet|"
    r"d'ailleurs|en revanche|par ailleurs|plutôt|quant à (?:lui|elle)|lui aussi|elle aussi|"
    r"à son tour|autrefois|un temps|longtemps) ){0,2}"
)
_BE = r"(?:est|sont|reste|restent|demeure|serait|seraient)"
_DUE = (
    r"(?:attendu|prévu|programmé|fixé|annoncé|convoqué|pressenti|censé|appelé|espéré|"
    r"envisagé|agendé|planifié|projeté|calé|daté|inscrit|promis|visé|repoussé|reporté|avancé|"
    r"décalé|retardé|"
    r"confié)e?s?"
)
_WHEN = (
    r"(?= (?:pour|en|à|au|aux|le|la semaine|d'ici|courant|fin|début|mi-|dès|dans|cet|cette|"
    r"ce|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|l'an|avant|sous)\b)"
)
_TAKEN = (
    r"(?:transmis|formulé|déposé|soumis|trouvé|conclu|décidé|choisi|accepté|approché|proposé|"
    r"tranché|validé|"
    r"entamé|engagé|ouvert|mandaté|sondé|contacté|repoussé|renoncé|signé|obtenu|recruté|acquis|"
    r"cédé|noué|"
    r"donné (?:son|leur) (?:accord|feu vert)|jeté son dévolu|pris contact|"
    r"(?:porté|fait|arrêté) (?:son|leur) choix|manifesté (?:son|leur) intérêt|fait (?:une offre|"
    r"de \w+ sa priorité)|"
    r"dépêché|relancé(?! l(?:es|a|e) (?:spéculations?|rumeurs?|débat|machine))|arrêté(?= une? |"
    r" l[ea] | son | sa | les )|retenu|prévu(?: de| d'| une?| des| plusieurs| \w+ \w+s)|convaincu|"
    r"topé|coché|ciblé|fixé|écarté|gelé|suspendu)e?s?"
)


def _cue(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?:(?<=')|(?!\w))")


FRENCH = Cues(
    cues=(
        Cue(
            "talks",
            _cue(
                rf"(?:(?:{_BE}|était|étaient|seraient?) {_ADVERBS})?(?:en|dans des|"
                rf"au stade des) (?:pleines? |bonnes )?"
                r"(?:négociations?|discussions?|pourparlers)(?: (?:\w+ment )?(?:avancée?s|"
                r"exclusives?|exclusifs|finales?))?"
                rf"|(?:(?:{_BE}) {_ADVERBS})?(?:en passe|sur le point|à deux doigts|(?:tout |très |"
                rf"toute )?proches?(?! du dossier)(?= d(?:e |'|u )(?:s'|l[ae']|un|re|\w+er|\w+ir|"
                rf"\w*accord|l'ol\b|"
                rf"l'olymp)))"
                rf"|(?:(?:{_BE}) {_ADVERBS})en (?:très )?bonne voie"
                r"|(?:accord|signature|annonce|transfert|officialisation|décision|départ|arrivée|"
                r"vente) "
                r"(?:est|serait|semble|paraît) (?:\w+ment )?(?:tout |très )?(?:proche|imminente?|"
                r"en vue|"
                r"à portée)"
                r"|(?:discussions|négociations|pourparlers|tractations) (?:sont|seraient) "
                r"(?:\w+ment )?(?:en cours|à l'œuvre|engagée?s|entamée?s|ouverts?|ouvertes|"
                r"avancée?s)"
                r"|s'apprête(?:nt)?|s'apprêteraient|s'apprêterait|négocie(?:nt)?|négocieraient|"
                r"négocierait"
                rf"|discut(?:e|ent|erait|eraient)(?= {_ADVERBS}(?:avec|d[eu']|depuis))|"
                rf"se rapproche(?:nt)?(?= d)"
                r"|(?:est |sont )?en contacts? (?:avancés?|étroits?)|tout proche|en pole position|"
                r"(?:tient|tenait) la corde|dans le viseur|en approche(?= d)"
            ),
        ),
        Cue(
            "expected",
            _cue(
                rf"(?:devrait|devraient|(?<=nous )devrions)(?: bien)?|doi(?:t|"
                rf"vent)(?= {_ADVERBS}(?:se |s'|y |être |"
                rf"en |lui |leur |l[ae'] ?)?{INFINITIVE})"
            ),
        ),
        Cue(
            "expected",
            _cue(
                rf"{_BE} {_ADVERBS}{_DUE}|(?:reste|restent|est|sont|demeure|demeurent) {_ADVERBS}"
                r"(?:sur les rails|d'actualité|sur la bonne voie)"
            ),
        ),
        Cue(
            "expected",
            # "Les repreneurs ont jusqu'à lundi pour déposer leur offre."
            _cue(r"(?:a|ont|aura|auront)(?= jusqu'(?:à|au) [^,;:.]{3,40} pour )"),
        ),
        Cue(
            "chance",
            _cue(
                r"pourra(?:it|ient)(?: bien| même| aussi| toutefois| également)?|"
                r"(?:est|devient|paraît|semble) (?:de plus en plus |plus |très )?probable"
                r"(?= qu(?:e |'))|"
                r"peu(?:t|vent)(?: encore| aussi| même)? (?:intervenir|tomber|survenir|être "
                r"(?:annoncé|nommé|signé|dévoilé|officialisé|publié)e?s?)(?= (?:dès|ce|cette|"
                r"demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|d'ici|dans|"
                r"à tout moment))|"
                r"risque(?:nt)? d[e'](?= ?\w+(?:er|ir|re)\b)"
            ),
        ),
        Cue(
            "plan",
            _cue(
                rf"prévoi(?:t|ent)(?= {_ADVERBS}(?:de |d'|une?|des|que))|"
                r"envisage(?:nt)?(?: (?:\w+ment |aussi |même |toujours )?(?:de|d'))?"
                rf"|(?:(?<!\ble )(?<!\bdu )(?<!\bun )(?<!\bson )compte|comptent|entend|entendent|"
                rf"veut|veulent|souhaite|souhaitent|espère|"
                rf"espèrent|espérerait|ambitionne|ambitionnent)(?= (?:pas )?{_ADVERBS}(?:se |s'|y |"
                rf"en |"
                rf"l[ae] |l'|être |lui |ainsi )?{INFINITIVE})"
                r"|(?:espère|espèrent) (?:que|une?|bien)"
                r"|appelle(?:nt)? à (?:la |une )?(?:grève|mobilisation|manifest\w+)|"
                r"(?<!\bse )projette(?:nt)?|explore(?:nt)?(?= )|explorer(?= la| l'| une?)|"
                r"s'active(?:nt)?(?= (?:\w+ )?(?:pour|en))|s'emploie(?:nt)? à|"
                r"travaille(?:nt)?(?= (?:\w+ment )?avec (?:des |plusieurs |les )?(?:banques?|"
                r"banquiers|conseil|conseillers|conseils)\b)|(?:cherche(?:nt)?|vise(?:nt)?|"
                r"travaille(?:nt)?|songe(?:nt)?|"
                r"réfléchi(?:t|ssent)|s'engage(?:nt)?)"
                r" (?:\w+ment |aussi |toujours )?(?:à|sur)|planche(?:nt)? sur|"
                r"étudie(?:nt)? (?:\w+ment )?(?:la|le|une?|l'|les|des|plusieurs)"
                r"|prépare(?:nt)? (?:\w+ment )?(?:le|la|une?|son|sa|l'|des|ses|leur)"
                r"|(?:(?:a|ont|avec) (?:\w+ment )?l'|(?:son|leur) )intention d[e']|a pour objectif|"
                r"(?:l'|son |"
                r"avec pour |un )objectif (?:est|affiché|reste|serait)|"
                r"projet(?:te)? d[e'](?= ?\w+er\b)"
                r"|menace(?:nt)? d[e']|plaide(?:nt)? pour|table(?:nt)? (?:\w+ )?sur|évoque(?:nt)?|"
                r"mise(?:nt)? (?:\w+ )?sur|milite(?:nt)? pour|pousse(?:nt)? pour"
                r"|ne s'interdi(?:t|sent) pas|n'exclu(?:t|ent|ons) pas|cible(?:nt)?(?= (?:le|la|"
                r"une?|l'))|vise(?:nt)?(?= (?:le|la|une?|l'|\d))"
                r"|promet(?:tent)?(?= (?:d[e']|l[ea'e]|les|une?|des|que|qu'))|"
                r"(?:souhaite|souhaitent|veut|veulent)(?= (?:que|qu'|une?|l[ea]|"
                r"l')\b)|"
                r"(?:est|sont) (?:\w+ment |bien |toujours )?(?:envisagée?s?|à l'étude|"
                r"en préparation|"
                r"en cours d[e'] ?(?:négociation|discussion|finalisation|préparation|examen)|"
                r"évoquée?s?|sur la table|dans les tuyaux|dans les cartons)|"
                r"s'oriente(?:nt)? vers|se dirige(?:nt)? vers|penche(?:nt)? pour|privilégie(?:nt)?|"
                r"(?:est|sont) (?:\w+ment )?intéressée?s? par|ne devrai(?:t|ent) pas tarder|"
                r"brigue|convoite(?:nt)?|lorgne(?:nt)?|s'est fixé|"
                r"on (?:évoque|cite|avance|murmure) (?:aussi |également |notamment )?"
                r"(?:l[ea]s? noms?|la piste|le scénario|l'hypothèse)|"
                r"on parle(?: toujours| aussi| beaucoup| encore| également| notamment)"
                r"(?= d[e'u])|on parle(?= d(?:e |')[^,;:.]{2,40} pour )|"
                r"(?:semble|paraît|est) (?:bien |déjà |\w+ment )?partie? pour(?= )|"
                r"(?:fait|font) (?:la course en tête|figure de favorie?s?)(?= (?:pour|dans))|"
                r"(?:reste|restent|demeure) une (?:option|piste)(?: (?:sérieuse|crédible|"
                r"possible|envisagée))?|"
                r"(?:a|ont) (?:un |une )(?:nouveau |nouvelle )?(?:favorie?|priorité)(?= pour)|"
                r"(?:rumeurs?|fuites?|bruits?) (?:\w+ )?(?:donne|avance|évoque)(?:nt)?(?= )|"
                r"(?:tien(?:t|nent)|jug(?:e|ent)|estim(?:e|ent)) (?:\w+ ){0,3}?(?:pour )?probable|"
                r"(?:a|ont) (?:\w+ ){0,3}?plus de chances(?= (?:\w+ )?d[e'])|"
                r"(?<=le nom de )(?:[\w'.-]+,? ){1,5}?(?:circule|revient|est (?:de plus en plus |"
                r"souvent |aussi |également |régulièrement |fréquemment )?(?:cité|avancé|évoqué|"
                r"sur toutes))|"
                rf"(?:est|serait|sont|reste|figure) {_ADVERBS}(?:l[ea]s? |son |leur |en |"
                r"parmi les )?"
                r"(?:premier choix|priorité(?: absolue| numéro un)|grande? favorite?|"
                r"favorie?s? (?:pour|de)|"
                r"(?:pistes?|cible|choix|priorité|option) (?:privilégiée?|numéro (?:un|1)|n°1|"
                r"prioritaire|principale?|sérieuse)|"
                r"mieux placée?s? (?:pour|dans)|"
                r"(?:favoris|candidats|pistes|prétendants)\b)|"
                r"(?:la piste|le scénario|l'hypothèse)(?: la (?:plus|mieux) \w+)? (?:est|reste|"
                r"était) "
                r"(?:celle|celui|privilégiée?|la plus)|"
                r"se prépare(?:nt)? à|dispos(?:é|ée|és|ées) à|prêt(?:e|s|es)? à"
                r"|(?:(?<=dit )|(?<=affirmé )|(?<=annoncé )|(?<=assuré )|(?<=déclaré )|"
                r"(?<=affirme )|(?<=assure ))"
                r"(?:espérer|souhaiter|vouloir|compter|envisager|prévoir|viser|préparer|"
                r"s'attendre à|tabler sur|miser sur|travailler (?:à|sur)|réfléchir à|songer à|"
                r"négocier|étudier|discuter)"
                r"|(?<=a )promis(?= (?:une?|des|la|le|les|de|d'|l'))|"
                r"(?<=ont )promis(?= (?:une?|des|la|le|les|de|d'|l'))|"
                r"(?:(?<=a )|(?<=ont ))annoncé(?= (?:une?|des|la|le|les|l') ?(?:[\w'-]+ ){1,4}?"
                r"(?:d'ici|dès|avant (?!impôts?|intérêts?)))"
                r"|cherche(?:nt)? (?:\w+ment )?(?:une?|des|son|sa) (?:\w+ )?(?:repreneur|acquéreur|"
                r"acheteur|investisseur|partenaire|successeur|remplaçant)e?s?"
                r"|continue(?:nt)? de travailler|(?<=il faut )s'attendre à|"
                r"s'attend(?:ent)? (?:(?:pour (?:sa|leur) part|de (?:son|leur) côté|désormais|"
                r"aussi|plutôt|même|toujours|donc) )?à|"
                r"s'intéresse(?:nt)?(?= à | au | aux )|"
                r"(?:anticipe|négocie)(?:nt)?(?= (?:une?|la|le|les|l'|des|son|sa|environ|\d))"
            ),
        ),
        Cue(
            "hearsay",
            re.compile(
                rf"{CONDITIONAL}(?: {_ADVERBS}(?:en négociations?|en discussions?|en pourparlers|"
                rf"prête?s? à|pressentie?s?|attendue?s?|à l'étude|en passe))?"
            ),
            cased=True,
        ),
        Cue(
            "hearsay",
            _cue(
                rf"aura(?:it|ient)|sera(?:it|ient)|{_BE} {_ADVERBS}(?:pressentie?s?|"
                rf"donnée?s? (?:partant|favori))\w*|à l'étude|dans les tuyaux|dans les cartons|"
                rf"selon la rumeur|(?:rumeurs?|bruits?) (?:\w+ )?(?:circulent?|court|courent|"
                rf"enflent?)"
            ),
        ),
        Cue(
            "future",
            re.compile(
                rf"(?<![\w'-])(?:va|vont) (?:pas |plus )?{_ADVERBS}"
                rf"(?:se |s'|en |y |être |l[ae] |l'|lui |leur |les |faire )?{INFINITIVE}|{FUTURE}|"
                rf"(?:(?<=ous )|(?<=ous ne ))[a-zà-ÿ]{{2,20}}rons(?!\w)|"
                rf"(?<=[Jj]e )[a-zà-ÿ]{{2,20}}rai(?!\w)|(?<=[Jj]')[a-zà-ÿ]{{2,20}}rai(?!\w)"
            ),
            cased=True,
        ),
        Cue(
            "done",
            _cue(
                rf"(?:a|ont)(?:,? (?:selon|d'après) [\w' .-]{{2,40}}?,?)? {_ADVERBS}(?:été |"
                rf"fait )?{_TAKEN}|"
                rf"(?:a|ont|dispose(?:nt)?) {_ADVERBS}(?:d')?un accord (?:\w+ ){{0,3}}(?:pour|"
                rf"avec)|"
                rf"(?:est|sont|serait) {_ADVERBS}(?:estimé|évalué|chiffré|valorisé)e?s?(?= (?:à|"
                rf"entre|autour))"
            ),
            finite=False,
        ),
        Cue("done", _cue(STEP_NOW), finite=False),
        Cue(
            "expected",
            _cue(
                rf"(?:attendue?s?|(?<!que )prévue?s?|programmée?s?|visée?s?|espérée?s?|"
                rf"envisagée?s?){_WHEN}"
            ),
            finite=False,
        ),
        Cue(
            "plan",
            _cue(
                r"avai(?:t|ent) (?:l'|pour )?(?:intention d[e']|objectif d[e'])|"
                r"envisageai(?:t|ent)|espérai(?:t|ent)(?= )|s'attendai(?:t|ent) à|"
                r"(?:l'|son |leur )objectif était|(?:entendai|voulai)(?:t|"
                r"ent)(?= \w+(?:er|ir|re)\b)|"
                r"comptai(?:t|ent)(?= \w+(?:er|ir|re)\b)|prévoyai(?:t|ent) (?:de|d')|"
                r"souhaitai(?:t|ent)(?= \w+(?:er|ir|re)\b)|cherchai(?:t|ent) à|"
                r"(?:réfléchissai|travaillai|songeai|planchai)(?:t|ent) (?:\w+ment )?(?:à|sur)|"
                r"(?:étudiai|préparai|négociai|visai|explorai|projetai)(?:t|ent)(?= (?:la|le|l'|"
                r"une?|son|sa|des))|(?:était|"
                r"étaient) (?:sur le point|proche|en passe|prêts? à)|allai(?:t|ent)(?= \w+(?:er|ir|"
                r"re)\b)"
            ),
            finite=False,
        ),
        Cue(
            "expected",
            _cue(
                r"devai(?:t|ent)(?= \w+(?:er|ir|re)\b)|(?:était|étaient) (?:attendu|prévu|"
                r"programmé)e?s?"
            ),
            finite=False,
        ),
        Cue(
            "future",
            _cue(
                r"arrive(?:nt)? (?:en|le|à la|au|dès)|bientôt|imminente?s?|c'est pour (?:bientôt|"
                r"demain)|(?<=, )vers (?:un|une)|rendez-vous"
            ),
            finite=False,
            heading=True,
        ),
    ),
    before=re.compile(
        r"(?:\bne |\bn'|\bni |\bsans )(?:(?:se|s'|en|y|le|la|l'|lui|leur|les) ?){0,2}$",
        re.IGNORECASE,
    ),
    after=re.compile(
        r"(?:-(?:il|elle|t-il|t-elle|ils|elles))? (?!ne (?:pas|jamais|plus|"
        r"rien)\b)(?:\w+ )?(?:pas|jamais|guère|rien|"
        r"aucune?|"
        r"nullement|point|ni)\b",
        re.IGNORECASE,
    ),
    bounded=re.compile(
        r"(?: \w+){0,4}? (?:pas|plus|guère)(?: [\w']+){0,5}? (?:avant|au-delà)\b|"
        r"[^,.;]{0,40}? qu(?:e |')",
        re.IGNORECASE,
    ),
    ceases=re.compile(r"(?: \w+)? plus\b(?! (?:que|de \d))", re.IGNORECASE),
    unreal=re.compile(
        r" (?:\w+ment |bien |aussi |même |sans doute )?(?:pu|dû|du|voulu|fallu|aimé|préféré|"
        r"mieux valu|souhaité|mérité|suffi)\b"
        r"|-(?:on|ce|je|tu|nous|vous)\b| (?:dire|penser|croire|imaginer|parler)\b(?= que| d'| qu'|"
        r",)",
        re.IGNORECASE,
    ),
    backshift=re.compile(
        r"(?:avai|envisageai|comptai|prévoyai|souhaitai|cherchai|étai|allai|devai|réfléchissai|"
        r"travaillai|"
        r"songeai|planchai|étudiai|préparai|négociai|visai|explorai|projetai|entendai|voulai|"
        r"espérai|s'attendai|l'objectif|son objectif|leur objectif)",
        re.IGNORECASE,
    ),
)
