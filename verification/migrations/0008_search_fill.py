"""Reads the words of the claims that are there, some thousand at a time, and makes the index.

Each chunk is a transaction of its own, so that nobody waits for all of them, and a run that was cut
off goes on where it stopped.
"""

from django.db import migrations, transaction

from verification import wordindex
from verification.domain import words

CHUNK = 2000


def fill(apps, schema_editor):
    connection = schema_editor.connection
    claims = apps.get_model("verification", "Claim")._default_manager.using(connection.alias)
    last = 0
    while True:
        rows = list(
            claims.filter(pk__gt=last, words="")
            .order_by("pk")
            .values_list("pk", "statement", "criteria")[:CHUNK]
        )
        if not rows:
            break
        found = [(words.column(statement, criteria), pk) for pk, statement, criteria in rows]
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.executemany("UPDATE verification_claim SET words = %s WHERE id = %s", found)
        last = rows[-1][0]
    wordindex.make(connection)


def unmake(apps, schema_editor):
    wordindex.unmake(schema_editor.connection)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("verification", "0007_search_column")]

    operations = [migrations.RunPython(fill, unmake)]
