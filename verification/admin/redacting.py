"""Removing a person from the sources: first what goes and what stays, then the deed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verification.admin.formpage import FormPage, Rows, tell
from verification.models import Source
from verification.services import redaction
from verification.services.redaction import Effect


class RedactForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Without the name: the ledger keeps the reason for good."),
    )


class RedactSource(FormPage):
    """Shows what a removal takes away; a second POST, which confirms it, removes."""

    permission = "redact_source"
    form_class = RedactForm
    template_name = "admin/desk/redact.html"
    lead = _(
        "For somebody who is entitled to be forgotten. The name, the address and the bylines go, "
        "here and in the ledger, and nobody can bring them back. The reports stay, under a neutral "
        "name, so that no figure changes and the ledger’s chain still holds."
    )
    submit = _("Remove the person for good")
    done = _("The person is removed.")
    danger = True
    source: Source

    def load(self, **kwargs: Any) -> None:
        self.source = get_object_or_404(Source.objects.standing(), pk=kwargs["pk"])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Shows the effect, and removes once that is confirmed."""
        form = self.make_form(request.POST.copy())
        if "confirm" in request.POST or not form.is_valid():
            return super().post(request, **kwargs)
        try:
            effect = redaction.preview(**self._asked(form))
        except ValidationError as error:
            tell(error, form, {})
            return self.page(form, {})
        return self.page(form, {}, effect=effect)

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Effect:
        return redaction.redact(**self._asked(form))

    def _asked(self, form: forms.Form) -> dict[str, Any]:
        reason = form.cleaned_data["reason"]
        return {"actor": self.actor, "source": self.source, "reason": reason, "now": self.now}

    def done_url(self, result: Effect) -> str:
        return reverse("admin:verification_source_change", args=[result.source.pk])

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        return {
            "title": gettext("Remove %(name)s") % {"name": self.source.name},
            "source": self.source,
        }
