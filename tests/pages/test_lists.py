import re
from datetime import UTC, date, datetime

import pytest
import time_machine

from tests import factories
from tests.pages.reading import words

MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(MARCH, tick=False):
        yield


def named(*names, **fields):
    return [factories.claim(statement=name, **fields) for name in names]


def onward(response, rel="next") -> str:
    found = re.search(rf'<a href="([^"]+)" rel="{rel}"', response.content.decode())
    return found[1].replace("&amp;", "&") if found else ""


def test_claims_are_narrowed_by_status(client):
    named("Open one.")
    named("Awaiting one.", deadline=date(2026, 2, 28))
    [decided] = named("Confirmed one.")
    factories.decide(decided, now=MARCH)
    for status, only in (("open", "Open"), ("awaiting", "Awaiting"), ("confirmed", "Confirmed")):
        page = words(client.get("/claims/", {"status": status}))
        assert f"{only} one." in page
        assert page.count(" one.") == 1
    assert "No claim matches this." in words(client.get("/claims/", {"status": "nonsense"}))


def test_claims_are_narrowed_by_beat_source_and_words(client):
    beat = factories.BeatFactory.create(name="Space")
    source = factories.SourceFactory.create(name="Air & Cosmos", slug="air-cosmos")
    named("Ariane will fly.", beat=beat, reports=[factories.report_draft(source)])
    named("Vega will fly.")
    for query in (
        {"beat": beat.slug},
        {"source": "air-cosmos"},
        {"source": "air & cos"},
        {"q": "ariane"},
        {"q": "fly ARIANE"},
    ):
        page = words(client.get("/claims/", query))
        assert "Ariane will fly." in page, query
        assert "Vega" not in page, query


def test_a_search_ignores_accents_and_never_shows_what_is_internal(client):
    named("L’Élysée signera l’accord.")
    named("L’Élysée cachera l’accord.", public=False)
    page = words(client.get("/claims/", {"q": "elysee ACCORD"}))
    assert "signera" in page
    assert "cachera" not in page


def test_claims_are_narrowed_by_the_day_on_which_they_are_due(client):
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30)):
        factories.claim(statement=f"Due {day:%d %b}.", deadline=day)
    page = words(client.get("/claims/?from=2026-04-01&to=2026-06-30"))
    assert "Due 31 Mar." not in page
    assert "Due 01 Apr." in page
    assert "Due 30 Jun." in page


def test_what_is_no_day_is_said_to_be_none_and_narrows_nothing(client):
    factories.claim(statement="Still listed.")
    page = words(client.get("/claims/", {"from": "31/03/<2026>"}))
    assert "“31/03/<2026>” is not a day, so it was left out." in page
    assert "Still listed." in page


def test_a_source_that_is_named_exactly_is_not_mistaken_for_its_namesakes(client):
    for name in ("Reuters", "Reuters Breakingviews"):
        source = factories.SourceFactory.create(name=name)
        named(f"From {name}.", reports=[factories.report_draft(source)])
    page = words(client.get("/claims/?source=reuters"))
    assert "From Reuters." in page
    assert "From Reuters Breakingviews." not in page


def test_what_was_asked_stays_in_the_form(client):
    response = client.get("/claims/", {"q": '"><b>', "status": "open"})
    html = response.content.decode()
    assert 'value="&quot;&gt;&lt;b&gt;"' in html
    assert '<option value="open" selected>' in html


def test_every_claim_is_listed_once_page_after_page_and_back(client):
    wanted = [claim.statement for claim in named(*(f"Claim {n:02}." for n in range(60)))]
    seen, path = [], "/claims/"
    while True:
        response = client.get(path)
        seen.append(re.findall(r"Claim \d\d\.", words(response)))
        if not onward(response):
            break
        path = f"/claims/{onward(response)}"
    assert [len(page) for page in seen] == [25, 25, 10]
    assert [item for page in seen for item in page] == wanted[::-1]
    back = client.get(f"/claims/{onward(response, 'prev')}")
    assert re.findall(r"Claim \d\d\.", words(back)) == seen[1]
    first = client.get(f"/claims/{onward(back, 'prev')}")
    assert re.findall(r"Claim \d\d\.", words(first)) == seen[0]
    assert not onward(first, "prev")


def test_a_claim_that_arrives_meanwhile_moves_no_page(client):
    named(*(f"Claim {n:02}." for n in range(30)))
    later = onward(client.get("/claims/"))
    named("A newcomer.")
    assert re.findall(r"Claim \d\d\.", words(client.get(f"/claims/{later}"))) == [
        f"Claim {n:02}." for n in range(4, -1, -1)
    ]


