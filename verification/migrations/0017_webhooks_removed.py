"""What webhooks were told is kept for a while; the roles may remove a webhook."""

from importlib import import_module

from django.db import migrations, models

make = import_module("verification.migrations.0002_roles").make


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0016_webhooks"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("next_attempt_at__isnull", True)),
                fields=["created_at"],
                name="delivery_over",
            ),
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
