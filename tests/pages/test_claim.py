import html
import re
from datetime import UTC, date, datetime

import pytest
import time_machine

from tests import factories
from tests.pages.reading import section, words
from verification.services import claims, verdicts
from verification.services.drafts import DeadlineDraft

MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
APRIL = datetime(2026, 4, 3, 12, tzinfo=UTC)


def read(client, claim, now=APRIL):
    with time_machine.travel(now, tick=False):
        response = client.get(f"/claims/{claim.slug}/")
    assert response.status_code == 200
    return response


def test_it_tells_the_deadline_in_words_as_printed_how_exact_and_who_gave_it(client):
    claim = claims.log(
        actor=factories.managing_editor(),
        statement="Amazon mettra 50 milliards dans OpenAI.",
        language="fr",
        criteria="Confirmé si annoncé.",
        beat=factories.BeatFactory.create(),
        deadline=DeadlineDraft(
            day=date(2026, 3, 31),
            text="fin du premier trimestre 2026",
            precision="quarter",
            basis="source",
        ),
        reports=[factories.report_draft()],
        now=factories.NOW,
    )
    response = read(client, claim, MARCH)
    page = words(response)
    assert "Due by the end of the first quarter of 2026" in page
    told = section(response, "deadline")
    assert "fin du premier trimestre 2026" in told
    assert "31 March 2026" in told
    assert "quarter" in told
    assert "stated by the source" in told
    assert "Confirmé si annoncé." in page
    assert 'lang="fr">Amazon mettra' in response.content.decode()


@pytest.mark.parametrize(
    ("now", "status"),
    [
        (datetime(2026, 3, 31, 23, 59, tzinfo=UTC), "Open"),
        (datetime(2026, 4, 1, 0, 0, tzinfo=UTC), "Awaiting a verdict"),
    ],
)
def test_it_is_open_through_the_last_day_and_awaits_its_verdict_after(client, now, status):
    assert status in section(read(client, factories.claim(), now), "verdict")


def test_a_relay_names_whom_it_credits_and_every_report_its_hedge_and_certainty(client):
    journal = factories.SourceFactory.create(name="The Wall Street Journal")
    relay = factories.SourceFactory.create(name="KultureGeek")
    claim = factories.claim(
        reports=[
            factories.report_draft(journal, hedge="could", certainty="likely"),
            factories.report_draft(
                relay, via=journal, hedge="pourrait", published_on=date(2026, 1, 30)
            ),
        ]
    )
    told = section(read(client, claim), "reports")
    assert "KultureGeek , crediting The Wall Street Journal" in told
    assert told.index("29 January 2026") < told.index("30 January 2026")
    assert "asserts · could · likely (55–80%)" in told
    assert "pourrait" in told
    assert "origin" in told
    assert "relay" in told


def test_a_verdict_keeps_three_days_apart_and_shows_why_and_on_what(client):
    claim = factories.claim()
    factories.decide(claim, actor=factories.managing_editor(first_name="Maud", last_name="Keller"))
    response = read(client, claim)
    told = section(response, "verdict")
    assert "Confirmed" in told
    assert "Announced by the company." in told
    assert "The company's announcement" in told
    assert "Was due 31 March 2026" in told
    assert "Became known 27 February 2026" in told
    assert "Was recorded 1 April 2026 by Maud Keller" in told
    assert "after the deadline" not in told
    assert (
        'href="https://example.org/announcement" rel="nofollow noopener noreferrer"'
        in response.content.decode()
    )


@pytest.mark.parametrize(("day", "late"), [(1, "1 day"), (2, "2 days")])
def test_a_confirmation_after_the_deadline_says_so(client, day, late):
    claim = factories.claim()
    factories.decide(claim, known_on=date(2026, 4, day), now=datetime(2026, 4, 3, 9, tzinfo=UTC))
    assert f"{late} after the deadline" in section(read(client, claim), "verdict")


def test_one_that_became_known_on_the_last_day_is_in_time(client):
    claim = factories.claim()
    factories.decide(claim, known_on=date(2026, 3, 31))
    assert "after the deadline" not in section(read(client, claim), "verdict")


def test_a_superseded_verdict_stays_readable(client):
    claim = factories.claim()
    factories.decide(claim, rationale="The first reading.")
    verdicts.revise(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        outcome="denied",
        rationale="The report was retracted.",
        became_known_on=date(2026, 3, 2),
        evidence=[factories.evidence(title="The retraction")],
        now=APRIL,
    )
    response = read(client, claim)
    assert "The report was retracted." in section(response, "verdict")
    earlier = section(response, "earlier")
    assert "confirmed" in earlier
    assert "The first reading." in earlier
    assert "The company's announcement" in earlier


def test_a_reopened_claim_shows_what_was_withdrawn(client):
    claim = factories.claim()
    factories.decide(claim)
    verdicts.reopen(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        rationale="Decided too early.",
        now=APRIL,
    )
    response = read(client, claim)
    assert "Awaiting a verdict" in section(response, "verdict")
    assert "Decided too early." in section(response, "earlier")
    assert "Announced by the company." in section(response, "earlier")


def test_it_says_what_each_source_is_credited_with_and_why(client):
    journal = factories.SourceFactory.create(name="The Journal")
    claim = factories.claim(
        reports=[
            factories.report_draft(journal),
            factories.report_draft(factories.SourceFactory.create(name="Relay"), via=journal),
            factories.report_draft(
                factories.SourceFactory.create(name="Doubter"), stance="disputes"
            ),
            factories.report_draft(
                factories.SourceFactory.create(name="Latecomer"), published_on=date(2026, 3, 1)
            ),
        ],
        now=MARCH,
    )
    factories.decide(claim)
    told = section(read(client, claim), "positions")
    assert "The Journal hit It asserted the claim, and the claim was confirmed." in told
    assert "It had it first. Reported 29 days before it became known." in told
    assert "Relay passed on, borne out" in told
    assert "As a relay it counts in the tally, not towards accuracy." in told
    assert "Doubter miss It disputed the claim, and the claim was confirmed." in told
    assert "Latecomer not counted It was published after the outcome had become known." in told


def test_a_deadline_that_was_moved_shows_from_where_and_why(client):
    claim = factories.claim()
    claims.extend(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        deadline=DeadlineDraft(day=date(2026, 6, 30), text="", precision="half"),
        reason="The company named a new date.",
        now=MARCH,
    )
    told = section(read(client, claim), "history")
    assert "by 31 March 2026 (printed: “end of Q1 2026”)" in told
    assert "by the end of the first half of 2026" in told
    assert "The company named a new date." in told
    french = client.get(claim.get_absolute_url(), headers={"accept-language": "fr"})
    assert "Auparavant\u00a0: d’ici au 31 mars 2026" in html.unescape(french.content.decode())


def test_a_claim_without_reports_says_what_happens_next(client):
    page = words(read(client, factories.claim(reports=[])))
    assert "No report has been logged yet" in page
    assert "No source is held to anything yet" in page


def test_outside_text_is_escaped_everywhere(client):
    evil = '<script>alert("x")</script>'
    source = factories.SourceFactory.create(name=evil)
    claim = factories.claim(
        statement=evil,
        criteria=evil,
        reports=[factories.report_draft(source, hedge=evil[:90], headline=evil, author=evil)],
    )
    factories.decide(claim, rationale=evil, evidence=[factories.evidence(title=evil)])
    for path in (
        "/",
        "/claims/",
        f"/claims/{claim.slug}/",
        "/sources/",
        "/leaderboard/",
        f"/sources/{source.slug}/",
    ):
        html = client.get(path).content.decode()
        assert html.count("<script") == html.count('<script type="application/ld+json">{"'), path


def test_an_unknown_claim_is_not_found(client):
    assert client.get("/claims/no-such-claim/").status_code == 404


def test_relays_hang_under_the_origin_that_they_credit(client):
    journal = factories.SourceFactory.create(name="The Journal")
    unlogged = factories.SourceFactory.create(name="The Unlogged")
    relays = [
        factories.report_draft(
            factories.SourceFactory.create(name=name), via=via, published_on=date(2026, 1, 30)
        )
        for name, via in (("Copyist", journal), ("Hearsay", unlogged))
    ]
    claim = factories.claim(reports=[factories.report_draft(journal), *relays])
    told = section(read(client, claim), "reports")
    assert "2 independent origins, passed on 2 times." in told
    places = [
        told.index(place)
        for place in (
            "origin The Journal",
            "relay Copyist",
            "The Unlogged Credited",
            "relay Hearsay",
        )
    ]
    assert places == sorted(places)


def test_the_line_of_time_tells_readers_who_cannot_see_it_what_it_shows(client):
    claim = factories.claim()
    factories.decide(claim)
    page = read(client, claim).content.decode()
    assert (
        'aria-label="1 report, the first on 29 January 2026; due 31 March 2026. '
        'The outcome became known on 27 February 2026."'
    ) in page


def test_the_line_of_time_is_drawn_with_room_for_a_phones_larger_words(client):
    claim = factories.claim()
    factories.decide(claim)
    svg = re.search(
        r'<figure class="chart line-of-time">.*?</svg>', read(client, claim).content.decode(), re.S
    )[0]
    type_size = 22
    height = int(re.search(r'viewBox="0 0 640 (\d+)"', svg)[1])
    baselines = [int(y) for y in re.findall(r'<text [^>]*\by="(\d+)"', svg)]
    assert len(baselines) == 3
    assert all(type_size <= y <= height - type_size / 4 for y in baselines)


def test_the_history_tells_corrections_as_such_and_keeps_the_desks_affairs_to_itself(client):
    boss = factories.managing_editor(first_name="Boss")
    claim = factories.claim(actor=boss)
    claim = claims.assign(
        actor=boss, claim=claim, version=None, assignee=factories.editor(), now=factories.NOW
    )
    factories.decide(claim, actor=boss)
    verdicts.revise(
        actor=boss,
        claim=claim,
        version=claim.version,
        outcome="denied",
        rationale="We had misread the filing.",
        became_known_on=date(2026, 2, 27),
        evidence=[factories.evidence()],
        now=APRIL,
    )
    told = section(read(client, claim), "history")
    assert "The claim was logged." in told
    assert "Decided: confirmed." in told
    assert "correction The verdict was revised, from confirmed to denied." in told
    assert "We had misread the filing." in told
    assert "assign" not in told


def test_a_reworded_statement_is_told_with_what_it_had_said(client):
    boss = factories.managing_editor()
    claim = factories.claim(actor=boss, statement="Amazon will put $50bn in.")
    claims.edit(
        actor=boss,
        claim=claim,
        version=claim.version,
        changes={"statement": "Amazon will put at least $50bn in."},
        now=MARCH,
    )
    told = section(read(client, claim, MARCH), "history")
    assert "correction The statement was reworded. It had read: “Amazon will put $50bn in.”" in told
