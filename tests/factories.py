"""Makes what a test needs through the services: no test starts from an impossible state."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import factory
from django.contrib.auth.models import Group

from verification import roles
from verification.models import Beat, Claim, Source, User, Verdict, Webhook
from verification.services import claims, endpoints, verdicts
from verification.services.connecting import Net
from verification.services.drafts import DeadlineDraft, EvidenceDraft, ReportDraft

#: A Friday morning: the day after the first reports of the seed story.
NOW = datetime(2026, 1, 30, 10, 0, tzinfo=UTC)


class UserFactory(factory.django.DjangoModelFactory[User]):
    """Somebody without a role. The password is `secret-of-<username>`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = factory.django.Password(factory.LazyAttribute(lambda u: f"secret-of-{u.username}"))
    is_staff = True


def with_role(role: str, **fields: Any) -> User:
    """A user of the desk with one role."""
    user = UserFactory.create(**fields)
    user.groups.add(Group.objects.get(name=role))
    return user


def reader(**fields: Any) -> User:
    """Sees the desk and changes nothing."""
    return with_role(roles.READER, **fields)


def reporter(**fields: Any) -> User:
    """Logs claims and reports."""
    return with_role(roles.REPORTER, **fields)


def editor(**fields: Any) -> User:
    """Decides, and moves deadlines."""
    return with_role(roles.EDITOR, **fields)


def managing_editor(**fields: Any) -> User:
    """Voids, revises, keeps beats and users."""
    return with_role(roles.MANAGING_EDITOR, **fields)


class BeatFactory(factory.django.DjangoModelFactory[Beat]):
    """A beat without an editor in charge."""

    class Meta:
        model = Beat

    name = factory.Sequence(lambda n: f"Beat {n}")
    slug = factory.Sequence(lambda n: f"beat-{n}")


class SourceFactory(factory.django.DjangoModelFactory[Source]):
    """An outlet."""

    class Meta:
        model = Source

    name = factory.Sequence(lambda n: f"Source {n}")
    slug = factory.Sequence(lambda n: f"source-{n}")
    homepage = factory.LazyAttribute(lambda source: f"https://{source.slug}.example")


def report_draft(source: Source | None = None, **fields: Any) -> ReportDraft:
    """A report of 29 January 2026 that asserts the claim, of a source of its own unless given."""
    source = source or SourceFactory.create()
    fields.setdefault("published_on", date(2026, 1, 29))
    fields.setdefault("url", f"https://{source.slug}.example/{fields['published_on']}")
    return ReportDraft(source=source, **fields)


def claim(
    *,
    actor: User | None = None,
    beat: Beat | None = None,
    deadline: date = date(2026, 3, 31),
    basis: str = "source",
    reports: list[ReportDraft] | None = None,
    now: datetime = NOW,
    **fields: Any,
) -> Claim:
    """A claim with one report, logged on 30 January 2026, due on 31 March unless said otherwise."""
    fields.setdefault("statement", "Amazon will put at least $50bn into OpenAI.")
    fields.setdefault("criteria", "Confirmed if either says so on the record.")
    return claims.log(
        actor=actor or managing_editor(),
        beat=beat or BeatFactory.create(),
        deadline=DeadlineDraft(day=deadline, text="end of Q1 2026", precision="day", basis=basis),
        reports=[report_draft()] if reports is None else reports,
        now=now,
        **fields,
    )


def evidence(**fields: Any) -> EvidenceDraft:
    """A page that anyone can open."""
    return EvidenceDraft(
        **{"title": "The company's announcement", "url": "https://example.org/announcement"}
        | fields
    )


def decide(
    decided: Claim,
    outcome: str = "confirmed",
    *,
    known_on: date | None = date(2026, 2, 27),
    actor: User | None = None,
    now: datetime = datetime(2026, 4, 1, 9, 0, tzinfo=UTC),
    **fields: Any,
) -> Verdict:
    """Gives an undecided claim its verdict on 1 April 2026 and refreshes the claim."""
    if outcome == "lapsed":
        known_on = None
    fields.setdefault("rationale", "Announced by the company.")
    fields.setdefault("evidence", [evidence()] if outcome in {"confirmed", "denied"} else [])
    verdict = verdicts.decide(
        actor=actor or managing_editor(),
        claim=decided,
        version=decided.version,
        outcome=outcome,
        became_known_on=known_on,
        now=now,
        **fields,
    )
    decided.refresh_from_db()
    return verdict


def webhook(
    *,
    actor: User | None = None,
    kind: str = "json",
    url: str = "https://cms.example/hook?key=in-the-address",
    net: Net | None = None,
    off: bool = False,
    **fields: Any,
) -> Webhook:
    """A webhook that is told of everything, at an address that is public as far as anyone knows."""
    actor = actor or managing_editor()
    fields = {"name": "CMS", "events": list(endpoints.EVENTS), "now": NOW} | fields
    if net is None:
        net = Net(resolve=lambda host, port: ["93.184.215.14"], connect=_never, trusted=_never)
    made = endpoints.add(actor=actor, kind=kind, url=url, net=net, **fields)
    if off:
        endpoints.switch(actor=actor, webhook=made, on=False, now=NOW)
        made.refresh_from_db()
    return made


def _never(*_args: object) -> Any:
    raise AssertionError("nothing is connected to when an address is entered")
