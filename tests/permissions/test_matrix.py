"""Every address, for everybody who may come to it, by every method: thousands of requests.

The tables beside this say what each address answers to whom. An address that none of them names
fails the test: whoever adds one says who may use it. Nothing answers with a fault of the server.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions import api, desk, pages
from tests.permissions.conftest import undone
from tests.permissions.people import PROGRAMS, SHUT_OUT, SUPERUSER, Program, client_of, rank_of
from tests.permissions.room import Room
from verification.models import Claim, LedgerEntry

pytestmark = pytest.mark.django_db

#: Requests of this run, by what was asked.
COUNT: Counter[str] = Counter()
RAN: set[str] = set()
#: So many at least, when the whole module runs.
LEAST = 5_000

PEOPLE = (*desk.RANKS, SUPERUSER, "left", "not of the desk")
#: A key and a name that nothing has.
NO_KEY, NO_NAME = 2_000_000_000, "nothing-of-this-name"


def named(patterns: Any, space: str = "") -> Iterator[tuple[str, str]]:
    """Every address that has a name: (namespace, name)."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns, pattern.namespace or space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield space, pattern.name


def test_every_address_is_in_a_table() -> None:
    known = {
        *(("admin", name) for name in (*desk.TABLE, *desk.OPEN)),
        *(("", name) for name in pages.TABLE),
        *(("api", name) for name in (*api.READS, *api.CHANGES, api.UNKNOWN)),
    }
    assert set(named(get_resolver().url_patterns)) == known


@pytest.fixture(scope="module", autouse=True)
def thousands(request: pytest.FixtureRequest) -> Iterator[None]:
    """Once all of this file has run, in whatever order, the requests were thousands."""
    asked = {item.nodeid for item in request.session.items if item.module is request.module}
    yield
    if asked == RAN and len(asked) >= 2 * (len(PEOPLE) + len(PROGRAMS)):
        assert COUNT.total() >= LEAST, COUNT


@pytest.fixture(autouse=True)
def _ran(request: pytest.FixtureRequest) -> None:
    RAN.add(request.node.nodeid)


def ask(client: Client, method: str, address: str, **extra: Any) -> Any:
    """One request. What it changes is undone; a fault of the server fails the test."""
    COUNT[method] += 1
    if method in ("get", "head", "options"):
        response = getattr(client, method)(address, **extra)
    else:
        with undone():
            response = getattr(client, method)(address, **extra)
    assert response.status_code < 500 or address == "/healthz", (method, address)
    return response


# --- The desk -------------------------------------------------------------------------------------


def of_desk(page: desk.Page, room: Room) -> list[tuple[str, list[Any]]]:
    """The variants of an address: what is there, and, where it has keys, what is not."""
    names = page.args.split()
    found = [("there", [room.things["desk"][name] for name in names])]
    keys = [name for name in names if name not in ("app", "sources", "sheet", "csv")]
    if keys:
        words = room.things["desk"]
        missing = [words[name] if name == "csv" else NO_KEY for name in names]
        found.append(("missing", missing))
    return found


def expected_of_desk(who: str, least: str | None, variant: str) -> set[int]:
    if who in SHUT_OUT:
        return {302}
    if least is None:
        return {405}
    if rank_of(who) < desk.RANKS.index(least):
        # What is not there may be told before what may not be done with it.
        return {403} if variant == "there" else {403, 404}
    return {404} if variant == "missing" else {200, 302}


@pytest.mark.parametrize("who", PEOPLE)
def test_the_desk(who: str, room: Room) -> None:
    with undone():
        client = client_of(who)
        before = LedgerEntry.objects.count()
        for name, page in desk.TABLE.items():
            for variant, args in of_desk(page, room):
                address = reverse(f"admin:{name}", args=args)
                for method, least in (("get", page.get), ("post", page.post)):
                    response = ask(client, method, address)
                    what = (method, name, variant, response.status_code)
                    assert response.status_code in expected_of_desk(who, least, variant), what
                    if who in SHUT_OUT:
                        assert response["Location"].startswith("/admin/login/?next="), what
        assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize("who", [who for who in PEOPLE if who not in SHUT_OUT])
def test_the_desk_takes_no_change_without_the_token_of_the_form(who: str, room: Room) -> None:
    with undone():
        client = client_of(who, csrf=True)
        for name, page in desk.TABLE.items():
            _variant, args = of_desk(page, room)[0]
            response = ask(client, "post", reverse(f"admin:{name}", args=args))
            assert response.status_code == 403, name


@pytest.mark.parametrize("who", [desk.MANAGING, SUPERUSER])
def test_whoever_holds_more_is_out_of_reach(who: str, room: Room) -> None:
    body = {"password": "a-Long-enough-pass-phrase", "username": "taken", "role": ""}
    with undone():
        client = client_of(who)
        for name, page in desk.TABLE.items():
            if page.args not in ("user", "token") or name == "verification_user_mail_again":
                continue
            address = reverse(f"admin:{name}", args=[room.things["roots"][page.args]])
            # What only shows is asked for, what changes is sent.
            method, right = ("post", 302) if page.post else ("get", 200)
            status = ask(client, method, address, data=body).status_code
            assert status == (403 if who == desk.MANAGING else right), (name, status)


# --- The pages ------------------------------------------------------------------------------------


