"""The pages about the API: what they tell one to do works."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape

import pytest

from tests import factories
from verification.api import problems
from verification.models import ApiToken, Claim

EXAMPLE = re.compile(r'<code data-runs="(\w+)">(.*?)</code>', re.DOTALL)
RUN_BY = {"sh": ["sh", "-e", "-c"], "python": [sys.executable, "-c"], "javascript": ["node", "-e"]}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_first_request_is_a_page_in_both_languages(client, language, settings):
    settings.SITE_URL = "https://verify.example"
    response = client.get("/api/", headers={"accept-language": language})
    html = response.content.decode()
    assert f'<html lang="{language}">' in html
    assert "https://verify.example/api/v1/claims/" in html
    assert {kind for kind, _code in EXAMPLE.findall(html)} == set(RUN_BY)
    assert not re.search(r"<script|<style|\sstyle=", html)


@pytest.mark.usefixtures("real_transactions")
@pytest.mark.parametrize("kind", RUN_BY)
def test_its_examples_run_as_they_stand(kind, live_server, settings, client):
    program = RUN_BY[kind][0]
    if shutil.which(program) is None or (kind == "sh" and shutil.which("curl") is None):
        pytest.skip(f"{program} or curl is not installed here")
    settings.SITE_URL = live_server.url
    factories.decide(factories.claim(slug="amazon"))
    _row, token = ApiToken.objects.create(user=factories.reporter())
    page = client.get("/api/").content.decode()
    examples = [unescape(code) for runs, code in EXAMPLE.findall(page) if runs == kind]
    assert len(examples) >= 2
    said = ""
    for code in examples:
        done = subprocess.run(
            [*RUN_BY[kind], code],
            env={"PATH": os.environ["PATH"], "TOKEN": str(token)},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        said += done.stdout
    assert "Amazon will put at least $50bn into OpenAI." in said
    made = Claim.objects.get(statement="Northwind will open its plant in Lyon.")
    assert made.slug in said


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", [name for name, _title in (*problems.TYPES.values(), problems.MALFORMED)]
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_type_of_a_problem_leads_to_what_it_means(client, name, language):
    response = client.get(f"/problems/{name}", headers={"accept-language": language})
    assert response.status_code == 200
    html = response.content.decode()
    assert f"<code>/problems/{name}</code>" in html
    assert re.search(r'<p class="standfirst">[^<]{20,}</p>', html)
    assert f'href="/problems/{name}"' in client.get("/problems/").content.decode()


@pytest.mark.django_db
def test_the_address_in_an_answer_is_the_address_of_its_page(client):
    problem = json.loads(client.get("/api/v1/claims/nobody/").content)
    assert client.get(problem["type"]).status_code == 200
    assert client.get("/problems/made-up").status_code == 404


@pytest.mark.django_db
def test_the_reader_of_the_schema_leads_to_the_first_request(client):
    for language, words in (("en", "The first request, in a minute"), ("fr", "La première")):
        html = client.get("/api/v1/docs/", headers={"accept-language": language}).content.decode()
        assert 'href="/api/"' in html
        assert words in html


def said(schema, within=()):
    """Every description, summary and title of a schema, by where it stands."""
    for name, value in schema.items() if isinstance(schema, dict) else enumerate(schema):
        if isinstance(value, (dict, list)):
            yield from said(value, (*within, name))
        elif name in {"description", "summary", "title"}:
            yield (*within, name), value


@pytest.mark.django_db
def test_a_schema_speaks_one_language_from_its_introduction_on(client):
    english, french = (
        dict(said(client.get("/api/v1/schema/", headers={"accept-language": language}).json()))
        for language in ("en", "fr")
    )
    introduction = ("info", "description")
    assert english[introduction].startswith("What was reported, by whom")
    assert french[introduction].startswith("Ce qui a été rapporté")
    assert len(english) > 300
    same = {words for place, words in english.items() if words and french.get(place) == words}
    assert same == {english["info", "title"]}
