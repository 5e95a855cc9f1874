"""Search: one verb, the same words on every database, and an index that follows every change."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from tests import factories
from verification import querysets, wordindex
from verification.domain import words
from verification.models import Claim
from verification.services import claims

pytestmark = pytest.mark.django_db

FRENCH = "L’Équipe : Mbappé quittera l’Élysée pour 50 millions d’euros."
ENGLISH = "Amazon will put $50bn into OpenAI."


@pytest.fixture(params=[querysets.FEW, 0], ids=["few", "frequent"])
def found(request, monkeypatch):
    """Statements that a search finds: by keys, and by the walk that frequent words take."""
    monkeypatch.setattr(querysets, "FEW", request.param)

    def statements(text: str) -> set[str]:
        return set(Claim.objects.search(text).values_list("statement", flat=True))

    return statements


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("equipe", {FRENCH}),
        ("ÉLYSÉE mbappe", {FRENCH}),
        ("l'équipe", {FRENCH}),
        ("50", {FRENCH, ENGLISH}),
        ("50bn", {ENGLISH}),
        ("5", set()),
        ("50 amaz", {ENGLISH}),
        ("amaz 50", set()),
        ("amazon mbappé", set()),
        ("on the record", {ENGLISH, FRENCH}),
        ("mbap", {FRENCH}),
        ("ama", {ENGLISH}),
        ("am", set()),
    ],
)
def test_all_words_have_to_match_and_accents_and_case_do_not_matter(found, text, expected):
    for statement in (FRENCH, ENGLISH):
        factories.claim(statement=statement)
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '"', "'", "amazon'", "NEAR(amazon openai)", "amazon AND", "amazon OR nothing", "NOT amazon",
        "-nothing", "words:amazon", "amazon*", "^amazon", "amazon & ", "amazon | x", "!amazon",
        "amazon:*", "(amazon", "a\\", "%", "_", "\0", "amazon\0openai", "{}", "<->", "+", "🙂",
        "x" * 5000,
    ],
)  # fmt: skip
def test_nothing_that_is_typed_is_an_operator_or_an_error(found, text):
    factories.claim(statement=ENGLISH)
    asked = words.words(text)[: words.ASKED_MAX]
    held = words.words(f"{ENGLISH} Confirmed if either says so on the record.")
    assert found(text) == ({ENGLISH} if all(word in held for word in asked) else set())


@pytest.mark.parametrize("text", ["", "  ", "…!?", "% _", "\0"])
def test_without_a_word_nothing_is_narrowed(found, text):
    factories.claim(statement=ENGLISH)
    assert found(text) == {ENGLISH}


def test_an_edit_changes_what_is_found(found):
    claim = factories.claim(statement=ENGLISH)
    claims.edit(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        changes={"statement": FRENCH, "criteria": "Démenti sinon."},
        now=factories.NOW,
    )
    assert found("amazon") == found("record") == set()
    assert found("mbappe dementi") == {FRENCH}


def test_what_is_undone_is_not_found(found):
    with transaction.atomic():
        factories.claim(statement=ENGLISH)
        transaction.set_rollback(True)
    assert found("amazon") == set()


def test_rows_that_come_in_bulk_are_found(found):
    first = factories.claim(statement=ENGLISH)
    rows = [
        Claim(
            slug=f"bulk-{number}",
            statement=f"Société {number} déménage.",
            beat=first.beat,
            deadline=first.deadline,
            logged_by=first.logged_by,
            logged_at=first.logged_at,
        )
        for number in range(40)
    ]
    Claim.objects.bulk_create(rows)
    assert len(found("societe demenage")) == 40
    assert found("societe 7") == {"Société 7 déménage."}


def test_a_claim_that_is_gone_leaves_nothing_behind(found):
    first = factories.claim(statement=ENGLISH)
    gone = Claim(
        slug="gone",
        statement="Société en partance.",
        beat=first.beat,
        deadline=first.deadline,
        logged_by=first.logged_by,
        logged_at=first.logged_at,
    )
    Claim.objects.bulk_create([gone])
    Claim.objects.filter(slug="gone").delete()
    assert found("partance") == set()
    if connection.vendor == "sqlite":
        assert wordindex.newest(words.question("partance"), 10, using="default") == []


def test_searches_chain_with_the_other_questions(found):
    shown = factories.claim(statement=ENGLISH)
    factories.claim(statement="Amazon will hush it up.", public=False)
    public = Claim.objects.public().search("amazon")
    assert list(public.order_by("-id")) == [shown]
    assert list(public.search("openai").decided()) == []


def test_a_source_finds_what_it_reported_and_nothing_else(found):
    source = factories.SourceFactory.create()
    own = factories.claim(reports=[factories.report_draft(source)])
    factories.claim()
    assert list(Claim.objects.reported_by([source.pk])) == [own]
    assert list(Claim.objects.reported_by([])) == []


def test_a_rebuilt_index_finds_the_same(found):
    for statement in (FRENCH, ENGLISH):
        factories.claim(statement=statement)
    wordindex.rebuild(connection)
    assert found("50") == {FRENCH, ENGLISH}


def test_a_word_that_is_long_past_is_walked_from_its_newest_claim_on(monkeypatch):
    """Most claims are newer; nobody walks through them in search of a page."""
    monkeypatch.setattr(querysets, "FEW", 1)
    monkeypatch.setattr(wordindex, "_LATELY", 2)
    old = [factories.claim(statement=f"Vesuvius erupts, {number}.") for number in ("one", "two")]
    for _later in range(3):
        factories.claim(statement="Amazon invests.")

    found = Claim.objects.search("vesuvius erupts").order_by("-id")

    assert list(found) == old[::-1]
    assert f"<= {old[-1].pk}" in str(found.query)


def test_words_that_never_met_give_nothing(monkeypatch):
    monkeypatch.setattr(querysets, "FEW", 1)
    for statement in ("Vesuvius erupts.", "Vesuvius sleeps.", "Amazon invests."):
        factories.claim(statement=statement)

    assert list(Claim.objects.search("vesuvius amazon")) == []
