"""The forms of the pages that a mail's links open, each with the service that it calls."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verification import newsroom
from verification.models import Claim, Snooze, User
from verification.models.choices import Basis, Precision
from verification.services import claims, handing, snoozes
from verification.services.drafts import DeadlineDraft
from verification.templatetags.borneout import day_words

#: The days that are offered at one press, counted from today.
QUICK = (1, 3, 7)


class Day(forms.DateField):
    """A day of the calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            error_messages={
                "invalid": gettext_lazy("Enter a day of the calendar, such as 2026-03-31."),
                "required": gettext_lazy("Choose a day."),
            },
            **kwargs,
        )


class LinkForm(forms.Form):
    """A form on `claim`, sent in the name of `user`."""

    def __init__(self, data: Any = None, *, claim: Claim, user: User, now: datetime) -> None:
        self.claim, self.user, self.now = claim, user, now
        super().__init__(data, initial=self.start())

    def start(self) -> dict[str, Any]:
        """What the fields hold at first."""
        return {"version": self.claim.version}

    def act(self) -> str:
        """Calls the service, and says what was done."""
        raise NotImplementedError


class Versioned(LinkForm):
    """Carries the version of the claim that its reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class SnoozeForm(LinkForm):
    """Until when the claim is put off."""

    until = Day(label=gettext_lazy("Another day"))

    def __init__(self, data: Any = None, **about: Any) -> None:
        super().__init__(data, **about)
        today = newsroom.day(self.now)
        self.fields["until"].widget.attrs |= {
            "min": (today + timedelta(days=1)).isoformat(),
            "max": snoozes.latest(self.now).isoformat(),
        }

    def start(self) -> dict[str, Any]:
        running = self.running
        return {"until": running.until if running else None}

    @cached_property
    def running(self) -> Snooze | None:
        """Until when the user has put the claim off already."""
        return snoozes.running(self.claim, self.user)

    @property
    def quick(self) -> list[tuple[str, str, str]]:
        """Three days to choose from at one press: as sent, in words, and by their weekday."""
        today = newsroom.day(self.now)
        words = (_("Tomorrow"), _("In three days"), _("In a week"))
        days = [today + timedelta(days=number) for number in QUICK]
        return [
            (day.isoformat(), word, date_format(day, "l j F"))
            for day, word in zip(days, words, strict=True)
        ]

    def act(self) -> str:
        until: date = self.cleaned_data["until"]
        snoozes.snooze(actor=self.user, claim=self.claim, until=until, now=self.now)
        return _(
            "You hear no more of this claim before %(day)s. On that morning you are told where it "
            "stands. It stays in your hands, and others are told of it as ever."
        ) % {"day": date_format(until, "l j F Y")}


class HandOverForm(Versioned):
    """Who takes the claim over."""

    assignee = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Colleague"),
        empty_label=gettext_lazy("Choose somebody"),
        error_messages={"required": gettext_lazy("Choose who takes it over.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        widget=forms.Textarea({"rows": 3, "maxlength": handing.NOTE_MAX}),
        help_text=gettext_lazy("What your colleague should know. The ledger keeps it."),
    )

    def __init__(self, data: Any = None, **about: Any) -> None:
        super().__init__(data, **about)
        chosen: Any = self.fields["assignee"]
        chosen.queryset = handing.colleagues(self.user)

    def act(self) -> str:
        data = self.cleaned_data
        handing.hand_over(
            actor=self.user,
            claim=self.claim,
            version=data["version"],
            to=data["assignee"],
            note=data["note"],
            now=self.now,
        )
        return _("%(name)s has the claim now, and is told where it stands.") % {
            "name": data["assignee"]
        }


class ExtendForm(Versioned):
    """Another deadline, and why."""

    deadline = Day(
        label=gettext_lazy("New deadline"), help_text=gettext_lazy("The last day, inclusive.")
    )
    deadline_text = forms.CharField(
        label=gettext_lazy("As worded"),
        required=False,
        help_text=gettext_lazy("As it was printed, such as “by the end of the first quarter”."),
    )
    deadline_precision = forms.ChoiceField(
        label=gettext_lazy("Precision"), choices=Precision.choices, initial=Precision.DAY
    )
    by_source = forms.BooleanField(
        label=gettext_lazy("The source itself gave this day"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea({"rows": 3, "maxlength": claims.REASON_MAX}),
        help_text=gettext_lazy("Why the deadline moves. Readers will see it."),
        error_messages={"required": gettext_lazy("Say why the deadline moves.")},
    )

    def __init__(self, data: Any = None, **about: Any) -> None:
        super().__init__(data, **about)
        self.fields["deadline"].widget.attrs["min"] = newsroom.day(self.now).isoformat()
        if self.claim.deadline_text:
            self.fields["deadline_text"].help_text = _(
                "The present wording, “%(wording)s”, is replaced by what is entered here. Left "
                "empty, no wording is kept."
            ) % {"wording": self.claim.deadline_text}
        self.fields["by_source"].help_text = _(
            "The present deadline is %(basis)s. Without the tick the new one is the newsroom’s "
            "own, and a lapse counts against no source."
        ) % {"basis": self.claim.get_deadline_basis_display()}

    def start(self) -> dict[str, Any]:
        # A new day under the old wording would say what nobody printed: neither it nor the old
        # basis stands in the form.
        return super().start() | {"deadline_precision": self.claim.deadline_precision}

    def act(self) -> str:
        data = self.cleaned_data
        draft = DeadlineDraft(
            day=data["deadline"],
            text=data["deadline_text"],
            precision=data["deadline_precision"],
            basis=Basis.SOURCE if data["by_source"] else Basis.NEWSROOM,
        )
        claims.extend(
            actor=self.user,
            claim=self.claim,
            version=data["version"],
            deadline=draft,
            reason=data["reason"],
            now=self.now,
        )
        return _(
            "The deadline is now %(day)s, and its reminders begin. Whoever was told of this day "
            "already is not told again."
        ) % {"day": day_words(draft.day)}
