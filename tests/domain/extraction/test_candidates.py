import sys
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain.extraction import (
    CANDIDATES_MAX,
    TEXT_MAX,
    Candidate,
    Extraction,
    Names,
    TooLongError,
    extract,
)
from verification.domain.extraction.sentences import SENTENCE_MAX, sentences
from verification.domain.extraction.text import plain
from verification.domain.extraction.weighing import THRESHOLD
from verification.domain.hedging import CERTAINTIES

TODAY = date(2026, 1, 30)


def found(text: str, **options: Any) -> list[Candidate]:
    return list(extract(text, published=TODAY, **options).candidates)


def only(text: str, **options: Any) -> Candidate:
    [candidate] = found(text, **options)
    return candidate


# --- What is proposed -----------------------------------------------------------------------------


def test_a_candidate_has_what_the_contract_names() -> None:
    text = (
        "Amazon pourrait investir au moins 50 milliards de dollars dans OpenAI d’ici la fin du "
        "premier trimestre 2026, rapporte le Wall Street Journal."
    )
    assert only(text).as_dict() == {
        "statement": "Amazon pourrait investir au moins 50 milliards de dollars dans OpenAI d'ici "
        "la fin du premier trimestre 2026.",
        "span": text,
        "start": 0,
        "end": len(text),
        "sources": ["Wall Street Journal"],
        "hedge": "pourrait",
        "certainty": "roughly even chance",
        "deadline": "2026-03-31",
        "deadline_text": "d'ici la fin du premier trimestre 2026",
        "deadline_precision": "quarter",
        "score": 0.99,
        "reasons": ["attributed", "possibility", "dated", "kind of event", "names", "amount"],
    }


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("Nordica plans to buy Calix by May.", "plans to"),
        ("Nordica is in early talks with Calix, Reuters reported.", "is in early talks"),
        ("Nordica weighs a sale of Calix, Reuters reported.", "weighs"),
        ("A sale of Calix is likely before May, Reuters reported.", "is likely"),
        ("A bid for Calix is being prepared, Reuters reported.", "is being prepared"),
        ("Nordica étudie l'achat de Calix, selon Reuters.", "étudie l'"),
        ("Nordica n'entend pas vendre Calix avant mai, selon Reuters.", "entend"),
        ("« Nous appellerons à la grève le 5 mars », a prévenu Paul Roy.", "appellerons"),
    ],
)
def test_the_verb_that_makes_it_a_claim_is_its_hedge(text: str, hedge: str) -> None:
    assert only(text).hedge == hedge


def test_a_run_of_marks_that_ends_nothing_is_read_once() -> None:
    # A pattern that began anew at each point took minutes.
    assert found("By A" + "." * 100_000 + "x") == []


def test_a_window_without_a_bound_is_proposed_and_marked_as_vague() -> None:
    candidate = only("Nordica pourrait racheter Calix dans les prochaines semaines, selon Reuters.")
    assert (candidate.deadline, candidate.deadline_precision) == (date(2026, 2, 28), "month")
    assert "vague window" in candidate.reasons
    assert "dated" not in candidate.reasons


