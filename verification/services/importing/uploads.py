"""Claims files that were uploaded on the desk: kept, checked, confirmed, brought in, forgotten.

A file waits in the database, where every web server and every worker finds it. A small one is dealt
with at once; a large one by a worker, which the sweep wakes for it, and again if the worker dies.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from verification.models import ImportPart, ImportRun, User
from verification.models.choices import ImportState
from verification.newsroom import Clock
from verification.services import claimfile
from verification.services.claimfields import KINDS, Row
from verification.services.drafts import printable
from verification.services.errors import allow
from verification.services.importing import runs
from verification.services.importing.values import shown

#: Bytes of a piece; and of a file that whoever uploads it waits for.
PART, SMALL = 2**20, 2**18
#: A run that gave no sign of life for so long is taken over.
LOST_AFTER = timedelta(minutes=2)
#: How long a file waits for somebody to confirm it, and how long a result can be read.
FILE_KEPT, RESULT_KEPT = timedelta(days=7), timedelta(days=30)
#: Claims that are shown before an import is confirmed, and of each so many reports.
SHOWN, REPORTS_SHOWN = 50, 20


#: What it takes to bring in files: an editor's, since they hold verdicts too.
PERMISSIONS = ("add_claim", "decide_claim")


def may_import(user: User) -> bool:
    """Whether the user may bring in files."""
    return all(user.has_perm(f"verification.{permission}") for permission in PERMISSIONS)


@transaction.atomic
def receive(*, actor: User, name: str, content: Iterable[bytes], now: datetime) -> ImportRun:
    """Keeps a file, to be checked. Raises ValidationError for `file`, and PermissionDenied."""
    _allow(actor)
    if Path(name).suffix.lower() not in KINDS:
        raise ValidationError({"file": _("A claims file ends in .csv, .xlsx, .jsonl or .json.")})
    run = ImportRun.objects.create(
        name=printable(name)[-255:], digest="", size=0, actor=actor,
        state=ImportState.CHECKING, started_at=now, touched_at=now,
    )  # fmt: skip
    digest = hashlib.sha256()
    for number, part in enumerate(_parts(content)):
        digest.update(part)
        run.size += len(part)
        if run.size > settings.IMPORT_MAX_MB * 2**20:
            raise ValidationError(
                {
                    "file": _(
                        "The file is larger than %(most)s MB: split it, or bring it in with the "
                        "command import_claims."
                    )
                    % {"most": settings.IMPORT_MAX_MB}
                }
            )
        ImportPart.objects.create(run=run, number=number, content=part)
    if not run.size:
        raise ValidationError({"file": _("The file is empty.")})
    run.digest = digest.hexdigest()
    run.save()
    return run


@transaction.atomic
def confirm(*, actor: User, run: ImportRun, now: datetime) -> ImportRun:
    """Lets a file that was checked come in, in the name of whoever confirms it.

    Raises ValidationError where it was not checked, or is under way already.
    """
    _allow(actor)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != ImportState.CHECKED:
        raise ValidationError(_("This file is not waiting to be confirmed."))
    for told in (run.refusals, run.differences, run.notes, run.made):
        told.all().delete()
    for name in (*runs.COUNTS, *runs.TOLD, *runs.MADE, "rows_done"):
        setattr(run, name, 0)
    run.state, run.token, run.actor = ImportState.RUNNING, "", actor
    run.touched_at, run.finished_at = now, None
    run.save()
    return run


@transaction.atomic
def discard(*, actor: User, run: ImportRun) -> None:
    """Forgets a file that nobody wants to bring in. One that is coming in stays."""
    _allow(actor)
    if ImportRun.objects.get(pk=run.pk).state == ImportState.RUNNING:
        raise ValidationError(_("This file is coming in: it cannot be taken away now."))
    run.delete()


def work(key: int, *, clock: Clock) -> None:
    """Checks a file that was received, or brings in one that was confirmed.

    Nothing is done where another process is at it. What is wrong with the file is kept with the
    run, for its page.
    """
    run = _taken(key, clock())
    if run is None:
        return
    dry_run = run.state == ImportState.CHECKING
    # Somebody else goes on, or the fault is kept by the run already.
    with suppress(runs.TakenOver, ValidationError), _on_disk(run) as path:
        if dry_run and not run.rows_done:
            _keep_sample(run, path)
        runs.go_on(run, claimfile.read(path), clock=clock, dry_run=dry_run)


def due(now: datetime) -> list[int]:
    """The keys of the runs that a worker is to go on with: new ones, and those of dead workers."""
    return list(_waiting(now).order_by("id").values_list("pk", flat=True))


def _waiting(now: datetime) -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(
        Q(token="") | Q(touched_at__lt=now - LOST_AFTER),
        Exists(ImportPart.objects.filter(run=OuterRef("pk"))),
        state__in=[ImportState.CHECKING, ImportState.RUNNING],
    )


def _taken(key: int, now: datetime) -> ImportRun | None:
    """The run, if it waits and is now this process's own."""
    token = secrets.token_hex(16)
    if not _waiting(now).filter(pk=key).update(token=token, touched_at=now):
        return None
    return ImportRun.objects.select_related("actor").filter(pk=key, token=token).first()


