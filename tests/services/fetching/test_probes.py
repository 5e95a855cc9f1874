"""Nobody makes our server ask for what is its own: each probe, and no visit of the canary."""

from __future__ import annotations

import pytest

from tests.canary import PUBLIC, Canary, redirect
from tests.services.fetching.probes import LOCATIONS, PRIVATE, URLS
from verification.models.choices import ReadFault
from verification.services import fetching
from verification.services.connecting import UnreadError


def refused(canary: Canary, url: str, resolver=None) -> ReadFault:
    """Why the address is refused, which it must be."""
    with pytest.raises(UnreadError) as caught:
        fetching.fetch(url, net=canary.net(resolver), seconds=5)
    assert list(caught.value.message_dict) == ["url"]
    assert caught.value.message_dict["url"][0].strip()
    return caught.value.fault


def test_there_are_probes_enough() -> None:
    everything = {*URLS, *PRIVATE, *LOCATIONS}
    assert len(everything) >= 200
    assert len(URLS) == len(set(URLS))


@pytest.mark.parametrize("url", URLS)
def test_an_address_that_is_no_public_page_gets_no_connection(canary: Canary, url: str) -> None:
    asked = []
    refused(canary, url, lambda host: asked.append(host) or [PUBLIC])
    assert canary.hits == 0
    assert asked == [], "not even its name is looked up"


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_into_a_private_network_gets_no_connection(
    canary: Canary, address: str
) -> None:
    for addresses in ([address], [PUBLIC, address], [address, PUBLIC]):
        fault = refused(canary, "http://news.example/", lambda _host, found=addresses: found)
        assert fault == ReadFault.NOT_PUBLIC
    assert canary.hits == 0


@pytest.mark.parametrize(
    "location", [*LOCATIONS, *(u for u in URLS if "://" in u and "\n" not in u)]
)
def test_a_redirect_is_vetted_like_the_first_address(canary: Canary, location: str) -> None:
    canary.pages["/"] = redirect(location)
    hosts = {"inside.example": ["127.0.0.1"]}
    try:
        fetching.fetch(
            "http://news.example/",
            net=canary.net(lambda host: hosts.get(host, [PUBLIC])),
            seconds=5,
        )
    except UnreadError:
        assert canary.hits == 1, "the first page alone was asked for"
    else:
        pytest.fail("it was followed")


@pytest.mark.parametrize("status", ["301 Moved", "303 See Other", "307 T", "308 P"])
@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "::1", "64:ff9b::7f00:1"])
def test_no_kind_of_redirect_is_vetted_less(canary: Canary, status: str, address: str) -> None:
    canary.pages["/"] = redirect("http://inside.example/", status)
    fault = refused(
        canary,
        "http://news.example/",
        lambda host: [address] if host == "inside.example" else [PUBLIC],
    )
    assert (fault, canary.hits) == (ReadFault.NOT_PUBLIC, 1)


def test_a_name_is_resolved_once_and_what_it_means_later_changes_nothing(canary: Canary) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    page = fetching.fetch("http://rebinding.example/", net=canary.net(lambda _host: next(answers)))
    assert page.body == b"<p>Hello.</p>"
    assert canary.hits == 1
    assert next(answers) == ["127.0.0.1"], "it was asked once"


def test_a_name_that_changes_between_two_redirects_is_caught(canary: Canary) -> None:
    canary.pages["/"] = redirect("/again")
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    fault = refused(canary, "http://rebinding.example/", lambda _host: next(answers))
    assert (fault, canary.hits) == (ReadFault.NOT_PUBLIC, 1)


def test_the_environment_names_no_proxy(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert fetching.fetch("http://news.example/a", net=canary.net()).url == "http://news.example/a"
    assert canary.requests[0].startswith("GET /a HTTP/1.1\r\n")


@pytest.mark.parametrize(
    "answer", [[], ["no address"], ["127.0.0.1.5"]], ids=["none", "words", "garbage"]
)
def test_a_resolver_that_answers_nonsense_is_not_believed(
    canary: Canary, answer: list[str]
) -> None:
    fault = refused(canary, "http://news.example/", lambda _host: answer)
    assert (fault, canary.hits) == (ReadFault.UNKNOWN_HOST, 0)
