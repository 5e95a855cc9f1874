import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain.hedging import (
    BANDS,
    CERTAINTIES,
    hedge_family,
    implied_probability,
    step,
    suggest_certainty,
)

# Every hedge of the demo newsroom's reports, as printed, with what it suggests.
SUGGESTIONS = {
    "almost certain": ["plus vraiment de doute", "quasi-certitude"],
    "very likely": ["strong chance", "va prendre", "va quitter", "very good chance"],
    "likely": [
        "advanced discussions",
        "appears to have",
        "are expected to",
        "aurait aussi échangé",
        "aurait décidé",
        "aurait également engagé",
        "cherche à lever",
        "chercherait à lever",
        "devrait annoncer",
        "devrait bien s'engager",
        "devrait quitter",
        "doit faire l'objet",
        "est attendue",
        "gearing up",
        "good chance",
        "is aiming to",
        "is expected to",
        "is planning",
        "is preparing to",
        "likely",
        "ne serait pas étonnant",
        "objectif de recueillir",
        "on track to arrive",
        "plans to",
        "prévoit de trancher",
        "quitterait",
        "reportedly close to",
        "reportedly coming this week",
        "reportedly gearing up",
        "reportedly on the verge",
        "reportedly partnering",
        "reportedly seeking",
        "s'apprête à être",
        "se rapproche",
        "seraient en ce moment",
        "seraient en passe",
        "should be",
        "should be revealed",
        "slated to arrive",
        "still sounds as though",
        "target",
        "targeted for the fall",
        "targeting production",
        "valoriserait à environ",
        "veulent en effet pouvoir",
        "veulent finaliser",
        "with plans for",
        "would be happening",
    ],
    "roughly even chance": [
        "are in talks",
        "could be filed",
        "could be submitted",
        "could close as early",
        "could include",
        "could launch",
        "could make",
        "could receive",
        "could release",
        "could value",
        "early discussions",
        "early-stage discussions",
        "est en pourparlers",
        "finalisation potentielle",
        "front runner",
        "is considered possible",
        "is in talks",
        "may be a while",
        "may be delayed",
        "may launch",
        "may look to",
        "may pay",
        "may skip",
        "may soon unveil",
        "might be pushed back",
        "might launch soon",
        "might slip",
        "might total",
        "possibly",
        "potential",
        "potentially",
        "potentially even more",
        "pourrait atteindre",
        "pourrait avoir refroidi",
        "pourrait contribuer",
        "pourrait propulser",
        "reportedly considering",
        "reportedly in discussions",
        "reportedly in talks",
        "resume talks",
        "rumor has it",
        "rumored",
        "seen as frontrunner",
        "serait en négociations",
    ],
    "unlikely": ["now seems unlikely"],
    "very unlikely": ["highly unlikely"],
}

# Hedges of the same reports that only a reader can place: negations, attributions, bounds.
SILENT = [
    "alleges",
    "as early as",
    "as much as",
    "as soon as",
    "at least",
    "at the earliest",
    "au moins jusqu'à",
    "aucune décision",
    "claims",
    "claims to have heard",
    "has pushed",
    "has repeatedly denied",
    "he'd rather keep",
    "market speculation",
    "ne devrait pas s'opposer",
    "ne devrait plus diffuser",
    "ne se réaliserait pas",
    "no decision",
    "not yet determined",
    "options sérieuses",
    "random fantasy",
    "rien",
    "seemed to all but",
    "simply false",
    "un ultime espoir",
    "up to",
    "will not be launched",
    "without the promised",
    "won't ship",
]


def test_the_ladder_has_the_seven_terms_of_icd_203_with_their_bands() -> None:
    assert list(BANDS.items()) == [
        ("almost no chance", (1, 5)),
        ("very unlikely", (5, 20)),
        ("unlikely", (20, 45)),
        ("roughly even chance", (45, 55)),
        ("likely", (55, 80)),
        ("very likely", (80, 95)),
        ("almost certain", (95, 99)),
    ]


def test_a_term_implies_the_middle_of_its_band() -> None:
    implied = [implied_probability(term) for term in CERTAINTIES]
    assert implied == [0.03, 0.125, 0.325, 0.5, 0.675, 0.875, 0.97]


def test_rungs_are_counted_from_the_least_probable() -> None:
    assert [step(term) for term in CERTAINTIES] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("term", ["probable", "Likely", ""])
