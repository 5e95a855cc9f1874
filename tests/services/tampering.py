"""A ledger to tamper with, and both programs that should notice."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from django.core.management import CommandError, call_command
from django.db import connection

from tests import factories
from verification import guards
from verification.models import LedgerEntry
from verification.services import claims, ledgerexport

ALONE = (
    Path(__file__).parents[2] / "verification/static/verification/ledger/verify_ledger.py"
)  # fmt: skip
NOW = factories.NOW


def logged() -> list[LedgerEntry]:
    """Public claims and an internal one, logged, edited and decided: nine entries."""
    boss = factories.managing_editor(username="boss")
    for number, public in enumerate((True, False, True)):
        claim = factories.claim(actor=boss, statement=f"Deal {number} — “œuvre” 🚀.", public=public)
        claims.assign(actor=boss, claim=claim, version=1, assignee=boss, now=NOW)
        claim.refresh_from_db()
        factories.decide(claim, actor=boss)
    return entries()


def entries() -> list[LedgerEntry]:
    return list(LedgerEntry.objects.order_by("number"))


def verify(*arguments: str) -> str:
    """What `verify_ledger` prints, or what it complains of."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verify_ledger", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        assert error.returncode == 1
        return f"{err.getvalue()}{error}"
    return out.getvalue()


def tamper(at: int, **changes: object) -> None:
    assert LedgerEntry.objects.filter(number=at).update(**changes) == 1


def without_triggers(deed: Callable[[], object]) -> None:
    guards.take_down(connection)
    try:
        deed()
    finally:
        guards.put_up(connection)


def exported(*, public: bool) -> list[bytes]:
    return list(ledgerexport.lines(public=public))


def alone(file: Path, *noted: str) -> tuple[int, str]:
    """The exit of the program that stands alone, and what it says."""
    ran = subprocess.run(
        [sys.executable, "-I", str(ALONE), str(file), *noted],
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr
