"""A newsroom in which every text that somebody from outside may write is hostile."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

from tests import factories
from tests.hostile.payloads import PAYLOADS
from verification.models import Claim, User
from verification.services import (
    claims,
    messages,
    proposals,
    reminders,
    replies,
    snapshots,
    sources,
    tokens,
    verdicts,
)
from verification.services.articlepages import Article
from verification.services.drafts import DeadlineDraft, StoryDraft

#: What an address may hold as it is, quotation marks of attributes among them.
IN_AN_ADDRESS = "'();:@&=+$,/?!*"
NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


def fill(boss: User) -> list[Claim]:
    """One claim for each payload, with the payload in every text field of it; mails are written.

    A third of the claims are decided, a third revised, a third await their verdict, which is
    proposed. Of each somebody was asked and has answered, and what its page said has changed.
    """
    User.objects.filter(pk=boss.pk).update(first_name=PAYLOADS[10][:150], last_name=PAYLOADS[1])
    boss.refresh_from_db()
    made = [_claim(boss, number, payload) for number, payload in enumerate(PAYLOADS)]
    for number, (claim, payload) in enumerate(zip(made, PAYLOADS, strict=True)):
        _around(boss, number, claim, payload)
    reminders.sweep(now=NOW)
    messages.drain(clock=lambda: NOW)
    return made


def _claim(boss: User, number: int, payload: str) -> Claim:
    short = payload[:100]
    beat = factories.BeatFactory.create(name=f"{number} {short}", slug=f"beat-{number}")
    first, second = (
        factories.SourceFactory.create(name=f"{order}{number} {short}", slug=f"s{order}-{number}")
        for order in (1, 2)
    )
    words = {"author": payload, "headline": payload, "hedge": short}
    link = f"https://example.org/?q={quote(payload, safe=IN_AN_ADDRESS)}"
    claim = claims.log(
        actor=boss,
        statement=f"{payload} {number}",
        criteria=payload,
        beat=beat,
        slug=f"claim-{number}",
        deadline=DeadlineDraft(day=date(2026, 3, 31), text=payload, basis="source"),
        reports=[
            factories.report_draft(first, url=link, certainty="likely", **words),
            factories.report_draft(second, via=first, **words),
        ],
        stories=[StoryDraft(title=payload, url=link, published_on=date(2026, 2, 1), author=boss)],
        now=factories.NOW,
    )
    if number % 3 == 0:
        return claims.extend(
            actor=boss,
            claim=claim,
            version=None,
            deadline=DeadlineDraft(day=date(2026, 4, 1), text=payload),
            reason=payload,
            now=NOW - timedelta(hours=1),
        )
    evidence = [factories.evidence(title=payload, url=link)]
    factories.decide(claim, actor=boss, rationale=payload, evidence=evidence, now=NOW)
    if number % 3 == 2:
        verdicts.revise(
            actor=boss,
            claim=claim,
            version=claim.version,
            outcome="denied",
            rationale=payload,
            became_known_on=date(2026, 3, 2),
            evidence=evidence,
            now=NOW + timedelta(hours=1),
        )
    return claim


def _around(boss: User, number: int, claim: Claim, payload: str) -> None:
    """What is said beside a claim: an answer, a page that changed, a proposal, names, a token."""
    short = payload[:100]
    reply = replies.ask(
        actor=boss,
        claim=claim,
        whom=short,
        contact=short,
        asked_on=date(2026, 2, 1),
        answer_by=date(2026, 2, 2),
        now=NOW,
    )
    replies.answer(actor=boss, reply=reply, answer=payload, answered_on=date(2026, 2, 2), now=NOW)
    report = claim.reports.order_by("pk")[0]
    for amount in ("$50bn", "$60bn"):
        text = f"{payload} The claim could be worth {amount}. {payload}"
        article = Article(text=text, title=payload, url=report.url)
        snapshots.keep(actor=boss, report=report, article=article, now=NOW)
    sources.edit_source(
        actor=boss, source=report.source, changes={"aliases": [f"alias {number} {short}"]}, now=NOW
    )
    tokens.create(actor=boss, user=boss, name=short, now=NOW)
    if number % 3 == 0:
        proposals.propose(
            actor=boss, claim=claim, version=None, outcome="void", revising=False,
            rationale=payload, now=NOW,
        )  # fmt: skip
