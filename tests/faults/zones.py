"""Every zone of the tz database and every change of its clocks: is the due instant right?

The oracle is the C library: another reader of the tz database, which knows nothing of Python's
`zoneinfo` or of the rules in `verification.domain.deadlines`. It is asked in a process of its own,
since `TZ` belongs to a whole process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

from tests.faults.table import Row, verdict
from verification.domain.deadlines import due_instant

FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2027, 12, 31)
DAY_SECONDS = 86_400

#: Reads {zone: file}; gives {zone: [[year, month, day, second at which it is over], …]} for the day
#: of each transition and its neighbours. It asks which date the clocks show and nothing else: each
#: quarter of an hour from 40 hours before the day, then each second.
ORACLE = """
import json, os, sys, time
from datetime import date, timedelta
first, last, files = json.load(sys.stdin)

def shown(moment):
    return time.localtime(moment)[:3]

def over(day):
    middle = (day - date(1970, 1, 1)).days * 86400
    moment = middle - 40 * 3600
    while shown(moment) <= tuple(day.timetuple()[:3]):
        moment += 900
    low = moment - 900
    for stride in (60, 1):
        moment = low
        while shown(moment) <= tuple(day.timetuple()[:3]):
            moment += stride
        low = moment - stride
    return moment

answers = {}
for zone, path in files.items():
    os.environ["TZ"] = ":" + path
    time.tzset()
    days, before = set(), time.localtime(first).tm_gmtoff
    for moment in range(first, last, 43200):
        offset = time.localtime(moment).tm_gmtoff
        if offset != before:
            day = date(1970, 1, 1) + timedelta(days=moment // 86400)
            days |= {day + timedelta(days=n) for n in (-2, -1, 0, 1)}
            before = offset
    days.add(date(2026, 3, 31))
    answers[zone] = [[*day.timetuple()[:3], over(day)] for day in sorted(days)]
json.dump(answers, sys.stdout)
"""


def file_of(zone: str) -> str:
    """The file that `zoneinfo` reads: the system's, else that of the package `tzdata`."""
    for folder in TZPATH:
        path = Path(folder, zone)
        if path.is_file():
            return str(path)
    return str(resources.files("tzdata") / "zoneinfo" / zone)


def wrong(zones: list[str]) -> tuple[int, list[str]]:
    """How many days were compared, and those that differ."""
    epoch = date(1970, 1, 1)
    first, last = ((day - epoch).days * DAY_SECONDS for day in (FIRST_DAY, LAST_DAY))
    asked = subprocess.run(
        [sys.executable, "-c", ORACLE],
        input=json.dumps([first, last, {zone: file_of(zone) for zone in zones}]),
        capture_output=True,
        check=True,
        text=True,
    )
    compared, differ = 0, []
    for zone, days in json.loads(asked.stdout).items():
        for year, month, number, second in days:
            compared += 1
            day = date(year, month, number)
            if due_instant(day, ZoneInfo(zone)) != datetime.fromtimestamp(second, UTC):
                differ.append(f"{zone} {day}")
    return compared, differ


def every_zone() -> Row:
    started = time.monotonic()
    zones = sorted(available_timezones())
    compared, differ = wrong(zones)
    return Row(
        fault=f"every zone × every transition {FIRST_DAY.year}–{LAST_DAY.year}",
        work=f"{len(zones)} zones, {compared} days",
        lost=0,
        duplicates=0,
        kills=0,
        seconds=time.monotonic() - started,
        bar="due instant right, 0 wrong (oracle: the C library)",
        verdict=verdict(wrong=len(differ), too_few=compared < len(zones)),
    )
