"""Requests that nobody thought of, made from the schema: each answer is one that the schema knows.

`make api-fuzz` makes many of them. Half of each are right by the schema and half are wrong; where
one names a claim, a source, a beat or a version, it is most often one that exists, so that the
requests come as far as the services.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from rest_framework.test import APIClient
from schemathesis.specs.openapi import checks as conformance

from tests import factories
from tests.api.conftest import client_of
from verification import roles
from verification.models import Claim
from verification.services import claims

pytestmark = pytest.mark.django_db

#: How many requests of each kind (right or wrong) for each operation and each role.
CASES = int(os.environ.get("API_FUZZ_CASES", "1"))
CHECKS = [
    schemathesis.checks.not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_headers_conformance,
    conformance.response_schema_conformance,
]
APP = get_wsgi_application()
ROLES = ("nobody", "stranger", "reader", "reporter", "editor", "managing")
#: Tokens of a managing editor that are limited, by the name under which they are counted.
LIMITED = {
    "no scope": (),
    "log": (roles.LOG,),
    "decide": (roles.DECIDE,),
    "read-internal": (roles.READ_INTERNAL,),
    "log+decide": (roles.LOG, roles.DECIDE),
}
#: Who may not see internal claims, and so must never be told the word that is in all they hold.
BLIND = {"nobody", "stranger", "no scope", "log", "decide", "log+decide"}
CANARY = "zqxcanary"
CLAIM_SLUGS = ("open", "awaiting", "confirmed", "void", "watched", "internal")


@pytest.fixture(autouse=True)
def _the_tests_own_connection() -> Iterator[None]:
    """A request at the entry point of the web server would end by closing the connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def newsroom() -> None:
    """A little of everything that a request may name."""
    beats = {
        "watched": factories.BeatFactory.create(slug="courts", second_editor=True),
        "internal": factories.BeatFactory.create(slug="hidden", name=f"{CANARY} beat"),
    }
    beat = factories.BeatFactory.create(slug="ai")
    hidden = factories.SourceFactory.create(slug="hidden", name=f"{CANARY} source")
    wire = factories.SourceFactory.create(slug="wire", name="Wire")
    relay = factories.SourceFactory.create(slug="relay", name="Relay", outlet=wire)
    for slug in CLAIM_SLUGS:
        claim = factories.claim(
            slug=slug,
            beat=beats.get(slug, beat),
            public=slug != "internal",
            **(
                {"statement": f"{CANARY} statement", "criteria": CANARY}
                if slug == "internal"
                else {}
            ),
            deadline=factories.NOW.date().replace(year=2027 if slug == "open" else 2026),
            reports=[
                factories.report_draft(wire, certainty="likely"),
                factories.report_draft(relay, via=wire),
                *([factories.report_draft(hidden, hedge=CANARY)] if slug == "internal" else []),
            ],
        )
        if slug in ("confirmed", "void"):
            factories.decide(claim, slug, known_on=None if slug == "void" else factories.NOW.date())


@st.composite
def plausible(draw: st.DrawFn, case: st.SearchStrategy[Any]) -> Any:
    """A request in which most names are of something that exists."""
    made = draw(case)
    if "slug" in (made.path_parameters or {}) and draw(st.integers(0, 9)):
        known = CLAIM_SLUGS if "/claims/" in made.path else ("wire", "relay", "hidden")
        made.path_parameters["slug"] = draw(st.sampled_from(known))
    if made.query:
        _name(draw, made.query)
    if isinstance(made.body, dict):
        _name(draw, made.body)
        rows = made.body.get("reports")
        for report in rows if isinstance(rows, list) else ():
            if isinstance(report, dict):
                _name(draw, report)
        if "version" in made.body and draw(st.integers(0, 3)):
            slug = (made.path_parameters or {}).get("slug")
            claim = Claim.objects.filter(slug=slug).first()
            made.body["version"] = claim.version if claim else 1
    return made


def _name(draw: st.DrawFn, values: dict[str, Any]) -> None:
    known = {"beat": ["ai"], "source": ["wire", "Relay"], "via": ["relay", "Wire"]}
    for name, choices in known.items():
        if isinstance(values.get(name), str) and draw(st.integers(0, 3)):
            values[name] = draw(st.sampled_from(choices))


@pytest.mark.usefixtures("newsroom")
def test_every_answer_is_one_that_the_schema_knows(
    stranger, reader, reporter, editor, managing, public
):
    schema = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(None, public=True))
    sessions = (public, stranger, reader, reporter, editor, managing)
    clients = dict(zip(ROLES, sessions, strict=True))
    for name, scopes in LIMITED.items():
        clients[name] = client_of(factories.managing_editor(), scopes=list(scopes))
    seen: Counter[str] = Counter()
    for operation in (result.ok() for result in schema.get_all_operations()):
        for mode in schemathesis.GenerationMode:
            for role, client in clients.items():
                label = f"{operation.label} {mode.value}"
                _ask(operation.as_strategy(generation_mode=mode), client, role, label, seen)
    assert {role for role in clients if f"{role} 200" in seen} == set(clients)
    if CASES > 1:
        sys.stderr.write(f"\n{seen.total()} requests: {dict(sorted(seen.items()))}\n")


def hide_again() -> None:
    """An editor's request may have published the internal claim: it is taken back."""
    claim = Claim.objects.get(slug="internal")
    if claim.public:
        claims.edit(
            actor=factories.managing_editor(),
            claim=claim,
            version=claim.version,
            changes={"public": False},
            now=timezone.now(),
        )


def _ask(
    cases: st.SearchStrategy[Any], client: APIClient, role: str, label: str, seen: Counter[str]
) -> None:
    token = client._credentials.get("HTTP_AUTHORIZATION")
    headers = {"Authorization": token} if token else {}

    @settings(
        max_examples=CASES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=plausible(cases))
    def ask(case: Any) -> None:
        hide_again()
        response = case.call(app=APP, headers=headers)
        seen[f"{role} {response.status_code}"] += 1
        if role in BLIND:
            told = f"{dict(response.headers)} {response.text}".casefold()
            assert CANARY not in told, (role, label)
        case.validate_response(response, checks=CHECKS, headers=headers)

    try:
        ask()
    except Unsatisfiable:
        # There is little to get wrong where there are no parameters.
        assert label.endswith("negative"), label
