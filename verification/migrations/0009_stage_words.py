"""Gives the stages words that can be read; what is kept stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0008_search_fill"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reminder",
            name="stage",
            field=models.CharField(
                choices=[
                    ("heads-up", "heads-up"),
                    ("due", "due"),
                    ("overdue-1", "one day overdue"),
                    ("overdue-3", "three days overdue"),
                    ("overdue-7", "a week overdue"),
                    ("escalation", "escalation"),
                ],
                max_length=12,
                verbose_name="stage",
            ),
        ),
        migrations.AlterField(
            model_name="rung",
            name="stage",
            field=models.CharField(
                choices=[
                    ("heads-up", "heads-up"),
                    ("due", "due"),
                    ("overdue-1", "one day overdue"),
                    ("overdue-3", "three days overdue"),
                    ("overdue-7", "a week overdue"),
                    ("escalation", "escalation"),
                ],
                max_length=12,
                verbose_name="stage",
            ),
        ),
    ]
