from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain.deadlines import PRECISIONS
from verification.domain.extraction.periods import Grammar, Period, find
from verification.domain.extraction.periods_en import ENGLISH
from verification.domain.extraction.periods_fr import FRENCH
from verification.domain.extraction.text import words
from verification.domain.extraction.windows import easter

#: A Friday.
TODAY = date(2026, 1, 30)
VAGUE, FIRM = True, False

FRENCH_FORMS = [
    ("au plus tard le 15", "2026-02-15", "day", FIRM),
    ("avant les vacances d'été", "2026-06-30", "month", FIRM),
    ("la semaine du 22 juin", "2026-06-28", "day", FIRM),
    ("le week-end du 18 juillet", "2026-07-19", "day", FIRM),
    ("la première quinzaine de mars", "2026-03-15", "day", FIRM),
    ("la dernière semaine de mars", "2026-03-31", "day", FIRM),
    ("dans un an et demi", "2027-07-30", "day", FIRM),
    ("dans moins d'un mois", "2026-02-28", "day", FIRM),
    ("d'ici une dizaine de jours", "2026-02-09", "day", FIRM),
    ("au mois d'octobre", "2026-10-31", "month", FIRM),
    ("dans les tout prochains jours", "2026-02-13", "day", VAGUE),
    ("d'ici la fin du premier trimestre 2026", "2026-03-31", "quarter", FIRM),
    ("fin mars", "2026-03-31", "month", FIRM),
    ("avant l'été", "2026-06-30", "quarter", FIRM),
    ("la semaine prochaine", "2026-02-08", "day", FIRM),
    ("d'ici à jeudi", "2026-02-05", "day", FIRM),
    ("en 2027", "2027-12-31", "year", FIRM),
    ("courant 2026", "2026-12-31", "year", FIRM),
    ("au printemps", "2026-06-30", "quarter", FIRM),
    ("mi-mars", "2026-03-15", "day", FIRM),
    ("à la mi-mars", "2026-03-15", "day", FIRM),
    ("le mois prochain", "2026-02-28", "month", FIRM),
    ("au troisième trimestre", "2026-09-30", "quarter", FIRM),
    ("T1 2026", "2026-03-31", "quarter", FIRM),
    ("au T3", "2026-09-30", "quarter", FIRM),
    ("fin 2026", "2026-12-31", "year", FIRM),
    ("avant la fin de l'année", "2026-12-31", "year", FIRM),
    ("d'ici trois mois", "2026-04-30", "day", FIRM),
    ("lundi prochain", "2026-02-02", "day", FIRM),
    ("le 31 mars", "2026-03-31", "day", FIRM),
    ("avant le 31 mars", "2026-03-30", "day", FIRM),
    ("avant fin mars", "2026-03-31", "month", FIRM),
    ("avant mars", "2026-02-28", "month", FIRM),
    ("l'exercice 2026", "2026-12-31", "year", FIRM),
    ("d'ici fin mars", "2026-03-31", "month", FIRM),
    ("d'ici à la fin du mois de mars", "2026-03-31", "month", FIRM),
    ("d'ici au 15 février", "2026-02-15", "day", FIRM),
    ("au plus tard le 1er juin 2026", "2026-06-01", "day", FIRM),
    ("au premier semestre 2027", "2027-06-30", "half", FIRM),
    ("au second semestre", "2026-12-31", "half", FIRM),
    ("au S2 2026", "2026-12-31", "half", FIRM),
    ("l'année prochaine", "2027-12-31", "year", FIRM),
    ("l'an prochain", "2027-12-31", "year", FIRM),
    ("cette année", "2026-12-31", "year", FIRM),
    ("d'ici la fin de l'année", "2026-12-31", "year", FIRM),
    ("en fin d'année", "2026-12-31", "year", FIRM),
    ("début 2027", "2027-03-31", "quarter", FIRM),
    ("début mars", "2026-03-10", "day", FIRM),
    ("mi-2027", "2027-06-30", "half", FIRM),
    ("à la mi-2027", "2027-06-30", "half", FIRM),
    ("courant mars", "2026-03-31", "month", FIRM),
    ("dans le courant de l'année", "2026-12-31", "year", FIRM),
    ("au cours du deuxième trimestre", "2026-06-30", "quarter", FIRM),
    ("d'ici l'été", "2026-06-30", "quarter", FIRM),
    ("d'ici à l'été", "2026-06-30", "quarter", FIRM),
    ("cet été", "2026-09-30", "quarter", FIRM),
    ("l'été prochain", "2026-09-30", "quarter", FIRM),
    ("à l'été 2027", "2027-09-30", "quarter", FIRM),
    ("d'ici la fin de l'été", "2026-09-30", "quarter", FIRM),
    ("à l'automne", "2026-12-31", "quarter", FIRM),
    ("avant l'automne 2027", "2027-09-30", "quarter", FIRM),
    ("pour l'hiver 2026-2027", "2027-03-31", "quarter", FIRM),
    ("dans deux semaines", "2026-02-13", "day", FIRM),
    ("sous quinze jours", "2026-02-14", "day", FIRM),
    ("dans les dix jours", "2026-02-09", "day", FIRM),
    ("dans un délai de six mois", "2026-07-30", "day", FIRM),
    ("d'ici à deux ans", "2028-01-30", "day", FIRM),
    ("dans les 48 heures", "2026-02-01", "day", FIRM),
    ("dans les prochaines semaines", "2026-02-28", "month", VAGUE),
    ("dans les semaines à venir", "2026-02-28", "month", VAGUE),
    ("dans les prochains jours", "2026-02-13", "day", VAGUE),
    ("dans les prochains mois", "2026-07-31", "month", VAGUE),
    ("d'ici quelques semaines", "2026-02-28", "month", VAGUE),
    ("dans quelques jours", "2026-02-13", "day", VAGUE),
    ("bientôt", "2026-04-30", "month", VAGUE),
    ("prochainement", "2026-04-30", "month", VAGUE),
    ("demain", "2026-01-31", "day", FIRM),
    ("après-demain", "2026-02-01", "day", FIRM),
    ("ce soir", "2026-01-30", "day", FIRM),
    ("vendredi", "2026-01-30", "day", FIRM),
    ("mardi 3 février", "2026-02-03", "day", FIRM),
    ("dès lundi", "2026-02-02", "day", FIRM),
    ("mercredi prochain", "2026-02-04", "day", FIRM),
    ("ce week-end", "2026-02-01", "day", FIRM),
    ("d'ici la fin de la semaine", "2026-02-01", "day", FIRM),
    ("d'ici à la fin du mois", "2026-01-31", "month", FIRM),
    ("avant Noël", "2026-12-24", "day", FIRM),
    ("d'ici à Noël", "2026-12-25", "day", FIRM),
    ("à la rentrée", "2026-09-30", "month", FIRM),
    ("avant Pâques", "2026-04-04", "day", FIRM),
    ("d'ici 2030", "2030-12-31", "year", FIRM),
    ("à l'horizon 2030", "2030-12-31", "year", FIRM),
    ("avant 2028", "2027-12-31", "year", FIRM),
    ("pas avant 2029", "2028-12-31", "year", FIRM),
    ("pas avant mars 2027", "2027-02-28", "month", FIRM),
    ("en mars 2027", "2027-03-31", "month", FIRM),
    ("au mois de mai", "2026-05-31", "month", FIRM),
    ("en juin prochain", "2026-06-30", "month", FIRM),
    ("fin du mercato d'été", "2026-09-01", "day", FIRM),
    ("avant la fin du mercato", "2026-01-31", "day", FIRM),
    ("avant la fin du mercato d'hiver", "2026-01-31", "day", FIRM),
    ("avant la fermeture du mercato", "2026-01-31", "day", FIRM),
    ("avant la fermeture du mercato estival", "2026-09-01", "day", FIRM),
    ("avant la clôture de la fenêtre des transferts", "2026-01-31", "day", FIRM),
    ("avant que le mercato ne ferme", "2026-01-31", "day", FIRM),
    ("d'ici la fermeture du mercato d'été", "2026-09-01", "day", FIRM),
    ("avant la fermeture du mercato, le 2 février", "2026-02-02", "day", FIRM),
    ("à la fin de la saison", "2026-06-30", "month", FIRM),
    ("entre mars et juin 2026", "2026-06-30", "month", FIRM),
    ("entre fin 2026 et début 2027", "2027-03-31", "quarter", FIRM),
    ("le 12/03/2026", "2026-03-12", "day", FIRM),
    ("au premier trimestre de l'année prochaine", "2027-03-31", "quarter", FIRM),
    ("d'ici la fin du trimestre", "2026-03-31", "quarter", FIRM),
    ("le trimestre prochain", "2026-06-30", "quarter", FIRM),
    ("à partir du 1er octobre", "2026-10-01", "day", FIRM),
    ("dans un an", "2027-01-30", "day", FIRM),
    ("fin février", "2026-02-28", "month", FIRM),
    ("d'ici à la fin de la décennie", "2029-12-31", "day", FIRM),
    ("avant la mi-avril", "2026-04-14", "day", FIRM),
    ("au plus tôt en 2030", "2030-12-31", "year", FIRM),
    ("le 30 septembre prochain", "2026-09-30", "day", FIRM),
    ("jusqu'en 2028", "2028-12-31", "year", FIRM),
]

