"""Atom feeds (RFC 4287): the newest verdicts, and the corrections.

A verdict is never edited, so an entry never changes: its id, its day and its words stand. A
correction is an entry of its own, and the verdict that it superseded leaves the feed. A claim that
is made void has an entry only where it had another verdict before, which the feed had told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from verification.domain.plain import plain, plain_line
from verification.models import Verdict
from verification.pages.http import same_for_everybody
from verification.pages.lookup import asked_beat, standing_source
from verification.pages.standards.verdicts import newest_corrections, newest_verdicts
from verification.templatetags.borneout import day_words, deadline, is_web

ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: How many entries a feed holds.
ENTRIES = 50
#: A feed without an entry has not been updated yet, and the format has no word for that.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@same_for_everybody(kept=True)
def verdicts(request: HttpRequest) -> HttpResponse:
    """The newest verdicts in force, of all beats or of `?beat=`."""
    beat = asked_beat(request)
    return _feed(
        request,
        title=_("Verdicts: %(beat)s") % {"beat": beat} if beat else _("Verdicts"),
        page=reverse("claims") + (f"?{urlencode({'beat': beat.slug})}" if beat else ""),
        rows=newest_verdicts(beat=beat, limit=ENTRIES, taken_back=True),
    )


@same_for_everybody(kept=True)
def verdicts_of_source(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest verdicts in force on what one source reported."""
    source = standing_source(slug)
    return _feed(
        request,
        title=_("Verdicts on what %(source)s reported") % {"source": source},
        page=source.get_absolute_url(),
        rows=newest_verdicts(source=source, limit=ENTRIES, taken_back=True),
    )


@same_for_everybody(kept=True)
def corrections(request: HttpRequest) -> HttpResponse:
    """Every verdict that superseded another, newest first."""
    return _feed(
        request,
        title=_("Corrections"),
        page=reverse("corrections"),
        rows=newest_corrections(limit=ENTRIES),
    )


def _feed(request: HttpRequest, *, title: str, page: str, rows: Sequence[Verdict]) -> HttpResponse:
    prefetch_related_objects(rows, "evidence")
    # The scope of a feed is its beat and its language: whatever else the query holds is left out.
    query = {name: request.GET[name] for name in ("beat", "lang") if request.GET.get(name)}
    self_url = settings.SITE_URL + request.path + (f"?{urlencode(query)}" if query else "")
    updated = max((row.decided_at for row in rows), default=NEVER)
    feed = ElementTree.Element("feed", {"xmlns": ATOM, _LANG: get_language() or ""})
    _text(feed, "id", self_url)
    _text(feed, "title", f"{title} · {settings.SITE_NAME}")
    _text(feed, "updated", _moment(updated))
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": self_url, "type": _TYPE})
    _link(feed, "alternate", settings.SITE_URL + page)
    _text(ElementTree.SubElement(feed, "author"), "name", settings.SITE_NAME)
    for row in rows:
        _entry(feed, row)
    response = HttpResponse(
        ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True),
        content_type=f"{_TYPE}; charset=utf-8",
    )
    if rows:
        response.headers["Last-Modified"] = http_date(updated.timestamp())
    return response


_TYPE = "application/atom+xml"


def _entry(feed: ElementTree.Element, verdict: Verdict) -> None:
    claim = verdict.claim
    entry = ElementTree.SubElement(feed, "entry")
    _text(entry, "id", tag(verdict))
    _text(
        entry,
        "title",
        _("%(outcome)s: %(statement)s")
        % {"outcome": capfirst(verdict.get_outcome_display()), "statement": claim.statement},
    )
    _text(entry, "published", _moment(verdict.decided_at))
    _text(entry, "updated", _moment(verdict.decided_at))
    _link(entry, "alternate", settings.SITE_URL + claim.get_absolute_url())
    for item in verdict.evidence.all():
        if is_web(item.url):
            _link(entry, "related", item.url, title=plain_line(item.title))
    _category(entry, claim.beat.slug, claim.beat.name, reverse("claims"))
    _category(entry, verdict.outcome, verdict.get_outcome_display(), reverse("methodology"))
    _text(entry, "summary", _summary(verdict))


def _summary(verdict: Verdict) -> str:
    """What became of it, by when it was due, what it replaces, and why: one line each."""
    lines = [_("Due %(deadline)s.") % {"deadline": deadline(verdict.claim)}]
    if verdict.became_known_on:
        lines.append(_("Became known %(day)s.") % {"day": day_words(verdict.became_known_on)})
    if verdict.supersedes is not None:
        lines.append(
            _("It supersedes the earlier verdict: %(outcome)s.")
            % {"outcome": verdict.supersedes.get_outcome_display()}
        )
        lines += [verdict.correction] if verdict.correction else []
    return "\n".join([*lines, verdict.rationale])


def tag(verdict: Verdict) -> str:
    """The verdict's id for ever (RFC 4151): the site's host, the verdict's day, its number."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{verdict.decided_at:%Y-%m-%d}:verdict/{verdict.pk}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _text(parent: ElementTree.Element, name: str, words: str) -> None:
    ElementTree.SubElement(parent, name).text = plain(words).strip()


def _link(parent: ElementTree.Element, rel: str, href: str, **more: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "href": plain_line(href), **more})


def _category(parent: ElementTree.Element, term: str, label: str, scheme: str) -> None:
    ElementTree.SubElement(
        parent,
        "category",
        {"term": term, "label": plain_line(label), "scheme": settings.SITE_URL + scheme},
    )
