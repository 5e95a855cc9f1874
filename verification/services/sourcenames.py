"""The aliases and domains of a source: what is checked before they are kept, and keeping them.

Part of making and editing a source (:mod:`verification.services.sources`), in its transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q
from django.utils.translation import gettext as _

from verification.domain import hosts, names
from verification.models import Source, SourceAlias, SourceDomain
from verification.models.choices import SourceKind
from verification.services.drafts import Checks, one_line

#: More aliases or domains than this no source has.
MOST = 50

#: Whose home page is a site of their own; a reporter's may be the outlet's.
_PUBLISHING = (SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.OFFICIAL)


def check_name(source: Source, checks: Checks) -> None:
    """Notes where the name of a source is an alias of another."""
    rows = SourceAlias.objects.filter(key=names.bare(source.name)).exclude(source=source.pk)
    for alias in rows.select_related("source"):
        if names.same(alias.name, source.name):
            checks.add("name", _is_alias(alias))
            return


def wanted(
    source: Source,
    given: Mapping[str, Iterable[str]],
    checks: Checks,
    *,
    changed: Collection[str],
) -> dict[str, list[str]]:
    """The `aliases` and `domains` as they will be kept, where they are `given` or may change.

    Of those given, without the source's own name; with the domain of a home page among `changed`.
    Notes those that cannot be kept, and whose they are.
    """
    found = {}
    if "aliases" in given or "name" in changed:
        # After a change of the name too: an alias that it has become is left out.
        texts = given["aliases"] if "aliases" in given else aliases_of(source)
        found["aliases"] = _wanted_aliases(source, texts, checks)
    if "domains" in given or "homepage" in changed:
        texts = given["domains"] if "domains" in given else domains_of(source)
        found["domains"] = _wanted_domains(source, texts, checks)
        if "homepage" in changed:
            found["domains"] = sorted({*found["domains"], *_homepage_domain(source)})
    return found


def keep(source: Source, wanted: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Keeps exactly what is `wanted` of a source that is saved; gives what has changed by that."""
    changed = {}
    if "aliases" in wanted and _keep_aliases(source, wanted["aliases"]):
        changed["aliases"] = wanted["aliases"]
    if "domains" in wanted and _keep_domains(source, wanted["domains"]):
        changed["domains"] = wanted["domains"]
    return changed


def aliases_of(source: Source) -> list[str]:
    """Its aliases as they are written, by name."""
    return [alias.name for alias in source.aliases.all()]


def domains_of(source: Source) -> list[str]:
    """Its domains as they are kept, by name."""
    return [row.domain for row in source.domains.all()]


def _wanted_aliases(source: Source, given: Iterable[str], checks: Checks) -> list[str]:
    unique: dict[str, str] = {}
    for line in filter(None, map(one_line, given)):
        unique.setdefault(names.folded(line), line)
    unique.pop(names.folded(source.name), None)
    wanted = [unique[name] for name in sorted(unique)]
    for line in wanted:
        checks.text("aliases", line, longest=200)
    _check_number("aliases", wanted, checks)
    if checks.fine("aliases"):
        _check_free(source, wanted, checks)
    return wanted


def _wanted_domains(source: Source, given: Iterable[str], checks: Checks) -> list[str]:
    wanted: dict[str, None] = {}
    for text in filter(None, map(one_line, given)):
        try:
            wanted[hosts.domain(text)] = None
        except hosts.NotADomainError as error:
            checks.add("domains", _no_domain(error, text[:100]))
    _check_number("domains", list(wanted), checks)
    rows = SourceDomain.objects.filter(domain__in=wanted).exclude(source=source.pk)
    for taken in rows.select_related("source"):
        checks.add(
            "domains",
            _("%(domain)s belongs to %(source)s.") % {"domain": taken, "source": taken.source},
        )
    return sorted(wanted)


def _homepage_domain(source: Source) -> list[str]:
    if source.kind not in _PUBLISHING or not hosts.is_front_page(source.homepage):
        return []
    found = hosts.domains_of(source.homepage)[:1]
    taken = SourceDomain.objects.filter(domain__in=found).exclude(source=source.pk).exists()
    return [] if taken else found


def _keep_aliases(source: Source, wanted: list[str]) -> bool:
    kept = {alias.name: alias.pk for alias in source.aliases.all()}
    source.aliases.filter(pk__in=[pk for name, pk in kept.items() if name not in wanted]).delete()
    new = [SourceAlias(source=source, name=name) for name in wanted if name not in kept]
    SourceAlias.objects.bulk_create(new)
    return set(kept) != set(wanted)


def _keep_domains(source: Source, wanted: list[str]) -> bool:
    kept = {row.domain for row in source.domains.all()}
    source.domains.filter(domain__in=kept - set(wanted)).delete()
    new = [SourceDomain(source=source, domain=name) for name in wanted if name not in kept]
    SourceDomain.objects.bulk_create(new)
    return kept != set(wanted)


def _check_number(field: str, wanted: list[str], checks: Checks) -> None:
    if len(wanted) > MOST:
        checks.add(field, _("Use at most %(most)s of them.") % {"most": MOST})


def _check_free(source: Source, wanted: list[str], checks: Checks) -> None:
    """Notes each alias that is the name or an alias of another source."""
    keys = {names.bare(alias) for alias in wanted}
    own = Q(pk=source.pk) | Q(merged_into=source.pk, merged_into__isnull=False)
    others = list(Source.objects.filter(key__in=keys).exclude(own).select_related("merged_into"))
    rows = SourceAlias.objects.filter(key__in=keys).exclude(source=source.pk)
    aliases = list(rows.select_related("source"))
    for line in wanted:
        for other in others:
            if names.same(other.name, line):
                words = _("“%(alias)s” is the name of %(source)s.")
                checks.add("aliases", words % {"alias": line, "source": _standing(other)})
        for alias in aliases:
            if names.same(alias.name, line):
                checks.add("aliases", _is_alias(alias))


def _standing(source: Source) -> str:
    """A source by name; of a merged one, with the one that it leads to."""
    if source.merged_into is None:
        return source.name
    return _("%(name)s, which was merged into %(into)s") % {
        "name": source.name,
        "into": source.merged_into,
    }


def _is_alias(alias: SourceAlias) -> str:
    return _("“%(alias)s” is an alias of %(source)s.") % {
        "alias": alias.name,
        "source": alias.source,
    }


def _no_domain(error: hosts.NotADomainError, text: str) -> str:
    if error.fault == "suffix":
        words = _("Anybody may have a site under %(domain)s: enter the source’s own domain.")
    elif error.fault == "platform":
        words = _(
            "Many publish on %(domain)s, so it does not tell who did: enter a domain of the "
            "source’s own, or leave it out."
        )
    elif error.fault == "address":
        words = _("%(domain)s is a number and no domain: enter one such as lemonde.fr.")
    else:
        words = _("“%(text)s” is not a domain: enter one such as lemonde.fr.")
    return words % {"domain": error.host, "text": text}
