"""The questions that are asked of claims, as verbs that chain in admin, filters and API alike."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import connections, models
from django.db.models import functions
from django.db.models.expressions import RawSQL

from verification import wordindex
from verification.domain import hosts, names, words
from verification.domain.outcomes import UNDECIDED, Outcome, Status

if TYPE_CHECKING:
    from verification.models import Beat, Claim, Source, User  # noqa: F401  (the rows, named in the base class)


#: An article before fewer letters may be the beginning of another word: "la t" is in "Atlanta".
ARTICLE_APART = 4

#: So many rows are taken by their keys, in whatever order is asked for. What is more frequent is
#: found by walking a list in its order: every so many rows there is one, and a page is soon full.
FEW = 5_000


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Claims. `today` is the newsroom's day, `now` an aware instant."""

    def public(self) -> Self:
        """What a reader may see."""
        return self.filter(public=True)

    def undecided(self) -> Self:
        """Open or awaiting a verdict.

        Asked by the missing verdict and not by the empty outcome: the partial indexes say so too,
        and a query with no parameter is sure to be matched with them.
        """
        return self.filter(verdict__isnull=True)

    def decided(self) -> Self:
        """With a verdict, void ones included."""
        return self.filter(verdict__isnull=False)

    def not_void(self) -> Self:
        """All but those that were logged in error or cannot be answered: these count nowhere."""
        return self.exclude(outcome=Outcome.VOID)

    def open(self, today: date) -> Self:
        """Undecided, and the deadline (inclusive) has not passed."""
        return self.undecided().filter(deadline__gte=today)

    def awaiting(self, today: date) -> Self:
        """Undecided although the deadline has passed."""
        return self.undecided().filter(deadline__lt=today)

    def due_between(self, first: date, last: date) -> Self:
        """Undecided with a deadline from `first` to `last`, both inclusive."""
        return self.undecided().filter(deadline__gte=first, deadline__lte=last)

    def due(self, now: datetime) -> Self:
        """Undecided with a reminder stage that is reached, whether anybody was told or not."""
        return self.undecided().filter(next_reminder_at__lte=now).order_by("next_reminder_at", "id")

    def matured(self, today: date) -> Self:
        """The deadline has passed: what can be counted without favouring those that came early."""
        return self.filter(deadline__lt=today)

    def in_hand_of(self, user: User) -> Self:
        """Assigned to the user, or logged by the user and assigned to nobody."""
        return self.filter(
            models.Q(assignee=user) | models.Q(assignee__isnull=True, logged_by=user)
        )

    def with_status(self, status: str, today: date) -> Self:
        """By what a reader is told; an unknown status gives nothing."""
        if status == Status.OPEN:
            return self.open(today)
        if status == Status.AWAITING:
            return self.awaiting(today)
        return self.filter(outcome=status) if status in set(Status) else self.none()

    def with_any_status(self, statuses: Collection[str], today: date) -> Self:
        """By any of several of these.

        Asked of an expression, which no index has: of one index for each outcome, SQLite would
        gather all rows and sort them, where nearly each row of the list's own order will do.
        """
        if len(statuses) == 1:
            return self.with_status(next(iter(statuses)), today)
        decided = set(statuses) - set(UNDECIDED)
        found = models.Q(said__in=decided & set(Status))
        if Status.OPEN in statuses:
            found |= models.Q(said="", deadline__gte=today)
        if Status.AWAITING in statuses:
            found |= models.Q(said="", deadline__lt=today)
        said = functions.Concat("outcome", models.Value(""))
        return self.alias(said=said).filter(found)

    def search(self, text: str) -> Self:
        """Those whose statement and criteria have all words of `text`, the last one perhaps longer.

        Accents, case and punctuation do not matter; nothing in `text` is an operator, and without
        a word in it nothing is narrowed. The index is asked at once where the newest of them is.
        """
        asked = words.question(text)
        if not asked:
            return self
        held = models.Q(words__answers=asked)
        if connections[self.db].vendor == "postgresql":
            # Its planner knows how frequent the words are, and not how long ago they were so.
            return self._from_newest(asked, held)
        if asked.begun:
            # In itself a frequent word, most likely: its list is read from the newest on, and
            # those of all words that begin so would have to be merged first.
            exactly = words.Question((*asked.whole, asked.begun))
            if len(wordindex.newest(exactly, FEW + 1, using=self.db)) > FEW:
                whole = words.Question(asked.whole)
                return self._from_newest(whole, held) if whole else self.filter(held)
        return self._among(wordindex.newest(asked, FEW + 1, using=self.db), held)

    def _from_newest(self, asked: words.Question, held: models.Q) -> Self:
        """Those for which `held` is true, walked from the newest on that answers the question."""
        newest = wordindex.newest_one(asked, using=self.db)
        return self.none() if newest is None else self.filter(held, pk__lte=newest)

    def reported_by(self, sources: Collection[int]) -> Self:
        """Those with a report by one of the sources, which are given by their keys."""
        positions = self._of("positions").filter(source__in=sources)
        found = list(positions.order_by("-claim").values_list("claim", flat=True)[: FEW + 1])
        reported = models.Q(models.Exists(positions.filter(claim=models.OuterRef("pk"))))
        return self._among(found, reported)

    def logged_since(self, moment: datetime) -> Self:
        """Logged at `moment` or after it."""
        rows = self.model._default_manager.filter(logged_at__gte=moment)
        found = list(rows.order_by("-logged_at").values_list("pk", flat=True)[: FEW + 1])
        if len(found) <= FEW:
            return self._with_keys(found)
        return self.filter(logged_at__gte=moment)

    def _among(self, newest: list[int], held: models.Q) -> Self:
        """Those with the keys `newest`, where these are all; else those for which `held` is true.

        No row after the newest one has to be looked at.
        """
        if len(newest) <= FEW:
            return self._with_keys(newest)
        return self.filter(held, pk__lte=newest[0])

    def _with_keys(self, keys: list[int]) -> Self:
        """Those with these keys, as one parameter: thousands of them take longer than the rows."""
        if connections[self.db].vendor == "postgresql":
            return self.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [keys]))
        rows = RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)])
        return self.filter(pk__in=rows)

    def _of(self, name: str) -> models.QuerySet[Any]:
        """Every row of the model behind a relation of claims."""
        rows: models.QuerySet[Any] = self.model._meta.get_field(
            name
        ).related_model._default_manager.using(self.db)  # type: ignore[union-attr]
        return rows


