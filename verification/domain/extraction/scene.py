"""A sentence with the outlets in it, and whom some of its words credit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verification.domain.extraction.kinds import NOBODY, Credit
from verification.domain.extraction.naming import MARGIN, unknown
from verification.domain.extraction.outlets import Named, Names
from verification.domain.extraction.proper import CAP, people
from verification.domain.extraction.stations import in_full
from verification.domain.extraction.strangers import ARTICLE, each_of
from verification.domain.extraction.text import lowered, words

# Names that are words as well: they are an outlet's only where they are all that is credited.
WORDS_TOO = frozenset(
    words(
        "Next Capital Sport Record Goal People Metro Empire Mint Polygon Première Puck AS ABC "
        "Fortune Challenges Contexte Investir Variety Deadline Time Globo Expansión "
        "Stratégies Goal Slate Quartz Collider Marianne Public Gala Closer Blast"
    )
) - {"Variety", "Deadline", "Contexte", "Challenges", "Fortune"}
# ... and nor is what stands in brackets between a name and its verb.
_TICKER = re.compile(
    r" \([^()]{2,40}\)(?= (?:says?|said|reports?|reported|claims?|claimed|writes?|wrote|told|"
    r"tells?|suggests?|suggested|has|have)\b)|"
    r" \((?:[A-Z.]{1,10}(?: [+-][\d.]+%)?|[A-Z]{2,8}: ?[A-Z0-9.]{1,8})(?:, [^()]{1,24})?\)"
)
_SET_ASIDE = re.compile(
    r" \((?:[A-ZÀ-Þ][A-ZÀ-Þ\d.-]{1,9}(?: (?:en|in) \w+)?|\d{1,3} ans?[^()]{0,30})\)(?= \w)"
)
# "Selon «Télé-Sud»": a title may have quotation marks.
_QUOTED_TITLE = re.compile(
    r"(?:« ?|\")(?P<title>[A-ZÀ-Þ][\w'.+&-]*(?: [\w'.+&-]+){0,3}?)(?: ?»|\")"
)
_MARKS = re.compile(r"[«»\"]")
_BEFORE_TITLE = re.compile(r"(?<!\w)(?:aux|au|des|du|les|le|la) $")
_OF_OUTLETS = re.compile(
    r"(?:\b(?:selon|d'après|quotidien|journal|magazine|hebdomadaire|site|média|newspaper|magazine|"
    r"website)(?: le| la| les| l')?) ?$",
    re.IGNORECASE,
)
_OF_OUTLET = re.compile(rf"^(?:\.com)?(?:'s?|’s)? (?P<after>{CAP}(?: {CAP})+)")
_AND_ANOTHER = re.compile(rf" and (?P<other>{CAP}(?: {CAP})+)(?! of| at| for)")
_REPORTER_OF = re.compile(
    rf"(?P<before>{CAP}(?: {CAP})+(?: and {CAP}(?: {CAP})+)?)(?: (?:of|from|at|de|du|d'|chez|"
    rf"pour))? ?(?:the |l'|la |le |les )?$"
)
# "Sport et Mundo Deportivo": a word that is listed with an outlet is one.
_AND = re.compile(r"(?: et| and|,) (?:le |la |l'|the )?")
_AND_NAME = re.compile(
    rf"(?: et| and| ainsi que|, et) (?:le |la |l'|the )?(?P<name>{CAP}(?: {CAP}){{0,2}})"
)
# Firms with an outlet's name in theirs.
_FIRM = re.compile(
    r"(?<!\w)(?:Thomson Reuters|(?:Telegraph|Guardian|Fox|Sky) (?:Media )?(?:Group|Corp)\b)"
)
# "The BBC's Andrew Marr Show" is no reporter.
_PROGRAMME = re.compile(
    r"\b(?:Show|Programme|Program|Podcast|Breakfast|Newsnight|Today|Live|Hour)$"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with the known names in it."""

    sentence: str
    low: str
    named: tuple[Named, ...]

    @classmethod
    def of(cls, sentence: str, names: Names, outlet: str | None = None) -> Scene:
        """The sentence, looked through once; the page's own outlet is known like the others."""
        # "(OTCPK:AFRAF)" is nobody, and sets nothing apart.
        sentence = _TICKER.sub(lambda match: " " * len(match[0]), sentence)
        sentence = _QUOTED_TITLE.sub(lambda match: _bared(match, sentence, names), sentence)
        sentence = _SET_ASIDE.sub(lambda match: _blank(match, names), sentence)
        firms = [match.span() for match in _FIRM.finditer(sentence)]
        found = [
            in_full(sentence, named)
            for named in names.find(sentence)
            if not any(start <= named.start < end for start, end in firms)
        ]
        place = sentence.find(outlet) if outlet else -1
        if outlet and place < 0 and outlet.startswith("The "):
            # "Seen by the Courier", on the page of The Courier.
            place = sentence.find(f"the {outlet[4:]}")
        if outlet and place >= 0 and not any(named.start <= place < named.end for named in found):
            found.append(Named(place, place + len(outlet), outlet))
        return cls(sentence, lowered(sentence), tuple(found))

    def credit(self, start: int, end: int) -> Credit:
        """Whom the words from ``start`` to ``end`` credit."""
        words = self.sentence[start:end].strip(MARGIN)
        if not words:
            return NOBODY
        media = self._media(start, end, words)
        return Credit("media", media) if media else unknown(words)

    def whole(self, end: int) -> int:
        """``end``, or the end of the known name that is cut there: "Journal du Dimanche"."""
        return next((each.end for each in self.named if each.start < end < each.end), end)

    def joined(self, named: Named) -> tuple[str, ...]:
        """An outlet, with the one that is named beside it: "Marca et AS"."""
        beside = next(
            (
                other.name
                for other in self.named
                if other.start > named.end and _AND.fullmatch(self.sentence, named.end, other.start)
            ),
            None,
        )
        return (named.name, beside) if beside is not None else (named.name,)

    def _media(self, start: int, end: int, words: str) -> tuple[str, ...]:
        found: list[str] = []
        for named in self.named:
            # "aux Échos": the article may be outside of the words.
            # "Au Journal du Dimanche": the words for the source may end at a day's name.
            if not (start - 4 <= named.start < end and start < named.end):
                continue
            after = _OF_OUTLET.match(self.sentence[named.end : named.end + 60])
            written = self.sentence[max(start, named.start) : named.end]
            alone = ARTICLE.sub("", words, count=1).strip()
            owns = after is not None and after[0].startswith("'")
            listed = any(
                _AND.fullmatch(self.sentence, named.end, other.start) for other in self.named
            )
            named_alone = alone in (written, named.name) or owns or listed
            if named.name in WORDS_TOO and not named_alone:
                continue
            before = _REPORTER_OF.search(self.sentence[max(start, named.start - 60) : named.start])
            # "South Korea's ETNews": where it is, or whose, and nobody who writes for it.
            owned = before is not None and before["before"].endswith(("'s", "s'"))
            reporters = people(before["before"])[:1] if before and not owned else ()
            found += [one for name in reporters for one in each_of(name)]
            found.append(named.name)
            if after and not _PROGRAMME.search(after["after"]):
                found += people(after["after"])[:1]
                more = _AND_ANOTHER.match(self.sentence, named.end + after.end())
                found += (more["other"],) if more is not None else ()
        return tuple(dict.fromkeys((*found, *self._beside(start, end)) if found else ()))

    def _beside(self, start: int, end: int) -> tuple[str, ...]:
        """Who is named together with a known outlet: "L'Équipe et Rugby Sud"."""
        inside = [each for each in self.named if start <= each.start and each.end <= end]
        if not inside:
            return ()
        behind = _AND_NAME.fullmatch(self.sentence[inside[-1].end : end].rstrip(MARGIN))
        return (behind["name"],) if behind is not None else ()


def _blank(match: re.Match[str], names: Names) -> str:
    """Nothing for "(EMA en anglais)" and "(29 ans)", which stand between a subject and its verb."""
    return match[0] if names.find(match[0]) else " " * len(match[0])


def _bared(match: re.Match[str], sentence: str, names: Names) -> str:
    """An outlet's name without its quotation marks, and as long: "selon «Télé-Sud»"."""
    title = match["title"]
    article = _BEFORE_TITLE.search(sentence, max(0, match.start() - 4), match.start())
    if article is not None and names.find(f"{article[0]}{title}"):
        # "Aux « Echos »": the article is part of the name.
        return title.ljust(len(match[0]))
    known = any(named.end == len(title) for named in names.find(title))
    if known or _OF_OUTLETS.search(sentence, max(0, match.start() - 24), match.start()):
        return _MARKS.sub(" ", match[0])
    return match[0]
