"""Where in an article a claim was logged from, so that whoever reads it again is told.

A statement is mended before it is logged, and says little of the sentence that it came from. The
sentence itself stays as it was printed, whoever reads it and whenever.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from verification.domain import words
from verification.models import Claim, Excerpt

#: Sentences of fewer words stand in many articles, and tell none of them apart.
LEAST = 4
_URL_MAX = Excerpt._meta.get_field("url").max_length or 0


@dataclass(frozen=True, slots=True)
class Known:
    """A claim that was logged from a sentence: of the article that is read, or of another page."""

    claim: Claim
    same_article: bool


def note(claim: Claim, *, sentence: str, url: str) -> None:
    """Notes that a claim, or a report of it, was logged from a sentence of the page at `url`.

    Call it inside the transaction of the change. Nothing is noted of a sentence of a few words.
    """
    found = _digest(sentence)
    if found:
        Excerpt.objects.get_or_create(claim=claim, digest=found, url=_kept(url))


def known(sentences: Sequence[str], *, url: str) -> list[list[Known]]:
    """For each sentence the claims that were logged from it, those of the same article first.

    An article is the same where its address is; where one of the two has none, its words have to
    do. Takes two queries for any number of sentences.
    """
    digests = [_digest(sentence) for sentence in sentences]
    rows = list(Excerpt.objects.filter(digest__in={one for one in digests if one}))
    claims = Claim.objects.select_related("beat").in_bulk({row.claim_id for row in rows})
    of_page = _kept(url)
    found: defaultdict[str, dict[int, bool]] = defaultdict(dict)
    for row in rows:
        same = not row.url or not of_page or row.url == of_page
        found[row.digest][row.claim_id] = same or found[row.digest].get(row.claim_id, False)
    return [
        sorted(
            (Known(claims[key], same) for key, same in found.get(digest, {}).items()),
            key=lambda one: (not one.same_article, -one.claim.pk),
        )
        for digest in digests
    ]


def _digest(sentence: str) -> str:
    """The hash of a sentence's words: the same whatever its apostrophes and spaces."""
    said = words.words(sentence)
    return sha256(" ".join(said).encode()).hexdigest() if len(said) >= LEAST else ""


def _kept(url: str) -> str:
    """An address as reports keep it; none where it is not one."""
    kept = str(Excerpt._meta.get_field("url").to_python(url.strip()) or "")
    fits = kept.startswith(("http://", "https://")) and len(kept) <= _URL_MAX
    return kept if fits else ""