ENGLISH_FORMS = [
    ("before the weekend", "2026-01-30", "day", FIRM),
    ("by the end of the window", "2026-01-31", "day", FIRM),
    ("before the summer recess", "2026-07-31", "month", VAGUE),
    ("in the second week of March", "2026-03-14", "day", FIRM),
    ("in the latter half of March", "2026-03-31", "day", FIRM),
    ("in the week of June 22", "2026-06-28", "day", FIRM),
    ("by the 15th", "2026-02-15", "day", FIRM),
    ("in a few weeks", "2026-02-28", "month", VAGUE),
    ("in the fall of 2026", "2026-12-31", "quarter", FIRM),
    ("at the turn of the year", "2026-12-31", "year", FIRM),
    ("by the end of the first quarter of 2026", "2026-03-31", "quarter", FIRM),
    ("by year-end", "2026-12-31", "year", FIRM),
    ("in the first half of 2027", "2027-06-30", "half", FIRM),
    ("next month", "2026-02-28", "month", FIRM),
    ("by the end of the year", "2026-12-31", "year", FIRM),
    ("this summer", "2026-09-30", "quarter", FIRM),
    ("later this year", "2026-12-31", "year", FIRM),
    ("in the coming weeks", "2026-02-28", "month", VAGUE),
    ("Q3", "2026-09-30", "quarter", FIRM),
    ("in Q3 2026", "2026-09-30", "quarter", FIRM),
    ("within two weeks", "2026-02-13", "day", FIRM),
    ("by Friday", "2026-01-30", "day", FIRM),
    ("on March 31", "2026-03-31", "day", FIRM),
    ("31 March", "2026-03-31", "day", FIRM),
    ("before March 31", "2026-03-30", "day", FIRM),
    ("before 31 March 2027", "2027-03-30", "day", FIRM),
    ("by the end of March", "2026-03-31", "month", FIRM),
    ("end of March", "2026-03-31", "month", FIRM),
    ("in late March", "2026-03-31", "month", FIRM),
    ("in mid-March", "2026-03-15", "day", FIRM),
    ("in early March", "2026-03-10", "day", FIRM),
    ("early next year", "2027-03-31", "quarter", FIRM),
    ("in early 2027", "2027-03-31", "quarter", FIRM),
    ("in late 2026", "2026-12-31", "year", FIRM),
    ("in mid-2027", "2027-06-30", "half", FIRM),
    ("next week", "2026-02-08", "day", FIRM),
    ("as soon as next week", "2026-02-08", "day", FIRM),
    ("later this week", "2026-02-01", "day", FIRM),
    ("early next week", "2026-02-04", "day", FIRM),
    ("by next Friday", "2026-02-06", "day", FIRM),
    ("on Monday", "2026-02-02", "day", FIRM),
    ("next Monday", "2026-02-02", "day", FIRM),
    ("this month", "2026-01-31", "month", FIRM),
    ("later this month", "2026-01-31", "month", FIRM),
    ("by the end of next month", "2026-02-28", "month", FIRM),
    ("this quarter", "2026-03-31", "quarter", FIRM),
    ("next quarter", "2026-06-30", "quarter", FIRM),
    ("next year", "2027-12-31", "year", FIRM),
    ("by the end of next year", "2027-12-31", "year", FIRM),
    ("in the second quarter", "2026-06-30", "quarter", FIRM),
    ("in the third quarter of next year", "2027-09-30", "quarter", FIRM),
    ("by the second half of 2026", "2026-12-31", "half", FIRM),
    ("in the second half", "2026-12-31", "half", FIRM),
    ("in H1 2027", "2027-06-30", "half", FIRM),
    ("next spring", "2026-06-30", "quarter", FIRM),
    ("before the summer", "2026-06-30", "quarter", FIRM),
    ("by summer 2027", "2027-06-30", "quarter", FIRM),
    ("this fall", "2026-12-31", "quarter", FIRM),
    ("in the fall", "2026-12-31", "quarter", FIRM),
    ("by the autumn", "2026-09-30", "quarter", FIRM),
    ("in spring 2027", "2027-06-30", "quarter", FIRM),
    ("next summer", "2026-09-30", "quarter", FIRM),
    ("before Christmas", "2026-12-24", "day", FIRM),
    ("by Thanksgiving", "2026-11-26", "day", FIRM),
    ("by Labor Day", "2026-09-07", "day", FIRM),
    ("before Easter", "2026-04-04", "day", FIRM),
    ("within days", "2026-02-13", "day", VAGUE),
    ("within weeks", "2026-02-28", "month", VAGUE),
    ("in the next few months", "2026-07-31", "month", VAGUE),
    ("in the coming days", "2026-02-13", "day", VAGUE),
    ("over the coming months", "2026-07-31", "month", VAGUE),
    ("soon", "2026-04-30", "month", VAGUE),
    ("in the near future", "2026-04-30", "month", VAGUE),
    ("within the next six months", "2026-07-30", "day", FIRM),
    ("in three months", "2026-04-30", "day", FIRM),
    ("over the next two years", "2028-01-30", "day", FIRM),
    ("within 90 days", "2026-04-30", "day", FIRM),
    ("in 48 hours", "2026-02-01", "day", FIRM),
    ("in a fortnight", "2026-02-13", "day", FIRM),
    ("within a month", "2026-02-28", "day", FIRM),
    ("tomorrow", "2026-01-31", "day", FIRM),
    ("tonight", "2026-01-30", "day", FIRM),
    ("this weekend", "2026-02-01", "day", FIRM),
    ("by the weekend", "2026-02-01", "day", FIRM),
    ("in 2027", "2027-12-31", "year", FIRM),
    ("by 2030", "2030-12-31", "year", FIRM),
    ("before 2028", "2027-12-31", "year", FIRM),
    ("not before 2034", "2033-12-31", "year", FIRM),
    ("until 2028", "2028-12-31", "year", FIRM),
    ("in fiscal 2027", "2027-12-31", "year", FIRM),
    ("in FY27", "2027-12-31", "year", FIRM),
    ("March 2027", "2027-03-31", "month", FIRM),
    ("in May", "2026-05-31", "month", FIRM),
    ("by May 2027", "2027-05-31", "month", FIRM),
    ("as early as June", "2026-06-30", "month", FIRM),
    ("on Feb. 28", "2026-02-28", "day", FIRM),
    ("on April 9th", "2026-04-09", "day", FIRM),
    ("on 5 February", "2026-02-05", "day", FIRM),
    ("between late 2026 and early 2027", "2027-03-31", "quarter", FIRM),
    ("between March and June", "2026-06-30", "month", FIRM),
    ("by the end of the decade", "2029-12-31", "day", FIRM),
    ("before the end of the month", "2026-01-31", "month", FIRM),
    ("by the end of the week", "2026-02-01", "day", FIRM),
    ("on Wednesday, March 4", "2026-03-04", "day", FIRM),
    ("by mid-October", "2026-10-15", "day", FIRM),
    ("ahead of the November elections", "2026-10-31", "month", FIRM),
    ("before the end of 2026", "2026-12-31", "year", FIRM),
    ("at the start of 2027", "2027-03-31", "quarter", FIRM),
    ("by the close of the summer transfer window", "2026-09-01", "day", FIRM),
    ("before the January window closes", "2026-01-31", "day", FIRM),
    ("before the window slams shut", "2026-01-31", "day", FIRM),
    ("before the closing of the summer transfer window", "2026-09-01", "day", FIRM),
    ("before the summer window shuts", "2026-09-01", "day", FIRM),
    ("by the time the January window closes", "2026-01-31", "day", FIRM),
    ("before the transfer deadline", "2026-01-31", "day", FIRM),
    ("before deadline day", "2026-01-30", "day", FIRM),
    ("before the January window closes on 2 February", "2026-02-02", "day", FIRM),
    ("before the January transfer window opens", "2026-12-31", "day", FIRM),
    ("no later than June 30, 2026", "2026-06-30", "day", FIRM),
]


