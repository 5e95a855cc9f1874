"""From an article to claims that an editor may log: read the page, then propose.

Nothing is written here. What is proposed is logged by :func:`verification.services.claims.log`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from verification.domain import extraction, headline
from verification.domain.dateline import DayFrom, dated
from verification.domain.extraction import Candidate, Language, Names
from verification.domain.extraction.language import detect
from verification.models import Source, SourceAlias, User
from verification.models.choices import ReadFault, SourceKind
from verification.services import articlepages, counts, fetching, pageoutlet
from verification.services.articlepages import Article
from verification.services.connecting import UnreadError
from verification.services.drafts import Checks, one_line
from verification.services.errors import allow

#: Characters of a page's HTML, of which little is text.
HTML_MAX = 5_000_000
#: Seconds within which a user's pages are counted.
PAGES_STRETCH = 600
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    r"<(?:!doctype|html|head|body|article|main|section|div|header|p|h[1-6]|a|b|strong|em|i|span"
    r"|time|ul|ol|blockquote|figure|table|meta|link|title|br|nav"
    r"|aside|footer|img|script|style)\b",
    re.IGNORECASE | re.DOTALL,
)
#: Those who report; a company or an official of the list is no outlet.
_REPORTING = (
    SourceKind.OUTLET,
    SourceKind.AGENCY,
    SourceKind.REPORTER,
    SourceKind.ANALYST,
    SourceKind.ACCOUNT,
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The candidates of an article, and how it was read.

    Places in ``candidates`` are places in ``text``. ``outlet`` is whose page it is, empty where
    nobody knows: a relay of those whom a candidate credits. A candidate that credits the outlet
    itself credits it by that very name, however the text puts it. ``url`` is the page's address,
    as far as it is known, and ``dated`` why it is taken to be of the day ``published``.
    """

    text: str
    title: str
    outlet: str
    url: str
    published: date
    dated: DayFrom
    language: Language
    candidates: tuple[Candidate, ...]


def propose(
    *,
    actor: User,
    today: date,
    text: str | bytes = "",
    url: str = "",
    language: Language | None = None,
    published: date | None = None,
    outlet: str = "",
    address: str = "",
    fetched: Article | None = None,
) -> Proposal:
    """The claims of an article for whoever may log one: of text or HTML, or of a page.

    The page at `url` is fetched, unless it is `fetched` already; `address` is where a text comes
    from, and is not asked. Raises ValidationError for `text` or `url`, and PermissionDenied.
    """
    allow(actor, "add_claim")
    checks = Checks()
    if text.strip() and url:
        checks.add("url", _("Send the text or the address, not both."))
    elif not text.strip() and not url:
        checks.add("text", _("Send the article’s text, or its address as url."))
    checks.text("outlet", outlet)
    checks.done()
    article = fetched or (page_at(url, actor=actor) if url else read(text))
    return extract(
        article=replace(article, url=address) if text and address else article,
        today=today,
        names=known_names(actor),
        actor=actor,
        language=language,
        published=published,
        outlet=outlet,
    )


def extract(
    *,
    article: Article,
    today: date,
    names: Names | None = None,
    language: Language | None = None,
    published: date | None = None,
    outlet: str = "",
    actor: User | None = None,
) -> Proposal:
    """The claims of an article. What is not said is read from its page or its text.

    Without a day there, either, it is of today. The newsroom's sources are looked at where their
    `names` are given: as the actor may know of them. Raises ValidationError for `text` that is too
    long.
    """
    spoken = language or detect(article.text)
    of = dated(
        typed=published,
        page=article.published,
        text=article.text,
        language=spoken,
        today=today,
    )
    asked = names is not None
    whose = one_line(outlet) or article.outlet
    if asked:
        whose = pageoutlet.outlet_of(outlet=whose, url=article.url, actor=actor)
    try:
        found = extraction.extract(
            article.text,
            published=of.day,
            language=spoken,
            outlet=whose or None,
            names=names,
        )
    except extraction.TooLongError as error:
        raise _too_long(extraction.TEXT_MAX) from error
    called, candidates = pageoutlet.unified(
        found.candidates, outlet=found.outlet or "", url=article.url, actor=actor, asked=asked
    )
    return Proposal(
        text=article.text,
        title=article.title,
        outlet=called,
        url=article.url,
        published=of.day,
        dated=of.by,
        language=found.language,
        candidates=candidates,
    )


def page_at(url: str, *, actor: User | None = None) -> Article:
    """The article at an address, which is fetched: never call it inside a transaction.

    It counts for `actor`, who may have only so many pages read. Raises ValidationError for `url`
    (an UnreadError where the page could not be read).
    """
    if actor is not None:
        count_page(actor)
    page = fetching.fetch(url)
    try:
        article = articlepages.read(page.text)
    except ValidationError:
        raise UnreadError(ReadFault.NO_ARTICLE) from None
    return replace(article, url=page.url, size=len(page.body), read_at=page.read_at)


def count_page(actor: User) -> None:
    """Counts one more page for the actor. Raises ValidationError for `url` where it is too many."""
    most = settings.PAGES_PER_USER
    counted = counts.count(f"pages:{actor.pk}", stretch=PAGES_STRETCH) if most else None
    if counted is not None and counted.made > most:
        raise ValidationError(
            {
                "url": _(
                    "You have had %(most)s pages read within ten minutes. Wait for %(seconds)s "
                    "seconds, or send the text."
                )
                % {"most": most, "seconds": counted.seconds}
            }
        )


def read(text: str | bytes) -> Article:
    """An article from text or HTML, told apart by how it begins.

    Raises ValidationError for `text` where it is too long or no article is in it.
    """
    written = text if isinstance(text, str) else _decoded(text)
    if not _MARKUP.match(written):
        return Article(text=written, title=headline.of(written))
    if len(text) > HTML_MAX:
        raise _too_long(HTML_MAX)
    return articlepages.pasted(text, written)


def known_names(actor: User | None = None) -> Names:
    """The names and aliases of the sources that report, each with the name that it goes by.

    That is, for a merged one, the name of the source that stays. Only of those that the actor may
    know of; of all, where nobody asks but the server itself. Takes two queries.
    """
    sees = actor is None or actor.has_perm("verification.view_claim")
    sources = Source.objects.all() if sees else Source.objects.readable()
    aliases = SourceAlias.objects.filter(source__kind__in=_REPORTING)
    if not sees:
        aliases = aliases.filter(source__in=sources)
    rows = sources.filter(kind__in=_REPORTING).values_list("name", "merged_into__name")
    known = dict(aliases.values_list("name", "source__name"))
    return Names(known | {name: merged or name for name, merged in rows})


def _decoded(page: bytes) -> str:
    try:
        written = page.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Windows writes; every byte is a character there.
        written = page.decode("cp1252", errors="replace")
    return one_newline(written)


def one_newline(text: str) -> str:
    """`text` with one character for each end of a line, whatever system or browser wrote it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _too_long(most: int) -> ValidationError:
    return ValidationError({"text": _("Use at most %(longest)s characters.") % {"longest": most}})
