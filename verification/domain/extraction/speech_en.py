"""How English says who said it."""

from __future__ import annotations

import re

from verification.domain.extraction.speech import Speech

_SAYS = (
    "says|say|reports|report|writes|write|claims|claim|adds|add|confirms|reveals|suggests|suggest|"
    "notes|understands|understand|hints|explains|acknowledges|predicts|"
    "predict|believes|believe|thinks|think|tells|tell|warns|"
    "reiterates|corroborates|speculates|warn|shows|(?<=s )show(?= that|[.,])|indicates|estimates|"
    "estimate|maintains|insists|hears|admits|concedes|stresses|(?<!united )states|argues|"
    "cautions|announces|discloses|mentions|points out|relays|emphasi[sz]es|highlights|alleges|"
    "reckons|reckon|affirms|remarks|clarifies|expects?(?= that )|"
    "(?:is|are) (?:now |also ){0,2}(?:reporting|claiming|saying)|"
    "(?:went|goes|go) on to (?:say|reveal|claim|add|suggest)|"
    "(?:is|was|are|were) (?:the|among the) first to (?:report|suggest|reveal|claim)|"
    "continues? to (?:claim|report|suggest|say|insist|maintain|state)"
)
_SAID = (
    "said|reported|wrote|claimed|added|confirmed|revealed|suggested|noted|predicted|told|warned|"
    "announced|disclosed|estimated|stated|posted|insisted|learned|learnt|understood|pledged|vowed|"
    "promised|cited|showed|argued|tweeted|indicated|signalled|signaled|testified|forecast|hinted|"
    "acknowledged|stressed|explained|cautioned|declared|conceded|teased|floated|reiterated|"
    "corroborated|"
    "speculated|admitted|asserted|quoted|mentioned|pointed out|relayed|emphasi[sz]ed|highlighted|"
    "informed|gathered|alleged|reckoned|affirmed|reaffirmed|remarked|clarified|recalled|"
    "recounted|reasoned|anticipated(?= (?:that|the|it|its|an?) )|maintained|contended|"
    "intimated|opined|confided"
)
_DAYNAME = (
    r"(?:(?:late |early |on )*(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"today|yesterday)|last (?:week|month|year|night|\w+day)|this (?:week|month|morning)|"
    r"in recent (?:days|weeks|months)|earlier(?: this \w+| on \w+)?|in (?:January|February|March|"
    r"April|May|June|July|August|"
    r"September|October|November|December))"
)
_STOP = (
    r"(?=\s*(?:[,;:!?\"()]|\.(?:\s|$|\")|$| - | – | — |\s(?:on|in|at|during|after|before|when|who|"
    r"that|which|last|"
    r"this|earlier|late|as|to|but|while|and (?:is|was|could|will|may|later|first|confirmed|"
    r"reported)|where|through|via|because|"
    r"amid|with|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday(?! times| telegraph| mirror|"
    r" express| newspapers?| papers?)|"
    r"published|citing|said|told|"
    r"reported|claims|claimed|suggests|expects?|sees?|believes?|also|adds|says|states|shows?|reveals?|suggest|indicates?)\b))"
)
_WHO = rf"(?P<who>[^,;:!?\"()]{{2,90}}?){_STOP}"

ENGLISH = Speech(
    leads=re.compile(
        r"(?<![\w'])(?:according to(?: an?)?(?: \w+)? (?:report|article|story|survey|poll) "
        r"(?:in|from|by|on)|according to|as per|(?<=, )per(?! cent)|^per|in the words of|citing|"
        r"which cited|"
        r"which cites|that cites"
        r"|(?:first |previously |earlier |as |also |originally )*(?:reported|revealed|broken|"
        r"spotted|seen|reviewed|"
        r"confirmed|asked|obtained|cited|quoted|viewed|published|shared|disclosed|surveyed|polled|"
        r"interviewed|"
        r"compiled) by"
        r"|(?:an? )?(?:new |recent |earlier |"
        r"exclusive )*(?<!interim )(?<!final )(?<!annual )(?<!progress )(?:report|article|story|"
        r"survey|poll|scoop|"
        r"memo|note|post|dispatch) (?:by|from|in)|(?:speaking|appearing) (?:on|to|"
        r"with)(?! (?:his|her|their|its|condition|stage|reporters|"
        r"journalists|the (?:sidelines|eve|steps|record|way|floor|phone|matter|issue|subject|"
        r"topic))"
        r"\b)|"
        r"(?:information|news|report|rumou?r|claim|leak) (?:comes|came) from|"
        r"confirming (?:an? )?(?:earlier )?(?:report|story) "
        r"(?:by|in|from)"
        r"|in (?=an? [a-z][\w ]{2,30} (?:poll|survey|report|interview|story))|(?:in|"
        r"during) an (?:exclusive )?interview with|in (?:comments|remarks|a statement|a note) to|"
        r"speaking to|(?<!is )(?<!are )(?<!be )(?<!been )(?<!were )(?<!remain )in conversation with"
        rf") {_WHO}",
    ),
    verbs=re.compile(
        rf"(?<![\w'-])(?P<past>(?:(?:has|have|had) )?(?:(?:also|both|all|since|previously|"
        rf"exclusively|first|"
        rf"recently|reportedly|now|later|first|separately|already|further|subsequently|"
        rf"additionally|specifically|repeatedly|publicly|privately|explicitly|correctly|"
        rf"accurately|similarly|likewise|even|once|still|again|then|instead|earlier|today|"
        rf"originally|initially) )?)"
        rf"(?P<verb>{_SAYS}|{_SAID})(?P<pronoun>)(?![\w-])",
    ),
    past=re.compile(r"(?:" + _SAID + r")"),
    says=re.compile(
        rf"(?P<day> {_DAYNAME})?(?: [\w' ]{{2,60}}? as saying)?(?:,? (?:[a-z]+ (?:will|would|could|"
        rf"may|might|is|are|has|have|was|"
        rf"were)\b|that|it|they|he|she|the|a|an|its|their|his|her|there|in|at|by|on|to|some|most|"
        rf"all|both|plans|talks|this|these|such|it's|[A-Z]\w*)\b|:|, citing|,? \")",
    ),
    inverted=re.compile(rf" {_WHO}"),
    told=re.compile(
        r" (?:to )?(?P<to>[^,;:.!?\"()]{2,60}?)"
        + _STOP.replace(
            r"\s(?:on",
            r"\s(?:of (?:his|her|its|their|the|an?)|about|it|he|she|they|the|there|its|his|her|a|"
            r"an|on",
        )
    ),
    learned=re.compile(
        r"(?<![\w'])(?P<who>(?:[Tt]he )?[A-Z][\w .'&-]{1,40}?) (?:has learned|has learnt|"
        r"has been told|has seen|has heard|has been informed|understands|"
        r"can reveal|can exclusively reveal|can (?:\w+ly )?(?:report|confirm|disclose)|has "
        r"gathered|gathered|has reliably gathered|"
        r"has obtained|has reviewed|"
        r"was told)(?P<rest>)(?P<from>)",
    ),
    own=re.compile(
        r"(?:it was (?:learnt|learned|gathered)|(?:our (?:correspondent|reporter)|this (?:reporter|"
        r"newspaper|website)) (?:has )?(?:gathered|learnt|learned|understands)|we understand|"
        r"it is understood|it's understood|we have learned|we've learned|"
        r"we can reveal|told us|our sources|(?:we|i) hear(?= that\b|[,.])|we(?:'re| are) "
        r"(?:told|hearing)|"
        r"we(?:'ve| have) heard|i(?:'m| am) told|"
        r"sources (?:tell|told) us|seen by (?:us|this newspaper|this website)|we have (?:seen|"
        r"obtained)|"
        r"according to our (?:sources|information))",
    ),
    gerunds=re.compile(
        r"(?<=, )(?:saying|adding|claiming|suggesting|noting|warning|stating|predicting|revealing|"
        r"reporting|confirming|insisting|explaining|indicating|telling \w+)(?: that)? ",
    ),
    participles=False,
    # What was done before is background: "had agreed" is no step here.
    steps=re.compile(
        r"(?P<had>(?!))?\b(?:approved|agreed|rejected|offered|approached|decided|selected|chose|"
        r"picked|hired|signed|submitted|filed|reached|struck|met|remain(?:s|ed)|withdrew|"
        r"shortlisted|tapped|ordered|authori[sz]ed|scrapped|shelved|turned down|put in|settled on|"
        r"pulled out)\b"
    ),
    again=re.compile(
        r"\b(?:the (?:report|paper|newspaper|outlet|people|sources|person) (?:also |"
        r"further )?(?:said|says|added|adds|notes?|noted|"
        r"claims|claimed|continues|suggests)|according to the (?:report|paper|people|sources)|"
        r"the same (?:\w+ )?(?:report|sources?|people))\b",
    ),
)
