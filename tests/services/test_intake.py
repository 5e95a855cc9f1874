"""From a page or a text to the claims in it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError

from tests import factories
from tests.services.rows import nothing_changes
from verification.domain.dateline import DayFrom
from verification.domain.extraction import TEXT_MAX
from verification.models.choices import SourceKind
from verification.services import intake, sources
from verification.services.articlepages import CHILDREN_MAX, PIECE_MAX

pytestmark = pytest.mark.django_db

TODAY = date(2026, 4, 1)
CLAIM = "Nordica could buy Calix by Friday, the WSJ reported."
PAGE = """<!doctype html><html lang="en"><head><title>Nordica and Calix | The Wire</title>
<meta property="og:site_name" content="The Wire">
<meta property="article:published_time" content="2026-01-30T10:00:00+01:00"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article>
<h1>Two makers of pumps talk</h1>
<p>Nordica is in talks to buy its rival Calix for about $4bn, people familiar with the matter
said. Both of them make pumps for ships, and they have shared a depot in Lyon for many years.</p>
<p>Calix was founded in 2004 and has 3,200 employees. A deal could be announced next week, one of
the people said, though the price has been a matter of some dispute between the two families.</p>
</article><footer>All rights reserved</footer></body></html>"""


def demo_page() -> bytes:
    return (Path(intake.__file__).parent.parent / "demo" / "article.fr.html").read_bytes()


def test_the_demo_article_makes_the_six_claims() -> None:
    found = intake.extract(article=intake.read(demo_page()), today=TODAY)
    assert (found.language, found.outlet, found.published.isoformat()) == (
        "fr",
        "Press GPT",
        "2026-01-30",
    )
    told = [
        (re.search(about, each.statement) is not None, list(each.sources), each.hedge)
        for each, about in zip(
            found.candidates,
            [
                "centaine de milliards",
                "clôture de l'opération",
                "830 milliards",
                "fonds souverains",
                "Amazon .* au moins 50 milliards",
                "Nvidia, Microsoft et SoftBank",
            ],
            strict=True,
        )
    ]
    # Whom the page credits; what it credits to nobody is its own.
    assert told == [
        (True, [], "cherche à"),
        (True, [], "est attendue"),
        (True, [], "pourrait"),
        (True, [], "seraient"),
        (True, ["Wall Street Journal"], "pourrait"),
        (True, ["New York Times"], "discutent"),
    ]
    assert {each.deadline for each in found.candidates} == {date(2026, 3, 31)}


def test_a_page_tells_its_day_and_its_outlet() -> None:
    found = intake.extract(article=intake.read(PAGE), today=TODAY)
    assert (found.published, found.outlet) == (date(2026, 1, 30), "The Wire")
    first, second = found.candidates
    assert first.sources == ("The Wire",)
    assert second.deadline == date(2026, 2, 8)
    assert "Home" not in found.text
    for each in found.candidates:
        assert found.text[each.start : each.end] == each.span


def test_what_is_said_wins_over_the_page_and_the_page_over_today() -> None:
    page = intake.read(PAGE)
    found = intake.extract(
        article=page, today=TODAY, published=date(2026, 3, 2), outlet=" City  Post "
    )
    assert (found.published, found.outlet) == (date(2026, 3, 2), "City Post")
    assert intake.extract(article=intake.read(CLAIM), today=TODAY).published == TODAY


def test_a_pages_copyright_or_a_day_of_its_story_is_not_its_day() -> None:
    page = PAGE.replace("All rights reserved", "© 2025 The Wire").replace(
        '<meta property="article:published_time" content="2026-01-30T10:00:00+01:00">', ""
    )
    assert intake.read(page).published is None
    found = intake.extract(article=intake.read(page), today=TODAY)
    assert (found.published, found.dated) == (TODAY, DayFrom.TODAY)


def test_a_page_whose_day_is_still_ahead_says_nothing_of_its_day() -> None:
    ahead = PAGE.replace("2026-01-30", "2026-06-30")
    assert intake.extract(article=intake.read(ahead), today=TODAY).dated is DayFrom.TODAY


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        (f"<p>{CLAIM}</p>", CLAIM),
        ("<p>Nordica <b>could</b> buy\n <a href='/c'>Calix</a> by Friday.</p>",
         "Nordica could buy Calix by Friday."),
        ("<a href='/n'>Nordica</a> could buy Calix by Friday, the WSJ said.",
         "Nordica could buy Calix by Friday, the WSJ said."),
        (f"<?xml version='1.0' encoding='utf-8'?><p>{CLAIM}</p><p>It &amp; more.</p>",
         f"{CLAIM}\nIt & more."),
        (f"<nav><a href='/'>Home</a></nav><p>{CLAIM}</p><script>let a = 'A b c d e.';</script>",
         CLAIM),
    ],
)  # fmt: skip
def test_a_piece_of_html_is_read_as_it_stands(piece: str, text: str) -> None:
    assert intake.read(piece).text == text


@pytest.mark.parametrize(
    "page",
    [
        "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>",
        "<ul><li><a href='/1'>Nordica could buy Calix by Friday, the WSJ reported.</a></li></ul>",
        "<p>Home</p><p>Sport</p>",
        "<p></p>",
        "<div>\0</div>",
    ],
)
def test_html_without_a_sentence_of_its_own_is_no_article(page: str) -> None:
    with pytest.raises(ValidationError) as refused:
        intake.read(page)
    assert list(refused.value.message_dict) == ["text"]


@pytest.mark.parametrize(
    "inner",
    ["<p>a" * CHILDREN_MAX * 4, "<em>a</em> " * CHILDREN_MAX * 4, "<b><i>a</i></b>" * 9_999],
)
def test_a_page_of_endless_elements_is_refused_before_it_takes_long(inner: str) -> None:
    # What grows with the square would take half a minute here, and is not begun.
    page = f"<html><body><nav>{inner}</nav><article>{CLAIM * 3}</article>{' ' * PIECE_MAX}"
    with pytest.raises(ValidationError) as refused:
        intake.read(page)
    assert "too many elements" in refused.value.messages[0]


def test_a_piece_of_endless_elements_is_read_as_it_stands() -> None:
    assert intake.read(f"<div>{'<em>a</em> ' * 5_000}</div><p>{CLAIM}</p>").text.endswith(CLAIM)


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://press.example/a?b=1&amp;c=2">',
         "https://press.example/a?b=1&c=2"),
        ('<meta property="og:url" content=" https://press.example/1 ">', "https://press.example/1"),
        ('<meta property="og:url" content="https://press.example/og">'
         '<link rel="Canonical" href="https://press.example/link">', "https://press.example/link"),
        ('<link rel="canonical" href="/relative/1">', ""),
        ('<link rel="canonical" href="https://press.example/">', ""),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
        ('<link rel="canonical" href="ftp://press.example/1">', ""),
        ('<link rel="canonical" href="http://127.0.0.1/1">', ""),
        ('<link rel="canonical" href="https://me:secret@press.example/1">', ""),
        (f'<link rel="canonical" href="https://press.example/{"a" * 1000}">', ""),
    ],
)  # fmt: skip
def test_a_pasted_page_has_the_address_that_it_says_if_a_report_can_have_it(
    head: str, url: str
) -> None:
    assert intake.read(PAGE.replace("<meta", f"{head}<meta", 1)).url == url


def test_a_text_is_read_as_it_is() -> None:
    text = f"  \n\n{CLAIM}\n"
    found = intake.extract(article=intake.read(text), today=TODAY)
    assert found.text == text
    assert found.candidates[0].start == 4


def test_bytes_of_an_old_windows_are_read_too() -> None:
    text = "D’après L’Équipe, Solano devrait signer à Lyon jeudi."
    assert intake.read(text.encode("cp1252")).text == text
    assert intake.read(text.encode("utf-8-sig")).text == text


def test_the_newsrooms_sources_are_known_by_its_own_names() -> None:
    journal = factories.SourceFactory.create(name="The Wall Street Journal")
    factories.SourceFactory.create(name="Quick Wire", merged_into=journal)
    factories.SourceFactory.create(name="Calix", kind=SourceKind.OFFICIAL)
    actor = factories.reporter()
    found = intake.propose(actor=actor, today=TODAY, text=CLAIM)
    assert found.candidates[0].sources == ("The Wall Street Journal",)
    text = "Nordica is close to a sale, Quick Wire reported."
    found = intake.propose(actor=actor, today=TODAY, text=text)
    assert found.candidates[0].sources == ("The Wall Street Journal",)


def test_only_who_may_log_a_claim_may_have_one_proposed() -> None:
    with pytest.raises(PermissionDenied):
        intake.propose(actor=factories.UserFactory.create(), today=TODAY, text=CLAIM)


def test_nothing_is_written() -> None:
    actor = factories.reporter()
    with nothing_changes():
        assert intake.propose(actor=actor, today=TODAY, text=CLAIM).candidates


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "text"),
        ({"text": " \n"}, "text"),
        ({"text": CLAIM, "url": "https://example.org/a"}, "url"),
        ({"url": "https://example.org/a"}, "url"),
        ({"text": "a" * (TEXT_MAX + 1)}, "text"),
        ({"text": "<!doctype html><title>Nothing</title><nav>Home</nav>"}, "text"),
        ({"text": CLAIM, "outlet": "\x00"}, "outlet"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_field(sent: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        intake.propose(actor=factories.reporter(), today=TODAY, **sent)
    assert list(refused.value.message_dict) == [field]


# --- Whose page it is -----------------------------------------------------------------------------

#: How a page's outlet may be given, and how its text may credit that outlet.
PAIRS = [
    ("eurogamer.net", "Eurogamer", "Eurogamer"),
    ("Eurogamer.net", "Eurogamer", "Eurogamer.net"),
    ("lemonde.fr", "Le Monde", "Le Monde"),
    ("The Wall Street Journal", "the WSJ", "The Wall Street Journal"),
    ("theverge.com", "The Verge", "The Verge"),
    ("lequipe.fr", "L\u2019\u00c9quipe", "L'\u00c9quipe"),
]


def credits(who: str) -> str:
    return f"Nordica could buy Calix by Friday, {who} reported."


@pytest.mark.parametrize(("outlet", "credited", "called"), PAIRS)
def test_an_outlet_that_credits_itself_is_one_source(
    outlet: str, credited: str, called: str
) -> None:
    known = intake.known_names()
    for given in (
        intake.extract(
            article=intake.read(credits(credited)), today=TODAY, outlet=outlet, names=known
        ),
        intake.extract(article=intake.read(credits(credited)), today=TODAY, outlet=outlet),
    ):
        assert given.outlet == called
        assert given.candidates[0].sources == (called,)


def test_the_host_of_an_address_is_a_last_resort_and_no_second_source() -> None:
    actor = factories.reporter()
    ask = {"actor": actor, "today": TODAY, "address": "https://www.eurogamer.net/1"}

    own = intake.propose(text=credits("Eurogamer"), **ask)
    relayed = intake.propose(text=credits("Bloomberg"), **ask)

    assert (own.outlet, own.candidates[0].sources) == ("Eurogamer", ("Eurogamer",))
    assert (relayed.outlet, relayed.candidates[0].sources) == ("Eurogamer", ("Bloomberg",))
    unknown = intake.propose(text=credits("Bloomberg"), **(ask | {"address": "https://nobody.fr"}))
    assert unknown.outlet == "nobody.fr"
    on_x = intake.propose(text=CLAIM, **(ask | {"address": "https://x.com/someone/1"}))
    assert on_x.outlet == "", "a platform is nobody's outlet"


def test_the_newsrooms_aliases_and_domains_say_whose_page_it_is() -> None:
    sources.create_source(
        actor=factories.managing_editor(),
        name="The Daily Whale",
        aliases=["Whale+"],
        domains=["dw-news.example"],
        now=factories.NOW,
    )
    actor = factories.reporter()
    for outlet in ("Whale+", "the daily whale", "dw-news.example", "https://m.dw-news.example/1"):
        found = intake.propose(
            actor=actor, today=TODAY, text=credits("The Daily Whale"), outlet=outlet
        )
        assert (found.outlet, found.candidates[0].sources) == (
            "The Daily Whale",
            ("The Daily Whale",),
        ), outlet


def test_two_sources_that_the_newsroom_keeps_apart_stay_two() -> None:
    for name in ("BBC", "BBC News"):
        factories.SourceFactory.create(name=name)

    found = intake.propose(
        actor=factories.reporter(), today=TODAY, text=credits("the BBC"), outlet="BBC News"
    )

    assert (found.outlet, found.candidates[0].sources) == ("BBC News", ("BBC",))


def test_who_may_not_see_internal_sources_is_not_told_of_one_by_its_domain() -> None:
    hidden = sources.create_source(
        actor=factories.managing_editor(),
        name="Deep Whale",
        domains=["whale.example"],
        now=factories.NOW,
    )
    factories.claim(reports=[factories.report_draft(hidden)], public=False)
    actor = factories.UserFactory.create()
    actor.user_permissions.add(Permission.objects.get(codename="add_claim"))

    found = intake.propose(actor=actor, today=TODAY, text=CLAIM, address="https://whale.example/1")

    assert found.outlet == "whale.example"


def test_the_first_line_of_a_text_is_its_headline() -> None:
    text = f"Nordica nears a deal for Calix\n\n{CLAIM}"

    assert intake.read(text).title == "Nordica nears a deal for Calix"
    assert intake.read(text).text == text, "the places are places in the text as it was given"
    assert intake.read(CLAIM).title == ""
