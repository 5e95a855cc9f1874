"""What a page reports: as an origin, or as a relay of those whom it credits.

What a page prints is the page's, and its words are put into nobody else's mouth: the hedge stands
with the page's report alone. How certain the page makes what it passes on is all that is known of
how certain the origin was until somebody has read the origin, and so the origin is proposed with
that: second hand, for an editor to mend or to clear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reported:
    """A report of one source; `page` is whether it is that of the page which was read.

    ``hedge`` is as printed; ``certainty`` is a term of the ICD 203 ladder, or empty.
    """

    source: str
    via: str = ""
    page: bool = False
    hedge: str = ""
    certainty: str = ""


def reports(
    credited: Sequence[str], *, outlet: str, hedge: str = "", certainty: str = ""
) -> list[Reported]:
    """Those whom a page credits, as origins, then the page itself, a relay of the first of them.

    `outlet` is whose page it is, by the name by which it is credited, if it is: where nobody but
    itself is, it is the one origin. Where nobody knows whose page it is, only they are told of; a
    page that credits nobody has a report without a source, for an editor to name it.
    """
    origins = [name for name in dict.fromkeys(credited) if name.casefold() != outlet.casefold()]
    told = [Reported(name, certainty=certainty) for name in origins]
    if outlet or not origins:
        via = origins[0] if origins else ""
        told.append(Reported(outlet, via, page=True, hedge=hedge, certainty=certainty))
    return told
