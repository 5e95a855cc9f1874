"""The newsroom's own stories that carried a claim."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from verification.models import Claim, Story, User
from verification.services import ledger, notices, turns
from verification.services.drafts import Checks, StoryDraft, one_line
from verification.services.errors import allow


@transaction.atomic
def add_story(
    *, actor: User, claim: Claim, draft: StoryDraft, now: datetime, version: int | None = None
) -> Story:
    """Logs one of the newsroom's own stories that carried the claim."""
    allow(actor, "add_story")
    claim = turns.read(claim, version)
    row = build_story(claim, draft)
    checks = Checks()
    checks.model(row, skip=["claim", "author"])
    if checks.fine("url") and claim.stories.filter(url=row.url).exists():
        checks.add("url", _("This story is logged already."))
    checks.done()
    turns.take(claim)
    row.save(force_insert=True)
    ledger.append(
        actor=actor,
        action="story logged",
        claim=claim,
        now=now,
        content={"title": row.title, "url": row.url},
    )
    notices.of_story(claim=claim, story=row, now=now)
    return row


@transaction.atomic
def remove_story(*, actor: User, story: Story, now: datetime, version: int | None = None) -> None:
    """Removes a story that was logged in error."""
    allow(actor, "delete_story")
    claim = turns.read(story.claim, version)
    story = turns.still_there(claim, claim.stories, story)
    turns.take(claim)
    claim.stories.filter(pk=story.pk).delete()
    ledger.append(
        actor=actor, action="story removed", claim=claim, now=now, content={"url": story.url}
    )


def build_story(claim: Claim, draft: StoryDraft) -> Story:
    """The row of a draft, not saved."""
    return Story(
        claim=claim,
        title=one_line(draft.title),
        url=draft.url.strip(),
        author=draft.author,
        published_on=draft.published_on,
    )
