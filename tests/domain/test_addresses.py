"""Which addresses may be asked for a page."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain import addresses
from verification.domain.addresses import Fault, RefusedError, is_public, target


@pytest.mark.parametrize(
    "written",
    [
        "1.1.1.1",
        "8.8.8.8",
        "93.184.215.14",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.255.255",
        "172.32.0.1",
        "223.255.255.254",
        "2001:4860:4860::8888",
        "2606:4700::1111",
        "2a00:1450:4007:80c::200e",
        "2c0f:fb50::1",
    ],
)
def test_a_host_of_the_internet_is_public(written: str) -> None:
    assert is_public(ip_address(written))


@pytest.mark.parametrize(
    "written",
    ["10.0.0.1", "127.0.0.1", "169.254.169.254", "168.63.129.16", "192.88.99.1", "224.0.0.1"],
)
def test_an_address_of_a_house_or_of_a_clouds_own_platform_is_not_public(written: str) -> None:
    assert not is_public(ip_address(written))


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_no_address_inside_another_is_public(inside: IPv4Address) -> None:
    number = int(inside)
    carriers = (
        number,  # compatible
        0xFFFF << 32 | number,  # mapped
        0x0064_FF9B << 96 | number,  # NAT64
        0x0064_FF9B_0001 << 80 | number,
        0x2002 << 112 | number << 80 | 1,  # 6to4
        0x2001_0000 << 96 | number << 64 | number ^ 0xFFFF_FFFF,  # Teredo
        0x2A00_1450 << 96 | 0x5EFE << 32 | number,  # ISATAP
        0x2A00_1450 << 96 | 0x0200_5EFE << 32 | number,
    )
    assert not any(is_public(IPv6Address(carrier)) for carrier in carriers)


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_what_python_knows_to_be_no_hosts_is_none(address: IPv6Address) -> None:
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert not is_public(address)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://Example.COM", "http://example.com/"),
        ("HTTPS://example.com:443?q=1#there", "https://example.com/?q=1"),
        ("https://example.com/a/../b?c[]=1&d=%20", "https://example.com/a/../b?c[]=1&d=%20"),
        ("http://example.com#@127.0.0.1/", "http://example.com/"),
        ("https://straße.example/ö", "https://xn--strae-oqa.example/%C3%B6"),
        ("https://xn--strae-oqa.example/", "https://xn--strae-oqa.example/"),
        ("https://例え.example/", "https://xn--r8jz45g.example/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700:0::1111]:80/", "http://[2606:4700::1111]/"),
        ("https://example.com/a|b{c}", "https://example.com/a%7Cb%7Bc%7D"),
    ],
)
def test_what_is_asked_for_an_address(url: str, asked: str) -> None:
    assert target(url).url == asked
    assert target(asked).url == asked, "and for that again the same"


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://example.com/" + "a" * 2000, Fault.LENGTH),
        ("http://example.com/" + "é" * 400, Fault.LENGTH),
        ("http://example.com/a b", Fault.CHARACTERS),
        ("http://example.com\\a", Fault.CHARACTERS),
        ("gopher://example.com/", Fault.SCHEME),
        ("http://me@example.com/", Fault.CREDENTIALS),
        ("http://example.com:8080/", Fault.PORT),
        ("http://0x7f.1/", Fault.HOST),
        ("http://a_b.example/", Fault.HOST),
        (f"http://{'a' * 64}.example/", Fault.HOST),
        (f"http://{'é' * 64}.example/", Fault.HOST),
        ("http://é٣.example/", Fault.HOST),
        (f"http://{'a.' * 124}exampl/", Fault.HOST),
        ("http://[2606:4700::abcd/", Fault.HOST),
        ("http://[2606:4700::abcd%25eth0]/", Fault.HOST),
        ("http://[2606:zz::]/", Fault.HOST),
        ("http://127.0.0.1/", Fault.NOT_PUBLIC),
        ("http://wiki/", Fault.NOT_PUBLIC),
        ("http://localhost/", Fault.NOT_PUBLIC),
        ("http://printer.second.local/", Fault.NOT_PUBLIC),
        ("http://router.home.arpa/", Fault.NOT_PUBLIC),
    ],
)
def test_a_refusal_says_why(url: str, fault: Fault) -> None:
    with pytest.raises(RefusedError) as refused:
        target(url)
    assert refused.value.fault == fault
    assert str(refused.value) == fault.value


def test_an_address_a_host_and_a_label_may_be_as_long_as_is_said() -> None:
    label = "a" * addresses.LABEL_MAX
    assert target(f"http://{label}.example/").host == f"{label}.example"
    host = f"{'a.' * 123}example"
    assert len(host) == addresses.HOST_MAX
    assert target(f"http://{host}/").host == host
    url = "http://example.com/".ljust(addresses.URL_MAX, "a")
    assert target(url).url == url


@given(st.text(max_size=60))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"https://example.com/{text}"):
        try:
            found = target(url)
        except RefusedError:
            continue
        assert found.url.isascii()
        assert found.url.isprintable()
        assert found.port == addresses.PORTS[found.scheme]
        assert len(found.url) <= addresses.URL_MAX
