"""Evidence in one cell is read as somebody with a spreadsheet writes it, or not at all."""

from __future__ import annotations

import pytest

from verification.domain.evidencelines import EvidenceLine, NotALineError, host_title, read

PAGE = "https://www.lemonde.fr/economie/article-12.html"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (PAGE, ""),
        (f"  {PAGE} ", ""),
        (f"| {PAGE}", None),
        (f"Statement by the bank | {PAGE}", "Statement by the bank"),
        (f"Statement by the bank|{PAGE}", "Statement by the bank"),
        (f"Statement by the bank — {PAGE}", "Statement by the bank"),
        (f"Communiqué – {PAGE}", "Communiqué"),
        (f"Form 10-K - {PAGE}", "Form 10-K"),
        (f"A | B — C | {PAGE}", "A | B — C"),
        (f"Statement by the bank {PAGE}", None),
        (f"Mother-{PAGE}", None),
        ("Statement by the bank", None),
        ("ftp://example.org/1", None),
        ("javascript:alert(1)", None),
        ("A | javascript:alert(1)", None),
        (f"{PAGE};{PAGE}", None),
        (f"{PAGE}, {PAGE}", None),
    ],
)
def test_a_line_is_an_address_after_its_title_if_it_has_one(line: str, title: str | None) -> None:
    if title is None:
        with pytest.raises(NotALineError) as caught:
            read(line)
        assert caught.value.line == line.strip()
    else:
        assert read(line) == [EvidenceLine(title, PAGE)]


def test_each_line_is_a_page_and_empty_lines_are_none() -> None:
    assert read(f"{PAGE}\r\n\n A | {PAGE}?2\n") == [
        EvidenceLine("", PAGE),
        EvidenceLine("A", f"{PAGE}?2"),
    ]
    assert read(" \n") == []


def test_an_address_of_an_archive_is_one_page() -> None:
    archived = f"https://web.archive.org/web/2026/{PAGE}"
    assert read(archived) == [EvidenceLine("", archived)]


@pytest.mark.parametrize(
    ("url", "title"),
    [
        (PAGE, "lemonde.fr"),
        ("HTTPS://Example.ORG:8443/a", "example.org"),
        ("https://médiacités.fr/a", "médiacités.fr"),
    ],
)
def test_a_page_without_a_title_goes_by_its_host(url: str, title: str) -> None:
    assert host_title(url) == title
