"""An outlet that was logged twice: one record, whatever the order in which it was found out."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import factories
from verification.models import Claim, LedgerEntry, Position, Record, Source, User
from verification.services import figures, merging, recomputing, reports, sources
from verification.services.figures import Scope

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture
def boss() -> User:
    return factories.managing_editor()


@pytest.fixture
def pair() -> tuple[Source, Source]:
    """The outlet, and the other name under which it was logged."""
    return (
        factories.SourceFactory.create(name="The Wall Street Journal", slug="wsj"),
        factories.SourceFactory.create(name="WSJ", slug="wsj-2"),
    )


def merge(boss: User, source: Source, into: Source) -> Source:
    return merging.merge(actor=boss, source=source, into=into, now=NOW)


def figures_of(source: Source) -> tuple[int, int, int]:
    found = figures.board(Scope(), now=NOW).figures(source.pk)
    return found.hits, found.misses, found.open


def test_the_positions_of_both_become_the_record_of_one(boss: User, pair) -> None:
    journal, twin = pair
    for source, outcome in ((journal, "confirmed"), (twin, "denied"), (twin, None)):
        claim = factories.claim(actor=boss, reports=[factories.report_draft(source)])
        if outcome:
            factories.decide(claim, outcome)

    merge(boss, twin, journal)

    assert figures_of(journal) == (1, 1, 1)
    assert not Record.objects.filter(source=twin).exists()
    assert recomputing.differences() == []


def test_on_a_claim_that_both_reported_the_earlier_report_fixes_the_position(
    boss: User, pair
) -> None:
    journal, twin = pair
    factories.claim(
        actor=boss,
        reports=[
            factories.report_draft(journal, published_on=date(2026, 1, 29), stance="asserts"),
            factories.report_draft(twin, published_on=date(2026, 1, 20), stance="disputes"),
        ],
    )

    merge(boss, twin, journal)

    position = Position.objects.get()
    assert (position.source, position.stance) == (journal, "disputes")
    assert recomputing.differences() == []


def test_a_report_logged_under_both_names_is_kept_once(boss: User, pair) -> None:
    journal, twin = pair
    url = "https://wsj.example/amazon"
    claim = factories.claim(
        actor=boss,
        reports=[
            factories.report_draft(journal, url=url),
            factories.report_draft(twin, url=url),
            factories.report_draft(twin, url=f"{url}-again"),
        ],
    )

    merge(boss, twin, journal)

    assert sorted(claim.reports.values_list("url", flat=True)) == [url, f"{url}-again"]
    assert recomputing.differences() == []


def test_crediting_oneself_under_the_other_name_is_no_relay(boss: User, pair) -> None:
    journal, twin = pair
    factories.claim(actor=boss, reports=[factories.report_draft(twin, via=journal)])

    merge(boss, twin, journal)

    assert Position.objects.get().relay is False
    assert figures_of(journal) == (0, 0, 1)


def test_relays_of_the_other_name_credit_the_one_that_stays(boss: User, pair) -> None:
    journal, twin = pair
    relay = factories.SourceFactory.create()
    claim = factories.claim(
        actor=boss,
        reports=[
            factories.report_draft(relay, via=twin, published_on=date(2026, 1, 20)),
            factories.report_draft(journal, published_on=date(2026, 1, 29)),
        ],
    )
    factories.decide(claim)
    assert Position.objects.get(source=journal).first is False

    merge(boss, twin, journal)

    assert Position.objects.get(source=journal).first is True, "the relay credits it itself"
    assert recomputing.differences() == []


def test_the_old_name_and_slug_lead_to_the_one_that_stays(boss: User, pair) -> None:
    journal, twin = pair
    merge(boss, twin, journal)

    for name in ("WSJ", "wsj-2"):
        assert sources.source_named(actor=boss, name=name, now=NOW) == journal
    assert twin not in Source.objects.standing()


def test_what_was_merged_into_the_source_before_follows_it(boss: User, pair) -> None:
    journal, twin = pair
    third = factories.SourceFactory.create()
    merge(boss, third, twin)
    merge(boss, twin, journal)

    third.refresh_from_db()
    assert third.merged_into == journal


def test_every_claim_concerned_has_a_new_version_and_the_ledger_an_entry(boss: User, pair) -> None:
    journal, twin = pair
    claim = factories.claim(actor=boss, reports=[factories.report_draft(twin)])

    merge(boss, twin, journal)

    assert Claim.objects.get(pk=claim.pk).version == claim.version + 1
    entry = LedgerEntry.objects.latest("number")
    assert (entry.action, entry.content["slug"], entry.content["into"]) == (
        "sources merged",
        "wsj-2",
        "wsj",
    )


def test_the_preview_says_what_the_merge_would_do_and_keeps_nothing(boss: User, pair) -> None:
    journal, twin = pair
    factories.decide(factories.claim(actor=boss, reports=[factories.report_draft(twin)]))

    effect = merging.preview(actor=boss, source=twin, into=journal, now=NOW)

    assert (effect.source.hits, effect.into.hits, effect.merged.hits) == (1, 0, 1)
    assert Source.objects.get(pk=twin.pk).merged_into is None
    assert figures_of(twin) == (1, 0, 0)


def test_who_may_not_merge_is_refused(pair) -> None:
    journal, twin = pair
    with pytest.raises(PermissionDenied):
        merge(factories.editor(), twin, journal)


@pytest.mark.parametrize("case", ["itself", "merged already", "into one that was merged"])
def test_a_merge_that_makes_no_sense_is_refused(boss: User, pair, case: str) -> None:
    journal, twin = pair
    if case == "itself":
        source, into = journal, journal
    else:
        merge(boss, twin, journal)
        third = factories.SourceFactory.create()
        source, into = (twin, third) if case == "merged already" else (third, twin)

    with pytest.raises(ValidationError) as refused:
        merge(boss, source, into)
    assert set(refused.value.message_dict) == {"into"}


def test_a_report_of_the_merged_source_can_still_be_withdrawn(boss: User, pair) -> None:
    journal, twin = pair
    claim = factories.claim(
        actor=boss, reports=[factories.report_draft(twin), factories.report_draft()]
    )
    merge(boss, twin, journal)

    reports.withdraw_report(actor=boss, report=claim.reports.get(source=journal), now=NOW)

    assert recomputing.differences() == []
