"""What a migration must not do to a newsroom that is at work while it runs.

The release before goes on reading and writing until the processes are restarted, so that nothing it
knows may go, and nothing may be asked of it that it does not know. And no table that grows with the
newsroom may be locked for as long as it takes to read it: 3,000,000 reports would take minutes, in
which no claim could be logged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Field
from django.db.models.expressions import Value

#: Tables whose rows are people, beats or what somebody has set up by hand: read in a blink.
SMALL = frozenset(
    {"apitoken", "beat", "importpart", "importrun", "rung", "secondfactor", "user", "webhook"}
)

#: Operations that take away what the release before asks for.
TAKES_AWAY = (
    operations.AlterModelTable,
    operations.DeleteModel,
    operations.RemoveField,
    operations.RenameField,
    operations.RenameModel,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """An operation, as `REASONS` names it, and what is wrong with it."""

    where: str
    wrong: str


def look(migration: Migration, state: ProjectState) -> Iterator[Finding]:
    """What is wrong with a migration; `state` is that before it, and is moved on."""
    made: set[str] = set()
    has_data = any(
        isinstance(operation, operations.RunPython | operations.RunSQL)
        for operation in migration.operations
    )
    for operation in migration.operations:
        before = state.clone()
        operation.state_forwards(migration.app_label, state)
        if isinstance(operation, operations.CreateModel):
            made.add(operation.name_lower)
        model = getattr(operation, "model_name_lower", "")
        if model in made:
            # The release before does not know it, and nobody else can have it.
            continue
        wrong = [
            *_taken_away(operation),
            *_asked_for(operation, migration.app_label, before, state),
            *_locked(operation, model),
        ]
        if has_data and migration.atomic and wrong == [] and _changes_table(operation, model):
            wrong = ["is kept locked while the migration goes on to change rows: part them"]
        name = getattr(operation, "name", "") or getattr(
            getattr(operation, "index", None), "name", ""
        )
        for said in wrong:
            where = f"{migration.name} {type(operation).__name__} {model or ''}.{name}"
            yield Finding(where.replace(" .", " ").rstrip(". "), said)


def _taken_away(operation: Operation) -> Iterator[str]:
    if isinstance(operation, TAKES_AWAY):
        yield "takes away what the release before asks for: first a release that does without"
    if isinstance(operation, operations.RunSQL):
        yield "says nothing of what it does"


def _asked_for(
    operation: Operation, app: str, before: ProjectState, after: ProjectState
) -> Iterator[str]:
    """What the release before would have to know to write a row."""
    if isinstance(operation, operations.AddField):
        field = operation.field
        if not (field.null or field.has_db_default() or field.many_to_many):
            yield "has no value for a row of the release before: give it a db_default"
        if field.unique and not field.null:
            yield "has one value for every row of the release before, and must be unique"
    elif isinstance(operation, operations.AlterField):
        key = app, operation.model_name_lower
        old = before.models[key].fields[operation.name]
        new = after.models[key].fields[operation.name]
        if old.null and not new.null:
            yield "refuses the null of the release before"
        if new.unique and not old.unique:
            yield "refuses what the release before writes twice"
        if not _holds(new, old):
            yield "changes the type of a column, and writes the whole table anew"
    elif isinstance(operation, operations.AddConstraint):
        yield "reads the whole table under a lock, and refuses rows that the release before writes"


def _holds(new: Field, old: Field) -> bool:
    """Whether a column can become the new one as it stands."""
    if new.get_internal_type() != old.get_internal_type():
        return False
    if isinstance(new, models.CharField):
        return new.max_length is None or (old.max_length or 0) <= new.max_length
    return True


def _locked(operation: Operation, model: str) -> Iterator[str]:
    """What keeps a table locked for as long as it takes to read it."""
    if model in SMALL:
        return
    if isinstance(operation, operations.AddIndex):
        yield "locks out who writes until the index is made: CONCURRENTLY, as in 0008_search_fill"
    if isinstance(operation, operations.AddField):
        field = operation.field
        if field.db_index or field.unique:
            yield "makes an index that locks out who writes: db_index=False, and one beside them"
        if isinstance(field, models.GeneratedField) or not _is_constant(field):
            yield "writes the whole table anew for a value of each row"


def _is_constant(field: Field) -> bool:
    return not field.has_db_default() or isinstance(field._db_default_expression, Value)


def _changes_table(operation: Operation, model: str) -> bool:
    changes = (operations.AddField, operations.AddIndex, operations.AddConstraint)
    return bool(model) and model not in SMALL and isinstance(operation, changes)
