"""The statement of a claim: what is claimed, in a whole sentence, without who says so and how."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from verification.domain.extraction.credits import Attribution
from verification.domain.extraction.cuts import Cut, cuts
from verification.domain.extraction.hedges import Hedge
from verification.domain.extraction.soundness import is_sentence
from verification.domain.extraction.speaker import spoken_for
from verification.domain.extraction.speech import Speech
from verification.domain.extraction.statement import CONNECTIVE, STATEMENT_MAX

# "EXCLUSIVE: Nora Quill is in talks".
_LABEL = re.compile(
    r"(?:exclusive|exclusif|exclusivité|exclu|breaking|scoop|info|update|report|rumou?r|rumeur)"
    r"(?: \w+)? ?(?:: |[-–—|] )",
    re.IGNORECASE,
)
# "Nordica to buy Calix: sources", "- Reuters", which a headline has behind it.
_UNSIGNED = re.compile(
    r"(?: [-–—] | ?: |, )(?:sources?|reports?|media|papers?|presse|médias|AFP|Reuters|AP|Bloomberg)"
    r"[ .]*$"
)
_BEGINS = re.compile(r"^[\s,;:»)\]–—-]*(?:(?:que|that)\b|qu')?[\s,;:»)\]–—-]*", re.IGNORECASE)
_ENDS = re.compile(
    r"(?:[\s,;:«(\[–—-]|(?<![\w'-])(?:et|and|mais|but|qui|which|as|comme|qu'|que|that|avec|with|"
    r"later|encore)(?=\W*$))+$"
)
#: What a second part of what is said begins with, when "that" is gone from the first.
_ALSO_THAT = re.compile(r"(?<![\w'])(?P<and>and|but|et|mais) (?:that |que |qu')(?=\w)")
_SPACES = re.compile(r"\s+")
_STRAY = re.compile(
    r"\s+(?=[,.](?:\s|$))|[,;]\s*(?=[,;.](?:\s|$))|\(\s*\)|\[\s*\]|«\s*»|\"\"|»,? *«"
)
_FIRST_PERSON = re.compile(
    r"^on (?!\w+day)|\b(?:nous|notre|nos|je|j'|mon|ma|mes|we|our|ours|us|i|my|i'm|"
    r"we're|we'll|i'll)(?![\w-])",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"« ?(?P<fr>[^«»]+?),? ?»|\"(?P<en>[^\"]+?),?\"")
_WHO = re.compile(r"(?:, (?!qui |who )[^,;:«»\"]{2,90}){0,2}, (?:qui|who) ")
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")
#: Characters of "also", "ne", between "who" and its verb.
_NEAR = 24


def claimed(
    sentence: str,
    begin: int,
    credits: Sequence[Attribution],
    hedge: Hedge,
    speech: Speech,
    bound: tuple[int, int] | None = None,
    surnames: Collection[str] = (),
) -> str:
    """What a sentence claims, from ``begin`` on.

    ``bound`` is where its deadline stands; neither that nor the hedge is left out. ``surnames`` are
    people's, by which one is told from a firm. Where no whole sentence is left without the credits,
    it is the sentence as printed.
    """
    french = speech.participles
    label = _LABEL.match(sentence, begin)
    if label is not None and label.end() < hedge.start:
        begin = label.end()
    branded = next(
        (
            match.end()
            for each in credits
            if each.end == each.start
            for name in each.credit.names
            if (match := re.match(rf"(?:\w+ )?{re.escape(name)} ?: ", sentence[begin:], re.I))
        ),
        0,
    )
    begin += branded if begin + branded < hedge.start else 0
    kept = [(hedge.start, hedge.end), *([bound] if bound else [])]
    found = cuts(sentence, begin, credits, kept, french=french)
    text = _of_speaker(sentence, found, hedge) or _without(sentence, begin, found, speech, surnames)
    text = _UNSIGNED.sub("", text)
    opened = any(cut.start <= hedge.start for cut in found)
    if not found or not is_sentence(text, french=french, opened=opened):
        text = _unquoted(_balanced(sentence[begin:].strip()))
        text = _UNSIGNED.sub("", _plain_start(text))
    return _closed(text)


def _of_speaker(sentence: str, found: Sequence[Cut], hedge: Hedge) -> str | None:
    """Of "dit Marc Roy, président, qui prévoit un recours": "Marc Roy prévoit un recours"."""
    for cut in found:
        credit = cut.credit
        name = credit.credit.names[0] if credit and credit.credit.names else ""
        who = _WHO.match(sentence, credit.end) if credit is not None and name else None
        if (
            who is not None
            and 0 <= hedge.start - who.end() <= _NEAR
            and credit is not None
            and credit.credit.kind == "voice"
            and name in sentence
        ):
            return f"{name} {_tidy(sentence[who.end() :])}"
    return None


def _without(
    sentence: str,
    begin: int,
    found: Sequence[Cut],
    speech: Speech,
    surnames: Collection[str],
) -> str:
    """The sentence without what is cut."""
    place, text = begin, ""
    for cut in sorted(found, key=lambda each: each.start):
        if cut.start > place or not text:
            text = _joined(text, sentence[place : max(place, cut.start)])
        text = f"{text.rstrip(' ,')}{cut.comma}" if cut.comma else text.rstrip()
        place = max(place, cut.end)
    rest = sentence[place:]
    opened = next((cut for cut in found if cut.opens and not text), None)
    if opened is not None:
        between = [cut for cut in found if cut.start > opened.end]
        if not between:
            rest = _BEGINS.sub("", rest)
            rest = spoken_for(sentence, opened, rest, speech, surnames)
    text = _joined(text, rest.lstrip(" ,") if text and found else rest)
    if opened is not None:
        text = _ALSO_THAT.sub(lambda match: f"{match['and']} ", text)
    return _unquoted(_balanced(_tidy(text)))


def _joined(text: str, more: str) -> str:
    if not text:
        return more.lstrip()
    if text.rstrip(" ,").endswith("»") and more.lstrip().startswith("«"):
        # « L'accord », a dit le ministre, « sera signé ».
        return f"{text.rstrip(' ,»')} {more.lstrip(' «')}"
    return f"{text} {more.lstrip()}" if more[:1] not in ",.;" else text + more


def _tidy(text: str) -> str:
    text = _BEGINS.sub("", CONNECTIVE.sub("", _BEGINS.sub("", _SPACES.sub(" ", text))))
    end = "…" if text.rstrip(' »"').endswith("…") else ""
    mark = "!" if text.rstrip(' »"').endswith("!") else ""
    text = _ENDS.sub("", text.rstrip(" .!…"))
    return _STRAY.sub("", text).strip() + (end or mark)


def _plain_start(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" ,;")


def _unquoted(text: str) -> str:
    """Without the marks of a quotation that is all of it, but of what somebody says of himself."""
    whole = _QUOTED.fullmatch(text.rstrip(" ."))
    words = whole and (whole["fr"] or whole["en"])
    return words.strip() if words and not _FIRST_PERSON.search(words) else text


def _balanced(text: str) -> str:
    """Without the quotation mark whose partner went with the credit."""
    if text.count('"') % 2:
        if text.startswith('"') and _FIRST_PERSON.search(text[1:]):
            return text.rstrip(" .,") + '."'
        if text.startswith('"'):
            text = text[1:]
        elif text.rstrip(" .").endswith('"'):
            text = text.rstrip(" .")[:-1]
        else:
            text = text[::-1].replace('"', "", 1)[::-1]
    opened, closed = text.count("«"), text.count("»")
    if opened > closed:
        text = text.removeprefix("«").lstrip() if text.startswith("«") else f"{text} »"
    elif closed > opened:
        text = text.replace(" »", "", 1).replace("»", "", closed - opened) if closed else text
    return text.strip()


def _closed(text: str) -> str:
    """With a capital at its beginning and a full stop at its end."""
    text = text.strip(" ,;:")
    if len(text) >= STATEMENT_MAX:
        text = text[: STATEMENT_MAX - 2].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    if not text:
        return ""
    if not text.rstrip(' »"').endswith((".", "!", "?", "…")):
        text += "."
    # "iPhone sales could": a name that begins small does so everywhere.
    return text if _BRAND.match(text) else text[:1].upper() + text[1:]
