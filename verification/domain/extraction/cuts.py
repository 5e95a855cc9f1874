"""Which words of a sentence only say who says so: the credits with all that belongs to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from verification.domain.extraction.credits import Attribution
from verification.domain.extraction.finites import has_verb, verbs
from verification.domain.extraction.places import places
from verification.domain.extraction.proper import people
from verification.domain.extraction.tags import behind, is_what_they_are
from verification.domain.extraction.text import lowered

#: Characters before a credit in which its piece of the sentence begins.
_BACK = 220
_BOUNDARY = re.compile(r"[,;:»«\"()—–]|\s-\s")
_HARD = re.compile(r"[;«\"]|: | [-–—] ")
_JOINS = re.compile(r"(?:\bque|\bqu'|\bthat|:|«|\")\s*$", re.IGNORECASE)
# "Told CNBC in an interview that", "told MPs in July that".
_THAT = re.compile(
    r" (?:in|on|at|during|to|via|this|last|earlier|late|early|yesterday|today|monday|tuesday|"
    r"wednesday|thursday|friday|saturday|sunday|ce|cette|lundi|mardi|mercredi|jeudi|vendredi|"
    r"samedi|dimanche|hier|dans|lors|sur|à|au|aux|devant|auprès|en|also|aussi|également)\b"
    r"[^,;:«\"]{0,80}?(?: that\b| que\b| qu')",
    re.IGNORECASE,
)
_TOLD_THAT = re.compile(r" [^,;:«\"]{1,70}? that\b")
_TELLS = re.compile(r"\b(?:told|tells?|informed|warned|reminded)\b[^,]*$")
# "Un article du Monde selon lequel le fonds serait": what is said begins there.
_BY_WHICH = re.compile(r"[^,;:«\"]{0,30}? (?:selon l\w*quel\w*|according to which|saying that) ")
#: The little words before a credit that are of it: "As Reuters reported".
_HANGS = re.compile(
    r"(?:\bas|\bcomme|\bce qu[e']|\bwhat|\bwhile|\bthough|\bbut|\bet|\band)\s*$", re.I
)
# ", son directeur,": what somebody is, whose name comes next.
_TITLE = re.compile(
    r"(?:an?|the|its|his|her|their|one|le|la|l'|les|un|une|son|sa|ses|leurs?)\b ?|l'",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[\s,]*(?:[A-ZÀ-Þ][\w'.&-]*(?: |(?=,))){1,6},? ?")
_OPENS = re.compile(
    r"(?:in|on|at|by|from|for|to|with|if|when|while|although|though|because|since|as|before|after|"
    r"until|under|over|despite|amid|en|dans|sur|à|au|aux|pour|avec|sans|si|quand|lorsque?|alors|"
    r"tandis|comme|avant|après|depuis|dès|d'ici|selon|malgré|faute|outre|fin|début|mi-\w+|lundi|"
    r"mardi|mercredi|jeudi|vendredi|samedi|dimanche|\w+ly|\w+ment|\w+ing|\w+ed)\b",
    re.IGNORECASE,
)
_COORDINATES = re.compile(r"(?:and|but|or|et|mais|ou|car|so|yet|which|qui|dont|with|avec)\b", re.I)
_SHORT = re.compile(
    r"(?:by|in|on|at|from|until|before|to|for|as (?:soon|early|late)|next|this|d'ici|en|à|au|aux|"
    r"dès|avant|pour|vers|le \d|cet?te?|par|de|du|des|d')\b|d'",
    re.IGNORECASE,
)


_ADDS = re.compile(
    r", (?:adding|cautioning|warning|noting|stressing|saying|citing|quoting|(?:en |tout en )?"
    r"(?:ajoutant|précisant|soulignant|citant|évoquant))\b(?! (?:up|a total|at least))[^;«»\"]*$"
)
_AUXILIARY = re.compile(
    r"\b(?:a|ont|est|sont|été|avait|avaient|était|étaient|is|are|was|were|been|has|have|had) *$"
)
_REST = re.compile(
    r" (?:on |in |late |early |at |dans |lors |mardi|lundi|mercredi|jeudi|"
    r"vendredi|samedi|dimanche|sur |à |au )[^,;:()«\"—–]{0,60}(?=,)"
)
_ASIDES = re.compile(r" ?,((?:[^,;:()«\"]|,(?=\d))*)(?=,)")


@dataclass(frozen=True, slots=True)
class Cut:
    """Words that are left out, and what stands between those before and behind: "" or ","."""

    start: int
    end: int
    comma: str = ""
    opens: bool = False
    """Whether what is said begins behind it, so that nothing before it is kept."""
    credit: Attribution | None = None


def cuts(
    sentence: str,
    begin: int,
    credits: Sequence[Attribution],
    kept: Sequence[tuple[int, int]],
    *,
    french: bool,
) -> list[Cut]:
    """What to leave out of a sentence. The first of the places ``kept`` is the hedge's."""
    made = _Cutting(sentence, begin, list(kept), french)
    for start, end, credit in places(sentence, begin, credits, kept[0][0]):
        made.take(start, end, credit)
    if made.found:
        made.leave_out_more()
    return made.found


