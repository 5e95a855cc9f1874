"""The suite counts what it says that it counts."""

from __future__ import annotations

import json
from pathlib import Path

from tests.faults.table import Row, markdown, verdict
from tests.faults.tally import Mail, arrived, tally

FIRST, SECOND = ("a@example.org", "one", "due"), ("a@example.org", "two", "due")


def mail(at: float, name: str, *reminders: tuple[str, str, str], answered: bool = True) -> Mail:
    return Mail(at, name, "a@example.org", reminders, answered)


def test_what_did_not_arrive_is_lost() -> None:
    assert tally({FIRST, SECOND}, [mail(1, "<1>", FIRST)]).lost == 1


def test_the_second_copy_of_a_mail_is_a_duplicate() -> None:
    counted = tally({FIRST}, [mail(1, "<1>", FIRST), mail(2, "<1>", FIRST)])

    assert (counted.duplicates, counted.renamed) == (1, 0)


def test_the_same_reminder_in_another_mail_is_a_duplicate_that_no_mail_program_joins() -> None:
    counted = tally({FIRST, SECOND}, [mail(1, "<1>", FIRST), mail(2, "<2>", FIRST, SECOND)])

    assert (counted.duplicates, counted.renamed) == (1, 1)


def test_what_nobody_was_to_get_is_unwanted() -> None:
    assert tally({FIRST}, [mail(1, "<1>", FIRST, SECOND)]).unwanted == 1


def test_a_line_that_the_far_end_is_still_writing_is_left_for_later(tmp_path: Path) -> None:
    line = {"at": 1, "id": "<1>", "to": "a@example.org", "reminders": [["one", "due"]]}
    whole = json.dumps(line | {"answered": False})
    (tmp_path / "arrived.jsonl").write_text(f"{whole}\n{whole[:20]}")

    assert arrived(tmp_path) == [mail(1, "<1>", FIRST, answered=False)]


def test_a_missed_bar_is_named_with_what_was_found() -> None:
    assert verdict(lost=0, duplicates=False) == "held"
    assert verdict(lost=3, too_few_kills=True) == "MISSED lost: 3; too few kills: True"


def test_the_table_has_a_line_for_each_fault() -> None:
    row = Row("nothing", "5 due", 0, 0, 0, 1.6, "lost 0", "held")

    head, rule, line = markdown([row]).splitlines()

    assert "duplicates" in head
    assert set(rule) == {"|", "-", " "}
    assert [cell.strip() for cell in line.strip("|").split("|")] == row.cells()
    assert "2" in row.cells()
