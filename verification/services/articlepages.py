"""The article in a page's HTML, and what the page says of itself: headline, outlet, day, address.

A whole page is read by what is around its article; a piece of one, as it is pasted, as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree, html

from verification.domain import addresses, headline
from verification.domain.words import words
from verification.models import Report
from verification.services.drafts import one_line

#: Characters of a piece of HTML. Where a longer page has no article, it has none.
PIECE_MAX = 500_000
#: Elements of a page, and of one parent. The work of telling an article from what is around it
#: grows with the square of the latter; long pages of news have some thousands, dozens at a time.
ELEMENTS_MAX = 20_000
CHILDREN_MAX = 3_000
#: What of a page is never its article, and what stands on lines of its own.
_NO_TEXT = re.compile(
    "script|style|noscript|template|nav|footer|aside|form|button|select|svg|iframe|head|menu"
)
_BLOCK = re.compile(
    "p|div|section|article|main|header|li|[uo]l|blockquote|figure|table|tr|h[1-6]|br"
)
_SPACES = re.compile(r"\s+")
#: A line that is a sentence: of so many words if it ends as one, of so many more if it does not.
_ENDED, _UNENDED = 4, 8
_ENDS = (".", "!", "?", "…")
_CLOSING = "\"'’”»)] \u00a0"


@dataclass(frozen=True, slots=True)
class Article:
    """An article's main text, and what its page says of itself, as far as it does.

    Of a page that was fetched: its last address, the bytes that it came in, and when it was read.
    """

    text: str
    title: str = ""
    outlet: str = ""
    published: date | None = None
    url: str = ""
    size: int = 0
    read_at: datetime | None = None


def read(page: str | bytes) -> Article:
    """The article of a whole page.

    Raises ValidationError for `text` where there is none, or the page has too many elements.
    """
    # It takes a second to load, which only those who paste pages should wait for.
    import trafilatura

    tree = trafilatura.load_html(page)
    if tree is None:
        raise ValidationError({"text": _("No article was found in this page.")})
    if _is_endless(tree):
        raise ValidationError(
            {"text": _("This page has too many elements to be an article: paste its text.")}
        )
    found = trafilatura.bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        # Searched further, a page's copyright or a day of the story would be taken for its day.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    text = getattr(found, "text", None) or ""
    if not text.strip():
        raise ValidationError({"text": _("No article was found in this page.")})
    return Article(
        text=text,
        title=one_line(getattr(found, "title", None) or ""),
        outlet=one_line(getattr(found, "sitename", None) or ""),
        published=_day(getattr(found, "date", None)),
    )


def pasted(page: str | bytes, written: str) -> Article:
    """The article of HTML that somebody pasted: a page with its own address, or a piece of one.

    `written` is the page as text. Where no article can be told from what is around it, what is left
    without its navigation is taken, if there is a sentence in it. Raises ValidationError for `text`
    where there is none.
    """
    tree = _tree(written)
    if tree is None:
        raise ValidationError({"text": _("No article was found in this page.")})
    article = _whole_or_piece(page, tree, long=len(written) > PIECE_MAX)
    return replace(article, url=_own_address(tree))


def _whole_or_piece(page: str | bytes, tree: Any, *, long: bool) -> Article:
    refused = ValidationError({"text": _("No article was found in this page.")})
    try:
        article = read(page)
        if any(map(_is_sentence, article.text.splitlines())):
            return article
    except ValidationError as error:
        refused = error
    text = "" if long else _plain_text(tree)
    if not text:
        raise refused
    return Article(text=text, title=headline.of(text))


def _is_endless(tree: Any) -> bool:
    for number, one in enumerate(tree.iter(), start=1):
        if number > ELEMENTS_MAX or len(one) > CHILDREN_MAX:
            return True
    return False


def _tree(written: str) -> Any:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    whole = written.replace("\0", "").encode("utf-8", errors="replace")
    try:
        return html.document_fromstring(whole, parser=parser)
    except etree.LxmlError:
        return None


def _own_address(tree: Any) -> str:
    """What a page says that its address is, if a report can have it; a mere front page is none."""
    said = [
        *tree.xpath("//link[translate(@rel, 'CANONIL', 'canonil') = 'canonical']/@href"),
        *tree.xpath("//meta[@property = 'og:url' or @name = 'og:url']/@content"),
    ]
    return next((url for url in map(str.strip, said) if _is_address(url)), "")


def _is_address(url: str) -> bool:
    try:
        addresses.target(url)
        Report._meta.get_field("url").clean(url, None)
        parts = urlsplit(url)
    except (addresses.RefusedError, ValidationError, ValueError):
        return False
    return bool(parts.path.strip("/") or parts.query)


def _plain_text(tree: Any) -> str:
    """The text of a piece of HTML, a line for each of its blocks; nothing if it has no sentence.

    Links alone make none: they lead to other articles.
    """
    whole: list[str] = []
    apart: list[str] = []
    links = 0

    def put(text: str | None) -> None:
        whole.append(_SPACES.sub(" ", text or ""))
        if not links:
            apart.append(whole[-1])

    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, one in walk:
        if _BLOCK.fullmatch(one.tag):
            whole.append("\n")
            apart.append("\n")
        if event == "start" and _NO_TEXT.fullmatch(one.tag):
            walk.skip_subtree()
        elif event == "start":
            links += one.tag == "a"
            put(one.text)
        else:
            links -= one.tag == "a"
            put(one.tail)
    return "\n".join(_lines(whole)) if any(map(_is_sentence, _lines(apart))) else ""


def _lines(pieces: list[str]) -> list[str]:
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return [line for line in lines if line]


def _is_sentence(line: str) -> bool:
    ended = line.rstrip(_CLOSING).endswith(_ENDS)
    return len(words(line)) >= (_ENDED if ended else _UNENDED)


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None
