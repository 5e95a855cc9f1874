"""ClaimReview, held against schema.org's own vocabulary."""

import csv
import json
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests import factories
from verification.models.choices import SourceKind
from verification.services import verdicts

VOCABULARY = Path(__file__).with_name("schemaorg.csv")
#: The data types of the vocabulary, as JSON has them.
TEXTS = {"Text", "URL", "Date", "DateTime", "Language"}


@pytest.fixture(scope="module")
def vocabulary():
    """The types with what they are a kind of, and the properties with whose they are and take."""
    with VOCABULARY.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    types = {row["name"]: row["of"].split() for row in rows if row["what"] == "type"}
    properties = {
        row["name"]: (set(row["of"].split()), set(row["takes"].split()))
        for row in rows
        if row["what"] == "property"
    }
    return types, properties


def kinds(types, name):
    """The type and all that it is a kind of."""
    return {name}.union(*(kinds(types, parent) for parent in types[name]))


def faults(node, vocabulary, path="$"):
    """What the vocabulary does not know, or knows of other things."""
    types, properties = vocabulary
    found = []
    own = node["@type"]
    if own not in types:
        return [f"{path}: no type {own}"]
    for name, value in node.items():
        if name.startswith("@"):
            continue
        at = f"{path}.{name}"
        if name not in properties:
            found.append(f"{at}: no such property")
            continue
        domain, takes = properties[name]
        if not kinds(types, own) & domain:
            found.append(f"{at}: not of {own}")
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                if not kinds(types, part["@type"]) & takes:
                    found.append(f"{at}: takes {takes}, not {part['@type']}")
                found += faults(part, vocabulary, at)
            elif not takes & TEXTS or not isinstance(part, str) or not part:
                found.append(f"{at}: takes {takes}, not {part!r}")
    return found


class Scripts(HTMLParser):
    """The scripts of a page, as a browser takes them out of it."""

    def __init__(self, html):
        super().__init__()
        self.kinds, self.bodies, self.inside = [], [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "script":
            self.inside = True
            self.kinds.append(dict(attrs).get("type"))
            self.bodies.append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "script"

    def handle_data(self, data):
        if self.inside:
            self.bodies[-1] += data


def review(client, claim):
    scripts = Scripts(client.get(f"/claims/{claim.slug}/").content.decode())
    assert scripts.kinds in ([], ["application/ld+json"])
    return json.loads(scripts.bodies[0]) if scripts.bodies else None


@pytest.fixture
def claim():
    journal = factories.SourceFactory.create(name="Journal", slug="journal")
    post = factories.SourceFactory.create(name="Post", slug="post", kind=SourceKind.REPORTER)
    return factories.claim(
        statement="It will fly.",
        reports=[
            factories.report_draft(journal, headline="It will fly", author="A. Writer"),
            factories.report_draft(post, published_on=date(2026, 1, 28), stance="disputes"),
            factories.report_draft(via=journal, published_on=date(2026, 1, 30), headline="Relayed"),
        ],
    )


def test_every_type_and_property_is_the_vocabularys(client, claim, vocabulary):
    factories.decide(claim)
    assert faults(review(client, claim), vocabulary) == []


def test_a_word_that_the_vocabulary_does_not_know_is_found(vocabulary):
    wrong = {
        "@type": "ClaimReview",
        "verdict": "x",
        "firstAppearance": "x",
        "reviewRating": {"@type": "Person", "name": ""},
    }
    assert len(faults(wrong, vocabulary)) == 5


def test_it_says_what_was_reviewed_by_whom_when_and_with_what_result(client, claim):
    factories.decide(claim, evidence=[factories.evidence(title="The announcement")])
    found = review(client, claim)
    assert found["@context"] == "https://schema.org"
    assert found["@type"] == "ClaimReview"
    assert found["claimReviewed"] == "It will fly."
    assert found["url"] == "http://127.0.0.1:8000/claims/it-will-fly/"
    assert found["datePublished"] == "2026-04-01"
    assert found["author"]["name"] == "Borne Out"
    assert found["reviewRating"] == {"@type": "Rating", "alternateName": "Confirmed"}
    assert found["citation"][0]["name"] == "The announcement"


def test_the_claim_is_its_first_origins_and_appeared_where_it_was_asserted(client, claim):
    factories.decide(claim)
    item = review(client, claim)["itemReviewed"]
    assert item["@type"] == "Claim"
    assert item["author"]["name"] == "Journal"
    assert item["datePublished"] == "2026-01-29"
    assert item["firstAppearance"]["headline"] == "It will fly"
    assert item["firstAppearance"]["author"] == {"@type": "Person", "name": "A. Writer"}
    assert [appearance["headline"] for appearance in item["appearance"]] == ["Relayed"]


def test_the_rating_is_in_the_language_of_the_page(client, claim):
    factories.decide(claim, "denied")
    html = client.get("/claims/it-will-fly/", headers={"accept-language": "fr"}).content.decode()
    assert json.loads(Scripts(html).bodies[0])["reviewRating"]["alternateName"] == "Démentie"


@pytest.mark.parametrize("outcome", ["confirmed", "denied", "lapsed"])
def test_a_claim_that_was_decided_has_one(client, claim, vocabulary, outcome):
    factories.decide(claim, outcome)
    assert faults(review(client, claim), vocabulary) == []


def test_a_claim_that_was_not_or_is_void_has_none(client, claim):
    assert review(client, claim) is None
    factories.decide(claim, "void", known_on=None)
    assert review(client, claim) is None


def test_a_claim_that_was_reopened_has_none(client, claim):
    factories.decide(claim)
    verdicts.reopen(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        rationale="Too early.",
        now=datetime(2026, 4, 2, tzinfo=UTC),
    )
    assert review(client, claim) is None


def test_a_claim_without_a_report_or_an_address_has_a_whole_one(client, vocabulary):
    bare = factories.claim(reports=[factories.report_draft(url="")])
    factories.decide(bare)
    item = review(client, bare)["itemReviewed"]
    assert "firstAppearance" not in item
    assert "appearance" not in item
    empty = factories.claim(reports=[])
    factories.decide(empty)
    assert faults(review(client, empty), vocabulary) == []
