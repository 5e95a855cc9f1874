"""The strip above every page of the desk: what is not well, for whoever can mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verification.models import Claim, Message, User
from verification.services import alarms, pulse
from verification.services.alarms import Found, State


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that is not well: what it is, what to do, the first few, and where they all are."""

    what: str
    do: str
    first: tuple[Link, ...]
    all: Link


def state(request: HttpRequest) -> State:
    """What is well and what is not, found out once for a page."""
    known: State | None = getattr(request, "desk_state", None)
    if known is None:
        known = alarms.state(timezone.now())
        request.desk_state = known  # type: ignore[attr-defined]
    return known


def strip(request: HttpRequest) -> list[Alarm]:
    """The alarms that the reader can do something about; nobody else's page asks for them."""
    told = [part for permission, part in PARTS if request.user.has_perm(permission)]
    if not told:
        return []
    found = state(request)
    return [alarm for part in told for alarm in part(found)]


def duration(span: timedelta) -> str:
    """A length of time in its largest unit: "11 minutes", "2 hours", "3 days"."""
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes < 120:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if minutes < 48 * 60:
        return ngettext("%(n)d hour", "%(n)d hours", minutes // 60) % {"n": minutes // 60}
    days = minutes // (24 * 60)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def _unreachable(found: State) -> Iterator[Alarm]:
    claims = found.unreachable
    if not claims.count:
        return
    yield Alarm(
        what=_counted(
            claims,
            ngettext(
                "%(n)d claim is due, and there is nobody who could be told.",
                "%(n)d claims are due, and there is nobody who could be told.",
                claims.count,
            ),
            _("More than %(n)d claims are due, and there is nobody who could be told."),
        ),
        do=_(
            "Give each an assignee whose address takes mail, or its beat an editor; it is looked "
            "at again within the hour."
        ),
        first=tuple(Link(claim.statement, _claim(claim)) for claim in claims.first),
        all=Link(_("Show them"), _list("claim", reach="nobody")),
    )


def _silent(found: State) -> Iterator[Alarm]:
    for name in found.silent:
        sign = found.worker if name == pulse.WORKER else found.beat
        ago = duration(timezone.now() - sign.at) if sign.at else ""
        yield Alarm(
            what=_silence(name, ago),
            do=_(
                "Nothing is lost: it goes out once the process runs. Ask whoever keeps the "
                "machine to start it, or to run “manage.py send_reminders” by cron."
            ),
            first=(),
            all=Link(_("See which parts are well"), reverse("healthz")),
        )


def _silence(name: str, ago: str) -> str:
    if name == pulse.WORKER:
        if not ago:
            return _("No worker has ever run: no mail is sent.")
        return _("The worker has been silent for %(span)s: no mail is sent.") % {"span": ago}
    if not ago:
        return _("Beat has never run: no deadline is noticed.")
    return _("Beat has been silent for %(span)s: no deadline is noticed.") % {"span": ago}


def _unsent(found: State) -> Iterator[Alarm]:
    if not found.unsent or found.waits is None:
        return
    yield Alarm(
        what=_("A mail has waited for %(span)s to be sent.") % {"span": duration(found.waits)},
        do=_("Its last error says why: most often the mail server does not answer."),
        first=(),
        all=Link(_("Show what waits"), _list("message", state="pending")),
    )


def _stuck(found: State) -> Iterator[Alarm]:
    mails = found.stuck
    if not mails.count:
        return
    yield Alarm(
        what=_counted(
            mails,
            ngettext(
                "%(n)d mail could not be sent, and nobody has looked after it.",
                "%(n)d mails could not be sent, and nobody has looked after them.",
                mails.count,
            ),
            _("More than %(n)d mails could not be sent, and nobody has looked after them."),
        ),
        do=_("Each says why, and what to do: mend it and send it again, or give it up."),
        first=tuple(Link(_mail(mail), _message(mail)) for mail in mails.first),
        all=Link(_("Show them"), _list("message", state="stuck")),
    )


def _refused(found: State) -> Iterator[Alarm]:
    users = found.refused
    if not users.count:
        return
    yield Alarm(
        what=_counted(
            users,
            ngettext(
                "The address of %(n)d user takes no mail.",
                "The addresses of %(n)d users take no mail.",
                users.count,
            ),
            _("The addresses of more than %(n)d users take no mail."),
        ),
        do=_("Others are told in their place until the address is mended."),
        first=tuple(Link(str(user), _user(user)) for user in users.first),
        all=Link(_("Show them"), _list("user", mail="refused")),
    )


#: Who can do something about what.
PARTS: tuple[tuple[str, Callable[[State], Iterator[Alarm]]], ...] = (
    ("verification.assign_claim", _unreachable),
    ("verification.change_message", _silent),
    ("verification.change_message", _unsent),
    ("verification.change_message", _stuck),
    ("verification.delete_suppression", _refused),
)


def _counted(found: Found, words: str, more: str) -> str:
    return (more if found.more else words) % {"n": found.count}


def _mail(mail: Message) -> str:
    return f"{mail.recipient} – {mail}"


def _claim(claim: Claim) -> str:
    return reverse("admin:verification_claim_change", args=[claim.pk])


def _message(mail: Message) -> str:
    return reverse("admin:verification_message_change", args=[mail.pk])


def _user(user: User) -> str:
    return reverse("admin:verification_user_change", args=[user.pk])


def _list(model: str, **filters: Any) -> str:
    return f"{reverse(f'admin:verification_{model}_changelist')}?{urlencode(filters)}"
