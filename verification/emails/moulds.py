"""Moulds: a mail's template is run once for each shape, and its texts are put in afterwards.

To run a template takes longer than to hand the mail over. But the mails of one kind, in one
language and of one shape differ in nothing but the texts that they print. So a template is run with
a mark in place of each text, and what comes out is taken apart at the marks: that is the mould.
Every further mail of that shape is its pieces with the texts in between.

A text is a `Text`. Everything else in the context (a number, a heading, how long a list is, what an
`if` asks for) is part of the shape, so a value that is not marked as a text costs a mould of its
own and is never wrong. What a template escapes stays escaped: the mark says so itself, since it
comes out of an escaping place otherwise than it went in.
"""

from __future__ import annotations

import re
import uuid
from collections import OrderedDict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache
from html import escape
from typing import Any

from django.template.loader import get_template
from django.utils import translation

#: Moulds kept at once. A mail of one claim has a few dozen shapes; one of many claims often has a
#: shape of its own, and pushes the oldest out.
MOULDS_MAX = 256

#: Nobody can write a mark into a text: it is another one in every process.
_NAME = f"mould-{uuid.uuid4().hex}"
_MARK = re.compile(rf"<{_NAME}-(\d+)>|&lt;{_NAME}-(\d+)&gt;")


class Text(str):
    """A text that a template prints as it is; it may ask whether it is empty, and nothing else."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Mould:
    """The pieces of a template's output; between each two, which text stands there.

    `places` has the number of each text, and whether it is escaped there.
    """

    pieces: Sequence[str]
    places: Sequence[tuple[int, bool]]

    def cast(self, texts: Sequence[str]) -> str:
        """The output with these texts."""
        parts = [self.pieces[0]]
        for (number, escapes), piece in zip(self.places, self.pieces[1:], strict=True):
            parts += (escape(texts[number]) if escapes else texts[number], piece)
        return "".join(parts)


_kept: OrderedDict[Hashable, Mould] = OrderedDict()


def render(templates: Sequence[str], context: Mapping[str, object]) -> list[str]:
    """What each of the templates makes of the context, in the language that is active.

    The context holds texts, numbers, days, truths, and lists and dataclasses of these. Raises
    TypeError for anything else, and ValueError where the template does more with a `Text` than
    print it.
    """
    texts: list[str] = []
    shape, language = _shape(context, texts), translation.get_language()
    made = []
    for template in templates:
        key = (template, language, shape)
        mould = _kept.get(key)
        if mould is None:
            mould = _kept[key] = _make(template, context)
            while len(_kept) > MOULDS_MAX:
                _kept.popitem(last=False)
        made.append(mould.cast(texts))
    return made


def _make(template: str, context: Mapping[str, object]) -> Mould:
    numbers = iter(range(10**6))
    marks = (f"<{_NAME}-{number}>" for number in numbers)
    found = _MARK.split(get_template(template).render(_marked(context, marks)))
    pieces, plain, escaped = found[::3], found[1::3], found[2::3]
    if any(_NAME in piece.casefold() for piece in pieces):
        raise ValueError(f"{template} changes a text that it should print as it is")
    places = [
        (int(escapes or number), escapes is not None)
        for number, escapes in zip(plain, escaped, strict=True)
    ]
    return Mould(pieces, places)


def _shape(value: object, texts: list[str]) -> Hashable:
    """What of the value decides how the output is built; its texts are added to `texts`."""
    if isinstance(value, Text):
        if value:
            texts.append(value)
        return bool(value)
    if value is None or isinstance(value, str | int | date):
        return value
    if isinstance(value, list | tuple):
        return tuple([_shape(inner, texts) for inner in value])
    if isinstance(value, Mapping):
        return tuple([(name, _shape(inner, texts)) for name, inner in value.items()])
    if is_dataclass(value) and not isinstance(value, type):
        return (
            type(value),
            *[_shape(getattr(value, name), texts) for name in _names(type(value))],
        )
    raise TypeError(f"a mould cannot tell one {type(value).__name__} from another")


def _marked(value: Any, marks: Iterator[str]) -> Any:
    """The same value with a mark in place of each text, in the order of `_shape`."""
    if isinstance(value, Text):
        return next(marks) if value else ""
    if isinstance(value, list | tuple):
        return [_marked(inner, marks) for inner in value]
    if isinstance(value, Mapping):
        return {name: _marked(inner, marks) for name, inner in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{name: _marked(getattr(value, name), marks) for name in _names(type(value))}
        )
    return value


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
