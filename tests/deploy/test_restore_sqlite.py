"""An SQLite newsroom that was wrecked is as it was before, by the documented commands."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.deploy.conftest import PROJECT, commands, connected_to, fill, shell

pytestmark = [
    # The schema is copied from the test's own database.
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="of SQLite; PostgreSQL has a test of its own"
    ),
]
[BACKUP, RESTORE] = [
    block
    for block in commands("One machine without services", part="One machine without services")
    if "deploy/sqlite" in block
]


def counts(path: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(path)) as database:
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            # How the index of words lies on the disk changes where it is merged.
            "AND name NOT LIKE 'verification_claim_words_%'"
        ).fetchall()
        return {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for (name,) in tables
        }


@pytest.fixture(scope="module")
def filled(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Path:
    """A newsroom's file; each test has a copy of its own."""
    path = tmp_path_factory.mktemp("newsroom") / "borneout.sqlite3"
    with django_db_blocker.unblock():
        connection.close()
        shutil.copy(connection.settings_dict["NAME"], path)
        with connected_to(str(path)):
            fill()
    return path


@pytest.fixture
def place(tmp_path: Path, filled: Path) -> Path:
    """A folder as a checkout is, with the newsroom's file where it belongs."""
    (tmp_path / "var").mkdir()
    for name in ("deploy", "manage.py", "tracker", "verification", "templates", ".venv"):
        (tmp_path / name).symlink_to(PROJECT / name)
    shutil.copy(filled, tmp_path / "var")
    return tmp_path


@pytest.fixture
def database(place: Path) -> Path:
    return place / "var/borneout.sqlite3"


def backups(place: Path) -> list[Path]:
    return sorted((place / "var/backups").glob("*"))


def test_what_was_wrecked_is_restored(
    place: Path, database: Path, environment: Mapping[str, str]
) -> None:
    before = counts(database)
    # The newsroom is at work: one writes, and what was written last is not in the file yet.
    with closing(sqlite3.connect(database, isolation_level=None)) as busy:
        busy.execute("UPDATE verification_user SET last_name = 'Written last'")
        busy.execute("BEGIN IMMEDIATE")
        busy.execute("DELETE FROM verification_story")
        made = shell(BACKUP, environment, place)
        assert (made.returncode, made.stderr) == (0, "")
        busy.execute("ROLLBACK")
    [copy, _checksum] = backups(place)
    with closing(sqlite3.connect(copy)) as kept:
        written = kept.execute("SELECT DISTINCT last_name FROM verification_user").fetchall()
        assert written == [("Written last",)]

    # Behind the guards' back, as a wreck is.
    with closing(sqlite3.connect(database, isolation_level=None)) as wreck:
        wreck.execute("PRAGMA writable_schema = ON")
        wreck.execute("DELETE FROM sqlite_master WHERE type = 'trigger'")
    with closing(sqlite3.connect(database, isolation_level=None)) as wreck:
        wreck.execute("DROP TABLE verification_report")
        wreck.execute("UPDATE verification_ledgerentry SET action = 'garbled'")
    restored = shell(RESTORE, environment, place)

    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "The records equal a full recompute." in restored.stdout
    assert "The chain holds" in restored.stdout
    assert counts(database) == before
    assert list(place.glob("var/borneout.sqlite3.before-*"))


@pytest.mark.parametrize("noted", [True, False], ids=["with its checksum", "without"])
@pytest.mark.parametrize("damage", ["cut off", "garbled", "empty"])
def test_a_damaged_copy_is_refused_and_nothing_is_changed(
    damage: str, noted: bool, place: Path, database: Path, environment: Mapping[str, str]
) -> None:
    shell(BACKUP, environment, place)
    [copy, checksum] = backups(place)
    whole = copy.read_bytes()
    half = len(whole) // 2
    copy.write_bytes(
        {
            "cut off": whole[:half],
            "garbled": whole[: half - 4096] + b"\xaa" * 8192 + whole[half + 4096 :],
            "empty": b"",
        }[damage]
    )
    if not noted:
        checksum.unlink()
    before = database.read_bytes()

    restored = shell(RESTORE, environment, place)

    assert restored.returncode == 1
    assert "is refused" in restored.stderr and "Nothing was changed." in restored.stderr
    assert database.read_bytes() == before
