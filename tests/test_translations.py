"""Every word that the product says, it can say in French.

What `makemessages` looks for is looked for here as well, without gettext's tools: a string that is
added to the code and not to the catalogue fails, and so does a catalogue that was edited and not
compiled.
"""

import ast
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation.template import templatize

from verification.models.choices import ClaimStatus

PROJECT = Path(__file__).resolve().parent.parent
FRENCH = PROJECT / "verification" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|{\w+}")
#: A context, or none, and the message's English (the singular, where there is a plural).
Key = tuple[str | None, str]


@cache
def catalogue() -> Catalog:
    """The French catalogue."""
    with FRENCH.open("rb") as file:
        return read_po(file, locale="fr")


def entries() -> list[Message]:
    """What the catalogue holds, but for its head."""
    return [message for message in catalogue() if message.id]


def texts(value: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The forms of a message, be it one or several."""
    return (value,) if isinstance(value, str) else tuple(value)


def key(message: Message) -> Key:
    """What a message is found by."""
    return message.context, texts(message.id)[0]


def in_python(source: bytes) -> Iterator[Key]:
    """The messages in Python code."""
    for _line, found, _comments, context in extract(
        "python", io.BytesIO(source), keywords=KEYWORDS, options={"encoding": "utf-8"}
    ):
        yield context, texts(found)[0]


def in_template(source: str) -> Iterator[Key]:
    """The messages in a template, which Django turns into calls amid a row of X."""
    for line in templatize(source).splitlines():
        yield from in_python(line.strip().encode())


def said() -> dict[Key, Path]:
    """Every message of the code, with a file that says it."""
    found: dict[Key, Path] = {}
    for package in ("verification", "tracker"):
        for path in (PROJECT / package).rglob("*.py"):
            found |= dict.fromkeys(in_python(path.read_bytes()), path)
    for path in (PROJECT / "templates").rglob("*.*"):
        found |= dict.fromkeys(in_template(path.read_text(encoding="utf-8")), path)
    return found


def untranslated(messages: dict[Key, Path]) -> list[str]:
    """The messages that the catalogue does not hold."""
    known = {key(message) for message in entries()}
    return [
        f"{path.relative_to(PROJECT)}: {words}"
        for (context, words), path in messages.items()
        if (context, words) not in known
    ]


# --- The code and the catalogue -------------------------------------------------------------------


def test_every_message_of_the_code_is_in_the_catalogue():
    assert untranslated(said()) == []


def test_a_message_that_is_new_is_missed():
    path = PROJECT / "verification" / "new.py"
    code = b'_("Nobody said this yet."); pgettext("so", "open"); ngettext("%(n)s yak", "yaks", 2)'
    page = (
        '<p title="{% trans "A new title" %}">{% blocktrans %}New to {{ who }}{% endblocktrans %}'
    )
    messages = dict.fromkeys([*in_python(code), *in_template(page)], path)
    assert untranslated(messages) == [
        "verification/new.py: Nobody said this yet.",
        "verification/new.py: open",
        "verification/new.py: %(n)s yak",
        "verification/new.py: A new title",
        "verification/new.py: New to %(who)s",
    ]


def test_gettext_goes_by_names_that_are_looked_for():
    """A message in a function of another name is never found, and so never translated."""
    strange = [
        f"{path.relative_to(PROJECT)}: {name.name} as {name.asname}"
        for path in (PROJECT / "verification").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if (name.asname or name.name) not in KEYWORDS and "gettext" in name.name
    ]
    assert strange == []


# --- The catalogue --------------------------------------------------------------------------------


def test_no_entry_is_empty_or_fuzzy():
    unfinished = [
        message.id for message in entries() if message.fuzzy or not all(texts(message.string))
    ]
    assert unfinished == []
    assert len(entries()) > 1_000


def test_every_plural_has_its_two_forms():
    for message in entries():
        assert len(texts(message.string)) == len(texts(message.id)), message.id
    assert catalogue().num_plurals == 2
    with translation.override("fr"):
        # Nothing is singular in French, unlike in English.
        told = [ngettext("%(n)s hit", "%(n)s hits", n) % {"n": n} for n in (0, 1, 2)]
    assert told == ["0 juste", "1 juste", "2 justes"]


def test_a_translation_has_the_placeholders_of_its_message():
    for message in entries():
        for english, french in zip(texts(message.id), texts(message.string), strict=True):
            wanted, found = set(PLACEHOLDER.findall(english)), set(PLACEHOLDER.findall(french))
            assert found == wanted, message.id
            if "%(" in english:
                # No stray per cent sign either, which the formatting would stumble over.
                assert french % dict.fromkeys(re.findall(r"%\((\w+)\)", english), 1)


def test_what_is_compiled_is_what_is_written():
    fresh = io.BytesIO()
    write_mo(fresh, catalogue())
    fresh.seek(0)
    with FRENCH.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert forms(compiled) == forms(read_mo(fresh))
    assert compiled.plural_expr == catalogue().plural_expr


def forms(of: Catalog) -> dict[Key, tuple[str, ...]]:
    """The translations of a catalogue."""
    return {key(message): texts(message.string) for message in of if message.id}


def test_the_french_is_set_as_french_is():
    """No straight quotes, and before a colon or a question mark a space that does not break."""
    ill_set = re.compile(r"['\"“”]| [:;?!»%]|«[ \w]|\w(?:[;?!»%]|:(?!//))")
    faults = [
        french
        for message in entries()
        for french in texts(message.string)
        if ill_set.search(PLACEHOLDER.sub("x", french))
    ]
    assert faults == []


# --- What a reader sees ---------------------------------------------------------------------------


def test_the_statuses_agree_with_the_claim():
    with translation.override("fr"):
        words = {status.value: str(status.label) for status in ClaimStatus}
    assert words == {
        "open": "ouverte",
        "awaiting": "en attente de verdict",
        "confirmed": "confirmée",
        "denied": "démentie",
        "lapsed": "échue",
        "void": "annulée",
    }


@pytest.mark.django_db
def test_a_french_reader_is_served_in_french():
    answer = Client().get("/", headers={"accept-language": "fr"})
    assert answer.headers["Content-Language"] == "fr"
    page = answer.content.decode()
    assert '<html lang="fr">' in page
    with translation.override("fr"):
        assert gettext("What was reported, and what became of it") in page
    assert "What was reported" not in page