def forget_old(now: datetime) -> None:
    """Takes away files that are done with or that nobody confirmed, and results nobody needs."""
    done = [ImportState.FINISHED, ImportState.FAILED]
    ImportPart.objects.filter(run__state__in=done).delete()
    ImportRun.objects.filter(state=ImportState.CHECKED, touched_at__lt=now - FILE_KEPT).delete()
    ImportRun.objects.filter(touched_at__lt=now - RESULT_KEPT).delete()


def _allow(actor: User) -> None:
    for permission in PERMISSIONS:
        allow(actor, permission)


def _parts(content: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes in pieces of one size."""
    waiting = bytearray()
    for block in content:
        waiting += block
        while len(waiting) >= PART:
            yield bytes(waiting[:PART])
            del waiting[:PART]
    if waiting:
        yield bytes(waiting)


@contextmanager
def _on_disk(run: ImportRun) -> Iterator[Path]:
    """The file in a folder of its own, for as long as it is read."""
    # Messages name the file as its owner knows it, as far as a name can be any.
    name = re.sub(r"[^\w.-]", "_", Path(run.name).name)
    with tempfile.TemporaryDirectory(prefix="claims-") as folder:
        path = Path(folder) / name
        with path.open("wb") as file:
            for part in run.parts.order_by("number").iterator(chunk_size=4):
                file.write(part.content)
        yield path


def _keep_sample(run: ImportRun, path: Path) -> None:
    """Keeps the first claims as they would come in; a fault among them is told by the check."""
    shown: list[Row] = []
    position = claimfile.Position()
    # Where the file cannot be read further, the check tells.
    with suppress(ValidationError):
        claims = (pair for pair in claimfile.read(path, position) if "statement" in pair[1])
        shown.extend(_shown(number, row) for number, row in islice(claims, SHOWN))
    run.sample_json = json.dumps(shown, default=str)
    ImportRun.objects.filter(pk=run.pk).update(sample_json=run.sample_json)
    runs.keep_form(run, position.form)


def _shown(number: int, row: Row) -> Row:
    """What is shown of a claim, with the number of its row; texts are cut where they are long."""
    reports = row.get("reports")
    named = reports[:REPORTS_SHOWN] if isinstance(reports, list) else []
    return {
        "row": number,
        **{
            name: shown(row[name])
            for name in ("id", "statement", "beat", "deadline", "outcome")
            if row.get(name)
        },
        "reports": [
            {name: shown(one[name]) for name in ("source", "via") if one.get(name)}
            for one in named
            if isinstance(one, dict)
        ],
    }
