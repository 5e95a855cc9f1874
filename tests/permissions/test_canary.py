"""No word of an internal claim is told to whoever may not see it, whatever is asked and however.

Each internal text in the room has a canary in it: statement, criteria, rationale, evidence, the
names of its source and its beat, our story, who was asked for a reply, and a verdict that is only
proposed. Whatever is public is opened, from the table of addresses, with each parameter, and by
each link on from there; and the canary is searched for in every body and every header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import product
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.api import payloads
from tests.permissions import api, pages
from tests.permissions.conftest import undone
from tests.permissions.people import DECIDE, LOG, MANAGING, Program, client_of
from tests.permissions.room import CANARY, Room
from verification import roles

pytestmark = pytest.mark.django_db

#: The address lets in whoever has it: what its owner may see is behind it.
SECRET_ADDRESSES = {"own_diary", "mail_link", "unsubscribe"}
WITHOUT_SCOPE = (
    Program("anonymous"),
    Program(MANAGING, ()),
    Program(MANAGING, (LOG, DECIDE)),
    Program("superuser", (LOG,)),
)
#: Followed no further than this: lists page on and on.
MOST = 300

#: What may be asked of which lists; the words of the search are in internal claims and in public.
ASKED = {
    "beat": ("space", f"{CANARY}-beat"),
    "source": ("wire", f"{CANARY}-source"),
    "status": ("open", "awaiting", "confirmed", "denied", "lapsed", "void"),
    "q": ("launch", "criteria", "statement of a launch"),
    "search": ("launch", "criteria", "source"),
    "public": ("false", "true", "0"),
    "assignee": ("boss",),
    "ordering": ("newest", "oldest", "deadline", "-deadline", "decided"),
    "sort": ("deadline", "newest"),
    "format": ("csv", "jsonl", "json"),
    "as_of": ("2026-03-31", "2026-04-01"),
    "matured": ("1", "true"),
    "internal": ("1", "true"),
    "credit": ("hit", "miss", "open"),
    "kind": ("outlet",),
    "limit": ("1", "100"),
    "lang": ("fr", "en"),
    "logged_after": ("2026-01-01",),
    "deadline_before": ("2027-01-01",),
}
LISTS = (
    "/", "/claims/", "/sources/", "/leaderboard/", "/corrections/", "/methodology/",
    "/feeds/deadlines.ics", "/feeds/verdicts.atom", "/feeds/corrections.atom",
    "/embed/leaderboard/", "/embed/latest/", "/sources/wire/", "/sources/wire/against/journal/",
    "/api/v1/claims/", "/api/v1/sources/", "/api/v1/beats/", "/api/v1/leaderboard/",
    "/api/v1/sources/wire/record/", "/api/v1/sources/wire/positions/",
    "/api/v1/claims/denied/verdicts/", "/api/v1/claims/waiting/verdicts/",
)  # fmt: skip


def addresses(room: Room) -> Iterator[str]:
    """Every public address of the tables, with what is public and what is hidden, and all lists."""
    things = room.things
    rows = [(name, page) for name, page in pages.TABLE.items() if name not in SECRET_ADDRESSES]
    rows += [(f"api:{name}", row) for name, found in api.READS.items() for row in found]
    for name, row in rows:
        for args in {row.args, row.hidden or row.args}:
            yield reverse(name, args=[things[thing] for thing in args.split()])
    for path, (name, values) in product(LISTS, ASKED.items()):
        yield from (f"{path}?{name}={quote(value)}" for value in values)
    for path in (f"/claims/{things['secret_claim']}/", f"/sources/{things['secret_source']}/"):
        yield f"/oembed?url={quote('http://127.0.0.1:8000' + path)}"
    for outcome in ("open", "denied"):
        yield f"/api/v1/claims/?status={outcome}&search=launch&format=csv"
        yield f"/claims/?status={outcome}&q=launch"


#: The form that chooses a language has a token of its own each time.
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
LINK = re.compile(
    r"""(?:href|src|loc|id|next|previous|Link)\W{1,4}(?:http://127\.0\.0\.1:8000|http://testserver)?(/[^"'<>\s\\]*)"""
)


def links(body: str) -> Iterator[str]:
    """The addresses of our own to which a body leads."""
    for found in LINK.findall(body):
        address = unescape(found).partition("#")[0]
        if not address.startswith(("/admin", "/static", "//", "/mail/", "/i18n")):
            yield address