def only(text: str, grammar: Grammar, today: date = TODAY) -> Period:
    [found] = find(text, grammar, today)
    return found


@pytest.mark.parametrize(("form", "day", "precision", "vague"), FRENCH_FORMS)
def test_a_french_deadline_is_its_last_day(
    form: str, day: str, precision: str, vague: bool
) -> None:
    alone = only(form, FRENCH)
    assert (alone.day.isoformat(), alone.precision, alone.vague) == (day, precision, vague)
    assert alone.text == form
    inside = only(f"La fusion serait bouclée {form}, selon lui.", FRENCH)
    assert (inside.day, inside.precision, inside.text) == (alone.day, precision, form)


@pytest.mark.parametrize(("form", "day", "precision", "vague"), ENGLISH_FORMS)
def test_an_english_deadline_is_its_last_day(
    form: str, day: str, precision: str, vague: bool
) -> None:
    alone = only(form, ENGLISH)
    assert (alone.day.isoformat(), alone.precision, alone.vague) == (day, precision, vague)
    inside = only(f"The deal could close {form}, he said.", ENGLISH)
    assert (inside.day, inside.precision) == (alone.day, precision)


def test_to_close_is_no_end_of_a_period() -> None:
    assert only("It would close in the second half of 2027.", ENGLISH).text == (
        "in the second half of 2027"
    )


