"""The page on which a beat gets its ladder: which stage is told to whom, and on which day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verification import newsroom
from verification.admin.formpage import FormPage, Rows
from verification.domain.deadlines import LADDER, STAGES, Step
from verification.domain.ladders import ALWAYS, AUDIENCES
from verification.models import Beat
from verification.models.choices import Audience, Stage
from verification.services import ladders

#: The name of the button that gives the newsroom's ladder back.
RESET = "newsroom_ladder"


class LadderForm(forms.Form):
    """The hour, and a day for each stage and audience; an empty one tells nobody."""

    reminder_hour = forms.IntegerField(
        label=_("Hour of reminders"),
        required=False,
        help_text=Beat._meta.get_field("reminder_hour").help_text,
        error_messages={"invalid": _("Enter a whole number from 0 to 23.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for stage in STAGES:
            for audience in AUDIENCES:
                label = f"{Stage(stage).label}, {Audience(audience).label}"
                self.fields[f"{stage}.{audience}"] = forms.IntegerField(
                    label=label,
                    required=False,
                    widget=forms.TextInput(
                        {"inputmode": "numeric", "aria-label": label, "autocomplete": "off"}
                    ),
                    error_messages={"invalid": _("Enter a whole number of days, such as 3.")},
                )

    def steps(self) -> list[Step]:
        """The rungs that were filled in."""
        return [
            Step(stage, self.cleaned_data[f"{stage}.{audience}"], cast(Any, audience))
            for stage in STAGES
            for audience in AUDIENCES
            if self.cleaned_data[f"{stage}.{audience}"] is not None
        ]


@dataclass(frozen=True, slots=True)
class Row:
    """One stage of the table: its words and a field for each audience."""

    words: str
    cells: list[tuple[str, forms.BoundField]]


class EditLadder(FormPage):
    """Sets the hour and the ladder of a beat."""

    permission = "change_beat"
    template_name = "admin/desk/ladder.html"
    form_class = LadderForm
    lead = _(
        "On which day each stage is told, and to whom. Days count from the deadline: -7 is a week "
        "before it, 0 its own day, 3 three days after it. An empty field tells nobody."
    )
    done = _("The ladder is saved, and open claims are looked at again.")
    beat: Beat

    def load(self, **kwargs: Any) -> None:
        self.beat = get_object_or_404(Beat.objects.prefetch_related("rungs"), pk=kwargs["pk"])

    def initial(self) -> dict[str, Any]:
        return {"reminder_hour": self.beat.reminder_hour} | {
            f"{step.stage}.{step.audience}": step.offset_days for step in ladders.of(self.beat)
        }

    def make_form(self, data: QueryDict | None = None) -> forms.Form:
        if data is not None and RESET in data:
            # What was typed into the table is given up; the hour is kept.
            for name in _fields():
                data[name] = ""
            for step in LADDER:
                data[f"{step.stage}.{step.audience}"] = str(step.offset_days)
        return super().make_form(data)

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Beat:
        return ladders.set_ladder(
            actor=self.actor,
            beat=self.beat,
            hour=form.cleaned_data["reminder_hour"],
            rungs=None if RESET in self.request.POST else cast(LadderForm, form).steps(),
            now=self.now,
        )

    def done_url(self, result: Beat) -> str:
        return reverse("admin:verification_beat_ladder", args=[self.beat.pk])

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        return {
            "title": gettext("Reminders of %(beat)s") % {"beat": self.beat},
            "beat": self.beat,
            "own": bool(ladders.own(self.beat)),
            "audiences": [str(Audience(audience).label) for audience in AUDIENCES],
            "table": list(_table(form)),
            "hour": newsroom.reminder_hour(),
            "reset": RESET,
            "always": f"{ALWAYS.stage}.{ALWAYS.audience}",
        }


def _fields() -> set[str]:
    return {f"{stage}.{audience}" for stage in STAGES for audience in AUDIENCES}


def _table(form: forms.Form) -> Iterator[Row]:
    for stage in STAGES:
        yield Row(
            words=str(Stage(stage).label),
            cells=[
                (str(Audience(audience).label), form[f"{stage}.{audience}"])
                for audience in AUDIENCES
            ],
        )
