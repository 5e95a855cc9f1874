"""Reads and writes the newsroom's database, in a process that has its settings.

    python -m tests.faults.records make|move ARGUMENTS…      (both print JSON)

Claims are made in bulk, since a fault needs thousands; what the suite tests is what happens to them
from then on.
"""

from __future__ import annotations

import argparse
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from tests.faults.mutants import UNRENDERABLE  # noqa: E402
from verification import newsroom  # noqa: E402
from verification.domain import deadlines  # noqa: E402
from verification.models import Beat, Claim, Report, Source, User  # noqa: E402
from verification.services import claims  # noqa: E402
from verification.services.drafts import DeadlineDraft  # noqa: E402


def make(first: int, claims: int, each: int, overdue: int, unrenderable: int) -> list[Any]:
    """Makes `claims` claims, `each` to a recipient, and gives what is to arrive.

    Their deadlines passed `overdue` days ago (0: they are due today). The claim with the number
    `unrenderable` makes rendering fail. Returns [address, slug, stage] for each.
    """
    now = timezone.now()
    deadline = newsroom.day(now) - timedelta(days=overdue)
    step = deadlines.current_step(deadline, now, newsroom.reminder_hour(), newsroom.zone(), "owner")
    assert step is not None
    beat, _made = Beat.objects.get_or_create(slug="faults", defaults={"name": "Faults"})
    source, _made = Source.objects.get_or_create(slug="wsj", defaults={"name": "The Journal"})
    numbers = range(first, first + claims)
    owners = [f"reader-{first + (number - first) // each}" for number in numbers]
    User.objects.bulk_create(
        [User(username=name, email=f"{name}@example.org") for name in dict.fromkeys(owners)],
        ignore_conflicts=True,
    )
    users = User.objects.in_bulk(dict.fromkeys(owners), field_name="username")
    rows = Claim.objects.bulk_create(
        Claim(
            slug=f"claim-{number}",
            statement=f"{UNRENDERABLE if number == unrenderable else 'Amazon'} will buy {number}.",
            criteria="Confirmed if the company says so.",
            beat=beat,
            deadline=deadline,
            first_reported_on=deadline - timedelta(days=30),
            logged_by=users[owner],
            logged_at=now,
            next_reminder_at=now,
        )
        for number, owner in zip(numbers, owners, strict=True)
    )
    Report.objects.bulk_create(
        Report(
            claim=row,
            source=source,
            url=f"https://wsj.example/{row.slug}",
            published_on=deadline - timedelta(days=30),
            logged_by=row.logged_by,
            logged_at=now,
        )
        for row in rows
    )
    return [[row.logged_by.email, row.slug, step.stage] for row in rows]


def move(first: int, count: int) -> list[Any]:
    """Moves deadlines far off, one by one. Returns [slug, time after the commit] for each."""
    chief, _made = User.objects.get_or_create(
        username="chief", defaults={"is_superuser": True, "is_staff": True}
    )
    moved = []
    for number in range(first, first + count):
        claim = Claim.objects.get(slug=f"claim-{number}")
        claims.extend(
            actor=chief,
            claim=claim,
            version=claim.version,
            deadline=DeadlineDraft(day=claim.deadline + timedelta(days=90)),
            reason="The company put it off.",
            now=timezone.now(),
        )
        moved.append([claim.slug, timezone.now().timestamp()])
    return moved


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("verb", choices=["make", "move"])
    parser.add_argument("output", type=Path)
    parser.add_argument("numbers", type=int, nargs="+")
    chosen = parser.parse_args()
    done = {"make": make, "move": move}[chosen.verb](*chosen.numbers)
    chosen.output.write_text(json.dumps(done))


if __name__ == "__main__":
    main()
