"""What the database itself refuses, whoever goes past the services."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from tests import factories
from verification.models import (
    Beat,
    Claim,
    Position,
    Record,
    RecordsRevision,
    Reminder,
    Report,
    Source,
    SourceAlias,
    SourceDomain,
    Story,
    User,
    Verdict,
)

pytestmark = pytest.mark.django_db

DECIDED = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


@contextmanager
def refused(by: str | None = None) -> Iterator[None]:
    """The database refuses what is done inside, by the constraint of this name if any."""
    with pytest.raises(IntegrityError, match=by), transaction.atomic():
        yield


def copied(row: models.Model, **changes: Any) -> models.Model:
    """Another row like this one, not saved."""
    fields = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    return type(row)(**(fields | changes))


def insert(row: models.Model) -> None:
    """Inserts without any check of ours."""
    type(row)._default_manager.bulk_create([row])


def change(row: models.Model, **changes: Any) -> None:
    """Updates without any check of ours."""
    type(row)._default_manager.filter(pk=row.pk).update(**changes)


@pytest.fixture
def claim() -> Claim:
    return factories.claim()


@pytest.fixture
def report(claim: Claim) -> Report:
    return claim.reports.get()


# --- One position, one tally ----------------------------------------------------------------------


def test_a_source_has_one_position_on_a_claim(claim: Claim) -> None:
    with refused():
        insert(copied(claim.positions.get()))


def test_a_source_has_one_tally_for_each_beat_and_kind_of_claim(claim: Claim) -> None:
    with refused():
        insert(copied(Record.objects.get()))


@pytest.mark.parametrize("tally", ["hits", "misses", "open", "relays_not", "first_to_report"])
def test_no_tally_falls_below_zero(claim: Claim, tally: str) -> None:
    with refused():
        Record.objects.update(**{tally: -1})


def test_there_is_one_revision_of_the_records(claim: Claim) -> None:
    with refused("records_revision_one_row"):
        RecordsRevision.objects.create(pk=2)


# --- A claim --------------------------------------------------------------------------------------


def test_a_deadline_is_not_before_the_first_report(claim: Claim) -> None:
    assert claim.first_reported_on is not None
    with refused("claim_deadline_not_before_first_report"):
        change(claim, deadline=claim.first_reported_on - timedelta(days=1))
    change(claim, deadline=claim.first_reported_on)


def test_a_claim_has_a_statement(claim: Claim) -> None:
    with refused("claim_statement_not_empty"):
        change(claim, statement="")


def test_two_claims_do_not_share_an_address(claim: Claim) -> None:
    with refused():
        insert(copied(claim))


@pytest.mark.parametrize(
    ("field", "constraint"),
    [
        ("deadline_precision", "claim_deadline_precision_known"),
        ("deadline_basis", "claim_deadline_basis_known"),
    ],
)
@pytest.mark.parametrize("value", ["", "week", "SOURCE"])
def test_a_deadline_has_a_known_precision_and_basis(
    claim: Claim, field: str, constraint: str, value: str
) -> None:
    with refused(constraint):
        change(claim, **{field: value})


@pytest.mark.parametrize("outcome", ["open", "awaiting", "reopened", "true"])
def test_a_claim_has_a_known_outcome(claim: Claim, outcome: str) -> None:
    verdict = factories.decide(claim)
    with refused("claim_outcome_known|own verdict"):
        change(claim, outcome=outcome, verdict=verdict)


# --- The outcome of a claim comes from its verdict ------------------------------------------------


def test_an_outcome_is_set_only_by_a_verdict(claim: Claim) -> None:
    with refused("claim_outcome_only_by_verdict|being reopened"):
        change(claim, outcome="confirmed")


def test_a_verdict_is_not_pointed_to_without_its_outcome(claim: Claim) -> None:
    verdict = factories.decide(claim)
    with refused():
        change(claim, outcome="", verdict=verdict)


def test_an_outcome_does_not_stay_when_its_verdict_goes(claim: Claim) -> None:
    factories.decide(claim)
    with refused("claim_outcome_only_by_verdict|being reopened"):
        change(claim, verdict=None)


def test_a_claim_does_not_take_the_verdict_of_another_claim(claim: Claim) -> None:
    verdict = factories.decide(factories.claim())
    with refused("own verdict"):
        change(claim, outcome="confirmed", verdict=verdict)


def test_the_outcome_is_that_of_the_verdict(claim: Claim) -> None:
    factories.decide(claim)
    with refused("own verdict"):
        change(claim, outcome="denied")


def test_a_claim_is_not_born_with_the_verdict_of_another_one(claim: Claim) -> None:
    factories.decide(claim)
    with refused("own verdict"):
        insert(copied(claim, slug="another"))


def test_a_claim_is_not_born_with_an_outcome(claim: Claim) -> None:
    with refused("claim_outcome_only_by_verdict|being reopened"):
        insert(copied(claim, slug="another", outcome="lapsed"))


# --- Reports and stories --------------------------------------------------------------------------


def test_a_report_with_an_address_is_logged_once(report: Report) -> None:
    with refused():
        insert(copied(report, published_on=date(2026, 1, 30)))


def test_a_report_without_an_address_is_logged_once_a_day(report: Report) -> None:
    insert(copied(report, url=""))
    with refused():
        insert(copied(report, url=""))
    insert(copied(report, url="", published_on=date(2026, 1, 30)))


def test_a_report_does_not_credit_its_own_source(report: Report) -> None:
    with refused("report_does_not_credit_itself"):
        change(report, via=report.source)


@pytest.mark.parametrize("stance", ["", "denies", "Asserts"])
def test_a_report_has_a_known_stance(report: Report, stance: str) -> None:
    with refused("report_stance_known"):
        change(report, stance=stance)


@pytest.mark.parametrize("certainty", ["certain", "Likely", "50%"])
def test_a_report_has_a_known_certainty_or_none(report: Report, certainty: str) -> None:
    with refused("report_certainty_known"):
        change(report, certainty=certainty)
    change(report, certainty="")


def test_a_story_is_logged_once(claim: Claim) -> None:
    story = Story(
        claim=claim, title="Our story", url="https://example.org/1", published_on="2026-01-30"
    )
    insert(story)
    with refused():
        insert(copied(story))


# --- http(s) only ---------------------------------------------------------------------------------

BAD_ADDRESSES = [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "data:text/html,<script>",
    "ftp://example.org/",
    "//example.org/",
    "example.org",
    "java\nscript:alert(1)//https://example.org",
]


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_every_address_is_http_or_https(report: Report, address: str) -> None:
    with refused("report_url_http_only"):
        change(report, url=address)
    with refused("source_homepage_http_only"):
        change(report.source, homepage=address)
    with refused("story_url_http_only"):
        insert(Story(claim=report.claim, title="S", url=address, published_on="2026-01-30"))
    with refused("evidence_url_http_only"):
        verdict = factories.decide(report.claim)
        insert(copied(verdict.evidence.get(), url=address))


def test_a_story_and_a_piece_of_evidence_have_an_address(claim: Claim) -> None:
    with refused("story_url_http_only"):
        insert(Story(claim=claim, title="S", url="", published_on="2026-01-30"))
    verdict = factories.decide(claim)
    with refused("evidence_url_http_only"):
        insert(copied(verdict.evidence.get(), url=""))


# --- Sources and beats ----------------------------------------------------------------------------


def test_two_sources_do_not_share_a_name_in_whatever_letters() -> None:
    source = factories.SourceFactory.create(name="The Wall Street Journal")
    with refused():
        insert(copied(source, slug="another", name="the wall street JOURNAL"))
    with refused():
        insert(copied(source, name="Another"))


def test_two_beats_do_not_share_a_name_in_whatever_letters() -> None:
    beat = factories.BeatFactory.create(name="Games & film")
    with refused():
        insert(Beat(slug="another", name="GAMES & FILM"))
    with refused():
        insert(Beat(slug=beat.slug, name="Another"))


def test_a_source_is_not_its_own_outlet() -> None:
    source = factories.SourceFactory.create()
    with refused("source_not_its_own_outlet"):
        change(source, outlet=source)


@pytest.mark.parametrize("kind", ["", "newspaper"])
def test_a_source_is_of_a_known_kind(kind: str) -> None:
    source = factories.SourceFactory.create()
    with refused("source_kind_known"):
        change(source, kind=kind)


# --- Verdicts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["", "open", "CONFIRMED"])
def test_a_verdict_has_a_known_outcome(claim: Claim, outcome: str) -> None:
    with refused("verdict_outcome_known"):
        insert(verdict_of(claim, outcome=outcome))


@pytest.mark.parametrize("outcome", ["confirmed", "denied", "lapsed"])
def test_a_verdict_on_the_merits_has_the_day_on_which_it_became_known(
    claim: Claim, outcome: str
) -> None:
    with refused("verdict_known_day"):
        insert(verdict_of(claim, outcome=outcome, became_known_on=None))


def test_a_claim_does_not_have_two_current_verdicts(claim: Claim) -> None:
    first = factories.decide(claim)
    with refused():
        insert(verdict_of(claim, outcome="denied"))
    insert(verdict_of(claim, outcome="denied", supersedes=first))
    with refused():
        insert(verdict_of(claim, outcome="lapsed", supersedes=first))


def test_a_verdict_does_not_supersede_that_of_another_claim(claim: Claim) -> None:
    elsewhere = factories.decide(factories.claim())
    with refused("own claim"):
        insert(verdict_of(claim, supersedes=elsewhere))


def verdict_of(claim: Claim, **fields: Any) -> Verdict:
    fine: dict[str, Any] = {
        "claim": claim,
        "outcome": "confirmed",
        "became_known_on": date(2026, 2, 27),
        "decided_by": User.objects.get(pk=claim.logged_by_id),
        "decided_at": DECIDED,
    }
    return Verdict(**(fine | fields))


# --- The rest -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "constraint"),
    [("credit", "position_credit_known"), ("reason", "position_reason_known")],
)
def test_a_position_is_credited_in_known_words(claim: Claim, field: str, constraint: str) -> None:
    with refused(constraint):
        Position.objects.update(**{field: "perhaps"})


def test_a_recipient_is_reminded_once_of_one_stage_of_one_deadline(claim: Claim) -> None:
    reminder = Reminder(
        claim=claim,
        deadline=claim.deadline,
        stage="due",
        recipient=claim.logged_by,
        created_at=DECIDED,
    )
    insert(reminder)
    with refused():
        insert(copied(reminder))
    with refused("reminder_stage_known"):
        insert(copied(reminder, stage="tomorrow"))


def test_whoever_logged_and_whoever_reported_stays_on_record(claim: Claim) -> None:
    for protected in (claim.logged_by, claim.beat, Source.objects.get(), claim):
        with pytest.raises(models.ProtectedError):
            protected.delete()


# --- Names and domains ----------------------------------------------------------------------------


def test_no_two_aliases_are_one_name() -> None:
    one, other = factories.SourceFactory.create(), factories.SourceFactory.create()
    insert(SourceAlias(source=one, name="WSJ"))
    with refused():
        insert(SourceAlias(source=other, name="W.S.J."))
    insert(SourceAlias(source=other, name="WSJ+1"))


def test_an_alias_is_a_name() -> None:
    with refused("source_alias_not_empty"):
        insert(SourceAlias(source=factories.SourceFactory.create(), name=""))


@pytest.mark.parametrize("domain", ["WSJ.com", "wsj", "https://wsj.com", "wsj.com/x", "w sj.com"])
def test_a_domain_is_a_host_in_small_letters(domain: str) -> None:
    with refused("source_domain_of_a_host"):
        insert(SourceDomain(source=factories.SourceFactory.create(), domain=domain))


def test_a_domain_is_one_source_s() -> None:
    insert(SourceDomain(source=factories.SourceFactory.create(), domain="wsj.com"))
    with refused():
        insert(SourceDomain(source=factories.SourceFactory.create(), domain="wsj.com"))


def test_sources_may_have_names_that_are_folded_alike() -> None:
    for name in ("9to5Mac", "9to5 Mac", "Le 9to5Mac"):
        assert factories.SourceFactory.create(name=name).key == "9to5mac"
