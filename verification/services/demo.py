"""The demo newsroom: real claims, played through the services at the times when they happened.

Every claim is logged on the day of its first report, its later reports on theirs, and decided on
the day when the outcome was known and its evidence stood. So a demo has a history: records can be
asked for as of a past day, and verdicts have a latency. Three internal exercises with deadlines
around today give the desk something to do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from django.contrib.auth.models import Group
from django.db import transaction

from verification import newsroom, roles
from verification.models import Beat, Claim, Source, User
from verification.services import claims, reports, sources, verdicts
from verification.services.claimfields import Row
from verification.services.drafts import ReportDraft
from verification.services.importing.naming import Names
from verification.services.importing.plans import Plan, read_claim

FOLDER = Path(__file__).resolve().parent.parent / "demo"
#: The demo's own logins, on a machine that nobody else can reach.
PASSWORD = "borne-out-demo"  # noqa: S105
#: When in a demo day the things of that day happen.
REPORT_HOUR, VERDICT_HOUR = 11, 17

Step = Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Person:
    """A demo login."""

    username: str
    first_name: str
    last_name: str
    role: str
    language: str


PEOPLE = (
    Person("reporter", "Robin", "Vega", roles.REPORTER, "en"),
    Person("editor", "Emma", "Laurent", roles.EDITOR, "en"),
    Person("managing-editor", "Manon", "Petit", roles.MANAGING_EDITOR, "fr"),
)


class NotEmptyError(Exception):
    """The database has users of its own, so that demo logins have no business in it."""


def seed(*, now: datetime) -> int:
    """Fills an empty database with the demo newsroom, and returns how many claims were logged.

    A second run finds everything in place and logs none. Raises NotEmptyError in a newsroom's own
    database.
    """
    if User.objects.exclude(username__in=[person.username for person in PEOPLE]).exists():
        raise NotEmptyError
    with transaction.atomic():
        people = {person.username: _person(person) for person in PEOPLE}
        chief = people["managing-editor"]
        known = set(Claim.objects.values_list("slug", flat=True))
        rows = [row for row in _claim_rows(newsroom.day(now)) if row["id"] not in known]
        _make_sources(chief, now)
        _make_beats(chief, [row["beat"] for row in rows], now)
        steps = [step for row in rows for step in _steps(row, people, now)]
        # The sort is stable: what happens to one claim at one hour stays in its order.
        for at, step in sorted(steps, key=lambda pair: pair[0]):
            step(at)
    return len(rows)


def _person(person: Person) -> User:
    user = User.objects.filter(username=person.username).first()
    if user is None:
        user = User.objects.create_user(
            username=person.username,
            email=f"{person.username}@newsroom.example",
            password=PASSWORD,
            first_name=person.first_name,
            last_name=person.last_name,
            language=person.language,
            is_staff=True,
        )
        user.groups.add(Group.objects.get(name=person.role))
    return user


def _claim_rows(today: date) -> list[Row]:
    rows: list[Row] = json.loads((FOLDER / "claims.json").read_text(encoding="utf-8"))
    exercises: list[Row] = json.loads((FOLDER / "exercises.json").read_text(encoding="utf-8"))
    for row in exercises:
        row["deadline"] = (today + timedelta(days=row.pop("deadline_in_days"))).isoformat()
    return rows + exercises


def _make_sources(actor: User, now: datetime) -> None:
    known = set(Source.objects.values_list("name", flat=True))
    for row in json.loads((FOLDER / "sources.json").read_text(encoding="utf-8")):
        if row["name"] not in known:
            sources.create_source(
                actor=actor,
                name=row["name"],
                kind=row["kind"],
                homepage=row["homepage"] or "",
                language=row["language"] or "",
                aliases=row.get("aliases", ()),
                domains=row.get("domains", ()),
                now=now,
            )


def _make_beats(chief: User, names: list[str], now: datetime) -> None:
    for name in dict.fromkeys(names):
        if not Beat.objects.filter(name=name).exists():
            sources.create_beat(actor=chief, name=name, editor=chief, now=now)


def _steps(row: Row, people: dict[str, User], now: datetime) -> Iterator[tuple[datetime, Step]]:
    """What happened to one claim, each with its time."""
    reporter, editor = people["reporter"], people["editor"]
    names = Names(people["managing-editor"], now)
    plan = read_claim({"assignee": "editor"} | row, names)
    drafts = sorted(plan.reports, key=lambda draft: draft.published_on)
    first, later = drafts[0], drafts[1:]
    logged: list[Claim] = []

    def log(at: datetime) -> None:
        logged.append(
            claims.log(
                actor=reporter,
                statement=plan.statement,
                criteria=plan.criteria,
                language=plan.language,
                beat=Beat.objects.get(name=plan.beat),
                deadline=plan.deadline,
                public=plan.public,
                assignee=plan.assignee,
                reports=[draft for draft in drafts if draft.published_on == first.published_on],
                slug=plan.slug,
                now=at,
            )
        )

    yield _at(first.published_on, REPORT_HOUR), log
    for draft in later:
        if draft.published_on > first.published_on:
            yield (
                _at(draft.published_on, REPORT_HOUR),
                partial(_report, reporter, logged, draft),
            )
    if plan.outcome:
        yield _at(_decided_on(plan), VERDICT_HOUR), lambda at: _decide(editor, logged[0], plan, at)


def _report(reporter: User, logged: list[Claim], draft: ReportDraft, at: datetime) -> None:
    reports.add_report(actor=reporter, claim=logged[0], draft=draft, now=at)


def _decide(editor: User, claim: Claim, plan: Plan, at: datetime) -> None:
    verdicts.decide(
        actor=editor,
        claim=claim,
        version=None,
        outcome=plan.outcome,
        rationale=plan.rationale,
        became_known_on=plan.outcome_date,
        evidence=plan.evidence,
        now=at,
    )


def _decided_on(plan: Plan) -> date:
    """The day on which all of the evidence stood."""
    days = [draft.published_on for draft in plan.evidence if draft.published_on]
    return max([*days, plan.outcome_date or plan.deadline.day])


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=newsroom.zone())
