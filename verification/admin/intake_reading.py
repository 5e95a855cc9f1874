"""What was read, on its way through the browser.

A sheet carries its article's text. That a page said it when it was fetched is more than an editor
who pastes a text can say of it, so it is signed: a text that differs in a letter was pasted.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.core import signing

from verification.admin.intake_sheet import Sheet
from verification.services.articlepages import Article

_SALT = "verification.admin.intake_reading"


def signed(page: Article) -> str:
    """When the page was read and what it said, for the form that carries its text."""
    read_at = page.read_at.isoformat() if page.read_at else ""
    return signing.dumps([_hash(page.text), page.url, page.size, read_at], salt=_SALT)


def article(sheet: Sheet) -> Article:
    """The sheet's article: as it was fetched, if its text and address are still those."""
    about = sheet.article.cleaned_data
    url = about.get("url", "").strip()
    size, read_at = _reading(sheet.data.get("reading", ""), sheet.text, url)
    return Article(
        text=sheet.text,
        title=about.get("title", ""),
        outlet=about.get("outlet", ""),
        published=sheet.published,
        url=url,
        size=size,
        read_at=read_at,
    )


def _reading(written: str, text: str, url: str) -> tuple[int, datetime | None]:
    try:
        digest, address, size, read_at = signing.loads(written, salt=_SALT)
    except signing.BadSignature:
        return 0, None
    if (digest, address) != (_hash(text), url) or not read_at:
        return 0, None
    return int(size), datetime.fromisoformat(read_at)


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", errors="replace")).hexdigest()
