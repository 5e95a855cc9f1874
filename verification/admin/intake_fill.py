"""From a proposal to what a browser would have sent: the sheet is made of that and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.http import QueryDict

from verification.admin.intake_sheet import MOST, VAGUE
from verification.domain import criteria, extraction, publishers
from verification.domain.extraction import Candidate
from verification.models import Claim, Report, User
from verification.models.choices import Basis, Precision, Stance
from verification.models.claim import STATEMENT_MAX
from verification.services import duplicates
from verification.services.duplicates import Similar
from verification.services.intake import Proposal, known_names, one_newline

#: Claims of which so many words are the same are about the same things, and of the same beat.
SAME_BEAT = 0.2
#: What the page's other claims say of a claim's beat, beside what those like it say.
_PAGE_SHARE = 0.25
#: A claim of which so many words are the same is taken for the same one.
SAME_CLAIM = 0.95
#: Characters of what is selected for a claim: some sentences.
_SELECTED_MAX = 2_000


def best(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those for which there is room on a sheet, in the order of the text."""
    ranked = sorted(candidates, key=lambda each: (-each.score, each.start))[:MOST]
    return sorted(ranked, key=lambda each: each.start)


def filled(proposal: Proposal, *, key: str, url: str, title: str, actor: User) -> QueryDict:
    """The form of a proposal: no claim is ticked, and every field has what can be proposed."""
    candidates = best(proposal.candidates)
    data = QueryDict(mutable=True)
    about = {
        "key": key,
        "text": proposal.text,
        "url": url,
        "title": title or proposal.title,
        "outlet": proposal.outlet,
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
    proposed = criteria.proposed(
        candidate.statement[:STATEMENT_MAX],
        language=language,
        deadline=candidate.deadline,
        wording=candidate.deadline_text,
    )
    fields = {
        "statement": candidate.statement[:STATEMENT_MAX],
        "criteria": proposed,
        "proposed": proposed,
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
    printed is the page's: its words say nothing of how the origin put it, so to that report they
    are only offered (`ReportRow.said`).
    """
    outlet = data.get("outlet", "")
    wording = {"hedge": candidate.hedge[:200], "certainty": candidate.certainty}
    same = {"published_on": data.get("published", ""), "stance": str(Stance.ASSERTS)}
    page = {"url": data.get("url", ""), "headline": data.get("title", ""), **wording}
    origins = [name for name in candidate.sources if not publishers.same(name, outlet)]
    rows = [{"source": name, **same} for name in origins]
    if outlet or not origins:
        rows.append({"source": outlet, "via": origins[0] if origins else "", **same, **page})
    else:
        rows[0] |= wording
    return rows


def choose_same(data: QueryDict, *, candidates: Sequence[Candidate]) -> None:
    """Chooses the claim that is there already for those candidates that only say it again.

    It has nearly all the same words, and a report of the same address or the same deadline; a
    candidate without a deadline says again what is still open.
    """
    found = duplicates.find_each(
        statements=[one.statement[:STATEMENT_MAX] for one in candidates], least=SAME_CLAIM
    )
    near = {one.claim.pk for alike in found for one in alike}
    url = data.get("url", "")
    printed = set(
        Report.objects.filter(claim__in=near, url=url).values_list("claim", flat=True)
        if url
        else ()
    )
    for place, (candidate, alike) in enumerate(zip(candidates, found, strict=True)):
        for one in alike:
            claim = one.claim
            again = (
                claim.deadline == candidate.deadline if candidate.deadline else not claim.outcome
            )
            if again or claim.pk in printed:
                data[f"c{place}-into"] = str(claim.pk)
                break


def proposed_beats(statements: Sequence[str], actor: User) -> list[str]:
    """For each statement the beat of the claims that are like it, and like the page's others.

    Each of them counts the more, the more words it has in common. Where there are none, it is the
    beat in which the actor logged last.
    """
    found = duplicates.find_each(statements=statements, least=SAME_BEAT)
    own = [_weights(alike) for alike in found]
    page: dict[str, float] = defaultdict(float)
    for weights in own:
        for beat, weight in weights.items():
            page[beat] += weight * _PAGE_SHARE
    if not page:
        last = Claim.objects.filter(logged_by=actor).select_related("beat").order_by("-id").first()
        return [last.beat.name if last else ""] * len(statements)
    return [max(page, key=lambda beat: page[beat] + of.get(beat, 0)) for of in own]


def _weights(alike: Sequence[Similar]) -> dict[str, float]:
    """What each beat has of the claims that are alike."""
    weights: dict[str, float] = defaultdict(float)
    for one in alike:
        weights[one.claim.beat.name] += one.likeness**2
    return weights
