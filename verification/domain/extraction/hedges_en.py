"""The English cues."""

from __future__ import annotations

import re

from verification.domain.extraction.hedges import Cue, Cues
from verification.domain.extraction.under_way_en import DOING, STEPPING, TAKEN

_ADVERBS = (
    r"(?:(?:\w+ly|also|now|meanwhile|separately|still|already|again|soon|then|even|once|both|all|"
    r"instead|currently|well|"
    r"to be|being|been) ){0,2}"
)
_BE = r"(?:is|are|was|were|be|been|being|has been|have been|'s|'re)"
_NOW = r"(?:is|are|has been|have been|was|were|'s|'re|be|been)"
_TO = (
    r"(?= (?:to|on|at|for|that|a|an|the|its|his|her|their|with|up|toward|towards|plans|proposals|"
    r"legislation|measures|options|possible|potential|bidders|buyers|investors|banks|\$|£|€|\d))"
)


def _cue(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])")


ENGLISH = Cues(
    cues=(
        Cue(
            "talks",
            _cue(
                rf"(?:{_NOW} {_ADVERBS}|remains? |in |hold(?:s|ing)? |"
                rf"held )?(?<!for )(?<!after )(?<!for more )(?<!for further )(?:in |holding |held |"
                rf"hold )?\"?"
                r"(?:(?:early|early-stage|advanced|final|late-stage|exclusive|preliminary|active|"
                r"ongoing|fresh|"
                r"detailed|serious|initial|direct|secret|private|separate|merger|takeover|trade|"
                r"deep|"
                r"further|additional|"
                r"confidential),? ?){0,3}"
                r"(?<=in |ng |ld |ed |al |ve |ry |ge |sh |us |ct |et |te |er |ep |ly |de )(?:talks|"
                r"discussions|negotiations)\"?(?= (?:to|with|over|about|on|for|between|have|are|"
                r"and|that|involving|in recent|this week)|"
                r"[,.]|$)"
                rf"|(?:{_NOW} {_ADVERBS})(?:(?:getting )?close(?:r)? to|nearing|"
                rf"approaching(?= (?:an?|the|its|their|mass|final|\w+ agreement) )|near(?= (?:a|an|"
                rf"to))|on the (?:verge|"
                rf"brink|cusp)|on (?:track|course)|poised to|edging closer|closing in|in line to)"
                rf"|(?:is|are|remains?) {_ADVERBS}in (?:conversation|dialogue|discussion) with"
                r"|appears? (?:to be )?(?:close|imminent|set)(?! [a-z]+ing)|(?:nears|closes in on|"
                r"poised to|on verge)(?= )|clos(?:es|ing) on(?= )|enter(?:s|"
                r"ed|ing)? (?:\w+ )?"
                r"(?:talks|negotiations)|hammering out|putting the finishing touches"
            ),
        ),
        Cue(
            "hearsay",
            _cue(
                r"reportedly|(?<!\bthe )(?<!long-)(?<!\bas )rumou?red(?: to)?|"
                r"rumou?rs? (?:suggest|claim|point)\w*|"
                r"(?:speculation|rumou?rs)(?: (?:is|are|has|have) \w+(?: \w+)?)?(?= that )|"
                r"is tipped to|(?:is|are) (?:[\w'’-]+ ){0,3}?(?:expected|likely|leading|"
                r"presumptive|"
                r"probable|preferred|consensus|favou?red) (?:pick|choice|candidate|contender|"
                r"successor|"
                r"nominee|bidder|buyer|replacement)|"
                r"tipped to|in line to|believed to be|(?:is|are) (?:\w+ly )?(?:seen|viewed|"
                r"regarded|tipped) as|front[- ]?runners?|in pole position|odds-on|(?:is|"
                r"are) (?:the )?favou?rites? to|(?:is|are) understood to|(?:is|are) said to|(?:is|"
                r"are) reported to|(?:is|are) thought to|(?:is|are) learn(?:t|ed) to|"
                r"(?<!was )(?<!were )said to be"
            ),
        ),
        Cue(
            "expected",
            _cue(
                rf"(?:{_BE} {_ADVERBS}|looks? (?:all |almost )?)?\"?(?:most )?"
                rf"(?:expected|due(?! to (?:an?|the|its|their|his|her|some|"
                rf"concern\w*|covid|weak\w*|\w+ing|\w*[^s\W]s|low|high|poor|bad|strong|lack|health|"
                rf"weather|personal|technical|\w+ (?:constraints|issues|problems|concerns|costs|"
                rf"shortages?|delays|conditions|reasons|demand|disruptions?|uncertainty))\b)|"
                rf"set(?= to| for)|slated|scheduled|likely|"
                rf"tipped|lined up|"
                rf"supposed|anticipated|"
                r"projected|forecast|seen(?= to)|bound|certain|sure|penciled in|pencilled in|"
                r"earmarked)"
                r"\"?(?: to(?= \w)|(?= (?:in|by(?! (?:\w+ )?(?:analysts|economists|investors|"
                r"markets?|experts|forecasters)\b)|on|at|before|within|next|later|this|as (?:early|"
                r"soon)|from|for (?:release|launch|completion|spring|summer))\b))"
                rf"|{_BE} {_ADVERBS}(?:expected|due|slated|scheduled|planned)"
                r"|(?<=not )(?:expected|planned)(?=[,.;]|$)"
                r"|(?<!aim )(?<!plan )(?<!goal )(?<!idea )(?<!task )(?:is|are) to (?:be (?!found\b|"
                r"seen\b|blamed\b)\w+(?:ed|en|wn|ld|de|ut|ept|ost|ung|old)\b"
                r")|(?:is|are) to(?= (?:open|close|launch|cut|leave|step|join|start|begin|stop|end|"
                r"move|build|buy|sell|take|hold|meet|vote|become|face|get|go|return|star|replace|"
                r"receive|resume|appear|seek|bring|publish|visit|invest|merge|quit|retire|"
                r"introduce|ban|raise|direct) )"
                r"|(?:is|are) (?:[\w-]+ ){0,5}?(?:days|weeks|months|years) away\b"
                rf"|(?:is|are) seen(?= \w+ing\b)|{_NOW} expecting(?= )"
                r"|(?:is|are) (?:among|one of) (?:[\w'-]+ ){1,6}?(?:expected|tipped|due|likely|"
                r"set) "
                r"to(?= \w)"
                rf"|(?:is|are) {_ADVERBS}unlikely(?: to(?: \w+){{1,3}})?(?= (?:before|until))"
                rf"|(?:{_BE} {_ADVERBS})(?<!already been )(?:pushed back|pushed|delayed|postponed|"
                rf"moved|"
                rf"brought forward)(?= (?:to|until|from|by) )"
                r"|(?:sees?|forecasts?(?! by\b)|predicts?|anticipates?|projects?)(?= "
                r"[^,.]{3,50} (?:by|in|"
                r"this|next|"
                r"coming|before) )"
            ),
        ),
        Cue(
            "chance",
            re.compile(
                r"(?<![\w-])(?:could|may|might)(?:(?: also| still| soon| yet| now| even| well|"
                r" eventually| ultimately| instead| finally){0,2})(?= \"?\w)(?! have (?!to ))"
            ),
            cased=True,
        ),
        Cue(
            "plan",
            _cue(
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
                r"|(?:is|are|was|were) (?:\w+ly )?being (?:prepared|drawn up|drafted|considered|"
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
                rf"|{_NOW} {_ADVERBS}(?:willing|prepared|ready|determined|keen|about|going|"
                rf"racing|battling|vying|jostling) "
                rf"to(?= \w)"
                rf"|{_NOW} {_ADVERBS}(?:{DOING}){_TO}|(?:are|is|was|"
                rf"were|(?:has|have)(?: also)? been) {_ADVERBS}(?:considering|weighing|exploring|"
                rf"mulling|eyeing|evaluating|discussing|negotiating|developing|preparing|planning|"
                rf"interested in|"
                rf"working (?:on|to)|testing|readying|targeting|seeking)(?= [\w\"])"
            ),
        ),
        Cue(
            "future",
            _cue(
                r"(?:will|won't)(?: \w+ly| also| now| still| soon|"
                r" then){0,2}(?= \"?\w)(?! have (?:been|had|done|gone|\w+ed)\b)(?! of\b)|"
                r"(?:is|are|there's|he's|she's|they're) going to|shall(?= be)"
            ),
        ),
        Cue(
            "future",
            re.compile(r"(?<=[a-z])'ll(?= \w)(?! have \w+ed\b)"),
        ),
        Cue(
            "would",
            _cue(
                r"would(?: \w+ly| also| now| still| then| most likely){0,2}(?= \"?\w)"
                r"(?! have (?!to |no |an? |the |its ))"
                r"(?! like| rather|"
                r" not be surpris)|'d be"
            ),
        ),
        Cue(
            "chance",
            _cue(
                r"(?:is|are|was|were|remains?) (?:\w+ly |still |also |now )?"
                r"\"?(?:possible|probable|imminent|likely|"
                r"unlikely)\"?(?=[,.;]|$| that )"
            ),
        ),
        Cue("plan", _cue(r"expects?(?= [a-z])"), finite=False),
        # "She expected the airline to fly".
        Cue(
            "plan", _cue(r"(?:(?<=he )|(?<=it )|(?<=ey )|(?<=we ))expected(?= [^,.;]{2,40}? to \w)")
        ),
        Cue(
            "talks",
            _cue(
                rf"{_NOW} {_ADVERBS}talking (?:to|with)(?= (?:potential|prospective|possible|rival|"
                r"several|buyers|investors|banks|lenders|bidders|clubs|agents|close|seal|agree|reach|"
                r"finali[sz]e)\b)"
            ),
        ),
        Cue("expected", _cue(r"(?:is|are|was|were) unlikely to(?= \w)"), finite=False),
        Cue(
            "chance",
            re.compile(
                r"(?<![\w-])should(?= be (?:available|ready|completed?|announced|released|finished|"
                r"open|in place|revealed|finali[sz]ed|signed|wrapped up|sealed|settled|decided|"
                r"done|known|unveiled|published|delivered|confirmed|over|back|rolled out)|"
                r" (?:arrive|launch|open|resume|close|land|"
                r"come(?= (?:at an? |on (?!to)|by |this |next |before |soon|within |later|in "
                r"(?:the coming|"
                r"early|late|mid|20|[a-z]+(?:ber|ary|ch|il|ay|une|uly|ust)\b)))|follow|happen|"
                r"take place|take "
                r"effect|"
                r"start|begin|hit|ship)\b)"
            ),
        ),
        Cue(
            "done",
            _cue(
                rf"(?:has|have|had) (?:\w+ly |also |now |already |since |both |all )?"
                rf"(?:{TAKEN})|"
                # "Negotiations over the sale were entering the last stretch".
                r"(?:talks|negotiations|discussions)(?: [\w'’-]+){0,6}? (?:are|were|have|had)"
                r" [\"“]?[\w-]+|(?:is|are) (?:now |already )?in place|"
                r"(?:plans|preparations|arrangements) (?:are|were) being made|"
                rf"(?:is|are|was|were) {_ADVERBS}(?:{STEPPING})(?= \w)|"
                r"(?:has|have|had) (?:\w+ly )?been (?:\w+ly )?(?:cancell?ed|scrapped|shelved|"
                r"put on hold|paused|abandoned|dropped|axed)|"
                r"(?:has|have|had) been (?:asked|agreed|struck|reached|lined up|drawn up|"
                r"approached|"
                r"identified|earmarked|"
                r"shortlisted|cast|tapped|offered|picked|chosen|selected|recruited|signed|invited|"
                r"sounded out)"
            ),
            finite=False,
        ),
        Cue(
            "plan",
            # "Is travelling to Leeds to undergo a medical".
            _cue(
                r"(?:is|are) (?:now |currently )?(?:travelling|traveling|flying|heading|"
                r"on (?:his|her|their) way)(?= (?:back |over )?to )|undergo(?:ing|es)? (?:a|"
                r"his) medical"
            ),
            finite=False,
        ),
        Cue(
            "plan",
            _cue(r"(?:planned|intended|wanted|hoped|aimed|sought|expected|agreed) to(?= \w)"),
            finite=False,
        ),
        Cue(
            "expected",
            _cue(
                r"(?:expected|possible|due|scheduled|slated|planned|targeted|penciled in|"
                r"pencilled in)(?= (?:in|by|on|for|before|within|next|later|this|as) )"
            ),
            finite=False,
        ),
        Cue(
            "future",
            re.compile(
                r"(?<= )to (?=(?!be\b)[a-z]{2,}\b)"
                r"(?<!how to )(?<!what to )(?<!where to )(?<!when to )(?<!guide to )(?<!ways to )"
                r"(?<!path to )(?<!road to )(?<!way to )(?<!key to )(?<!here to )(?<!next to )"
                r"(?<!things to )(?<!need to )(?<!back to )(?<!set to )(?<!has to )(?<!have to )"
            ),
            heading=True,
        ),
        Cue(
            "expected",
            _cue(
                r"set(?= for )|coming(?= in | this | next | soon| to )|(?:seen|expected|tipped|"
                r"likely|"
                r"set|due|close)(?= \w)"
            ),
            heading=True,
        ),
    ),
    before=re.compile(
        r"(?:(?:\b(?:is|are|was|were|be|been|has|have|will|would|could|does|did) )?\bnot |"
        r"(?:\b(?:is|are|was|were|wo|would|could|does|did|has|have))?n't |\bnever |\bno longer "
        r"|\bhardly |\bnor |\bneither |\bwithout |"
        r"\bno )(?:\w+ )?$",
        re.IGNORECASE,
    ),
    after=re.compile(
        r"n't\b|(?:^| )?(?<! )(?: )?(?:not|never|no longer|hardly|in no)\b", re.IGNORECASE
    ),
    bounded=re.compile(
        r" ?(?:n't|not)(?: [\w'-]+){0,8}? (?:before|until|till|earlier than)\b"
        r"|(?: [\w'-]+){1,3} (?:before|until|till)\b",
        re.IGNORECASE,
    ),
    ceases=re.compile(r" no longer\b", re.IGNORECASE),
    # "Will have a camera" is a fact to come; "will have left" is another matter.
    unreal=re.compile(
        r"(?<!to) ?(?:have|'ve)\b(?! (?:to|an?|the|its|two|three|four|five|\d[\w-]*)\b)",
        re.IGNORECASE,
    ),
    backshift=re.compile(
        r"(?:was|were|(?:has|have) been (?:expected|due|set|supposed|scheduled|slated)|planned|"
        r"intended|wanted|hoped|aimed|sought|expected|agreed|had)\b",
        re.IGNORECASE,
    ),
)
