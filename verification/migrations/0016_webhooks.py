"""Keeps whom to tell of changes, and what they were told; the roles may keep them."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import verification.models.fields

make = import_module("verification.migrations.0002_roles").make


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0015_rights"),
    ]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("reminders", "reminders"),
                    ("notices", "verdict notices"),
                    ("proposals", "proposed verdicts"),
                    ("digest", "digest"),
                    ("account", "account"),
                    ("webhook", "webhook switched off"),
                ],
                default="reminders",
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("json", "a program (signed JSON)"),
                            ("slack", "Slack"),
                            ("teams", "Microsoft Teams"),
                        ],
                        default="json",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "url",
                    verification.models.fields.HttpUrlField(
                        max_length=2000, verbose_name="address"
                    ),
                ),
                ("events", models.JSONField(default=list, verbose_name="events")),
                ("secret", models.CharField(editable=False, max_length=100, verbose_name="secret")),
                (
                    "old_secret",
                    models.CharField(
                        blank=True, editable=False, max_length=100, verbose_name="old secret"
                    ),
                ),
                (
                    "old_secret_until",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="old secret valid until"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "switched_off_at",
                    models.DateTimeField(null=True, verbose_name="switched off at"),
                ),
                (
                    "switched_off_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hand", "by hand"),
                            ("gone", "it answered that it is gone (410)"),
                            ("failing", "it took nothing for three days"),
                        ],
                        max_length=10,
                        verbose_name="why it is switched off",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
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
                            ("claim.logged", "a claim is logged, or becomes public"),
                            ("claim.deadline_changed", "a deadline is moved"),
                            ("claim.verdict", "a verdict is given or revised"),
                            ("claim.reopened", "a verdict is withdrawn"),
                            ("test", "a test"),
                        ],
                        max_length=40,
                        verbose_name="event",
                    ),
                ),
                (
                    "message_id",
                    models.CharField(max_length=60, unique=True, verbose_name="webhook-id"),
                ),
                ("body", models.TextField(verbose_name="payload")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "pending"),
                            ("sent", "sent"),
                            ("failed", "failed"),
                            ("quarantined", "quarantined"),
                            ("dropped", "dropped"),
                        ],
                        default="pending",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "next_attempt_at",
                    models.DateTimeField(null=True, verbose_name="next attempt at"),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("lease_token", models.UUIDField(editable=False, null=True, verbose_name="lease")),
                (
                    "lease_until",
                    models.DateTimeField(editable=False, null=True, verbose_name="leased until"),
                ),
                ("tried_at", models.DateTimeField(null=True, verbose_name="last attempt at")),
                ("status", models.PositiveSmallIntegerField(null=True, verbose_name="status")),
                (
                    "fault",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("length", "This address is too long to be read."),
                            (
                                "characters",
                                "This address holds spaces, backslashes or unseen characters.",
                            ),
                            (
                                "scheme",
                                "Only addresses that begin with http:// or https:// are read.",
                            ),
                            (
                                "credentials",
                                "Addresses with a user name or a password are not read.",
                            ),
                            ("port", "Only the usual ports are read: 80 for http, 443 for https."),
                            ("host", "This address names no host of the internet."),
                            (
                                "not-public",
                                "This address leads into a private network: it is not opened.",
                            ),
                            (
                                "unknown-host",
                                "There is no site of this name, or its name cannot be found.",
                            ),
                            ("unreachable", "The site cannot be reached."),
                            ("certificate", "The site’s certificate is not valid for it."),
                            ("timeout", "The site took too long to send the page."),
                            (
                                "redirects",
                                "The address leads on from one page to the next without an end.",
                            ),
                            (
                                "downgrade",
                                "The address leads from https to http, where a page can be altered.",
                            ),
                            ("gone", "The page is not there any more."),
                            ("closed", "The site does not let the page be read."),
                            ("status", "The site answered with an error instead of the page."),
                            (
                                "kind",
                                "The address leads to something other than a page of text (HTML).",
                            ),
                            (
                                "encoding",
                                "The site sent the page in an encoding that was not asked for.",
                            ),
                            ("size", "The page is too large to be read."),
                            ("broken", "What the site sent cannot be read, or breaks off."),
                            ("no-article", "No article was found in this page."),
                            ("curtailed", "The page shows little of the article now."),
                        ],
                        max_length=20,
                        verbose_name="fault",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="answer")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                (
                    "claim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="verification.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="verification.webhook",
                        verbose_name="webhook",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="message",
            name="webhook",
            field=models.ForeignKey(
                help_text="Of a message that tells that one is switched off.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="verification.webhook",
                verbose_name="webhook",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["json", "slack", "teams"])),
                name="webhook_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(("switched_off_why__in", ["hand", "gone", "failing", ""])),
                name="webhook_switched_off_why_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(("url__startswith", "https://")), name="webhook_url_https_only"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("switched_off_at__isnull", True), ("switched_off_why", "")),
                    models.Q(
                        ("switched_off_at__isnull", False),
                        models.Q(("switched_off_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="webhook_off_for_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("next_attempt_at__isnull", False)),
                fields=["next_attempt_at", "id"],
                name="delivery_pending",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("lease_token__isnull", False)),
                fields=["lease_token"],
                name="delivery_leased",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["webhook", "-id"], name="delivery_of_webhook"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["pending", "sent", "failed", "quarantined", "dropped"])
                ),
                name="delivery_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "event__in",
                        [
                            "claim.logged",
                            "claim.deadline_changed",
                            "claim.verdict",
                            "claim.reopened",
                            "test",
                        ],
                    )
                ),
                name="delivery_event_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("next_attempt_at__isnull", False), ("state", "pending")),
                    models.Q(
                        models.Q(("state", "pending"), _negated=True),
                        ("next_attempt_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="delivery_attempted_while_pending",
            ),
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