def test_open_claims_come_by_deadline(client):
    for day in (20, 5, 31, 5):
        factories.claim(statement=f"Due {day}.", deadline=date(2026, 3, day))
    assert re.findall(r"Due (\d+)\.", words(client.get("/claims/?status=open"))) == [
        "5", "5", "20", "31",
    ]  # fmt: skip


def test_paging_keeps_the_filters(client):
    for n in range(30):
        factories.claim(statement=f"Claim {n:02}.", deadline=date(2026, 3, 1 + n))
    factories.claim(statement="Late.", deadline=date(2026, 2, 20))
    later = onward(client.get("/claims/?status=open"))
    assert "status=open" in later
    page = words(client.get(f"/claims/{later}"))
    assert re.findall(r"Claim \d\d\.", page) == [f"Claim {n}." for n in range(25, 30)]
    assert "Late." not in page


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "after=%00",
        "after=é",
        "after=W10",
        "before=WyJ4Il0",
        "after=WyI5OTk5OTk5OTk5OTk5OTk5OTk5OTkiXQ",
        "after=bnVsbA",
        "after=MQ",
    ],
)
def test_a_broken_cursor_is_not_found(client, query):
    assert client.get(f"/claims/?{query}").status_code == 404


@pytest.mark.parametrize("query", ["q=%00", "beat=%00", "source=%00", "q=%25_%27%22", "kind=%00"])
def test_odd_questions_get_an_answer(client, query):
    assert client.get(f"/claims/?{query}").status_code == 200
    assert client.get(f"/sources/?{query}").status_code == 200


def test_empty_lists_say_what_to_do_next(client):
    assert "No claim has been made public yet." in words(client.get("/claims/"))
    assert "No source has been logged yet." in words(client.get("/sources/"))
    assert "Show all claims" in words(client.get("/claims/?q=nothing"))
    assert "Show all sources" in words(client.get("/sources/?q=nothing"))


def test_sources_are_narrowed_by_name_and_kind_and_paged_by_name(client):
    for n in range(30):
        factories.SourceFactory.create(name=f"Outlet {n:02}")
    factories.SourceFactory.create(name="An agency", kind="agency")
    assert "Outlet 0" not in words(client.get("/sources/?kind=agency"))
    assert "Outlet 07" in words(client.get("/sources/?q=let 07"))
    first = client.get("/sources/?kind=outlet")
    assert re.findall(r"Outlet (\d\d)", words(first)) == [f"{n:02}" for n in range(25)]
    second = client.get(f"/sources/{onward(first)}")
    assert re.findall(r"Outlet (\d\d)", words(second)) == [f"{n:02}" for n in range(25, 30)]


def test_the_front_page_shows_the_newest_verdicts_what_is_due_and_what_waits(client):
    named("Due in March.")
    named("Waiting since February.", deadline=date(2026, 2, 20))
    [decided] = named("Borne out.")
    factories.decide(decided, now=MARCH)
    page = words(client.get("/"))
    assert "claims logged 3 decided 1 awaiting a verdict 1 sources that reported 3" in page
    for title, statement in (
        ("Newest verdicts", "Borne out."),
        ("Due soon", "Due in March."),
        ("Awaiting a verdict", "Waiting since February."),
    ):
        assert page.index(title) < page.index(statement)
    assert 'href="/leaderboard/"' in client.get("/").content.decode()


def test_a_void_claim_is_read_by_who_asks_for_it_and_counted_nowhere(client):
    [wrong, right] = named("Logged twice.", "Borne out.")
    factories.decide(right, now=MARCH)
    factories.decide(wrong, "void", known_on=None, now=MARCH)
    front = words(client.get("/"))
    assert "claim logged 1 decided 1 awaiting a verdict 0" in front
    for path in ("/", "/claims/", "/claims/?q=logged", "/embed/latest/"):
        assert "Logged twice." not in words(client.get(path))
    assert "Logged twice." in words(client.get("/claims/?status=void"))
    assert "Logged twice." in words(client.get(wrong.get_absolute_url()))


def test_one_is_told_as_one_in_english_and_in_french(client):
    [one] = named("Borne out.", reports=[factories.report_draft(factories.SourceFactory())])
    factories.decide(one, now=MARCH)
    assert "claim logged 1 decided 1 awaiting a verdict 0 source that reported 1" in words(
        client.get("/")
    )
    french = words(client.get("/", headers={"accept-language": "fr"}))
    assert "affirmation consignée 1 tranchée 1 en attente de verdict 0 source ayant publié 1" in (
        french
    )


def test_an_empty_front_page_says_what_will_stand_there(client):
    page = words(client.get("/"))
    assert "No verdict has been given yet." in page
    assert "Nothing falls due" in page
    assert "Nothing waits" in page
