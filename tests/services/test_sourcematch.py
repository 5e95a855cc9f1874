"""Which source is meant: by any of its names, or by the address of a page."""

from __future__ import annotations

import pytest

from tests import factories
from tests.services.rows import nothing_changes, refuses
from verification.models import Source, User
from verification.services import merging, sources
from verification.services.intake import known_names
from verification.services.sourcematch import find, match, source_at, suggest_sources

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture
def manon() -> User:
    """A managing editor."""
    return factories.managing_editor()


@pytest.fixture
def journal(manon: User) -> Source:
    return sources.create_source(
        actor=manon,
        name="The Wall Street Journal",
        homepage="https://www.wsj.com",
        aliases=["WSJ", "le Journal de Wall Street"],
        domains=["blogs.dowjones.example"],
        now=NOW,
    )


def named(name: str) -> Source | None:
    """What everybody is given for a name: whoever may add none is refused an unknown one."""
    return sources.source_named(actor=factories.UserFactory.create(), name=name, now=NOW)


@pytest.mark.parametrize(
    "name",
    [
        "the-wall-street-journal",
        "The Wall Street Journal",
        "Wall Street Journal",
        "le Wall Street Journal",
        "LE WALL STREET JOURNAL",
        "Wall-Street Journal",
        "WSJ",
        "wsj",
        "W.S.J.",
        "le WSJ",
        "Journal de Wall Street",
    ],
)
def test_a_source_is_found_by_any_of_its_names(journal: Source, name: str) -> None:
    assert named(name) == journal


@pytest.mark.parametrize("name", ["L’Équipe", "L'Equipe", "l’équipe", "ÉQUIPE"])
def test_accents_and_apostrophes_do_not_matter(manon: User, name: str) -> None:
    paper = sources.create_source(actor=manon, name="L'Équipe", now=NOW)
    assert named(name) == paper


def test_an_article_tells_two_sources_apart_and_without_it_one_must_choose(manon: User) -> None:
    nation = sources.create_source(actor=manon, name="The Nation", now=NOW)
    nacion = sources.create_source(actor=manon, name="La Nation", now=NOW)
    assert named("the nation") == nation
    assert named("LA NATION") == nacion
    with refuses("source") as problems:
        sources.source_named(actor=manon, name="Nation", now=NOW)
    assert "The Nation (the-nation)" in problems["source"][0]
    assert "La Nation (la-nation)" in problems["source"][0]
    assert match(["Nation"]) == {}


def test_an_alias_in_full_goes_before_a_name_without_its_article(manon: User) -> None:
    times = sources.create_source(actor=manon, name="The Times", now=NOW)
    angeles = sources.create_source(
        actor=manon, name="Los Angeles Times", aliases=["LA Times"], now=NOW
    )
    assert named("LA Times") == angeles
    assert named("le Times") == named("Times") == times


def test_an_abbreviation_goes_to_who_has_it(manon: User, journal: Source) -> None:
    wired = sources.create_source(actor=manon, name="W.S.", now=NOW)
    assert named("ws") == wired
    assert named("wsj") == journal


def test_names_spelled_alike_go_to_the_one_spelled_most_alike(manon: User) -> None:
    first = sources.create_source(actor=manon, name="9to5Mac", now=NOW)
    second = sources.create_source(actor=manon, name="9to5 Mac", now=NOW)
    assert (named("9to5Mac"), named("9TO5 mac")) == (first, second)


def test_a_merged_source_leads_to_the_one_that_stays_by_all_its_names(
    manon: User, journal: Source
) -> None:
    twin = sources.create_source(
        actor=manon,
        name="Wall St. Journal",
        aliases=["Wallstreet"],
        domains=["wallst.example"],
        now=NOW,
    )
    merging.merge(actor=manon, source=twin, into=journal, now=NOW)
    for name in ("wall-st-journal", "Wall St Journal", "wallstreet"):
        assert named(name) == journal
    assert source_at("https://wallst.example/page") == journal


def test_two_queries_find_any_number_of_names(
    manon: User, journal: Source, django_assert_num_queries
) -> None:
    papers = {
        f"Paper {number}": sources.create_source(
            actor=manon, name=f"The Paper {number}", aliases=[f"P. {number}"], now=NOW
        )
        for number in range(30)
    }
    aliases = {f"p{number}": papers[f"Paper {number}"] for number in range(30)}
    asked = [*papers, *aliases, "WSJ", "the-wall-street-journal", "Nobody", "", "\0", "WSJ"]
    with django_assert_num_queries(2):
        found = match(asked)
    assert found == papers | aliases | {"WSJ": journal, "the-wall-street-journal": journal}
    with django_assert_num_queries(2):
        assert find("paper 7") == [papers["Paper 7"]]
    with django_assert_num_queries(0):
        assert match([]) == match([" "]) == {}


