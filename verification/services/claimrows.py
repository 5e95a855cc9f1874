"""Reading the rows of a claims file: typed, with every wrong field named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from verification.models import Beat, Claim, Report, Source, User
from verification.services import sources
from verification.services.claimfile import CLAIM_FIELDS, EVIDENCE_FIELDS, REPORT_FIELDS, Row
from verification.services.drafts import (
    Checks,
    DeadlineDraft,
    EvidenceDraft,
    ReportDraft,
    one_line,
)

#: What an object of each kind may have.
ROW_FIELDS = frozenset((*CLAIM_FIELDS, "reports"))
REPORT_KNOWN, EVIDENCE_KNOWN = frozenset(REPORT_FIELDS), frozenset(EVIDENCE_FIELDS)
_ADDRESS = Report._meta.get_field("url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A claim of a file, read and typed; what it says is checked by the services."""

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


class Names:
    """What the names in a file stand for, each looked up by itself."""

    def __init__(self, actor: User, now: datetime) -> None:
        self.actor, self.now = actor, now

    def source(self, name: str, field: str) -> Source:
        """A source by slug or name; an unknown one is made, where the actor may."""
        return sources.source_named(actor=self.actor, name=name, now=self.now, field=field)

    def beat(self, name: str) -> Beat:
        """A beat by slug or name; an unknown one is made, where the actor may."""
        return sources.beat_named(actor=self.actor, name=name, now=self.now)

    def user(self, name: str) -> User | None:
        """A user of the desk by user name."""
        return User.objects.filter(username=name).first()


def read_claim(row: Row, names: Names) -> Plan:
    """Reads one claim. Sources that it names are made where the actor may.

    Raises ValidationError with every wrong field.
    """
    read = Reader(row, ROW_FIELDS, names)
    deadline = read.day("deadline", required=True)
    fields: dict[str, Any] = {
        "slug": read.text("id"),
        "statement": read.text("statement"),
        "criteria": read.text("criteria"),
        "language": read.text("language") or "en",
        "beat": read.text("beat"),
        "public": read.truth("public", default=True),
        "assignee": read.user("assignee"),
        "outcome": read.text("outcome"),
        "outcome_date": read.day("outcome_date"),
        "rationale": read.text("rationale"),
    }
    texts = {
        "text": read.text("deadline_text"),
        "precision": read.text("deadline_precision") or "day",
        "basis": read.text("deadline_basis") or "newsroom",
    }
    reports = [_report(entry) for entry in read.entries("reports", REPORT_KNOWN)]
    evidence = [
        EvidenceDraft(
            title=entry.text("title"), url=entry.text("url"), published_on=entry.day("published")
        )
        for entry in read.entries("evidence", EVIDENCE_KNOWN)
    ]
    read.done()
    assert deadline is not None  # noqa: S101  `done` has raised where it is missing
    return Plan(
        deadline=DeadlineDraft(day=deadline, **texts),
        reports=[draft for draft in reports if draft],
        evidence=evidence,
        **fields,
    )


def _report(entry: Reader) -> ReportDraft | None:
    published = entry.day("published", required=True)
    source = entry.source("source", required=True)
    via = entry.source("via")
    if published is None or source is None:
        return None
    return ReportDraft(
        source=source,
        via=via,
        published_on=published,
        url=entry.address("url"),
        author=entry.text("author"),
        headline=entry.text("headline"),
        stance=entry.text("stance") or "asserts",
        certainty=entry.text("certainty"),
        hedge=entry.text("hedge"),
    )


class Reader:
    """Reads the values of one object by type and notes what is wrong with each."""

    def __init__(
        self,
        row: Row,
        known: frozenset[str],
        names: Names,
        checks: Checks | None = None,
        prefix: str = "",
    ) -> None:
        self.row = row
        self.names = names
        self.checks = checks or Checks()
        self.prefix = prefix
        if not row.keys() <= known:
            for name in row.keys() - known:
                self.wrong(name, _("There is no such field."))

    def wrong(self, name: str, message: str) -> None:
        """Notes one problem."""
        self.checks.add(self.prefix + name, message)

    def done(self) -> None:
        """Raises if anything was wrong."""
        self.checks.done()

    def text(self, name: str) -> str:
        """A string; null is empty."""
        value = self.row.get(name)
        if value is None:
            return ""
        if isinstance(value, (dict, list)):
            self.wrong(name, _("This takes a text."))
            return ""
        text = str(value).strip()
        return text if self.checks.text(self.prefix + name, text) else ""

    def texts(self, name: str) -> list[str]:
        """A list of texts; in a table they stand in one cell, with semicolons between them."""
        value = self.row.get(name)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return [item.strip() for item in value if item.strip()]
        return [item.strip() for item in self.text(name).split(";") if item.strip()]

    def address(self, name: str) -> str:
        """An address as it is kept, so that it can be compared with those that are."""
        return _ADDRESS.to_python(self.text(name)) or ""

    def day(self, name: str, *, required: bool = False) -> date | None:
        """A day as 2026-03-31."""
        value = self.text(name)
        if not value:
            if required:
                self.wrong(name, _("Enter a day, as 2026-03-31."))
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.wrong(
                name, _("“%(value)s” is not a day. Enter one as 2026-03-31.") % {"value": value}
            )
            return None

    def truth(self, name: str, *, default: bool) -> bool:
        """True or false."""
        value = self.text(name).lower()
        if value not in {"", "true", "false", "1", "0"}:
            self.wrong(name, _("This takes true or false."))
        return default if not value else value in {"true", "1"}

    def user(self, name: str) -> User | None:
        """A user of the desk by user name."""
        value = self.text(name)
        user = self.names.user(value) if value else None
        if value and user is None:
            self.wrong(name, _("There is no user “%(value)s”.") % {"value": value})
        return user

    def source(self, name: str, *, required: bool = False) -> Source | None:
        """A source by slug or name, made where it is unknown and the actor may."""
        value = self.text(name)
        if not value and not required:
            return None
        try:
            return self.names.source(value, name)
        except ValidationError as error:
            for problem in error.message_dict.values():
                self.wrong(name, " ".join(problem))
            return None

    def entries(self, name: str, known: frozenset[str]) -> Iterator[Reader]:
        """The objects of a list."""
        value = self.row.get(name)
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.wrong(name, _("This takes a list of objects."))
            return
        for index, item in enumerate(value):
            yield Reader(item, known, self.names, self.checks, f"{self.prefix}{name}.{index}.")
