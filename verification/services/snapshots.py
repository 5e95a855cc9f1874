"""What a source printed when its page was read, kept with its report, and what was changed since.

A page is fetched outside any transaction; what it says is recorded in one, with an entry of the
ledger that has the text's hash and never the text. What is fetched is compared with what was
fetched from the same address before: pasted text may be a part of the page, so it is kept as it is
and compared with nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from verification.domain import edits
from verification.domain.edits import NOTHING, Edit
from verification.models import Claim, Report, Rereading, Snapshot, User
from verification.models.choices import KeptHow, ReadFault
from verification.models.snapshot import TITLE_MAX
from verification.services import intake, ledger, readings, turns
from verification.services.articlepages import Article
from verification.services.connecting import UnreadError
from verification.services.drafts import one_line
from verification.services.errors import allow


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a report's page: its first reading, the last one, and every edit seen.

    Edits come newest first. None of the rows has its text loaded.
    """

    first: Snapshot
    latest: Snapshot
    edits: tuple[Snapshot, ...]

    @property
    def touching(self) -> Snapshot | None:
        """The newest edit of what the claim stands on: the one that readers are told of.

        A line that the page shows to subscribers is no reason to accuse anybody in public.
        """
        return next((row for row in self.edits if row.touches_claim), None)


@transaction.atomic
def keep(*, actor: User, report: Report, article: Article, now: datetime) -> Snapshot:
    """Keeps the text of the article that a report was logged from, fetched or pasted.

    It was fetched where it says when it was read. Nothing is fetched here. Raises ValidationError
    for `text`, where there is none; Conflict where the report was withdrawn; PermissionDenied.
    """
    allow(actor, "add_report")
    if not article.text.strip():
        raise ValidationError({"text": _("There is no text to keep.")})
    found = _record(actor, report, article, article.read_at or now, now, again=False)
    readings.begin(report, now)
    return found


def reread(*, actor: User | None, report: Report, now: datetime) -> Snapshot:
    """Reads a report's page, and keeps its text if that is new. Never call it in a transaction.

    Without an actor it is the tracker that reads. Raises ValidationError for `url` (an UnreadError
    where the page could not be read, which is noted); Conflict where the report was withdrawn
    meanwhile; PermissionDenied.
    """
    if actor is not None:
        allow(actor, "change_report")
    if not report.url:
        raise ValidationError({"url": _("This report has no address.")})
    if actor is not None:
        intake.count_page(actor)
        readings.take(report, now)
    try:
        article = intake.page_at(report.url)
        return _record(actor, report, article, now, now, again=True)
    except UnreadError as error:
        readings.went_wrong(report, error.fault, now)
        raise


def of_claim(claim: Claim) -> dict[int, Reading]:
    """What is known of the pages of a claim's reports, by report, in one query."""
    rows = defaultdict(list)
    kept = Snapshot.objects.filter(report__claim=claim).select_related("report").defer("text")
    for row in kept.order_by("id"):
        # After the address was amended it is about another page.
        if row.asked_url == row.report.url:
            rows[row.report_id].append(row)
    return {
        report: Reading(
            first=next((row for row in found if row.how == KeptHow.FETCHED), found[0]),
            latest=max(found, key=lambda row: (row.last_read_at, row.pk)),
            edits=tuple(row for row in reversed(found) if row.edited),
        )
        for report, found in rows.items()
    }


def failing(claim: Claim) -> dict[int, Rereading]:
    """Which pages of a claim could not be read the last time, by report."""
    rows = Rereading.objects.filter(report__claim=claim).exclude(last_error="")
    return {row.report_id: row for row in rows}


def _record(
    actor: User | None,
    report: Report,
    article: Article,
    read_at: datetime,
    now: datetime,
    *,
    again: bool,
) -> Snapshot:
    """Keeps the text as a new row, or notes on the row before that nothing has changed."""
    how = KeptHow.PASTED if article.read_at is None else KeptHow.FETCHED
    text = article.text.replace("\0", "")[: edits.TEXT_MAX]
    digest = sha256(text.encode("utf-8", errors="replace")).hexdigest()
    while True:
        last = _last(report, how)
        # Compared before the chain is held: a long text takes its time.
        edit = _edit(report, last, text, digest) if how == KeptHow.FETCHED else NOTHING
        with transaction.atomic():
            ledger.hold()
            claim = Claim.objects.get(pk=report.claim_id)
            report = turns.still_there(claim, claim.reports, report)
            newest = _last(report, how)
            if (newest and newest.pk) != (last and last.pk):
                # Somebody else has read it meanwhile.
                continue
            if again and edit.curtailed:
                break
            if last is not None and (last.sha256 == digest or _unchanged(how, edit)):
                if how == KeptHow.FETCHED:
                    readings.went_well(report, now, changed=False)
                Snapshot.objects.filter(pk=last.pk, last_read_at__lt=read_at).update(
                    last_read_at=read_at
                )
                last.last_read_at = max(last.last_read_at, read_at)
                return last
            row = Snapshot.objects.create(
                report=report,
                how=how,
                asked_url=report.url,
                url=article.url if how == KeptHow.FETCHED else "",
                title=one_line(article.title)[:TITLE_MAX],
                text=text,
                sha256=digest,
                size=article.size or len(text.encode("utf-8", errors="replace")),
                read_at=read_at,
                last_read_at=read_at,
                edited=edit.material,
                touches_claim=edit.touches,
                quote_before=one_line(edit.before),
                quote_after=one_line(edit.after),
            )
            _write_down(actor, row, last, now)
            if how == KeptHow.FETCHED:
                readings.went_well(report, now, changed=row.edited)
            return row
    raise UnreadError(ReadFault.CURTAILED)


def _last(report: Report, how: KeptHow) -> Snapshot | None:
    return report.snapshots.filter(how=how, asked_url=report.url).order_by("-id").first()


def _edit(report: Report, last: Snapshot | None, text: str, digest: str) -> Edit:
    if last is None or last.sha256 == digest:
        return NOTHING
    return edits.compare(last.text, text, statement=report.claim.statement, hedge=report.hedge)


def _unchanged(how: KeptHow, edit: Edit) -> bool:
    return how == KeptHow.FETCHED and not edit.material


def _write_down(actor: User | None, row: Snapshot, last: Snapshot | None, now: datetime) -> None:
    content: dict[str, object] = {
        "source": row.report.source,
        "url": row.asked_url,
        "how": row.how,
        "sha256": row.sha256,
    }
    if row.edited and last is not None:
        content |= {"before_sha256": last.sha256, "touches_claim": row.touches_claim}
    ledger.append(
        actor=actor,
        action="page changed" if row.edited else "page kept",
        claim=row.report.claim,
        now=now,
        content=content,
    )
