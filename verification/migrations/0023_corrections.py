from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0022_past_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="verdict",
            name="correction",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="Why the verdict before it did not stand. Readers will see it.",
                max_length=2000,
                verbose_name="reason for the correction",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="correction",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                max_length=2000,
                verbose_name="reason for the correction",
            ),
        ),
    ]
