"""What the pages of the desk weigh and fetch, and what the browser may do with them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from tests import factories
from tests.admin.typed import url

LIMIT = 100_000
TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "admin"


def fetched(page: str) -> list[str]:
    """What the browser fetches with a page: not the preview inside a closed "Embed"."""
    page = re.sub(r'<iframe[^>]* loading="lazy"', "", page)
    return re.findall(r'<(?:script|img|iframe)[^>]* src="([^"]+)"', page) + re.findall(
        r'<link[^>]* href="([^"]+)"', page
    )


def weight(address: str) -> int:
    found = finders.find(address.removeprefix("/static/"))
    assert found, address
    return Path(found).stat().st_size


def pages(desk: Any, claims: int = 2) -> dict[str, str]:
    """The pages of a desk with so many claims."""
    client = desk("managing editor")
    for index in range(claims):
        claim = factories.claim(
            actor=client.user,
            statement=f"{index}: " + "A statement of a good length that goes on and on. " * 3,
            reports=[factories.report_draft() for _report in range(3)],
        )
    addresses = {
        "front": "/admin/",
        "list": url("claim_changelist"),
        "claim": url("claim_change", claim.pk),
        "decide": url("claim_decide", claim.pk),
        "log": url("claim_add"),
        "intake": "/admin/intake/",
    }
    return {name: client.get(address).content.decode() for name, address in addresses.items()}


def test_no_page_weighs_more_than_a_hundred_kilobytes(desk: Any) -> None:
    for name, page in pages(desk, claims=45).items():
        total = len(page.encode()) + sum(weight(address) for address in set(fetched(page)))
        assert total <= LIMIT, (name, total)


def test_every_page_fetches_only_what_is_ours(desk: Any) -> None:
    ours = {
        "/static/verification/tokens.css",
        "/static/verification/desk/desk.css",
        "/static/verification/desk/desk.js",
    }
    besides = {
        "claim": {"/static/verification/embed/codes.css"},
        "decide": {"/static/verification/desk/effects.js"},
        "log": {"/static/verification/desk/similar.js"},
        "intake": {
            "/static/verification/desk/intake.css",
            "/static/verification/desk/intake.js",
        },
    }
    for name, page in pages(desk).items():
        assert set(fetched(page)) == ours | besides.get(name, set()), name


def test_no_template_has_a_script_or_a_style_in_it() -> None:
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"<style|\sstyle=|\son(?!e=)[a-z]+=|javascript:", text), path
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text)), path


def test_the_policy_of_the_desk_allows_nothing_inline(desk: Any) -> None:
    response = desk().get("/admin/")

    assert "unsafe" not in response["Content-Security-Policy"]
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_every_field_has_a_label(desk: Any) -> None:
    for name, page in pages(desk).items():
        page = re.sub(r"<template>.*?</template>", "", page, flags=re.DOTALL)
        labels = set(re.findall(r'<label[^>]* for="([^"]+)"', page))
        for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", page):
            if 'type="hidden"' in tag or "aria-label=" in tag or 'type="radio"' in tag:
                continue
            found = re.search(r'id="([^"]+)"', tag)
            assert found, (name, tag)
            assert found[1] in labels, (name, tag)
