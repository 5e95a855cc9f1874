"""A newsroom on PostgreSQL that was wrecked is as it was before, by the documented commands.

The commands run as they are printed. In the place of what only a Debian machine with root has
(`systemctl`, `runuser`, the folders of the service) stands what does the same here; `make trial`
runs them with the real ones.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from django.db import connection

from tests.deploy.conftest import PROJECT, commands, connected_to, fill, shell

pytestmark = [
    # The schema is copied from the test's own database.
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="of PostgreSQL; SQLite has a test of its own"
    ),
]
[_MAKE, RESTORE] = commands("Backup and restore")
BACKUP = "deploy/backup"
SHIMS = {
    # Of the user that the document names, this database knows nothing.
    "runuser": 'shift 3; exec "$@"',
    "systemctl": 'echo "systemctl $*"',
}


SERVER = os.environ.get("DATABASE_URL", "")


def execute(statement: str, address: str = SERVER) -> list[tuple[object, ...]]:
    """Rows of a statement; it needs no commit."""
    with psycopg.connect(address, autocommit=True) as opened:
        cursor = opened.execute(statement)
        return cursor.fetchall() if cursor.description else []


class Newsroom:
    """A copy of a filled database under a name of its own, and the machine that has it."""

    def __init__(self, folder: Path, env: dict[str, str], filled: str) -> None:
        server = urlsplit(SERVER)
        self.folder, self.name = folder, f"restore_{os.getpid()}"
        self.url = server._replace(path=f"/{self.name}").geturl()
        self.backups = folder / "backups"
        commands_of_debian = folder / "bin"
        commands_of_debian.mkdir()
        for name, does in SHIMS.items():
            (commands_of_debian / name).write_text(f"#!/bin/sh\n{does}\n")
            (commands_of_debian / name).chmod(0o755)
        settings = folder / "borneout.env"
        settings.write_text(
            f'DATABASE_URL="{self.url}"\nSECRET_KEY="{env["SECRET_KEY"]}"\nVAR_DIR="{folder}/var"\n'
        )
        # Those of the server's own tools, and where the newsroom is.
        self.env = env | {
            "PATH": f"{commands_of_debian}:{env['PATH']}",
            "PGHOST": server.hostname or "",
            "PGPORT": str(server.port),
            "PGUSER": unquote(server.username or ""),
            "PGPASSWORD": unquote(server.password or ""),
            "BORNEOUT_DATABASE": self.name,
            "BORNEOUT_ENV": str(settings),
            "BORNEOUT_CODE": str(PROJECT),
        }
        execute(f"CREATE DATABASE {self.name} TEMPLATE {filled}")

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        """Rows of a statement inside the newsroom's database."""
        return execute(statement, self.url)

    def backup(self) -> Path:
        """Makes a dump as the timer does; gives its path."""
        made = shell(f"{BACKUP} {self.backups}", self.env | {"DATABASE_URL": self.url})
        assert made.returncode == 0, made.stderr
        return Path(made.stdout.strip())

    def restore(self) -> tuple[int, str]:
        """Runs the documented commands; gives the exit status and what they said."""
        printed = RESTORE.replace("/var/lib/borneout/backups", str(self.backups))
        here = printed.replace("/srv/borneout/current", str(PROJECT))
        done = shell(here, self.env)
        return done.returncode, done.stdout + done.stderr

    def counts(self) -> dict[object, object]:
        """How many rows each table has."""
        tables = self.execute(
            "SELECT table_name, (xpath('/row/c/text()', query_to_xml(format("
            "'SELECT count(*) AS c FROM %I', table_name), false, true, '')))[1]::text::bigint "
            "FROM information_schema.tables WHERE table_schema = 'public'",
        )
        return {name: count for name, count in tables}  # noqa: C416

    def databases(self) -> set[str]:
        """The newsroom's database, and all that came of it."""
        found = execute(f"SELECT datname FROM pg_database WHERE datname LIKE '{self.name}%'")  # noqa: S608
        return {str(name) for (name,) in found}


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of a newsroom's database; each test has a copy of its own."""
    name = f"filled_{os.getpid()}"
    with django_db_blocker.unblock():
        connection.close()
        execute(f"CREATE DATABASE {name} TEMPLATE {connection.settings_dict['NAME']}")
        with connected_to(name):
            fill()
    yield name
    execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def newsroom(tmp_path: Path, environment: dict[str, str], filled: str) -> Iterator[Newsroom]:
    made = Newsroom(tmp_path, environment, filled)
    try:
        yield made
    finally:
        for name in made.databases():
            execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def wreck(newsroom: Newsroom) -> None:
    """As a wrong command on the server does it: past every guard."""
    newsroom.execute("DROP TABLE verification_report CASCADE")
    newsroom.execute(
        "ALTER TABLE verification_ledgerentry DISABLE TRIGGER USER; "
        "UPDATE verification_ledgerentry SET action = 'garbled'; "
        "ALTER TABLE verification_claim DISABLE TRIGGER USER; "
        "UPDATE verification_claim SET statement = md5(statement)",
    )


def test_what_was_wrecked_is_restored(newsroom: Newsroom) -> None:
    before = newsroom.counts()
    newsroom.backup()
    wreck(newsroom)

    status, said = newsroom.restore()

    assert status == 0, said
    assert "The records equal a full recompute." in said
    assert "The chain holds" in said
    assert newsroom.counts() == before
    # What was there is still there, for whoever wants to look at it.
    [kept] = newsroom.databases() - {newsroom.name}
    assert kept.startswith(f"{newsroom.name}_before_") and kept in said


@pytest.mark.parametrize(
    ("damage", "noted"), [("cut off", False), ("garbled", True), ("garbled", False)]
)
def test_a_damaged_dump_is_refused_and_nothing_is_changed(
    damage: str, noted: bool, newsroom: Newsroom
) -> None:
    dump = newsroom.backup()
    whole = dump.read_bytes()
    half = len(whole) // 2
    garbled = (
        whole[:half] + bytes(255 - byte for byte in whole[half : half + 64]) + whole[half + 64 :]
    )
    dump.write_bytes({"cut off": whole[: -len(whole) // 3], "garbled": garbled}[damage])
    if not noted:
        dump.with_name(f"{dump.name}.sha256").unlink()
    before = newsroom.counts()

    status, said = newsroom.restore()

    assert status != 0
    assert "Nothing was changed." in said
    assert (newsroom.counts(), newsroom.databases()) == (before, {newsroom.name})


def test_a_dump_that_does_not_prove_right_leaves_what_is_there(newsroom: Newsroom) -> None:
    before = newsroom.counts()
    newsroom.execute(
        "ALTER TABLE verification_ledgerentry DISABLE TRIGGER USER; "
        "UPDATE verification_ledgerentry SET action = 'garbled' WHERE number = 2; "
        "DELETE FROM verification_record",
    )
    newsroom.backup()
    newsroom.execute("UPDATE verification_ledgerentry SET action = 'here' WHERE number = 2")

    status, said = newsroom.restore()

    assert status != 0
    assert "does not prove right" in said
    assert newsroom.execute("SELECT action FROM verification_ledgerentry WHERE number = 2") == [
        ("here",)
    ]
    assert newsroom.counts() == before | {"verification_record": 0}


def test_a_database_in_use_is_left_alone(newsroom: Newsroom) -> None:
    newsroom.backup()
    with psycopg.connect(newsroom.url):
        status, said = newsroom.restore()

    assert status != 0
    assert "is in use: stop the processes first." in said
    assert newsroom.databases() == {newsroom.name}


def test_the_documented_backup_is_the_one_that_is_tried_here() -> None:
    unit = (PROJECT / "deploy/systemd/borneout-backup.service").read_text(encoding="utf-8")
    assert "systemctl start borneout-backup.service" in _MAKE
    assert "ExecStart=/srv/borneout/current/deploy/backup /var/lib/borneout/backups" in unit
    assert sys.executable.startswith(str(PROJECT / ".venv"))
