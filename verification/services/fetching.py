"""Reading a page at an address that somebody pasted.

HTML over http and https, within ten seconds and five megabytes, redirects and decoding included. A
redirect is a new address, taken apart and vetted like the first one; from https none leads back to
http, for what comes that way is kept as what the source printed. Nothing is sent but the request
itself: no cookie, no referrer, no credentials.

Nothing here touches the database, and none of it belongs into a transaction.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from urllib.parse import urljoin

from django.conf import settings

from verification.domain import addresses
from verification.domain.addresses import Target
from verification.models.choices import ReadFault
from verification.services.connecting import (
    HEAD_MAX,
    Answer,
    Deadline,
    Net,
    UnreadError,
    vetted,
    vetted_url,
)

#: All in all, in seconds; and the most bytes of a page once it is decoded.
SECONDS = 10.0
BYTES_MAX = 5_000_000
REDIRECTS_MAX = 5

_KINDS = ("text/html", "application/xhtml+xml")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_CLOSED = frozenset({401, 402, 403, 407, 429, 451})
#: gzip and zlib, told apart by how they begin.
_GZIP_OR_ZLIB = 47
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.I)
_META_WITHIN = 2048
#: The encodings that pages are written in. Python knows others, some of which take very long.
_CHARSETS = re.compile(
    r"ascii|utf-8|utf-8-sig|utf-16(-[lb]e)?|iso8859-\d+|cp125\d|cp932|cp949|cp866|koi8-[rtu]"
    r"|mac-roman|gb2312|gbk|gb18030|big5(hkscs)?|euc_(jp|kr)|shift_jis|iso2022_jp"
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was read: its last address, its bytes as they were decoded, and when.

    `charset` is what the site said of it, empty where it said nothing.
    """

    url: str
    body: bytes
    content_type: str
    charset: str
    read_at: datetime

    @property
    def text(self) -> str:
        """The HTML: in what its first bytes, the site or the page itself say, where it is true."""
        if self.body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return self.body.decode("utf-16", errors="replace")
        named = _META.search(self.body[:_META_WITHIN])
        within = named[1].decode("ascii") if named else ""
        for charset in ("utf-8-sig", self.charset, within):
            name = _known(charset)
            # A page that says UTF-16 in ASCII letters is not in UTF-16.
            if name and not (charset == within and name.startswith("utf-16")):
                try:
                    return self.body.decode(name)
                except UnicodeDecodeError:
                    continue
        # What Windows writes; every byte is a character there.
        return self.body.decode("cp1252", errors="replace")


def fetch(
    url: str,
    *,
    seconds: float = SECONDS,
    bytes_max: int = BYTES_MAX,
    redirects_max: int = REDIRECTS_MAX,
    net: Net | None = None,
) -> Page:
    """Reads the page at `url`. Raises UnreadError, a ValidationError of the field `url`."""
    deadline = Deadline(seconds)
    target = vetted_url(url.strip())
    for _turn in range(redirects_max + 1):
        with vetted(target, deadline=deadline, net=net, wire_max=HEAD_MAX + 2 * bytes_max) as line:
            answer = line.ask(headers=_headers())
            if answer.status not in _REDIRECTS:
                return _page(target, answer, bytes_max)
            target = _next(target, answer)
    raise UnreadError(ReadFault.REDIRECTS)


def _headers() -> dict[str, str]:
    """Who asks, and what for. A name is not trusted to be fit for a header."""
    who = re.sub(r"[^ -~]|[()\\]", "", f"{settings.SITE_NAME}; +{settings.SITE_URL}")
    return {
        "User-Agent": f"BorneOut/1 ({who})",
        "Accept": ", ".join(_KINDS),
        "Accept-Encoding": "gzip",
    }


def _next(target: Target, answer: Answer) -> Target:
    location = (answer.headers.get("Location") or "").strip()
    if not location:
        raise UnreadError(ReadFault.BROKEN)
    try:
        # What a header holds was read as Latin-1, and is UTF-8 where it is not ASCII.
        location = location.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadError(ReadFault.CHARACTERS) from None
    if not addresses.is_printable(location):
        # Joining would drop some of it without a word.
        raise UnreadError(ReadFault.CHARACTERS)
    if location.startswith("//"):
        location = f"{target.scheme}:{location}"
    # Only a path is joined: whatever names a host is read by our own rules and no others.
    found = vetted_url(location if _ABSOLUTE.match(location) else urljoin(target.url, location))
    if target.scheme == "https" and found.scheme == "http":
        raise UnreadError(ReadFault.DOWNGRADE)
    return found


def _page(target: Target, answer: Answer, bytes_max: int) -> Page:
    if answer.status != 200:
        raise UnreadError(_fault(answer.status), str(answer.status))
    about = Message()
    about["Content-Type"] = answer.headers.get("Content-Type") or "application/octet-stream"
    if about.get_content_type() not in _KINDS:
        raise UnreadError(ReadFault.KIND)
    return Page(
        url=target.url,
        body=_decoded(answer, bytes_max),
        content_type=about.get_content_type(),
        charset=str(about.get_param("charset") or ""),
        read_at=datetime.now(UTC),
    )


def _fault(status: int) -> ReadFault:
    if status in _GONE:
        return ReadFault.GONE
    return ReadFault.CLOSED if status in _CLOSED else ReadFault.STATUS


def _decoded(answer: Answer, most: int) -> bytes:
    """The body, of which no more is ever held than may be kept."""
    coding = ",".join(answer.headers.get_all("Content-Encoding") or []).strip().lower()
    declared = answer.headers.get("Content-Length") or ""
    if declared.isascii() and declared.isdecimal() and int(declared[:20]) > most:
        raise UnreadError(ReadFault.SIZE)
    if coding in ("", "identity"):
        pieces = answer.chunks()
    elif coding in ("gzip", "x-gzip", "deflate"):
        pieces = _inflated(answer, most)
    else:
        # Several, one within the other, or one that was not asked for.
        raise UnreadError(ReadFault.ENCODING)
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > most:
            raise UnreadError(ReadFault.SIZE)
    return bytes(body)


def _inflated(answer: Answer, most: int) -> Iterator[bytes]:
    decoder, came = zlib.decompressobj(_GZIP_OR_ZLIB), 0
    for piece in answer.chunks():
        try:
            out = decoder.decompress(piece, most - came + 1)
        except zlib.error:
            raise UnreadError(ReadFault.BROKEN) from None
        came += len(out)
        yield out
        if decoder.eof:
            return
    raise UnreadError(ReadFault.BROKEN)


def _known(charset: str) -> str:
    """The name of an encoding of pages; empty where it is none."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return ""
    if name == "iso8859-1" or name == "ascii":
        # As browsers read it.
        name = "cp1252"
    return name if _CHARSETS.fullmatch(name) else ""
