"""Reading the rows of a claims file: typed, with every wrong field named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from verification.domain import writtendays
from verification.models import Beat, Claim, Report, Source, User
from verification.services import sources
from verification.services.claimfields import (
    CLAIM_FIELDS,
    COLUMNS,
    EVIDENCE_FIELDS,
    REPORT_FIELDS,
    Row,
    TableRow,
)
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

#: What the services call a field, and how the file does.
FILE_NAMES = {"slug": "id", "published_on": "published", "became_known_on": "outcome_date"}
#: What a file says for true and false; a spreadsheet in French has words of its own.
TRUTHS = {"true": True, "1": True, "vrai": True, "false": False, "0": False, "faux": False}
#: Characters of a value that are shown in a message.
SHOWN = 200
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
    #: The places of the reports that could not be read, among `reports`.
    unread: frozenset[int] = frozenset()
    checks: Checks = field(default_factory=Checks)

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
    drafts = [_report(entry, deadline or NO_DAY) for entry in read.entries("reports", REPORT_KNOWN)]
    evidence = [
        EvidenceDraft(
            title=entry.text("title"), url=entry.text("url"), published_on=entry.day("published")
        )
        for entry in read.entries("evidence", EVIDENCE_KNOWN)
    ]
    return Plan(
        deadline=DeadlineDraft(day=deadline or NO_DAY, **texts),
        reports=[draft for draft, _read in drafts],
        unread=frozenset(place for place, (_draft, whole) in enumerate(drafts) if not whole),
        evidence=evidence,
        checks=read.checks,
        **fields,
    )


def file_name(name: str) -> str:
    """A field as the file calls it: `reports.0.published_on` is `reports.0.published` there."""
    return ".".join(FILE_NAMES.get(part, part) for part in name.split("."))


def _report(entry: Reader, day: date) -> tuple[ReportDraft, bool]:
    """A report, and whether all of it that is needed could be read; `day` stands for no day."""
    # A row that only says something else of its claim is no report that lacks its fields.
    required = not entry.contradicts or any(entry.row.get(name) for name in REPORT_FIELDS)
    published = entry.day("published", required=required)
    source = entry.source("source", required=required)
    draft = ReportDraft(
        # One that nothing else has: two of them are not the same source.
        source=source or Source(pk=-1 - entry.place),
        via=entry.source("via"),
        published_on=published or day,
        url=entry.address("url"),
        author=entry.text("author"),
        headline=entry.text("headline"),
        stance=entry.text("stance") or "asserts",
        certainty=entry.text("certainty"),
        hedge=entry.text("hedge"),
    )
    return draft, bool(published and source)


class Reader:
    """Reads the values of one object by type and notes what is wrong with each."""

    def __init__(
        self,
        row: Row,
        known: frozenset[str],
        names: Names,
        whole: Reader | None = None,
        prefix: str = "",
        place: int = 0,
    ) -> None:
        self.row = row
        self.names = names
        self.checks: Checks = whole.checks if whole else Checks()
        self.prefix, self.place = prefix, place
        self.contradicts = False
        if not row.keys() <= known:
            for name in row.keys() - known:
                self._unknown(name, whole.row if whole else row)

    def _unknown(self, name: str, claim: Row) -> None:
        """Notes a field that is none; of a table, one of the claim's in which its rows differ."""
        if isinstance(claim, TableRow) and claim is not self.row and name in CLAIM_FIELDS:
            self.contradicts = True
            self.wrong(
                name,
                _("Here is “%(said)s”, and in row %(row)s “%(kept)s”: a claim has one.")
                % {
                    "said": shown(self.row[name]),
                    "row": claim.said_in.get(name, claim.first),
                    "kept": shown(claim.get(name)),
                },
            )
            return
        like = get_close_matches(name.lower(), COLUMNS, n=1)
        self.wrong(
            name,
            _("There is no such field. Did you mean “%(like)s”?") % {"like": like[0]}
            if like
            else _("There is no such field."),
        )

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
            meant = list(writtendays.readings(value).values())
        if len(meant) == 1:
            return meant[0]
        if meant:
            self.wrong(
                name,
                _("“%(value)s” may be %(first)s or %(second)s: write it as one of these.")
                % {"value": value, "first": meant[0], "second": meant[1]},
            )
        else:
            self.wrong(
                name, _("“%(value)s” is not a day. Enter one as 2026-03-31.") % {"value": value}
            )
        return None

    def truth(self, name: str, *, default: bool) -> bool:
        """True or false."""
        value = self.text(name).lower()
        if value and value not in TRUTHS:
            self.wrong(name, _("This takes true or false."))
        return TRUTHS.get(value, default)

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
            yield Reader(item, known, self.names, self, f"{self.prefix}{name}.{index}.", index)


def shown(value: object) -> str:
    """A value of a file as it is quoted in a message: cut where it is long."""
    text = one_line(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
