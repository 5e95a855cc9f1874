"""The intake page: an article is read into a sheet of claims, and what is ticked is logged."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.admin.conftest import TODAY
from tests.admin.intake import ABOUT, ARTICLE, PAGE, faults, log, read, typed
from tests.hostile.payloads import PAYLOADS
from verification.admin.intake_sheet import MOST
from verification.domain.extraction import TEXT_MAX
from verification.models import Beat, Claim, LedgerEntry, Snapshot, Source, SourceAlias
from verification.models.choices import KeptHow
from verification.services import intake
from verification.services.articlepages import Article

# --- Reading --------------------------------------------------------------------------------------


def test_an_article_is_read_into_a_sheet_and_nothing_is_written(desk: Any, beat: Beat) -> None:
    before = LedgerEntry.objects.count()

    first, second = read(desk("reporter")).context["sheet"].cards

    assert first.typed("statement") == "Nordica could buy Calix for $4bn by 30 June 2026."
    assert (first.typed("deadline"), first.typed("deadline_basis")) == ("2026-06-30", "source")
    assert "“by 30 June 2026”" in first.typed("criteria")
    assert second.typed("deadline_text") == "by the end of May"
    assert not first.ticked
    assert (Claim.objects.count(), Source.objects.count()) == (0, 0)
    assert LedgerEntry.objects.count() == before


def test_who_is_credited_is_the_origin_and_the_page_a_relay_of_it(desk: Any, beat: Beat) -> None:
    card = read(desk()).context["sheet"].cards[0]

    origin, relay = (
        {name: row[name].value() for name in row.fields} for row in card.reports.formset.forms
    )
    assert (origin["source"], origin["via"], origin["url"]) == ("Financial Times", None, None)
    assert (relay["source"], relay["via"]) == ("Press GPT", "Financial Times")
    assert (relay["url"], relay["headline"]) == ("https://press.example/1", "Two deals")
    assert (relay["hedge"], relay["published_on"]) == ("could", "2026-03-30")
    assert origin["published_on"] == "2026-03-30"


def test_the_demo_article_is_read_as_pasted_and_as_a_file(desk: Any, beat: Beat) -> None:
    page = Path(intake.__file__).parent.parent / "demo" / "article.fr.html"
    client = desk()

    pasted = client.post(PAGE, {"do": "read", "text": page.read_text(encoding="utf-8")})
    file = SimpleUploadedFile("article.html", page.read_bytes())
    loaded = client.post(PAGE, {"do": "read", "text": "", "file": file})

    for response in (pasted, loaded):
        sheet = response.context["sheet"]
        assert sheet.count == 6
        assert sheet.data["outlet"] == "Press GPT"
        assert sheet.cards[0].typed("criteria").startswith("Confirmée si")


def test_a_vague_window_is_to_be_checked_and_nobodys_promise(desk: Any, beat: Beat) -> None:
    response = read(desk(), "Nordica could buy Calix within weeks, Bloomberg reported.")

    [card] = response.context["sheet"].cards
    assert card.vague
    assert card.typed("deadline_basis") == "newsroom"
    assert "vague: check" in response.content.decode()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "text"),
        ({"url": "http://127.0.0.1/1"}, "url"),
        ({"text": "word " * (TEXT_MAX // 5 + 1)}, "text"),
        ({"text": ARTICLE, "published": "2026-02-30"}, "published"),
        ({"text": ARTICLE, "language": "de"}, "language"),
        ({"file": SimpleUploadedFile("article.pdf", b"%PDF")}, "file"),
        ({"text": "<html><body></body></html>"}, "text"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(
    desk: Any, sent: dict[str, Any], field: str
) -> None:
    response = desk().post(PAGE, {"do": "read", "text": "", **sent})

    assert list(response.context["form"].errors) == [field]
    assert response.context["faults"]


def test_an_address_in_the_query_stands_in_the_form_and_is_not_read(desk: Any) -> None:
    response = desk().get(PAGE, {"url": "https://press.example/1"})

    assert response.context["form"]["url"].value() == "https://press.example/1"
    assert "sheet" not in response.context


def test_the_beat_is_that_of_claims_that_are_alike_else_the_last_one(desk: Any) -> None:
    client = desk()
    deals, cars = (factories.BeatFactory.create(name=name) for name in ("Deals", "Cars"))
    factories.claim(beat=deals, statement="Nordica will buy Calix for $4bn.")
    factories.claim(beat=cars, actor=client.user, statement="Something else entirely.")

    known = read(client)
    unknown = read(client, "Zorro may open a shop in Paris by June 2027, Reuters reported.")

    alike, _other = known.context["sheet"].cards
    [unlike] = unknown.context["sheet"].cards
    assert alike.typed("beat") == "Deals"
    assert unlike.typed("beat") == "Cars"
    told = "the one you used last: check"
    assert (told in known.content.decode(), told in unknown.content.decode()) == (False, True)


def test_a_beat_for_which_little_speaks_is_to_be_checked_until_one_is_typed(desk: Any) -> None:
    client = desk()
    for name in ("Football", "Cars"):
        factories.BeatFactory.create(name=name)
    text = "Zorro may open a stadium by June 2027, Reuters reported."

    sheet = read(client, text)
    added = client.post(PAGE, typed(sheet, do="add"))
    mended = client.post(PAGE, typed(sheet, do="look", c0_beat="Cars"))
    for_all = client.post(PAGE, typed(added, do="all", all_beat="Football"))

    assert sheet.context["sheet"].cards[0].typed("beat") == "Football"
    marks = [
        one.content.decode().count("a guess: check") for one in (sheet, added, mended, for_all)
    ]
    assert marks == [1, 2, 0, 0]


def test_a_text_without_a_claim_says_so(desk: Any) -> None:
    response = read(desk(), "Mix the flour and the eggs. Bake for an hour.")

    page = response.content.decode()
    assert response.context["sheet"].count == 0
    assert "No claim was found in it" in page
    assert "Tick what is worth following" not in page
    assert "Log the ticked claims" not in page
    assert re.search(r'class="button primary" name="do" value="add"', page)
    assert 'value="log"' in read(desk()).content.decode()


def test_what_could_not_be_read_is_told_as_that(desk: Any) -> None:
    page = read(desk(), "<nav><a href='/'>Home</a></nav>").content.decode()

    assert "The article was not read." in page
    assert "Nothing was saved yet." not in page


# --- Logging --------------------------------------------------------------------------------------


def test_what_is_ticked_is_logged_and_nothing_else(desk: Any, beat: Beat) -> None:
    client = desk("reporter")
    sheet = read(client)

    response = log(client, sheet, c1_tick="on", c1_beat="ai & tech business", c1_public=None)

    claim = Claim.objects.get()
    assert claim.statement == "Vega is in talks to sell its Lyon plant by the end of May."
    assert (claim.beat, claim.assignee, claim.public) == (beat, client.user, False)
    assert (claim.deadline, claim.deadline_precision) == (date(2026, 5, 31), "month")
    assert [(row.source.name, row.via and row.via.name) for row in claim.reports.all()] == [
        ("Bloomberg", None),
        ("Press GPT", "Bloomberg"),
    ]
    page = client.get(response["Location"]).content.decode()
    assert f"/admin/verification/claim/{claim.pk}/change/" in page
    assert "1 claim is logged" in page


def test_one_fault_keeps_everything_out_and_is_told_at_its_claim(desk: Any, beat: Beat) -> None:
    client = desk("reporter")

    response = log(
        client,
        read(client),
        c0_tick="on",
        c0_beat=beat.name,
        c1_tick="on",
        c1_beat="Nowhere",
        c1_statement="Mended by hand.",
        c0_reports_0_url="javascript:alert(1)",
        c1_assignee="nemo",
    )

    assert not Claim.objects.exists()
    told = faults(response)
    assert {label for label, _message in told} == {"1. Address", "2. Beat", "2. Assignee"}
    assert "Mended by hand." in response.content.decode(), "what was typed is kept"


def test_what_is_not_ticked_may_be_wrong(desk: Any, beat: Beat) -> None:
    client = desk()
    sheet = read(client)
    wrong = {"c1_statement": "", "c1_deadline": "soon"}

    refused = log(client, sheet, c0_tick="on", c0_beat="Nowhere", **wrong)
    log(client, sheet, c0_tick="on", c0_beat=beat.name, **wrong)

    assert refused.context["sheet"].cards[1].form.errors == {}
    assert Claim.objects.count() == 1


def test_nothing_ticked_is_told(desk: Any, beat: Beat) -> None:
    client = desk()

    assert faults(log(client, read(client))) == [("", "Tick the claims that are to be logged.")]


def test_a_sheet_that_is_sent_twice_logs_once(desk: Any, beat: Beat) -> None:
    client = desk()
    sheet = read(client)
    one = {"c0_tick": "on", "c0_beat": beat.name}

    first = log(client, sheet, **one)
    again = log(client, sheet, **one)
    more = log(client, sheet, **one, c1_tick="on", c1_beat=beat.name)

    assert first["Location"] == again["Location"] == more["Location"]
    assert Claim.objects.count() == 2
    assert "were not logged again" in client.get(more["Location"]).content.decode()


def test_a_sheet_is_its_readers_and_of_its_day(desk: Any, beat: Beat) -> None:
    client, other = desk(), desk()
    sheet = read(client)
    changes = {"c0_tick": "on", "c0_beat": beat.name}

    stolen = log(other, sheet, **changes)
    forged = log(client, sheet, **changes, key="forged")
    with time_machine.travel(TODAY + timedelta(days=1, seconds=1), tick=False):
        old = log(client, sheet, **changes)
        assert not Claim.objects.exists()
        log(client, old)

    for response in (stolen, forged, old):
        assert "older than a day" in faults(response)[0][1]
    assert Claim.objects.count() == 1, "it is sent again with its new key"


def test_who_may_add_no_source_is_told_at_the_report(desk: Any, beat: Beat) -> None:
    client = desk("reporter")
    group = client.user.groups.get()
    group.permissions.remove(group.permissions.get(codename="add_source"))
    sheet = read(client)

    response = log(client, sheet, c0_tick="on", c0_beat=beat.name)

    assert "you may not add sources" in sheet.content.decode()
    assert ("1. Source", "There is no source “Press GPT”, and you may not add one.") in faults(
        response
    )


@pytest.mark.parametrize("role", ["", "no add"])
def test_who_may_not_log_is_turned_away(desk: Any, beat: Beat, role: str) -> None:
    client = desk("reporter" if role else "")
    if role:
        group = client.user.groups.get()
        group.permissions.remove(group.permissions.get(codename="add_claim"))

    assert client.get(PAGE).status_code == 403
    assert read(client).status_code == 403


def test_a_claim_can_be_added_by_hand_from_the_words_that_were_selected(
    desk: Any, beat: Beat
) -> None:
    client = desk()
    words = "Calix was founded in 2004."

    response = client.post(
        PAGE, typed(read(client), do="add", selected=words, c0_statement="Typed.")
    )

    made = response.context["sheet"].cards[-1]
    assert (made.typed("statement"), made.ticked) == (words, True)
    assert ARTICLE[int(made.typed("start")) : int(made.typed("end"))] == words
    assert response.context["sheet"].cards[0].typed("statement") == "Typed."
    assert faults(response) == []


def test_another_report_needs_no_script(desk: Any, beat: Beat) -> None:
    client = desk()

    response = client.post(PAGE, typed(read(client), more="c1-reports"))

    sizes = [len(card.reports.formset.forms) for card in response.context["sheet"].cards]
    assert sizes == [2, 3]


#: What no browser would send.
TAMPERED: tuple[dict[str, Any], ...] = (
    {"candidates": "9" * 5000},
    {"candidates": "-1"},
    {"candidates": "²"},
    {"c0_start": "-5", "c0_end": "99999999999"},
    {"c0_start": "x", "c0_end": "\x00"},
    {"c0_reports-TOTAL_FORMS": "many"},
    {"c0_reports_0_source": "\x00", "c0_tick": "on"},
    {"c0_into": "9" * 40, "c0_tick": "on"},
    {"c0_into": "123456789", "c0_tick": "on"},
    {"c0_statement": "\ud800".encode("utf-8", "surrogatepass"), "c0_tick": "on"},
    {"published": "never", "language": "xx"},
    {"more": "c77-reports"},
    {"text": ""},
)


def test_no_sheet_that_was_tampered_with_breaks_the_page(desk: Any, beat: Beat) -> None:
    client = desk()
    sheet = read(client)

    for changes, do in product(TAMPERED, ("look", "log", "add")):
        response = client.post(PAGE, typed(sheet, do=do, **changes))
        assert response.status_code in (200, 302), (changes, do)


def test_hostile_words_stay_words(desk: Any, beat: Beat) -> None:
    client = desk()
    text = "\n\n".join(
        f"Nordica could buy {payload} by 30 June 2026, the WSJ reported." for payload in PAYLOADS
    )
    text += f"\n\n{ARTICLE}"
    marks = [f"c0-{name}" for name in ("statement", "reports-0-source", "reports-0-hedge")]
    sheet = read(client, f"The news.\n\n{text}", title=PAYLOADS[0], outlet=PAYLOADS[20])
    data = typed(sheet, do="look") | dict.fromkeys(marks, PAYLOADS[22])
    data |= {"c0-start": "0", "c0-end": str(len(text))}

    page = client.post(PAGE, data).content.decode()

    assert "Nordica could buy" in page
    assert not re.search(r"<(?:script>|svg|img src=x|iframe|b data-hostile|base)", page)
    assert not re.search(r"<[^>\"]*(?:\"[^\"]*\"[^>\"]*)*\s(?:onload|onerror|onfocus)=", page)


# --- Pages that are fetched -----------------------------------------------------------------------

READ_AT = TODAY - timedelta(minutes=5)


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> str:
    """The last address of a page that can be fetched without a network."""
    page = Article(
        text=ARTICLE,
        title="Two deals",
        outlet="Press GPT",
        published=date(2026, 3, 30),
        url="https://press.example/last",
        size=4321,
        read_at=READ_AT,
    )
    monkeypatch.setattr(intake, "page_at", lambda url, actor: page)
    return page.url


def test_a_page_is_fetched_and_its_text_is_kept_with_its_report(
    desk: Any, beat: Beat, fetched: str
) -> None:
    client = desk("reporter")
    sheet = client.post(PAGE, {"do": "read", "text": "", "url": "https://press.example/first"})

    log(client, sheet, c0_tick="on", c0_beat=beat.name)

    kept = Snapshot.objects.get()
    assert (kept.report.source.name, kept.report.url) == ("Press GPT", fetched)
    assert (kept.text, kept.title, kept.size) == (ARTICLE, "Two deals", 4321)
    assert (kept.how, kept.read_at) == (KeptHow.FETCHED, READ_AT)


def test_a_text_that_was_changed_or_pasted_is_not_said_to_be_what_the_page_said(
    desk: Any, beat: Beat, fetched: str
) -> None:
    client = desk("reporter")
    changes = {"c0_tick": "on", "c0_beat": beat.name}
    sheet = client.post(PAGE, {"do": "read", "text": "", "url": fetched})

    log(client, sheet, **changes, text=f"{ARTICLE} And more.")
    log(client, read(client), **changes)

    assert set(Snapshot.objects.values_list("how", flat=True)) == {KeptHow.PASTED}
    assert Snapshot.objects.count() == 2


def test_no_text_is_kept_of_what_is_not_logged(desk: Any, beat: Beat, fetched: str) -> None:
    client = desk("reporter")
    sheet = client.post(PAGE, {"do": "read", "text": "", "url": fetched})

    log(client, sheet, c0_tick="on", c0_beat="Nowhere")

    assert not Snapshot.objects.exists()


# --- Who is the origin ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "credited", "called"),
    [
        ({"outlet": "", "url": "https://www.eurogamer.net/1"}, "Eurogamer", "Eurogamer"),
        ({"outlet": "lemonde.fr"}, "Le Monde", "Le Monde"),
        ({"outlet": "The Wall Street Journal"}, "the WSJ", "The Wall Street Journal"),
    ],
)
def test_a_page_that_credits_itself_is_one_origin_with_its_address(
    desk: Any, beat: Beat, about: dict[str, str], credited: str, called: str
) -> None:
    text = f"Nordica could buy Calix by 30 June 2026, {credited} reported."

    [card] = read(desk(), text, **about).context["sheet"].cards

    [row] = card.reports.formset.forms
    assert (row["source"].value(), row["via"].value()) == (called, None)
    assert (row["url"].value(), row["hedge"].value()) == ({**ABOUT, **about}["url"], "could")


def test_an_origin_is_as_certain_as_the_page_makes_it_and_nobodys_words_are_put_in_its_mouth(
    desk: Any, beat: Beat
) -> None:
    response = read(desk())

    origin, relay = response.context["sheet"].cards[0].reports.formset.forms
    assert origin["certainty"].value() == relay["certainty"].value() == "roughly even chance"
    assert (origin["hedge"].value(), relay["hedge"].value()) == (None, "could")
    assert (origin.through, relay.through) == ("Press GPT", "")
    assert response.content.decode().count("as Press GPT passes it on") == 2


def test_the_certainty_of_an_origin_is_kept_as_the_editor_leaves_it(desk: Any, beat: Beat) -> None:
    client = desk("reporter")
    certainty = {"c0_reports_0_certainty": "very likely", "c1_reports_0_certainty": ""}

    log(
        client,
        read(client),
        c0_tick="on",
        c0_beat=beat.name,
        c1_tick="on",
        c1_beat=beat.name,
        **certainty,
    )

    found = {claim.reports.get(via=None).certainty for claim in Claim.objects.all()}
    assert found == {"very likely", ""}


def test_an_unknown_beat_is_answered_with_the_names_of_those_that_there_are(
    desk: Any, beat: Beat
) -> None:
    client = desk("reporter")

    response = log(client, read(client), c0_tick="on", c0_beat="Nowhere")

    [(_label, message)] = faults(response)
    assert "AI & tech business" in message
    assert beat.slug not in message


def test_an_empty_form_is_told_in_an_editors_words(desk: Any) -> None:
    response = desk().post(PAGE, {"do": "read", "text": ""})

    assert [message for _label, message in faults(response)] == [
        "Paste the article, give its address, or choose a file."
    ]


def test_the_first_line_of_a_pasted_text_is_its_headline(desk: Any, beat: Beat) -> None:
    response = read(desk(), f"Two makers talk\n\n{ARTICLE}", title="")

    assert response.context["sheet"].data["title"] == "Two makers talk"


# --- Work -----------------------------------------------------------------------------------------


def distinct(number: int) -> str:
    """An article with so many claims, none of which says the same as another."""
    rng = random.Random(number)
    words = ["".join(rng.choices("abdegiklmnoprstuvz", k=8)) for _ in range(number * 6)]
    sentences = (
        f"{one.title()} {two.title()} could buy {' '.join(rest)} by {n % 28 + 1} June 2027, "
        "Reuters reported.\n\n"
        for n, (one, two, *rest) in enumerate(zip(*[iter(words)] * 6, strict=True))
    )
    return "".join(sentences)


def test_the_queries_do_not_grow_with_the_claims(desk: Any, beat: Beat) -> None:
    factories.claim(beat=beat, statement="Nordica could buy Calix for $4bn.")
    client = desk()
    one = "Nordica could buy Calix for $4bn by 30 June 2026, Reuters reported.\n\n"
    many = one + distinct(6)
    counted = []
    for text in (one, many):
        with CaptureQueriesContext(connection) as queries:
            sheet = read(client, text).context["sheet"]
        counted.append((sheet.count, len(queries)))

    assert [count for count, _queries in counted] == [1, 7]
    assert counted[1][1] == counted[0][1], counted


def test_a_page_takes_no_more_claims_than_one_can_look_through(desk: Any, beat: Beat) -> None:
    response = read(desk(), distinct(MOST + 5))

    assert response.context["sheet"].count == MOST
    assert "5 weaker ones were left out." in response.content.decode()
    full = desk().post(PAGE, typed(response, do="add"))
    assert full.context["sheet"].count == MOST


def test_a_well_known_outlet_is_not_taken_for_a_slip_of_another(desk: Any, beat: Beat) -> None:
    factories.SourceFactory.create(name="The Monexus")

    page = read(desk(), outlet="Le Monde").content.decode()

    assert "The Monexus" not in page


@pytest.mark.parametrize(("there", "asked"), [("Associated Press", "AFP"), ("AFP", "AP")])
def test_two_agencies_whose_letters_are_near_are_not_taken_for_each_other(
    desk: Any, beat: Beat, there: str, asked: str
) -> None:
    client = desk()
    source = factories.SourceFactory.create(name=there)
    SourceAlias.objects.create(source=source, name="AP" if there != "AFP" else "A.F.P.")

    sheet = read(client, f"Nordica could buy Calix by 30 June 2026, {asked} reported.")
    typed_by_hand = client.get("/admin/suggest/sources/", {"q": asked}).content.decode()

    assert "did you mean" not in sheet.content.decode()
    assert "did you mean" not in typed_by_hand


def test_a_slip_of_the_keyboard_and_the_other_name_of_an_outlet_are_asked_after(
    desk: Any, beat: Beat
) -> None:
    for name in ("Northern Gazette", "Agence France-Presse"):
        factories.SourceFactory.create(name=name)
    article = "Nordica could buy Calix by 30 June 2026, AFP reported."

    page = read(desk(), article, outlet="Northern Gazete").content.decode()

    assert page.count("did you mean") == 2
    assert ">Northern Gazette</button>" in page
    assert ">Agence France-Presse</button>" in page
