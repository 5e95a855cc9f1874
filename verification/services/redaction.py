"""Removing a person from the sources, for good, without breaking the ledger's chain.

The source keeps its reports and its figures under a neutral name, so that no other record changes.
In the ledger the person's name, slug and address are replaced by neutral words and their digests
stay (see `sealing`); an entry says which entries these are, and why. An entry of format 1 cannot
lose a part: all that it said goes.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import translation
from django.utils.translation import gettext as _

from verification.domain import sealing
from verification.domain.sealing import Path
from verification.models import Claim, LedgerEntry, Report, Source, User, Verdict
from verification.models.choices import SourceKind
from verification.services import ledger, proof, records
from verification.services.drafts import Checks, lines
from verification.services.errors import allow

#: What is nobody: an outlet or an agency cannot be removed as a person.
NOT_PERSONS = (SourceKind.OUTLET, SourceKind.AGENCY)
#: The entries that tell what a source is or was called.
ABOUT_SOURCES = ("source created", "source edited", "sources merged")
#: Characters of the reason.
REASON_MAX = 2000
#: Claims that are listed because their words still have the name.
LISTED = 20


@dataclass(frozen=True, slots=True)
class Effect:
    """What a removal changes, and what it leaves to the newsroom."""

    source: Source
    name: str
    reports: int
    authors: int
    entries: int
    #: Claims whose own words, headlines or verdicts have the name: text that was published.
    still_named: Sequence[Claim]


@dataclass(slots=True)
class Person:
    """What the ledger may know a person by, with what takes its place."""

    neutral: dict[str, str] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)

    def know(self, text: str, instead: str = "") -> None:
        """Adds a name, a slug or an address, in whatever case."""
        if text:
            self.neutral.setdefault(text.casefold(), instead)
            self.texts.append(text)

    def found_in(self, content: dict[str, Any]) -> dict[Path, str]:
        """The paths in an entry's content that tell who it is, with what takes their place."""
        said = dict(sealing.leaves(content))
        found = {}
        for path, value in said.items():
            if not isinstance(value, str) or not value:
                continue
            if value.casefold() in self.neutral:
                found[path] = self.neutral[value.casefold()]
            elif path[-1] == "author" and said.get((*path[:-1], "source")) in self.slugs:
                found[path] = ""
        return found


def possible(source: Source) -> bool:
    """Whether a source is a person whom one could remove."""
    return not source.merged_into_id and source.kind not in NOT_PERSONS


def preview(*, actor: User, source: Source, reason: str, now: datetime) -> Effect:
    """What `redact` would do. It is done and undone; nothing is kept. Raises what `redact` does."""
    with transaction.atomic():
        effect = redact(actor=actor, source=source, reason=reason, now=now)
        transaction.set_rollback(True)
    return effect


@transaction.atomic
def redact(*, actor: User, source: Source, reason: str, now: datetime) -> Effect:
    """Removes the person that a source is, with the names that were merged into it, for good.

    Costs one reading of the ledger. Raises ValidationError for `source` and `reason`, and
    PermissionDenied.
    """
    allow(actor, "redact_source")
    ledger.hold()
    source = Source.objects.get(pk=source.pk)
    rows = [source, *source.merged.all()]
    reason = lines(reason)
    checks = Checks()
    _check(checks, rows, reason)
    checks.done()

    name = source.name
    person = _person(rows)
    reports = Report.objects.filter(source__in=rows)
    theirs = reports.count()
    authors = _clear_bylines(rows, person)
    still_named = list(_still_named([row.name for row in rows])[:LISTED])
    found = [(entry, paths) for entry in _naming(person) if (paths := _paths(entry, person))]
    for row in rows:
        row.name, row.slug, row.homepage = _label(row), _slug(row), ""
        row.save(update_fields=["name", "key", "slug", "homepage"])
        row.aliases.all().delete()
        row.domains.all().delete()
    entry = ledger.append(
        actor=actor,
        action=proof.REDACTED,
        now=now,
        content={
            "entries": [entry.number for entry, _paths in found],
            "in_place": _in_place(person, [entry for entry, _paths in found]),
            "reason": reason,
        },
    )
    for named, paths in found:
        _take_out(named, paths, entry)
    records.touch()  # sources of equal figures are listed by name
    return Effect(source, name, theirs, authors, len(found), still_named)


def _clear_bylines(rows: Sequence[Source], person: Person) -> int:
    """Clears them on the person's reports, and wherever the person is the author."""
    signed = Report.objects.exclude(author="")
    # Compared here: not every database knows that É is é.
    spelled = [
        author
        for author in signed.values_list("author", flat=True).distinct().iterator()
        if author.casefold() in person.neutral
    ]
    for author in spelled:
        person.texts.append(author)
    return signed.filter(Q(source__in=rows) | Q(author__in=spelled)).update(author="")


