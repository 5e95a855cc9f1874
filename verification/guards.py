"""Triggers: what the database itself refuses, whoever asks.

- Verdicts, their evidence and the ledger are append-only: no update, no delete.
- But for one update of the ledger, which takes a person's name out of what an entry says: nothing
  that its hash stands on may change, and a later entry must say that it was done.
- A verdict supersedes a verdict of its own claim only.
- A claim's outcome is that of the verdict it points to, which is its own and its current one.
- A claim loses its outcome only by a verdict that reopens it.

They are put up after every migration and taken down before it, and not by a migration of their own:
SQLite alters a table by building it anew, which loses its triggers without a word.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

LEDGER = "verification_ledgerentry"
APPEND_ONLY = ("verification_verdict", "verification_evidence", LEDGER)

_CHAIN_BROKEN = """NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM verification_verdict v
    WHERE v.id = NEW.supersedes_id AND v.claim_id = NEW.claim_id)"""
_OUTCOME_UNBACKED = """NEW.verdict_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM verification_verdict v
    WHERE v.id = NEW.verdict_id AND v.claim_id = NEW.id AND v.outcome = NEW.outcome
    AND NOT EXISTS (SELECT 1 FROM verification_verdict later WHERE later.supersedes_id = v.id))"""
_OUTCOME_TAKEN_AWAY = """OLD.verdict_id IS NOT NULL AND NEW.verdict_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM verification_verdict v
    WHERE v.supersedes_id = OLD.verdict_id AND v.outcome = 'reopened')"""

#: What a redaction leaves alone: all but the words themselves and their salts.
_KEPT = (
    "id", "number", "format", "recorded_at", "actor_id", "actor_name", "action", "claim_id",
    "claim_slug", "previous_hash", "hash", "digest",
)  # fmt: skip
_CHANGED = " OR ".join(
    # IS DISTINCT FROM, in words that SQLite has, too.
    f"(NEW.{name} IS NULL) <> (OLD.{name} IS NULL) OR NEW.{name} <> OLD.{name}"
    for name in _KEPT
)
_NO_REDACTION = f"""{_CHANGED} OR NEW.redacted_by IS NULL OR NEW.secret <> ''
    OR NEW.redacted_by <= COALESCE(OLD.redacted_by, OLD.number) OR NOT EXISTS (
    SELECT 1 FROM verification_ledgerentry r
    WHERE r.number = NEW.redacted_by AND r.action = 'entries redacted')"""  # noqa: S608  names from above

#: (name, when, table, condition under which it refuses, what it says)
GUARDS: tuple[tuple[str, str, str, str, str], ...] = (
    *(
        (
            f"{table}_no_{verb.lower()}",
            verb,
            table,
            _NO_REDACTION if (table, verb) == (LEDGER, "UPDATE") else "1 = 1",
            f"{table} is append-only",
        )
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    ),
    (
        "verification_verdict_own_claim",
        "INSERT",
        "verification_verdict",
        _CHAIN_BROKEN,
        "a verdict supersedes a verdict of its own claim only",
    ),
    *(
        (
            f"verification_claim_outcome_{verb.lower()}",
            verb,
            "verification_claim",
            _OUTCOME_UNBACKED,
            "a claim has the outcome of its own verdict only, the current one",
        )
        for verb in ("INSERT", "UPDATE")
    ),
    (
        "verification_claim_outcome_kept",
        "UPDATE",
        "verification_claim",
        _OUTCOME_TAKEN_AWAY,
        "a claim loses its outcome by being reopened only",
    ),
)


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Makes the triggers; those that stand are made anew."""
    with connection.cursor() as cursor:
        for name, verb, table, condition, says in GUARDS:
            if connection.vendor == "postgresql":
                # A row condition of a PostgreSQL trigger may not hold a subquery: it goes inside.
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                    f"BEGIN IF {condition} THEN RAISE EXCEPTION '{says}' "
                    f"USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                    f"IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
                )
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {name}()"
                )
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {condition} "
                    f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
                )


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Drops the triggers, for a migration of the schema."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name, _verb, table, _condition, _says in GUARDS:
            if table not in present:
                continue
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def before_migration(using: str, **kwargs: Any) -> None:
    """Receiver of `pre_migrate`."""
    take_down(connections[using])


def after_migration(using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`. A partial migration may have left no tables to guard."""
    connection = connections[using]
    tables = {table for _name, _verb, table, _condition, _says in GUARDS}
    if tables <= set(connection.introspection.table_names()):
        put_up(connection)
