"""The mail that tells of verdicts: which of our own stories need an update, and which update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy, ngettext

from verification.domain.outcomes import Outcome
from verification.emails.base import build, language_of, page
from verification.models import Claim, Evidence, Message, Story, StoryUpdate, Verdict
from verification.models.choices import VerdictOutcome
from verification.templatetags.borneout import day_words

#: What each outcome asks of a story.
ADVICE: dict[str, Any] = {
    Outcome.CONFIRMED: gettext_lazy("Say that it came true, with a link to the evidence."),
    Outcome.DENIED: gettext_lazy(
        "Say that it did not come true, with a link to the evidence; and look at the headline."
    ),
    Outcome.LAPSED: gettext_lazy("Say that the deadline passed without it."),
    Outcome.VOID: gettext_lazy(
        "Nothing was found out, for or against. See whether the story stands without it."
    ),
    Outcome.REOPENED: gettext_lazy(
        "If the story tells of the verdict already, take that back: the claim is open again."
    ),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One story as a mail lists it."""

    story: Story
    claim: Claim
    verdict: Verdict
    outcome: str
    said: str
    sentence: str
    advice: str
    evidence: Sequence[Evidence]
    tick_url: str
    claim_url: str


def notices(message: Message, rows: Sequence[StoryUpdate]) -> EmailMultiAlternatives:
    """The mail that asks `message.recipient` to update these stories, text and HTML."""
    with translation.override(language_of(message.recipient)):
        entries = [_entry(row, message.recipient_id) for row in rows]
        return build(
            "notices",
            message,
            subject=_subject(entries),
            context={
                "entries": entries,
                "count": len(entries),
                "preview": entries[0].sentence,
                "list_url": page("admin:verification_storyupdate_changelist"),
            },
            headers={},
        )


def _entry(row: StoryUpdate, recipient: int) -> Entry:
    story, claim, verdict = row.story, row.story.claim, row.verdict
    return Entry(
        story=story,
        claim=claim,
        verdict=verdict,
        outcome=str(VerdictOutcome(verdict.outcome).label),
        said=said_words(story, claim, recipient),
        sentence=verdict_words(verdict, claim),
        advice=str(ADVICE[Outcome(verdict.outcome)]),
        evidence=list(verdict.evidence.all()),
        tick_url=page("admin:verification_storyupdate_change", row.pk),
        claim_url=page("admin:verification_claim_change", claim.pk),
    )


def said_words(story: Story, claim: Claim, reader: int) -> str:
    """Whose story it was, of which day, and who had reported the claim.

    Whom the story itself credited is not known, so it is not said. The claim's reports must be its
    origins alone. `reader` is the primary key of who reads this.
    """
    origins = ", ".join(dict.fromkeys(report.source.name for report in claim.reports.all()))
    values = {"day": day_words(story.published_on), "name": story.author, "origins": origins}
    if story.author is None:
        if origins:
            return (
                gettext("A story of ours of %(day)s carried this claim, reported by %(origins)s:")
                % values
            )
        return gettext("A story of ours of %(day)s carried this claim:") % values
    if story.author_id == reader:
        if origins:
            return (
                gettext("Your story of %(day)s carried this claim, reported by %(origins)s:")
                % values
            )
        return gettext("Your story of %(day)s carried this claim:") % values
    if origins:
        return (
            gettext("The story by %(name)s of %(day)s carried this claim, reported by %(origins)s:")
            % values
        )
    return gettext("The story by %(name)s of %(day)s carried this claim:") % values


def verdict_words(verdict: Verdict, claim: Claim) -> str:
    """The verdict in a sentence, and the one that it takes the place of."""
    values = {
        "known": day_words(verdict.became_known_on),
        "deadline": day_words(claim.deadline),
    }
    words = {
        Outcome.CONFIRMED: gettext("It was confirmed: known since %(known)s."),
        Outcome.DENIED: gettext("It was denied: known since %(known)s."),
        Outcome.LAPSED: gettext("It lapsed: the deadline of %(deadline)s passed without it."),
        Outcome.VOID: gettext("The claim is void: it was logged in error, or cannot be answered."),
        Outcome.REOPENED: gettext("The verdict is withdrawn, and the claim is open again."),
    }[Outcome(verdict.outcome)] % values
    earlier = verdict.supersedes
    if earlier is None or earlier.outcome == Outcome.REOPENED:
        return words
    before = gettext("Before that, the verdict was: %(outcome)s.") % {
        "outcome": VerdictOutcome(earlier.outcome).label
    }
    return f"{words} {before}"


def _subject(entries: Sequence[Entry]) -> str:
    """The one verdict and story, or how many stories there are and of which verdicts."""
    if len(entries) == 1:
        return gettext("%(outcome)s, please update: %(title)s") % {
            "outcome": entries[0].outcome[:1].upper() + entries[0].outcome[1:],
            "title": Truncator(entries[0].story.title).chars(90),
        }
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.outcome] = counts.get(entry.outcome, 0) + 1
    return ngettext(
        "%(count)s story to update: %(parts)s",
        "%(count)s stories to update: %(parts)s",
        len(entries),
    ) % {
        "count": len(entries),
        "parts": ", ".join(f"{n} {outcome}" for outcome, n in counts.items()),
    }
