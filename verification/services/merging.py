"""Merging a source that was logged twice into the one that stays."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from verification.domain.names import folded
from verification.models import Claim, Position, Report, Source, User
from verification.services import figures, ledger, records, sourcenames, turns
from verification.services.boards import Figures
from verification.services.errors import allow
from verification.services.figures import Scope


@dataclass(slots=True, kw_only=True)
class Moves:
    """What goes over to the source that stays."""

    #: Claims on which the merged source held a position, and those of them on which both did.
    positions: int
    both: int
    #: Reports that go over, and those of them that were logged under both and are kept once.
    reports: int = 0
    twice: int = 0
    #: Reports in which one of the two credited the other: nobody passes on himself.
    origins: int = 0
    #: Reports of others that credit the merged source.
    credits: int = 0
    aliases: list[str] = field(default_factory=list)
    domains: list[str] = field(default_factory=list)
    #: Those who belong to the merged source, by name.
    reporters: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Effect:
    """The desk's records of the two before a merge, and of the one after it; and what moves."""

    source: Figures
    into: Figures
    merged: Figures
    moves: Moves

    @property
    def records(self) -> tuple[Figures, Figures, Figures]:
        """The three in this order."""
        return (self.source, self.into, self.merged)


def preview(*, actor: User, source: Source, into: Source, now: datetime) -> Effect:
    """What a merge would do to the records. It is done and undone; nothing is kept.

    Raises what `merge` raises.
    """
    with transaction.atomic():
        scope = Scope(internal=True)
        before = figures.board(scope, now=now)
        moves = _merge(actor, source, into, now)
        after = figures.board(scope, now=now)
        transaction.set_rollback(True)
    return Effect(
        source=before.figures(source.pk),
        into=before.figures(into.pk),
        merged=after.figures(into.pk),
        moves=moves,
    )


@transaction.atomic
def merge(*, actor: User, source: Source, into: Source, now: datetime) -> Source:
    """Makes everything that was logged of `source` the record of `into`, and returns that.

    On a claim that both had reported, the earlier report fixes the position, as it would have with
    one source from the start. A report logged under both is kept once. A report that credited the
    other of the two becomes an origin: nobody passes on himself. Aliases and domains go over; the
    merged source keeps its slug and name, so that they lead to the one that stays. Costs with the
    claims that `source` reported.

    Raises ValidationError for `into`, PermissionDenied.
    """
    _merge(actor, source, into, now)
    return Source.objects.get(pk=into.pk)


def _merge(actor: User, source: Source, into: Source, now: datetime) -> Moves:
    allow(actor, "merge_source")
    ledger.hold()
    source, into = (Source.objects.get(pk=row.pk) for row in (source, into))
    _check(source, into)
    held = Position.objects.filter(source=source)
    moves = Moves(
        positions=held.count(),
        both=held.filter(Exists(into.positions.filter(claim=OuterRef("claim")))).count(),
        reporters=list(source.reporters.exclude(pk=into.pk).values_list("name", flat=True)),
    )
    claims = Claim.objects.filter(Q(reports__source=source) | Q(reports__via=source)).distinct()
    count = 0
    for claim in claims.select_related("verdict", "beat").order_by("id"):
        turns.take(claim)
        _move(claim, source, into, moves)
        count += 1
    source.reporters.exclude(pk=into.pk).update(outlet=into)
    _move_names(source, into, moves)
    source.merged.update(merged_into=into)
    source.merged_into = into
    source.save(update_fields=["merged_into"])
    records.touch()
    content = {"slug": source.slug, "into": into.slug, "claims": count}
    names = {"aliases": moves.aliases, "domains": moves.domains}
    ledger.append(
        actor=actor,
        action="sources merged",
        now=now,
        content=content | {name: moved for name, moved in names.items() if moved},
    )
    return moves


def _check(source: Source, into: Source) -> None:
    if source == into:
        raise ValidationError({"into": _("A source cannot be merged into itself.")})
    if source.merged_into_id or into.merged_into_id:
        gone = source if source.merged_into_id else into
        raise ValidationError({"into": _("%(name)s was merged already.") % {"name": gone}})
    if into.outlet_id == source.pk:
        raise ValidationError(
            {"into": _("%(name)s belongs to this source as a reporter.") % {"name": into}}
        )


def _move_names(source: Source, into: Source, moves: Moves) -> None:
    """Moves aliases and domains. What was another name of the one is that of the other now."""
    source.aliases.filter(folded=folded(into.name)).delete()
    moves.aliases = sourcenames.aliases_of(source)
    moves.domains = sourcenames.domains_of(source)
    source.aliases.update(source=into)
    source.domains.update(source=into)


def _move(claim: Claim, source: Source, into: Source, moves: Moves) -> None:
    """Moves the reports of one claim, in the turn that was taken on it."""
    moves.reports += claim.reports.filter(source=source).count()
    for twice in _logged_under_both(claim, source, into):
        # Settled before: a report takes its position with it when it goes.
        records.settle(claim, without=twice)
        twice.delete()
        moves.twice += 1
    reports = Report.objects.filter(claim=claim)
    pair = [source.pk, into.pk]
    moves.origins += reports.filter(source__in=pair, via__in=pair).update(via=None)
    reports.filter(source=source).update(source=into)
    moves.credits += reports.filter(via=source).update(via=into)
    records.settle(claim)


def _logged_under_both(claim: Claim, source: Source, into: Source) -> list[Report]:
    """Of each pair of reports with one address (or none, and one day), the later one."""
    kept: dict[tuple[str, object], Report] = {}
    twice = []
    for report in claim.reports.filter(source__in=[source, into]).order_by("published_on", "id"):
        key = (report.url, None if report.url else report.published_on)
        if key in kept:
            twice.append(report)
        else:
            kept[key] = report
    return twice
