"""One's own diary of deadlines: its secret address, and a new one in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verification.admin.formpage import FormPage, Rows
from verification.emails.base import absolute
from verification.models import User
from verification.services import diary


class Diary(FormPage):
    """Shows the secret address; a POST replaces it."""

    permission = "view_claim"
    template_name = "admin/desk/diary.html"
    form_class = forms.Form
    title = _("My diary")
    lead = _(
        "The deadlines of the claims in your hands, on your beats and on your watch list, in the "
        "calendar that you use anyway. A deadline that moves, moves there too."
    )
    submit = _("Replace the address")
    done = _("The diary has a new address. Calendars that follow the old one get nothing any more.")

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> User:
        return diary.replace_address(actor=self.actor, now=self.now)

    def done_url(self, result: Any) -> str:
        return reverse("admin:diary")

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        address = diary.address(self.actor)
        # The scheme by which a browser hands an address to the machine's own calendar program.
        webcal = f"webcal://{address.partition('://')[2]}"
        return {
            "address": address,
            "webcal": webcal,
            "google": f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
            "public_address": absolute(reverse("diary")),
        }
