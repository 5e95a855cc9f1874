"""Near-duplicates: found again with a word or two swapped, whatever the order and the accents."""

from __future__ import annotations

import random

import pytest
from django.db import connection

from tests import factories
from verification import rarity
from verification.models import Claim
from verification.services import duplicates
from verification.services.duplicates import find_each, find_similar

pytestmark = pytest.mark.django_db

STATEMENT = "Amazon devrait investir 50 milliards de dollars dans OpenAI d’ici mars."


@pytest.fixture
def logged() -> Claim:
    factories.claim(statement="Vega va voler au printemps avec un satellite de l’Agence.")
    return factories.claim(statement=STATEMENT)


@pytest.mark.parametrize(
    ("statement", "likeness"),
    [
        (STATEMENT, 1.0),
        ("D'ICI MARS, OPENAI : AMAZON DEVRAIT INVESTIR 50 MILLIARDS DE DOLLARS DANS", 1.0),
        ("Amazon pourrait investir 50 milliards de dollars dans OpenAI d’ici mars.", 11 / 13),
        ("Amazon devrait investir 60 milliards de dollars dans OpenAI d’ici avril.", 10 / 14),
    ],
)
def test_a_statement_is_found_again(logged, statement, likeness):
    [found] = find_similar(statement=statement)
    assert found.claim == logged
    assert found.likeness == pytest.approx(likeness)


@pytest.mark.parametrize(
    "statement",
    ["", "…", "OpenAI", "Le Real Madrid va vendre son stade.", "L’Agence investit dans OpenAI."],
)
def test_what_says_something_else_is_not(logged, statement):
    assert find_similar(statement=statement) == []


def test_the_most_alike_come_first_and_the_claim_itself_can_be_left_out(logged):
    near = factories.claim(statement=STATEMENT.replace("mars", "avril"))
    assert [found.claim for found in find_similar(statement=STATEMENT)] == [logged, near]
    assert [found.claim for found in find_similar(statement=STATEMENT, without=logged)] == [near]
    assert [found.claim for found in find_similar(statement=STATEMENT, limit=1)] == [logged]
    assert [found.claim for found in find_similar(statement=STATEMENT, least=0.95)] == [logged]


def test_the_desk_is_told_of_internal_claims_too(logged):
    hushed = factories.claim(statement=f"{STATEMENT} Vraiment.", public=False)
    assert hushed in [found.claim for found in find_similar(statement=STATEMENT)]


def test_words_that_no_claim_has_do_not_hide_the_others(logged):
    rest = "zarathoustra xylophone quinquina wagonnet"
    [found] = find_similar(statement=f"{STATEMENT} {rest}")
    assert found.claim == logged


@pytest.mark.parametrize("least", [0, -1, 1.1])
def test_how_alike_is_a_fraction(least):
    with pytest.raises(ValueError, match="least"):
        find_similar(statement=STATEMENT, least=least)


def test_nearly_all_are_found_with_one_or_two_words_swapped():
    rng = random.Random(3)
    names = [f"{a}{b}{c}" for a in "kmprt" for b in ("ala", "eno", "iru") for c in ("v", "x", "ng")]
    boss, beat = factories.managing_editor(), factories.BeatFactory.create()
    made = [
        factories.claim(
            actor=boss, beat=beat, reports=[],
            statement=" ".join([*rng.sample(names, 8), "will", "buy", str(rng.randint(1, 99))]),
        )
        for _number in range(30)
    ]  # fmt: skip
    again = 0
    for number, claim in enumerate(made):
        changed = claim.statement.split()
        for place in rng.sample(range(8), 1 + number % 2):
            changed[place] = rng.choice(("nowhere", "else", *names))
        rng.shuffle(changed)
        again += claim in [found.claim for found in find_similar(statement=" ".join(changed))]
    assert again >= 0.97 * len(made)


def test_comparing_takes_a_fixed_number_of_queries(
    logged, django_assert_max_num_queries, monkeypatch
):
    # Keys run on from test to test: this is a newsroom of a few claims, of which no sample is read.
    monkeypatch.setitem(rarity.COUNTED, connection.vendor, 10**9)
    for _number in range(5):
        factories.claim(statement=STATEMENT)
    # How rare its words are (two), who holds enough of them, and these claims with their beats.
    with django_assert_max_num_queries(4):
        find_similar(statement=STATEMENT)
    with django_assert_max_num_queries(4):
        find_each(statements=[STATEMENT, "Vega va voler.", "Le Real Madrid va vendre son stade."])


def test_a_number_or_a_name_that_is_another_makes_another_statement(logged):
    other = STATEMENT.replace("50", "7").replace("OpenAI", "Anthropic")
    [found] = find_similar(statement=other)
    assert found.likeness == pytest.approx(10 / 14)
    assert find_similar(statement=other, least=0.75) == []


def test_of_frequent_words_the_newest_claims_are_compared(logged, monkeypatch):
    monkeypatch.setattr(duplicates, "COMPARED", 1)
    monkeypatch.setattr(duplicates, "COMPARED_LEAST", 1)
    newest = factories.claim(statement=STATEMENT)
    assert [found.claim for found in find_similar(statement=STATEMENT)] == [newest]
