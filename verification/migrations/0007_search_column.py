"""Makes room for the words of claims and the counts of them, and the indexes of the long lists."""

from django.db import migrations, models

import verification.models.fields


class Migration(migrations.Migration):
    dependencies = [("verification", "0006_position_known_on")]

    operations = [
        migrations.CreateModel(
            name="ClaimCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public", models.BooleanField()),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("number", models.IntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("public", "outcome"), name="claim_count_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="words",
            field=verification.models.fields.WordsField(of=("statement", "criteria")),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                fields=["beat", "deadline", "id"],
                name="claim_beat_undecided",
                condition=models.Q(("verdict__isnull", True)),
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["beat", "outcome", "-id"], name="claim_beat_outcome_newest"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["deadline", "id"], name="claim_by_deadline"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["logged_at"], name="claim_by_logging"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                fields=["-verdict"],
                name="claim_public_newest_verdict",
                condition=models.Q(("public", True), ("verdict__isnull", False)),
            ),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(fields=["source", "-claim"], name="position_of_source_by_claim"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                fields=["-id"],
                name="verdict_corrections",
                condition=models.Q(("supersedes__isnull", False)),
            ),
        ),
    ]
