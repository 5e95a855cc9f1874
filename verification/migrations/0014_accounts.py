"""What guards an account: sessions, tries that failed, second factors, notices."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0013_ledger"),
    ]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("reminders", "reminders"),
                    ("notices", "verdict notices"),
                    ("digest", "digest"),
                    ("account", "account"),
                ],
                default="reminders",
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seed", models.CharField(max_length=64)),
                ("confirmed_at", models.DateTimeField()),
                ("last_step", models.BigIntegerField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second_factor",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "second factor",
                "verbose_name_plural": "second factors",
            },
        ),
        migrations.CreateModel(
            name="AccountNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("reset", "a new password was asked for"),
                            ("locked", "locked after wrong passwords"),
                            ("code-locked", "locked after wrong codes"),
                            ("password", "the password was changed"),
                            ("factor-on", "a second factor was set up"),
                            ("factor-off", "the second factor was taken away"),
                            ("recovery", "a recovery code was used"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("address", models.CharField(blank=True, max_length=64)),
                (
                    "message",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="account_notice",
                        to="verification.message",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("message__isnull", True)),
                        fields=["at"],
                        name="accountnotice_untold",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "event__in",
                                [
                                    "reset",
                                    "locked",
                                    "code-locked",
                                    "password",
                                    "factor-on",
                                    "factor-off",
                                    "recovery",
                                ],
                            )
                        ),
                        name="accountnotice_event_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempts",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "gate",
                    models.CharField(
                        choices=[
                            ("name", "passwords for a name from one address"),
                            ("address", "passwords from one address"),
                            ("code", "codes of a user’s second factor"),
                            ("reset-name", "new passwords asked for by one name"),
                            ("reset-address", "new passwords asked for from one address"),
                        ],
                        max_length=20,
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("made", models.PositiveIntegerField(default=0)),
                ("since", models.DateTimeField()),
                ("shut_until", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["since"], name="attempts_oldest"),
                    models.Index(
                        condition=models.Q(("shut_until__isnull", False)),
                        fields=["user"],
                        name="attempts_shut",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("gate", "key"), name="attempts_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("gate__in", ["name", "address", "code", "reset-name", "reset-address"])
                        ),
                        name="attempts_gate_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeskSession",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("name", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("began_at", models.DateTimeField(null=True, verbose_name="began at")),
                ("seen_at", models.DateTimeField(null=True, verbose_name="last seen at")),
                ("address", models.CharField(blank=True, max_length=64, verbose_name="address")),
                ("browser", models.CharField(blank=True, max_length=300, verbose_name="browser")),
                (
                    "second_factor",
                    models.BooleanField(default=False, verbose_name="with a second factor"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="desk_sessions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
                "indexes": [models.Index(fields=["user", "-seen_at"], name="desksession_of_user")],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "factor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="verification.secondfactor",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("factor", "digest"), name="recovery_code_once")
                ],
            },
        ),
    ]