def test_a_term_off_the_ladder_is_refused_with_the_terms_there_are(term: str) -> None:
    with pytest.raises(ValueError, match="almost no chance, very unlikely"):
        step(term)
    with pytest.raises(ValueError, match="almost no chance, very unlikely"):
        implied_probability(term)


@pytest.mark.parametrize(
    ("hedge", "term"), [(hedge, term) for term, hedges in SUGGESTIONS.items() for hedge in hedges]
)
def test_a_printed_hedge_suggests_its_term(hedge: str, term: str) -> None:
    assert suggest_certainty(hedge) == term


@pytest.mark.parametrize("hedge", SILENT)
def test_a_hedge_that_only_a_reader_can_place_suggests_nothing(hedge: str) -> None:
    assert suggest_certainty(hedge) is None
    assert hedge_family(hedge) is None


@pytest.mark.parametrize(
    ("hedge", "term"),
    [
        ("almost no chance", "almost no chance"),
        ("n'a aucune chance", "almost no chance"),
        ("très peu probable", "very unlikely"),
        ("peu probable", "unlikely"),
        ("not likely to", "unlikely"),
        ("a toss-up", "roughly even chance"),
        ("une chance sur deux", "roughly even chance"),
        ("probable", "likely"),
        ("sans doute", "likely"),
        ("proche d'un accord", "likely"),
        ("compte lancer", "likely"),
        ("très probablement", "very likely"),
        ("will", "very likely"),
        ("ne fait aucun doute", "almost certain"),
        ("all but certain", "almost certain"),
        ("almost certainly", "almost certain"),
    ],
)
def test_the_rest_of_the_ladder_is_heard_too(hedge: str, term: str) -> None:
    assert suggest_certainty(hedge) == term


@pytest.mark.parametrize("term", CERTAINTIES)
def test_a_term_of_the_ladder_suggests_itself(term: str) -> None:
    assert suggest_certainty(term) == term


def test_where_hedges_meet_the_least_certain_speaks() -> None:
    assert suggest_certainty("is expected to") == "likely"
    assert suggest_certainty("is expected to, and could") == "roughly even chance"
    assert suggest_certainty("will likely") == "likely"


@pytest.mark.parametrize(
    "hedge",
    ["could not", "couldn\N{RIGHT SINGLE QUOTATION MARK}t", "n'est pas attendu", "not unlikely"],
)
def test_a_negation_silences_the_hedge_that_it_turns_round(hedge: str) -> None:
    assert suggest_certainty(hedge) is None


@pytest.mark.parametrize("hedge", ["in May", "May 2026"])
def test_the_month_of_may_is_not_a_hedge(hedge: str) -> None:
    assert suggest_certainty(hedge) is None


@pytest.mark.parametrize(
    "hedge", ["portrait", "entrait", "préparait", "gérait", "vaguely", "known"]
)
def test_words_that_merely_look_like_a_hedge_suggest_nothing(hedge: str) -> None:
    assert suggest_certainty(hedge) is None


@pytest.mark.parametrize("hedge", ["", "   ", "12 %"])
def test_a_hedge_without_words_suggests_nothing(hedge: str) -> None:
    assert suggest_certainty(hedge) is None


@pytest.mark.parametrize(
    ("hedge", "term"),
    [
        ("POURRAIT", "roughly even chance"),
        ("e\N{COMBINING ACUTE ACCENT}ventuellement", "roughly even chance"),
        ("s\N{RIGHT SINGLE QUOTATION MARK}apprête à", "likely"),
        ("very\n  good chance", "very likely"),
    ],
)
def test_case_accents_apostrophes_and_line_breaks_make_no_difference(hedge: str, term: str) -> None:
    assert suggest_certainty(hedge) == term


@pytest.mark.parametrize(
    ("family", "hedges"),
    [
        ("could", ["could launch", "pourrait atteindre", "pourraient", "may soon unveil"]),
        ("in talks", ["is in talks", "en pourparlers", "serait en négociations"]),
        ("close to", ["reportedly close to", "seraient en passe"]),
        ("reportedly", ["quitterait", "aurait", "reportedly partnering"]),
        ("expected", ["devrait", "expected to", "est attendue"]),
    ],
)
def test_french_and_english_forms_of_one_hedge_are_one_family(
    family: str, hedges: list[str]
) -> None:
    assert {hedge_family(hedge) for hedge in hedges} == {family}


@given(st.text())
def test_any_text_gives_a_term_of_the_ladder_or_nothing(hedge: str) -> None:
    assert suggest_certainty(hedge) in (None, *CERTAINTIES)
    assert (suggest_certainty(hedge) is None) == (hedge_family(hedge) is None)
