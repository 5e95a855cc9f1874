"""What a claims file says is read as an editor means it, and told where that is not its letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation

from tests import factories
from tests.services.files import Row, confirmed, report, row
from tests.services.rows import nothing_changes
from verification.models import Claim, Report, Source, User
from verification.models.choices import Basis, Certainty, ClaimOutcome, Precision, Stance
from verification.services import imports, recomputing
from verification.services.importing import single
from verification.services.importing.summary import Summary

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)


@pytest.fixture
def manon() -> User:
    return factories.managing_editor(username="manon")


def bring_in(rows: list[Row], actor: User, **options: Any) -> Summary:
    return imports.import_rows(enumerate(rows, start=1), actor=actor, now=NOW, **options)


# --- Words of the desk ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("certainty", list(Certainty))
def test_a_certainty_is_taken_by_the_words_of_the_desk_in_either_language(
    manon: User, language: str, certainty: Certainty
) -> None:
    with translation.override(language):
        words = str(certainty.label)
    for said in (words, f" {words.upper()} ", certainty.value):
        summary = bring_in([row(id=None, reports=[report(certainty=said)])], manon, dry_run=True)
        assert summary.refused == []
    bring_in([row(reports=[report(certainty=words)])], manon)
    assert Report.objects.get().certainty == certainty.value


@pytest.mark.parametrize("said", ["tres probable", "Très  probable", "très-probable"])
def test_accents_spaces_and_signs_do_not_matter(manon: User, said: str) -> None:
    bring_in([row(reports=[report(certainty=said)])], manon)
    assert Report.objects.get().certainty == "very likely"


def test_every_choice_of_a_file_is_taken_in_french(manon: User) -> None:
    rows = [
        confirmed(
            outcome="Confirmée", deadline_precision="trimestre", public="oui", language="FR",
            deadline_basis="annoncée par la source", reports=[report(stance="Conteste")],
        ),
        {"name": "AFP", "kind": "Agence"},
    ]  # fmt: skip
    assert bring_in(rows, manon).refused == []
    claim = Claim.objects.get()
    assert (claim.outcome, claim.deadline_precision) == (ClaimOutcome.CONFIRMED, Precision.QUARTER)
    assert (claim.deadline_basis, claim.language) == (Basis.SOURCE, "fr")
    assert claim.reports.get().stance == Stance.DISPUTES
    assert Source.objects.get(name="AFP").kind == "agency"
    # The same in codes is the same claim.
    again = confirmed(public=True, language="fr", reports=[report(stance="disputes")])
    assert bring_in([again], manon).unchanged == 1


def test_words_that_mean_no_choice_are_told_with_those_of_the_reader(manon: User) -> None:
    bad = row(reports=[report(certainty="peut-être")])
    with translation.override("fr"), nothing_changes():
        (message,) = bring_in([bad], manon).refused[0].problems["reports.0.certainty"]
    assert "peut-être" in message
    assert "très probable" in message


# --- Who credits itself ---------------------------------------------------------------------------


def both_ways(rows: list[Row], actor: User) -> Summary:
    """The same by chunks and claim by claim; kept of the second."""
    quick = bring_in(rows, actor, dry_run=True)
    slow = single.one_by_one(enumerate(rows, start=1), actor=actor, now=NOW)
    assert [one.problems for one in quick.noted] == [one.problems for one in slow.noted]
    assert quick.sources == slow.sources
    return slow


@pytest.mark.parametrize(
    ("source", "via", "kept"),
    [
        ("The Wall Street Journal", "The Wall Street Journal", "The Wall Street Journal"),
        ("The Wall Street Journal", "WSJ", "The Wall Street Journal"),
        ("WSJ", "The Wall Street Journal", "The Wall Street Journal"),
        ("eurogamer.net", "Eurogamer", "eurogamer.net"),
    ],
)
def test_a_source_that_credits_itself_is_the_origin_and_that_is_told(
    manon: User, source: str, via: str, kept: str
) -> None:
    factories.SourceFactory.create(name="The Wall Street Journal")
    summary = both_ways([row(reports=[report(source=source, via=via)])], manon)
    found = Report.objects.get()
    assert (found.source.name, found.via) == (kept, None)
    (noted,) = summary.noted
    assert set(noted.problems) == {"reports.0.via"}
    assert source in str(noted)
    assert not Source.objects.exclude(name__in=[kept, "The Wall Street Journal"]).exists()
    assert recomputing.differences() == []


def test_another_name_of_a_known_source_is_itself(manon: User) -> None:
    journal = factories.SourceFactory.create(name="The Wall Street Journal")
    factories.SourceFactory.create(name="Journal")
    journal.aliases.create(name="The Street")
    both_ways([row(reports=[report(source="the street", via="The Wall Street Journal")])], manon)
    assert Report.objects.get().source == journal


def test_two_that_the_newsroom_keeps_apart_credit_one_another(manon: User) -> None:
    for name in ("eurogamer.net", "Eurogamer"):
        factories.SourceFactory.create(name=name)
    summary = both_ways([row(reports=[report(source="eurogamer.net", via="Eurogamer")])], manon)
    assert (summary.noted, str(Report.objects.get().via)) == ([], "Eurogamer")


def test_the_same_file_again_finds_the_report_and_tells_nothing(manon: User) -> None:
    rows = [row(reports=[report(source="WSJ", via="The Wall Street Journal")])]
    assert len(bring_in(rows, manon).noted) == 1
    with nothing_changes():
        again = bring_in(rows, manon)
    assert (again.unchanged, again.noted, again.differing) == (1, [], [])


# --- Criteria -------------------------------------------------------------------------------------


@pytest.mark.parametrize("work", [imports.import_rows, single.one_by_one])
def test_new_public_claims_without_criteria_come_in_and_are_counted(
    manon: User, work: Callable[..., Summary]
) -> None:
    bring_in([row(id="known", criteria="")], manon)
    rows = [
        row(id="public", criteria=" "),
        row(id="internal", criteria="", public=False),
        row(id="fine"),
        row(id="known", criteria=""),
        row(id="bad", criteria="", deadline="soon"),
    ]
    summary = work(enumerate(rows, start=1), actor=manon, now=NOW)
    assert (summary.without_criteria, summary.fresh) == (1, 3)
