"""Whatever a service changes is one entry of the ledger, or is on a short list that says why not.

The services are found by what they look like: a public function that is a transaction of its own or
takes an actor. One that this file does not name fails the first test.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyotp
import pytest
from django.contrib.auth.tokens import default_token_generator

from tests import factories
from tests.services.desk import deadline, story
from verification.domain.deadlines import LADDER
from verification.models import (
    ApiToken,
    Attempts,
    Claim,
    Delivery,
    DeskSession,
    LedgerEntry,
    Message,
    Proposal,
    Reply,
    StoryUpdate,
    Suppression,
    User,
)
from verification.models.choices import Gate, MessageState
from verification.services import (
    claims,
    deliveries,
    desk_sessions,
    diary,
    endpoints,
    handing,
    ladders,
    merging,
    notices,
    passwords,
    people,
    preferences,
    proposals,
    redaction,
    replies,
    reports,
    second_factors,
    signing_in,
    snapshots,
    snoozes,
    sources,
    stories,
    stuck,
    suppressions,
    tokens,
    verdicts,
)
from verification.services.articlepages import Article

pytestmark = pytest.mark.django_db

NOW = factories.NOW
SECRET = "a long enough one"
APRIL = datetime(2026, 4, 1, 9, tzinfo=UTC)
SERVICES = Path(__file__).parents[2] / "verification" / "services"

#: What writes no entry of its own, and why.
NO_ENTRY = {
    "imports.import_rows": "each claim of a file is logged by claims.log and what follows it",
    "ledger.append": "it is the entry",
    "ledger.append_many": "it is the entries",
    "merging.preview": "it is undone",
    "redaction.preview": "it is undone",
    "proposals.decide": "it calls verdicts.decide, or proposals.propose",
    "proposals.revise": "it calls verdicts.revise, or proposals.propose",
    "proposals.void": "it calls one of these",
    "deliveries.send_test": "a receiver is tried; nothing that it may do changes",
    "outbox.requeue": "an entry of its own, and one more where an address is accepted again",
    "recomputing.recompute": "the records follow from what the ledger tells",
    "summing.sum_up": "the records follow from what the ledger tells",
    "reminders.route_again": "a reminder that was promised goes to who has the claim now",
    "sources.source_named": "it finds a source, or calls create_source",
    "sources.beat_named": "it finds a beat, or calls create_beat",
    "suppressions.lift_address": "part of what calls it, and tested with suppressions.lift",
    "suppressions.reach_changed": "part of people.edit_user",
    "account_notices.bundle": "a mail that was promised is written",
    "attempts.take": "a try is counted; what it opens or locks is told by mail",
    "attempts.forget": "part of what calls it",
    "attempts.give_back": "part of what calls it",
    "batch.log_all": "each claim of an article is logged by claims.log, each report by add_report",
    "batch.done_under": "it only reads",
    "claimrules.build_claim": "it is part of claims.log and of an import, and keeps nothing",
    "once.remember": "the answer to a request that may be asked again",
    "people.write_down": "it is the entry",
    "runs.begin": "how far an import is; its claims are logged one by one",
    "single.one_by_one": "each claim of a file is logged by claims.log and what follows it",
    "uploads.receive": "a file waits to be looked through",
    "uploads.confirm": "a file waits to be brought in",
    "uploads.discard": "a file that was never brought in",
    "second_factors.accept": "somebody signs in",
    "second_factors.accept_recovery": "somebody signs in",
    "verdicts.build": "it is part of verdicts.decide and of an import, and keeps nothing",
    "intake.propose": "it only reads",
    "intake.extract": "it only reads",
    "pageoutlet.outlet_of": "it only reads",
    "pageoutlet.unified": "it only reads",
    "beatguess.beats_for": "it only reads",
    "intake.page_at": "it only reads a page",
    "readings.take_due": "which pages are read next",
    "snapshots.reread": "as snapshots.keep, where the page says something new",
    "watches.watch": "whom to tell of a claim besides: no part of anybody's record",
    "watches.unwatch": "the same",
}

Act = Callable[["Desk"], object]


class Desk:
    """What an act finds: a claim that awaits its verdict, with one of everything."""

    def __init__(self) -> None:
        self.boss = factories.managing_editor(username="boss")
        self.robin = factories.reporter(username="robin")
        self.source = factories.SourceFactory.create(kind="reporter", name="Jo Doe", slug="jo-doe")
        self.claim: Claim = factories.claim(
            actor=self.boss, reports=[factories.report_draft(self.source)]
        )
        self.by: dict[str, Any] = {"actor": self.boss, "now": NOW}
        self.later: dict[str, Any] = {"actor": self.boss, "now": APRIL}

    def decided(self) -> Claim:
        if not self.claim.outcome:
            factories.decide(self.claim, actor=self.boss)
        return self.claim

    def our_story(self) -> Any:
        added = stories.add_story(**self.by, claim=self.claim, draft=story(author=self.robin))
        self.claim.refresh_from_db()
        return added

    def update(self) -> StoryUpdate:
        self.our_story()
        self.decided()
        return StoryUpdate.objects.get()

    def message(self) -> Message:
        return Message.objects.create(
            kind="reminder",
            recipient=self.robin,
            state=MessageState.FAILED,
            message_id="<1@example.org>",
            created_at=NOW,
        )

    def suppressed(self) -> User:
        Suppression.objects.create(address=self.robin.email.lower(), since=NOW, reason="550")
        return self.robin

    def proposal(self) -> Proposal:
        return proposals.propose(
            **self.later, claim=self.claim, version=None, outcome="lapsed", revising=False
        )

    def asked(self) -> Reply:
        day = NOW.date()
        return replies.ask(**self.by, claim=self.claim, whom="OpenAI", asked_on=day, answer_by=day)

    def delivered(self) -> Delivery:
        factories.webhook(actor=self.boss)
        factories.claim(actor=self.boss)
        Delivery.objects.update(state=MessageState.SENT, next_attempt_at=None)
        return Delivery.objects.get()

    def token(self) -> ApiToken:
        return ApiToken.objects.create(user=self.robin, name="program")[0]


def _snoozed(desk: Desk) -> Claim:
    snoozes.snooze(**desk.by, claim=desk.claim, until=date(2026, 2, 3))
    return desk.claim


#: Each makes what it needs and returns the change itself, so that only that is counted.
ACTS: dict[str, Callable[[Desk], Callable[[], object]]] = {
    "snapshots.keep": lambda d: (
        lambda: snapshots.keep(
            **d.by, report=d.claim.reports.get(), article=Article(text="It will.", title="A deal")
        )
    ),
    "claims.log": lambda d: (
        lambda: claims.log(**d.by, statement="A deal.", beat=d.claim.beat, deadline=deadline())
    ),
    "claims.edit": lambda d: (
        lambda: claims.edit(
            **d.by, claim=d.claim, version=1, changes={"public": False, "statement": "Else."}
        )
    ),
    "claims.extend": lambda d: (
        lambda: claims.extend(
            **d.by, claim=d.claim, version=1, deadline=deadline(), reason="Later."
        )
    ),
    "claims.assign": lambda d: (
        lambda: claims.assign(**d.by, claim=d.claim, version=1, assignee=d.robin)
    ),
    "handing.hand_over": lambda d: (
        lambda: handing.hand_over(**d.by, claim=d.claim, version=1, to=d.robin)
    ),
    "reports.add_report": lambda d: (
        lambda: reports.add_report(**d.by, claim=d.claim, draft=factories.report_draft())
    ),
    "reports.amend_report": lambda d: (
        lambda: reports.amend_report(
            **d.by,
            report=d.claim.reports.get(),
            draft=factories.report_draft(d.source, headline="New"),
        )
    ),
    "reports.withdraw_report": lambda d: (
        lambda: reports.withdraw_report(**d.by, report=d.claim.reports.get())
    ),
    "stories.add_story": lambda d: lambda: stories.add_story(**d.by, claim=d.claim, draft=story()),
    "stories.remove_story": lambda d: (
        lambda added: lambda: stories.remove_story(**d.by, story=added)
    )(d.our_story()),
    "notices.tick_off": lambda d: _ticking(d, twice=False),
    "notices.untick": lambda d: _ticking(d, twice=True),
    "verdicts.decide": lambda d: lambda: factories.decide(d.claim, actor=d.boss),
    "verdicts.revise": lambda d: (
        lambda claim: (
            lambda: verdicts.revise(
                **d.later,
                claim=claim,
                version=claim.version,
                outcome="lapsed",
                rationale="We had misread it.",
            )
        )
    )(d.decided()),
    "verdicts.void": lambda d: (
        lambda: verdicts.void(**d.by, claim=d.claim, version=1, rationale="Twice.")
    ),
    "verdicts.reopen": lambda d: (
        lambda claim: (
            lambda: verdicts.reopen(
                **d.later, claim=claim, version=claim.version, rationale="Too early."
            )
        )
    )(d.decided()),
    "snoozes.snooze": lambda d: lambda: _snoozed(d),
    "snoozes.end": lambda d: (lambda claim: lambda: snoozes.end(**d.by, claim=claim))(_snoozed(d)),
    "sources.create_source": lambda d: lambda: sources.create_source(**d.by, name="New"),
    "sources.edit_source": lambda d: (
        lambda: sources.edit_source(**d.by, source=d.source, changes={"name": "New"})
    ),
    "sources.create_beat": lambda d: lambda: sources.create_beat(**d.by, name="New"),
    "sources.edit_beat": lambda d: (
        lambda: sources.edit_beat(**d.by, beat=d.claim.beat, changes={"editor": d.robin})
    ),
    "merging.merge": lambda d: (
        lambda into: lambda: merging.merge(**d.by, source=d.source, into=into)
    )(factories.SourceFactory.create()),
    "redaction.redact": lambda d: (
        lambda: redaction.redact(**d.by, source=d.source, reason="Asked for it.")
    ),
    "ladders.set_ladder": lambda d: (
        lambda: ladders.set_ladder(**d.by, beat=d.claim.beat, hour=7, rungs=LADDER)
    ),
    "people.create_user": lambda d: (
        lambda: people.create_user(
            **d.by,
            fields={"username": "noor", "email": "noor@example.org"},
            role="editor",
            password=SECRET,
        )
    ),
    "people.edit_user": lambda d: (
        lambda: people.edit_user(
            **d.by, user=d.robin, fields={"first_name": "Robin"}, role="editor"
        )
    ),
    "people.set_password": lambda d: (
        lambda: people.set_password(**d.by, user=d.robin, password=SECRET)
    ),
    "tokens.create": lambda d: (
        lambda: tokens.create(actor=None, user=d.robin, name="program", now=NOW)
    ),
    "tokens.revoke": lambda d: (lambda token: lambda: tokens.revoke(**d.by, token=token))(
        d.token()
    ),
    "proposals.propose": lambda d: d.proposal,
    "proposals.confirm": lambda d: (
        lambda proposal: (
            lambda: proposals.confirm(actor=factories.editor(), proposal=proposal, now=APRIL)
        )
    )(d.proposal()),
    "proposals.send_back": lambda d: (
        lambda proposal: (
            lambda: proposals.send_back(
                actor=factories.editor(), proposal=proposal, reason="Which page?", now=APRIL
            )
        )
    )(d.proposal()),
    "proposals.withdraw": lambda d: (
        lambda proposal: lambda: proposals.withdraw(**d.later, proposal=proposal)
    )(d.proposal()),
    "replies.ask": lambda d: d.asked,
    "replies.answer": lambda d: (
        lambda reply: (
            lambda: replies.answer(**d.by, reply=reply, answer="No.", answered_on=NOW.date())
        )
    )(d.asked()),
    "replies.remove": lambda d: (lambda reply: lambda: replies.remove(**d.by, reply=reply))(
        d.asked()
    ),
    "passwords.set_by_token": lambda d: (
        lambda token: (
            lambda: passwords.set_by_token(
                user=d.robin, token=token, password=SECRET, again=SECRET, address="", now=NOW
            )
        )
    )(default_token_generator.make_token(d.robin)),
    "second_factors.confirm": lambda d: lambda: _second_factor(d.robin),
    "second_factors.new_codes": lambda d: (
        lambda _codes: lambda: second_factors.new_codes(user=d.robin, now=NOW)
    )(_second_factor(d.robin)),
    "second_factors.remove": lambda d: (
        lambda _codes: lambda: second_factors.remove(user=d.robin, keep=None, address="", now=NOW)
    )(_second_factor(d.robin)),
    "second_factors.reset": lambda d: (
        lambda _codes: lambda: second_factors.reset(**d.by, user=d.robin)
    )(_second_factor(d.robin)),
    "signing_in.unlock": lambda d: (lambda _shut: lambda: signing_in.unlock(**d.by, user=d.robin))(
        Attempts.objects.create(
            gate=Gate.CODE, key="0", made=5, since=NOW, shut_until=APRIL, user=d.robin
        )
    ),
    "desk_sessions.end": lambda d: (
        lambda _session: lambda: desk_sessions.end(**d.by, user=d.robin)
    )(DeskSession.objects.create(session_key="0", expire_date=APRIL, user=d.robin)),
    "endpoints.add": lambda d: lambda: factories.webhook(actor=d.boss),
    "endpoints.edit": lambda d: (
        lambda webhook: (
            lambda: endpoints.edit(
                **d.by, webhook=webhook, name="Else", url="", events=["claim.verdict"]
            )
        )
    )(factories.webhook(actor=d.boss)),
    "endpoints.rotate": lambda d: (
        lambda webhook: lambda: endpoints.rotate(**d.by, webhook=webhook)
    )(factories.webhook(actor=d.boss)),
    "endpoints.switch": lambda d: (
        lambda webhook: lambda: endpoints.switch(**d.by, webhook=webhook, on=False)
    )(factories.webhook(actor=d.boss)),
    "endpoints.remove": lambda d: (
        lambda webhook: lambda: endpoints.remove(**d.by, webhook=webhook)
    )(factories.webhook(actor=d.boss, off=True)),
    "deliveries.send_again": lambda d: (
        lambda delivery: lambda: deliveries.send_again(**d.by, delivery=delivery)
    )(d.delivered()),
    "preferences.set_preferences": lambda d: (
        lambda: preferences.set_preferences(**d.by, user=d.boss, fields={"language": "fr"})
    ),
    "preferences.stop": lambda d: lambda: preferences.stop(user=d.boss, what="digest", now=NOW),
    "diary.replace_address": lambda d: lambda: diary.replace_address(**d.by),
    "stuck.put_away": lambda d: (lambda message: lambda: stuck.put_away(**d.by, message=message))(
        d.message()
    ),
    "suppressions.suppress": lambda d: (
        lambda: suppressions.suppress(address=d.robin.email, reason="550", message=None, now=NOW)
    ),
    "suppressions.lift": lambda d: (lambda user: lambda: suppressions.lift(**d.by, user=user))(
        d.suppressed()
    ),
}


def _ticking(desk: Desk, *, twice: bool) -> Callable[[], object]:
    update = desk.update()
    if twice:
        notices.tick_off(**desk.later, update=update)
    act = notices.untick if twice else notices.tick_off
    return lambda: act(**desk.later, update=update)


def _second_factor(user: User) -> list[str]:
    seed = second_factors.new_seed()
    code = pyotp.TOTP(second_factors.secret(seed)).at(NOW)
    return second_factors.confirm(user=user, seed=seed, code=code, keep=None, address="", now=NOW)


def services() -> set[str]:
    """Every service that may change something, as `module.function`."""
    return {
        f"{path.stem}.{node.name}"
        for path in SERVICES.rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and (
            "transaction.atomic" in map(ast.unparse, node.decorator_list)
            or "actor" in {argument.arg for argument in node.args.kwonlyargs}
        )
    }


def test_every_service_is_named_here() -> None:
    assert services() == set(ACTS) | set(NO_ENTRY)
    assert not set(ACTS) & set(NO_ENTRY)


@pytest.mark.parametrize("act", ACTS)
def test_a_change_is_one_entry(act: str) -> None:
    change = ACTS[act](Desk())
    before = LedgerEntry.objects.count()
    change()
    assert LedgerEntry.objects.count() == before + 1
