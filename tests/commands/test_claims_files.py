"""import_claims and seed_demo: what they print and how they exit."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests import factories
from tests.services.files import confirmed, report, row, write
from tests.services.rows import nothing_changes
from verification.management import progress
from verification.management.commands import import_claims
from verification.models import Claim, ImportRun, User
from verification.services import demo, imports
from verification.services.importing import runs

pytestmark = pytest.mark.django_db


def run(*command: object) -> tuple[str, str]:
    """What the command printed, and what it complained of."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*command, stdout=out, stderr=err)
    except CommandError as error:
        assert error.returncode == 1
        err.write(f"CommandError: {error}\n")
    return out.getvalue(), err.getvalue()


@pytest.fixture
def manon() -> User:
    return factories.managing_editor(username="manon")


# --- import_claims --------------------------------------------------------------------------------


def test_an_import_prints_what_came_in(manon: User, tmp_path: Path) -> None:
    path = write(tmp_path / "claims.json", [confirmed(), {"name": "Reuters"}])
    assert run("import_claims", path) == (
        "In the name of manon.\n"
        "Imported: 1 claims, 1 reports, 1 verdicts, 2 new sources, 1 new beats.\n"
        "Claims and sources in the file: 2, of which 2 new, 0 added to, 0 kept although the file "
        "differs, 0 unchanged, 0 refused.\n"
        "New sources: The Wall Street Journal; Reuters.\n"
        "New beats: AI & tech business.\n",
        "",
    )
    assert Claim.objects.get().logged_by == manon
    assert run("import_claims", path)[0].endswith(
        "Imported: 0 claims, 0 reports, 0 verdicts, 0 new sources, 0 new beats.\n"
        "Claims and sources in the file: 2, of which 0 new, 0 added to, 0 kept although the file "
        "differs, 2 unchanged, 0 refused.\n"
    )


def test_a_dry_run_says_would_and_keeps_nothing(manon: User, tmp_path: Path) -> None:
    path = write(tmp_path / "claims.csv", [confirmed()])
    with nothing_changes():
        out, err = run("import_claims", path, "--dry-run")
    assert (out.splitlines()[1].split(":")[0], err) == ("Would import", "")
    assert "1 claims" in out


def test_a_refused_row_is_named_by_line_and_field_and_the_exit_is_1(
    manon: User, tmp_path: Path
) -> None:
    bad = row(id="bad", deadline="2026-02-30")
    path = write(tmp_path / "claims.jsonl", [row(), bad])
    out, err = run("import_claims", path)
    assert "1 claims" in out
    assert "1 refused" in out
    first, *_rest, last = err.splitlines()
    assert first.startswith("refused: row 2 (bad): $.deadline: ")
    assert "2026-02-30" in first
    assert last.startswith("CommandError: ")


def test_a_file_that_cannot_be_read_exits_with_1_and_its_name(manon: User, tmp_path: Path) -> None:
    with nothing_changes():
        assert "nothing.csv" in run("import_claims", tmp_path / "nothing.csv")[1]
        (tmp_path / "claims.json").write_text("{broken")
        assert "Line 1" in run("import_claims", tmp_path / "claims.json")[1]


def test_an_import_is_in_the_name_of_whoever_is_named(manon: User, tmp_path: Path) -> None:
    factories.reporter(username="robin")
    factories.BeatFactory.create(name=row()["beat"])
    path = write(tmp_path / "claims.json", [row()])
    run("import_claims", path, "--user", "robin")
    assert Claim.objects.get().logged_by.username == "robin"


def test_without_a_name_a_superuser_goes_before_a_managing_editor(
    manon: User, tmp_path: Path
) -> None:
    factories.UserFactory.create(username="root", is_superuser=True)
    factories.UserFactory.create(username="rita", is_superuser=True)
    out, _err = run("import_claims", write(tmp_path / "claims.json", [row()]))
    assert out.startswith("In the name of root, the first of 2; --user names another.\n")
    assert Claim.objects.get().logged_by.username == "root"


