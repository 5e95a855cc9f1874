"""What is found in the labelled articles, against the bars; docs/extraction.md has the figures."""

import pytest

from tests.articles.scoring import SETS, Article, articles, score

BARS = {
    "precision": 0.85,
    "recall": 0.85,
    "sources": 0.90,
    "deadlines": 0.90,
    "hedges": 0.90,
    "silent": 0.85,
}


@pytest.mark.parametrize("name", SETS)
def test_enough_is_found_and_little_that_is_not_there(name: str) -> None:
    found = score(articles(name))
    # Of four articles without a claim one is a quarter: silence is held over all of them.
    low = {what: share for what, share in found.figures().items() if share < BARS[what]}
    low.pop("silent", None)
    assert low == {}, "\n".join(found.faults)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_neither_language_is_read_worse_than_the_bars(language: str) -> None:
    found = score(article for article in every_article() if article.language == language)
    low = {what: share for what, share in found.figures().items() if share < BARS[what]}
    assert low == {}, "\n".join(found.faults)


def every_article() -> list[Article]:
    return [article for name in SETS for article in articles(name)]


def test_about_half_of_the_set_is_french_and_a_quarter_of_it_claims_nothing() -> None:
    found = every_article()
    assert len(found) >= 140
    # The last sets are of one language each.
    assert abs(sum(article.language == "fr" for article in found) * 2 - len(found)) <= 8
    assert sum(not article.claims for article in found) * 4 >= len(found)


def test_a_label_names_places_that_are_in_its_article() -> None:
    for article in every_article():
        for claim in article.claims:
            assert set(claim) == {"places", "sources", "hedge", "deadline"}, article.name
            for place in claim["places"]:
                assert place in article.text, article.name


def test_what_is_missed_or_wrong_is_counted_against_the_figures() -> None:
    [article] = [each for each in articles("first") if each.name.endswith("13-chip-merger")]
    first, *rest = article.claims
    wrong = first | {"sources": ["Nobody"], "deadline": "1999-01-01", "hedge": "zzz"}
    invented = first | {"places": ["Ferrox, founded in 2011, makes accelerators"]}
    label = (wrong, invented, *rest[1:])
    found = score([Article(**{**as_dict(article), "claims": label})])
    assert found.found == len(article.claims) - 1
    assert found.figures() == {
        "precision": pytest.approx(2 / 3),
        "recall": pytest.approx(2 / 3),
        "sources": 0.5,
        "deadlines": 0.5,
        "hedges": 0.5,
        "silent": 0.0,
    }
    assert len(found.faults) == 5


def as_dict(article: Article) -> dict[str, object]:
    return {name: getattr(article, name) for name in article.__dataclass_fields__}
