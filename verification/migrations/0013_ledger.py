"""The ledger's second format, in which a value can be withheld; and who may remove a person."""

from importlib import import_module

from django.db import migrations, models

make = import_module("verification.migrations.0002_roles").make


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0012_import_runs"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="source",
            options={
                "ordering": ["name"],
                "permissions": [
                    ("merge_source", "Can merge a source into another"),
                    ("redact_source", "Can remove a person from sources"),
                ],
                "verbose_name": "source",
                "verbose_name_plural": "sources",
            },
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="digest",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=64,
                verbose_name="digest of what it says",
            ),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="format",
            field=models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name="format"),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="redacted_by",
            field=models.PositiveBigIntegerField(
                editable=False, null=True, verbose_name="redacted by entry"
            ),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="sealed",
            field=models.JSONField(
                editable=False, null=True, verbose_name="salts and digests that are left"
            ),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="secret",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=64,
                verbose_name="secret of the salts",
            ),
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
