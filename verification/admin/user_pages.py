"""What the pages about users have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse

from verification.admin.formpage import FormPage, Rows
from verification.models import User
from verification.services import people, suppressions


class UserPage(FormPage):
    """What the pages about users share: superusers' fields are for superusers."""

    template_name = "admin/desk/user_form.html"

    def make_form(self, data: Any = None) -> forms.Form:
        form = super().make_form(data)
        if not self.request.user.is_superuser:
            form.fields.pop("is_superuser", None)
        return form

    def done_url(self, result: Any) -> str:
        return reverse("admin:verification_user_changelist")


class OfUser(UserPage):
    """A page about one user, who must be within the actor's reach."""

    permission = "change_user"
    person: User

    def load(self, **kwargs: Any) -> None:
        self.person = get_object_or_404(User, pk=kwargs["pk"])

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        return {
            "person": self.person,
            "title": str(self.person),
            "out_of_reach": not people.within_reach(self.actor, self.person),
            "refusal": suppressions.of([self.person]).get(self.person.pk),
            "can_lift": self.actor.has_perm("verification.delete_suppression"),
        }
