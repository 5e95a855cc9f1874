"""Sources and beats: found by slug or name, made where the actor may."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from verification.models import Beat, Source, User
from verification.services import ledger, looks, records, sourcematch, sourcenames
from verification.services.drafts import Checks, one_line
from verification.services.errors import allow
from verification.services.slugs import free_slug, insert_with_free_slug

MadeT = TypeVar("MadeT", Source, Beat)

SOURCE_FIELDS = ("name", "kind", "homepage", "language", "outlet")
#: What a source has several of: lists of texts.
NAME_FIELDS = ("aliases", "domains")
BEAT_FIELDS = ("name", "editor", "second_editor")


@transaction.atomic
def create_source(
    *,
    actor: User,
    name: str,
    now: datetime,
    kind: str = "outlet",
    homepage: str = "",
    language: str = "",
    outlet: Source | None = None,
    slug: str = "",
    aliases: Iterable[str] = (),
    domains: Iterable[str] = (),
) -> Source:
    """Makes a source with its other names and its domains, the home page's among them.

    Raises ValidationError (by field), PermissionDenied.
    """
    allow(actor, "add_source")
    ledger.hold()
    source = Source(
        name=one_line(name), kind=kind, homepage=homepage.strip(), language=language, outlet=outlet
    )
    source.slug = slug or free_slug(source)
    checks = Checks()
    _check_source(source, checks)
    lists = {"aliases": aliases, "domains": domains}
    wanted = sourcenames.wanted(source, lists, checks, changed=["homepage"])
    checks.done()
    insert_with_free_slug(source, given=bool(slug))
    content = {"slug": source.slug} | {name: getattr(source, name) for name in SOURCE_FIELDS}
    content |= sourcenames.keep(source, wanted)
    ledger.append(actor=actor, action="source created", now=now, content=content)
    return source


@transaction.atomic
def edit_source(
    *, actor: User, source: Source, changes: dict[str, object], now: datetime
) -> Source:
    """Changes some of a source's fields (`SOURCE_FIELDS`, `NAME_FIELDS`); its slug is for good.

    `aliases` and `domains` are given whole. The domain of a new home page comes to those that are
    there. Raises ValidationError (by field), PermissionDenied.
    """
    allow(actor, "change_source")
    ledger.hold()
    source = Source.objects.get(pk=source.pk)
    lists = {name: cast(Iterable[str], changes[name]) for name in NAME_FIELDS if name in changes}
    plain = {name: value for name, value in changes.items() if name not in lists}
    changed = _apply(source, plain, SOURCE_FIELDS)
    checks = Checks()
    if changed:
        _check_source(source, checks)
    wanted = sourcenames.wanted(source, lists, checks, changed=changed)
    checks.done()
    if changed:
        source.save(update_fields=[*changed, "key"])
    changed |= sourcenames.keep(source, wanted)
    if changed:
        records.touch()  # sources of equal figures are listed by name
        ledger.append(
            actor=actor, action="source edited", now=now, content={"slug": source.slug} | changed
        )
    return source


@transaction.atomic
def create_beat(
    *,
    actor: User,
    name: str,
    now: datetime,
    editor: User | None = None,
    slug: str = "",
    second_editor: bool = False,
) -> Beat:
    """Makes a beat. Raises ValidationError (by field), PermissionDenied."""
    allow(actor, "add_beat")
    ledger.hold()
    beat = Beat(name=one_line(name), editor=editor, second_editor=second_editor)
    beat.slug = slug or free_slug(beat)
    _check_beat(beat)
    insert_with_free_slug(beat, given=bool(slug))
    ledger.append(
        actor=actor,
        action="beat created",
        now=now,
        content={"slug": beat.slug} | {name: getattr(beat, name) for name in BEAT_FIELDS},
    )
    return beat


@transaction.atomic
def edit_beat(*, actor: User, beat: Beat, changes: dict[str, object], now: datetime) -> Beat:
    """Changes a beat's name or editor, or who confirms its verdicts; its slug is for good."""
    allow(actor, "change_beat")
    ledger.hold()
    beat = Beat.objects.get(pk=beat.pk)
    changed = _apply(beat, changes, BEAT_FIELDS)
    if changed:
        _check_beat(beat)
        beat.save(update_fields=list(changed))
        if "editor" in changed:
            looks.at_beat(beat, now)
        ledger.append(
            actor=actor, action="beat edited", now=now, content={"slug": beat.slug} | changed
        )
    return beat


