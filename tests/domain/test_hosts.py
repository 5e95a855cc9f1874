"""Which domains may be one source's, and what an address is on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain.hosts import (
    NotADomainError,
    domain,
    domains_of,
    host_of,
    is_front_page,
    readable,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("wsj.com", "wsj.com"),
        (" WSJ.com. ", "wsj.com"),
        ("www.wsj.com", "wsj.com"),
        ("https://www.wsj.com/business/amazon?mod=1#top", "wsj.com"),
        ("http://editor:secret@wsj.com:8080/", "wsj.com"),
        ("blogs.wsj.com", "blogs.wsj.com"),
        ("bbc.co.uk", "bbc.co.uk"),
        ("médiacités.fr", "xn--mdiacits-b1ag.fr"),
        ("MÉDIACITÉS.FR", "xn--mdiacits-b1ag.fr"),
        ("platformer.substack.com", "platformer.substack.com"),
        ("house.github.io", "house.github.io"),
        ("www.gouv.fr", "www.gouv.fr"),
        ("1063thegroove.com", "1063thegroove.com"),
    ],
)
def test_a_domain_is_kept_in_small_letters_and_punycode_without_www(typed, kept):
    assert domain(typed) == kept
    assert domain(kept) == kept


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", "no domain"),
        ("wsj", "no domain"),
        ("localhost", "no domain"),
        ("the wall street journal", "no domain"),
        ("a..b.com", "no domain"),
        ("-a.com", "no domain"),
        ("x" * 64 + ".com", "no domain"),
        ("a." * 130 + "com", "no domain"),
        ("https://[", "no domain"),
        ("wsj.com\0", "no domain"),
        ("192.168.0.1", "address"),
        ("http://[2001:db8::1]/", "address"),
        ("127.1", "address"),
        ("co.uk", "suffix"),
        ("github.io", "suffix"),
        ("com", "no domain"),
        ("x.com", "platform"),
        ("https://mobile.twitter.com/someone", "platform"),
        ("youtube.com", "platform"),
        ("m.facebook.com", "platform"),
        ("t.me", "platform"),
        ("bsky.app", "platform"),
        ("medium.com", "platform"),
        ("www.substack.com", "platform"),
        ("wordpress.com", "platform"),
    ],
)
def test_what_belongs_to_everybody_or_is_no_domain_is_refused(typed, fault):
    with pytest.raises(NotADomainError) as refused:
        domain(typed)
    assert refused.value.fault == fault
    assert domains_of(typed) == []


def test_an_address_is_known_by_its_host_and_all_that_is_above_it_up_to_the_suffix():
    assert domains_of("https://live.blogs.bbc.co.uk/x") == [
        "live.blogs.bbc.co.uk",
        "blogs.bbc.co.uk",
        "bbc.co.uk",
    ]
    assert domains_of("https://platformer.substack.com/p/x") == ["platformer.substack.com"]
    assert domains_of("https://x.com/wsj/status/1") == []


def test_a_user_in_an_address_is_not_its_host():
    assert host_of("https://wsj.com@evil.example/") == "evil.example"
    assert host_of("https://wsj.com\\@evil.example/") == "wsj.com", "as a browser reads it"
    assert domains_of("https://evil.example/wsj.com") == ["evil.example"]
    assert "wsj.com" not in domains_of("https://notwsj.com/")
    assert "wsj.com" not in domains_of("https://wsj.com.evil.example/")


def test_only_the_home_page_of_a_whole_site_is_a_front_page():
    assert is_front_page("https://www.wsj.com")
    assert is_front_page("https://www.wsj.com/")
    assert not is_front_page("https://www.wsj.com/news/author/someone")


def test_latin_domains_are_shown_as_they_are_read_and_others_are_not():
    assert readable("xn--mdiacits-b1ag.fr") == "médiacités.fr"
    assert readable("wsj.com") == "wsj.com"
    # In Cyrillic it looks like apple.com.
    assert readable("xn--80ak6aa92e.com") == "xn--80ak6aa92e.com"


def test_a_domain_that_stands_for_no_letters_is_shown_as_it_is():
    with pytest.raises(UnicodeError):
        b"xn--zzzzzzzzzz99999999.fr".decode("idna")
    assert readable("xn--zzzzzzzzzz99999999.fr") == "xn--zzzzzzzzzz99999999.fr"


@given(st.text(max_size=80))
def test_any_text_is_a_domain_or_is_refused(text):
    for address in (text, f"https://{text}", f"https://{text}.com/"):
        try:
            kept = domain(address)
        except NotADomainError:
            continue
        assert kept == kept.lower()
        assert kept.isascii()
        assert "." in kept
        assert domain(kept) == kept
