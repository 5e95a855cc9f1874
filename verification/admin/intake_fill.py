"""From a proposal to what a browser would have sent: the sheet is made of that and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.http import QueryDict

from verification.admin.intake_sheet import MOST, VAGUE
from verification.domain import criteria, extraction
from verification.domain.extraction import Candidate
from verification.models import Claim, User
from verification.models.choices import Basis, Precision, Stance
from verification.models.claim import STATEMENT_MAX
from verification.services import duplicates, sourcematch
from verification.services.duplicates import Similar
from verification.services.intake import Proposal, known_names, one_newline

#: Claims of which so many words are the same are about the same things, and of the same beat.
SAME_BEAT = 0.2
#: Characters of what is selected for a claim: some sentences.
_SELECTED_MAX = 2_000


def best(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those for which there is room on a sheet, in the order of the text."""
    ranked = sorted(candidates, key=lambda each: (-each.score, each.start))[:MOST]
    return sorted(ranked, key=lambda each: each.start)


def filled(
    proposal: Proposal, *, key: str, url: str, title: str, outlet: str, actor: User
) -> QueryDict:
    """The form of a proposal: no claim is ticked, and every field has what can be proposed."""
    candidates = best(proposal.candidates)
    data = QueryDict(mutable=True)
    about = {
        "key": key,
        "text": proposal.text,
        "url": url,
        "title": title or proposal.title,
        "outlet": outlet or proposal.outlet or _publisher(url),
        "published": proposal.published.isoformat(),
        "language": proposal.language,
        "candidates": len(candidates),
    }
    for name, value in about.items():
        data[name] = str(value)
    beats = proposed_beats([each.statement for each in candidates], actor)
    for place, (candidate, beat) in enumerate(zip(candidates, beats, strict=True)):
        put(data, place, candidate, beat=beat, assignee=actor.username)
    return data


def by_hand(
    selected: str, *, text: str, language: criteria.Language, published: date, outlet: str
) -> Candidate:
    """A claim of the words that an editor selected in the text, with what can be read in them.

    An empty one, where nothing is selected.
    """
    words = one_newline(selected)[:_SELECTED_MAX]
    start = text.find(words) if words else -1
    end = start + len(words)
    if start < 0:
        start = end = 0
    read: Sequence[Candidate] = ()
    if words:
        read = extraction.extract(
            words,
            published=published,
            language=language,
            outlet=outlet or None,
            names=known_names(),
        ).candidates
    if read:
        return replace(read[0], start=start, end=end, score=0.0)
    return Candidate(
        statement=" ".join(words.split()),
        span=words,
        start=start,
        end=end,
        sources=(),
        hedge="",
        certainty="",
        deadline=None,
        deadline_text="",
        deadline_precision="",
        score=0.0,
        reasons=(),
    )


def put(data: QueryDict, place: int, candidate: Candidate, *, beat: str, assignee: str) -> None:
    """Fills in the claim that stands at `place` of the sheet."""
    dated = candidate.deadline is not None
    stated = dated and VAGUE not in candidate.reasons
    language: criteria.Language = "fr" if data.get("language") == "fr" else "en"
    fields = {
        "statement": candidate.statement[:STATEMENT_MAX],
        "criteria": criteria.proposed(
            candidate.statement[:STATEMENT_MAX],
            language=language,
            deadline=candidate.deadline,
            wording=candidate.deadline_text,
        ),
        "beat": beat,
        "assignee": assignee,
        "public": "on",
        "deadline": candidate.deadline.isoformat() if candidate.deadline else "",
        "deadline_text": candidate.deadline_text,
        "deadline_precision": candidate.deadline_precision or Precision.DAY,
        "deadline_basis": Basis.SOURCE if stated else Basis.NEWSROOM,
        "start": candidate.start,
        "end": candidate.end,
        "score": candidate.score or "",
        "reasons": "|".join(candidate.reasons),
    }
    for name, value in fields.items():
        data[f"c{place}-{name}"] = str(value)
    rows = _reports(candidate, data)
    data[f"c{place}-reports-TOTAL_FORMS"] = str(len(rows))
    data[f"c{place}-reports-INITIAL_FORMS"] = "0"
    for number, row in enumerate(rows):
        for name, value in row.items():
            data[f"c{place}-reports-{number}-{name}"] = value


def _reports(candidate: Candidate, data: QueryDict) -> list[dict[str, str]]:
    """Whom the text credits, as origins, then the page itself, which passes on what they said.

    Where an origin printed it is not known from here, so its address is left empty. What the page
    printed is the page's: its words say nothing of how the origin put it.
    """
    outlet = data.get("outlet", "")
    wording = {"hedge": candidate.hedge[:200], "certainty": candidate.certainty}
    same = {"published_on": data.get("published", ""), "stance": str(Stance.ASSERTS)}
    page = {"url": data.get("url", ""), "headline": data.get("title", ""), **wording}
    origins = [name for name in candidate.sources if name.casefold() != outlet.casefold()]
    rows = [{"source": name, **same} for name in origins]
    if outlet or not origins:
        rows.append({"source": outlet, "via": origins[0] if origins else "", **same, **page})
    else:
        rows[0] |= wording
    return rows


def _publisher(url: str) -> str:
    """Whose address it is: a source's name, or else the site's own."""
    if not url:
        return ""
    source = sourcematch.source_at(url)
    if source:
        return source.name
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def proposed_beats(statements: Sequence[str], actor: User) -> list[str]:
    """For each statement the beat of the newest claims that are like it.

    Where there are none, that of the page's other statements; else the one in which the actor
    logged last.
    """
    found = duplicates.find_each(statements=statements, least=SAME_BEAT)
    of_all = _newest([one for alike in found for one in alike])
    if not of_all:
        last = Claim.objects.filter(logged_by=actor).select_related("beat").order_by("-id").first()
        of_all = last.beat.name if last else ""
    return [_newest(alike) or of_all for alike in found]


def _newest(alike: Sequence[Similar]) -> str:
    """The beat of the newest of the claims that are the most alike."""
    if not alike:
        return ""
    most = max(one.likeness for one in alike)
    near: list[Any] = [one.claim for one in alike if one.likeness >= most * 0.75]
    return str(max(near, key=lambda claim: claim.pk).beat.name)
