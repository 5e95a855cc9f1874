"""Sources and beats: made, changed, and found by slug or name."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests import factories
from tests.services.desk import RANKS, last_entry, somebody
from tests.services.rows import nothing_changes, refuses
from verification.models import Beat, Source, User
from verification.services import sources

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture
def manon() -> User:
    """A managing editor."""
    return factories.managing_editor()


def create(actor: User, name: str = "The Wall Street Journal", **fields: Any) -> Source:
    return sources.create_source(actor=actor, name=name, now=NOW, **fields)


def test_a_source_is_made_with_an_address_of_its_own(manon: User) -> None:
    outlet = create(manon, " The  Wall Street\nJournal ", homepage="HTTPS://www.wsj.com")
    assert (outlet.name, outlet.slug) == ("The Wall Street Journal", "the-wall-street-journal")
    assert (outlet.kind, outlet.homepage) == ("outlet", "https://www.wsj.com")
    reporter = create(manon, "Berber Jin", kind="reporter", language="en", outlet=outlet)
    assert (reporter.outlet, reporter.kind) == (outlet, "reporter")
    assert (last_entry().action, last_entry().actor) == ("source created", manon)
    assert last_entry().content == {
        "slug": "berber-jin",
        "name": "Berber Jin",
        "kind": "reporter",
        "homepage": "",
        "language": "en",
        "outlet": "the-wall-street-journal",
    }


def test_names_that_share_an_address_are_numbered(manon: User) -> None:
    names = ["9to5Mac", "9to5 Mac", "9to5-Mac", "9TO5.Mac"]
    slugs = [create(manon, name).slug for name in names]
    assert len(set(slugs)) == 4


def test_a_long_name_has_an_address_cut_at_a_word(manon: User) -> None:
    slug = create(manon, "word " * 40).slug
    assert len(slug) <= 100
    assert set(slug.split("-")) == {"word"}


@pytest.mark.parametrize("name", ["明日", "🚀", "«»"])
def test_a_name_without_latin_letters_has_an_address_too(manon: User, name: str) -> None:
    assert create(manon, name).slug == "source"
    assert sources.create_beat(actor=manon, name=name, now=NOW).slug == "beat"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": " \n"}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "The\x00Journal"}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"kind": "newspaper"}, "kind"),
        ({"homepage": "javascript:alert(1)"}, "homepage"),
        ({"homepage": "www.wsj.com"}, "homepage"),
        ({"language": "x" * 11}, "language"),
        ({"slug": "Not a slug"}, "slug"),
        ({"slug": "a\x00b"}, "slug"),
        ({"slug": "taken"}, "slug"),
        ({"name": "TAKEN"}, "name"),
    ],
)
def test_a_wrong_source_is_refused_by_its_field(
    manon: User, fields: dict[str, Any], wrong: str
) -> None:
    create(manon, "Taken")
    with refuses(wrong):
        create(manon, **fields)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "\x00"}, "name"),
        ({"name": "TAKEN"}, "name"),
        ({"name": "New", "slug": "taken"}, "slug"),
        ({"name": "New", "slug": "not a slug"}, "slug"),
    ],
)
def test_a_wrong_beat_is_refused_by_its_field(
    manon: User, fields: dict[str, Any], wrong: str
) -> None:
    sources.create_beat(actor=manon, name="Taken", now=NOW)
    with refuses(wrong):
        sources.create_beat(actor=manon, now=NOW, **fields)


def test_an_edit_writes_what_changed_and_keeps_the_address(manon: User) -> None:
    source = create(manon)
    edited = sources.edit_source(
        actor=manon,
        source=source,
        changes={"name": "WSJ", "kind": "outlet", "language": "en"},
        now=NOW,
    )
    assert (edited.name, edited.slug) == ("WSJ", "the-wall-street-journal")
    assert last_entry().action == "source edited"
    assert last_entry().content == {"slug": edited.slug, "name": "WSJ", "language": "en"}
    beat = sources.create_beat(actor=manon, name="Tech", now=NOW)
    edited_beat = sources.edit_beat(actor=manon, beat=beat, changes={"editor": manon}, now=NOW)
    assert (edited_beat.editor, edited_beat.slug) == (manon, "tech")
    assert last_entry().content == {"slug": "tech", "editor": manon.username}


def test_an_edit_that_changes_nothing_writes_nothing(manon: User) -> None:
    source = create(manon)
    beat = sources.create_beat(actor=manon, name="Tech", now=NOW)
    with nothing_changes():
        sources.edit_source(actor=manon, source=source, changes={"name": source.name}, now=NOW)
        sources.edit_beat(actor=manon, beat=beat, changes={"name": " Tech "}, now=NOW)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"slug": "another"}, "slug"),
        ({"name": ""}, "name"),
        ({"name": "taken"}, "name"),
        ({"homepage": "javascript:alert(1)"}, "homepage"),
        ({"kind": "newspaper"}, "kind"),
    ],
)
def test_a_wrong_edit_is_refused(manon: User, changes: dict[str, object], wrong: str) -> None:
    create(manon, "Taken")
    source = create(manon)
    with refuses(wrong):
        sources.edit_source(actor=manon, source=source, changes=changes, now=NOW)


def test_a_source_cannot_be_its_own_outlet(manon: User) -> None:
    source = create(manon)
    with refuses("outlet"):
        sources.edit_source(actor=manon, source=source, changes={"outlet": source}, now=NOW)


# --- Found by slug or name ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["the-wall-street-journal", "The Wall Street Journal", " the wall  street JOURNAL "]
)
def test_a_source_is_found_by_slug_or_by_name_in_any_letters(manon: User, name: str) -> None:
    source = create(manon)
    nobody = factories.UserFactory.create()
    assert sources.source_named(actor=nobody, name=name, now=NOW) == source


@pytest.mark.parametrize("name", ["tech", "Tech", " TECH "])
def test_a_beat_is_found_by_slug_or_by_name_in_any_letters(manon: User, name: str) -> None:
    beat = sources.create_beat(actor=manon, name="Tech", now=NOW)
    nobody = factories.UserFactory.create()
    assert sources.beat_named(actor=nobody, name=name, now=NOW) == beat


def test_a_slug_goes_before_a_name(manon: User) -> None:
    by_slug = create(manon, "The Journal", slug="wsj")
    create(manon, "WSJ")
    assert sources.source_named(actor=manon, name="wsj", now=NOW) == by_slug


def test_an_unknown_source_is_made_where_the_actor_may(manon: User) -> None:
    reporter = factories.reporter()
    made = sources.source_named(actor=reporter, name=" Le  Monde ", now=NOW)
    assert (made.name, made.kind) == ("Le Monde", "outlet")
    made_beat = sources.beat_named(actor=manon, name=" Games &  film ", now=NOW)
    assert (made_beat.name, made_beat.slug) == ("Games & film", "games-film")


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "Le\x00Monde", "\udfff"])
def test_a_name_that_cannot_be_is_refused_by_the_field_that_was_asked(
    manon: User, name: str
) -> None:
    with refuses("reports.0.source"):
        sources.source_named(actor=manon, name=name, now=NOW, field="reports.0.source")
    with refuses("beat"):
        sources.beat_named(actor=manon, name=name, now=NOW)


def test_who_may_not_make_it_is_told_what_there_is(manon: User) -> None:
    sources.create_beat(actor=manon, name="Games & film", now=NOW)
    reporter, nobody = factories.reporter(), factories.UserFactory.create()
    with refuses("beat") as problems:
        sources.beat_named(actor=reporter, name="Music", now=NOW)
    assert "Games & film" in problems["beat"][0]
    with refuses("source") as problems:
        sources.source_named(actor=nobody, name="Le Monde", now=NOW)
    assert "Le Monde" in problems["source"][0]


# --- Who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("rank", RANKS)
@pytest.mark.parametrize(
    ("act", "lowest"),
    [
        ("create_source", "reporter"),
        ("edit_source", "editor"),
        ("create_beat", "managing editor"),
        ("edit_beat", "managing editor"),
    ],
)
def test_who_may_do_what(rank: str, act: str, lowest: str) -> None:
    source, beat = factories.SourceFactory.create(), factories.BeatFactory.create()
    user = somebody(rank)
    acts = {
        "create_source": lambda: sources.create_source(actor=user, name="New", now=NOW),
        "edit_source": lambda: sources.edit_source(
            actor=user, source=source, changes={"name": "New"}, now=NOW
        ),
        "create_beat": lambda: sources.create_beat(actor=user, name="New", now=NOW),
        "edit_beat": lambda: sources.edit_beat(
            actor=user, beat=beat, changes={"name": "New"}, now=NOW
        ),
    }
    if RANKS.index(rank) >= RANKS.index(lowest):
        acts[act]()
        assert (Source if "source" in act else Beat).objects.filter(name="New").exists()
        assert last_entry().actor == user
    else:
        with nothing_changes(), pytest.raises(PermissionDenied):
            acts[act]()
