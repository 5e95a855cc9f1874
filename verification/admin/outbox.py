"""The outbox: what was and will be mailed, to be read and put back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from verification.admin import alarms, mail_pages
from verification.admin.archive import claim_link
from verification.admin.base import DeskAdmin
from verification.admin.filters import ChoiceFilter, Choices, by
from verification.admin.naming import signed_in
from verification.models import Claim, Message, Reminder, StoryUpdate
from verification.services import outbox, stuck


class StateFilter(ChoiceFilter):
    """By state; `stuck` are those that somebody has to look after."""

    field = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [
            ("stuck", _("to look after")),
            *super().lookups(request, model_admin),
        ]

    def narrow(self, request: HttpRequest, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == "stuck":
            return queryset.filter(pk__in=stuck.wanted(timezone.now()).order_by().values("pk"))
        return super().narrow(request, queryset, value)


@dataclass(frozen=True, slots=True)
class Inside:
    """What a mail is about: how many claims, and the first of them."""

    count: int
    claim: Claim


@admin.action(description=_("Send again"), permissions=["requeue"])
def requeue(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Message]) -> None:
    """Puts failed and quarantined messages back."""

    def words(number: int) -> str:
        return ngettext("%(n)d message is put back.", "%(n)d messages are put back.", number)

    each(request, queryset, outbox.requeue, words)


@admin.action(description=_("Give up"), permissions=["requeue"])
def give_up(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Message]) -> None:
    """Gives failed and quarantined messages up."""

    def words(number: int) -> str:
        return ngettext("%(n)d message is given up.", "%(n)d messages are given up.", number)

    each(request, queryset, stuck.put_away, words)


def each(
    request: HttpRequest,
    queryset: QuerySet[Message],
    act: Callable[..., bool],
    words: Callable[[int], str],
) -> None:
    """Does the same with each of the ticked messages, and says with how many it was done."""
    now, done, chosen = timezone.now(), 0, list(queryset.select_related("recipient"))
    for message in chosen:
        done += act(actor=signed_in(request), message=message, now=now)
    messages.success(request, words(done) % {"n": done})
    if done < len(chosen):
        messages.warning(request, mail_pages.NOT_STUCK)


@admin.register(Message)
class MessageAdmin(DeskAdmin):
    """Mail: one row for each message, with the mail itself a click away."""

    heading = _("Mail")
    lead = _(
        "Every mail that the tracker wrote: what was sent, what waits, what could not be sent."
    )
    empty_words = _(
        "No mail yet. It is written when a deadline is a week away, on its morning, and after it."
    )
    change_list_template = "admin/desk/mail_list.html"
    list_display = (
        "the_subject", "recipient", "the_state", "created_at", "sent_at", "attempts", "the_error",
    )  # fmt: skip
    list_display_links = None
    list_filter = (StateFilter, by("kind"))
    list_select_related = ("recipient",)
    search_fields = ("subject", "address", "recipient__username")
    search_help_text = _("A subject, an address, a user’s name")
    ordering = ("-id",)
    sortable_by = ()
    actions = (requeue, give_up)

    def pages(self) -> list[URLPattern]:
        return [
            self.page("<int:pk>/change/", mail_pages.page, "change"),
            self.page("<int:pk>/html/", mail_pages.html, "html"),
            self.page("<int:pk>/requeue/", mail_pages.requeue, "requeue"),
            self.page("<int:pk>/give-up/", mail_pages.give_up, "give_up"),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        return super().get_queryset(request).defer("text", "html")

    def complete(self, request: HttpRequest, cl: ChangeList, context: dict[str, Any]) -> None:
        """With how long the oldest has waited, and what each of the page's mails is about."""
        found = alarms.state(request)
        context["well"] = found.well
        context["waits"] = alarms.duration(found.waits) if found.waits is not None else ""
        about = inside(cl.result_list)
        for message in cl.result_list:
            message.inside = about.get(message.pk)
        super().complete(request, cl, context)

    def has_requeue_permission(self, request: HttpRequest) -> bool:
        """Whether the actions “send again” and “give up” are offered."""
        return request.user.has_perm("verification.change_message")

    @admin.display(description=_("subject"))
    def the_subject(self, message: Message) -> str:
        """The subject, as a link to the mail, and under it the claims inside."""
        subject = format_html(
            '<a class="statement" href="{}">{}</a>',
            reverse("admin:verification_message_change", args=[message.pk]),
            message.subject or _("not written yet"),
        )
        about: Inside | None = message.inside  # type: ignore[attr-defined]
        if about is None:
            return subject
        claim = format_html(
            '<a href="{}">{}</a>',
            reverse("admin:verification_claim_change", args=[about.claim.pk]),
            Truncator(about.claim.statement).chars(80),
        )
        others = about.count - 1
        more = ngettext("and %(n)d more", "and %(n)d more", others) % {"n": others}
        return format_html(
            '{}<span class="inside">{} {}</span>', subject, claim, more if others else ""
        )

    @admin.display(description=_("state"))
    def the_state(self, message: Message) -> str:
        """The state, as a chip."""
        return format_html(
            '<span class="state state-{}">{}</span>', message.state, message.get_state_display()
        )

    @admin.display(description=_("last error"))
    def the_error(self, message: Message) -> str | None:
        """The beginning of what the mail server said last."""
        if not message.last_error:
            return None
        return format_html('<span class="said">{}</span>', message.last_error[:120])


def inside(mails: Iterable[Message]) -> dict[int, Inside]:
    """What each of the mails is about, by primary key; so many queries for any number of mails."""
    pks = [mail.pk for mail in mails]
    found: dict[int, Inside] = {}
    kinds: tuple[tuple[Any, str], ...] = (
        (Reminder.objects, "claim"),
        (StoryUpdate.objects, "story__claim"),
    )
    for rows, path in kinds:
        counts = {
            row["message"]: row
            for row in rows.filter(message__in=pks)
            .order_by()
            .values("message")
            .annotate(count=Count("pk"), first=Min("pk"))
        }
        if not counts:
            continue
        firsts = [row["first"] for row in counts.values()]
        claims = dict(rows.filter(pk__in=firsts).order_by().values_list("message", path))
        known = Claim.objects.in_bulk(set(claims.values()))
        found |= {pk: Inside(row["count"], known[claims[pk]]) for pk, row in counts.items()}
    return found


@admin.register(Reminder)
class ReminderAdmin(DeskAdmin):
    """Whom the tracker told, or has to tell, of which claim."""

    lead = _("Each is told once: one claim, one stage of its deadline, one recipient.")
    empty_words = _("No reminder yet. The first is made a week before a deadline.")
    list_display = ("the_claim", "stage", "deadline", "recipient", "created_at", "the_message")
    list_display_links = None
    list_filter = (by("stage"),)
    list_select_related = ("claim", "recipient", "message")
    searches_claims = True
    search_fields = ("claim__words",)
    search_help_text = _("Words of the statement, a slug")
    ordering = ("-id",)
    sortable_by = ()

    @admin.display(description=_("claim"))
    def the_claim(self, reminder: Reminder) -> str:
        """The claim, as a link."""
        return claim_link(reminder.claim)

    @admin.display(description=_("message"))
    def the_message(self, reminder: Reminder) -> str | None:
        """The mail, as a link."""
        if reminder.message is None:
            return None
        url = reverse("admin:verification_message_change", args=[reminder.message_id])
        return format_html('<a href="{}">{}</a>', url, reminder.message.get_state_display())
