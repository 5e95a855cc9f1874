"""Which of a sentence's periods is its deadline, and what is none."""

from datetime import date

import pytest

from tests.domain.extraction.reading import TODAY
from verification.domain.extraction import extract


def test_a_company_named_like_a_day_is_no_deadline() -> None:
    text = "Orbit is in talks to acquire Sun Microsystems, the Wall Street Journal said."
    [found] = extract(text, published=TODAY).candidates
    assert found.deadline is None


def test_what_will_not_be_until_a_half_year_is_due_before_it() -> None:
    text = "Production will not begin until the second half of 2027, according to Mark Feld."
    [found] = extract(text, published=TODAY).candidates
    assert found.deadline == date(2027, 6, 30)


@pytest.mark.parametrize(
    "text",
    [
        "Le lancement est prévu pour 2027 dans l'usine de Douai, selon Reuters.",
        "Production is expected to start in 2027 as demand returns, according to Reuters.",
    ],
)
def test_a_year_before_a_small_word_is_a_deadline(text: str) -> None:
    [found] = extract(text, published=TODAY).candidates
    assert found.deadline == date(2027, 12, 31)


def test_a_number_of_jobs_is_no_year() -> None:
    text = "Nordica devrait supprimer 2027 postes, selon Reuters."
    [found] = extract(text, published=TODAY).candidates
    assert found.deadline is None


def test_yesterday_is_no_day_of_the_week() -> None:
    text = "Yesterday Reuters reported that Nordica will close its plant on Friday."
    [found] = extract(text, published=TODAY).candidates
    assert found.deadline == date(2026, 1, 30)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Nordica could sell Calix before the end of the year, Bloomberg said.", "2026-12-31"),
        ("Nordica could sell Calix before year-end, Bloomberg said.", "2026-12-31"),
        ("Nordica could sell Calix in August next year, Bloomberg said.", "2027-08-31"),
        ("Nordica could sell Calix on August 20 this year, Bloomberg said.", "2026-08-20"),
        ("Nordica vendrait Calix en août de l'année prochaine, selon Les Échos.", "2027-08-31"),
        ("Nordica vendrait Calix avant dimanche soir, selon Les Échos.", "2026-02-01"),
        ("Nordica vendrait Calix 'avant l'été', selon Les Échos.", "2026-06-30"),
        ("Rego quitterait Nice à l'issue de la saison, selon L'Équipe.", "2026-06-30"),
        ("Nordica may delay the sale of Calix until Monday, Bloomberg said.", "2026-02-02"),
        ("Rego will not be fit until November, the manager Ann Lowe said.", "2026-10-31"),
        ("Prices will rise by £300 a year in the autumn, the watchdog Ofgem warned.", "2026-12-31"),
        ("Selon Les Échos, ils ont jusqu'à lundi pour reprendre Calix.", "2026-02-02"),
        ("Nordica aurait fixé au 3 mars la vente de Calix, selon Les Échos.", "2026-03-03"),
        ("Nordica aurait décidé de vendre Calix cette année, selon Les Échos.", "2026-12-31"),
        # When something else was, or comes, or is said.
        ("Selon Les Échos, Nordica aurait proposé cette année à Orbit de racheter Calix.", None),
        ("Marc Roy, aujourd'hui directeur de Calix, doit diriger Nordica, selon Les Échos.", None),
        ("Selon Bloomberg, qui cite, lundi, des sources, Nordica pourrait vendre Calix.", None),
        ("Le groupe serait lassé (départs en mars, puis en mai), selon Les Échos.", None),
        (
            "Rego could miss two months as he has not played since a fall in June, Ann Lowe said.",
            None,
        ),
        (
            "Selon Mark Gurman, après le lancement en mars des montres, Orion vendrait un casque.",
            None,
        ),
        ("LONDON, July 5 Nordica plans to sell Calix, the Sunday Times said.", None),
    ],
)
def test_a_deadline_is_when_the_claim_itself_is_due(text: str, day: str | None) -> None:
    [found] = extract(text, published=TODAY).candidates
    assert (found.deadline.isoformat() if found.deadline else None) == day
