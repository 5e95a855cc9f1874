"""What a reader finds in a mail."""

from __future__ import annotations

from html.parser import HTMLParser

from django.core.mail import EmailMultiAlternatives

#: Elements that need no end.
VOID = frozenset({"base", "br", "hr", "img", "link", "meta"})


class Html(HTMLParser):
    """Reads a page: its tags with their attributes, its links, its text. Unbalanced tags raise."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.links: dict[str, list[str]] = {}
        self.words: list[str] = []
        self._open: list[str] = []
        self._href = ""
        self.feed(source)
        self.close()
        assert self._open == [], self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "a":
            self._href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> ends nothing"
        assert self._open.pop() == tag
        if tag == "a":
            self._href = ""

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "style":
            return
        if data.strip():
            self.words.append(" ".join(data.split()))
            if self._href:
                self.links.setdefault(self.words[-1], []).append(self._href)

    @property
    def text(self) -> str:
        """Everything that is read."""
        return " ".join(self.words)

    @property
    def names(self) -> set[str]:
        """The elements in use."""
        return {name for name, _attributes in self.tags}


def html_of(email: EmailMultiAlternatives) -> Html:
    """The HTML part, read."""
    return Html(str(email.alternatives[0][0]))
