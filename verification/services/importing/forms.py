"""How a field is written that holds several things: read where it may be a text, and shown."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from verification.domain import evidencelines
from verification.services import claimjson
from verification.services.drafts import one_line

#: Characters of a line that are shown in a message.
_SHOWN = 80
_REPORT = '[{"source": "Reuters", "url": "https://example.org/1", "published": "2026-01-29"}]'


def example(name: str) -> str:
    """The form of `evidence` or `reports`, for whoever wrote it otherwise."""
    if name != "evidence":
        return _("For example: %(example)s") % {"example": _REPORT}
    title, url = _("Statement by the bank"), "https://example.org/1"
    return _(
        "Write the address of each page on a line of its own, after its title if you have one: "
        "“%(line)s”. Or write JSON: %(json)s"
    ) % {"line": f"{title} | {url}", "json": f'[{{"title": "{title}", "url": "{url}"}}]'}


def evidence(text: str) -> object:
    """What a text says that stands for evidence: JSON, or a page on each line.

    A page without a title is an object without one. Raises ValidationError.
    """
    if text.lstrip()[:1] in {"[", "{"}:
        return claimjson.parsed(text, 1)
    try:
        found = evidencelines.read(text)
    except evidencelines.NotALineError as error:
        line = one_line(error.line)
        raise ValidationError(
            _("“%(line)s” is no address of a page.")
            % {"line": line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"}
        ) from error
    return [{"url": one.url} | ({"title": one.title} if one.title else {}) for one in found]
