"""Sentences that make two claims on two people's word."""

from datetime import date

import pytest

from tests.domain.extraction.reading import credited
from verification.domain.extraction import extract


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "Selon Reuters, l'usine de Rilly fermerait en mars, tandis que Les Échos évoquent une "
            "vente à Nordica en mai.",
            [["Reuters"], ["Les Échos"]],
        ),
        (
            "L'Équipe affirme que Rego signerait à Nice ; RMC Sport croit savoir que Lens aurait "
            "proposé 4 millions d'euros.",
            [["L'Équipe"], ["RMC Sport"]],
        ),
        (
            "Nordica could bid for Calix in May, the FT reported, while Bloomberg said that Orbit "
            "is preparing an offer of its own.",
            [["Financial Times"], ["Bloomberg"]],
        ),
    ],
)
def test_two_claims_by_two_sources_are_two_candidates(text: str, sources: list[list[str]]) -> None:
    assert credited(text) == sources


def test_each_half_has_its_own_words_and_its_own_day() -> None:
    text = "Selon Reuters, Calix fermerait en mars, alors que Le Monde évoque une vente en mai."
    first, second = extract(text, published=date(2026, 1, 30)).candidates
    assert text[first.start : first.end] == first.span == "Selon Reuters, Calix fermerait en mars"
    assert text[second.start : second.end] == second.span
    assert (first.deadline, second.deadline) == (date(2026, 3, 31), date(2026, 5, 31))


@pytest.mark.parametrize(
    "text",
    [
        "Selon Reuters, l'usine fermerait en mars, tandis que celle de Rilly serait vendue en mai.",
        "Selon Reuters, l'usine de Rilly fermerait en mars, mais Nordica n'a pas commenté.",
        "« Nous vendrons Calix ; Reuters dit que Nordica pourrait l'acheter », a dit Marc Roy.",
    ],
)
def test_a_sentence_of_one_source_stays_whole(text: str) -> None:
    assert len(credited(text)) == 1
