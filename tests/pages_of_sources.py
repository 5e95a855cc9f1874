"""Pages of sources, as tests have them read: on loopback, whatever their address."""

from __future__ import annotations

from tests.canary import Canary, answer

URL = "http://source.example/amazon"

FIRST = (
    "Amazon could put at least $50bn into OpenAI, people familiar with the matter said on Friday. "
    "The two companies have worked together since 2024, and their lawyers have met three times."
)
SECOND = (
    "A deal would be the largest of its kind, and it would be looked at by the authorities in "
    "Brussels and in Washington. Neither of the two companies wished to comment on this report."
)


def html(*paragraphs: str) -> bytes:
    """An article of a newspaper."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or (FIRST, SECOND))
    title = "Amazon eyes OpenAI"
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head><body>'
        f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{text}</article>"
        f"<footer>All rights reserved</footer></body></html>"
    ).encode()


def prints(canary: Canary, *paragraphs: str, path: str = "/amazon") -> None:
    """From now on the page reads so."""
    canary.pages[path] = answer(html(*paragraphs))
