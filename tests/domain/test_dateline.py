"""The day that an article is of is read where texts print it, and nowhere else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain.dateline import Dated, DayFrom, dated, printed

TODAY = date(2026, 11, 26)
STORY = "Nordica could buy Calix by the end of next month, people familiar with it said."

EN: list[tuple[str, date]] = [
    ("LONDON, Oct 30 (Reuters) - " + STORY, date(2026, 10, 30)),
    ("LONDON/PARIS, Oct. 30 (Reuters) – " + STORY, date(2026, 10, 30)),
    ("DUBLIN, Nov 25 (Reuters)", date(2026, 11, 25)),
    ("TOKYO, Dec 3 (Reuters) - " + STORY, date(2025, 12, 3)),
    ("Nov 3 (Reuters) - " + STORY, date(2026, 11, 3)),
    ("BERLIN, 3 November (dpa) - " + STORY, date(2026, 11, 3)),
    ("Washington, D.C., Nov. 3 (UPI) -- " + STORY, date(2026, 11, 3)),
    ("NEW YORK, Nov. 03, 2026 (GLOBE NEWSWIRE) -- " + STORY, date(2026, 11, 3)),
    ("WASHINGTON, Nov. 3, 2026 /PRNewswire/ -- " + STORY, date(2026, 11, 3)),
    ("SAN FRANCISCO, Calif., Nov. 3, 2026 — " + STORY, date(2026, 11, 3)),
    ("Published 3 November 2026", date(2026, 11, 3)),
    ("Published: 3 November 2026, 09:12 GMT", date(2026, 11, 3)),
    ("Published at 9:12 AM on 3 November 2026", date(2026, 11, 3)),
    ("PUBLISHED Nov 3, 2026, 9:12 AM ET", date(2026, 11, 3)),
    ("Posted on November 3, 2026 by Jane Doe", date(2026, 11, 3)),
    ("Published Nov. 3, 2026Updated Nov. 4, 2026, 9:12 a.m. ET", date(2026, 11, 3)),
    ("Updated 9:12 AM EST, Tue November 3, 2026", date(2026, 11, 3)),
    ("Tue 11 Mar 2025 06.00 GMT", date(2025, 3, 11)),
    ("First published on Tue 11 Mar 2025 06.00 GMT", date(2025, 3, 11)),
    ("November 3, 2026 | 9:12 am", date(2026, 11, 3)),
    ("9:12 AM PST · November 3, 2026", date(2026, 11, 3)),
    ("November 3, 2026 9:12 AM UTC · Updated 5 hours ago", date(2026, 11, 3)),
    ("November 3, 2026 · 5 min read", date(2026, 11, 3)),
    ("By Jane Doe | November 3, 2026", date(2026, 11, 3)),
    ("By Jane Doe and John Roe Nov 3, 2026", date(2026, 11, 3)),
    ("By Jane Doe, Reuters - 3 November 2026", date(2026, 11, 3)),
    ("3 November 2026", date(2026, 11, 3)),
    ("Tuesday, November 3", date(2026, 11, 3)),
    ("2026-11-03", date(2026, 11, 3)),
    ("2026-11-03T09:12:00Z", date(2026, 11, 3)),
    ("03.11.2026", date(2026, 11, 3)),
    ("31/10/2026", date(2026, 10, 31)),
    ("2026/11/03", date(2026, 11, 3)),
    ("11/03/2026 09:12 AM EST", date(2026, 11, 3)),
    ("Tue, Nov 3, 2026, 9:12 AM 3 min read", date(2026, 11, 3)),
    ("Posted at 2:03 PM, Nov 03, 2026 and last updated 5:00 PM, Nov 04, 2026", date(2026, 11, 3)),
    ("BRUSSELS — November 3, 2026 — " + STORY, date(2026, 11, 3)),
    ("03/07/2025 18:22 GMT", date(2025, 7, 3)),
]
FR: list[tuple[str, date]] = [
    ("Paris, 12 mars 2025 (AFP) - Le ministre devrait partir.", date(2025, 3, 12)),
    ("PARIS, 12 mars (Reuters) - Le ministre devrait partir.", date(2026, 3, 12)),
    ("Paris, le 12 mars 2025", date(2025, 3, 12)),
    ("Publié le 24 novembre 2026 à 18h12", date(2026, 11, 24)),
    ("PUBLIÉ LE 24 NOVEMBRE 2026", date(2026, 11, 24)),
    ("Publie\u0301 le 24\u00a0novembre 2026 à 18\u202fh\u202f12", date(2026, 11, 24)),
    ("Par Karim B. - Publié le 03/07/2025 à 18:22", date(2025, 7, 3)),
    ("Par Karim B. - Publié le 03/07/25 à 18:22, mis à jour le 04/07/25", date(2025, 7, 3)),
    ("Le Figaro avec AFP · Publié le 24 novembre 2026 à 18h12", date(2026, 11, 24)),
    ("Publié le 24/11/2026 18:12 Mis à jour le 25/11/2026 19:00", date(2026, 11, 24)),
    ("Mis à jour le 25 novembre 2026 à 9h - Publié le 24 nov. 2026", date(2026, 11, 24)),
    ("Mis à jour le 25 novembre 2026 à 9h", date(2026, 11, 25)),
    ("Publié le 24 nov. 2026 à 18:12 (heure de Paris)", date(2026, 11, 24)),
    ("lundi 3 novembre 2025", date(2025, 11, 3)),
    ("1er novembre 2026 à 9 h 12", date(2026, 11, 1)),
    ("Le 24/11/2026 à 18:12", date(2026, 11, 24)),
    ("AFP | 3 novembre 2026", date(2026, 11, 3)),
    ("AFP, publié le mardi 3 novembre 2026 à 18h22", date(2026, 11, 3)),
    ("Écrit par Karim B. le 3 novembre 2026", date(2026, 11, 3)),
    ("Publié le 24 novembre 2026 à 18h12 Temps de lecture 2 min.", date(2026, 11, 24)),
    ("Publié le 3 juil. 2025 à 18:22Mis à jour le 4 juil. 2025 à 19:00", date(2025, 7, 3)),
]
NOTHING: list[str] = [
    STORY,
    "WASHINGTON (AP) — Nordica said on Nov. 3, 2026 that it would go on.",
    "Published 3 November 2026, the study says that Nordica will lose.",
    "Le rapport publié le 3 novembre 2026 montre que Nordica devrait perdre.",
    "Publié le 3 novembre 2026, le rapport le dit.",
    "Dans un rapport (publié le 3 novembre 2026) Nordica le dit.",
    "The deal could close on 3 November 2026.",
    "On Nov 3, Nordica said so.",
    "Nordica, 3 November 2026, said Reuters.",
    "Le 3 novembre 2026, Nordica a confirmé l’offre.",
    "3 November 2026 – Elections are held in the north.",
    "Nov 3, 2026 is the day.",
    "By 3 November 2026",
    "Deadline: 3 November 2026",
    "03/07/2025",
    "Published today",
    "Publié aujourd’hui à 18h12",
    "27 November 2026",
    "Published 3 November 2027",
    "31 February 2026",
    "",
]


def read(text: str, language: Literal["fr", "en"] = "en") -> date | None:
    return printed(text, language=language, today=TODAY)


@pytest.mark.parametrize(("line", "day"), EN)
def test_english_prints_its_day_so(line: str, day: date) -> None:
    assert read(f"Nordica nears a deal\n\n{line}\n\n{STORY}") == day


@pytest.mark.parametrize(("line", "day"), FR)
def test_french_prints_its_day_so(line: str, day: date) -> None:
    assert read(f"Nordica près d’un accord\n\n{line}\n\nLe ministre devrait partir.", "fr") == day


@pytest.mark.parametrize("line", NOTHING)
def test_no_other_day_is_that_of_the_article(line: str) -> None:
    assert read(f"{line}\n{STORY}") is None
    assert read(f"{line}\n{STORY}", "fr") in (None, date(2025, 7, 3))


def test_published_wins_over_updated_wherever_they_stand() -> None:
    text = "Mis à jour le 25 novembre 2026\n3 novembre 2026\nLe ministre part.\nPublié le 2/11/2026"
    assert read(text, "fr") == date(2026, 11, 2)
    assert read("Updated 4 November 2026\n3 November 2026\n" + STORY) == date(2026, 11, 3)


def test_a_label_tells_at_the_end_as_well_and_nothing_else_does() -> None:
    story = "\n".join([STORY] * 120)
    assert read(f"{story}\nPublished 3 November 2026") == date(2026, 11, 3)
    assert read(f"{story}\n3 November 2026") is None
    assert read(f"{story}\nPublished 3 November 2026\n{story}") is None


DAYS = st.dates(date(1990, 1, 1), TODAY)
MONTHS = ["Jan", "Feb", "March", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"]
MOIS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre"]  # fmt: skip


@given(DAYS)
def test_any_day_is_read_in_every_form(day: date) -> None:
    english, french = MONTHS[day.month - 1], MOIS[day.month - 1]
    for line in (
        f"PARIS, {english} {day.day}, {day.year} (Reuters) - {STORY}",
        f"Published {day.day} {english} {day.year}",
        f"{english}. {day.day}, {day.year} | 9:12 am",
        f"{day:%A} {day.day} {english} {day.year}",
        f"{day:%Y-%m-%d}",
        f"{day:%d.%m.%Y}",
    ):
        assert read(line) == day, line
    for line in (
        f"Publié le {day.day} {french} {day.year} à 18h12",
        f"Par Zoé K. - Publié le {day:%d/%m/%Y} à 18:22",
        f"Paris, {day.day} {french} {day.year} (AFP) - Le ministre devrait partir.",
    ):
        assert read(line, "fr") == day, line


@given(DAYS, st.integers(0, 3000))
def test_a_day_without_a_year_is_the_last_one_that_is_not_ahead(day: date, since: int) -> None:
    today = day + timedelta(since)
    line = f"PARIS, {MONTHS[day.month - 1]} {day.day} (Reuters) - {STORY}"
    found = printed(line, language="en", today=today)
    assert found is not None
    assert (found.month, found.day) == (day.month, day.day)
    assert day <= found <= today
    assert today - found < timedelta(366 if (day.month, day.day) != (2, 29) else 366 * 8)


@given(DAYS)
def test_a_weekday_says_of_which_year_a_day_is(day: date) -> None:
    found = read(f"{day:%A} {day.day} {MONTHS[day.month - 1]}")
    assert found is None or (found.weekday() == day.weekday() and found >= day)


@given(DAYS.filter(lambda day: day.day <= 12 and day.day != day.month))
def test_figures_that_can_mean_two_days_follow_the_language(day: date) -> None:
    line = f"Published {day:%d/%m/%Y}"
    assert read(line, "fr") == day
    other = date(day.year, day.day, day.month)
    assert read(line) == (day if other > TODAY else None)


@given(
    DAYS,
    st.sampled_from(["on", "by", "before", "since", "until"]),
    st.sampled_from(["{d} {m} {y}", "{m} {d}, {y}", "{m} {d}", "{y}-{n:02}-{d:02}"]),
)
def test_a_day_within_a_sentence_is_the_storys(day: date, word: str, form: str) -> None:
    written = form.format(d=day.day, m=MONTHS[day.month - 1], n=day.month, y=day.year)
    for line in (
        f"Nordica said {word} {written} that it would buy Calix.",
        f"{word.title()} {written}, Nordica will buy Calix.",
        f"Nordica will buy Calix {word} {written}.",
    ):
        assert read(f"{line}\n{line}") is None


@given(
    st.lists(
        st.sampled_from(
            ["Published ", "Publié le ", "By ", "LONDON, ", "3 ", "Nov ", "2026", "(Reuters)", "/",
             " - ", "|", ", ", "9:12 AM ", "\n", "31/12/2026", "Tue ", "A", "mis à jour le "]
        ),
        max_size=40,
    ).map("".join)
    | st.text()
)  # fmt: skip
def test_whatever_it_says_it_is_no_day_after_today(text: str) -> None:
    for language in ("en", "fr"):
        found = read(text, "fr" if language == "fr" else "en")
        assert found is None or found <= TODAY


def test_what_is_typed_comes_first_then_the_page_then_the_text_then_today() -> None:
    ask = {"text": "3 November 2026\n" + STORY, "language": "en", "today": TODAY}
    typed, page = date(2026, 1, 2), date(2026, 1, 1)

    assert dated(typed=typed, page=page, **ask) == Dated(typed, DayFrom.TYPED)
    assert dated(typed=None, page=page, **ask) == Dated(page, DayFrom.PAGE)
    assert dated(typed=None, page=None, **ask) == Dated(date(2026, 11, 3), DayFrom.PRINTED)
    ask["text"] = STORY
    assert dated(typed=None, page=None, **ask) == Dated(TODAY, DayFrom.TODAY)
