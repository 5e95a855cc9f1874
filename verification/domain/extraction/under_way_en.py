"""The English words for what is under way or done, and has not been announced."""

from __future__ import annotations

#: What somebody is doing about a plan: "is weighing a bid".
DOING = (
    r"planning|aiming|intending|hoping|seeking|"
    r"looking(?= to | at (?!(?:time|years|prison|jail|up to|a (?:sentence|fine|stretch)|\d+ "
    r"years)\b)"
    r"| into )|preparing|"
    r"considering|weighing|"
    r"exploring|mulling|drafting|crafting|designing|assembling|lining up|"
    r"eyeing|targeting|gearing up|pushing for|working (?:on|to|toward|towards)|developing|"
    r"drawing up|"
    r"threatening to|leaning|lining up|negotiating|discussing|finalising|finalizing|"
    r"moving (?:ahead|closer|toward|towards)|working with (?:\w+ )?(?:bankers|banks|advis[eo]rs)|"
    r"closing in|nearing|evaluating|contemplating|pursuing|plotting|in line|building|testing|"
    r"sounding out|studying|readying|putting together|stepping up|raising|tapping|"
    r"zeroing in|homing in|holding out|pressing for|in the running|courting|interested in|open "
    r"to|keen (?:to|on)|"
    r"committed to|putting off|pushing back|postponing"
)
#: What is being done, and nobody has announced.
STEPPING = (
    r"signing|joining|trading|dealing|acquiring|buying|selling|leaving|picking up|opting (?:into|"
    r"out of)|hiring|promoting|waiving|re-signing|returning to|extending|appointing|replacing|"
    r"(?:pressing|pushing|forging) (?:on|ahead|forward) with|parting ways with|fielding|"
    r"entertaining|soliciting|shopping|scrapping|shelving|stepping down|winding down|cutting|"
    r"dropping|splitting|bringing back|holding off|taking over|interviewing|recruiting|"
    r"investigating|lobbying|auctioning|recasting"
)
#: The step that somebody has taken: "has tabled an offer".
TAKEN = (
    r"approached|appointed|hired|"
    r"tapped|picked|"
    r"selected|drawn up|held|resumed|reached|signed|struck|asked|begun|started|"
    r"made(?= (?:an?|the|its|their|his|her|another|several)? ?(?:[\w-]+ ){0,2}?"
    r"(?:offers?|bids?|approach\w*|moves?|contact|[ei]nquir\w+|proposals?|decisions?|choice|"
    r"request)"
    r"\b)|"
    r"submitted|tabled|lodged|agreed|decided|chosen|won|secured|sealed|sounded out|"
    r"proposed|informed|renewed|"
    r"joined(?= (?:the |an? )?(?:\w+ )?(?:race|hunt|chase|queue|battle|talks|bid|bidding|"
    r"consortium|"
    r"board)\b)|"
    r"rejected|turned down|lowered|raised|rebuffed|"
    r"told|narrowed|interviewed|engaged(?= (?:with |a |an |the )?\w)|met(?= (?:with|to) )|"
    r"consulted|"
    r"shortlisted|identified|opened|offered|"
    r"given up(?= (?:hope|on|trying|its|their|his|her)\b)|settled|retained|enlisted|brought in|"
    r"put (?:in|forward)(?= (?:an?|the|its|his|her|their) )|drafted in|pulled (?:out|the plug)|"
    r"withdrawn|walked away|parted (?:ways|company)|shelved|"
    r"scrapped|paused|halted|put off|postponed|pushed back|delayed|accepted|filed|ordered|"
    r"instructed|contacted|spoken (?:to|with)|expressed (?:an )?interest|registered (?:an |their |"
    r"its )?interest|stepped up|accelerated|put(?= [^,.;]{2,40}? (?:up for sale|on the market|on "
    r"hold|on ice)\b)|named(?= [^,;]{2,40}? (?:as|among|to)\b)|(?:flown|travelled|traveled|jetted)"
    r"(?= (?:in|out|back|over)? ?(?:to|for)\b)|undergone|had(?= (?:a|his|her) medical\b)|"
    r"passed(?= (?:a|his|her) medical\b)|completed(?= (?:a|his|her) medical\b)"
)
