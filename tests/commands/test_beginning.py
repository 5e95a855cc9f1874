"""The newsroom's own commands begin without loading what they do not need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import Error
from django.core.management import call_command, get_commands, load_command_class
from django.core.management.base import SystemCheckError

from verification import checks
from verification.management.base import NewsroomCommand

PROJECT = Path(__file__).resolve().parents[2]
#: What takes long to load, and no command needs before it has something to do with it. Of ours, the
#: pages and the API.
HEAVY = (
    "openpyxl", "numpy", "scipy", "trafilatura", "icalendar", "rest_framework.views",
    "drf_spectacular.views", "verification.api", "verification.pages",
)  # fmt: skip


def test_a_command_begins_without_the_pages_and_what_they_need(tmp_path: Path) -> None:
    program = (
        "import sys; from django.core.management import execute_from_command_line as run\n"
        "try: run(['manage.py', 'create_token', 'nobody'])\n"
        "except BaseException: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    surroundings = {
        "DJANGO_SETTINGS_MODULE": "tracker.settings", "DEBUG": "1", "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3", "PATH": os.environ["PATH"],
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT, env=surroundings, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_command_of_ours_looks_at_the_configuration_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = [name for name, app in get_commands().items() if app == "verification"]
    plain = [
        name
        for name in ours
        if isinstance(load_command_class("verification", name), NewsroomCommand)
    ]
    # These look by themselves, or are Django's.
    assert set(ours) - set(plain) == {"doctor", "migrate", "run_demo"}
    monkeypatch.setattr(checks, "_always", lambda: iter([Error("Weak.", id="verification.E009")]))
    with pytest.raises(SystemCheckError, match=r"verification\.E009"):
        call_command("export_claims", skip_checks=False)
