"""Which release this is."""

from __future__ import annotations

from pathlib import Path

#: As in pyproject.toml.
VERSION = "1.0.0.dev0"


def release(folder: Path) -> str:
    """What tells this release from others: its commit, where `deploy/release` has laid it down.

    That gives each release a folder by the name of its commit; elsewhere it is the version.
    """
    return folder.name if folder.parent.name == "releases" else VERSION
