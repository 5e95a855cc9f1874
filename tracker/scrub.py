"""Takes out of a text what no log and no service of others is to hold: secrets and addresses.

The last of several nets: what is logged is written without them. But an exception says what it
likes, and a mail server repeats the address that it refuses.
"""

from __future__ import annotations

import re

GONE = "…"

_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # redis://:secret@host and postgres://user:secret@host
    (re.compile(r"(?<=://)[^\s/@'\"]{1,200}@"), f"{GONE}@"),
    # The host of a mail address stays, for it tells which mail server it is about.
    (re.compile(r"[\w.!#$%&*+/=?^`{|}~-]{1,64}@(?=[\w-]{1,63}\.[\w])"), f"{GONE}@"),
    (re.compile(r"(?i)\bbearer\s+[^\s'\",;]+"), f"Bearer {GONE}"),
    (
        re.compile(
            r"(?i)\b((?:[a-z_]*(?:password|passwd|secret|token|api_?key)|authorization|cookie"
            r"|sessionid|csrftoken|__host-\w+)['\"]?\s{0,3}[:=]\s{0,3}['\"]?)[^\s'\",;&)}\]]+"
        ),
        rf"\1{GONE}",
    ),
    # Addresses that let in whoever has them: of mails, of a diary, of a new password.
    (re.compile(r"(/mail/[\w-]{1,40}/)[^\s/?#'\"]+"), rf"\1{GONE}"),
    (re.compile(r"(/forgotten/[^\s/?#'\"]{1,40}/)[^\s/?#'\"]+"), rf"\1{GONE}"),
    (re.compile(r"(/feeds/deadlines/)[^\s/?#'\"]+?(?=\.ics)"), rf"\1{GONE}"),
)
#: What one line may be long. What is cut off has its beginning to be understood by.
LONGEST = 20_000


def scrubbed(text: str) -> str:
    """The text without what looks like a secret or an address, and cut where it is very long."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} {GONE} {text[-LONGEST // 2 :]}"
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text
