"""The diary of deadlines, as calendars read it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of
from hypothesis import strategies as st

from tests import factories
from tests.pages import ical
from verification.models import Claim, User
from verification.pages import diary as page
from verification.services import claims, diary
from verification.services.drafts import DeadlineDraft

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
PUBLIC = "/feeds/deadlines.ics"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def path(user: User) -> str:
    return "/" + diary.address(user).split("/", 3)[3]


def only(client: Client, address: str = PUBLIC) -> dict[str, str]:
    """The one event of the diary."""
    (event,) = ical.events(client.get(address).content)
    return event


def parsed(client: Client, address: str = PUBLIC) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(client.get(address).content).walk("VEVENT")


def move(claim: Claim, day: date) -> None:
    claims.extend(
        actor=factories.editor(),
        claim=claim,
        deadline=DeadlineDraft(day=day, text="", precision="day", basis="newsroom"),
        reason="They said so.",
        version=claim.version,
        now=NOW,
    )


def test_a_deadline_is_a_whole_day_that_blocks_nobodys_time(client):
    claim = factories.claim(slug="amazon-openai")

    event = only(client)

    assert event["UID"] == "amazon-openai@127.0.0.1"
    assert event["DTSTART;VALUE=DATE"] == "20260331"
    assert event["DTEND;VALUE=DATE"] == "20260401"
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["STATUS"] == "CONFIRMED"
    assert event["CATEGORIES"] == claim.beat.name
    assert event["URL"].endswith("/claims/amazon-openai/")
    assert ical.text(event["SUMMARY"]) == claim.statement
    told = ical.text(event["DESCRIPTION"])
    assert "end of Q1 2026" in told
    assert claim.criteria in told
    assert f"Reported by: {claim.reports.get().source.name}" in told.splitlines()


def test_it_tells_who_reported_it_apart_from_who_passed_it_on(client):
    journal = factories.SourceFactory.create(name="Journal")
    drafts = [
        factories.report_draft(journal),
        factories.report_draft(factories.SourceFactory.create(name="Copyist"), via=journal),
    ]
    factories.claim(reports=drafts)

    told = ical.text(only(client)["DESCRIPTION"]).splitlines()

    assert "Reported by: Journal" in told
    assert "Passed on by: Copyist (crediting Journal)" in told


def test_the_diary_says_what_it_is_called_and_how_often_to_look(client, settings):
    settings.SITE_NAME = "The Desk, Ltd; Co"
    factories.claim()

    head = ical.lines(client.get(PUBLIC).content)
    head = head[: head.index("BEGIN:VEVENT")]

    assert "VERSION:2.0" in head
    assert "X-WR-CALNAME:The Desk\\, Ltd\\; Co: deadlines" in head
    assert "NAME:The Desk\\, Ltd\\; Co: deadlines" in head
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in head
    assert "X-PUBLISHED-TTL:PT1H" in head
    assert not any(line.startswith("METHOD") for line in head)
    assert [line for line in head if line.startswith("PRODID:")]


def test_a_moved_deadline_moves_the_same_event(client):
    claim = factories.claim()
    before = only(client)

    move(claim, date(2026, 6, 30))

    after = only(client)
    assert after["UID"] == before["UID"]
    assert after["DTSTART;VALUE=DATE"] == "20260630"
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["LAST-MODIFIED"] == "20260301T090000Z" > before["LAST-MODIFIED"]


def test_a_decided_claim_says_so_and_a_void_one_is_cancelled(client):
    confirmed, void = factories.claim(), factories.claim(statement="It was a slip.")
    factories.decide(confirmed, now=NOW)
    factories.decide(void, "void", known_on=None, now=NOW)

    first, second = ical.events(client.get(PUBLIC).content)

    assert ical.text(first["SUMMARY"]) == f"Confirmed – {confirmed.statement}"
    assert first["STATUS"] == "CONFIRMED"
    assert second["STATUS"] == "CANCELLED"


HOSTILE = (
    'A “deal”, a; b \\ c: "d" <b>é</b> 💶\u2028next\u0085line\u200bwide\tEND:VEVENT '
    + "Überraschung 中文 " * 12
)


def test_no_text_breaks_out_of_its_line(client):
    criteria = "One\nBEGIN:VEVENT\r\nUID:evil\rTwo \\n three, four; five"
    claim = factories.claim(criteria="Kept.")
    # As an import of old days might have left it.
    Claim.objects.filter(pk=claim.pk).update(
        statement=HOSTILE, criteria=criteria, deadline_text="\x07by\x1b\x7f the end"
    )

    event = only(client)

    assert ical.text(event["SUMMARY"]) == HOSTILE.replace("\u0085", "")
    told = ical.text(event["DESCRIPTION"])
    assert "One\nBEGIN:VEVENT\nUID:evil\nTwo \\n three, four; five" in told
    assert "by the end" in told
    (read,) = parsed(client)
    assert read["SUMMARY"] == HOSTILE.replace("\u0085", "")
    assert read["DESCRIPTION"] == told


@given(statement=st.text(max_size=500), wording=st.text(max_size=200))
@settings_of(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_is_written_as_the_standard_wants_it(statement, wording):
    claim = Claim.objects.first() or factories.claim()
    claim.statement, claim.criteria, claim.deadline_text = statement, wording, wording

    body = page._calendar([claim], statement, on_desk=False)

    (event,) = ical.events(body)
    assert ical.text(event["SUMMARY"]) == page._plain(statement)
    (read,) = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert read["SUMMARY"] == page._plain(statement)


def test_the_name_of_a_beat_with_a_comma_is_one_category(client):
    claim = factories.claim()
    claim.beat.name = "Chips, AI; more"
    claim.beat.save(update_fields=["name"])

    assert only(client)["CATEGORIES"] == "Chips\\, AI\\; more"
    assert parsed(client)[0]["CATEGORIES"].cats == ["Chips, AI; more"]


def test_the_last_day_of_all_days_ends_on_itself(client):
    Claim.objects.filter(pk=factories.claim().pk).update(deadline=date.max)
    response = client.get(PUBLIC)
    assert response.status_code == 200
    assert b"DTSTART;VALUE=DATE:99991231" in response.content


def test_an_empty_diary_is_one_that_calendars_take(client):
    response = client.get(PUBLIC)

    assert ical.events(response.content) == []
    assert "BEGIN:VTIMEZONE" in ical.lines(response.content), "at least one component, says the RFC"
    icalendar.Calendar.from_ical(response.content)


def test_internal_claims_are_in_nobody_elses_diary(client):
    emma = factories.editor()
    claim = factories.claim(actor=emma, public=False)

    assert claim.slug not in client.get(PUBLIC).content.decode()
    event = only(client, path(emma))
    assert event["UID"].startswith(claim.slug)
    assert event["CLASS"] == "PRIVATE"
    assert f"/admin/verification/claim/{claim.pk}/" in event["URL"]
    assert b"VEVENT" not in client.get(path(factories.editor())).content


def test_one_beats_diary_has_that_beat_alone(client):
    claim, _other = factories.claim(), factories.claim()

    assert only(client, f"{PUBLIC}?beat={claim.beat.slug}")["UID"].startswith(claim.slug)


def test_a_beat_that_readers_do_not_know_has_no_diary(client):
    hidden = factories.claim(public=False)
    for slug in ("no-such-beat", hidden.beat.slug):
        assert client.get(f"{PUBLIC}?beat={slug}").status_code == 404


def test_the_newsrooms_diary_speaks_its_language_and_ones_own_speaks_ones_own(client, settings):
    emma = factories.editor(language="fr")
    factories.claim(actor=emma)

    english = client.get(PUBLIC, headers={"accept-language": "fr"})
    french = client.get(path(emma), headers={"accept-language": "en"})

    assert english["Content-Language"] == "en"
    assert "Deadline" in english.content.decode()
    assert french["Content-Language"] == "fr"
    assert "Échéance" in french.content.decode()
    settings.LANGUAGE_CODE = "fr"
    assert "Échéance" in client.get(PUBLIC).content.decode()


# --- How it is asked for --------------------------------------------------------------------------


def test_a_diary_that_did_not_change_is_not_sent_again(client):
    emma = factories.editor()
    claim = factories.claim(actor=emma)
    for address in (PUBLIC, path(emma)):
        first = client.get(address)
        assert first["Content-Type"] == "text/calendar; charset=utf-8"
        with time_machine.travel(NOW + timedelta(hours=9), tick=False):
            again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    move(claim, date(2026, 6, 30))
    assert client.get(PUBLIC, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_everybody_may_keep_the_public_one_and_nobody_in_between_ones_own(client):
    emma = factories.editor()
    assert client.get(PUBLIC)["Cache-Control"] == "public, max-age=300"

    own = client.get(path(emma))

    assert own["Cache-Control"] == "private, max-age=300"
    assert own["X-Robots-Tag"] == "noindex"
    assert own["Referrer-Policy"] == "no-referrer"
    assert not own.cookies


def test_robots_are_not_kept_from_diaries(client):
    """Google Calendar asks robots.txt before it subscribes."""
    assert "/feeds/" not in client.get("/robots.txt").content.decode()


def test_a_diary_is_read_and_never_written(client):
    emma = factories.editor()
    for address in (PUBLIC, path(emma)):
        assert client.post(address).status_code == 405
        assert client.head(address).status_code == 200


def test_an_address_that_opens_nothing_says_not_whose_it_was(client):
    emma = factories.editor(username="emma-of-the-desk")
    old = path(emma)
    diary.replace_address(actor=emma, now=NOW)

    for address in (old, old.replace(".ics", "x.ics"), "/feeds/deadlines/x.ics"):
        response = client.get(address)
        assert response.status_code == 404
        assert "emma-of-the-desk" not in response.content.decode()
