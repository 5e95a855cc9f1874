"""How English says what somebody intends: "plans to", "is weighing a bid"."""

from __future__ import annotations

from verification.domain.extraction.under_way_en import DOING

#: What may stand between a verb and what belongs to it.
ADVERBS = (
    r"(?:(?:\w+ly|also|now|meanwhile|separately|still|already|again|soon|then|even|once|both|all|"
    r"instead|currently|well|"
    r"to be|being|been) ){0,2}"
)
NOW = r"(?:is|are|has been|have been|was|were|'s|'re|be|been)"
_TO = (
    r"(?= (?:to|on|at|for|that|a|an|the|its|his|her|their|with|up|toward|towards|plans|proposals|"
    r"legislation|measures|options|possible|potential|bidders|buyers|investors|banks|\$|£|€|\d))"
)
PLAN = (
    r"(?:(?<!\ba )(?<!\bthe )(?<!\bits )(?<!\btheir )(?<!\bhis )(?<!\bher )(?<!\bthis )"
    r"(?<!'s )plans?|aims?|"
    r"intends?|wants?|hopes?|expects?|seeks?|looks?|prepares|proposes|"
    r"threatens|promises|"
    r"agrees|vows|pledges|moves|prefers|mulls|readies|gears up)(?: \w+ly)? to(?= \"?\w)"
    r"|(?:is|are|remains?) (?:hopeful|confident|optimistic) (?:that|of)"
    r"|(?<!to )(?<!t )expects?(?= (?:an?|the|its|no|at least|about|around|one|two|"
    r"three|four|several|"
    r"further|"
    r"more|another|rates|prices|growth|inflation|sales|profits?) )"
    r"|(?:(?<!\ba )(?<!\bthe )(?<!\bits )(?<!\btheir )(?<!\bhis )(?<!\bher )(?<!\bno"
    r" )plans? for|plans on|considers?|considering|weighs?|explores|exploring|mulls?|"
    r"mulling|eyes|eyeing|"
    r"targets|prepares for|pushes for|seeks)(?= (?:an?|the|its|his|her|their|new|\$|£|"
    r"€|\w+ing|spin|second|possible|potential|sale|bid|\d)\b)"
    r"|(?:has|have) (?:agreed|decided|chosen|pledged|vowed|promised|offered|proposed|"
    r"elected|opted|committed) to"
    r"|(?:is|are|was|were) (?:\w+ly |still |now |also |already )?being (?:prepared|"
    r"drawn up|drafted|considered|"
    r"lined up|weighed|"
    r"planned|discussed|explored|negotiated|finali[sz]ed|eyed|readied|studied|mulled|"
    r"courted|tapped|pursued|targeted|sounded out|recast|touted|wooed|groomed)"
    r"|(?:expects?|wants?|sees?|forecasts?)(?= [^,.;]{2,40}? to \w)"
    r"|(?:is|are|remains?) in (?:competition with|the (?:race|hunt) (?:for|to)|"
    r"contention (?:for|to)|pursuit of)"
    r"|(?:has|have) (?:\w+ly )?(?:its|their|his|her) (?:sights|eye|eyes) (?:set )?on|"
    r"(?:has|have|there (?:is|are)) no (?:current |immediate )?plans to|"
    r"(?:is|are) (?:hell-)?bent on|(?:is|are) (?:also |now )?(?:on board|attached) to|"
    r"(?:is|are|was|were) (?:already |now |still )?in (?:active |early "
    r")?(?:development|"
    r"pre-production)|"
    r"in the works|(?:is|are) in the process of(?= \w+ing\b)|in the pipeline|"
    r"on the cards|in the frame|circling(?= )|"
    r"edging towards?"
    rf"|{NOW} {ADVERBS}(?:willing|prepared|ready|determined|keen|about|going|"
    rf"racing|battling|vying|jostling) "
    rf"to(?= \w)"
    rf"|{NOW} {ADVERBS}(?:{DOING}){_TO}|(?:are|is|was|"
    rf"were|(?:has|have)(?: also)? been) {ADVERBS}(?:considering|weighing|exploring|"
    rf"mulling|eyeing|evaluating|discussing|negotiating|developing|preparing|planning|"
    rf"interested in|"
    rf"working (?:on|to)|testing|readying|targeting|seeking)(?= [\w\"])"
)
