"""Gives sources aliases and domains: the folded name of each, and the domain of its home page.

Where several sources have home pages on one domain, the outlet or agency has it that was there
first; a reporter's home page, or one within a site, tells of no domain.
"""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import verification.models.fields
from verification.domain import hosts, names

#: Whose home page is a site of their own, first come first served.
PUBLISHING = ("outlet", "agency", "official")


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    sources = apps.get_model("verification", "Source")._default_manager.using(alias)
    domains = apps.get_model("verification", "SourceDomain")._default_manager.using(alias)
    rows = list(sources.order_by("pk").values_list("pk", "name", "kind", "homepage", "merged_into"))
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE verification_source SET key = %s WHERE id = %s",
            [(names.bare(row[1]), row[0]) for row in rows],
        )
    taken = {}
    # The sort is stable: of one kind, the order of the keys.
    for pk, _name, kind, homepage, merged_into in sorted(
        rows, key=lambda row: row[2] == "official"
    ):
        if kind in PUBLISHING and hosts.is_front_page(homepage):
            for domain in hosts.domains_of(homepage)[:1]:
                taken.setdefault(domain, merged_into or pk)
    domains.bulk_create(
        [domains.model(domain=domain, source_id=pk) for domain, pk in taken.items()],
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("verification", "0009_stage_words")]

    operations = [
        migrations.AddField(
            model_name="source",
            name="key",
            field=verification.models.fields.FoldedField(
                bare=True, db_default="", db_index=True, default="", of="name"
            ),
        ),
        migrations.CreateModel(
            name="SourceAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "folded",
                    verification.models.fields.FoldedField(bare=False, of="name", unique=True),
                ),
                (
                    "key",
                    verification.models.fields.FoldedField(bare=True, db_index=True, of="name"),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="verification.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "alias",
                "verbose_name_plural": "aliases",
                "ordering": ["folded"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("folded", ""), _negated=True),
                            models.Q(("key", ""), _negated=True),
                        ),
                        name="source_alias_not_empty",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceDomain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "domain",
                    models.CharField(
                        help_text="In small letters and Punycode, without www.",
                        max_length=253,
                        unique=True,
                        verbose_name="domain",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="domains",
                        to="verification.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "domain",
                "verbose_name_plural": "domains",
                "ordering": ["domain"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("domain", django.db.models.functions.text.Lower("domain")),
                            ("domain__contains", "."),
                            models.Q(("domain__contains", "/"), _negated=True),
                            models.Q(("domain__contains", ":"), _negated=True),
                            models.Q(("domain__contains", " "), _negated=True),
                        ),
                        name="source_domain_of_a_host",
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