@pytest.mark.parametrize(
    ("form", "grammar"),
    [
        ("before the January window closes", ENGLISH),
        ("before the window slams shut", ENGLISH),
        ("before the summer window closes on 31 August", ENGLISH),
        ("avant la fermeture du mercato d'hiver", FRENCH),
        ("avant que le mercato ne ferme", FRENCH),
    ],
)
def test_the_wording_of_a_window_that_closes_is_whole(form: str, grammar: Grammar) -> None:
    assert only(f"{form} Lyon.", grammar).text == form


@pytest.mark.parametrize(
    ("today", "form", "day"),
    [
        # The same words on other days.
        ("2026-11-10", "en mars", "2027-03-31"),
        ("2026-03-10", "en mars", "2026-03-31"),
        ("2026-12-30", "la semaine prochaine", "2027-01-10"),
        ("2026-05-27", "au printemps", "2026-06-30"),
        ("2026-10-02", "cet été", "2027-09-30"),
        ("2026-07-01", "au premier trimestre", "2027-03-31"),
        ("2027-12-31", "le mois prochain", "2028-01-31"),
        ("2028-01-31", "d'ici un mois", "2028-02-29"),
        ("2026-01-30", "le 28 janvier", "2026-01-28"),
        ("2026-12-20", "le 15 janvier", "2027-01-15"),
    ],
)
def test_a_french_deadline_is_relative_to_the_articles_day(today: str, form: str, day: str) -> None:
    assert only(form, FRENCH, date.fromisoformat(today)).day == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("today", "form", "day"),
    [
        ("2026-11-10", "in March", "2027-03-31"),
        ("2026-12-30", "next week", "2027-01-10"),
        ("2026-02-02", "next Monday", "2026-02-09"),
        ("2026-02-02", "by Monday", "2026-02-02"),
        ("2026-11-27", "by Thanksgiving", "2027-11-25"),
        ("2027-01-12", "in the coming weeks", "2027-02-28"),
        ("2026-10-01", "in the third quarter", "2027-09-30"),
    ],
)
def test_an_english_deadline_is_relative_to_the_articles_day(
    today: str, form: str, day: str
) -> None:
    assert only(form, ENGLISH, date.fromisoformat(today)).day == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "le PIB 2025 a reculé",
        "depuis 2023",
        "il y a deux ans",
        "au cours des trois derniers mois",
        "Mars Attaque",
        "il a été élu",
        "2 000 salariés",
        "le 31 février",
        "le monde de demain",
    ],
)
def test_what_only_looks_like_a_french_deadline_is_none(text: str) -> None:
    assert find(text, FRENCH, TODAY) == []


