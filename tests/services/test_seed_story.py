"""The seed story, played by the calendar: the six OpenAI claims of January 2026."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.core import mail

from tests import factories
from verification.domain import outcomes
from verification.models import Claim, Record, Source, User
from verification.services import (
    demo,
    figures,
    imports,
    messages,
    recomputing,
    records,
    reminders,
    verdicts,
)
from verification.services.boards import Figures
from verification.services.drafts import EvidenceDraft
from verification.services.figures import Scope

pytestmark = pytest.mark.django_db

SIX = {
    "openai-leve-100-milliards",
    "openai-valorisation-830-milliards",
    "openai-amazon-50-milliards",
    "openai-cloture-t1-2026",
    "openai-fonds-souverains-golfe",
    "openai-nvidia-microsoft-softbank",
}
EVIDENCE = [EvidenceDraft(title="Bloomberg : clôture à 122 Md$", url="https://example.org/122")]


def paris(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of 2026 by the newsroom's clock: UTC+1, and UTC+2 from 29 March on."""
    summer = (month, day) >= (3, 29)
    return datetime(2026, month, day, hour - (2 if summer else 1), minute, tzinfo=UTC)


@pytest.fixture
def emma(settings) -> User:
    settings.NEWSROOM_TIME_ZONE = "Europe/Paris"
    return factories.managing_editor(username="emma", first_name="Emma", language="fr")


@pytest.fixture
def story(emma: User) -> dict[str, Claim]:
    """The six claims as they stood on 3 February 2026: reported, and nobody knew."""
    rows = json.loads((demo.FOLDER / "claims.json").read_text(encoding="utf-8"))
    undecided = {"outcome": None, "outcome_date": None, "evidence": [], "assignee": "emma"}
    six = [row | undecided for row in rows if row["id"] in SIX]
    summary = imports.import_rows(enumerate(six), actor=emma, now=paris(2, 3, 12))
    assert summary.refused == []
    return {claim.slug: claim for claim in Claim.objects.all()}


@pytest.fixture
def morning(emma: User) -> Callable[[datetime], list[set[str]]]:
    """One sweep and drain; gives, for each mail that went out, its stages' claims."""

    def sweep(now: datetime) -> list[set[str]]:
        mail.outbox.clear()
        reminders.sweep(now=now)
        messages.drain(clock=lambda: now)
        return [
            set(str(sent.extra_headers["X-BorneOut-Reminders"]).split(", ")) for sent in mail.outbox
        ]

    return sweep


def figures_of(name: str, now: datetime) -> Figures:
    source = Source.objects.get(name=name)
    return figures.board(Scope(), now=now).figures(source.pk)


def decide(claim: Claim, actor: User, known_on: date, now: datetime) -> None:
    verdicts.decide(
        actor=actor,
        claim=claim,
        version=claim.version,
        outcome="confirmed",
        rationale="Annoncé.",
        became_known_on=known_on,
        evidence=EVIDENCE,
        now=now,
    )
    claim.refresh_from_db()


def test_the_six_claims_are_there_with_their_reports_and_their_deadline(story) -> None:
    assert set(story) == SIX
    assert {claim.deadline for claim in story.values()} == {date(2026, 3, 31)}
    amazon = story["openai-amazon-50-milliards"]
    credited = {row.source.name: row.via and row.via.name for row in amazon.reports.all()}
    assert credited["The Wall Street Journal"] is None
    assert credited["KultureGeek"] == credited["Press GPT"] == "The Wall Street Journal"


def test_the_calendar_mails_the_right_stage_on_the_right_morning(story, emma, morning) -> None:
    def stages(stage: str, claims: set[str] = SIX) -> list[set[str]]:
        return [{f"{slug}:{stage}" for slug in claims}]

    assert morning(paris(3, 24, 8, 59)) == []
    assert morning(paris(3, 24, 9)) == stages("heads-up")
    assert morning(paris(3, 24, 9, 1)) == []
    assert morning(paris(3, 31, 8, 59)) == []
    assert morning(paris(3, 31, 9)) == stages("due")
    decide(story["openai-amazon-50-milliards"], emma, date(2026, 2, 27), paris(3, 31, 18))
    assert morning(paris(4, 1, 8, 59)) == []
    assert morning(paris(4, 1, 9)) == stages("overdue-1", SIX - {"openai-amazon-50-milliards"})


