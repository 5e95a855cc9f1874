"""A newsroom that is wrecked and restored, by the commands that the documentation prints."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests import factories
from tests.debian import document

PROJECT = Path(__file__).resolve().parents[2]


def commands(title: str, *, part: str = document.PART) -> list[str]:
    """The blocks of commands under a heading of docs/self-hosting.md, exactly as printed."""
    text = document.DOCUMENT.read_text(encoding="utf-8")
    return [step.commands for step in document.steps(text, part) if step.title == title]


def shell(
    script: str, env: Mapping[str, str], cwd: Path = PROJECT
) -> subprocess.CompletedProcess[str]:
    """Runs a script as a shell that stops at the first failure."""
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env=env,
        cwd=cwd,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """What a process needs beside the address of its database."""
    kept = {name: os.environ[name] for name in ("HOME", "TMPDIR") if name in os.environ}
    return kept | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "SECRET_KEY": settings.SECRET_KEY,
        "VAR_DIR": str(tmp_path / "var"),
    }


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Django's connection leads to another database of this name, or to another file."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def fill() -> None:
    """Claims with reports and verdicts: what a backup has to bring back."""
    for outcome in ("confirmed", "denied", "lapsed"):
        factories.decide(factories.claim(), outcome=outcome)
    for number in range(3):
        factories.claim(deadline=timezone.now().date() + timedelta(days=number))
