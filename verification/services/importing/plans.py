"""A claim of a file, read and typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from verification.domain import evidencelines
from verification.models import Claim, Source, User
from verification.models.choices import Basis, Certainty, ClaimOutcome, Precision, Stance
from verification.services.claimfields import CLAIM_FIELDS, EVIDENCE_FIELDS, REPORT_FIELDS, Row
from verification.services.drafts import (
    Checks,
    DeadlineDraft,
    EvidenceDraft,
    Problems,
    ReportDraft,
    one_line,
)
from verification.services.importing.naming import Names
from verification.services.importing.values import Reader, shown

#: What an object of each kind may have.
ROW_FIELDS = frozenset((*CLAIM_FIELDS, "reports"))
REPORT_KNOWN, EVIDENCE_KNOWN = frozenset(REPORT_FIELDS), frozenset(EVIDENCE_FIELDS)
#: Stands for a deadline that could not be read while the rest is checked: it is in nothing's way.
NO_DAY = date(1900, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A claim of a file, read and typed; what it says is checked by the services.

    What could not be read is in `checks`, by the names of the file, and something harmless stands
    in its place: so all the rest can be checked in the same round.
    """

    slug: str
    statement: str
    criteria: str
    language: str
    beat: str
    deadline: DeadlineDraft
    public: bool
    assignee: User | None
    reports: list[ReportDraft]
    outcome: str
    outcome_date: date | None
    rationale: str
    evidence: list[EvidenceDraft]
    #: The addresses among the evidence that came without a title, and go by their host.
    untitled: frozenset[str] = frozenset()
    #: The places of the reports that could not be read, among `reports`.
    unread: frozenset[int] = frozenset()
    checks: Checks = field(default_factory=Checks)
    #: What is read otherwise than it is written, by the names of the file.
    notes: Problems = field(default_factory=dict)

    def known(self) -> Claim | None:
        """The claim that is there already."""
        if self.slug:
            return Claim.objects.filter(slug=self.slug).first()
        beat = one_line(self.beat)
        return (
            Claim.objects.filter(statement=one_line(self.statement))
            .filter(Q(beat__slug=beat) | Q(beat__name__iexact=beat))
            .order_by("id")
            .first()
        )


def read_claim(row: Row, names: Names) -> Plan:
    """Reads one claim. Sources that it names are made where the actor may.

    Raises ValidationError with every wrong field.
    """
    plan = planned(row, names)
    plan.checks.done()
    return plan


def planned(row: Row, names: Names) -> Plan:
    """The same, with every wrong field noted in the plan's `checks`."""
    read = Reader(row, ROW_FIELDS, names)
    deadline = read.day("deadline", required=True)
    fields: dict[str, Any] = {
        "slug": read.text("id"),
        "statement": read.text("statement"),
        "criteria": read.text("criteria"),
        "language": read.text("language").lower() or "en",
        "beat": read.text("beat"),
        "public": read.truth("public", default=True),
        "assignee": read.user("assignee"),
        "outcome": read.choice("outcome", ClaimOutcome),
        "outcome_date": read.day("outcome_date"),
        "rationale": read.text("rationale"),
    }
    texts = {
        "text": read.text("deadline_text"),
        "precision": read.choice("deadline_precision", Precision, "day"),
        "basis": read.choice("deadline_basis", Basis, "newsroom"),
    }
    drafts = [_report(entry, deadline or NO_DAY) for entry in read.entries("reports", REPORT_KNOWN)]
    evidence = [_evidence(entry) for entry in read.entries("evidence", EVIDENCE_KNOWN)]
    untitled = frozenset(draft.url for draft, titled in evidence if draft.url and not titled)
    for url in sorted(untitled):
        read.note(
            "evidence",
            _("“%(url)s” has no title: it goes by its host, “%(host)s”, until somebody names it.")
            % {"url": shown(url), "host": evidencelines.host_title(url)},
        )
    return Plan(
        deadline=DeadlineDraft(day=deadline or NO_DAY, **texts),
        reports=[draft for draft, _read in drafts],
        unread=frozenset(place for place, (_draft, whole) in enumerate(drafts) if not whole),
        evidence=[draft for draft, _titled in evidence],
        untitled=untitled,
        checks=read.checks,
        notes=read.notes,
        **fields,
    )


def _evidence(entry: Reader) -> tuple[EvidenceDraft, bool]:
    """A piece of evidence, and whether it has a title: left out, the host is its title."""
    url, title = entry.text("url"), entry.text("title")
    titled = "title" in entry.row
    if not titled:
        title = evidencelines.host_title(url)
    return EvidenceDraft(title=title, url=url, published_on=entry.day("published")), titled


def _report(entry: Reader, day: date) -> tuple[ReportDraft, bool]:
    """A report, and whether all of it that is needed could be read; `day` stands for no day."""
    # A row that only says something else of its claim is no report that lacks its fields.
    required = not entry.contradicts or any(entry.row.get(name) for name in REPORT_FIELDS)
    published = entry.day("published", required=required)
    source, via = _whose(entry, required=required)
    draft = ReportDraft(
        # One that nothing else has: two of them are not the same source.
        source=source or Source(pk=-1 - entry.place),
        via=via,
        published_on=published or day,
        url=entry.address("url"),
        author=entry.text("author"),
        headline=entry.text("headline"),
        stance=entry.choice("stance", Stance, "asserts"),
        certainty=entry.choice("certainty", Certainty),
        hedge=entry.text("hedge"),
    )
    return draft, bool(published and source)


def _whose(entry: Reader, *, required: bool) -> tuple[Source | None, Source | None]:
    """Whose report it is, and whom it credits: nobody where it credits its own source."""
    via = entry.text("via")
    if not via:
        return entry.source("source", required=required), None
    name = entry.text("source")
    own = entry.names.itself(name, via) if name else ""
    if not own:
        return entry.source("source", required=required), entry.named(via, "via")
    entry.note(
        "via",
        _("“%(source)s” credits itself here (“%(via)s”): this is read as a report of its own.")
        % {"source": one_line(name), "via": one_line(via)},
    )
    return entry.named(own, "source"), None
