"""Texts that no newsroom would paste: each makes one part of the extraction work its hardest."""

from __future__ import annotations

from collections.abc import Iterator

#: Repeated in sentences of nearly the greatest length that is read.
PIECES = (
    "could could ", "COULD BE SOLD BY MAY ", "said ", "said X. ", "told the X Times that ",
    "a dit que ", "selon ", "selon Alpha Beta, ", "comme l'a révélé ", "a-t-on appris auprès de ",
    "the paper said ", "according to ", "people familiar with the matter ", "a new report from ",
    "new recent earlier exclusive ", "qui que dont ", "which who that ", "de la De l'A ",
    "mars avril mai ", "Monday Tuesday ", "fin de la fin de la ", "by the end of the ",
    "in the next in the next ", "la semaine prochaine ", "1234567890 ", "9", "31/12/2026 ",
    "$5bn ", "50 % ", "Alpha Beta ", "Alpha-Beta's ", "A", "l'", "l'a d'un ", "the ", "a, ",
    "a-b-", "rerererere", "aurait serait pourrait ", "really ", "@abc ", "« x » ", "(a) [b] ",
    "alors que a ", "avant la a de ", "contre a ", "indique à RFI ", "sans dire si a ",
    ", qui a, ", "une offre a ", ", journaliste du site a ", "informations de ", "aux « A » ",
    "se serait retiré a ", "fait état de a ", "accord est ",
)  # fmt: skip
#: Repeated without an end, after a sentence and after the beginnings of a page's furniture.
RUNS = (
    " ",
    "\n",
    ".",
    "…",
    '"',
    "« ",
    "(",
    "-",
    "* ",
    "e\u0301",
    "\u0301",
    "a\u200b",
    ". «",
    "😀",
    "0",
)
BEFORE = ("Nordica could buy Calix. ", "By A", "Photo ")
_SENTENCE = 1180


def hostile(length: int) -> Iterator[str]:
    """The texts, each of so many characters, in the same order for every length."""
    for piece in PIECES:
        for begins in ("", "Nordica could buy Calix by May, ", "Nordica pourrait racheter Calix "):
            whole = (begins + piece * (_SENTENCE // len(piece)))[:_SENTENCE].replace(". ", ".")
            yield (f"{whole}. Fin.\n" * (length // _SENTENCE + 1))[:length]
    for run in RUNS:
        for begins in BEFORE:
            yield f"{begins}{run * (length // len(run))}"[: length - 1] + "x"
    yield " ".join(
        f"Xa{n} Yb{n} could buy Zc{n} by May, Qd{n} Re{n} said." for n in range(length // 40)
    )[:length]
