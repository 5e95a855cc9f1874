"""Every address outside the desk and the API, and what it answers to whom.

These pages are the same for everybody: who is signed in sees no more on them. A row gives the
answer to a GET, once with the name of something public, once with that of something internal, and
once with a name that nobody has; what is internal must not differ from what does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """`args` name things of the newsroom; `hidden` the same of internal ones; `get` the answer."""

    args: str = ""
    hidden: str = ""
    get: int = 200
    #: What a GET with an unknown name answers; where an address has no names, nobody asks.
    missing: int = 404
    #: What a POST answers; every other method is refused with 405 where this is.
    post: int = 405


TABLE: dict[str, Page] = {
    "front": Page(),
    "claims": Page(),
    "claim": Page("claim", "secret_claim"),
    "sources": Page(),
    "source": Page("source", "secret_source"),
    "against": Page("source", "secret_source"),
    "compare": Page("source other", "source secret_source"),
    "leaderboard": Page(),
    "methodology": Page(),
    "corrections": Page(),
    "ledger": Page(),
    "ledger-export": Page(),
    "diary": Page(),
    # The address is a secret of its owner, and it is the address that lets in.
    "own_diary": Page("diary", "bad_token"),
    "healthz": Page(get=503),
    # There is no such page without its token.
    "metrics": Page(get=404),
    "favicon": Page(get=301),
    "set_language": Page(get=302, post=302),
    "embed-script": Page(),
    "embed-claim": Page("claim", "secret_claim"),
    "embed-source": Page("source", "secret_source"),
    "embed-leaderboard": Page(),
    "embed-latest": Page(),
    "embed-accent": Page("accent"),
    "badge-source": Page("source", "secret_source"),
    "oembed": Page(get=404),
    "card-claim": Page("claim", "secret_claim"),
    "card-source": Page("source", "secret_source"),
    "feed-verdicts": Page(),
    "feed-source": Page("source", "secret_source"),
    "feed-corrections": Page(),
    "robots": Page(),
    "sitemap": Page(),
    "sitemap-pages": Page(),
    "sitemap-section": Page("kind first"),
    "api-start": Page(),
    "problems": Page(),
    "problem": Page("problem"),
    # A signed token in a mail acts for whom the mail was written to, whoever opens it.
    "unsubscribe": Page("unsubscribe", "bad_token", post=200),
    "mail_link": Page("action mail", "action bad_token", post=200),
}
