"""extract: candidate claims of a file or of standard input, as a JSON array."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from tests.services.test_intake import demo_page
from verification.services import intake

pytestmark = pytest.mark.django_db

TEXT = "Nordica could buy Calix by the end of next month, the FT reported."


def run(*command: object) -> Any:
    """What the command printed, read as JSON."""
    out = io.StringIO()
    call_command("extract", *command, stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


def test_a_file_gives_an_array_of_candidates(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    [candidate] = run(path, "--date", "2026-01-30", "--language", "en", "--outlet", "The Wire")
    assert list(candidate) == [
        "statement",
        "span",
        "start",
        "end",
        "sources",
        "hedge",
        "certainty",
        "deadline",
        "deadline_text",
        "deadline_precision",
        "score",
        "reasons",
    ]
    assert candidate["sources"] == ["Financial Times"]
    assert candidate["deadline"] == "2026-02-28"
    assert candidate["span"] == TEXT


def test_a_text_is_of_the_day_that_it_prints(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(f"LONDON, 30 January 2026 (Reuters) - {TEXT}", encoding="utf-8")
    [candidate] = run(path)
    assert candidate["deadline"] == "2026-02-28"
    [given] = run(path, "--date", "2026-03-30")
    assert given["deadline"] == "2026-04-30"


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(demo_page())))
    assert len(run("-")) == 6


def test_an_article_can_be_read_before_there_is_a_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def missing() -> None:
        raise OperationalError("no such table: verification_source")

    monkeypatch.setattr(intake, "known_names", missing)
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert len(run(path)) == 1


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        (None, [], "article.txt: No such file"),
        (b"a" * 200_001, [], "article.txt: Use at most 200000 characters."),
        (b"<!doctype html><title>Nothing</title>", [], "article.txt: No article was found"),
        (b"", ["--date", "2026-02-30"], "'2026-02-30' is not a day"),
        (b"", ["--language", "de"], "invalid choice: 'de'"),
    ],
)
def test_what_cannot_be_read_is_told(
    tmp_path: Path, content: bytes | None, options: list[str], said: str
) -> None:
    path = tmp_path / "article.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=said):
        run(path, *options)


def test_an_outlet_given_as_a_host_is_the_one_that_the_text_credits(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("Nordica pourrait racheter Calix vendredi, a appris Le Monde.", "utf-8")

    [candidate] = run(path, "--outlet", "lemonde.fr")

    assert candidate["sources"] == ["Le Monde"]
