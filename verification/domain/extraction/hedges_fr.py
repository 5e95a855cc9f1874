"""The French cues."""

from __future__ import annotations

import re

from verification.domain.extraction.hedges import Cue, Cues
from verification.domain.extraction.plans_fr import ADVERBS, PLAN
from verification.domain.extraction.verbs_fr import CONDITIONAL, FUTURE, INFINITIVE, STEP_NOW

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
                rf"(?:(?:{_BE}|était|étaient|seraient?) {ADVERBS})?(?:en|dans des|"
                rf"au stade des) (?:pleines? |bonnes )?"
                r"(?:négociations?|discussions?|pourparlers)(?: (?:\w+ment )?(?:avancée?s|"
                r"exclusives?|exclusifs|finales?))?"
                rf"|(?:(?:{_BE}) {ADVERBS})?(?:en passe|sur le point|à deux doigts|(?:tout |très |"
                rf"toute )?proches?(?! du dossier)(?= d(?:e |'|u )(?:s'|l[ae']|un|re|\w+er|\w+ir|"
                rf"\w*accord|l'ol\b|"
                rf"l'olymp)))"
                rf"|(?:(?:{_BE}) {ADVERBS})en (?:très )?bonne voie"
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
                rf"|discut(?:e|ent|erait|eraient)(?= {ADVERBS}(?:avec|d[eu']|depuis))|"
                rf"se rapproche(?:nt)?(?= d)"
                r"|(?:est |sont )?en contacts? (?:avancés?|étroits?)|tout proche|en pole position|"
                r"(?:tient|tenait) la corde|dans le viseur|en approche(?= d)"
            ),
        ),
        Cue(
            "expected",
            _cue(
                rf"(?:devrait|devraient|(?<=nous )devrions)(?: bien)?|doi(?:t|"
                rf"vent)(?= {ADVERBS}(?:se |s'|y |être |"
                rf"en |lui |leur |l[ae'] ?)?{INFINITIVE})"
            ),
        ),
        Cue(
            "expected",
            _cue(
                rf"(?<!s'){_BE} {ADVERBS}{_DUE}|"
                rf"(?:reste|restent|est|sont|demeure|demeurent) {ADVERBS}"
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
        Cue("plan", _cue(PLAN)),
        Cue(
            "hearsay",
            re.compile(
                rf"{CONDITIONAL}(?: {ADVERBS}(?:en négociations?|en discussions?|en pourparlers|"
                rf"prête?s? à|pressentie?s?|attendue?s?|à l'étude|en passe))?"
            ),
            cased=True,
        ),
        Cue(
            "hearsay",
            _cue(
                rf"aura(?:it|ient)|sera(?:it|ient)|{_BE} {ADVERBS}(?:pressentie?s?|"
                rf"donnée?s? (?:partant|favori))\w*|à l'étude|dans les tuyaux|dans les cartons|"
                rf"selon la rumeur|(?:rumeurs?|bruits?) (?:\w+ )?(?:circulent?|court|courent|"
                rf"enflent?)"
            ),
        ),
        Cue(
            "future",
            re.compile(
                rf"(?<![\w'-])(?:va|vont) (?:pas |plus )?{ADVERBS}"
                rf"(?:se |s'|en |y |être |l[ae] |l'|lui |leur |les |faire )?{INFINITIVE}|{FUTURE}|"
                rf"(?:(?<=ous )|(?<=ous ne ))[a-zà-ÿ]{{2,20}}rons(?!\w)|"
                rf"(?<=[Jj]e )[a-zà-ÿ]{{2,20}}rai(?!\w)|(?<=[Jj]')[a-zà-ÿ]{{2,20}}rai(?!\w)"
            ),
            cased=True,
        ),
        Cue(
            "done",
            _cue(
                rf"(?:a|ont)(?:,? (?:selon|d'après) [\w' .-]{{2,40}}?,?)? {ADVERBS}(?:été |"
                rf"fait )?{_TAKEN}|"
                rf"(?:a|ont|dispose(?:nt)?) {ADVERBS}(?:d')?un accord (?:\w+ ){{0,3}}(?:pour|"
                rf"avec)|"
                rf"(?:est|sont|serait) {ADVERBS}(?:estimé|évalué|chiffré|valorisé)e?s?(?= (?:à|"
                rf"entre|autour))"
            ),
            finite=False,
        ),
        Cue("done", _cue(STEP_NOW), finite=False),
        Cue(
            "plan",
            # Whoever is being considered, where somebody says so.
            _cue(
                rf"(?:est|sont|reste|restent) {ADVERBS}(?:en lice|en course|dans la course)"
                r"(?= (?:pour|à|au))|"
                r"figure(?:nt)? (?:aussi |également )?sur la (?:short-?list|liste)|"
                rf"(?:est|sont|reste|restent) {ADVERBS}(?:sur la sellette|sur le départ|"
                r"en partance|poussée?s? vers la sortie)|"
                r"propose(?:nt)?(?= (?:de |d')\w+(?:er|ir|re)\b)|"
                r"(?<!s')intéresse(?:nt)?(?= (?:plusieurs|deux|trois|quatre|de nombreu|"
                r"le |la |un |une ))|"
                r"figure(?:nt)? sur la \"short-?list\"|"
                r"noms? (?:revien(?:t|nent)|circule(?:nt)?)(?= )"
            ),
            finite=False,
        ),
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
                r"(?:étudiai|préparai|négociai|visai|explorai|projetai)(?:t|ent)"
                r"(?=(?:, (?:toujours )?(?:selon|d'après|à en croire) [^,;:]{2,40},)? (?:la|le|l'|"
                r"une?|son|sa|des))|"
                r"poussai(?:t|ent) (?:en coulisses? |discrètement |toujours |aussi )?(?:pour|"
                r"à(?= (?:la|une) \w))|évoquai(?:t|ent)|(?:était|"
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
        r" (?:\w+ment |bien |aussi |même |sans doute )?(?:pu|dû|du(?= (?:\w+(?:er|ir|oir|"
        r"endre|ondre|ettre)|être|faire)\b)|voulu|fallu|aimé|préféré|"
        r"mieux valu|souhaité|mérité|suffi)\b"
        r"|-(?:on|ce|je|tu|nous|vous)\b| (?:dire|penser|croire|imaginer|parler)\b(?= que| d'| qu'|"
        r",)",
        re.IGNORECASE,
    ),
    backshift=re.compile(
        r"(?:avai|envisageai|comptai|prévoyai|souhaitai|cherchai|étai|allai|devai|réfléchissai|"
        r"travaillai|"
        r"songeai|planchai|étudiai|préparai|négociai|visai|explorai|projetai|poussai|évoquai|entendai|voulai|"
        r"espérai|s'attendai|l'objectif|son objectif|leur objectif)",
        re.IGNORECASE,
    ),
)
