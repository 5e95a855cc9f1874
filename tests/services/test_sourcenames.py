"""Aliases and domains: each has one owner, and everybody is told who that is."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories
from tests.services.desk import last_entry
from tests.services.rows import nothing_changes, refuses
from verification.models import LedgerEntry, Source, SourceAlias, SourceDomain, User
from verification.services import merging, records, sources
from verification.services.sourcenames import MOST, aliases_of, domains_of

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture
def manon() -> User:
    """A managing editor."""
    return factories.managing_editor()


@pytest.fixture
def journal(manon: User) -> Source:
    return create(manon, "The Wall Street Journal", aliases=["WSJ"], domains=["wsj.com"])


def create(actor: User, name: str, **fields: Any) -> Source:
    return sources.create_source(actor=actor, name=name, now=NOW, **fields)


def edit(actor: User, source: Source, **changes: Any) -> Source:
    return sources.edit_source(actor=actor, source=source, changes=changes, now=NOW)


def test_aliases_are_kept_as_typed_and_domains_as_they_are_compared(manon: User) -> None:
    source = create(
        manon,
        "The Wall Street Journal",
        aliases=["WSJ", " le Wall  Street Journal de New York ", "", "w.s.j."],
        domains=["https://www.WSJ.com/news", "wsj.com", "blogs.wsj.com"],
    )
    assert aliases_of(source) == ["le Wall Street Journal de New York", "WSJ"]
    assert domains_of(source) == ["blogs.wsj.com", "wsj.com"]
    assert last_entry().action == "source created"
    assert last_entry().content["aliases"] == ["le Wall Street Journal de New York", "WSJ"]
    assert last_entry().content["domains"] == ["blogs.wsj.com", "wsj.com"]


def test_an_edit_keeps_exactly_what_is_given_and_writes_it_down(
    manon: User, journal: Source
) -> None:
    before = records.revision()
    edit(manon, journal, aliases=["wsj", "Dow Jones"], domains=["wsj.com", "wsj.example"])
    assert aliases_of(journal) == ["Dow Jones", "wsj"]
    assert domains_of(journal) == ["wsj.com", "wsj.example"]
    assert (last_entry().action, last_entry().content) == (
        "source edited",
        {
            "slug": journal.slug,
            "aliases": ["Dow Jones", "wsj"],
            "domains": ["wsj.com", "wsj.example"],
        },
    )
    assert records.revision() > before, "the page says what it is also known as"
    edit(manon, journal, aliases=[])
    assert (aliases_of(journal), domains_of(journal)) == ([], ["wsj.com", "wsj.example"])


def test_an_edit_that_changes_no_name_writes_nothing(manon: User, journal: Source) -> None:
    with nothing_changes():
        edit(manon, journal, aliases=["WSJ"], domains=["www.wsj.com"])
        edit(manon, journal, name=journal.name)


def test_its_own_name_is_no_alias_before_or_after_a_change_of_it(
    manon: User, journal: Source
) -> None:
    edit(manon, journal, aliases=["WSJ", "the wall street journal"])
    assert aliases_of(journal) == ["WSJ"]
    edit(manon, journal, name="W.S.J.")
    assert aliases_of(journal) == []
    assert last_entry().content["aliases"] == []


# --- Whose it is already --------------------------------------------------------------------------


@pytest.mark.parametrize("alias", ["Wall Street Journal", "THE WALL STREET JOURNAL", "W.S.J."])
def test_an_alias_is_not_the_name_or_an_alias_of_another(
    manon: User, journal: Source, alias: str
) -> None:
    other = create(manon, "Le Monde")
    with refuses("aliases") as problems:
        edit(manon, other, aliases=[alias])
    assert journal.name in problems["aliases"][0]
    with refuses("aliases"):
        create(manon, "Le Figaro", aliases=[alias])


@pytest.mark.parametrize("name", ["WSJ", "wsj", "W.S.J.", "le WSJ"])
def test_no_source_takes_an_alias_of_another_for_its_name(
    manon: User, journal: Source, name: str
) -> None:
    other = create(manon, "Le Monde")
    with refuses("name") as problems:
        edit(manon, other, name=name)
    assert journal.name in problems["name"][0]
    with refuses("name"):
        create(manon, name)


def test_an_alias_may_differ_from_another_name_by_its_article(manon: User) -> None:
    create(manon, "The Times")
    angeles = create(manon, "Los Angeles Times", aliases=["LA Times"])
    assert aliases_of(angeles) == ["LA Times"]


def test_the_name_of_a_merged_source_is_an_alias_of_the_one_that_stays_only(
    manon: User, journal: Source
) -> None:
    twin, other = create(manon, "Wall St. Journal"), create(manon, "Le Monde")
    merging.merge(actor=manon, source=twin, into=journal, now=NOW)
    with refuses("aliases") as problems:
        edit(manon, other, aliases=["Wall St Journal"])
    assert journal.name in problems["aliases"][0]
    edit(manon, journal, aliases=["WSJ", "Wall St Journal"])
    assert aliases_of(journal) == ["Wall St Journal", "WSJ"]


@pytest.mark.parametrize(
    ("fields", "wrong", "says"),
    [
        ({"aliases": ["x" * 201]}, "aliases", "200"),
        ({"aliases": ["W\x00SJ"]}, "aliases", "Control"),
        ({"aliases": ["\ud800"]}, "aliases", "Control"),
        ({"aliases": [f"Name {n}" for n in range(MOST + 1)]}, "aliases", str(MOST)),
        ({"domains": [f"a{n}.example" for n in range(MOST + 1)]}, "domains", str(MOST)),
        ({"domains": ["wsj.com"]}, "domains", "The Wall Street Journal"),
        ({"domains": ["www.wsj.com", "co.uk"]}, "domains", "co.uk"),
        ({"domains": ["github.io"]}, "domains", "github.io"),
        ({"domains": ["https://x.com/WSJ"]}, "domains", "x.com"),
        ({"domains": ["127.0.0.1"]}, "domains", "127.0.0.1"),
        ({"domains": ["the paper"]}, "domains", "the paper"),
        ({"domains": ["\x00.com"]}, "domains", "domain"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_its_field_and_says_why(
    manon: User, journal: Source, fields: dict[str, Any], wrong: str, says: str
) -> None:
    other = create(manon, "Le Monde")
    with refuses(wrong) as problems:
        edit(manon, other, **fields)
    assert says in " ".join(problems[wrong])
    with refuses(wrong):
        create(manon, "Le Figaro", **fields)


def test_everything_that_is_wrong_is_told_at_once(manon: User, journal: Source) -> None:
    with refuses("name", "kind", "aliases", "domains") as problems:
        create(
            manon,
            "WSJ",
            kind="newspaper",
            aliases=["Wall Street Journal", "\x01"],
            domains=["wsj.com", "co.uk"],
        )
    assert len(problems["domains"]) == 2


# --- The home page --------------------------------------------------------------------------------


def test_the_domain_of_a_home_page_is_one_of_the_source_s(manon: User) -> None:
    source = create(manon, "Le Monde", homepage="https://www.lemonde.fr/")
    assert domains_of(source) == ["lemonde.fr"]
    edit(manon, source, homepage="https://lemonde.example")
    assert domains_of(source) == ["lemonde.example", "lemonde.fr"]
    edit(manon, source, domains=["lemonde.fr"])
    edit(manon, source, language="fr")
    assert domains_of(source) == ["lemonde.fr"], "what was taken out stays out"


@pytest.mark.parametrize(
    ("kind", "homepage"),
    [
        ("reporter", "https://www.lemonde.fr"),
        ("account", "https://someone.example"),
        ("outlet", "https://www.lemonde.fr/signataires/someone/"),
        ("outlet", "https://x.com"),
        ("outlet", "https://www.wsj.com"),
        ("outlet", ""),
    ],
)
def test_a_home_page_that_is_no_site_of_its_own_gives_no_domain(
    manon: User, journal: Source, kind: str, homepage: str
) -> None:
    assert domains_of(create(manon, "Someone", kind=kind, homepage=homepage)) == []
    assert domains_of(journal) == ["wsj.com"]


# --- Merging --------------------------------------------------------------------------------------


def test_a_merge_moves_aliases_and_domains(manon: User, journal: Source) -> None:
    twin = create(
        manon,
        "Dow Jones Newswires",
        aliases=["DJN", "Dow Jones"],
        domains=["dowjones.com", "blogs.wsj.com"],
    )
    merging.merge(actor=manon, source=twin, into=journal, now=NOW)
    assert aliases_of(journal) == ["DJN", "Dow Jones", "WSJ"]
    assert domains_of(journal) == ["blogs.wsj.com", "dowjones.com", "wsj.com"]
    assert (aliases_of(twin), domains_of(twin)) == ([], [])
    content = LedgerEntry.objects.latest("number").content
    assert content["aliases"] == ["DJN", "Dow Jones"]
    assert content["domains"] == ["blogs.wsj.com", "dowjones.com"]


def test_the_preview_of_a_merge_lists_what_moves_and_moves_nothing(
    manon: User, journal: Source
) -> None:
    twin = create(manon, "Dow Jones Newswires", aliases=["DJN"], domains=["dowjones.com"])
    with nothing_changes():
        effect = merging.preview(actor=manon, source=twin, into=journal, now=NOW)
    assert (effect.moves.aliases, effect.moves.domains) == (["DJN"], ["dowjones.com"])
    assert SourceAlias.objects.get(name="DJN").source == twin
    assert SourceDomain.objects.get(domain="dowjones.com").source == twin
