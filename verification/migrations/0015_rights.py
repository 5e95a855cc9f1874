"""Scopes of tokens, proposed verdicts, the right of reply; and what the roles may do with them."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

make = import_module("verification.migrations.0002_roles").make


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0014_accounts"),
    ]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: on the command line.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="made by",
            ),
        ),
        migrations.AddField(
            model_name="apitoken",
            name="last_used_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="last used"),
        ),
        migrations.AddField(
            model_name="apitoken",
            name="scopes",
            field=models.JSONField(blank=True, null=True, verbose_name="scopes"),
        ),
        migrations.AddField(
            model_name="beat",
            name="second_editor",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="A verdict is then proposed first, and published when somebody else has confirmed it.",
                verbose_name="a second editor confirms verdicts",
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                help_text="The second editor, where the beat asks for one.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="confirmed by",
            ),
        ),
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
                ],
                default="reminders",
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("claim_version", models.PositiveIntegerField(verbose_name="version of the claim")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("confirmed", "confirmed"),
                            ("denied", "denied"),
                            ("lapsed", "lapsed"),
                            ("void", "void"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "rationale",
                    models.TextField(blank=True, max_length=4000, verbose_name="rationale"),
                ),
                (
                    "became_known_on",
                    models.DateField(blank=True, null=True, verbose_name="became known on"),
                ),
                (
                    "evidence",
                    models.JSONField(
                        default=list,
                        help_text="A list of objects: title, url, published_on (ISO 8601, or null).",
                        verbose_name="evidence",
                    ),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="proposed at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for a second editor"),
                            ("confirmed", "confirmed"),
                            ("sent back", "sent back"),
                            ("withdrawn", "withdrawn"),
                            ("stale", "overtaken by a change"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True, verbose_name="settled at")),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="verification.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="settled by",
                    ),
                ),
                (
                    "verdict",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="verification.verdict",
                        verbose_name="verdict",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposed verdict",
                "verbose_name_plural": "proposed verdicts",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ProposalNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposal_notices",
                        to="verification.message",
                        verbose_name="message",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="verification.proposal",
                        verbose_name="proposed verdict",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposal_notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recipient",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice of a proposed verdict",
                "verbose_name_plural": "notices of proposed verdicts",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "whom",
                    models.CharField(
                        help_text="As readers will read it: a company, an office, a person.",
                        max_length=200,
                        verbose_name="who was asked",
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        help_text="Whom exactly, and how: an address, a number. It stays on the desk.",
                        max_length=300,
                        verbose_name="contact",
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="asked on")),
                (
                    "answer_by",
                    models.DateField(
                        help_text="The last day that was given for an answer.",
                        verbose_name="answer asked for by",
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True,
                        help_text="In their words. Readers see it beside a denied verdict.",
                        max_length=2000,
                        verbose_name="answer",
                    ),
                ),
                (
                    "answered_on",
                    models.DateField(blank=True, null=True, verbose_name="answered on"),
                ),
                ("logged_at", models.DateTimeField(verbose_name="logged at")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="verification.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="logged by",
                    ),
                ),
            ],
            options={
                "verbose_name": "right of reply",
                "verbose_name_plural": "rights of reply",
                "ordering": ["asked_on", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["proposed_at"],
                name="proposal_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("claim",),
                name="proposal_one_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("state", "waiting")),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True), ("settled_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="proposal_settled_when_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), ("verdict__isnull", False)),
                    models.Q(
                        models.Q(("state", "confirmed"), _negated=True), ("verdict__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="proposal_verdict_when_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    models.Q(("settled_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="proposal_confirmed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["confirmed", "denied", "lapsed", "void"])),
                name="proposal_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "confirmed", "sent back", "withdrawn", "stale"])
                ),
                name="proposal_state_known",
            ),
        ),
        migrations.AddIndex(
            model_name="proposalnotice",
            index=models.Index(
                condition=models.Q(("message__isnull", True)),
                fields=["id"],
                name="proposal_notice_untold",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposalnotice",
            constraint=models.UniqueConstraint(
                fields=("proposal", "recipient"), name="proposal_notice_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer_by__gte", models.F("asked_on"))),
                name="reply_by_after_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_on__isnull", True)),
                    models.Q(
                        ("answered_on__gte", models.F("asked_on")),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reply_answer_has_its_day",
            ),
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
