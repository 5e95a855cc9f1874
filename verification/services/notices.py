"""Verdict notices: a verdict has landed, and our own stories that carried the claim need an update.

The verdict's own transaction leaves one update for each story (`StoryUpdate`, unique on story and
verdict) and closes the ones before it, so that nobody is told of a verdict that no longer stands.
The sweep puts those that nobody was told of into one message for each recipient. An update is to do
until somebody ticks it off, mailed or not: the desk lists it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from verification.models import Claim, Message, Report, Story, StoryUpdate, User, Verdict
from verification.models.choices import MessageKind
from verification.services import ledger, outbox
from verification.services.errors import allow
from verification.services.routing import Routing

#: Stories in one message.
BUNDLE_MAX = 50


def to_do() -> QuerySet[StoryUpdate]:
    """Every update that is neither ticked off nor superseded."""
    return StoryUpdate.objects.filter(done_at__isnull=True, superseded_at__isnull=True)


def of_user(user: User) -> Q:
    """The updates that are the user's own: told to the user, or of a story by the user."""
    return Q(recipient=user) | Q(story__author=user)


def on_beats_of(user: User) -> Q:
    """The updates of claims on the beats of which the user is in charge."""
    return Q(story__claim__beat__editor=user)


# --- Made -----------------------------------------------------------------------------------------


def of_verdict(*, claim: Claim, verdict: Verdict, now: datetime) -> None:
    """Leaves an update for every story of the claim, in the transaction of the verdict.

    So does a void verdict, and one that is withdrawn: the author must know.
    """
    stories = list(claim.stories.select_related("author"))
    if not stories:
        return
    to_do().filter(story__in=stories).update(superseded_at=now)
    _make(claim, verdict, stories, now)


def of_story(*, claim: Claim, story: Story, now: datetime) -> None:
    """Leaves an update for a story that was logged when the claim was decided already."""
    if claim.verdict is not None:
        _make(claim, claim.verdict, [story], now)


def _make(claim: Claim, verdict: Verdict, stories: Iterable[Story], now: datetime) -> None:
    routing = Routing()
    StoryUpdate.objects.bulk_create(
        StoryUpdate(
            story=story,
            verdict=verdict,
            recipient=_recipient(story, claim, routing),
            created_at=now,
        )
        for story in stories
    )


def _recipient(story: Story, claim: Claim, routing: Routing) -> User | None:
    """The story's author, else whoever answers for the claim; none where nobody can be reached."""
    if story.author is not None and routing.reaches(story.author):
        return story.author
    return next(iter(routing.owners(claim)), None)


# --- Told -----------------------------------------------------------------------------------------


def bundle(*, now: datetime) -> int:
    """Puts every update that nobody was told of into a message, by recipient.

    One whose recipient cannot be reached (any more) goes to the next in line. Returns the number of
    messages made.
    """
    untold = to_do().filter(message__isnull=True)
    return _bundle(untold, now) if untold.exists() else 0


@transaction.atomic
def _bundle(untold: QuerySet[StoryUpdate], now: datetime) -> int:
    routing = Routing()
    updates: dict[int, list[int]] = defaultdict(list)
    # Of two sweeps at once the second waits here, and then finds them told.
    for row in (
        untold.select_for_update(of=("self",))
        .order_by("id")
        .select_related(
            "recipient",
            "story__author",
            "story__claim__beat__editor",
            "story__claim__assignee",
            "story__claim__logged_by",
        )
    ):
        user = row.recipient
        if user is None or not routing.reaches(user):
            user = _recipient(row.story, row.story.claim, routing)
        if user is not None:
            updates[user.pk].append(row.pk)
    made = 0
    for recipient, pks in updates.items():
        for start in range(0, len(pks), BUNDLE_MAX):
            make_message(recipient, pks[start : start + BUNDLE_MAX], now)
            made += 1
    return made


def make_message(recipient: int, updates: Sequence[int], now: datetime) -> Message:
    """A pending message to `recipient` that lists these updates (primary keys)."""
    message = outbox.pending(MessageKind.NOTICES, recipient, now)
    message.save(force_insert=True)
    StoryUpdate.objects.filter(pk__in=updates).update(message=message, recipient=recipient)
    return message


def take_back(updates: Iterable[StoryUpdate]) -> None:
    """Makes updates untold again: the next sweep finds somebody who can be reached."""
    StoryUpdate.objects.filter(pk__in=[update.pk for update in updates]).update(message=None)


def current(message: Message) -> list[StoryUpdate]:
    """The updates of the message that are still to do, with all that its mail tells."""
    origins = Report.objects.filter(via__isnull=True).select_related("source")
    return list(
        to_do()
        .filter(message=message)
        .select_related("story__claim", "story__author", "verdict__supersedes")
        .prefetch_related("verdict__evidence", Prefetch("story__claim__reports", origins))
        .order_by("id")
    )


# --- Done -----------------------------------------------------------------------------------------


def may_tick(actor: User, update: StoryUpdate) -> bool:
    """Whether the actor may tick the update off: its author, its recipient, or an editor."""
    return actor.pk in (update.story.author_id, update.recipient_id) or actor.has_perm(
        "verification.change_storyupdate"
    )


@transaction.atomic
def tick_off(*, actor: User, update: StoryUpdate, now: datetime) -> StoryUpdate:
    """The story says it now. Ticking twice changes nothing.

    Raises PermissionDenied, and ValidationError where a later verdict has taken its place.
    """
    update = _read(actor, update)
    if update.done_at is not None:
        return update
    _check_latest(update)
    update.done_at, update.done_by = now, actor
    update.save(update_fields=["done_at", "done_by"])
    _write_down(actor, "story updated", update, now)
    return update


@transaction.atomic
def untick(*, actor: User, update: StoryUpdate, now: datetime) -> StoryUpdate:
    """Takes a tick back: the story is to be updated after all. Raises as `tick_off` does."""
    update = _read(actor, update)
    if update.done_at is None:
        return update
    _check_latest(update)
    update.done_at = update.done_by = None
    update.save(update_fields=["done_at", "done_by"])
    _write_down(actor, "story not updated", update, now)
    return update


def _read(actor: User, update: StoryUpdate) -> StoryUpdate:
    allow(actor, "view_storyupdate")
    ledger.hold()
    update = (
        StoryUpdate.objects.select_for_update(of=("self",))
        .select_related("story__claim", "verdict")
        .get(pk=update.pk)
    )
    if not may_tick(actor, update):
        raise PermissionDenied(
            _("The story’s author ticks it off, whoever was told of it, or an editor.")
        )
    return update


def _check_latest(update: StoryUpdate) -> None:
    if StoryUpdate.objects.filter(story=update.story_id, pk__gt=update.pk).exists():
        raise ValidationError(
            _("A later verdict has landed on this claim: see what it asks of the story.")
        )


def _write_down(actor: User, action: str, update: StoryUpdate, now: datetime) -> None:
    story = update.story
    ledger.append(
        actor=actor,
        action=action,
        claim=story.claim,
        now=now,
        content={
            "title": story.title,
            "url": story.url,
            "outcome": update.verdict.outcome,
        },
    )