def of_pages(page: pages.Page, room: Room) -> list[tuple[str, list[Any]]]:
    things = room.things
    found = [("public", [things[name] for name in page.args.split()])]
    if page.hidden:
        found.append(("hidden", [things[name] for name in page.hidden.split()]))
        found.append(("missing", [NO_NAME for _name in page.hidden.split()]))
    return found


@pytest.mark.parametrize("who", PEOPLE)
def test_the_pages_are_the_same_for_everybody(who: str, room: Room) -> None:
    with undone():
        client = client_of(who)
        for name, page in pages.TABLE.items():
            for variant, args in of_pages(page, room):
                address = reverse(name, args=args)
                status = page.get if variant == "public" else page.missing
                methods = {"get": status, "head": status, "post": page.post, "options": 405}
                methods |= {"put": 405, "patch": 405, "delete": 405}
                if page.post != 405:
                    del methods["options"], methods["put"], methods["patch"], methods["delete"]
                if variant != "public" and page.post != 405:
                    methods["post"] = page.missing
                for method, wanted in methods.items():
                    given = ask(client, method, address).status_code
                    assert given == wanted, (method, name, variant, given)


# --- The API --------------------------------------------------------------------------------------


def of_api(row: api.Read | api.Change, room: Room) -> list[tuple[str, list[Any]]]:
    things = room.things
    found = [("public", [things[name] for name in row.args.split()])]
    if row.hidden:
        found.append(("hidden", [things[name] for name in row.hidden.split()]))
    if row.args:
        found.append(("missing", [NO_NAME for _name in row.args.split()]))
    return found


def expected_read(program: Program, row: api.Read, variant: str) -> int:
    sees = program.holds(api.SEES, ("read-internal",))
    if program.broken:
        return 401
    if variant == "missing" or (variant == "hidden" and not sees):
        return 404
    if row.internal and not sees:
        return 401 if program.who == "anonymous" else 403
    return 200


def expected_change(program: Program, row: api.Change, variant: str) -> set[int]:
    if program.broken or program.who == "anonymous":
        return {401}
    if not program.holds(row.least, row.scopes):
        if program.holds(desk.REPORTER, row.scopes):
            return {row.short} if variant == "public" else {row.short, 404}
        # What is not there may be told before what may not be done with it.
        return {403} if variant == "public" else {403, 404}
    sees = program.holds(api.SEES, ("read-internal",))
    return {404} if variant == "missing" or (variant == "hidden" and not sees) else {row.ok}


@pytest.mark.parametrize("program", PROGRAMS, ids=str)
def test_the_api(program: Program, room: Room) -> None:
    with undone():
        client = program.client()
        before = LedgerEntry.objects.count(), Claim.objects.count()
        for name, reads in api.READS.items():
            for row in reads:
                for variant, args in of_api(row, room):
                    address = reverse(f"api:{name}", args=args) + row.query
                    for method in ("get", "head"):
                        given = ask(client, method, address).status_code
                        wanted = expected_read(program, row, variant)
                        assert given == wanted, (method, address, given)
        for name, changes in api.CHANGES.items():
            for change in changes:
                for variant, args in of_api(change, room):
                    change_one(client, program, name, change, variant, args)
        assert (LedgerEntry.objects.count(), Claim.objects.count()) == before


def change_one(
    client: Client, program: Program, name: str, row: api.Change, variant: str, args: list[Any]
) -> None:
    address = reverse(f"api:{name}", args=args)
    response = ask(client, row.method, address, data=row.body, content_type="application/json")
    wanted = expected_change(program, row, variant)
    assert response.status_code in wanted, (row.method, address, response.content)
    if response.status_code >= 400:
        assert response["Content-Type"] == "application/problem+json"
    if wanted == {403} and program.holds(row.least) and not program.has(row.scopes):
        # The role would do: the problem names the scope that the token lacks.
        assert response.json()["scope"] in set(row.scopes) - set(program.scopes or ())


@pytest.mark.parametrize("program", PROGRAMS, ids=str)
def test_the_api_refuses_every_other_method(program: Program, room: Room) -> None:
    with undone():
        client = program.client()
        for name in {*api.READS, *api.CHANGES}:
            rows: tuple[Any, ...] = api.READS.get(name, ()) or api.CHANGES[name]
            taken = {row.method for row in api.CHANGES.get(name, ())}
            args = [room.things[thing] for thing in rows[0].args.split()]
            for method in {"post", "put", "patch", "delete"} - taken:
                given = ask(client, method, reverse(f"api:{name}", args=args)).status_code
                assert given == (401 if program.broken else 405), (method, name, given)
        response = ask(client, "get", "/api/v1/no/such/address/")
        assert response.status_code == 404


@pytest.mark.parametrize("who", [who for who in PEOPLE if who not in SHUT_OUT])
def test_a_session_needs_the_token_of_the_form_for_a_change(who: str, room: Room) -> None:
    with undone():
        client = client_of(who, csrf=True)
        for name, changes in api.CHANGES.items():
            for row in changes:
                args = [room.things[thing] for thing in row.args.split()]
                address = reverse(f"api:{name}", args=args)
                response = ask(
                    client, row.method, address, data=row.body, content_type="application/json"
                )
                assert response.status_code == 403, (name, response.content)