class _Cutting:
    """Takes the credits of one sentence in their order."""

    def __init__(
        self, sentence: str, begin: int, kept: list[tuple[int, int]], french: bool
    ) -> None:
        self.sentence, self.begin, self.kept, self.french = sentence, begin, kept, french
        self.low = lowered(sentence)
        self.found: list[Cut] = []

    def take(self, start: int, end: int, credit: Attribution) -> None:
        """Finds the cut for a credit, if what is left can do without it."""
        while start < end and self.sentence[start] in " ,":
            start += 1
        if self.kept[0][0] >= end:
            self._ahead(start, end, credit)
        else:
            self._behind(start, end, credit)

    def leave_out_more(self) -> None:
        """Leaves out what somebody adds at the end: ", adding that talks are under way"."""
        last = max(end for _, end in self.kept)
        last = max(last, *(cut.end for cut in self.found))
        adds = _ADDS.search(self.sentence, last)
        if adds is not None:
            self.found.append(Cut(adds.start(), len(self.sentence.rstrip(' .»"'))))

    def _ahead(self, start: int, end: int, credit: Attribution) -> None:
        """A credit before the hedge."""
        sentence = self.sentence
        which = _BY_WHICH.match(sentence, end)
        if which is not None and self._is_free(end, which.end()):
            self.found = [Cut(self.begin, which.end(), opens=True)]
            return
        end, joins = self._joined(start, end)
        before = self._left(start)
        blank = not _HANGS.sub("", before.strip(" ,")).strip(" ,")
        if not blank and not joins:
            end = self._past_day(start, end)
        closed = sentence[end:].lstrip()[:1]
        comma = closed in {",", ")", "—", "–"} or sentence.startswith(" - ", end)
        if blank:
            self._open(self._past_asides(end), credit)
        elif comma and not joins:
            self._aside(start, end, credit)
        elif joins or not credit.lead:
            if not self._speaks(before):
                self._open(end, credit)
        elif not _AUXILIARY.search(sentence[:start]):
            self.found.append(Cut(start, end, credit=credit))

    def _joined(self, start: int, end: int) -> tuple[int, bool]:
        """Where a credit ends with its "that", and whether it has one."""
        if _JOINS.search(self.sentence[start:end]):
            return end, True
        tells = _TELLS.search(self.low[start:end]) is not None
        that = (_TOLD_THAT if tells else _THAT).match(self.sentence, end)
        free = that is not None and self._is_free(end, that.end())
        return (that.end(), True) if that is not None and free else (end, False)

    def _past_day(self, start: int, end: int) -> int:
        """Where a credit ends with its day: "Nordica, Reuters reported on Monday, will sell"."""
        if not self.sentence[:start].rstrip().endswith(","):
            return end
        piece = _REST.match(self.sentence, end)
        if piece is None or not self._is_free(*piece.span()) or self._speaks(piece[0]):
            return end
        return piece.end()

    def _open(self, end: int, credit: Attribution) -> None:
        self.found = [Cut(self.begin, end, opens=True, credit=credit)]

    def _speaks(self, before: str) -> bool:
        """Whether words before a credit say something of their own."""
        return _HARD.search(before) is not None or has_verb(before.lower(), french=self.french)

    def _past_asides(self, end: int) -> int:
        """Where what is said begins after "selon Reuters, qui cite un proche, "."""
        place = end
        for piece in _ASIDES.finditer(self.sentence, end):
            words = piece[1].strip()
            if piece.start() != place or not self._is_free(*piece.span()):
                break
            if not is_what_they_are(words):
                break
            place = piece.end()
        return place

    def _behind(self, start: int, end: int, credit: Attribution) -> None:
        """A credit behind the hedge."""
        sentence = self.sentence
        edge = start if sentence[start] in "(«" else self._edge(start)
        words = sentence[edge:start].strip(" ,;—–-")
        if words and (
            not self._is_free(edge, start)
            or has_verb(words.lower(), french=self.french)
            or (_OPENS.match(words) and not credit.lead)
        ):
            if credit.lead and not _AUXILIARY.search(sentence[:start]):
                self.found.append(Cut(start, end, credit=credit))
            elif not credit.lead and not _JOINS.search(sentence[start:end]):
                self._aside(start, end, credit)
            return
        if _JOINS.search(sentence[start:end]):
            # "Nordica va vendre, mais Reuters affirme que": both are said.
            return
        start = self._title(edge, start, end)
        self._aside(start, end, credit)

    def _edge(self, start: int) -> int:
        """Where the piece of the sentence begins that a credit stands in."""
        begin = max(self.begin, start - _BACK)
        ends = [
            match.end()
            for match in _BOUNDARY.finditer(self.sentence, begin, start)
            if match[0] != "," or not self.sentence[match.end() : match.end() + 1].isdigit()
        ]
        return ends[-1] if ends else self.begin

    def _title(self, edge: int, start: int, end: int) -> int:
        """Where a credit begins with what somebody is: ", its head, Niamh Brody, wrote"."""
        if self.sentence[edge - 1 : edge] != ",":
            return edge if edge > self.begin else start
        earlier = self._edge(edge - 1)
        words = self.sentence[earlier : edge - 1].strip()
        if (
            earlier <= self.begin
            or not self._is_free(earlier, edge)
            or has_verb(words.lower(), french=self.french)
        ):
            return edge
        named = _NAMED.match(self.sentence, start)
        title = named is not None and named[0].rstrip().endswith(",") and _TITLE.match(words)
        # "Jane Doe, Nordica's chief executive, said".
        return earlier if title or (" " in words and people(words) == (words,)) else edge

    def _aside(self, start: int, end: int, credit: Attribution) -> None:
        """Takes out what stands between marks, and the marks with it."""
        sentence = self.sentence
        before = sentence[:start].rstrip(" ,")
        mark = before[-1:]
        set_off = len(before) < len(sentence[:start].rstrip()) or mark in '(—–-»"'
        until = behind(sentence, end, self.kept, french=self.french)
        if until is None or (not set_off and _AUXILIARY.search(before)):
            # "L'information a été confirmée par deux salariés": that is what is said.
            return
        until = until if set_off else end
        if mark == "(" and sentence[until : until + 1] == ")":
            before, until = before[:-1], until + 1
        elif mark in "—–" or before.endswith(" -"):
            rest = sentence[until:].lstrip()
            before = before[:-1]
            until += len(sentence[until:]) - len(rest)
            until += rest[:1] in "—–-"
        left = self._left(len(before)).rstrip()
        rest = sentence[until:].lstrip(" ,")
        self.found.append(
            Cut(len(before), until, self._comma(left, rest, set_off=set_off), credit=credit)
        )

    def _comma(self, left: str, rest: str, *, set_off: bool) -> str:
        """The comma that stands where words between two were."""
        if not set_off or not re.match(r"\w", rest):
            return ""
        if _COORDINATES.match(rest):
            return ","
        low = left.lower()
        last = [match.end() for match in verbs(french=self.french).finditer(low)]
        ends = bool(last and last[-1] == len(low)) or len(left) == self.kept[0][1] - self.begin
        if ends or self.kept[0][1] == len(self.sentence[: self.begin] + left):
            return ""
        if not last and self.kept[0][0] >= self.begin + len(left):
            # Between a subject and its verb, or behind "in 2027".
            return "," if _OPENS.match(left) else ""
        return "" if _SHORT.match(rest) else ","

    def _left(self, until: int) -> str:
        """What is kept of the sentence before a place."""
        place, pieces = self.begin, []
        for cut in self.found:
            pieces.append(self.sentence[place : min(cut.start, until)])
            place = max(place, cut.end)
        return "".join(pieces) + self.sentence[place:until]

    def _is_free(self, start: int, end: int) -> bool:
        """Whether none of the words that have to be kept stands there."""
        return not any(start < until and begin < end for begin, until in self.kept)
