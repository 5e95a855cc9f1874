"""`make audit` never says that all is well where nobody was asked."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

AUDIT = runpy.run_path(str(Path(__file__).resolve().parents[2] / "scripts" / "audit"))


@pytest.fixture
def pinned(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.txt"
    path.write_text(
        "django==5.2.19 \\\n    --hash=sha256:aa\ncelery[redis]==5.7.0 \\\n    --hash=sha256:bb\n"
        "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:cc\n"
    )
    return path


def library(name: str, *faults: str) -> dict[str, Any]:
    told = [{"id": fault, "fix_versions": ["9"]} for fault in faults]
    return {"name": name, "version": "1", "vulns": told}


def test_a_whole_answer_without_faults_is_well(pinned: Path) -> None:
    report = {"dependencies": [library("Django"), library("celery")]}
    assert AUDIT["problems"](pinned, report) == []


def test_a_known_fault_is_named(pinned: Path) -> None:
    report = {"dependencies": [library("django", "PYSEC-1"), library("celery")]}
    assert AUDIT["problems"](pinned, report) == ["django 1: PYSEC-1, mended in 9"]


def test_what_was_left_out_is_not_well(pinned: Path) -> None:
    skipped = {"name": "celery", "skip_reason": "Dependency not found: celery"}
    [problem] = AUDIT["problems"](pinned, {"dependencies": [library("django"), skipped]})
    assert "1 of 3 libraries were left out" in problem and "celery" in problem
    [problem] = AUDIT["problems"](pinned, {"dependencies": [library("django")]})
    assert "celery" in problem


def test_an_audit_that_could_not_be_made_is_not_well(pinned: Path) -> None:
    [problem] = AUDIT["problems"](pinned, None)
    assert "could not be made" in problem
