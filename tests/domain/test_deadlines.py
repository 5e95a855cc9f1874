from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verification.domain.deadlines import (
    LADDER,
    PRECISIONS,
    STAGES,
    Step,
    current_step,
    due_instant,
    is_period_end,
    local_day,
    local_instant,
    next_step_at,
    period_end,
)

PARIS = ZoneInfo("Europe/Paris")
ZONES = sorted(available_timezones())
DAY = timedelta(days=1)
days = st.dates(min_value=date(1900, 1, 2), max_value=date(2199, 12, 30))


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Every answer is worked out anew, so that none of an earlier test hides a fault."""
    local_instant.cache_clear()


# When a day is over


def transition_days(zone: ZoneInfo) -> list[date]:
    """The UTC days of 2024 to 2027 on which the zone's offset changed."""

    def changes(moments: Iterable[datetime]) -> list[datetime]:
        offsets = [(moment, moment.astimezone(zone).utcoffset()) for moment in moments]
        return [start for (start, before), (_, after) in pairwise(offsets) if before != after]

    # By weeks first, for speed: no zone changes its clocks and changes them back within one.
    weeks = changes(utc(2023, 12, 31) + n * 7 * DAY for n in range(210))
    return [day.date() for week in weeks for day in changes(week + n * DAY for n in range(8))]


def first_quarter_hour_after(day: date, zone: ZoneInfo) -> datetime:
    """The definition, by brute force: walk the clock until calendars show a later day."""
    # No zone is more than 14 hours ahead of UTC, nor 12 behind.
    moment = datetime.combine(day, datetime.min.time(), UTC) + DAY - timedelta(hours=14)
    for stride in (timedelta(hours=1), timedelta(minutes=15)):
        while moment.astimezone(zone).date() <= day:
            moment += stride
        moment -= stride
    return moment + timedelta(minutes=15)


def test_a_day_is_over_at_the_first_instant_of_a_later_day_around_every_transition() -> None:
    checked = 0
    for name in ZONES:
        zone = ZoneInfo(name)
        for transition in transition_days(zone):
            for day in (transition - DAY, transition, transition + DAY):
                assert due_instant(day, zone) == first_quarter_hour_after(day, zone), (name, day)
                checked += 1
    assert checked > 1000, "the tz database has far more transitions than that"


def test_a_day_is_over_at_the_first_instant_of_a_later_day_in_every_zone() -> None:
    for name in ZONES:
        zone = ZoneInfo(name)
        over = due_instant(date(2026, 3, 31), zone)
        assert over.astimezone(zone).date() == date(2026, 4, 1), name
        assert (over - timedelta(microseconds=1)).astimezone(zone).date() == date(2026, 3, 31), name


@pytest.mark.parametrize(
    ("zone", "day", "over"),
    [
        ("UTC", date(2026, 3, 31), utc(2026, 4, 1)),
        ("Europe/Paris", date(2026, 3, 31), utc(2026, 3, 31, 22)),
        ("Europe/Paris", date(2026, 1, 31), utc(2026, 1, 31, 23)),
        ("America/New_York", date(2026, 3, 31), utc(2026, 4, 1, 4)),
        # Clocks go from 00:00 to 01:00: the day begins at one o'clock.
        ("Africa/Cairo", date(2026, 4, 23), utc(2026, 4, 23, 22)),
        ("Asia/Beirut", date(2026, 3, 28), utc(2026, 3, 28, 22)),
        # Clocks go back from 01:00 to 00:00: midnight comes twice, and the first one counts.
        ("America/Havana", date(2026, 10, 31), utc(2026, 11, 1, 4)),
        # Clocks go back from 24:00 to 23:00: the day has one hour more.
        ("Africa/Cairo", date(2026, 10, 29), utc(2026, 10, 29, 22)),
        # Clocks went back from 00:01 to 23:01: the later day began, stopped, and began again.
        ("America/St_Johns", date(2010, 11, 6), utc(2010, 11, 7, 2, 30)),
        # Clocks went from 23:30 to 00:30: midnight fell inside the gap, not at its start.
        ("America/Toronto", date(1919, 3, 30), utc(1919, 3, 31, 4, 30)),
        # Samoa crossed the date line: there was no 30 December 2011.
        ("Pacific/Apia", date(2011, 12, 29), utc(2011, 12, 30, 10)),
        ("Pacific/Apia", date(2011, 12, 30), utc(2011, 12, 30, 10)),
        ("Pacific/Apia", date(2011, 12, 31), utc(2011, 12, 31, 10)),
    ],
)
def test_the_day_ends_where_the_clocks_of_the_place_say(
    zone: str, day: date, over: datetime
) -> None:
    assert due_instant(day, ZoneInfo(zone)) == over
    assert due_instant(day, ZoneInfo(zone)).tzinfo is UTC


