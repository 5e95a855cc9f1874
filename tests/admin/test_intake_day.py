"""The day that an article's times are counted from: told in plain sight, mended without loss."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.admin.intake import ARTICLE, PAGE, faults, log, read, typed
from verification.models import Beat, Claim, Report

STORY = (
    "Nordica could buy Calix by the end of next month, the Financial Times reported.\n\n"
    "Vega is in talks to sell its Lyon plant by 30 June 2026, Bloomberg reported.\n\n"
    "Orbit may close a yard within weeks, Reuters reported.\n"
)
PRINTED = f"Nordica nears a deal\n\nPARIS, Oct 30 (Reuters) - {STORY}"


def said(response: Any) -> str:
    return " ".join(response.content.decode().split())


def days(response: Any, field: str = "deadline") -> list[str]:
    return [card.typed(field) for card in response.context["sheet"].cards]


def look(client: Any, sheet: Any, **changes: Any) -> Any:
    return client.post(PAGE, typed(sheet, do="look", **changes))


# --- Which day, and why ---------------------------------------------------------------------------


def test_the_day_that_the_text_prints_is_counted_from_and_said(desk: Any, beat: Beat) -> None:
    response = read(desk(), PRINTED, published="")

    assert "Published Oct. 30, 2025 (as printed)" in said(response).replace(
        "30 October 2025", "Oct. 30, 2025"
    )
    assert days(response)[0] == "2025-11-30"
    [row] = response.context["sheet"].cards[0].reports.formset.forms[:1]
    assert row["published_on"].value() == "2025-10-30"


@pytest.mark.parametrize(
    ("text", "published", "words"),
    [
        (STORY, "", "No date found: today, 1 April 2026"),
        (PRINTED, "2026-02-01", "Published 1 February 2026 (as set by hand)"),
        (
            '<html><head><meta property="article:published_time" content="2026-03-02"></head><body>'
            f"<article><p>{STORY * 2}</p></article></body></html>",
            "",
            "Published 2 March 2026 (from the page)",
        ),
    ],
)
def test_the_sheet_says_why_it_is_of_its_day(
    desk: Any, beat: Beat, text: str, published: str, words: str
) -> None:
    response = read(desk(), text, published=published)

    assert words in said(response)
    assert ("check: “next week” is counted from it" in said(response)) is (
        not published and text == STORY
    )


def test_what_is_read_again_is_of_the_same_day_for_the_same_reason(desk: Any, beat: Beat) -> None:
    client = desk()
    for published, words in (("", "as printed"), ("2026-02-01", "as set by hand")):
        sheet = read(client, PRINTED, published=published)
        again = client.post(PAGE, typed(sheet, do="read"))
        assert f"({words})" in said(again)
        assert days(again) == days(sheet)


# --- Another day ----------------------------------------------------------------------------------


def test_another_day_moves_what_was_read_and_keeps_what_was_typed(desk: Any, beat: Beat) -> None:
    client = desk("reporter")
    sheet = read(client, STORY, published="")
    assert days(sheet)[:2] == ["2026-05-31", "2026-06-30"]
    added = client.post(PAGE, typed(sheet, do="add"))
    place = added.context["sheet"].count - 1

    mended = look(
        client,
        added,
        published="2025-10-30",
        c0_statement="Nordica will own Calix.",
        c0_tick="on",
        c0_beat="Deals",
        c1_deadline="2026-07-31",
        **{f"c{place}_statement": "By hand.", f"c{place}_deadline": "2026-09-09"},
    )

    cards = mended.context["sheet"].cards
    assert days(mended)[:2] == ["2025-11-30", "2026-07-31"]
    assert days(mended)[2].startswith("2025-1"), "a vague window is counted anew as well"
    assert (cards[0].typed("statement"), cards[0].ticked) == ("Nordica will own Calix.", True)
    assert cards[0].typed("beat") == "Deals"
    assert "by 30 November 2025" in cards[0].typed("criteria")
    assert "“by the end of next month”" in cards[0].typed("criteria")
    assert cards[0].typed("deadline_basis") == "source"
    assert (cards[-1].typed("statement"), days(mended)[-1]) == ("By hand.", "2026-09-09")
    assert "2 deadlines moved" in said(mended)
    assert "Published 30 October 2025 (as set by hand)" in said(mended)


def test_days_of_reports_follow_unless_somebody_set_them(desk: Any, beat: Beat) -> None:
    client = desk()
    sheet = read(client, STORY, published="")

    mended = look(client, sheet, published="2026-03-30", c0_reports_0_published_on="2026-03-28")

    origin, relay = mended.context["sheet"].cards[0].reports.formset.forms
    assert origin["published_on"].value() == "2026-03-28"
    assert relay["published_on"].value() == "2026-03-30"


def test_criteria_that_somebody_wrote_stay_and_the_other_day_is_told(desk: Any, beat: Beat) -> None:
    client = desk()
    wrote = "Confirmed if it is signed by 31 May 2026."

    mended = look(
        client, read(client, STORY, published=""), published="2025-10-30", c0_criteria=wrote
    )

    [card] = mended.context["sheet"].cards[:1]
    assert card.typed("criteria") == wrote
    assert card.other_days


def test_a_day_that_an_editor_mended_rightly_is_the_sources_once_the_article_is_of_its_day(
    desk: Any, beat: Beat
) -> None:
    client = desk()
    moved = look(client, read(client, STORY, published=""), c0_deadline="2025-11-30")
    assert days(moved, "deadline_basis")[0] == "newsroom"

    mended = look(client, moved, published="2025-10-30")

    [card] = mended.context["sheet"].cards[:1]
    assert (card.typed("deadline"), card.typed("deadline_basis")) == ("2025-11-30", "source")
    assert card.typed("deadline_text") == "by the end of next month"


def test_a_claim_of_selected_words_is_counted_anew_too(desk: Any, beat: Beat) -> None:
    client = desk()
    sheet = read(client, STORY, published="")
    made = client.post(PAGE, typed(sheet, do="add", selected=STORY.splitlines()[0]))
    assert days(made)[-1] == "2026-05-31"

    assert days(look(client, made, published="2025-10-30"))[-1] == "2025-11-30"


def test_nothing_is_logged_of_a_day_that_nobody_has_seen_yet(desk: Any, beat: Beat) -> None:
    client = desk()
    sheet = read(client, STORY, published="")

    asked = log(client, sheet, published="2026-03-30", c0_tick="on", c0_beat=beat.name)

    assert Claim.objects.count() == 0
    assert faults(asked) == [
        ("", "The article is of another day now: look at its deadlines, then log it.")
    ]
    log(client, asked)
    claim = Claim.objects.get()
    assert claim.deadline == date(2026, 4, 30)
    assert set(claim.reports.values_list("published_on", flat=True)) == {date(2026, 3, 30)}


@pytest.mark.parametrize("emptied", ["", "  "])
def test_a_day_that_was_emptied_is_as_it_was(desk: Any, beat: Beat, emptied: str) -> None:
    client = desk()
    mended = look(client, read(client, PRINTED, published=""), published=emptied)

    assert mended.context["sheet"].data["published"] == "2025-10-30"
    assert "(as printed)" in said(mended)


@pytest.mark.parametrize(
    "changes",
    [
        {"published": "2026-02-30"},
        {"counted": "soon", "published": "2026-02-03"},
        {"dated": "nobody", "published": "2026-02-03"},
        {"counted": None, "dated": None},
        {"published": "0001-01-01"},
        {"published": "9999-12-31"},
        {"published": "2026-02-03", "c0_start": "900", "c0_end": "20"},
        {"published": "2026-02-03", "c0_said": "["},
        {"published": "2026-02-03", "text": "a " * 200_000},
    ],
)
def test_what_a_browser_made_up_breaks_nothing(
    desk: Any, beat: Beat, changes: dict[str, Any]
) -> None:
    client = desk()
    assert look(client, read(client, STORY, published=""), **changes).status_code == 200


def test_the_queries_do_not_grow_with_the_claims(
    desk: Any, beat: Beat, django_assert_max_num_queries: Any
) -> None:
    client = desk()
    sheet = read(client, STORY, published="")
    with django_assert_max_num_queries(40):
        look(client, sheet, published="2026-03-30")


# --- Address, headline, outlet --------------------------------------------------------------------


def test_a_mended_outlet_address_and_headline_go_into_the_reports(desk: Any, beat: Beat) -> None:
    client = desk()
    sheet = read(client)

    mended = look(
        client,
        sheet,
        outlet="The Wire",
        url="https://wire.example/2",
        title="Mended",
        c0_statement="Typed.",
        c1_reports_1_headline="My own",
    )

    one, other = mended.context["sheet"].cards
    assert one.typed("statement") == "Typed."
    origin, relay = one.reports.formset.forms
    assert (origin["source"].value(), origin["url"].value()) == ("Financial Times", None)
    assert [relay[name].value() for name in ("source", "via", "url", "headline")] == [
        "The Wire", "Financial Times", "https://wire.example/2", "Mended",
    ]  # fmt: skip
    assert other.reports.formset.forms[1]["headline"].value() == "My own"


def test_an_outlet_that_nobody_knew_brings_the_pages_report(desk: Any, beat: Beat) -> None:
    client = desk()
    sheet = read(client, ARTICLE, outlet="", url="")
    assert len(sheet.context["sheet"].cards[0].rows) == 1

    log(client, sheet, outlet="The Wire", c0_tick="on", c0_beat=beat.name)

    relay = Report.objects.get(source__name="The Wire")
    assert relay.via is not None
    assert (relay.via.name, relay.hedge) == ("Financial Times", "could")


# --- Pasted HTML ----------------------------------------------------------------------------------


def test_a_pasted_page_is_known_again_by_the_address_that_it_says(desk: Any, beat: Beat) -> None:
    page = (
        '<html><head><link rel="canonical" href="https://press.example/deal"></head><body>'
        f"<article><p>{ARTICLE}</p></article></body></html>"
    )
    client = desk()

    sheet = read(client, page, url="")
    assert sheet.context["sheet"].data["url"] == "https://press.example/deal"
    log(client, sheet, c0_tick="on", c0_beat=beat.name)

    assert "Already logged from this article as" in said(read(client, page, url=""))
    typed_address = read(client, page, url="https://press.example/mine").context["sheet"]
    assert typed_address.data["url"] == "https://press.example/mine"
