"""Several claims at a time, as an article gives them: all of them come in, or none does.

What was chosen on one page is one change. An entry is a new claim, or reports for one that is
there already; sources and beats are named, and made where the actor may.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from verification.models import Claim, IdempotentRequest, Report, Source, User
from verification.services import claims, excerpts, ledger, once, pageoutlet, snapshots, sources
from verification.services.articlepages import Article
from verification.services.drafts import Checks, DeadlineDraft, ReportDraft, one_line
from verification.services.errors import allow
from verification.services.reports import add_report

#: What became of an entry: a claim was logged; its reports were added to another one; all of them
#: were there already.
Became = Literal["logged", "added", "there"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedReport:
    """A report whose sources are given by slug or name."""

    source: str
    published_on: date
    via: str = ""
    url: str = ""
    author: str = ""
    headline: str = ""
    stance: str = "asserts"
    certainty: str = ""
    hedge: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClaim:
    """A claim to be logged, its beat by slug or name, and the sentence that it comes from."""

    statement: str
    beat: str
    deadline: DeadlineDraft
    criteria: str = ""
    language: str = "en"
    public: bool = True
    assignee: User | None = None
    reports: Sequence[NamedReport] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Reports for a claim that is logged already, by its key."""

    claim: int
    reports: Sequence[NamedReport]
    sentence: str = ""


Entry = NewClaim | Addition


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an entry: of this submission, or (`before`) of an earlier one of its key."""

    claim: Claim
    became: Became
    reports: int
    before: bool = False


@transaction.atomic
def log_all(
    *,
    actor: User,
    entries: Sequence[Entry],
    keys: Sequence[str],
    now: datetime,
    article: Article | None = None,
) -> list[Done]:
    """Logs all entries in one transaction, each at most once for its key, and says what became.

    An entry whose key was used is left as it was done then. The text of the `article` from which
    they come is kept with every new report of its address, and each sentence is known again by its
    hash. Raises ValidationError with the faults
    of all entries (`0.statement`, `1.reports.0.url`), and PermissionDenied; nothing is kept then.
    """
    allow(actor, "add_claim")
    if any(isinstance(entry, Addition) for entry in entries):
        allow(actor, "add_report")
    ledger.hold()
    checks = Checks()
    done: list[Done] = []
    for number, (entry, key) in enumerate(zip(entries, keys, strict=True)):
        row = once.remember(actor=actor, key=key, fingerprint="", now=now)
        if row.status is not None:
            done.append(_before(row))
            continue
        try:
            # A fault undoes this entry alone, so that the next ones are looked at as well.
            with transaction.atomic():
                made, reports = _do(entry, actor, now)
                _keep_text(article, reports, actor, now)
                url = article.url if article else ""
                excerpts.note(made.claim, sentence=entry.sentence, url=url)
        except ValidationError as error:
            _note(checks, error, f"{number}.")
            continue
        _remember(row, made)
        done.append(made)
    checks.done()
    return done


def done_under(*, actor: User, prefix: str) -> list[Done]:
    """What the actor's entries came to whose keys begin so, in the order of their logging."""
    rows = list(
        IdempotentRequest.objects.filter(
            user=actor, key__startswith=prefix, status__isnull=False
        ).order_by("id")
    )
    kept = [json.loads(row.body) for row in rows]
    found = Claim.objects.select_related("beat", "assignee", "logged_by").in_bulk(
        [one["claim"] for one in kept]
    )
    return [
        Done(found[one["claim"]], one["became"], one["reports"], before=True)
        for one in kept
        if one["claim"] in found
    ]


def _do(entry: Entry, actor: User, now: datetime) -> tuple[Done, list[Report]]:
    """Does one entry: what became of it, and the reports that are new."""
    checks = Checks()
    drafts = _drafts(entry.reports, actor, now, checks)
    if isinstance(entry, Addition):
        standing = Claim.objects.filter(pk=entry.claim).first()
        if standing is None:
            checks.add("into", _("This claim is not there any more."))
            raise ValidationError(dict(checks.problems))
        checks.done()
        return _add(standing, drafts, actor, now)
    try:
        beat = sources.beat_named(actor=actor, name=entry.beat, now=now)
    except ValidationError as error:
        _note(checks, error)
        raise ValidationError(dict(checks.problems)) from error
    checks.done()
    claim = claims.log(
        actor=actor,
        statement=entry.statement,
        criteria=entry.criteria,
        language=entry.language,
        beat=beat,
        deadline=entry.deadline,
        public=entry.public,
        assignee=entry.assignee,
        reports=drafts,
        now=now,
    )
    return Done(claim, "logged", len(drafts)), list(claim.reports.all())


def _add(
    claim: Claim, drafts: list[ReportDraft], actor: User, now: datetime
) -> tuple[Done, list[Report]]:
    """Adds those reports that the claim does not have yet."""
    known = list(claim.reports.all())
    added: list[Report] = []
    for place, draft in enumerate(drafts):
        if any(_is_there(draft, row) for row in (*known, *added)):
            continue
        try:
            added.append(add_report(actor=actor, claim=claim, draft=draft, now=now))
        except ValidationError as error:
            raise ValidationError(
                {f"reports.{place}.{name}": said for name, said in error.message_dict.items()}
            ) from error
    return Done(claim, "added" if added else "there", len(added)), added


def _keep_text(
    article: Article | None, reports: Sequence[Report], actor: User, now: datetime
) -> None:
    """Keeps what the page said with the reports of its address."""
    if article is None or not article.text.strip() or not article.url:
        return
    address = _address(article.url)
    for report in reports:
        # To keep a text takes the permission to add a report, which who logs a claim may lack.
        if report.url == address and actor.has_perm("verification.add_report"):
            snapshots.keep(actor=actor, report=report, article=article, now=now)


def _address(url: str) -> str:
    """An address as it is kept."""
    return Report._meta.get_field("url").to_python(url) or ""


def _is_there(draft: ReportDraft, row: Report) -> bool:
    """Whether the row is the draft's report; without an address, any earlier one of its source."""
    if draft.source.pk != row.source_id:
        return False
    address = _address(draft.url)
    if address:
        return bool(address == row.url)
    return bool(row.published_on <= draft.published_on)


def _drafts(
    reports: Sequence[NamedReport], actor: User, now: datetime, checks: Checks
) -> list[ReportDraft]:
    """The reports with their sources; what is wrong with a name is told in `checks`."""
    drafts = []
    for place, report in enumerate(reports):
        named = {"source": report.source} | ({"via": report.via} if one_line(report.via) else {})
        found: dict[str, Source] = {}
        apart = Checks()
        pageoutlet.check_apart(
            apart, source=report.source, via=report.via, field=f"reports.{place}.via"
        )
        if apart.problems:
            # Before the name of a source is made one.
            checks.problems |= apart.problems
            continue
        for role, name in named.items():
            field = f"reports.{place}.{role}"
            try:
                found[role] = sources.source_named(actor=actor, name=name, now=now, field=field)
            except ValidationError as error:
                _note(checks, error)
        if found.keys() == named.keys():
            same = {name: getattr(report, name) for name in _SAME}
            drafts.append(ReportDraft(source=found["source"], via=found.get("via"), **same))
    return drafts


_SAME = ("published_on", "url", "author", "headline", "stance", "certainty", "hedge")


def _note(checks: Checks, error: ValidationError, prefix: str = "") -> None:
    for name, messages in error.message_dict.items():
        for message in messages:
            checks.add(f"{prefix}{name}", message)


def _before(row: IdempotentRequest) -> Done:
    """What became of an entry whose key was used. Its claim cannot be gone: claims stay."""
    kept = json.loads(row.body)
    claim = Claim.objects.get(pk=kept["claim"])
    return Done(claim, kept["became"], kept["reports"], before=True)


def _remember(row: IdempotentRequest, done: Done) -> None:
    row.status = 200
    row.body = json.dumps({"claim": done.claim.pk, "became": done.became, "reports": done.reports})
    row.save(update_fields=["status", "body"])