def test_a_claim_without_a_time_has_no_deadline() -> None:
    candidate = only("Nordica is in talks to buy Calix, Reuters reported on Tuesday.")
    assert candidate.deadline is None
    assert candidate.as_dict()["deadline_precision"] is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Nordica will not open the plant before March 2027, Reuters reported.", "2027-02-28"),
        ("L'usine ne serait pas ouverte avant mars 2027, selon Reuters.", "2027-02-28"),
        ("The fine, imposed after a complaint filed in May, could be paid by June.", "2026-06-30"),
        ("Nordica could buy Calix, which was founded in May, by year-end.", "2026-12-31"),
        (
            "Calix is preparing a new title, which could be unveiled at a Direct in March.",
            "2026-03-31",
        ),
    ],
)
def test_the_deadline_is_that_of_the_claim(text: str, day: str) -> None:
    assert only(text).deadline == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "De son côté, Reuters affirme que Nordica envisage de racheter Calix.",
            "Nordica envisage de racheter Calix.",
        ),
        (
            "Nordica is in talks to buy Calix, people familiar with the matter told Reuters, "
            "asking not to be identified.",
            "Nordica is in talks to buy Calix.",
        ),
        (
            "Emmanuel Macron doit s'exprimer jeudi soir, a annoncé l'Élysée mardi.",
            "Emmanuel Macron doit s'exprimer jeudi soir.",
        ),
        (
            "LONDON, Jan 30 (Reuters) - Nordica is preparing to sell Calix, sources said.",
            "Nordica is preparing to sell Calix.",
        ),
    ],
)
def test_the_statement_is_what_is_said_without_who_says_so(text: str, statement: str) -> None:
    assert only(text).statement == statement


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Nordica devrait racheter Calix vendredi, selon Reuters.", "likely"),
        ("Nordica rachètera Calix vendredi, selon Reuters.", "very likely"),
        ("Nordica could buy Calix on Friday, Reuters reported.", "roughly even chance"),
        ("Nordica is in advanced talks to buy Calix, Reuters reported.", "likely"),
    ],
)
def test_the_hedge_suggests_a_rung_of_the_ladder(text: str, certainty: str) -> None:
    assert only(text).certainty == certainty


def test_a_headline_gives_way_to_the_sentence_that_it_heads() -> None:
    text = (
        "Nordica pourrait racheter Calix\n\n"
        "Le suédois Nordica pourrait racheter l'éditeur Calix, selon Reuters. Calix a été fondé "
        "en 2004 à Lyon."
    )
    assert only(text).sources == ("Reuters",)


def test_a_headline_that_says_something_of_its_own_is_proposed() -> None:
    text = "Nordica to buy Calix\n\nThe Swedish group was founded in 1931 and sells pumps."
    assert "headline" in only(text).reasons


# --- What is left out -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        # Background and what is past.
        "Calix a été fondé en 2004 à Lyon et emploie 3 200 personnes.",
        "Ferrox, founded in 2011, makes accelerators for data centers.",
        "L'usine devait initialement ouvrir en octobre.",
        "The line was originally due to open in 2029.",
        "Selon l'Organisation mondiale de la santé, le paludisme a tué 600 000 personnes en 2024.",
        # Negated.
        "Nordica n'envisage pas de racheter Calix, selon Reuters.",
        "Nordica is not planning to buy Calix, Reuters reported.",
        "L'autonomie n'a pas été dévoilée.",
        # What never was.
        "Le penalty aurait pu être sifflé avant la mi-temps.",
        "The Royals would have gone top with a win.",
        "Si la maternité fermait, les patientes auraient à parcourir 60 kilomètres.",
        "La mesure rapporterait 3 milliards si elle était étendue.",
        # What a thing can do.
        "La voiture mesure 3,87 mètres et pourrait transporter quatre adultes.",
        "A heat pump can deliver three units of warmth for each unit of electricity.",
        # Opinion and advice.
        "It would be a mistake to declare victory, said Andrew Ford.",
        "Vous pourriez ajouter un peu de cannelle, mais sans excès.",
        "A light frost may nip new growth, so keep your fleece handy.",
        "On verra ce qui se passe d'ici la fin du mercato.",
        # The boilerplate around a story, questions, a page's furniture.
        "Nordica declined to comment and Calix did not respond to a request for comment.",
        "Contactées, les deux entreprises n'ont pas souhaité faire de commentaire.",
        "Nordica va-t-il racheter Calix avant la fin de l'année ?",
        "Lire aussi : Nordica pourrait racheter Calix d'ici fin mars",
        "Crédit photo : Reuters",
        "",
    ],
)
def test_nothing_is_proposed_where_nothing_is_claimed_of_the_future(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "stamp",
    [
        "Publié le 24 novembre 2026 à 10h12.",
        "Mis à jour le 24 novembre 2026.",
        "Posted on 24 November 2026.",
        "Updated 24 November 2026, 10:12 GMT.",
    ],
)
@pytest.mark.parametrize("between", [" ", "\n"])
def test_the_story_behind_the_day_of_its_printing_is_read(stamp: str, between: str) -> None:
    story = "Boeing could sell its plant in Lyon by 31 March 2027, according to Reuters."
    assert [one.span for one in found(f"{stamp}{between}{story}")] == [story]


