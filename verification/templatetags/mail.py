"""Styles of mails, written on the elements themselves, since many mail programs drop style sheets.

`templates/emails/mail.css` holds one rule for each class and, below them, what differs in the dark
and on a phone, which only a style sheet can say. `{% css "statement" %}` stands for the class and
its style. It becomes plain text when the template is read: a mail costs no more for it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from django import template
from django.template.base import Parser, TextNode, Token
from django.template.loader import get_template

register = template.Library()

SHEET = "emails/mail.css"
_RULE = re.compile(r"^\.([\w-]+)\s*\{([^{}]*)\}", re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


@lru_cache(maxsize=1)
def sheet() -> str:
    """The style sheet, without its comments."""
    source: str = get_template(SHEET).template.source  # type: ignore[attr-defined]
    return _COMMENT.sub("", source).strip()


@lru_cache(maxsize=1)
def rules() -> dict[str, str]:
    """The style of each class."""
    return {
        name: " ".join(style.split()).rstrip(";").replace('"', "'")
        for name, style in _RULE.findall(sheet().partition("@media")[0])
    }


@register.tag
def css(parser: Parser, token: Token) -> TextNode:
    """`class="…" style="…"` for one class or several. Raises TemplateSyntaxError for an unknown."""
    names = [name for part in token.split_contents()[1:] for name in part.strip("\"'").split()]
    unknown = [name for name in names if name not in rules()]
    if unknown or not names:
        raise template.TemplateSyntaxError(f"{SHEET} has no class {unknown or 'without a name'}")
    style = "; ".join(rules()[name] for name in names)
    return TextNode(f'class="{" ".join(names)}" style="{style}"')


@register.tag
def stylesheet(parser: Parser, token: Token) -> TextNode:
    """The whole sheet, for a mail's head."""
    return TextNode(sheet())
