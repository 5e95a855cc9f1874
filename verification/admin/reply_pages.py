"""The pages of the right of reply: who was asked about a claim, and what they answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verification import newsroom
from verification.admin.claim_pages import ClaimFormPage
from verification.admin.formpage import Rows
from verification.admin.forms import AnswerForm, AskedForm
from verification.models import Reply
from verification.services import replies


class AddReply(ClaimFormPage):
    """Notes that somebody was asked."""

    permission = "add_reply"
    form_class = AskedForm
    title = _("Right of reply")
    lead = _(
        "Who was asked about this claim before its verdict. Beside a denied verdict readers see "
        "whom we asked, when, and the answer or that there was none; never the contact."
    )
    submit = _("Note it")
    done = _("It is noted who was asked.")

    def initial(self) -> dict[str, Any]:
        return {"asked_on": newsroom.day(self.now)}

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Reply:
        return replies.ask(actor=self.actor, claim=self.claim, now=self.now, **form.cleaned_data)


class OfReply(ClaimFormPage):
    """A page about one reply to the claim."""

    reply: Reply

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.reply = get_object_or_404(
            Reply.objects.select_related("claim"), pk=kwargs["reply"], claim=self.claim
        )

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        lead = gettext("%(whom)s was asked on %(day)s for an answer by %(by)s.") % {
            "whom": self.reply.whom,
            "day": date_format(self.reply.asked_on),
            "by": date_format(self.reply.answer_by),
        }
        return super().extra_context(form, rows) | {"lead": lead}


class Answer(OfReply):
    """Notes what they answered."""

    permission = "change_reply"
    form_class = AnswerForm
    title = _("The answer")
    submit = _("Note the answer")
    done = _("The answer is noted.")

    def initial(self) -> dict[str, Any]:
        reply = self.reply
        day = reply.answered_on or newsroom.day(self.now)
        return {"answer": reply.answer, "answered_on": day}

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Reply:
        return replies.answer(actor=self.actor, reply=self.reply, now=self.now, **form.cleaned_data)


class RemoveReply(OfReply):
    """Takes out what was noted in error."""

    permission = "delete_reply"
    form_class = forms.Form
    title = _("Remove this right of reply")
    submit = _("Remove it")
    done = _("It is removed.")
    danger = True

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> None:
        replies.remove(actor=self.actor, reply=self.reply, now=self.now)
