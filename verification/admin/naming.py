"""From what was typed into a form to what the services take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar, cast

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from verification.models import User
from verification.services import sources
from verification.services.drafts import (
    Checks,
    DeadlineDraft,
    EvidenceDraft,
    Problems,
    ReportDraft,
    StoryDraft,
)
from verification.services.pageoutlet import check_apart

Draft = TypeVar("Draft")


def signed_in(request: HttpRequest) -> User:
    """Who asks. The desk lets nobody else in, which the types of Django cannot know."""
    return cast(User, request.user)


def need(request: HttpRequest, permission: str) -> None:
    """Turns away who lacks `permission` (a codename of this app).

    The services ask again; the page that follows says in the desk's words what to do.
    """
    if not request.user.has_perm(f"verification.{permission}"):
        raise PermissionDenied


def deadline(data: dict[str, Any]) -> DeadlineDraft:
    """The deadline of a form."""
    return DeadlineDraft(
        day=data["deadline"],
        text=data["deadline_text"],
        precision=data["deadline_precision"],
        basis=data["deadline_basis"],
    )


def person(name: str, field: str) -> User | None:
    """The user of this name (as signed in with, or in full); none for an empty one.

    Raises ValidationError for `field` where there is nobody, or more than one, of the name.
    """
    # No database takes a NUL within a text.
    text = " ".join(name.replace("\0", "").split())
    if not text:
        return None
    exact = User.objects.filter(username__iexact=text).first()
    if exact:
        return exact
    found = [
        user
        for user in User.objects.filter(last_name__iexact=text.split()[-1])[:50]
        if user.get_full_name().casefold() == text.casefold()
    ]
    if len(found) == 1:
        return found[0]
    says = (
        _("There is nobody called “%(name)s” on the desk: enter a user’s name.")
        if not found
        else _("More than one is called “%(name)s”: enter the user’s name.")
    )
    raise ValidationError({field: says % {"name": text}})


def report(data: dict[str, Any], actor: User, now: datetime, prefix: str = "") -> ReportDraft:
    """The report of a form; sources that are not known yet are made, where the actor may."""
    apart = Checks()
    check_apart(apart, source=data["source"], via=data["via"], field=f"{prefix}via")
    apart.done()
    together = Together()
    source = together.take(
        lambda: sources.source_named(
            actor=actor, name=data["source"], now=now, field=f"{prefix}source"
        )
    )
    via = together.take(
        lambda: (
            sources.source_named(actor=actor, name=data["via"], now=now, field=f"{prefix}via")
            if data["via"]
            else None
        )
    )
    together.done()
    names = ("published_on", "url", "author", "headline", "stance", "certainty", "hedge")
    return ReportDraft(source=source, via=via, **{name: data[name] for name in names})


def story(data: dict[str, Any], prefix: str = "") -> StoryDraft:
    """The story of a form."""
    return StoryDraft(
        title=data["title"],
        url=data["url"],
        published_on=data["published_on"],
        author=person(data["author"], f"{prefix}author"),
    )


def evidence(rows: Iterable[forms.Form]) -> list[EvidenceDraft]:
    """The evidence of a form's rows."""
    names = ("title", "url", "published_on")
    return [EvidenceDraft(**{name: row.cleaned_data[name] for name in names}) for row in rows]


class Together:
    """Collects the complaints of several steps, so that an editor is told everything at once."""

    def __init__(self) -> None:
        self.problems: Problems = {}

    def take(self, step: Callable[[], Draft]) -> Any:
        """What the step gives; none where it complains."""
        try:
            return step()
        except ValidationError as error:
            for name, found in error.message_dict.items():
                self.problems.setdefault(name, []).extend(found)
            return None

    def done(self) -> None:
        """Raises a ValidationError if anything was found."""
        if self.problems:
            raise ValidationError(self.problems)
