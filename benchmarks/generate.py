"""Fills an empty, migrated database with an invented newsroom of any size, from one seed.

    python -m benchmarks.generate --claims 1000000        (DATABASE_URL is used)

N claims with 3 N reports by up to 10,000 sources (Zipf), their verdicts with evidence, positions,
records and counts: everything that lists, records and sweeps read, such that `verify_records` finds
no difference. Left out, because no list or record reads them: the ledger's entries (its chain is
empty, and valid), the newsroom's own stories, reminders and mails.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django

YEARS = 10
SOURCES_MAX = 10_000
BATCH = 20_000
REPORTS = 3
#: How many of the claims with a passed deadline nobody has decided yet.
AWAITING = 0.005
OUTCOMES = (("confirmed", 35), ("denied", 40), ("lapsed", 24), ("void", 1))
BEATS = (
    "Technology", "Politique", "Markets", "Football", "Énergie", "Defence", "Culture", "Science",
    "Transports", "Santé", "Justice", "Climate",
)  # fmt: skip
CERTAINTIES = ("", "", "likely", "roughly even chance", "very likely", "unlikely")


@dataclass
class Batch:
    """Rows by the name of their model, each with a value for every column."""

    rows: dict[str, list[tuple[Any, ...]]] = field(
        default_factory=lambda: {
            name: [] for name in ("Claim", "Report", "Verdict", "Evidence", "Position")
        }
    )


class Generator:
    """Claims one after the other, oldest first; the same for the same seed, size and day."""

    def __init__(
        self, *, claims: int, today: date, seed: int, users: list[int], beats: list[int],
        sources: list[int], all_open: bool = False,
    ) -> None:  # fmt: skip
        from benchmarks.vocabulary import Vocabulary

        self.rng = random.Random(seed)
        self.vocabulary = Vocabulary(self.rng)
        self.claims, self.today, self.all_open = claims, today, all_open
        self.users, self.beats, self.sources = users, beats, sources
        self.by_source = list(itertools.accumulate(1 / (rank + 5) for rank in range(len(sources))))
        self.by_beat = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(beats))))
        self.tallies: Counter[tuple[tuple[int, int, bool], str]] = Counter()
        self.verdicts = self.evidence = self.reports = self.positions = 0

    def batches(self) -> Iterator[Batch]:
        """Everything, some thousand claims at a time."""
        for start in range(1, self.claims + 1, BATCH):
            batch = Batch()
            for number in range(start, min(start + BATCH, self.claims + 1)):
                self.claim(number, batch)
            yield batch

    def claim(self, number: int, batch: Batch) -> None:
        """One claim with all that belongs to it."""
        from verification.domain import words

        rng = self.rng
        age = int((self.claims - number) / self.claims * YEARS * 365)
        first = self.today - timedelta(days=age + 1)
        deadline = first + timedelta(days=rng.randint(7, 360))
        if self.all_open:
            deadline = self.today + timedelta(days=rng.randint(30, 400))
        language = rng.choice(("en", "fr"))
        worded = self.vocabulary.claim(language, deadline.year)
        beat = rng.choices(self.beats, cum_weights=self.by_beat)[0]
        public = rng.random() < 0.98
        user = rng.choice(self.users)
        logged = datetime.combine(first, datetime.min.time(), UTC) + timedelta(
            hours=rng.randint(8, 20)
        )
        outcome = self.outcome(deadline)
        known = self.known(outcome, first, deadline)
        verdict = self.verdict(number, outcome, known, user, batch) if outcome else None
        basis = rng.choice(("source", "newsroom"))
        look = None
        if not outcome and deadline >= self.today:
            look = datetime.combine(
                max(deadline - timedelta(days=7), self.today + timedelta(days=2)),
                datetime.min.time(), UTC,
            )  # fmt: skip
        first_report = None
        if not self.all_open:
            reports = self.reported(number, first, user, logged, language, batch)
            self.settle(number, outcome, basis, known, reports, beat, public, batch)
            first_report = min(report.published_on for report in reports)
        batch.rows["Claim"].append((
            number, f"claim-{number}", worded.statement, worded.criteria, language, beat, deadline,
            "", "day", basis, first_report, public,
            rng.choice(self.users) if rng.random() < 0.7 else None, user, logged,
            2 if outcome else 1,
            outcome, verdict, look, None, words.column(worded.statement, worded.criteria),
        ))  # fmt: skip

    def outcome(self, deadline: date) -> str:
        """What became of a claim; empty where nobody has decided."""
        chance = self.rng.random()
        if self.all_open or (chance < AWAITING if deadline < self.today else chance < 0.9):
            return ""
        names, weights = zip(*OUTCOMES, strict=True)
        chosen = self.rng.choices(names, weights=weights)[0]
        return "confirmed" if chosen == "lapsed" and deadline >= self.today else chosen

    def known(self, outcome: str, first: date, deadline: date) -> date | None:
        """The day on which the outcome became known."""
        if outcome not in ("confirmed", "denied", "lapsed"):
            return None
        if outcome == "lapsed":
            return deadline
        last = min(deadline, self.today)
        return first + timedelta(days=self.rng.randint(0, max((last - first).days, 0)))

    def verdict(self, claim: int, outcome: str, known: date | None, user: int, batch: Batch) -> int:
        """Its only verdict, with evidence where that is needed."""
        self.verdicts += 1
        at = datetime.combine(known or self.today, datetime.min.time(), UTC) + timedelta(hours=9)
        batch.rows["Verdict"].append(
            (self.verdicts, claim, outcome, "As announced.", "", known, user, at, None, None)
        )
        if outcome in ("confirmed", "denied"):
            self.evidence += 1
            batch.rows["Evidence"].append(
                (
                    self.evidence,
                    self.verdicts,
                    "The announcement",
                    f"https://example.org/{claim}",
                    known,
                )
            )
        return self.verdicts

    def reported(
        self, claim: int, first: date, user: int, logged: datetime, language: str, batch: Batch
    ) -> list[Any]:
        """Its reports, by sources of which some are in nearly everything and most in little."""
        from benchmarks.vocabulary import HEDGES
        from verification.domain.credit import ReportFacts

        rng = self.rng
        chosen: dict[int, None] = {}
        while len(chosen) < REPORTS:
            chosen[rng.choices(self.sources, cum_weights=self.by_source)[0]] = None
        facts = []
        for place, source in enumerate(chosen):
            self.reports += 1
            origin = next(iter(chosen))
            fact = ReportFacts(
                order=self.reports,
                source=source,
                published_on=first + timedelta(days=place and rng.randint(0, 6)),
                stance=rng.choices(("asserts", "disputes", "observes"), weights=(90, 7, 3))[0],
                certainty=rng.choice(CERTAINTIES),
                via=origin if place and rng.random() < 0.5 else None,
            )
            batch.rows["Report"].append((
                fact.order, claim, source, "", f"https://s{source}.example/{claim}",
                fact.published_on, "", fact.stance, fact.certainty, rng.choice(HEDGES[language]),
                fact.via, user, logged,
            ))  # fmt: skip
            facts.append(fact)
        return facts

    def settle(
        self, claim: int, outcome: str, basis: str, known: date | None, reports: list[Any],
        beat: int, public: bool, batch: Batch,
    ) -> None:  # fmt: skip
        """The positions by the rules of credit themselves, and the tallies that they make."""
        from verification.domain import credit
        from verification.domain.courses import TALLY_OF

        for standing in credit.settle(credit.ClaimFacts(basis, outcome, known), reports):
            self.positions += 1
            batch.rows["Position"].append((
                self.positions, claim, standing.source, standing.report, beat, public,
                standing.first_reported_on, standing.stance, standing.certainty, standing.relay,
                standing.credit.value, standing.reason.value, standing.first, standing.lead_days,
                known,
            ))  # fmt: skip
            key = (standing.source, beat, public)
            self.tallies[key, TALLY_OF[standing.credit]] += 1
            if standing.first:
                self.tallies[key, "first_to_report"] += 1

    def records(self) -> list[tuple[Any, ...]]:
        """The tallies as rows."""
        from benchmarks.load import columns
        from verification.models import Record

        names = columns(Record)[4:]
        sums: dict[tuple[int, int, bool], dict[str, int]] = {}
        for (key, tally), number in self.tallies.items():
            sums.setdefault(key, dict.fromkeys(names, 0))[tally] = number
        return [
            (number, *key, *found.values())
            for number, (key, found) in enumerate(sorted(sums.items()), 1)
        ]


def people(seed: int, claims: int) -> tuple[list[int], list[int], list[int]]:
    """Makes the users, the beats and the sources. Returns their keys."""
    from django.contrib.auth.models import Group

    from benchmarks.vocabulary import SYLLABLES
    from verification import roles
    from verification.models import Beat, Source, User

    rng = random.Random(seed + 1)
    boss = User.objects.create_user("boss", "boss@example.org", "boss", is_staff=True)
    boss.groups.add(Group.objects.get(name=roles.MANAGING_EDITOR))
    users = [boss, *User.objects.bulk_create(
        User(username=f"editor{n}", email=f"editor{n}@example.org", is_staff=True)
        for n in range(19)
    )]  # fmt: skip
    beats = Beat.objects.bulk_create(
        Beat(name=name, slug=f"beat-{n}", editor=users[n % len(users)])
        for n, name in enumerate(BEATS)
    )
    names: dict[str, None] = {}
    while len(names) < min(SOURCES_MAX, max(20, claims // 100)):
        names[
            "".join(rng.choices(SYLLABLES, k=3)).capitalize() + rng.choice((" News", " Times", ""))
        ] = None
    sources = Source.objects.bulk_create(
        (Source(name=name, slug=f"source-{n}") for n, name in enumerate(names)), batch_size=500
    )
    return [row.pk for row in users], [row.pk for row in beats], [row.pk for row in sources]


def fill(*, claims: int, seed: int = 1, today: date | None = None, all_open: bool = False) -> None:
    """Fills the database. It has to be migrated and empty."""
    from benchmarks import load
    from verification import models
    from verification.services import recomputing

    users, beats, sources = people(seed, claims)
    made = Generator(
        claims=claims, today=today or datetime.now(UTC).date(), seed=seed,
        users=users, beats=beats, sources=sources, all_open=all_open,
    )  # fmt: skip
    with load.bulk():
        for batch in made.batches():
            for name, rows in batch.rows.items():
                load.add(getattr(models, name), rows)
        load.add(models.Record, made.records())
        models.RecordsRevision.objects.get_or_create(pk=1, defaults={"number": 1})
    recomputing.recompute()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all-open", action="store_true", help="claims only, none decided")
    asked = parser.parse_args()
    django.setup()
    fill(claims=asked.claims, seed=asked.seed, all_open=asked.all_open)