def test_asking_writes_nothing(journal: Source) -> None:
    with nothing_changes():
        match(["Nobody", "WSJ"])
        source_at("https://nobody.example")
        suggest_sources("Nobody")


# --- By address -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://www.wsj.com/business/deals",
        "http://WSJ.com",
        "https://live.wsj.com:443/x",
        "https://blogs.dowjones.example/",
    ],
)
def test_the_address_of_a_page_tells_its_source(
    journal: Source, url: str, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        assert source_at(url) == journal


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://notwsj.com/",
        "https://wsj.com.evil.example/",
        "https://wsj.com@evil.example/",
        "https://evil.example/wsj.com",
        "https://dowjones.example/",
        "https://x.com/WSJ/status/1",
        "https://[",
        "not an address",
    ],
)
def test_an_address_elsewhere_tells_nothing(journal: Source, url: str) -> None:
    assert source_at(url) is None


def test_a_part_of_a_site_may_be_another_source_s(manon: User, journal: Source) -> None:
    blog = sources.create_source(
        actor=manon, name="Real Time Economics", domains=["blogs.wsj.com"], now=NOW
    )
    assert source_at("https://blogs.wsj.com/economics/") == blog
    assert source_at("https://a.blogs.wsj.com/") == blog
    assert source_at("https://graphics.wsj.com/") == journal


# --- Near matches ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("Wall St Journal", "The Wall Street Journal"),
        ("The Wal Street Journal", "The Wall Street Journal"),
        ("Street Journal", "The Wall Street Journal"),
        ("journal de wallstret", "le Journal de Wall Street"),
    ],
)
def test_a_name_that_fits_none_suggests_the_one_that_is_like_it(
    journal: Source, name: str, by: str
) -> None:
    assert find(name) == []
    [suggestion] = suggest_sources(name)
    assert (suggestion.source, suggestion.name) == (journal, by)
    assert 0.6 <= suggestion.likeness < 1


def test_initials_suggest_the_name_and_the_name_its_initials(manon: User) -> None:
    times = sources.create_source(actor=manon, name="The New York Times", now=NOW)
    agency = sources.create_source(actor=manon, name="AFP", now=NOW)
    assert [found.source for found in suggest_sources("NYT")] == [times]
    assert [found.source for found in suggest_sources("Agence France-Presse")] == [agency]


def test_nothing_is_suggested_for_what_is_like_nothing(journal: Source) -> None:
    for name in ("", " ", "\0", "Zeitung", "W", "!?", "x" * 500):
        assert suggest_sources(name) == []
    assert suggest_sources("Wall St Journal", limit=0) == []


def test_the_likest_is_suggested_first_and_a_merged_one_as_the_one_that_stays(
    manon: User, journal: Source, django_assert_max_num_queries
) -> None:
    twin = sources.create_source(actor=manon, name="Wall Street Journl", now=NOW)
    merging.merge(actor=manon, source=twin, into=journal, now=NOW)
    other = sources.create_source(actor=manon, name="Wall Street Jour", now=NOW)
    with django_assert_max_num_queries(3):
        found = suggest_sources("Wall Street Journa")
    assert [one.source for one in found] == [journal, other]
    assert suggest_sources("Wall Street Journa", limit=1) == found[:1]


# --- What the extractor knows ---------------------------------------------------------------------


def test_the_extractor_knows_names_aliases_and_merged_names_by_the_one_that_stays(
    manon: User, journal: Source, django_assert_num_queries
) -> None:
    twin = sources.create_source(actor=manon, name="Dow Jones wire", now=NOW)
    merging.merge(actor=manon, source=twin, into=journal, now=NOW)
    sources.create_source(
        actor=manon, name="OpenAI", kind="official", aliases=["Open-AI Inc"], now=NOW
    )
    with django_assert_num_queries(2):
        names = known_names()
    text = "Selon le Journal de Wall Street, Dow Jones wire, et WSJ, Open-AI Inc ira bien."
    assert {named.name for named in names.find(text)} == {journal.name}
    assert len(names.find(text)) == 3


def test_a_host_that_is_no_name_means_the_source_whose_domain_it_is_on(journal: Source) -> None:
    for host in ("wsj.com", "www.wsj.com", "WSJ.com", "https://graphics.wsj.com/1"):
        assert find(host) == [journal], host
    assert find("dowjones.example") == [], "a domain above one of its own is not its own"
    assert find("x.com") == []
