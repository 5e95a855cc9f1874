"""A written day is read where it can mean but one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain.writtendays import Order, order_of, readings

DAY, MONTH = Order.DAY_FIRST, Order.MONTH_FIRST


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("31/03/2026", {date(2026, 3, 31)}),
        ("3/31/2026", {date(2026, 3, 31)}),
        ("31-3-2026", {date(2026, 3, 31)}),
        ("03/04/2026", {date(2026, 4, 3), date(2026, 3, 4)}),
        ("03.04.2026", {date(2026, 4, 3)}),
        ("05/05/2026", {date(2026, 5, 5)}),
        ("2026/4/3", {date(2026, 4, 3)}),
        ("31/31/2026", set()),
        ("2026/02/30", set()),
        ("30/02/2026", set()),
        ("31/03/26", set()),
        ("31/03-2026", set()),
        ("soon", set()),
        ("", set()),
    ],
)
def test_the_days_that_a_text_may_mean(text: str, days: set[date]) -> None:
    assert set(readings(text).values()) == days


@given(st.dates(date(1000, 1, 1)), st.sampled_from("/-"))
def test_a_day_is_among_its_own_readings_in_its_order(day: date, sign: str) -> None:
    year = f"{day.year:04}"
    assert readings(f"{day.day}{sign}{day.month:02}{sign}{year}")[DAY] == day
    found = readings(f"{day.month}{sign}{day.day:02}{sign}{year}")
    assert found[DAY if day.day == day.month else MONTH] == day


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/2026", "31/03/2026"], DAY),
        (["03/04/2026", "3/31/2026"], MONTH),
        (["31/03/2026", "3/31/2026"], None),
        (["03/04/2026", "05/05/2026", "31.03.2026", "31/31/2026", "2026/03/31", "x"], None),
        ([], None),
    ],
)
def test_one_day_that_is_clear_tells_of_the_others(texts: list[str], order: Order | None) -> None:
    assert order_of(texts) is order
