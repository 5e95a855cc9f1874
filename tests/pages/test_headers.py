"""The headers of every page: what a browser is told to keep to, whatever the address."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import factories
from tests.admin.test_permissions import TABLE, things  # noqa: F401  (a fixture)
from verification.models import Claim, Source

#: The addresses outside the desk, and what stands in them.
ARGS: dict[str, tuple[Any, ...]] = {
    "claim": ("claim",),
    "source": ("source",),
    "against": ("source",),
    "compare": ("source", "source"),
    "own_diary": ("x",),
    "embed-claim": ("claim",),
    "embed-source": ("source",),
    "embed-accent": ("1f4e79",),
    "badge-source": ("source",),
    "card-claim": ("claim",),
    "card-source": ("source",),
    "feed-source": ("source",),
    "sitemap-section": ("claims", 1),
    "problem": ("not-found",),
    "unsubscribe": ("x",),
    "mail_link": ("snooze", "x"),
    "reports": ("claim",),
    "verdicts": ("claim",),
    "deadline": ("claim",),
    "replies": ("claim",),
    "record": ("source",),
    "positions": ("source",),
}
#: Addresses that other sites may put into their pages.
WIDGETS = {"embed-claim", "embed-source", "embed-leaderboard", "embed-latest"}
INLINE = re.compile(
    r"<script(?![^>]*\b(?:src|type=\"application/(?:ld\+)?json\"))[^>]*>|<style|\son\w+=|\sstyle=",
    re.I,
)


def outside() -> dict[str, str]:
    """Every named address outside the desk: its name with the namespace, and its route."""
    found: dict[str, str] = {}

    def walk(patterns: list[URLPattern | URLResolver], namespace: str) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                if pattern.namespace != "admin":
                    walk(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else "")
            elif pattern.name:
                found[namespace + pattern.name] = str(pattern.pattern)

    walk(get_resolver().url_patterns, "")
    return found


def check(name: str, response: Any) -> None:
    """What every answer says, and what its page does not hold."""
    said = response.headers
    directives = dict(
        part.strip().partition(" ")[::2] for part in said["Content-Security-Policy"].split(";")
    )
    assert directives["script-src"] == "'self'", name
    # A mail carries its styles on its elements. It is shown in a sandbox, to the desk alone.
    is_mail = name == "verification_message_html"
    assert directives["style-src"] == ("'unsafe-inline'" if is_mail else "'self'"), name
    assert directives["object-src"] == directives["base-uri"] == "'none'", name
    assert "unsafe-eval" not in said["Content-Security-Policy"], name
    assert said["X-Content-Type-Options"] == "nosniff", name
    assert said["Referrer-Policy"] in (
        "strict-origin-when-cross-origin", "same-origin", "no-referrer",
    ), name  # fmt: skip
    assert "camera=()" in said["Permissions-Policy"], name
    assert said["Cross-Origin-Opener-Policy"] == "same-origin", name
    short = name.partition(":")[2] or name
    if short in WIDGETS and response.status_code == 200:
        assert directives["frame-ancestors"] != "'none'", name
        assert "X-Frame-Options" not in said, name
        assert said["Cross-Origin-Resource-Policy"] == "cross-origin", name
        assert not response.cookies, name
    elif short not in WIDGETS:
        assert directives["frame-ancestors"] == ("'self'" if is_mail else "'none'"), name
        assert said["X-Frame-Options"] == ("SAMEORIGIN" if is_mail else "DENY"), name
    if said.get("Content-Type", "").startswith("text/html") and not response.streaming:
        found = INLINE.search(response.content.decode())
        assert is_mail or found is None, (name, found)


def test_every_page_that_anybody_may_read_has_its_headers(things: dict[str, Any]) -> None:  # noqa: F811
    places = {
        "claim": Claim.objects.get(pk=things["claim"]).slug,
        "source": Source.objects.get(pk=things["source"]).slug,
    }
    client, seen = Client(), set()
    for name in outside():
        args = [places.get(word, word) for word in ARGS.get(name.partition(":")[2] or name, ())]
        if name == "api:unknown":
            continue
        check(name, client.get(reverse(name, args=args)))
        seen.add(name)

    assert len(seen) > 45
    for lost in ("/nowhere/", "/api/v1/nowhere/", "/admin/nowhere/", "/claims/nowhere/"):
        check(lost, client.get(lost))


def test_every_page_of_the_desk_has_its_headers(things: dict[str, Any]) -> None:  # noqa: F811
    client = Client()
    client.force_login(factories.managing_editor())
    for name, page in TABLE.items():
        url = reverse(f"admin:{name}", args=[things[key] for key in page.args.split()])
        check(name, client.get(url))
    client.logout()
    for name in ("login", "forgotten"):
        check(name, client.get(reverse(f"admin:{name}")))


def asked_by_head(path: str, cookies: str = "") -> tuple[int, bytes, Any]:
    """The status, body and headers as the web server gets them: Django's client drops a body."""
    handler = ClientHandler()
    handler.load_middleware()
    response = handler.get_response(RequestFactory().head(path, HTTP_COOKIE=cookies))
    body = b"".join(response) if response.streaming else response.content
    return response.status_code, body, response.headers


def test_who_asks_for_the_headers_gets_no_body_wherever(things: dict[str, Any]) -> None:  # noqa: F811
    places = {
        "claim": Claim.objects.get(pk=things["claim"]).slug,
        "source": Source.objects.get(pk=things["source"]).slug,
    }
    seen = []
    for name in outside():
        if name != "api:unknown":
            args = [places.get(word, word) for word in ARGS.get(name.partition(":")[2] or name, ())]
            seen.append(asked_by_head(reverse(name, args=args))[:2])
    for lost in ("/nowhere/", "/embed/claim/nowhere/", "/api/v1/nowhere/", "/claims/?after=x"):
        seen.append(asked_by_head(lost)[:2])
    desk = Client()
    desk.force_login(factories.managing_editor())
    session = f"sessionid={desk.cookies['sessionid'].value}"
    for path in ("/admin/", "/admin/verification/claim/"):
        answer = asked_by_head(path, session)
        assert answer[0] == 200
        seen.append(answer[:2])
    assert {status for status, _body in seen} >= {200, 302, 404}
    assert [one for one in seen if one[1]] == []


def test_the_headers_alone_are_those_of_the_whole_answer(client: Client, db: None) -> None:
    for path in ("/embed/latest/", "/embed.js", "/embed/claim/nowhere/"):
        whole, (status, _body, said) = client.get(path), asked_by_head(path)
        assert status == whole.status_code
        assert said["Content-Length"] == str(len(whole.content))
        assert said.get("ETag") == whole.headers.get("ETag")


@pytest.mark.parametrize("proxied", ["https", ""])
def test_over_tls_browsers_are_told_to_stay_there(
    client: Client, db: None, settings, proxied
) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    headers = {"x-forwarded-proto": proxied} if proxied else {}

    response = client.get("/", headers=headers)

    assert response["Strict-Transport-Security"] == "max-age=31536000"


def test_without_tls_nobody_is_told_to_come_over_it(client: Client, db: None) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers
