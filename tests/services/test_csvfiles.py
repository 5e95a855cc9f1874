"""CSV as the spreadsheets of newsrooms write it is read for what it says, or refused clearly."""

from __future__ import annotations

import codecs
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from tests import factories
from tests.services.rows import nothing_changes
from verification.models import Claim, User
from verification.services import claimfile, csvfiles, imports
from verification.services.claimfields import Row
from verification.services.importing.summary import Summary

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)
#: As an Excel in French saves it: semicolons, its own days and its own words for the truth.
FRENCH = (
    "id;statement;beat;deadline;public;source;url;published\r\n"
    'ete;"Un été à 2,5 %; « peut-être »";Économie;30/06/2026;FAUX;L’Équipe;;03/04/2026\r\n'
    "hiver;Un hiver.;Économie;01/12/2026;VRAI;L’Équipe;;04/04/2026\r\n"
)


@pytest.fixture
def manon() -> User:
    return factories.managing_editor(username="manon")


def file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def bring_in(path: Path, actor: User) -> Summary:
    return imports.import_rows(claimfile.read(path), actor=actor, now=NOW)


def rows(path: Path) -> list[Row]:
    return [row for _number, row in claimfile.read(path)]


@pytest.mark.parametrize("mark", ["", "sep=;\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_of_a_french_spreadsheet_comes_in(
    manon: User, tmp_path: Path, encoding: str, mark: str
) -> None:
    summary = bring_in(file(tmp_path / "claims.csv", mark + FRENCH, encoding), manon)
    assert (summary.claims, summary.reports, summary.refused) == (2, 2, [])
    claim = Claim.objects.get(slug="ete")
    assert claim.statement == "Un été à 2,5 %; « peut-être »"
    assert (claim.deadline, claim.public) == (date(2026, 6, 30), False)
    assert claim.reports.get().source.name == "L’Équipe"
    # 30/06 says in which order the numbers of all days stand.
    assert claim.reports.get().published_on == date(2026, 4, 3)
    assert Claim.objects.get(slug="hiver").deadline == date(2026, 12, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_what_is_given_back_is_written_as_the_file_was_and_reads_the_same(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    said = '"L’été, « à 2 % »; oui|non"'
    text = f"id{separator}statement{separator}beat\na{separator}{said}{separator}Été\n"
    path = file(tmp_path / "claims.csv", text, encoding)
    form = csvfiles.look(path)
    back = tmp_path / "back.csv"
    claimfile.write(back, "csv", rows(path), form)
    assert csvfiles.look(back) == form
    (given,), (read,) = rows(path), rows(back)
    assert {name: read[name] for name in given} == given
    # A spreadsheet reads UTF-8 as such only where the file says so.
    mark = {"cp1252": b"id", "utf-16": codecs.BOM_UTF16}.get(encoding, codecs.BOM_UTF8)
    assert back.read_bytes().startswith(mark)


def test_a_letter_that_has_no_place_in_the_files_own_letters_is_written_as_its_code(
    tmp_path: Path,
) -> None:
    form = csvfiles.Form("cp1252", ";")
    claimfile.write(tmp_path / "a.csv", "csv", [{"statement": "\u4e2d \ud800"}], form)
    assert rb"\u4e2d \ud800" in (tmp_path / "a.csv").read_bytes()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_sign_between_the_cells_is_found_by_the_names_of_the_columns(
    tmp_path: Path, separator: str
) -> None:
    head = separator.join(["ID", " Statement ", "deadline"])
    found = rows(
        file(tmp_path / "a.csv", f'{head}\none{separator}"A; b, c|d"{separator}2026-01-01\n')
    )
    assert (found[0]["id"], found[0]["statement"]) == ("one", "A; b, c|d")
    assert found[0]["deadline"] == "2026-01-01"


def test_american_days_are_read_where_the_file_tells(tmp_path: Path) -> None:
    text = "id,statement,deadline,published\na,A,03/04/2026,\nb,B,12/31/2026,3/9/2026\n"
    found = rows(file(tmp_path / "a.csv", text))
    assert [row["deadline"] for row in found] == ["2026-03-04", "2026-12-31"]
    assert found[1]["reports"][0]["published"] == "2026-03-09"


@pytest.mark.parametrize(
    "others",
    ["", "c,C,Tech,31/12/2026\nd,D,Tech,12/31/2026\n"],
    ids=["nothing tells", "the file tells both"],
)
def test_a_day_that_may_be_two_is_refused_with_both(
    manon: User, tmp_path: Path, others: str
) -> None:
    head = "id,statement,beat,deadline\n"
    path = file(tmp_path / "a.csv", f"{head}a,A,Tech,03/04/2026\nb,B,Tech,5/5/2026\n{others}")
    summary = bring_in(path, manon)
    assert [one.label for one in summary.refused] == ["a"]
    assert "“03/04/2026” may be 2026-04-03 or 2026-03-04" in str(summary.refused[0])
    assert Claim.objects.get(slug="b").deadline == date(2026, 5, 5)


def test_days_in_a_text_do_not_tell_of_those_in_the_columns(tmp_path: Path) -> None:
    text = "id,statement,deadline\na,31/12/2026,03/04/2026\n"
    assert rows(file(tmp_path / "a.csv", text))[0]["deadline"] == "03/04/2026"


def test_a_file_that_is_neither_one_encoding_nor_the_other_is_refused_by_its_line(
    manon: User, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,statement\na,été\nb,".encode() + b"\xe9t\xe9\n")
    with nothing_changes(), pytest.raises(ValidationError, match="Line 3 has letters"):
        bring_in(path, manon)


def test_letters_are_found_wherever_the_pieces_of_the_file_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csvfiles, "_BLOCK", 1)
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        found = rows(file(tmp_path / "a.csv", FRENCH.replace("’", "'"), encoding))
        assert found[0]["statement"] == "Un été à 2,5 %; « peut-être »"


@pytest.mark.parametrize("text", ["name,age\nA,3\n", "Titel;Datum\nx;y\n", "just words\n"])
def test_a_first_row_that_names_no_column_of_a_claim_is_said_once(
    manon: User, tmp_path: Path, text: str
) -> None:
    path = file(tmp_path / "a.csv", text)
    if text.startswith("name"):
        # Sources: an unknown column is told of each.
        assert "age" in bring_in(path, manon).refused[0].problems
        return
    with pytest.raises(ValidationError, match="names no column"):
        bring_in(path, manon)


def test_what_stands_in_a_column_without_a_name_is_not_swallowed(
    manon: User, tmp_path: Path
) -> None:
    text = "id,statement,,beat,deadline\na,A,lost,Tech,2026-06-30\nb,B,,Tech,2026-06-30\n"
    summary = bring_in(file(tmp_path / "a.csv", text), manon)
    assert [one.label for one in summary.refused] == ["a"]
    assert summary.claims == 1
