"""The settings under an environment of the test's own."""

import os
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[2]

Read = Callable[..., dict[str, Any]]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Read:
    """Reads the settings anew, under an environment that holds these variables and no others."""

    def read_settings(**variables: str) -> dict[str, Any]:
        for name in list(os.environ):
            monkeypatch.delenv(name)
        for name, value in ({"VAR_DIR": str(tmp_path), "SECRET_KEY": "x"} | variables).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(PROJECT / "tracker" / "settings.py"))

    return read_settings
