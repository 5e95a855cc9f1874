"""The right of reply in a sentence, for readers and the desk alike."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.translation import gettext as _

from verification.models import Reply
from verification.templatetags.borneout import day_words

register = template.Library()


@register.filter
def reply_words(reply: Reply, today: date) -> str:
    """Who was asked and when, and whether there was an answer by now; not what it says."""
    values = {
        "whom": reply.whom,
        "asked": day_words(reply.asked_on),
        "answered": day_words(reply.answered_on),
        "by": day_words(reply.answer_by),
    }
    if reply.answered_on is not None:
        return _("%(whom)s was asked on %(asked)s and answered on %(answered)s:") % values
    if today > reply.answer_by:
        return _("%(whom)s was asked on %(asked)s and had not answered by %(by)s.") % values
    return _("%(whom)s was asked on %(asked)s for an answer by %(by)s.") % values
