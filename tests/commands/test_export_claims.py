"""export_claims: what it writes where, in which format, and what it tells."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import factories
from tests.commands.test_claims_files import run
from tests.services.files import confirmed, report, row, write
from tests.services.rows import nothing_changes
from verification.models import Source, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def manon() -> User:
    return factories.managing_editor(username="manon")


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl", "xlsx"])
def test_an_export_into_a_file_comes_in_without_a_change(
    manon: User, tmp_path: Path, kind: str
) -> None:
    rows = [confirmed(), row(id="second", reports=[], public=False)]
    run("import_claims", write(tmp_path / "claims.json", rows))
    path = tmp_path / f"export.{kind}"
    told = ("", f"2 claims with 1 reports written to {path} as {kind}.\n")
    assert run("export_claims", "--format", kind, "--output", path) == told
    with nothing_changes():
        assert "2 unchanged, 0 refused" in run("import_claims", path)[0]


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl", "xlsx"])
def test_sources_go_out_with_their_other_names_and_come_in_again(
    manon: User, tmp_path: Path, kind: str
) -> None:
    source = {
        "name": "The Wall Street Journal",
        "aliases": ["WSJ", "Journal, the"],
        "domains": ["wsj.com"],
    }
    run("import_claims", write(tmp_path / "sources.json", [source, {"name": "AFP"}]))
    assert Source.objects.get(aliases__name="WSJ").name == "The Wall Street Journal"
    path = tmp_path / f"sources.{kind}"
    told = ("", f"2 sources written to {path} as {kind}.\n")
    assert run("export_claims", "--sources", "--output", path) == told
    assert run("export_claims", "--sources", "--output", path, "-v", "0") == ("", "")
    with nothing_changes():
        assert "2 unchanged, 0 refused" in run("import_claims", path)[0]
    Source.objects.all().delete()
    assert "2 new sources" in run("import_claims", path)[0]
    assert Source.objects.get(domains__domain="wsj.com").aliases.count() == 2
    claims = [row(reports=[report(source="wsj")]), row(id="b", reports=[report(source="AFP")])]
    run("import_claims", write(tmp_path / "claims.json", claims))
    assert Source.objects.count() == 2


def test_a_workbook_is_not_written_to_the_screen() -> None:
    assert "--output" in run("export_claims", "--format", "xlsx")[1]


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


@pytest.mark.parametrize("name", ["export.csv", "export.JSON", "export.jsonl", "export.xlsx"])
def test_the_name_of_the_file_says_its_format(manon: User, tmp_path: Path, name: str) -> None:
    run("import_claims", write(tmp_path / "claims.json", [confirmed(), row(id="second")]))
    path = tmp_path / name
    assert str(path) in run("export_claims", "--output", path)[1]
    with nothing_changes():
        assert "2 unchanged, 0 refused" in run("import_claims", path)[0]


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("x.xlsx", ["--format", "jsonl"], "ends in .xlsx, and --format says jsonl"),
        ("x.csv", ["--format", "xlsx"], "ends in .csv, and --format says xlsx"),
        ("x.csv", ["--format", "json", "--sources"], "ends in .csv, and --format says json"),
        ("x.txt", [], "ends in .csv, .xlsx, .jsonl or .json"),
        ("claims", [], "ends in .csv, .xlsx, .jsonl or .json"),
    ],
)
def test_a_file_whose_name_says_another_format_or_none_is_not_written(
    tmp_path: Path, name: str, options: list[str], told: str
) -> None:
    path = tmp_path / name
    out, err = run("export_claims", "--output", path, *options)
    assert (out, err.startswith("CommandError: ")) == ("", True)
    assert told in err
    assert not path.exists()


def test_a_name_that_says_nothing_takes_the_format_that_is_given(tmp_path: Path) -> None:
    run("export_claims", "--format", "json", "--output", tmp_path / "claims.backup")
    assert (tmp_path / "claims.backup").read_text() == "[]\n"


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "claims.csv"
    assert f"{path} cannot be written: No such file" in run("export_claims", "--output", path)[1]


@pytest.mark.parametrize("command", ["export_claims", "export_ledger"])
def test_an_export_that_is_read_no_further_ends_without_a_word(manon: User, command: str) -> None:
    factories.claim()
    reading, writing = os.pipe()
    os.close(reading)
    complaints = io.StringIO()
    with os.fdopen(writing, "w") as out, pytest.raises(SystemExit) as ended:
        call_command(command, stdout=out, stderr=complaints)
    assert ended.value.code == 141
    assert complaints.getvalue() == ""