class SourceQuerySet(models.QuerySet["Source"]):
    """Sources."""

    def standing(self) -> Self:
        """Those that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def readable(self) -> Self:
        """Those that a reader may know of: not those that only internal claims name.

        An outlet is known by its reporters, too.
        """
        rows = self.model._meta.get_field("reports").related_model._default_manager
        reports = rows.filter(source=models.OuterRef("pk"))
        credits = rows.filter(via=models.OuterRef("pk"))
        return self.filter(
            models.Exists(reports.filter(claim__public=True))
            | models.Exists(credits.filter(claim__public=True))
            | models.Exists(rows.filter(source__outlet=models.OuterRef("pk"), claim__public=True))
            | (~models.Exists(reports) & ~models.Exists(credits))
        )

    def search(self, text: str) -> Self:
        """Those with `text` in their name, in one of their aliases or in one of their domains.

        Accents, case, spaces and signs do not matter, nor does an article before it.
        """
        aliases = self._of("aliases").filter(held_in_name(text))
        held = held_in_name(text) | models.Q(models.Exists(aliases))
        if "." in text:
            host = (hosts.host_of(text) or text.strip().lower()).removeprefix("www.")
            held |= models.Q(models.Exists(self._of("domains").filter(domain__contains=host)))
        return self.filter(held)

    def _of(self, name: str) -> models.QuerySet[Any]:
        """The rows behind a relation of the source that is looked at."""
        rows = self.model._meta.get_field(name).related_model._default_manager.using(self.db)  # type: ignore[union-attr]
        found: models.QuerySet[Any] = rows.filter(source=models.OuterRef("pk"))
        return found


class BeatQuerySet(models.QuerySet["Beat"]):
    """Beats."""

    def readable(self) -> Self:
        """Those that a reader may know of: not those on which there are internal claims only."""
        rows = self.model._meta.get_field("claims").related_model._default_manager
        claims = rows.filter(beat=models.OuterRef("pk"))
        return self.filter(models.Exists(claims.filter(public=True)) | ~models.Exists(claims))


def held_in_name(text: str) -> models.Q:
    """Asks for `text` within the name of a source, or within that of an alias."""
    pieces = {names.folded(text)} - {""}
    bare = names.bare(text)
    if len(bare) >= ARTICLE_APART:
        pieces.add(bare)
    held = models.Q(name__icontains=text.strip())
    for piece in sorted(pieces):
        held |= models.Q(key__contains=piece)
    return held
