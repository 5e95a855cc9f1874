"""French verbs in the future and in the conditional, which share their stems.

The conditional of hearsay ("il quitterait") is what a French newsroom writes a rumour in. Its forms
look like the imperfect of verbs in -rer ("il préparait", "il tirait"). Verbs in -er have "-erait",
which no imperfect has; of the others, the few that do look alike are named.
"""

from __future__ import annotations

# In lower case only: Riviera and Herrera are names.
_NOT = (
    r"(?!(?:re|at|é|sou)?tir|désir|(?:cha)?vir|déchir|cir(?!cul)|s?'?effondr|engendr|encadr|cadr|"
    r"poudr)"
)
_STEM = (
    rf"{_NOT}(?:[a-zà-ÿœ]+er|aur|ir|pourr|devr|voudr|faudr|vaudr|saur|verr|reverr|enverr|renverr|"
    r"[a-zà-ÿœ]*(?:[eioa][nu]dr|erdr|ordr|ettr|attr|cevr|suivr|vivr|courr|querr|mourr|aîtr|plair|"
    r"(?:[lnstvgdrbcuo]|ch)ir|clur|ompr))"
)
# The ending is looked for first: few words have it, and the stems are many.
#: "serait", "quitteraient": the third persons.
CONDITIONAL = rf"(?<![\w-])(?=[a-zà-ÿœ]{{1,24}}rai(?:t|ent)(?![\w-])){_STEM}(?:ait|aient)(?![\w-])"
#: "sera", "quitteront".
FUTURE = rf"(?<![\w-])(?=[a-zà-ÿœ]{{1,24}}r(?:a|ont)(?![\w-])){_STEM}(?:a|ont)(?![\w-])"
INFINITIVE = r"[a-zà-ÿœ]+(?:er|ir|re|oir)\b"
# What is told in the present, and is a step that only somebody's word makes known.
#: "rejoint", "l'accord est là": the present of what nobody has announced.
STEP_NOW = (
    r"(?:rejoint|rejoignent|quitte(?:nt)?(?! ou)|débarque(?:nt)?|rachète(?:nt)?|succède(?:nt)?|"
    r"file(?:nt)? (?:à|au|aux|vers|en|chez)|met(?:tent)? le cap sur|"
    r"s'engage(?:nt)? (?:avec|en faveur|pour \w+ (?:ans|saisons?|mois))|"
    r"signe(?:nt)? (?:à|au|avec|pour|en faveur|un contrat|son)|"
    r"prolonge(?:nt)? (?:jusqu|avec|son|de|à|au|pour)|"
    r"cède(?:nt)?(?= (?:sa|son|ses|le|la|les|leur|\d))|"
    r"(?:prend|reprend)(?:nent)? (?:la tête|les rênes|la direction|la succession|le poste)|"
    r"met(?:tent)? en vente|entre(?:nt)? (?:au|dans le) capital|renonce(?:nt)? (?:à|au|aux)|"
    r"se retire(?:nt)?|jette(?:nt)? l'éponge|(?:est|sont) en route (?:pour|vers)|"
    r"tien(?:t|nent) (?:son|sa|leur) (?:nouve|futur|prochain)\w*|"
    r"(?:accord|affaire|dossier|deal|opération|transfert|prêt|vente) est (?:là|total|acquise?|"
    r"actée?|bouclée?|réglée?|conclue?|faite?|scellée?|ficelée?|dans le sac|dans la poche)|"
    r"tout est (?:bouclé|réglé|ok|signé|prêt|calé|ficelé|en place)|"
    r"c'est (?:fait|bouclé|signé|réglé)|il ne (?:manque|reste) plus que|"
    r"reste(?:nt)? à (?:régler|finaliser|boucler|négocier|signer))"
)
