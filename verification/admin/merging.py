"""Merging a source that was logged twice: first the effect, then the deed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verification.admin.formpage import FormPage, Rows, tell
from verification.admin.forms import Names
from verification.domain.hosts import readable
from verification.models import Source
from verification.services import merging, sourcematch, sources
from verification.services.merging import Moves


class MergeForm(forms.Form):
    """Into which source."""

    into = forms.CharField(
        label=_("The source that stays"),
        widget=Names("sources"),
        help_text=_("Its name or slug."),
    )


class MergeSource(FormPage):
    """Shows what a merge does to the records; a second POST, which confirms it, merges."""

    permission = "merge_source"
    form_class = MergeForm
    template_name = "admin/desk/merge.html"
    lead = _(
        "For a source that was logged twice. Its reports, other names and domains become those of "
        "the source that stays, its name and address lead there, and this cannot be undone."
    )
    submit = _("Merge")
    done = _("The sources are merged.")
    danger = True
    source: Source

    def load(self, **kwargs: Any) -> None:
        self.source = get_object_or_404(Source.objects.standing(), pk=kwargs["pk"])

    def make_form(self, data: QueryDict | None = None) -> forms.Form:
        form = super().make_form(data)
        attributes = form.fields["into"].widget.attrs
        attributes["data-suggest"] += "?" + urlencode({"except": self.source.name})
        return form

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Shows the effect, and merges once that is confirmed: the one that was shown."""
        form = self.make_form(request.POST.copy())
        if not form.is_valid():
            return self.page(form, {})
        try:
            into = self.into(form)
            if request.POST.get("confirm") == str(into.pk):
                return super().post(request, **kwargs)
            effect = merging.preview(actor=self.actor, source=self.source, into=into, now=self.now)
        except ValidationError as error:
            tell(error, form, {})
            return self.page(form, {})
        return self.page(form, {}, effect=effect, into=into, moves=in_words(effect.moves))

    def into(self, form: forms.Form) -> Source:
        """The source that was named. Raises ValidationError where there is none."""
        name = form.cleaned_data["into"]
        found = sourcematch.find(name)
        if len(found) != 1:
            raise ValidationError({"into": sources.unclear(name, found)})
        return found[0]

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Source:
        return merging.merge(
            actor=self.actor, source=self.source, into=self.into(form), now=self.now
        )

    def done_url(self, result: Source) -> str:
        return reverse("admin:verification_source_change", args=[result.pk])

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        return {
            "title": gettext("Merge %(name)s") % {"name": self.source.name},
            "source": self.source,
        }


def in_words(moves: Moves) -> list[tuple[str, str]]:
    """What goes over, each with what it is: only what there is of it, but for the positions."""
    counts = (
        (gettext("positions that go over"), moves.positions),
        (gettext("claims that both reported: the earlier report fixes the position"), moves.both),
        (gettext("reports that go over"), moves.reports),
        (gettext("reports logged under both: kept once"), moves.twice),
        (gettext("reports by one of them that credited the other: origins now"), moves.origins),
        (gettext("reports of others that credit it"), moves.credits),
    )
    lists = (
        (gettext("other names"), moves.aliases),
        (gettext("domains"), [readable(domain) for domain in moves.domains]),
        (gettext("its reporters"), moves.reporters),
    )
    first = [(label, str(n)) for place, (label, n) in enumerate(counts) if n or not place]
    return first + [(label, ", ".join(names)) for label, names in lists if names]
