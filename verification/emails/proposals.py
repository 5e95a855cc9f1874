"""The mail that asks for a second pair of eyes, and the one that says why a verdict came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from verification.emails.base import build, language_of, page
from verification.models import Claim, Message, Proposal, ProposalNotice
from verification.models.choices import ClaimOutcome, ProposalState
from verification.templatetags.borneout import day_words


@dataclass(frozen=True, slots=True)
class Entry:
    """One proposal as a mail lists it."""

    proposal: Proposal
    claim: Claim
    outcome: str
    sentence: str
    advice: str
    back: bool
    evidence: Sequence[dict[str, Any]]
    url: str
    claim_url: str


def proposals(message: Message, rows: Sequence[ProposalNotice]) -> EmailMultiAlternatives:
    """The mail that tells `message.recipient` of these proposals, text and HTML."""
    with translation.override(language_of(message.recipient)):
        entries = [_entry(row.proposal) for row in rows]
        return build(
            "proposals",
            message,
            subject=_subject(entries),
            context={"entries": entries, "count": len(entries), "preview": entries[0].sentence},
            headers={},
        )


def _entry(proposal: Proposal) -> Entry:
    claim = proposal.claim
    back = proposal.state == ProposalState.SENT_BACK
    claim_url = page("admin:verification_claim_change", claim.pk)
    return Entry(
        proposal=proposal,
        claim=claim,
        outcome=str(ClaimOutcome(proposal.outcome).label),
        sentence=_sent_back(proposal) if back else proposed_words(proposal),
        advice=gettext("Mend it and propose it anew, or talk about it.")
        if back
        else gettext("Read the evidence, then confirm the verdict or send it back."),
        back=back,
        evidence=proposal.evidence,
        url=claim_url if back else page("admin:verification_proposal_change", proposal.pk),
        claim_url=claim_url,
    )


def proposed_words(proposal: Proposal) -> str:
    """Who proposes what, in a sentence."""
    values = {
        "name": proposal.proposed_by,
        "outcome": ClaimOutcome(proposal.outcome).label,
        "known": day_words(proposal.became_known_on),
    }
    if proposal.became_known_on:
        return (
            gettext("%(name)s proposes the verdict: %(outcome)s, known since %(known)s.") % values
        )
    return gettext("%(name)s proposes the verdict: %(outcome)s.") % values


def _sent_back(proposal: Proposal) -> str:
    return gettext("%(name)s has sent your verdict back.") % {"name": proposal.settled_by}


def _subject(entries: Sequence[Entry]) -> str:
    """The one claim, or how many there are."""
    if len(entries) == 1:
        entry = entries[0]
        words = (
            gettext("Sent back: %(statement)s")
            if entry.back
            else gettext("Please confirm the verdict: %(statement)s")
        )
        return words % {"statement": Truncator(entry.claim.statement).chars(90)}
    return ngettext("%(count)s proposed verdict", "%(count)s proposed verdicts", len(entries)) % {
        "count": len(entries)
    }