def _in_place(person: Person, found: Sequence[LedgerEntry]) -> list[str]:
    """Every neutral text that these entries have now, some of them from an earlier removal."""
    texts = set(person.neutral.values())
    for entry in found:
        if entry.format > 1 and entry.sealed is not None:
            texts |= {text for text in proof.in_place_of(entry) if text is not None}
    return sorted(texts)


def _check(checks: Checks, rows: Sequence[Source], reason: str) -> None:
    source = rows[0]
    if source.merged_into_id:
        checks.add("source", _("%(name)s was merged already.") % {"name": source})
    if source.kind in NOT_PERSONS:
        checks.add("source", _("An outlet or an agency is no person: edit the source instead."))
    checks.text("reason", reason, longest=REASON_MAX)
    if not reason:
        checks.add("reason", _("Say why the person is removed, without naming anybody."))
    elif any(row.name.casefold() in reason.casefold() for row in rows):
        checks.add("reason", _("The ledger keeps the reason: leave the name out of it."))


def _person(rows: Sequence[Source]) -> Person:
    person = Person(slugs={row.slug for row in rows})
    labels = {row.slug: _label(row) for row in rows}
    for row in rows:
        person.know(row.slug, _slug(row))
        person.know(row.name, _label(row))
        person.know(row.homepage)
        for alias in row.aliases.all():
            person.know(alias.name, _label(row))
        for domain in row.domains.all():
            person.know(domain.domain)
    # Names and addresses that they had before.
    slugs = sorted(person.slugs)
    edits = LedgerEntry.objects.filter(
        Q(content__slug__in=slugs) | Q(content__into__in=slugs), action__in=ABOUT_SOURCES
    )
    for content in edits.values_list("content", flat=True):
        label = labels.get(content["slug"]) or labels[content["into"]]
        for name in [content.get("name", ""), *content.get("aliases", ())]:
            person.know(name, label)
        for address in [content.get("homepage", ""), *content.get("domains", ())]:
            person.know(address)
    return person


def _label(row: Source) -> str:
    """What a source is called for good, in the newsroom's language."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Removed person %(n)s") % {"n": row.pk}


def _slug(row: Source) -> str:
    return f"removed-{row.pk}"


def _naming(person: Person) -> Iterator[LedgerEntry]:
    """The entries whose content has one of the texts in it, and maybe more than these."""
    # SQLite keeps what is not ASCII as escapes.
    texts = [form for text in person.texts for form in (text, json.dumps(text)[1:-1])]
    named = LedgerEntry.objects.annotate(text=Cast("content", TextField()))
    found = named.filter(_any("text", texts, "icontains"))
    return found.order_by("number").iterator(chunk_size=proof.CHUNK)


def _any(name: str, texts: Sequence[str], how: str) -> Q:
    found = Q(pk__in=[])
    for text in dict.fromkeys(texts):
        found |= Q(**{f"{name}__{how}": text})
    return found


def _paths(entry: LedgerEntry, person: Person) -> dict[Path, str]:
    """What has to go of an entry, with what takes its place."""
    gone = {path[1:] for path in proof.shown(entry).gone} if entry.format > 1 else set()
    found = person.found_in(entry.content)
    return {path: instead for path, instead in found.items() if path not in gone}


def _take_out(entry: LedgerEntry, paths: dict[Path, str], by: LedgerEntry) -> None:
    """Replaces what has to go and leaves the digests. The triggers allow this and no more."""
    if entry.format == 1:
        LedgerEntry.objects.filter(pk=entry.pk).update(content={}, redacted_by=by.number)
        return
    shown = proof.shown(entry)
    gone = dict(shown.gone)
    content = copy.deepcopy(entry.content)
    salts = []
    for kept in shown.fields:
        if kept.path[0] == "content" and kept.path[1:] in paths:
            gone[kept.path] = kept.digest()
            _put(content, kept.path[1:], paths[kept.path[1:]])
        else:
            salts.append([list(kept.path), kept.salt])
    LedgerEntry.objects.filter(pk=entry.pk).update(
        content=content,
        secret="",
        sealed={"salts": salts, "digests": [[list(path), digest] for path, digest in gone.items()]},
        redacted_by=by.number,
    )


def _put(content: Any, path: Path, value: str) -> None:
    for step in path[:-1]:
        content = content[step]
    content[path[-1]] = value


def _still_named(names: Sequence[str]) -> QuerySet[Claim]:
    """Claims whose published words have one of the names."""
    reports = Report.objects.filter(claim=OuterRef("pk"))
    verdicts = Verdict.objects.filter(claim=OuterRef("pk"))
    return Claim.objects.filter(
        _any("statement", names, "icontains")
        | _any("criteria", names, "icontains")
        | Exists(reports.filter(_any("headline", names, "icontains")))
        | Exists(verdicts.filter(_any("rationale", names, "icontains")))
        | Exists(verdicts.filter(_any("correction", names, "icontains")))
    ).order_by("-pk")