@pytest.mark.parametrize(
    "text",
    [
        "Published by Reuters on Tuesday, the report says that Airbus will open a plant by 2028.",
        "Publié par Les Échos mardi, un rapport affirme que Danone cédera Volvic avant juin 2027.",
    ],
)
def test_a_sentence_that_begins_with_what_was_published_is_a_sentence(text: str) -> None:
    assert [one.span for one in found(text)] == [text]


def test_a_negation_that_only_bounds_or_ends_something_is_a_claim() -> None:
    assert found("DAZN ne devrait plus diffuser la Ligue 1 en 2027, selon L'Équipe.")
    assert found("OpenAI will not ship its device before March 2027, Wired reported.")


# --- Places ---------------------------------------------------------------------------------------


def test_accents_in_two_pieces_leave_the_places_those_of_the_text() -> None:
    composed = "Selon L'Équipe, l'éditeur pourrait être vendu d'ici la fin de l'été."
    text = unicodedata.normalize("NFD", composed)
    assert text != composed
    candidate = only(text)
    assert candidate.span == text
    assert candidate.sources == ("L'Équipe",)
    assert candidate.deadline == date(2026, 9, 30)


@pytest.mark.parametrize("quote", ['"', "“", "«"])
def test_a_quotation_is_not_broken_up(quote: str) -> None:
    end = {"“": "”", "«": "»"}.get(quote, quote)
    text = f"{quote}We will sign. It is done by Friday,{end} Nordica's chairman, Ole Berg, said."
    assert [sentence.end for sentence in sentences(plain(text).text)] == [len(text)]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    text = (
        "M. Altman a vu le U.S. Senate. Ferrox Inc. and J. P. Morgan agreed on Feb. 28. "
        "Tom l'affirme sur X. Le reste suivra."
    )
    assert [sentence.text for sentence in sentences(text)] == [
        "M. Altman a vu le U.S. Senate.",
        "Ferrox Inc. and J. P. Morgan agreed on Feb. 28.",
        "Tom l'affirme sur X.",
        "Le reste suivra.",
    ]


def test_lines_that_were_wrapped_by_hand_are_one_paragraph() -> None:
    text = (
        "Nordica is in talks to buy the software maker Calix for about four\n"
        "billion dollars, people familiar with the matter told the Wall Street\n"
        "Journal on Tuesday."
    )
    assert only(text).sources == ("Wall Street Journal",)


# --- Language, length, names ----------------------------------------------------------------------


def test_the_language_is_detected() -> None:
    assert extract("Le groupe pourrait être vendu.", published=TODAY).language == "fr"
    assert extract("The group could be sold.", published=TODAY).language == "en"


def test_a_text_beyond_the_limit_is_refused_and_not_cut() -> None:
    extract("a" * TEXT_MAX, published=TODAY)
    with pytest.raises(TooLongError, match=f"{TEXT_MAX}"):
        extract("a" * (TEXT_MAX + 1), published=TODAY)


def test_the_newsrooms_own_names_win() -> None:
    names = Names({"The Wall Street Journal": "The Wall Street Journal", "Kuo": "Ming-Chi Kuo"})
    text = "Orbit could drop the port by June, according to Kuo, who told the WSJ so on Monday."
    assert only(text, names=names).sources == ("Ming-Chi Kuo", "The Wall Street Journal")


@given(st.text(), st.sampled_from(["fr", "en", None]))
def test_any_text_is_read_and_spans_are_exact(text: str, language: Any) -> None:
    check(text, extract(text, published=TODAY, language=language))


