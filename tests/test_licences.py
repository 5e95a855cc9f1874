"""Every library of a newsroom is listed with its licence, and none binds what runs with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)
ROW = re.compile(r"^\| ([a-z0-9._-]+) \| (\d\S*) \| ([^|]+) \|$", re.MULTILINE)
#: Licences that would be those of whatever is given away together with the library.
BINDING = re.compile(r"\b(?:A?GPL|SSPL|EUPL|GNU (?:Affero )?General)\b")


def listed() -> dict[str, tuple[str, str]]:
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    return {name: (version, licence) for name, version, licence in ROW.findall(text)}


def binds(licence: str) -> bool:
    """Whether no choice of an expression is free of what binds."""
    return all(BINDING.search(choice) for choice in re.split(r"\bOR\b", licence))


def test_the_list_is_of_what_is_pinned() -> None:
    pinned = PINNED.findall((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert {name: version for name, (version, _licence) in listed().items()} == dict(pinned)
    assert len(pinned) > 50


def test_no_library_binds_what_runs_with_it() -> None:
    assert {name for name, (_version, licence) in listed().items() if binds(licence)} == set()


@pytest.mark.parametrize(
    ("licence", "bound"),
    [
        ("MIT", False),
        ("LGPL-3.0-only", False),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", False),
        ("AGPL-3.0-only", True),
        ("GPL-2.0-only OR GPL-3.0-only", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("SSPL-1.0", True),
    ],
)
def test_a_choice_is_free_where_one_side_of_it_is(licence: str, bound: bool) -> None:
    assert binds(licence) == bound
