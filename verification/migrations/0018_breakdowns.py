"""Keeps what a source's page says of months, certainty, hedges and leads.

The triggers come first, so that nothing is missed that is changed meanwhile. Then the sources are
added up, some at a time and each time in a transaction of its own, which writers wait for; a run
that was cut off begins again. Two indexes are made as well: the newest verdicts in one order even
where thousands were given at one instant, and reports by when they were logged.
"""

import django.db.models.deletion
from django.db import migrations, models, transaction

from verification import breakdowns

#: The most frequent sources have a position on every tenth claim.
SOURCES_AT_ONCE = 10
#: Every change takes it first (`services.ledger.hold`).
CHAIN_LOCK = 0x0B0E_0001


def fill(apps, schema_editor):
    connection = schema_editor.connection
    sources = apps.get_model("verification", "Source")._default_manager.using(connection.alias)
    keys = list(sources.order_by("pk").values_list("pk", flat=True))
    breakdowns.put_up(connection)
    for start in range(0, len(keys), SOURCES_AT_ONCE):
        chunk = keys[start : start + SOURCES_AT_ONCE]
        with transaction.atomic(using=connection.alias):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
            breakdowns.recount(connection, first=chunk[0], last=chunk[-1])


def unmake(apps, schema_editor):
    breakdowns.take_down(schema_editor.connection)


NEWEST_VERDICT = models.Index(fields=["-decided_at", "-id"], name="verdict_newest_of_all")
BY_LOGGING = models.Index(fields=["logged_at"], name="report_by_logging")
_OLD = models.Index(fields=["-decided_at"], name="verdict_newest")


def index(apps, schema_editor):
    """Makes the new indexes beside whoever writes, and then drops the old one."""
    _beside(apps, schema_editor, (("verdict", NEWEST_VERDICT), ("report", BY_LOGGING)))
    schema_editor.execute(f"DROP INDEX {_beside_it(schema_editor)} IF EXISTS {_OLD.name}")


def unindex(apps, schema_editor):
    _beside(apps, schema_editor, (("verdict", _OLD),))
    for one in (NEWEST_VERDICT, BY_LOGGING):
        schema_editor.execute(f"DROP INDEX {_beside_it(schema_editor)} IF EXISTS {one.name}")


def _beside(apps, schema_editor, indexes):
    how = {"concurrently": True} if schema_editor.connection.vendor == "postgresql" else {}
    for model, one in indexes:
        # One that was cut off is there, and of no use.
        schema_editor.execute(f"DROP INDEX {_beside_it(schema_editor)} IF EXISTS {one.name}")
        schema_editor.add_index(apps.get_model("verification", model), one, **how)


def _beside_it(schema_editor):
    return "CONCURRENTLY" if schema_editor.connection.vendor == "postgresql" else ""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("verification", "0017_webhooks_removed")]

    operations = [
        migrations.CreateModel(
            name="Breakdown",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public", models.BooleanField()),
                ("part", models.CharField(max_length=10)),
                ("value", models.CharField(max_length=200)),
                ("yes", models.IntegerField()),
                ("no", models.IntegerField()),
                (
                    "beat",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="verification.beat",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="verification.source",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("no__lte", 0), ("yes__lte", 0)),
                        fields=["id"],
                        name="breakdown_empty",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "part", "public", "beat", "value"), name="breakdown_once"
                    )
                ],
            },
        ),
        migrations.RunPython(fill, unmake),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddIndex("verdict", NEWEST_VERDICT),
                migrations.AddIndex("report", BY_LOGGING),
                migrations.RemoveIndex("verdict", "verdict_newest"),
            ],
            database_operations=[migrations.RunPython(index, unindex)],
        ),
    ]
