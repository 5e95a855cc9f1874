"""To whom something was told: an outlet that tells it on, or the station it was said on."""

from __future__ import annotations

import re

from verification.domain.extraction.credits import Attribution, only
from verification.domain.extraction.kinds import NOBODY, Credit
from verification.domain.extraction.offices import OFFICE
from verification.domain.extraction.outlet_words import is_shaped, may_be_told
from verification.domain.extraction.scene import Scene
from verification.domain.extraction.speech import Speech

# "Au Télégramme", "auprès de", "told the Courier": in French "à Lyon" is a place.
_TOLD_ON = re.compile(r" ?(?:au |aux |à l'|auprès |(?!à |au |aux )[a-z]* ?[A-ZÀ-Þ])")
# "Told State House correspondents": to everybody.
_CROWD = re.compile(
    r"\b(?:reporters|correspondents|journalists|investors|analysts|staff|employees|fans|supporters|"
    r"shareholders|customers|voters|viewers|workers|colleagues|friends|delegates|fellow)\b",
    re.IGNORECASE,
)


def is_media(heard: Credit, words: str, verb: str = "") -> bool:
    """Whether those to whom something was told tell it on: an outlet, known or not."""
    if heard.kind == "media":
        return True
    name = only(heard)
    if OFFICE.search(words) or _CROWD.search(words):
        # "Au président de la ligue" is nobody's report.
        return False
    if verb.startswith("inform") and not is_shaped(name):
        # "Has informed Tremblay" is between the two of them.
        return False
    if heard.kind != "voice" or not name[:1].isupper() or not may_be_told(name):
        return False
    return _TOLD_ON.match(words) is not None


def by_name(credited: Credit) -> tuple[str, ...]:
    """The speaker's name; one who has only an office is the outlet's source, and unnamed."""
    named = credited.kind in {"voice", "media"}
    return tuple(name for name in credited.names if named and name[:1].isupper())


def with_heard(
    scene: Scene, spoken: Attribution, match: re.Match[str], speech: Speech
) -> Attribution:
    """The speaker with whom it was told to, where that is an outlet."""
    told = speech.told.match(scene.low, match.end())
    heard = scene.credit(*told.span("to")) if told is not None else NOBODY
    if told is None or not is_media(
        heard, scene.sentence[told.start() : told.end()], match["verb"]
    ):
        return spoken
    both = Credit("media", (*by_name(spoken.credit), *heard.names))
    return Attribution(spoken.start, told.end("to"), both)


def on_air(scene: Scene, credited: Credit, start: int, end: int) -> Credit:
    """The speaker with where it was said: "le ministre a affirmé lundi sur BFMTV que"."""
    on = scene.credit(start, end) if credited.kind in {"voice", "anonymous"} else NOBODY
    return Credit("media", (*by_name(credited), *on.names)) if on.kind == "media" else credited