PIECES = st.sampled_from(
    [
        "Selon Reuters, ",
        "Nordica pourrait ",
        "racheter Calix",
        " d’ici fin mars",
        ", a dit M. Tessier. ",
        "« Nous ",
        " » ",
        "\n\n",
        "could buy ",
        "The paper said ",
        "by next week. ",
        "e\u0301te\u0301 ",
        "“Orbit will ",
        "” ",
        "(Reuters) - ",
        "not ",
        "ne ",
        "pas ",
        " 31 ",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_heap_of_the_words_of_news_is_read_and_spans_are_exact(text: str) -> None:
    check(text, extract(text, published=TODAY, outlet="La Tribune"))


def check(text: str, extraction: Extraction) -> None:
    for candidate in extraction.candidates:
        assert text[candidate.start : candidate.end] == candidate.span
        assert candidate.span.strip() == candidate.span
        assert THRESHOLD <= candidate.score <= 1
        assert candidate.certainty in CERTAINTIES
        assert candidate.deadline is None or candidate.deadline >= TODAY
        assert (candidate.deadline is None) == (candidate.deadline_text == "")
        assert 0 < len(candidate.statement) <= 500
        assert candidate.reasons


# --- The work -------------------------------------------------------------------------------------

ADVERSARIAL = [
    ". «",
    "9",
    "the the ",
    "Alpha-Beta's ",
    "@a ",
    "\u0301",
    "a dit que ",
    "told the X Times that ",
    "a",
    ". ",
    "A. ",
    ",",
    "\n",
    "Ab\n",
    "«",
    '"',
    "selon ",
    "d'ici la fin du ",
    "said ",
    "reported by ",
    "will not ",
    "e\u0301",
    "Paul Martin, ",
    "Reuters ",
    "Selon Reuters, il fermerait, tandis que Le Monde évoque une vente ; ",
    "le président de la Banque de Rilly Luc ",
    "qui précise que ",
    "«Ab cd ",
    "(Ab ",
    " : « ",
    "le nom de a b ",
    "word word word\nword ",
    "Apple pourrait racheter Calix d'ici mars, selon Reuters, a indiqué M. Martin. ",
    "Apple could buy Calix by March, people told Reuters, which cited a memo.\n",
]


def steps(work: Callable[[], object]) -> int:
    """How many functions, methods of patterns among them, are called."""
    count = 0

    def profile(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_the_work_grows_with_the_length_and_no_faster(piece: str) -> None:
    def of(length: int) -> int:
        text = (piece * length)[:length]
        return steps(lambda: extract(text, published=TODAY))

    of(1000)
    assert of(8000) <= 2.3 * of(4000) + 500


def test_the_work_grows_with_the_number_of_claims_and_no_faster() -> None:
    def of(count: int) -> int:
        claims = (f"N{n:04}x could buy C{n:04}x by March {n % 28 + 1}." for n in range(count))
        return steps(lambda: extract("\n".join(claims), published=TODAY))

    of(10)
    assert of(400) <= 2.3 * of(200) + 500


def test_an_article_has_no_more_candidates_than_the_first_hundreds() -> None:
    told = "\n".join(f"N{n:04}x could buy C{n:04}x by March {n % 28 + 1}." for n in range(700))

    proposed = found(told)

    assert len(proposed) == CANDIDATES_MAX
    assert proposed[-1].statement.startswith(f"N{CANDIDATES_MAX - 1:04}x")


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_no_pattern_reads_more_than_a_sentence_at_a_time(piece: str) -> None:
    # A pattern that goes back and forth within a sentence costs a constant at the worst.
    found = sentences((piece * 20_000)[:20_000])
    assert max((len(sentence.text) for sentence in found), default=0) <= SENTENCE_MAX
    assert sum(len(sentence.text) for sentence in found) <= 20_000


def test_lines_that_were_cut_by_hand_are_one_sentence_beside_short_paragraphs() -> None:
    text = (
        "The coach company Flexa is seeking a buyer and is in talks\n"
        "with the investor Orbit on a stake, two people close to\n"
        "the matter said.\n"
        "Flexa declined to comment.\n"
        "It could be valued at 3 billion euros in a deal, one of\n"
        "the people said.\n"
    )
    found = [each.span for each in extract(text, published=date(2026, 1, 30)).candidates]
    assert [span.split("\n")[-1] for span in found] == ["the matter said.", "the people said."]
