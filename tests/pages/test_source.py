import re
from datetime import UTC, date, datetime

import pytest
import time_machine

from tests import factories
from tests.pages.reading import section, words
from tests.pages.records import decided
from verification.services import sources


@pytest.fixture(autouse=True)
def _april():
    with time_machine.travel(datetime(2026, 4, 3, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def journal():
    return factories.SourceFactory.create(name="The Journal", slug="journal")


def test_accuracy_stands_with_its_interval_its_n_and_the_base_rate(client, journal):
    decided(journal, hits=3, misses=1)
    response = client.get("/sources/journal/")
    told = section(response, "record")
    # The pool is this source alone: Laplace's rule makes the prior (3+1)/(4+2), worth 4 positions.
    assert "71% accuracy" in told
    assert re.search(r"90% interval from \d\d% to \d\d%, n = 4 decided\.", told)
    assert "Base rate of all sources: 67%." in told
    assert "hits 3 miss 1 lapsed, not counted 0 open 0" in told
    bar = re.search(
        r'<svg class="interval" role="img" aria-label="([^"]+)"', response.content.decode()
    )
    assert re.fullmatch(r"Accuracy 71%, 90% interval from \d\d% to \d\d%; base rate 67%\.", bar[1])


def test_under_ten_decided_positions_it_is_provisional_and_from_ten_on_ranked(client, journal):
    decided(journal, hits=9)
    assert "Provisional: under 10 decided positions" in words(client.get("/sources/journal/"))
    decided(journal, hits=1)
    page = words(client.get("/sources/journal/"))
    assert "Provisional" not in page
    assert "Rank 1 on the leaderboard" in page


def test_relays_have_a_tally_of_their_own_and_move_no_accuracy(client, journal):
    relay = factories.SourceFactory.create(name="Relay", slug="relay")
    decided(relay, hits=2, misses=1, via=journal)
    response = client.get("/sources/relay/")
    assert "passed on 3 rumours, 2 of 3 decided borne out" in section(response, "relays")
    assert "1 not borne out, 0 open, 0 lapsed and not counted." in section(response, "relays")
    assert "there is no accuracy to show" in section(response, "record")


def test_relays_are_told_of_by_what_is_decided(client, journal):
    relay = factories.SourceFactory.create(name="Relay", slug="relay")

    def told():
        return section(client.get("/sources/relay/"), "relays")

    def pass_on(**fields):
        factories.claim(reports=[factories.report_draft(relay, via=journal)], **fields)

    pass_on()
    assert "passed on 1 rumour, none decided yet 0 not borne out, 1 open" in told()
    decided(relay, misses=1, via=journal)
    assert "passed on 2 rumours, the one decided not borne out" in told()
    decided(relay, misses=1, via=journal)
    assert "passed on 3 rumours, none of 2 decided borne out 2 not borne out, 1 open" in told()
    decided(relay, hits=1, via=journal)
    assert "passed on 4 rumours, 1 of 3 decided borne out" in told()


def test_one_hit_is_one_hit(client, journal):
    decided(journal, hits=1)
    assert "hit 1 misses 0" in section(client.get("/sources/journal/"), "record")
    client.cookies["django_language"] = "fr"
    assert "juste 1 fausse 0" in section(client.get("/sources/journal/"), "record")


def test_the_one_relay_that_is_decided_is_told_in_words(client, journal):
    relay = factories.SourceFactory.create(name="Relay", slug="relay")
    decided(relay, hits=1, via=journal)
    told = section(client.get("/sources/relay/"), "relays")
    assert "passed on 1 rumour, the one decided borne out" in told


def test_a_relay_that_only_lapsed_is_neither_decided_nor_open(client, journal):
    relay = factories.SourceFactory.create(name="Relay", slug="relay")
    report = factories.report_draft(relay, via=journal)
    factories.decide(factories.claim(basis="newsroom", reports=[report]), "lapsed")
    told = section(client.get("/sources/relay/"), "relays")
    assert "passed on 1 rumour 0 not borne out, 0 open, 1 lapsed and not counted." in told


def test_no_relay_borne_out_is_said_in_words_and_not_as_nought(client, journal):
    relay = factories.SourceFactory.create(name="Relay", slug="relay")
    decided(relay, misses=2, via=journal)
    client.cookies["django_language"] = "fr"
    told = section(client.get("/sources/relay/"), "relays")
    assert "2 rumeurs reprises, aucune des 2 tranchées n’est avérée" in told


def test_a_lapse_by_the_newsrooms_own_deadline_is_shown_and_not_counted(client, journal):
    claim = factories.claim(basis="newsroom", reports=[factories.report_draft(journal)])
    factories.decide(claim, "lapsed")
    response = client.get("/sources/journal/")
    assert "lapsed, not counted 1" in section(response, "record")
    assert "no source answers for that" in section(response, "positions")


def test_it_says_how_often_it_was_first_and_by_how_much(client, journal):
    decided(journal, hits=2)
    told = section(client.get("/sources/journal/"), "first")
    assert "first to report 2 claims that came true" in told
    assert "Median lead, in days before the outcome became known: 29." in told


def test_the_brier_score_stands_with_murphys_three_parts(client, journal):
    decided(journal, hits=1, misses=1, certainty="likely")
    told = section(client.get("/sources/journal/"), "brier")
    # "likely" is scored as 0.675: (0.325² + 0.675²) / 2, and 0.175² off the observed half.
    assert "Brier score 0.281" in told
    assert "reliability 0.031" in told
    assert "resolution 0.000" in told
    assert "uncertainty 0.250" in told


def test_each_beat_stands_with_its_own_base_rate(client, journal):
    space, money = (factories.BeatFactory.create(name=name) for name in ("Space", "Money"))
    decided(journal, hits=1, beat=space)
    decided(journal, misses=2, beat=money)
    told = section(client.get("/sources/journal/"), "beats")
    assert told.index("Money") < told.index("Space")
    assert re.search(r"Money \d+% \d+% – \d+% 2 \d+% 0", told)


def test_every_position_says_why_it_counts(client, journal):
    decided(journal, misses=1, hedge="could")
    told = section(client.get("/sources/journal/"), "positions")
    assert "miss 29 January 2026" in told
    assert "It asserted the claim, and the claim was denied." in told
    assert "could" in told


def test_positions_are_paged(client, journal):
    decided(journal, hits=30)
    first = client.get("/sources/journal/")
    later = re.search(r'<a href="(\?after=[^"]+)" rel="next"', first.content.decode())[1]
    second = client.get(f"/sources/journal/{later}")
    seen = [re.findall(r"claim (\d+)\.", section(page, "positions")) for page in (first, second)]
    assert [len(page) for page in seen] == [25, 5]
    assert [item for page in seen for item in page] == [str(n) for n in range(29, -1, -1)]


def test_a_source_that_is_only_credited_has_a_page_that_says_what_is_missing(client, journal):
    factories.claim(reports=[factories.report_draft(via=journal, published_on=date(2026, 1, 29))])
    page = words(client.get("/sources/journal/"))
    assert "No position yet" in page
    assert "It has passed on nothing" in page
    assert "The Journal" in words(client.get("/sources/"))


def test_an_unknown_source_is_not_found(client):
    assert client.get("/sources/nobody/").status_code == 404


# --- Other names ----------------------------------------------------------------------------------


def test_the_page_says_what_it_is_also_known_as_and_a_change_is_seen_at_once(client, journal):
    editor = factories.editor()
    assert "Also known as" not in words(client.get("/sources/journal/"))
    for aliases, said in ((["WSJ", "<b>Wall</b>"], "<b>Wall</b>, WSJ"), (["WSJ"], "WSJ")):
        sources.edit_source(
            actor=editor, source=journal, changes={"aliases": aliases}, now=factories.NOW
        )
        page = client.get("/sources/journal/")
        assert f"Also known as {said}" in words(page)
        assert "<b>Wall</b>" not in page.content.decode()


def test_readers_find_a_source_by_its_other_names(client, journal):
    sources.edit_source(
        actor=factories.editor(), source=journal, changes={"aliases": ["WSJ"]}, now=factories.NOW
    )
    factories.claim(statement="It will.", reports=[factories.report_draft(journal)])
    factories.SourceFactory.create(name="Reuters", slug="reuters")
    for asked in ("wsj", "W.S.J.", "le journal"):
        page = words(client.get("/sources/", {"q": asked}))
        assert "The Journal" in page
        assert "Reuters" not in page
        assert "It will." in words(client.get("/claims/", {"source": asked}))
    assert "It will." not in words(client.get("/claims/", {"source": "reuters"}))
    compared = client.get("/sources/reuters/against/", {"other": "WSJ"})
    assert compared.status_code == 302
    assert compared["Location"].endswith("/sources/reuters/against/journal/")


def test_a_source_that_only_internal_claims_name_is_found_by_no_name(client, journal):
    whisper = factories.SourceFactory.create(name="Whisper", slug="whisper")
    sources.edit_source(
        actor=factories.editor(),
        source=whisper,
        changes={"aliases": ["Hush"], "domains": ["hush.example"]},
        now=factories.NOW,
    )
    factories.claim(public=False, reports=[factories.report_draft(whisper)])
    for asked in ("Hush", "hush.example", "Whisper"):
        assert "No source matches this." in words(client.get("/sources/", {"q": asked}))
        found = client.get("/sources/journal/against/", {"other": asked})
        assert found.status_code == 200
        assert client.get(f"/api/v1/sources/?search={asked}").json()["results"] == []
