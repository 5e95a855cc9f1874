"""import_claims, export_claims and seed_demo: what they print and how they exit."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import factories
from tests.services.files import confirmed, row, write
from tests.services.rows import nothing_changes
from verification.models import Claim, User
from verification.services import demo

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
        "Imported: 1 claims, 1 reports, 1 verdicts, 1 sources; 0 unchanged, 0 refused.\n",
        "",
    )
    assert Claim.objects.get().logged_by == manon
    assert run("import_claims", path)[0] == (
        "Imported: 0 claims, 0 reports, 0 verdicts, 0 sources; 2 unchanged, 0 refused.\n"
    )


def test_a_dry_run_says_would_and_keeps_nothing(manon: User, tmp_path: Path) -> None:
    path = write(tmp_path / "claims.csv", [confirmed()])
    with nothing_changes():
        out, err = run("import_claims", path, "--dry-run")
    assert (out.split(":")[0], err) == ("Would import", "")
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
    assert first.startswith("row 2 (bad): deadline: ")
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
    run("import_claims", write(tmp_path / "claims.json", [row()]))
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


# --- export_claims --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_an_export_is_a_file_that_comes_in_without_a_change(
    manon: User, tmp_path: Path, kind: str
) -> None:
    rows = [confirmed(), row(id="second", reports=[])]
    run("import_claims", write(tmp_path / "claims.json", rows))
    out, err = run("export_claims", "--format", kind)
    assert err == ""
    path = tmp_path / f"export.{kind}"
    path.write_text(out, encoding="utf-8")
    with nothing_changes():
        assert "2 unchanged, 0 refused" in run("import_claims", path)[0]


def test_an_export_of_nothing_is_a_table_without_rows() -> None:
    assert run("export_claims") == ("", "")
    assert run("export_claims", "--format", "csv")[0].count("\n") == 1


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(CommandError, match="format"):
        call_command("export_claims", "--format", "xml")


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