def source_named(
    *,
    actor: User,
    name: str,
    now: datetime,
    field: str = "source",
    making: Callable[[str], object] | None = None,
) -> Source:
    """The source with this slug, name or alias; an unknown one is made, where the actor may.

    `making` hears the name of one before it is made. Raises ValidationError for `field` where the
    name is empty, where it may mean several sources, or where nobody may make the source.
    """
    text = _asked_for(name, field)
    found = sourcematch.find(text)
    if len(found) > 1 and not actor.has_perm("verification.view_claim"):
        # Whoever may not know of some of them does not choose between them.
        known = Source.objects.readable().filter(pk__in=[one.pk for one in found])
        found = list(known.order_by("pk")) or found[:1]
    if len(found) == 1:
        return found[0]
    if found:
        raise ValidationError({field: unclear(text, found)})
    if not text:
        raise ValidationError({field: _("Enter the slug or the name of a source.")})
    if not actor.has_perm("verification.add_source"):
        raise ValidationError(
            {field: _("There is no source “%(name)s”, and you may not add one.") % {"name": text}}
        )
    if making:
        making(text)
    return _renamed(lambda: create_source(actor=actor, name=text, now=now), "name", field)


def unclear(name: str, found: Sequence[Source]) -> str:
    """What is said of a name that means no source, with those that may be meant, or several."""
    if not found:
        like = ", ".join(one.source.name for one in sourcematch.suggest_sources(name))
        if like:
            return _("There is no source “%(name)s”. Did you mean: %(sources)s?") % {
                "name": one_line(name),
                "sources": like,
            }
        return _("There is no source “%(name)s”.") % {"name": one_line(name)}
    return _("“%(name)s” may be any of these: %(sources)s. Enter one of them in full.") % {
        "name": name,
        "sources": ", ".join(f"{source} ({source.slug})" for source in found),
    }


def beat_named(
    *,
    actor: User,
    name: str,
    now: datetime,
    field: str = "beat",
    making: Callable[[str], object] | None = None,
) -> Beat:
    """The beat with this slug or name; an unknown one is made, where the actor may.

    `making` hears the name of one before it is made.
    """
    text = _asked_for(name, field)
    makes = actor.has_perm("verification.add_beat")
    sees = makes or actor.has_perm("verification.view_claim")
    # Whoever could make it gets it either way, and is not told whether it was there.
    beats = Beat.objects.all() if sees else Beat.objects.readable()
    found = (
        beats.filter(slug=text).first() or beats.filter(name__iexact=text).order_by("id").first()
    )
    if found:
        return found
    if not text:
        raise ValidationError({field: _("Enter the slug or the name of a beat.")})
    if not makes:
        known = ", ".join(beats.order_by("name").values_list("name", flat=True)[:20])
        raise ValidationError(
            {
                field: _(
                    "There is no beat “%(name)s”. Known: %(known)s. A managing editor may add it, "
                    "or import a file that names it."
                )
                % {"name": text, "known": known or "–"}
            }
        )
    if making:
        making(text)
    return _renamed(lambda: create_beat(actor=actor, name=text, now=now), "name", field)


def _asked_for(name: str, field: str) -> str:
    """The name on one line. Refused before the look-up where the database could not be asked."""
    text = one_line(name)
    checks = Checks()
    checks.text(field, text)
    checks.done()
    return text


def _renamed(make: Callable[[], MadeT], inner: str, outer: str) -> MadeT:
    """Calls `make`; a fault of its field `inner` is told as one of `outer`."""
    try:
        return make()
    except ValidationError as error:
        problems = error.message_dict
        problems[outer] = problems.pop(inner, []) + problems.pop(outer, [])
        raise ValidationError(problems) from error


def _apply(
    row: models.Model, changes: dict[str, object], allowed: tuple[str, ...]
) -> dict[str, object]:
    """Sets what differs and returns it."""
    changed: dict[str, object] = {}
    for name, value in changes.items():
        if name not in allowed:
            raise ValidationError({name: _("This cannot be changed.")})
        value = one_line(value) if isinstance(value, str) else value
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed[name] = value
    return changed


def _check_source(source: Source, checks: Checks) -> None:
    checks.model(source, skip=["outlet", "key"])
    others = Source.objects.exclude(pk=source.pk)
    if checks.fine("name") and others.filter(name__iexact=source.name).exists():
        checks.add("name", _("A source of this name exists already."))
    if checks.fine("name"):
        sourcenames.check_name(source, checks)
    if source.outlet_id is not None and source.outlet_id == source.pk:
        checks.add("outlet", _("A source cannot be its own outlet."))
    if checks.fine("slug") and others.filter(slug=source.slug).exists():
        checks.add("slug", _("A source with this slug exists already."))


def _check_beat(beat: Beat) -> None:
    checks = Checks()
    checks.model(beat, skip=["editor"])
    others = Beat.objects.exclude(pk=beat.pk)
    if checks.fine("name") and others.filter(name__iexact=beat.name).exists():
        checks.add("name", _("A beat of this name exists already."))
    if checks.fine("slug") and others.filter(slug=beat.slug).exists():
        checks.add("slug", _("A beat with this slug exists already."))
    checks.done()
