"""Keeps what a page said when it was read, and when it is to be read again."""

import django.db.models.deletion
from django.db import migrations, models

import verification.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0010_source_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rereading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("next_at", models.DateTimeField(null=True, verbose_name="next reading at")),
                (
                    "steady",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="readings without a change"
                    ),
                ),
                (
                    "failures",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="failed readings in a row"
                    ),
                ),
                (
                    "last_error",
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
                        verbose_name="last error",
                    ),
                ),
                ("failed_at", models.DateTimeField(null=True, verbose_name="failed at")),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rereading",
                        to="verification.report",
                        verbose_name="report",
                    ),
                ),
            ],
            options={
                "verbose_name": "page to read again",
                "verbose_name_plural": "pages to read again",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)),
                        fields=["next_at"],
                        name="rereading_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "last_error__in",
                                [
                                    "length",
                                    "characters",
                                    "scheme",
                                    "credentials",
                                    "port",
                                    "host",
                                    "not-public",
                                    "unknown-host",
                                    "unreachable",
                                    "certificate",
                                    "timeout",
                                    "redirects",
                                    "downgrade",
                                    "gone",
                                    "closed",
                                    "status",
                                    "kind",
                                    "encoding",
                                    "size",
                                    "broken",
                                    "no-article",
                                    "curtailed",
                                    "",
                                ],
                            )
                        ),
                        name="rereading_last_error_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("fetched", "read from its address"),
                            ("pasted", "pasted by the desk"),
                        ],
                        max_length=10,
                        verbose_name="how it was read",
                    ),
                ),
                (
                    "asked_url",
                    verification.models.fields.HttpUrlField(
                        blank=True,
                        help_text="The report’s address when the page was read.",
                        max_length=1000,
                        verbose_name="address",
                    ),
                ),
                (
                    "url",
                    verification.models.fields.HttpUrlField(
                        blank=True,
                        help_text="Where redirects led; empty for pasted text.",
                        max_length=2000,
                        verbose_name="last address",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                ("text", models.TextField(verbose_name="text")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the text")),
                (
                    "size",
                    models.PositiveIntegerField(
                        help_text="Bytes of the page; of the text where it was pasted.",
                        verbose_name="size",
                    ),
                ),
                ("read_at", models.DateTimeField(verbose_name="read at")),
                ("last_read_at", models.DateTimeField(verbose_name="last read at")),
                (
                    "edited",
                    models.BooleanField(
                        default=False, verbose_name="changed since the reading before"
                    ),
                ),
                (
                    "touches_claim",
                    models.BooleanField(
                        default=False, verbose_name="changes what the claim stands on"
                    ),
                ),
                (
                    "quote_before",
                    models.CharField(blank=True, max_length=250, verbose_name="it had read"),
                ),
                (
                    "quote_after",
                    models.CharField(blank=True, max_length=250, verbose_name="it reads now"),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="snapshots",
                        to="verification.report",
                        verbose_name="report",
                    ),
                ),
            ],
            options={
                "verbose_name": "snapshot",
                "verbose_name_plural": "snapshots",
                "ordering": ["report", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ["fetched", "pasted"])),
                        name="snapshot_how_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked_url__startswith", "http://"),
                            ("asked_url__startswith", "https://"),
                            ("asked_url", ""),
                            _connector="OR",
                        ),
                        name="snapshot_asked_url_http_only",
                        violation_error_message="Enter an address that begins with http:// or https://.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("url__startswith", "http://"),
                            ("url__startswith", "https://"),
                            ("url", ""),
                            _connector="OR",
                        ),
                        name="snapshot_url_http_only",
                        violation_error_message="Enter an address that begins with http:// or https://.",
                    ),
                ],
            },
        ),
    ]