@pytest.mark.parametrize(
    "text",
    [
        "since 2023",
        "two years ago",
        "over the past three months",
        "You may march",
        "the fall of the government",
        "the 2030 World Cup",
        "on February 31",
        "2,000 staff in 12 countries",
        "as soon as possible",
        "a premium to Monday's closing price",
        "a premium to Monday's closing price",
    ],
)
def test_what_only_looks_like_an_english_deadline_is_none(text: str) -> None:
    assert find(text, ENGLISH, TODAY) == []


@pytest.mark.parametrize(
    ("form", "grammar"),
    [
        ("en octobre dernier", FRENCH),
        ("la semaine dernière", FRENCH),
        ("l'an dernier", FRENCH),
        ("en 2004", FRENCH),
        ("last March", ENGLISH),
        ("last year", ENGLISH),
        ("in 2010", ENGLISH),
    ],
)
def test_what_is_over_is_told_as_over(form: str, grammar: Grammar) -> None:
    assert only(form, grammar).day < TODAY


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05"), (2038, "2038-04-25")],
)
def test_easter_is_where_the_church_has_it(year: int, day: str) -> None:
    assert easter(year).isoformat() == day


@given(st.text(), st.dates(), st.sampled_from([FRENCH, ENGLISH]))
def test_any_text_on_any_day_gives_periods_that_are_in_it(
    text: str, today: date, grammar: Grammar
) -> None:
    end = 0
    for period in find(text, grammar, today):
        assert text[period.start : period.end] == period.text
        assert period.start >= end
        assert period.precision in PRECISIONS
        end = period.end


_WORDS = st.sampled_from(
    words(
        "d'ici la fin du avant mars 2027 trimestre premier été en 31 prochain by the end of next "
        "quarter Q3 May week within three days until early mid- late between and 2026 Friday"
    )
)


@given(
    st.lists(_WORDS, max_size=25).map(" ".join),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from([FRENCH, ENGLISH]),
)
def test_no_heap_of_words_for_times_raises_or_goes_back_before_its_own_first_day(
    text: str, today: date, grammar: Grammar
) -> None:
    for period in find(text, grammar, today):
        # "Before" is the eve of the first day.
        assert period.day >= period.first - timedelta(days=1)