@given(day=days, zone=st.sampled_from(ZONES).map(ZoneInfo))
@settings(deadline=None)
def test_a_later_day_is_never_over_sooner(day: date, zone: ZoneInfo) -> None:
    assert due_instant(day, zone) <= due_instant(day + DAY, zone)


# The hour of reminders


@pytest.mark.parametrize(
    ("zone", "day", "hour", "instant"),
    [
        ("Europe/Paris", date(2026, 3, 31), 9, utc(2026, 3, 31, 7)),
        ("Europe/Paris", date(2026, 1, 31), 9, utc(2026, 1, 31, 8)),
        ("Asia/Kolkata", date(2026, 3, 31), 9, utc(2026, 3, 31, 3, 30)),
        # 02:00 does not exist on the last Sunday of March, and exists twice in October.
        ("Europe/Paris", date(2026, 3, 29), 2, utc(2026, 3, 29, 1)),
        ("Europe/Paris", date(2026, 10, 25), 2, utc(2026, 10, 25, 0)),
        # Half an hour is skipped: 02:00 becomes 02:30.
        ("Australia/Lord_Howe", date(2026, 10, 4), 2, utc(2026, 10, 3, 15, 30)),
        # The gap starts at half past: the first instant after it, not an hour after the start.
        ("America/Toronto", date(1919, 3, 31), 0, utc(1919, 3, 31, 4, 30)),
        # Three hours are missing, from 02:00: the first instant after them.
        ("Antarctica/Casey", date(2009, 10, 18), 3, utc(2009, 10, 17, 18)),
        # A whole day is missing, nine o'clock included.
        ("Pacific/Apia", date(2011, 12, 30), 9, utc(2011, 12, 30, 10)),
    ],
)
def test_an_hour_is_the_first_instant_at_which_the_clocks_show_it(
    zone: str, day: date, hour: int, instant: datetime
) -> None:
    assert local_instant(day, hour, ZoneInfo(zone)) == instant


@given(day=days, hour=st.integers(0, 23), zone=st.sampled_from(ZONES).map(ZoneInfo))
@settings(deadline=None)
def test_no_instant_shows_that_hour_any_sooner(day: date, hour: int, zone: ZoneInfo) -> None:
    wall = datetime.combine(day, datetime.min.time().replace(hour=hour))
    instant = local_instant(day, hour, zone)
    assert instant.astimezone(zone).replace(tzinfo=None) >= wall
    assert (instant - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None) < wall


@pytest.mark.parametrize("hour", [-1, 24])
def test_an_hour_that_no_clock_shows_is_refused(hour: int) -> None:
    with pytest.raises(ValueError, match="hour"):
        local_instant(date(2026, 3, 31), hour, PARIS)


def test_the_local_day_is_the_one_on_the_calendar_of_the_place() -> None:
    now = utc(2026, 3, 31, 22, 30)
    assert local_day(now, PARIS) == date(2026, 4, 1)
    assert local_day(now, ZoneInfo("America/New_York")) == date(2026, 3, 31)


def test_a_time_without_a_zone_is_refused() -> None:
    naive = utc(2026, 3, 31, 22, 30).replace(tzinfo=None)
    with pytest.raises(ValueError, match=r"^a time without a time zone is ambiguous$"):
        local_day(naive, PARIS)
    with pytest.raises(ValueError, match=r"^a time without a time zone is ambiguous$"):
        current_step(date(2026, 3, 31), naive, 9, PARIS, "owner")
    with pytest.raises(ValueError, match=r"^a time without a time zone is ambiguous$"):
        next_step_at(date(2026, 3, 31), naive, 9, PARIS)


# Periods


@pytest.mark.parametrize(
    ("day", "precision", "end"),
    [
        (date(2026, 2, 14), "day", date(2026, 2, 14)),
        (date(2026, 2, 14), "month", date(2026, 2, 28)),
        (date(2028, 2, 1), "month", date(2028, 2, 29)),
        (date(2026, 12, 31), "month", date(2026, 12, 31)),
        (date(2026, 1, 1), "quarter", date(2026, 3, 31)),
        (date(2026, 6, 30), "quarter", date(2026, 6, 30)),
        (date(2026, 7, 1), "quarter", date(2026, 9, 30)),
        (date(2026, 10, 1), "quarter", date(2026, 12, 31)),
        (date(2026, 6, 30), "half", date(2026, 6, 30)),
        (date(2026, 7, 1), "half", date(2026, 12, 31)),
        (date(2026, 2, 14), "year", date(2026, 12, 31)),
        (date.max, "year", date.max),
    ],
)
def test_a_period_ends_on_its_last_day(day: date, precision: str, end: date) -> None:
    assert period_end(day, precision) == end
    assert is_period_end(day, precision) == (day == end)


@given(day=days, precision=st.sampled_from(PRECISIONS))
def test_the_end_of_a_period_ends_it_and_the_next_day_starts_another(
    day: date, precision: str
) -> None:
    end = period_end(day, precision)
    assert end >= day
    assert is_period_end(end, precision)
    assert period_end(end + DAY, precision) > end


def test_an_unknown_precision_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="day, month, quarter, half, year; not 'decade'"):
        period_end(date(2026, 1, 1), "decade")


# Reminders: the calendar of the first claims, due at the end of the first quarter of 2026

DEADLINE = date(2026, 3, 31)


def owner_stage(now: datetime) -> str | None:
    step = current_step(DEADLINE, now, 9, PARIS, "owner")
    return step.stage if step else None


def editor_stage(now: datetime) -> str | None:
    step = current_step(DEADLINE, now, 9, PARIS, "editor")
    return step.stage if step else None


@pytest.mark.parametrize(
    ("day", "before_nine", "from_nine"),
    [
        (date(2026, 3, 23), None, None),
        (date(2026, 3, 24), None, "heads-up"),
        (date(2026, 3, 31), "heads-up", "due"),
        (date(2026, 4, 1), "due", "overdue-1"),
        (date(2026, 4, 3), "overdue-1", "overdue-3"),
        (date(2026, 4, 7), "overdue-3", "overdue-7"),
        (date(2027, 4, 7), "overdue-7", "overdue-7"),
    ],
)
def test_the_owner_is_reminded_at_nine_in_the_newsrooms_zone(
    day: date, before_nine: str | None, from_nine: str | None
) -> None:
    nine = datetime.combine(day, datetime.min.time().replace(hour=9), PARIS)
    assert owner_stage(nine - timedelta(microseconds=1)) == before_nine
    assert owner_stage(nine) == from_nine


def test_the_editor_hears_of_it_from_the_third_day() -> None:
    assert editor_stage(utc(2026, 4, 3, 6, 59)) is None
    assert editor_stage(utc(2026, 4, 3, 7)) == "escalation"
    assert editor_stage(utc(2026, 4, 7, 7)) == "overdue-7"


def test_a_scheduler_that_was_down_finds_the_one_step_that_is_still_current() -> None:
    assert owner_stage(utc(2026, 3, 30)) == "heads-up"
    assert owner_stage(utc(2026, 4, 5)) == "overdue-3"


def test_the_next_look_is_at_the_next_step_of_anyone() -> None:
    instants = [utc(2026, 1, 1)]
    for _ in range(6):
        following = next_step_at(DEADLINE, instants[-1], 9, PARIS)
        if following is not None:
            instants.append(following)
    # The clocks go forward on 29 March; nine o'clock stays nine o'clock.
    assert instants[1:] == [
        utc(2026, 3, 24, 8),
        utc(2026, 3, 31, 7),
        utc(2026, 4, 1, 7),
        utc(2026, 4, 3, 7),
        utc(2026, 4, 7, 7),
    ]


@given(
    deadline=days.filter(lambda day: date(1901, 1, 1) < day < date(2199, 1, 1)),
    minutes=st.integers(-15 * 24 * 60, 15 * 24 * 60),
    hour=st.integers(0, 23),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)
@settings(deadline=None)
def test_nothing_changes_before_the_next_step_and_something_does_then(
    deadline: date, minutes: int, hour: int, zone: ZoneInfo
) -> None:
    def state(moment: datetime) -> tuple[Step | None, Step | None]:
        return (
            current_step(deadline, moment, hour, zone, "owner"),
            current_step(deadline, moment, hour, zone, "editor"),
        )

    now = datetime.combine(deadline, datetime.min.time(), UTC) + timedelta(minutes=minutes)
    following = next_step_at(deadline, now, hour, zone)
    if following is None:
        assert state(now + timedelta(days=366)) == state(now)
    else:
        assert following > now
        assert state(following - timedelta(microseconds=1)) == state(now)
        assert state(following) != state(now)


def test_a_ladder_of_ones_own_is_followed() -> None:
    ladder = (Step("overdue-1", 1, "owner"), Step("due", 0, "owner"))
    assert current_step(DEADLINE, utc(2026, 3, 30), 9, PARIS, "owner", ladder) is None
    assert current_step(DEADLINE, utc(2026, 5, 1), 9, PARIS, "owner", ladder) == ladder[0]
    assert next_step_at(DEADLINE, utc(2026, 1, 1), 9, PARIS, ladder) == utc(2026, 3, 31, 7)
    assert next_step_at(DEADLINE, utc(2026, 4, 1, 7), 9, PARIS, ladder) is None


def test_every_stage_has_a_step_and_every_step_a_stage() -> None:
    assert {step.stage for step in LADDER} == set(STAGES)
