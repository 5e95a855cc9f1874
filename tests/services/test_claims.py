"""Logging a claim, editing it, moving its deadline and handing it over."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.test import override_settings

from tests import factories
from tests.services.desk import (
    CONTROL,
    DAY,
    HALF_A_LETTER,
    LONG,
    TODAY,
    deadline,
    emma,
    last_entry,
    story,
)
from tests.services.rows import nothing_changes, refuses
from verification.domain import criteria
from verification.models import Claim, Source, User
from verification.services import claims, crosscheck, recomputing, verdicts
from verification.services.drafts import DeadlineDraft

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture
def claim() -> Claim:
    """Logged by Robin, reported by one source on 29 January; Emma is at her desk."""
    emma()
    return factories.claim(actor=factories.reporter(username="robin"))


# --- Logging --------------------------------------------------------------------------------------


def test_a_claim_is_logged_with_its_reports_stories_and_positions() -> None:
    actor, assignee, beat = factories.reporter(), factories.editor(), factories.BeatFactory()
    wsj, relay = factories.SourceFactory.create(), factories.SourceFactory.create()
    claim = claims.log(
        actor=actor,
        statement="  Amazon will put\n at least $50bn into OpenAI. ",
        criteria=" Confirmed if either says so. \n",
        language="fr",
        beat=beat,
        deadline=DeadlineDraft(
            day=date(2026, 3, 31), text=" end  of Q1 ", precision="quarter", basis="source"
        ),
        public=False,
        assignee=assignee,
        reports=[
            factories.report_draft(relay, via=wsj, published_on=TODAY),
            factories.report_draft(wsj, certainty="likely", hedge=" could  invest "),
        ],
        stories=[story(author=actor)],
        now=NOW,
    )
    claim.refresh_from_db()
    assert claim.statement == "Amazon will put at least $50bn into OpenAI."
    assert claim.criteria == "Confirmed if either says so."
    assert (claim.language, claim.beat, claim.public) == ("fr", beat, False)
    assert (claim.deadline, claim.deadline_text) == (date(2026, 3, 31), "end of Q1")
    assert (claim.deadline_precision, claim.deadline_basis) == ("quarter", "source")
    assert (claim.assignee, claim.logged_by, claim.logged_at) == (assignee, actor, NOW)
    assert (claim.version, claim.outcome, claim.verdict) == (1, "", None)
    assert claim.first_reported_on == date(2026, 1, 29)
    assert claim.next_reminder_at == datetime(2026, 3, 24, 9, tzinfo=UTC)
    assert claim.reports.get(source=wsj).hedge == "could invest"
    assert claim.stories.get().author == actor
    assert set(claim.positions.values_list("source", "credit")) == {
        (wsj.pk, "open"),
        (relay.pk, "relay-open"),
    }


def test_a_claim_can_be_logged_before_any_report_of_it() -> None:
    claim = factories.claim(reports=[])
    assert (claim.first_reported_on, claim.positions.count()) == (None, 0)


def test_the_ledger_tells_the_whole_of_a_logged_claim() -> None:
    actor, beat = factories.reporter(), factories.BeatFactory.create()
    source = factories.SourceFactory.create()
    claim = factories.claim(
        actor=actor,
        beat=beat,
        reports=[factories.report_draft(source, certainty="likely", hedge="could")],
        stories=[story()],
    )
    entry = last_entry()
    assert (entry.action, entry.claim, entry.claim_slug) == ("claim logged", claim, claim.slug)
    assert (entry.actor, entry.actor_name, entry.recorded_at) == (actor, actor.username, NOW)
    assert entry.content == {
        "statement": claim.statement,
        "criteria": claim.criteria,
        "language": "en",
        "beat": beat.slug,
        "public": True,
        "assignee": None,
        "deadline": "2026-03-31",
        "deadline_text": "end of Q1 2026",
        "deadline_precision": "day",
        "deadline_basis": "source",
        "reports": [
            {
                "source": source.slug,
                "author": "",
                "url": f"https://{source.slug}.example/2026-01-29",
                "published_on": "2026-01-29",
                "headline": "",
                "stance": "asserts",
                "certainty": "likely",
                "hedge": "could",
                "via": None,
            }
        ],
        "stories": ["https://ours.example/amazon"],
    }


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"statement": ""}, "statement"),
        ({"statement": " \n\t "}, "statement"),
        ({"statement": LONG}, "statement"),
        ({"statement": CONTROL}, "statement"),
        ({"statement": HALF_A_LETTER}, "statement"),
        ({"criteria": LONG}, "criteria"),
        ({"criteria": CONTROL}, "criteria"),
        ({"language": "de"}, "language"),
        ({"language": ""}, "language"),
        ({"slug": "Not a slug"}, "slug"),
        ({"slug": "x" * 101}, "slug"),
        ({"slug": "a\x00b"}, "slug"),
        ({"slug": "\ud800"}, "slug"),
    ],
)
def test_a_claim_with_a_wrong_field_is_refused_by_its_name(
    fields: dict[str, Any], wrong: str
) -> None:
    actor, beat, draft = factories.reporter(), factories.BeatFactory(), factories.report_draft()
    with refuses(wrong):
        factories.claim(actor=actor, beat=beat, reports=[draft], **fields)


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        (deadline(date(1899, 12, 31)), {"deadline"}),
        (deadline(date(2201, 1, 1)), {"deadline"}),
        (deadline(date(9999, 12, 31)), {"deadline"}),
        (deadline(date(2026, 1, 28)), {"deadline"}),
        (deadline(precision="week"), {"deadline_precision"}),
        (deadline(precision=""), {"deadline_precision"}),
        (deadline(basis="reader"), {"deadline_basis"}),
        (deadline(text="x" * 201), {"deadline_text"}),
        (deadline(text="\x07"), {"deadline_text"}),
    ],
)
def test_a_wrong_deadline_is_refused(draft: DeadlineDraft, wrong: set[str]) -> None:
    actor, beat, report = factories.editor(), factories.BeatFactory(), factories.report_draft()
    with refuses(*wrong):
        claims.log(
            actor=actor,
            statement="A deal.",
            beat=beat,
            deadline=draft,
            reports=[report],
            now=NOW,
        )
    if "deadline" in wrong:
        return
    claim = factories.claim(actor=actor)
    with refuses(*wrong):
        claims.extend(actor=actor, claim=claim, version=1, deadline=draft, reason="So.", now=NOW)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    actor, beat = factories.editor(), factories.BeatFactory.create()
    drafts = [
        factories.report_draft(url="javascript:alert(1)"),
        factories.report_draft(stance="denies", published_on=TODAY + 9 * DAY),
    ]
    with refuses(
        "statement",
        "deadline_precision",
        "reports.0.url",
        "reports.1.stance",
        "reports.1.published_on",
        "stories.0.url",
        "stories.0.title",
    ):
        claims.log(
            actor=actor,
            statement="",
            beat=beat,
            deadline=deadline(precision="week"),
            reports=drafts,
            stories=[story(title="", url="data:,x")],
            now=NOW,
        )


def test_an_unknown_choice_is_told_what_there_is() -> None:
    actor, beat = factories.editor(), factories.BeatFactory.create()
    draft = factories.report_draft(stance="denies")
    with refuses("reports.0.stance") as problems:
        factories.claim(actor=actor, beat=beat, reports=[draft])
    assert problems["reports.0.stance"] == ["“denies” is not one of: asserts, disputes, observes."]


def test_a_scheme_in_capitals_is_the_same_address() -> None:
    claim = factories.claim(reports=[factories.report_draft(url="HTTPS://example.org/A")])
    assert claim.reports.get().url == "https://example.org/A"


def test_a_deadline_on_the_day_of_the_first_report_is_in_order() -> None:
    assert factories.claim(deadline=date(2026, 1, 29)).deadline == date(2026, 1, 29)


def test_a_report_of_tomorrow_is_in_order_because_it_may_be_tomorrow_there() -> None:
    draft = factories.report_draft(published_on=TODAY + DAY)
    assert factories.claim(reports=[draft]).first_reported_on == TODAY + DAY


def test_today_is_the_newsrooms_own(settings: Any) -> None:
    actor, beat = factories.editor(), factories.BeatFactory.create()
    late = datetime(2026, 1, 30, 23, 30, tzinfo=UTC)  # in Paris it is the 31st already
    draft = factories.report_draft(published_on=date(2026, 2, 1))
    with refuses("reports.0.published_on"):
        factories.claim(actor=actor, beat=beat, reports=[draft], now=late)
    settings.NEWSROOM_TIME_ZONE = "Europe/Paris"
    assert factories.claim(actor=actor, beat=beat, reports=[draft], now=late).pk


def test_who_has_left_the_desk_is_assigned_nothing() -> None:
    actor, beat, draft = factories.editor(), factories.BeatFactory(), factories.report_draft()
    gone = factories.editor(is_active=False)
    with refuses("assignee"):
        factories.claim(actor=actor, beat=beat, reports=[draft], assignee=gone)
    claim = factories.claim(actor=actor)
    with refuses("assignee"):
        claims.assign(actor=actor, claim=claim, version=1, assignee=gone, now=NOW)


# --- Addresses ------------------------------------------------------------------------------------


def test_an_address_is_made_from_the_statement_cut_at_a_word_and_numbered() -> None:
    statement = "Amazon will put fifty billion dollars into OpenAI before the end of the year " * 3
    slugs = [factories.claim(statement=statement).slug for _ in range(3)]
    assert slugs[0] == (
        "amazon-will-put-fifty-billion-dollars-into-openai-before-the-end-of-the-year"
    )
    assert slugs[1:] == [f"{slugs[0]}-2", f"{slugs[0]}-3"]


@pytest.mark.parametrize("statement", ["明日は雨が降る。", "?!", "🚀"])
def test_a_statement_without_latin_letters_has_an_address_too(statement: str) -> None:
    assert factories.claim(statement=statement).slug == "claim"
    assert factories.claim(statement=statement).slug == "claim-2"


def test_one_endless_word_has_an_address_too() -> None:
    assert 0 < len(factories.claim(statement="x" * 500).slug) <= 100


def test_an_address_that_is_taken_is_refused() -> None:
    taken = factories.claim(slug="openai")
    actor, draft = factories.editor(), factories.report_draft()
    with refuses("slug"):
        factories.claim(actor=actor, beat=taken.beat, reports=[draft], slug="openai")


def test_an_address_stays_when_the_wording_changes() -> None:
    claim = factories.claim()
    edited = claims.edit(
        actor=factories.editor(),
        claim=claim,
        version=1,
        changes={"statement": "Another wording."},
        now=NOW,
    )
    assert edited.slug == claim.slug


# --- Editing --------------------------------------------------------------------------------------


def edit(claim: Claim, actor: User | None = None, version: int = 1, **changes: object) -> Claim:
    return claims.edit(
        actor=actor or emma(), claim=claim, version=version, changes=changes, now=NOW
    )


def test_what_changes_is_written_with_what_stood_before(claim: Claim) -> None:
    before = claim.statement
    edited = edit(claim, statement=" Another\nwording. ", language="fr", deadline_basis="newsroom")
    assert (edited.statement, edited.language, edited.version) == ("Another wording.", "fr", 2)
    entry = last_entry()
    assert entry.action == "claim edited"
    assert entry.content == {
        "statement": "Another wording.",
        "language": "fr",
        "deadline_basis": "newsroom",
        "before": {"statement": before, "language": "en", "deadline_basis": "source"},
    }


def test_an_edit_that_changes_nothing_writes_nothing(claim: Claim) -> None:
    with nothing_changes():
        assert edit(claim, statement=claim.statement, public=True, beat=claim.beat).version == 1


@pytest.mark.parametrize(
    "name", ["deadline", "assignee", "slug", "outcome", "verdict", "version", "logged_by", "x"]
)
def test_nothing_else_can_be_edited(claim: Claim, name: str) -> None:
    with refuses(name):
        claims.edit(actor=emma(), claim=claim, version=1, changes={name: "x"}, now=NOW)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"statement": ""}, "statement"),
        ({"statement": LONG}, "statement"),
        ({"statement": CONTROL}, "statement"),
        ({"criteria": LONG}, "criteria"),
        ({"language": "xx"}, "language"),
        ({"deadline_basis": "reader"}, "deadline_basis"),
        ({"public": "perhaps"}, "public"),
    ],
)
def test_a_wrong_edit_is_refused(claim: Claim, changes: dict[str, object], wrong: str) -> None:
    with refuses(wrong):
        edit(claim, **changes)


@pytest.mark.parametrize("outcome", ["confirmed", "lapsed", "void"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("statement", "What was meant all along."),
        ("criteria", "As it turned out."),
        ("language", "fr"),
        ("deadline_basis", "newsroom"),
    ],
)
def test_the_wording_of_a_decided_claim_stands(
    claim: Claim, outcome: str, name: str, value: str
) -> None:
    factories.decide(claim, outcome)
    with refuses(name):
        edit(claim, version=2, **{name: value})


def test_a_decided_claim_can_change_its_beat_and_its_audience_and_takes_its_credit_along(
    claim: Claim,
) -> None:
    factories.decide(claim)
    beat = factories.BeatFactory.create()
    edit(claim, version=2, beat=beat, public=False)
    record = Source.objects.get().records.get()
    assert (record.beat, record.public, record.hits) == (beat, False, 1)
    assert last_entry().content["beat"] == beat.slug
    assert recomputing.differences() == []


def test_a_reopened_claim_can_be_reworded_again(claim: Claim) -> None:
    factories.decide(claim)
    verdicts.reopen(
        actor=factories.managing_editor(),
        claim=claim,
        version=2,
        rationale="Too early.",
        now=datetime(2026, 4, 2, tzinfo=UTC),
    )
    assert edit(claim, version=3, statement="Another wording.").statement == "Another wording."


# --- Moving the deadline --------------------------------------------------------------------------


def extend(claim: Claim, draft: DeadlineDraft | None = None, **fields: Any) -> Claim:
    fine: dict[str, Any] = {
        "actor": emma(),
        "version": claim.version,
        "deadline": draft or deadline(),
        "reason": "The round closes later, says the company.",
        "now": NOW,
    }
    return claims.extend(claim=claim, **(fine | fields))


def test_a_moved_deadline_keeps_wording_precision_basis_and_reason(claim: Claim) -> None:
    moved = extend(claim)
    moved.refresh_from_db()
    assert (moved.deadline, moved.deadline_text) == (date(2026, 6, 30), "end of the first half")
    assert (moved.deadline_precision, moved.deadline_basis, moved.version) == (
        "half",
        "newsroom",
        2,
    )
    assert last_entry().action == "deadline moved"
    assert last_entry().content == {
        "deadline": "2026-06-30",
        "deadline_text": "end of the first half",
        "deadline_precision": "half",
        "deadline_basis": "newsroom",
        "reason": "The round closes later, says the company.",
        "before": {
            "deadline": "2026-03-31",
            "deadline_text": "end of Q1 2026",
            "deadline_precision": "day",
            "deadline_basis": "source",
        },
    }


def test_who_may_not_edit_a_claim_moves_its_deadline_but_not_its_written_criteria() -> None:
    mover = factories.UserFactory.create()
    mover.user_permissions.add(Permission.objects.get(codename="extend_claim"))
    mover = User.objects.get(pk=mover.pk)
    claim = factories.claim(criteria="Signed by 31 March 2026.")

    with pytest.raises(PermissionDenied):
        extend(claim, actor=mover, name_day=True)
    moved = extend(claim, actor=mover)

    moved.refresh_from_db()
    assert (moved.deadline, moved.criteria) == (date(2026, 6, 30), "Signed by 31 March 2026.")


def test_a_claim_whose_criteria_followed_its_deadline_is_found_by_their_new_words() -> None:
    written = criteria.proposed(
        "Amazon will put at least $50bn into OpenAI.",
        language="en",
        deadline=date(2026, 3, 31),
        wording="end of Q1 2026",
    )
    claim = factories.claim(criteria=written)

    extend(claim)

    assert "June" in Claim.objects.get(pk=claim.pk).criteria
    assert [found.pk for found in Claim.objects.search("first half")] == [claim.pk]
    assert list(crosscheck.differences()) == []


def test_a_moved_deadline_starts_its_reminders_anew(claim: Claim) -> None:
    assert claim.next_reminder_at == datetime(2026, 3, 24, 9, tzinfo=UTC)
    assert extend(claim).next_reminder_at == datetime(2026, 6, 23, 9, tzinfo=UTC)


def test_a_deadline_moved_to_where_a_stage_is_reached_is_looked_at_at_once(claim: Claim) -> None:
    assert extend(claim, deadline(TODAY + 3 * DAY)).next_reminder_at == NOW


def test_a_deadline_that_awaits_its_verdict_can_be_moved(claim: Claim) -> None:
    late = datetime(2026, 4, 20, 9, tzinfo=UTC)
    assert extend(claim, now=late).deadline == date(2026, 6, 30)


def test_a_deadline_moves_to_today_and_to_no_day_that_has_passed(claim: Claim) -> None:
    """As the newsroom counts days: it is the first of May in Paris while it is April in UTC."""
    late = datetime(2026, 4, 30, 22, 30, tzinfo=UTC)
    with override_settings(NEWSROOM_TIME_ZONE="Europe/Paris"):
        with refuses("deadline"):
            extend(claim, deadline(date(2026, 4, 30), precision="day"), now=late)
        moved = extend(claim, deadline(date(2026, 5, 1), precision="day"), now=late)
    assert moved.deadline == date(2026, 5, 1)


def test_the_wording_of_a_deadline_that_has_passed_can_be_put_right(claim: Claim) -> None:
    late = datetime(2026, 4, 20, 9, tzinfo=UTC)
    moved = extend(claim, deadline(claim.deadline, text="by March", precision="day"), now=late)
    assert moved.deadline_text == "by March"


@pytest.mark.parametrize("reason", ["", " \n", "x" * 2001, "\x00"])
def test_a_deadline_moves_for_a_reason_that_can_be_kept(claim: Claim, reason: str) -> None:
    with refuses("reason"):
        extend(claim, reason=reason)


def test_a_deadline_cannot_move_before_the_first_report_or_stay_where_it_is(claim: Claim) -> None:
    with refuses("deadline"):
        extend(claim, deadline(date(2026, 1, 28)))
    same = DeadlineDraft(
        day=claim.deadline,
        text=claim.deadline_text,
        precision=claim.deadline_precision,
        basis=claim.deadline_basis,
    )
    with refuses("deadline"):
        extend(claim, same)


@pytest.mark.parametrize("outcome", ["confirmed", "lapsed", "void"])
def test_the_deadline_of_a_decided_claim_stands(claim: Claim, outcome: str) -> None:
    factories.decide(claim, outcome)
    with refuses("deadline"):
        extend(claim)


def test_who_may_not_decide_may_not_say_what_readers_see(claim: Claim) -> None:
    reporter = User.objects.get(username="robin")
    with nothing_changes(), pytest.raises(PermissionDenied):
        claims.edit(actor=reporter, claim=claim, version=1, changes={"public": False}, now=NOW)
    edited = claims.edit(
        actor=reporter,
        claim=claim,
        version=1,
        changes={"public": True, "criteria": "New."},
        now=NOW,
    )
    assert edited.criteria == "New.", "sending it unchanged is no change"


# --- Assigning ------------------------------------------------------------------------------------


def test_a_claim_is_handed_over_and_back(claim: Claim) -> None:
    actor, assignee = factories.editor(), factories.reporter()
    handed = claims.assign(actor=actor, claim=claim, version=1, assignee=assignee, now=NOW)
    assert (handed.assignee, handed.version) == (assignee, 2)
    assert last_entry().content == {"assignee": assignee.username, "before": None}
    back = claims.assign(actor=actor, claim=claim, version=2, assignee=None, now=NOW)
    assert (back.assignee, back.version) == (None, 3)


def test_handing_a_claim_to_who_has_it_writes_nothing(claim: Claim) -> None:
    with nothing_changes():
        claims.assign(actor=emma(), claim=claim, version=1, assignee=None, now=NOW)


def test_handing_over_a_decided_claim_wakes_no_reminder(claim: Claim) -> None:
    factories.decide(claim)
    handed = claims.assign(actor=emma(), claim=claim, version=2, assignee=emma(), now=NOW)
    assert handed.next_reminder_at is None


@pytest.mark.parametrize("mark", ["\u202e", "\u202a", "\u2066", "\u2069", "\ufeff"])
def test_marks_that_turn_the_direction_of_a_line_are_taken_out(mark: str) -> None:
    logged = factories.claim(
        statement=f"Amazon {mark}will invest.", criteria=f"If{mark} it says so.\nOr not."
    )
    assert logged.statement == "Amazon will invest."
    assert logged.criteria == "If it says so.\nOr not."


def test_a_name_written_from_right_to_left_keeps_its_letters_and_its_own_marks() -> None:
    name = "هآرتس \u200f(Haaretz)"
    assert factories.claim(statement=f"{name} will be sold.").statement == f"{name} will be sold."


def test_a_deadline_that_moves_is_out_of_reach_of_nobody_yet() -> None:
    """Else the desk would be alarmed for days about a mail of the old deadline."""
    claim = factories.claim()
    Claim.objects.filter(pk=claim.pk).update(unreachable_since=NOW)
    moved = claims.extend(
        actor=factories.managing_editor(), claim=claim, version=None,
        deadline=DeadlineDraft(day=date(2026, 6, 30)), reason="Talks.", now=NOW,
    )  # fmt: skip
    moved.refresh_from_db()
    assert moved.unreachable_since is None
