"""A verdict as schema.org's ClaimReview, for search engines and fact-check explorers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language

from verification import newsroom
from verification.domain.outcomes import MERITS
from verification.domain.plain import plain, plain_line
from verification.models import Claim, Report, Source, Verdict
from verification.models.choices import SourceKind, Stance
from verification.templatetags.borneout import is_web

# What could end the script element or a line of it. In JSON these escapes mean the same signs.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_PEOPLE = {SourceKind.REPORTER, SourceKind.ANALYST, SourceKind.ACCOUNT, SourceKind.OFFICIAL}

Node = dict[str, Any]


def claim_review(
    claim: Claim, verdict: Verdict | None, reports: Sequence[Report]
) -> SafeString | None:
    """The JSON-LD of a decided claim, safe inside a script element; None where nothing is decided.

    A void claim says nothing about the world, so it has none either. `reports` come in the order of
    their days, with their sources.
    """
    if verdict is None or verdict.outcome not in MERITS:
        return None
    text = json.dumps(_review(claim, verdict, reports), ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308  (escaped for where it lands)


def _review(claim: Claim, verdict: Verdict, reports: Sequence[Report]) -> Node:
    url = settings.SITE_URL + claim.get_absolute_url()
    review: Node = _without_blanks(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": url,
            "claimReviewed": plain_line(claim.statement),
            "datePublished": newsroom.day(verdict.decided_at).isoformat(),
            "inLanguage": get_language(),
            "author": {
                "@type": "Organization",
                "name": plain_line(settings.SITE_NAME),
                "url": settings.SITE_URL,
            },
            "reviewRating": {
                "@type": "Rating",
                "alternateName": capfirst(verdict.get_outcome_display()),
            },
            "reviewBody": plain(verdict.rationale),
            "citation": [
                {"@type": "CreativeWork", "name": plain_line(item.title), "url": item.url}
                for item in verdict.evidence.all()
                if is_web(item.url)
            ],
            "itemReviewed": _claim(claim, reports),
        }
    )
    return review


def _claim(claim: Claim, reports: Sequence[Report]) -> Node:
    """The claim itself: whose it is, and where it appeared; who only disputed it is left out."""
    asserted = [report for report in reports if report.stance == Stance.ASSERTS]
    first = next((report for report in asserted if not report.via_id), None)
    appeared = [report for report in asserted if is_web(report.url)]
    return {
        "@type": "Claim",
        "name": plain_line(claim.statement),
        "inLanguage": claim.language,
        "author": _author(first.source) if first else None,
        "datePublished": first.published_on.isoformat() if first else None,
        "firstAppearance": _appearance(first) if first and is_web(first.url) else None,
        "appearance": [_appearance(report) for report in appeared if report is not first],
    }


def _appearance(report: Report) -> Node:
    return {
        "@type": "CreativeWork",
        "url": report.url,
        "headline": plain_line(report.headline),
        "datePublished": report.published_on.isoformat(),
        "author": {"@type": "Person", "name": plain_line(report.author)} if report.author else None,
        "publisher": _author(report.source),
    }


def _author(source: Source) -> Node:
    return {
        "@type": "Person" if source.kind in _PEOPLE else "Organization",
        "name": plain_line(source.name),
        "url": source.homepage if is_web(source.homepage) else None,
    }


def _without_blanks(node: Any) -> Any:
    """The node without what is empty: a vocabulary has no word for "none"."""
    if isinstance(node, dict):
        kept = {name: _without_blanks(value) for name, value in node.items()}
        return {name: value for name, value in kept.items() if value}
    if isinstance(node, list):
        return [_without_blanks(part) for part in node]
    return node