def seen_in(response: Any, asked: str) -> str:
    """What of the answer the asker did not say himself, headers and body, without case."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = "\n".join(
        [*(f"{name}: {value}" for name, value in response.items()), body.decode(errors="replace")]
    ).casefold()
    said = unquote(asked).casefold()
    for word in sorted(set(re.findall(rf"[\w-]*{CANARY}[\w-]*", said)), key=len, reverse=True):
        text = text.replace(word, "")
    return text


def crawl(client: Client, room: Room, **extra: Any) -> int:
    """Opens everything; returns how many addresses that were."""
    waiting = list(dict.fromkeys(addresses(room)))
    known = set(waiting)
    followed = 0
    while waiting:
        address = waiting.pop(0)
        response = client.get(address, **extra)
        assert response.status_code < 500 or urlsplit(address).path == "/healthz", address
        text = seen_in(response, address)
        assert CANARY not in text, (address, text[max(text.find(CANARY) - 200, 0) :][:400])
        if followed < MOST and response.status_code == 200:
            for link in links(text):
                if link not in known:
                    known.add(link)
                    waiting.append(link)
                    followed += 1
    return len(known)


@pytest.mark.parametrize("program", WITHOUT_SCOPE, ids=str)
def test_no_token_without_the_scope_is_told_a_word(program: Program, room: Room) -> None:
    with undone():
        assert crawl(program.client(), room) > 500


def test_in_french_neither(room: Room) -> None:
    client = Client(raise_request_exception=False, HTTP_ACCEPT_LANGUAGE="fr")
    assert crawl(client, room) > 500


def test_whoever_is_signed_in_sees_no_more_on_the_pages(room: Room) -> None:
    with undone():
        client = client_of(roles.MANAGING_EDITOR)
        for name, page in pages.TABLE.items():
            if name in SECRET_ADDRESSES:
                continue
            for args in {page.args, page.hidden}:
                address = reverse(
                    name, args=[room.things[thing] for thing in (args or page.args).split()]
                )
                assert CANARY not in seen_in(client.get(address), address), address


def test_the_canary_is_found_by_whoever_may_see_it(room: Room) -> None:
    with undone():
        client = Program(roles.READER, ("read-internal",)).client()
        for path in ("claims/", "sources/", "beats/", "leaderboard/?internal=1"):
            assert CANARY in client.get(f"/api/v1/{path}").content.decode(), path


# --- What is refused tells nothing either ---------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/claims/{}/", "/sources/{}/", "/api/v1/claims/{}/", "/api/v1/sources/{}/"]
)
def test_what_is_internal_is_answered_like_what_does_not_exist(path: str, room: Room) -> None:
    names = ("secret_claim" if "claims" in path else "secret_source",)
    hidden, missing = room.things[names[0]], "nothing-of-this-name"
    client = Client()
    one, other = client.get(path.format(hidden)), client.get(path.format(missing))
    assert (one.status_code, other.status_code) == (404, 404)
    pages_seen = [
        CSRF.sub("", answer.content.decode().replace(word, ""))
        for answer, word in ((one, hidden), (other, missing))
    ]
    assert pages_seen[0] == pages_seen[1]
    assert dict(one.items()).keys() == dict(other.items()).keys()
    assert "ETag" not in one


@pytest.mark.parametrize("path", ["/claims/{}/", "/api/v1/claims/{}/"])
def test_what_is_internal_costs_as_many_queries_as_what_does_not_exist(
    path: str, room: Room, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for name in (room.things["secret_claim"], "nothing-of-this-name"):
        with django_assert_max_num_queries(20) as captured:
            Client().get(path.format(name))
        counts.append(len(captured.captured_queries))
    assert counts[0] == counts[1]


def post(program: Program, path: str, body: dict[str, Any]) -> Any:
    return program.client().post(f"/api/v1/{path}", body, content_type="application/json")


LOGS = Program(MANAGING, (LOG, DECIDE))


def test_a_slug_that_an_internal_claim_has_is_refused_like_any_other(room: Room) -> None:
    told = []
    for slug in (room.things["secret_claim"], "a-free-slug"):
        with undone():
            response = post(LOGS, "claims/", payloads.claim(beat="space", slug=slug))
            assert response.status_code == 400
            told.append(response.json()["errors"])
    assert told[0] == told[1]


def test_a_statement_like_that_of_an_internal_claim_gets_a_slug_like_any_other(room: Room) -> None:
    for statement in (f"{CANARY}1 claim", "Nothing like it"):
        with undone():
            body = payloads.claim(beat="space", statement=statement)
            slug = post(LOGS, "claims/", body).json()["slug"]
            assert re.fullmatch(r"[a-z0-9-]+-[0-9a-f]{6}", slug)


def test_the_name_of_an_internal_source_cannot_be_tried_out(room: Room) -> None:
    for name in (f"{CANARY} source", "A new one"):
        with undone():
            refused = post(LOGS, "sources/", {"name": name})
            assert (refused.status_code, refused.json()["scope"]) == (403, "read-internal")


def test_a_beat_of_internal_claims_only_is_unknown_to_whoever_may_not_make_one(room: Room) -> None:
    program = Program(roles.EDITOR, (LOG,))
    told = []
    for beat in (f"{CANARY}-beat", "nothing-of-this-name"):
        with undone():
            response = post(program, "claims/", payloads.claim(beat=beat))
            assert response.status_code == 400
            told.append(response.content.decode().replace(beat, ""))
    assert told[0] == told[1]


def test_an_article_is_read_without_the_names_of_internal_sources(room: Room) -> None:
    with undone():
        text = "Acme could launch it in May, sources say."
        response = post(LOGS, "extract/", {"text": text})
        assert response.status_code == 200
        assert CANARY not in response.content.decode()
