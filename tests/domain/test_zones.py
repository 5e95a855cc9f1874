"""Due instants against an oracle that shares nothing with them: the C library."""

from zoneinfo import available_timezones

from tests.faults import zones


def test_a_day_is_over_when_the_c_library_says_so_in_every_zone_at_every_transition() -> None:
    compared, differ = zones.wrong(sorted(available_timezones()))

    assert differ == []
    assert compared > 5000, "the tz database has more transitions than that"
