"""From a proposal to what a browser would have sent: the sheet is made of that and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

from django.http import QueryDict

from verification.admin import intake_follow
from verification.admin.intake_reasons import VAGUE
from verification.admin.intake_sheet import MOST
from verification.domain import crediting, criteria
from verification.domain.extraction import Candidate, Language, Names
from verification.models import User
from verification.models.choices import Basis, Precision, Stance
from verification.models.claim import STATEMENT_MAX
from verification.services import beatguess, intake
from verification.services.articlepages import Article
from verification.services.intake import Proposal, one_newline

#: What of an article its reports have as well, until somebody mends it there.
FOLLOWED = ("url", "title", "outlet")
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
        "url": url or proposal.url,
        "title": title or proposal.title,
        "outlet": proposal.outlet,
        "published": proposal.published.isoformat(),
        "counted": proposal.published.isoformat(),
        "dated": str(proposal.dated),
        "language": proposal.language,
        "candidates": len(candidates),
    }
    for name, value in about.items():
        data[name] = str(value)
    for name in FOLLOWED:
        data[f"was_{name}"] = data.get(name, "")
    page = f"{data['title']}\n{proposal.text}"
    beats = beatguess.beats_for(candidates, page=page, language=proposal.language, actor=actor)
    for place, (candidate, beat) in enumerate(zip(candidates, beats, strict=True)):
        put(data, place, candidate, beat=beat, assignee=actor.username)
    return data


def by_hand(
    selected: str,
    *,
    text: str,
    language: Language,
    published: date,
    outlet: str,
    names: Names,
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
        read = intake.extract(
            article=Article(text=words, published=published),
            today=published,
            language=language,
            outlet=outlet,
            names=names,
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


def put(
    data: QueryDict, place: int, candidate: Candidate, *, beat: beatguess.Guess, assignee: str
) -> None:
    """Fills in the claim that stands at `place` of the sheet."""
    language = _language(data)
    statement = _as_printed(candidate.statement, candidate)[:STATEMENT_MAX]
    said = said_of(candidate)
    written = criteria.proposed(
        statement, language=language, deadline=candidate.deadline, wording=said.deadline_text
    )
    fields = {
        "statement": statement,
        "criteria": written,
        "proposed": written,
        "beat": beat.beat,
        "guessed": beat.beat,
        "beat_by": str(beat.how),
        "assignee": assignee,
        "public": "on",
        **asdict(said),
        "said": said.written(),
        "for_day": said.deadline,
        "words": candidate.hedge,
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


def _language(data: QueryDict) -> Language:
    """The language of an article."""
    return "fr" if data.get("language") == "fr" else "en"


def said_of(candidate: Candidate) -> intake_follow.Said:
    """The deadline of a candidate, as the fields of its claim have it."""
    stated = candidate.deadline is not None and VAGUE not in candidate.reasons
    return intake_follow.Said(
        deadline=candidate.deadline.isoformat() if candidate.deadline else "",
        deadline_text=_as_printed(candidate.deadline_text, candidate),
        deadline_precision=candidate.deadline_precision or str(Precision.DAY),
        deadline_basis=str(Basis.SOURCE if stated else Basis.NEWSROOM),
    )


def _as_printed(text: str, candidate: Candidate) -> str:
    """A text with the apostrophes that the article prints; it is read with straight ones."""
    return text.replace("'", "’") if "’" in candidate.span else text


def _reports(candidate: Candidate, data: QueryDict) -> list[dict[str, str]]:
    """Whom the text credits and the page itself, each with what is known of its report.

    Where an origin printed it is not known from here, so its address is left empty.
    """
    same = {"published_on": data.get("published", ""), "stance": str(Stance.ASSERTS)}
    page = {"url": data.get("url", ""), "headline": data.get("title", "")}
    told = crediting.reports(
        candidate.sources,
        outlet=data.get("outlet", ""),
        hedge=candidate.hedge[:200],
        certainty=candidate.certainty,
    )
    rows = []
    for one in told:
        known = {"via": one.via, "hedge": one.hedge, "certainty": one.certainty}
        rows.append(
            {"source": one.source, **same}
            | {name: value for name, value in known.items() if value}
            | (page if one.page else {})
        )
    return rows
