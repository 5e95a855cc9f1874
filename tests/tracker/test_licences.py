"""`docs/licences.md` is what the libraries say, and none is under a licence that we cannot use."""

from __future__ import annotations

import runpy
from email.message import Message
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LICENCES = runpy.run_path(str(ROOT / "scripts" / "licences"))


def library(**told: str) -> Message:
    """Metadata as a library is installed with; a name's underline stands for the sign in it."""
    message = Message()
    for header, value in told.items():
        message[header.replace("_", "-")] = value
    return message


def test_the_page_is_what_is_pinned_and_nothing_stands_against_it() -> None:
    text, problems = LICENCES["page"]((ROOT / "requirements.txt").read_text("utf-8"))
    assert problems == []
    assert text == (ROOT / "docs" / "licences.md").read_text("utf-8"), "run make licences"


@pytest.mark.parametrize(
    "licence",
    ["AGPL-3.0-only", "GPL-3.0-or-later", "MIT AND GPL-2.0-only", "Proprietary", "GNU GPL"],
)
def test_a_licence_that_is_not_on_the_list_is_refused(licence: str) -> None:
    assert LICENCES["problem"]("some-library", licence).startswith("some-library: ")


def test_of_several_licences_one_is_enough_and_of_those_together_all_are_needed() -> None:
    assert LICENCES["problem"]("tld", "GPL-2.0-only OR MIT") == ""
    assert LICENCES["problem"]("tld", "GPL-2.0-only OR MIT AND AGPL-3.0-only") != ""


def test_a_library_that_says_nothing_is_refused() -> None:
    assert LICENCES["said"](library(Name="silent")) == ""
    assert "READ" in LICENCES["problem"]("silent", "")


def test_a_library_that_nobody_has_read_is_refused() -> None:
    _text, problems = LICENCES["page"]("nobody-installs-this==1.0 \\\n    --hash=sha256:aa\n")
    assert len(problems) == 1
    assert problems[0].startswith("nobody-installs-this: ")


def test_another_version_than_the_pinned_one_is_told() -> None:
    _text, problems = LICENCES["page"]("django==0.1 \\\n    --hash=sha256:aa\n")
    assert any("0.1 is pinned" in problem for problem in problems)


OSI = "License :: OSI Approved :: "


@pytest.mark.parametrize(
    ("told", "licence"),
    [
        ({"License_Expression": "MIT-0", "License": "MIT"}, "MIT-0"),
        ({"License": "New BSD"}, "BSD-3-Clause"),
        ({"License": "Copyright\n\nSomebody", "Classifier": OSI + "MIT License"}, "MIT"),
        ({"Classifier": OSI + "GNU Affero GPL v3"}, "GNU Affero GPL v3"),
    ],
)
def test_the_licence_is_read_wherever_the_library_says_it(
    told: dict[str, str], licence: str
) -> None:
    assert LICENCES["said"](library(**told)) == licence
