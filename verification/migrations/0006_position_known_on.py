"""Keeps with each position the day on which its claim's outcome became known."""

from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery


def fill(apps, schema_editor):
    claims = apps.get_model("verification", "Claim").objects.filter(pk=OuterRef("claim"))
    apps.get_model("verification", "Position").objects.filter(
        claim__verdict__became_known_on__isnull=False
    ).update(known_on=Subquery(claims.values("verdict__became_known_on")))


class Migration(migrations.Migration):
    dependencies = [("verification", "0005_looked_at_again")]

    operations = [
        migrations.AddField("position", "known_on", models.DateField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "position",
            models.Index(
                fields=["known_on", "public", "beat", "source", "credit", "first"],
                name="position_by_known_day",
                condition=Q(known_on__isnull=False),
            ),
        ),
    ]
