"""Which release a process says that it is."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tracker.version import VERSION, release

PROJECT = Path(__file__).resolve().parents[2]


def test_the_version_is_that_of_the_project() -> None:
    told = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    assert told["project"]["version"] == VERSION


def test_a_release_is_named_by_its_commit_where_it_was_laid_down() -> None:
    assert release(Path("/srv/borneout/releases/3f0c2b1a9d4e")) == "3f0c2b1a9d4e"
    assert release(Path("/home/anna/borneout")) == VERSION
