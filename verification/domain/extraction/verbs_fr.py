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
