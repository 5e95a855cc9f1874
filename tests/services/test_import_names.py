"""What a claims file makes by naming it is counted and named, so that a slip is seen in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests import factories
from tests.services.files import FORMATS, Row, report, row, write
from tests.services.rows import nothing_changes
from verification.models import Beat, ImportedName, ImportRun, Source, SourceDomain, User
from verification.models.choices import NameKind
from verification.services import claimfile, imports
from verification.services.importing import naming, runs, single
from verification.services.importing.summary import Summary

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)


@pytest.fixture
def manon() -> User:
    return factories.managing_editor(username="manon")


def clock() -> datetime:
    return NOW


def bring_in(rows: list[Row], actor: User, **options: Any) -> Summary:
    return imports.import_rows(enumerate(rows, start=1), actor=actor, now=NOW, **options)


def reported(*sources: str, **fields: Any) -> Row:
    """A claim with a report of each."""
    reports = [
        report(source=name, url=f"https://news.example/{number}")
        for number, name in enumerate(sources)
    ]
    return row(reports=reports, **fields)


def named(summary: Summary) -> list[tuple[str, str]]:
    """The new sources, each with the known one that may be meant."""
    return [(one.name, one.near) for one in summary.made.all if one.kind == NameKind.SOURCE]


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_source_that_only_a_report_names_is_counted_and_a_slip_is_asked_about(
    manon: User, dry_run: bool
) -> None:
    factories.SourceFactory.create(name="Le Monde")
    summary = bring_in([reported("Le Monde", "Le Mondee", "Zonebourse")], manon, dry_run=dry_run)
    assert summary.sources == 2
    assert named(summary) == [("Le Mondee", "Le Monde"), ("Zonebourse", "")]
    assert Source.objects.filter(name="Le Mondee").exists() is not dry_run


@pytest.mark.parametrize(
    ("known", "given", "near"),
    [
        ("Associated Press", "AFP", ""),
        ("AFP", "Associated Press", ""),
        ("The Guardian", "The Daily Mail", ""),
        ("The Wall Street Journal", "WSJ", "The Wall Street Journal"),
        ("Les Échos", "Les Ecos", "Les Échos"),
        ("The Monexus", "Le Mondee", ""),
    ],
)
def test_an_outlet_that_everybody_knows_is_near_to_itself_alone(
    manon: User, known: str, given: str, near: str
) -> None:
    factories.SourceFactory.create(name=known)
    assert named(bring_in([reported(given)], manon)) == [(given, near)]


@pytest.mark.parametrize(
    ("known", "domain", "given", "address", "near"),
    [
        # A source's own domain, whatever it is called.
        (
            "Gazette",
            "gazette.example",
            "The Gazzzzette",
            "https://www.gazette.example/1",
            "Gazette",
        ),
        ("Gazette", "gazette.example", "Somebody", "https://other.example/1", ""),
        # One that nobody entered, and everybody knows.
        ("Gazette", "gazette.example", "Le Mond", "https://www.lemonde.fr/alpine", "Le Monde"),
        ("Gazette", "gazette.example", "Le Monde", "https://www.lemonde.fr/alpine", ""),
        # An agency on an outlet's page is itself.
        ("Gazette", "gazette.example", "Reuters", "https://www.gazette.example/1", ""),
        ("Gazette", "gazette.example", "Somebody", "https://x.com/somebody/status/1", ""),
        ("Gazette", "gazette.example", "Somebody", "", ""),
    ],
)
@pytest.mark.parametrize("dry_run", [False, True])
def test_a_new_source_that_publishes_on_the_domain_of_another_is_asked_about(
    manon: User, known: str, domain: str, given: str, address: str, near: str, dry_run: bool
) -> None:
    source = factories.SourceFactory.create(name=known)
    SourceDomain.objects.create(source=source, domain=domain)
    rows = [row(reports=[report(source=given, url=address)])]
    assert named(bring_in(rows, manon, dry_run=dry_run)) == [(given, near)]


def test_whoever_is_credited_did_not_publish_at_the_address(manon: User) -> None:
    rows = [row(reports=[report(source="Le Monde", url="https://lemonde.fr/1", via="Somebody")])]
    assert named(bring_in(rows, manon)) == [("Le Monde", ""), ("Somebody", "")]


def test_a_listed_source_is_asked_about_by_its_home_page(manon: User) -> None:
    rows = [{"name": "Le Mond", "homepage": "https://www.lemonde.fr/"}]
    assert named(bring_in(rows, manon)) == [("Le Mond", "Le Monde")]


def test_an_editor_is_told_who_may_make_a_beat(manon: User) -> None:
    factories.BeatFactory.create(name="Sport")
    rows, edith = [reported("Reuters", beat="Transports")], factories.editor()
    with nothing_changes():
        (refusal,) = bring_in(rows, edith).refused
    assert refusal.problems["beat"] == [
        "There is no beat “Transports”. Known: Sport. A managing editor may add it, or import a "
        "file that names it."
    ]
    assert bring_in(rows, manon).beats == 1


def test_a_new_beat_is_counted_and_a_slip_is_asked_about(manon: User) -> None:
    factories.BeatFactory.create(name="Économie")
    factories.SourceFactory.create(name="Reuters")
    rows = [reported("Reuters", id=str(n), beat=beat) for n, beat in enumerate(("Ecomomie", "Vin"))]
    summary = bring_in(rows, manon)
    assert (summary.beats, summary.sources) == (2, 0)
    assert [(one.name, one.near, one.row) for one in summary.made.all] == [
        ("Ecomomie", "Économie", 1),
        ("Vin", "", 2),
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_new_name_is_told_by_the_row_that_has_it_first(
    manon: User, tmp_path: Path, kind: str
) -> None:
    factories.SourceFactory.create(name="Reuters")
    rows = [reported("Reuters", id="a"), reported("Reuters", "New one", id="b")]
    path = write(tmp_path / f"claims.{kind}", rows)
    summary = imports.import_rows(claimfile.read(path), actor=manon, now=NOW)
    (one,) = [one for one in summary.made.all if one.kind == NameKind.SOURCE]
    assert one.row == (4 if kind in {"csv", "xlsx"} else 2)


def test_a_source_with_a_row_of_its_own_is_one_new_source(manon: User) -> None:
    summary = bring_in([{"name": "Reuters"}, reported("reuters", id="a")], manon)
    assert (summary.sources, summary.fresh, summary.claims) == (1, 2, 1)
    assert [one.listed for one in summary.made.all if one.kind == NameKind.SOURCE] == [True]


def test_what_a_refused_row_names_is_neither_made_nor_told(manon: User) -> None:
    factories.BeatFactory.create(name=row()["beat"])
    for work in (imports.import_rows, single.one_by_one):
        with nothing_changes():
            summary = work([(1, reported("Made up", deadline="soon"))], actor=manon, now=NOW)
        assert (summary.sources, summary.made.all, len(summary.refused)) == (0, [], 1)


def test_a_row_that_changes_nothing_makes_no_source(manon: User) -> None:
    bring_in([row()], manon)
    for work in (imports.import_rows, single.one_by_one):
        with nothing_changes():
            summary = work([(1, row(reports=[report(via="Unheard of")]))], actor=manon, now=NOW)
        assert (summary.sources, summary.kept) == (0, 1)
        assert set(summary.differing[0].problems) == {"reports.0.via"}


def test_a_name_that_a_refused_row_has_as_well_is_told_by_the_row_that_came_in(
    manon: User,
) -> None:
    summary = bring_in([reported("New", id="a", deadline="soon"), reported("New", id="b")], manon)
    assert [(one.name, one.row) for one in summary.made.all if one.kind == NameKind.SOURCE] == [
        ("New", 2)
    ]


NEWCOMERS: list[Row] = [
    reported("Le Canard du Nord", id="a"),
    reported("le canard du nord", "Canard du Nord", id="b", statement="B."),
    {"name": "LE CANARD DU NORD"},
    {"name": "Gazette d’Aoste"},
    reported("gazette-d-aoste", "Équipe 2", id="c", statement="C.", beat="ai & TECH business"),
    reported("EQUIPE-2", id="d", statement="D.", beat="Élevage"),
]


@pytest.mark.parametrize("at_once", [1, 2, 1000])
def test_a_dry_run_counts_each_new_name_once_as_the_import_does(manon: User, at_once: int) -> None:
    with nothing_changes():
        dry = bring_in(NEWCOMERS, manon, at_once=at_once, dry_run=True)
    wet = bring_in(NEWCOMERS, manon, at_once=at_once)
    assert [(one.kind, one.name, one.row) for one in dry.made.all] == [
        (one.kind, one.name, one.row) for one in wet.made.all
    ]
    assert (wet.sources, wet.beats) == (Source.objects.count(), Beat.objects.count()) == (3, 2)


@pytest.mark.parametrize("dry_run", [False, True])
def test_the_count_is_right_after_an_import_or_a_check_that_was_cut_off(
    manon: User, tmp_path: Path, dry_run: bool
) -> None:
    path = write(tmp_path / "claims.jsonl", NEWCOMERS)
    run = runs.begin(actor=manon, name="x", digest="1" * 64, size=1, now=NOW)

    def cut_off() -> Iterator[tuple[int, Row]]:
        for number, found in claimfile.read(path):
            if number == 5:
                raise KeyboardInterrupt
            yield number, found

    with pytest.raises(KeyboardInterrupt):
        runs.go_on(run, cut_off(), clock=clock, at_once=1, dry_run=dry_run)
    run = ImportRun.objects.get()
    assert (run.sources, run.beats, run.rows_done) == (2, 1, 4)
    summary = runs.go_on(run, claimfile.read(path), clock=clock, at_once=1, dry_run=dry_run)
    run.refresh_from_db()
    assert (run.sources, run.beats) == (summary.sources, summary.beats) == (3, 2)
    kept = ImportedName.objects.filter(run=run, kind=NameKind.SOURCE)
    assert [(one.name, one.row, one.listed) for one in kept] == [
        ("Le Canard du Nord", 1, False), ("Gazette d’Aoste", 4, True), ("Équipe 2", 5, False),
    ]  # fmt: skip


def test_so_many_are_named_and_the_others_counted_slips_first(manon: User) -> None:
    factories.SourceFactory.create(name="Le Monde")
    names = [f"{chr(65 + n)}{chr(75 - n)}xq{n}" for n in range(6)]
    first, more = bring_in([reported(*names, "Le Mondee")], manon).made.first(NameKind.SOURCE, 4)
    assert ([one.name for one in first], more) == (["Le Mondee", *names[:3]], 3)


def test_only_some_of_many_new_names_are_asked_about(
    manon: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each question costs queries, and a file may have thousands of new names."""
    monkeypatch.setattr(naming, "SUGGESTED", 1)
    factories.BeatFactory.create(name=row()["beat"])
    factories.SourceFactory.create(name="Le Monde")
    summary = bring_in([reported("Le Mondee", "Le Mondeee")], manon)
    assert named(summary) == [("Le Mondee", "Le Monde"), ("Le Mondeee", "")]
