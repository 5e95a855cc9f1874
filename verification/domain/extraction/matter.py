"""Whom a report is about, so that it is not carried on to a paragraph about somebody else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verification.domain.extraction.hedges import Hedge
from verification.domain.extraction.proper import people
from verification.domain.extraction.sentences import Sentence

# A new paragraph that begins so goes on with the one before.
_ONWARD = re.compile(
    # "Le Brésilien devrait": whom the sentence before named.
    r"(?:L(?:e |a |')(?:[A-ZÀ-Þ][a-zà-ÿ]+-)?[A-ZÀ-Þ][a-zà-ÿ]+(?:ien(?:ne)?|ais(?:e)?|ois(?:e)?|"
    r"ain(?:e)?|ique|isse|gnole?|éen(?:ne)?|elge|and(?:e)?|gais)"
    r"(?= (?:est|a|va|doit|\(|[a-zà-ÿ]{2,20}(?:ra|rait)\b))|"
    r"L(?:e |a |')(?:international|milieu|défenseur|attaquante?|gardien|ailier|latéral|buteur|"
    r"entraîneur|technicien|joueuse) |"
    r"L(?:e |a |')[A-ZÀ-Þ][\w-]+ de \d+ ans|The \d+-year-old|Et|Ainsi|Du coup|Quant à|"
    r"Ils?|Elles?|Cet?|Cette|Ces|Son|Sa|Ses|Leurs?|Toujours|De plus|En outre|Par ailleurs|"
    r"Par contre|En revanche|De son côté|Pour sa part|D'autre part|Enfin|"
    r"Également|Mais il|Mais elle|He|She|They|It|Its|His|Her|Their|That|This|"
    r"Instead|The (?:deal|move|player|fee|price|offer|bid|agreement|sale|transaction|contract|"
    r"talks|terms|announcement|plan|cuts|layoffs|lay-offs|changes|process|launch|listing|IPO|float|"
    r"merger|takeover|appointment|shuffle|reshuffle|proposals?|funding|round|stake|device|phone|game|film|series|show|"
    r"company)|"
    r"Le (?:joueur|club|groupe|média|quotidien|site)|L'(?:accord|opération|attaquant))\b"
)
#: Words of names in a paragraph; one that has more is a list, of which all is not read.
_MOST = 200
# "Le chef de l'Etat", "le Premier ministre": no names of others.
_OF_THE_STATE = frozenset(
    {"Etat", "État", "Premier", "Élysée", "Elysée", "Matignon", "Bercy", "Sénat"}
)
_FIRST_WORD = re.compile(r"^\W*\w+(?! [A-ZÀ-Þ])")


@dataclass(slots=True)
class Matter:
    """The words of the names of the last report, and of the paragraph that is read."""

    _about: frozenset[str] = frozenset()
    _here: frozenset[str] = frozenset()
    _paragraph: int = -1

    def read(self, sentence: Sentence, *, told: bool, on: bool) -> None:
        """Takes in a sentence: one that is ``told`` by somebody else, or goes ``on`` about it."""
        if sentence.paragraph != self._paragraph:
            self._here, self._paragraph = frozenset(), sentence.paragraph
        if len(self._here) < _MOST:
            self._here |= _name_words(sentence.text)
        if told:
            self._about = self._here
        elif on and len(self._about) < _MOST:
            self._about |= self._here

    def goes_on(self, sentence: Sentence) -> bool:
        """Whether a sentence shows by its beginning that it goes on about the same: "The fee"."""
        return _ONWARD.match(sentence.text) is not None

    def is_left(self, sentence: Sentence, hedge: Hedge) -> bool:
        """Whether the first sentence of a paragraph is about others than the report was."""
        if _ONWARD.match(sentence.text):
            return False
        # A capital that only begins the sentence names nobody.
        named = _name_words(_FIRST_WORD.sub("", sentence.text[: hedge.start]))
        others = named - _OF_THE_STATE
        return bool(others) and not others & self._about


def _name_words(text: str) -> frozenset[str]:
    """The words of the names in a text."""
    return frozenset(
        word for name in people(text) for word in re.split(r"[ '’-]", name) if word[:1].isupper()
    )
