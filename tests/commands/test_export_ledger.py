"""`export_ledger`: a file that both verifiers accept, and that tells readers nothing internal."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.services.tampering import alone, entries, logged, verify

pytestmark = pytest.mark.django_db


def export(*options: str) -> str:
    out = io.StringIO()
    call_command("export_ledger", *options, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("options", [(), ("--public",)])
def test_both_verifiers_accept_what_it_writes(tmp_path: Path, options: tuple[str, ...]) -> None:
    head = logged()[-1]
    file = tmp_path / "ledger.jsonl"
    file.write_text(export(*options), encoding="utf-8")

    assert verify(str(file)) == f"The chain holds: {head.number} entries, head {head.hash}.\n"
    assert alone(file, f"{head.number}:{head.hash}")[0] == 0


def test_the_newsrooms_own_file_has_everything_and_the_public_one_nothing_internal() -> None:
    logged()  # deal 1 is internal

    whole, public = export(), export("--public")

    assert all(f"Deal {number}" in whole for number in (0, 1, 2))
    assert "Deal 0" in public
    assert "Deal 1" not in public
    assert len(public.splitlines()) == len(whole.splitlines()), "withheld, not left out"


def test_it_begins_after_the_entry_that_the_archive_has_already() -> None:
    logged()
    rest = [json.loads(line)["number"] for line in export("--after", "4").splitlines()]
    assert rest == [entry.number for entry in entries()][4:]
