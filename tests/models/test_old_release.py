"""A newsroom is upgraded while it works: the old release goes on with the next one's database."""

from __future__ import annotations

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, connection, models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models.functions import Now
from django.db.models.signals import pre_migrate

from tests.models import migrationrules
from tests.models.migrationrules import Finding

#: The first migration with which a newsroom is upgraded while it is at work.
FIRST = "0010"
APP = "verification"
#: Why an operation may do what the rules are against.
REASONS = {
    "0010_source_names AddField source.key": "sources are some thousands: an index in a blink",
    "0013_ledger AddField ledgerentry.digest": "what follows writes the roles, a few rows",
    "0013_ledger AddField ledgerentry.format": "what follows writes the roles, a few rows",
    "0013_ledger AddField ledgerentry.redacted_by": "what follows writes the roles, a few rows",
    "0013_ledger AddField ledgerentry.sealed": "what follows writes the roles, a few rows",
    "0013_ledger AddField ledgerentry.secret": "what follows writes the roles, a few rows",
    "0015_rights AddField verdict.confirmed_by": "a column of nulls: an index in a second",
    "0016_webhooks AddField message.webhook": "a column of nulls: an index in a second",
    "0017_webhooks_removed AddIndex delivery.delivery_over": "deliveries have only just begun",
}


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    """The migrations, as their files say."""
    return MigrationLoader(None)


def ours(loader: MigrationLoader) -> list[Migration]:
    """Our own migrations, in their order."""
    return [migration for key, migration in sorted(loader.disk_migrations.items()) if key[0] == APP]


def before(loader: MigrationLoader, migration: Migration) -> ProjectState:
    """What the models were before a migration."""
    return loader.project_state((APP, migration.name), at_end=False)


def test_no_migration_stops_the_release_before_or_locks_a_large_table(
    loader: MigrationLoader,
) -> None:
    """Where one has to, `REASONS` says why it may."""
    found = [
        finding
        for migration in ours(loader)
        if migration.name[:4] >= FIRST
        for finding in migrationrules.look(migration, before(loader, migration))
    ]

    assert [finding for finding in found if finding.where not in REASONS] == []
    assert {finding.where for finding in found} >= set(REASONS), "a reason that nothing needs"


CLAIM = "claim"


@pytest.mark.parametrize(
    ("operation", "wrong"),
    [
        (operations.RemoveField(CLAIM, "slug"), "takes away"),
        (operations.RenameField(CLAIM, "slug", "address"), "takes away"),
        (operations.DeleteModel("Story"), "takes away"),
        (operations.AddField(CLAIM, "x", models.IntegerField(default=1)), "db_default"),
        (
            operations.AddField(CLAIM, "x", models.CharField(db_default="", unique=True)),
            "must be unique",
        ),
        (operations.AddField(CLAIM, "x", models.DateTimeField(db_default=Now())), "anew"),
        (operations.AddField(CLAIM, "x", models.IntegerField(null=True, db_index=True)), "index"),
        (operations.AlterField(CLAIM, "slug", models.CharField(max_length=5)), "type"),
        (operations.AlterField(CLAIM, "slug", models.TextField()), "type"),
        (operations.AlterField(CLAIM, "verdict", models.BigIntegerField()), "null"),
        (operations.AlterField(CLAIM, "statement", models.CharField(unique=True)), "twice"),
        (operations.AddIndex(CLAIM, models.Index(fields=["slug"], name="x")), "CONCURRENTLY"),
        (
            operations.AddConstraint(
                CLAIM, models.CheckConstraint(condition=models.Q(slug="x"), name="x")
            ),
            "under a lock",
        ),
        (operations.RunSQL("SELECT 1"), "says nothing"),
    ],
    ids=lambda given: given if isinstance(given, str) else type(given).__name__,
)
def test_what_would_stop_it_is_noticed(
    operation: operations.base.Operation, wrong: str, loader: MigrationLoader
) -> None:
    migration = Migration("9999_next", APP)
    migration.operations = [operation]

    found = list(migrationrules.look(migration, loader.project_state()))

    assert [finding for finding in found if wrong in finding.wrong], found


@pytest.mark.parametrize(
    "operation",
    [
        operations.AddField(CLAIM, "x", models.IntegerField(null=True)),
        operations.AddField(CLAIM, "x", models.BooleanField(default=False, db_default=False)),
        operations.AlterField(CLAIM, "statement", models.CharField(max_length=2000)),
        operations.AddIndex("beat", models.Index(fields=["slug"], name="x")),
        operations.RemoveConstraint(CLAIM, "claim_deadline_precision_known"),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_harms_nobody_is_let_through(
    operation: operations.base.Operation, loader: MigrationLoader
) -> None:
    migration = Migration("9999_next", APP)
    migration.operations = [operation]

    assert list(migrationrules.look(migration, loader.project_state())) == []


def test_a_table_is_not_kept_locked_while_rows_are_changed(loader: MigrationLoader) -> None:
    migration = Migration("9999_next", APP)
    migration.operations = [
        operations.AddField(CLAIM, "x", models.IntegerField(null=True)),
        operations.RunPython(operations.RunPython.noop),
    ]

    [finding] = migrationrules.look(migration, loader.project_state())
    assert finding == Finding(
        "9999_next AddField claim.x",
        "is kept locked while the migration goes on to change rows: part them",
    )


def releases() -> list[str]:
    """The first migration that the rules are for, and the last: a release comes before each."""
    names = [migration.name for migration in ours(MigrationLoader(None))]
    return [next(name for name in names if name[:4] >= FIRST), names[-1]]


@pytest.mark.django_db
@pytest.mark.parametrize("next_one", releases())
def test_the_release_before_finds_its_tables_in_the_migrated_database(
    next_one: str, loader: MigrationLoader
) -> None:
    """Every row can be read, and a row without what it does not know can be written."""
    old = loader.project_state((APP, next_one), at_end=False).apps
    for model in old.get_app_config(APP).get_models():
        # By the old release's own words for every column.
        list(model._base_manager.all()[:1])
        known = {field.column for field in model._meta.concrete_fields}
        assert demanded(model._meta.db_table) <= known, model._meta.db_table


def demanded(table: str) -> set[str]:
    """The columns that a row cannot be written without."""
    columns = (
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
        "AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'"
        if connection.vendor == "postgresql"
        else 'SELECT name FROM pragma_table_info(%s) WHERE "notnull" AND dflt_value IS NULL'
    )
    with connection.cursor() as cursor:
        cursor.execute(columns, [table])
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_a_migration_gives_up_rather_than_keep_everybody_waiting(settings) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one lock, for which everybody waits 20 seconds")
    settings.MIGRATION_LOCK_SECONDS = 0.1
    address = connection.get_connection_params()
    with psycopg.connect(**{**address, "cursor_factory": None, "context": None}) as reader:
        reader.execute("SELECT * FROM verification_claim LIMIT 1")
        with pytest.raises(OperationalError, match="lock timeout"):
            pre_migrate.send(
                sender=apps.get_app_config(APP), app_config=apps.get_app_config(APP),
                verbosity=0, interactive=False, using="default",
            )  # fmt: skip
    # It is tried again, and leaves the limits as they were and every guard in its place.
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('lock_timeout'), current_setting('statement_timeout')"
        )
        assert cursor.fetchone() == ("0", "15min")
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")
        assert cursor.fetchone()[0] > 0