def test_the_mail_speaks_the_recipients_language_and_links_to_the_decide_page(
    story, morning, settings
) -> None:
    settings.SITE_URL = "https://verify.example.org"
    morning(paris(3, 31, 9))

    [sent] = mail.outbox
    claim = story["openai-cloture-t1-2026"]
    link = f"https://verify.example.org/admin/verification/claim/{claim.pk}/decide/"
    assert link in sent.body
    assert link in sent.alternatives[0].content
    assert "31 mars 2026" in sent.body, "dates are in the recipient's language"
    assert "fin du premier trimestre 2026" in sent.body


def test_what_became_known_on_the_last_day_is_in_time(story, emma) -> None:
    """On 31 March the claim is open until midnight; a verdict of 1 April may say so."""
    claim = story["openai-cloture-t1-2026"]
    assert outcomes.status("", claim.deadline, date(2026, 3, 31)) == "open"
    assert outcomes.status("", claim.deadline, date(2026, 4, 1)) == "awaiting"

    decide(claim, emma, date(2026, 3, 31), paris(4, 1, 10))

    assert claim.outcome == "confirmed"
    assert figures_of("Press GPT", paris(4, 1, 10)).hits == 1


def test_the_record_of_the_origin_and_of_the_relays_change_as_the_rules_say(story, emma) -> None:
    now = paris(4, 1, 10)
    assert figures_of("The Wall Street Journal", now).open == 1
    assert figures_of("KultureGeek", now).relays_open == 3

    decide(story["openai-amazon-50-milliards"], emma, date(2026, 2, 27), now)

    journal = figures_of("The Wall Street Journal", now)
    assert (journal.hits, journal.misses, journal.open, journal.first_to_report) == (1, 0, 0, 1)
    geek = figures_of("KultureGeek", now)
    assert (geek.hits, geek.misses) == (0, 0), "a relay does not count towards accuracy"
    assert (geek.relays_borne_out, geek.relays_open) == (1, 2)
    cna = figures_of("CNA", now)
    assert cna.uncounted == 1, "it only observed"
    assert figures_of("Press GPT", now).relays_borne_out == 1
    assert recomputing.differences() == []


def test_a_revision_moves_the_records_back_exactly(story, emma) -> None:
    def tallies() -> list[tuple[object, ...]]:
        names = ("source__name", "beat__slug", "public", *records.TALLIES)
        return sorted(Record.objects.values_list(*names))

    claim = story["openai-amazon-50-milliards"]
    before = tallies()
    decide(claim, emma, date(2026, 2, 27), paris(4, 1, 10))
    confirmed = tallies()

    verdicts.revise(
        actor=emma,
        claim=claim,
        version=claim.version,
        outcome="denied",
        rationale="Le communiqué a été retiré.",
        became_known_on=date(2026, 4, 2),
        evidence=EVIDENCE,
        now=paris(4, 2, 10),
    )
    claim.refresh_from_db()
    journal = figures_of("The Wall Street Journal", paris(4, 2, 10))
    assert (journal.hits, journal.misses, journal.first_to_report) == (0, 1, 0)
    assert figures_of("KultureGeek", paris(4, 2, 10)).relays_not == 1
    assert recomputing.differences() == []

    verdicts.revise(
        actor=emma,
        claim=claim,
        version=claim.version,
        outcome="confirmed",
        rationale="Le premier verdict était juste.",
        became_known_on=date(2026, 2, 27),
        evidence=EVIDENCE,
        now=paris(4, 3, 10),
    )
    claim.refresh_from_db()
    assert tallies() == confirmed

    verdicts.reopen(
        actor=emma,
        claim=claim,
        version=claim.version,
        rationale="À reprendre.",
        now=paris(4, 4, 10),
    )
    assert tallies() == before
    assert claim.verdicts.count() == 4, "no verdict is ever edited"