@pytest.mark.parametrize("options", [(), ("--user", "robin"), ("--user", "gone")])
def test_nobody_to_import_in_the_name_of_exits_with_1(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    factories.managing_editor(username="gone", is_active=False)
    factories.editor()
    path = write(tmp_path / "claims.json", [row()])
    with nothing_changes():
        out, err = run("import_claims", path, *options)
    assert out == ""
    assert err.startswith("CommandError: There is ")


def test_refused_rows_go_into_a_file_that_comes_in_once_it_is_mended(
    manon: User, tmp_path: Path
) -> None:
    bad = row(id="bad", deadline="someday")
    path, refused = write(tmp_path / "claims.jsonl", [row(), bad]), tmp_path / "refused.csv"
    run("import_claims", path, "--refused", refused)
    refused.write_text(refused.read_text().replace("someday", "2026-06-30"))
    out, err = run("import_claims", refused)
    assert "Imported: 1 claims, 1 reports" in out
    assert err == ""
    assert Claim.objects.filter(slug="bad").exists()


def test_what_a_french_spreadsheet_sent_is_given_back_in_its_form(
    manon: User, tmp_path: Path
) -> None:
    path, refused, told = (tmp_path / f"{name}.csv" for name in ("été", "refused", "told"))
    text = "id;statement;beat;deadline\na;L’été vient.;Météo;bientôt\nb;Il part.;Météo;30/06/2026\n"
    path.write_bytes(text.encode("cp1252"))
    run("import_claims", path, "--refused", refused, "--report", told)
    given = refused.read_bytes().decode("cp1252")
    assert given.startswith("id;language;statement;")
    assert "L’été vient." in given
    assert told.read_bytes().decode("cp1252").splitlines()[1].startswith("2;a;deadline;refused;")
    refused.write_bytes(given.replace("bientôt", "31/07/2026").encode("cp1252"))
    assert "Imported: 1 claims" in run("import_claims", refused)[0]
    assert Claim.objects.get(slug="a").statement == "L’été vient."


def test_new_names_are_the_last_that_is_said_slips_first(
    manon: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_claims, "NAMED", 2)
    factories.SourceFactory.create(name="Le Monde")
    names = ("Aaa", "Bbb", "Le Mondee")
    reports = [report(source=name, url=f"https://news.example/{name[0]}") for name in names]
    path = write(tmp_path / "claims.json", [row(reports=reports)])
    last = "New sources: Le Mondee (did you mean Le Monde?); Aaa; and 1 more.\n"
    for options in (("--dry-run",), ()):
        assert last in run("import_claims", path, *options, "--report", tmp_path / "told.csv")[0]
    told = (tmp_path / "told.csv").read_text(encoding="utf-8-sig").splitlines()
    assert told[-2] == "1,Le Mondee,,new source,Did you mean “Le Monde”?"
    assert "1,Bbb,,new source," in told


def test_claims_that_readers_would_see_without_criteria_are_told(
    manon: User, tmp_path: Path
) -> None:
    path = write(tmp_path / "claims.json", [row(criteria="")])
    out, _err = run("import_claims", path, "--dry-run")
    assert "1 public claims would have no criteria" in out
    out, _err = run("import_claims", path)
    assert "1 public claims have no criteria" in out
    assert "no criteria" not in run("import_claims", path)[0]


def test_a_source_that_credits_itself_is_told_as_it_is_read(manon: User, tmp_path: Path) -> None:
    path = write(tmp_path / "claims.csv", [row(reports=[report(via="WSJ")])])
    _out, err = run("import_claims", path)
    assert err.startswith("read otherwise than written: row 2 (amazon-openai): column via: ")


def test_a_file_for_refused_rows_has_a_known_ending(manon: User, tmp_path: Path) -> None:
    path = write(tmp_path / "claims.jsonl", [row()])
    with nothing_changes():
        assert "--refused" in run("import_claims", path, "--refused", tmp_path / "refused.txt")[1]


class Terminal(io.StringIO):
    """A screen."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_far_it_is_and_quiet_means_quiet(
    manon: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "AT_ONCE", 2)
    path = write(tmp_path / "claims.jsonl", [row(id=f"claim-{n}") for n in range(5)])
    screen, out = Terminal(), io.StringIO()
    call_command("import_claims", path, stdout=out, stderr=screen)
    assert "100% 5 done, 0 refused" in screen.getvalue()
    assert screen.getvalue().count("\r") == 3
    silent = Terminal()
    call_command("import_claims", path, stdout=io.StringIO(), stderr=silent, verbosity=0)
    assert silent.getvalue() == ""


def test_what_an_earlier_run_did_is_not_counted_into_how_fast_this_one_is(
    manon: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "AT_ONCE", 1)
    seconds = iter(range(1_000))
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(seconds))
    path = write(tmp_path / "claims.jsonl", [row(id=f"claim-{n}") for n in range(1, 9)])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    begun = runs.begin(actor=manon, name="x", digest=digest, size=1, now=timezone.now())
    ImportRun.objects.filter(pk=begun.pk).update(rows_done=4, fresh=4, claims=4)
    screen = Terminal()
    call_command("import_claims", path, stdout=io.StringIO(), stderr=screen)
    assert "8 done, 0 refused; 1 a second" in screen.getvalue()


def test_an_import_that_was_cut_off_says_where_it_goes_on(manon: User, tmp_path: Path) -> None:
    path = write(tmp_path / "claims.jsonl", [row(id=f"claim-{n}") for n in range(1, 4)])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    begun = runs.begin(actor=manon, name="x", digest=digest, size=1, now=timezone.now())
    ImportRun.objects.filter(pk=begun.pk).update(rows_done=2)
    _out, err = run("import_claims", path)
    assert err == "Going on after row 2.\n"
    assert list(Claim.objects.values_list("slug", flat=True)) == ["claim-3"]


# --- seed_demo ------------------------------------------------------------------------------------


def test_the_demo_prints_its_logins_and_a_second_run_finds_it_in_place() -> None:
    out, err = run("seed_demo")
    assert err == ""
    assert out.startswith("48 claims logged.\n")
    for person in demo.PEOPLE:
        assert person.username in out
    assert demo.PASSWORD in out
    with nothing_changes():
        assert run("seed_demo")[0].startswith("The demo newsroom is in place.\n")
    assert run("verify_records") == ("The records equal a full recompute.\n", "")
    assert run("verify_ledger")[1] == ""


def test_the_demo_stays_out_of_a_newsrooms_own_database() -> None:
    factories.reporter()
    with nothing_changes():
        out, err = run("seed_demo")
    assert out == ""
    assert "DATABASE_URL" in err
