"""A mail that comes out of a mould is the mail that its template makes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pytest
from django.template import engines
from django.template.loader import get_template
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from verification.emails import moulds
from verification.emails.moulds import Text
from verification.emails.reminders import Entry, Group, Link
from verification.models import User

MARKUP = "\"'><script>alert(1)</script>{{ 7|add:7 }}{% now 'Y' %}"
WORDS = st.one_of(st.text(max_size=20), st.sampled_from(["", MARKUP, "&amp;", "<mould-0>"]))
TEXTS = st.builds(Text, WORDS)
ENTRIES = st.builds(
    Entry,
    full=st.booleans(),
    statement=TEXTS,
    language=st.sampled_from(["en", "fr"]),
    beat=TEXTS,
    deadline=TEXTS,
    origins=TEXTS,
    relays=TEXTS,
    outlook=TEXTS,
    claim_url=TEXTS,
    decide_url=TEXTS,
    actions=st.lists(
        st.builds(Link, words=st.sampled_from(["Hand over", "Passer la main"]), url=TEXTS),
        max_size=3,
    ).map(tuple),
)
GROUPS = st.builds(
    Group,
    head=st.sampled_from(["Due now", "En retard"]),
    late=st.booleans(),
    entries=st.lists(ENTRIES, max_size=3).map(tuple),
)
CONTEXTS = st.fixed_dictionaries(
    {
        "subject": TEXTS,
        "recipient": TEXTS,
        "language": st.sampled_from(["en", "fr"]),
        "site_name": st.sampled_from(["Borne Out", "R&D <desk>"]),
        "groups": st.lists(GROUPS, max_size=2),
        "count": st.integers(1, 3),
        "preview": TEXTS,
        "desk_url": st.just("https://borneout.example/desk/?a=1&b=2"),
        "my_mail_url": st.just("https://borneout.example/desk/mail/"),
        "unsubscribe_url": TEXTS,
    }
)


@dataclass(frozen=True)
class Line:
    words: str
    number: int


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets a test say what its template is; `ran` counts how often it was run."""

    class Counted:
        ran = 0

        def __call__(self, source: str) -> None:
            made = engines["django"].from_string(source)

            def get(_name: str) -> Any:
                self.ran += 1
                return made

            monkeypatch.setattr(moulds, "get_template", get)

    monkeypatch.setattr(moulds, "_kept", type(moulds._kept)())
    return Counted()


def render(name: str, context: dict[str, object]) -> str:
    [made] = moulds.render([name], context)
    return made


@pytest.mark.parametrize("part", ["html", "txt"])
@settings(max_examples=30, deadline=None)
@given(context=CONTEXTS, others=CONTEXTS)
def test_a_mould_gives_what_its_template_gives(
    part: str, context: dict[str, object], others: dict[str, object]
) -> None:
    name = f"emails/reminders.{part}"
    for about in (context, others, context):
        with translation.override(str(about["language"])):
            assert render(name, about) == get_template(name).render(about)


def test_mails_of_one_shape_run_the_template_once(template: Any) -> None:
    template("Hello {{ name }}{% if more %}, {{ more }}{% endif %}: {{ lines.0.words }}.")

    said = [
        render("x", {"name": Text(name), "more": Text(), "lines": [Line(Text("a"), 1)]})
        for name in ("Ada", "Grace", "<b>")
    ]

    assert said == ["Hello Ada: a.", "Hello Grace: a.", "Hello &lt;b&gt;: a."]
    assert template.ran == 1


def test_whatever_is_no_text_makes_a_shape_of_its_own(template: Any) -> None:
    template(
        "{{ lines|length }} {% for line in lines %}{{ line.number }}{% endfor %} "
        "{% if more %}and {{ more }}{% endif %} {{ late|yesno }}"
    )
    shapes = [
        {"lines": lines, "more": more, "late": late}
        for lines in ([], [Line("a", 1)], [Line("a", 2)], [Line("a", 1), Line("a", 2)])
        for more in (Text("b"), Text())
        for late in (True, False)
    ]

    said = [render("x", shape) for shape in shapes]

    assert template.ran == len(shapes)
    assert all(one != other for one, other in combinations(said, 2))


def test_languages_have_moulds_of_their_own(template: Any) -> None:
    template("{% load i18n %}{% translate 'Decide' %}")

    said = []
    for language in ("en", "fr"):
        with translation.override(language):
            said.append(render("x", {}))

    assert said == ["Decide", "Trancher"]


def test_a_text_escapes_where_its_template_does_and_nowhere_else(template: Any) -> None:
    template("{{ t }}{% autoescape off %}{{ t }}{% endautoescape %}{{ t|safe }}")

    assert render("x", {"t": Text("<'>")}) == "&lt;&#x27;&gt;<'><'>"


def test_a_template_that_changes_a_text_is_found_out(template: Any) -> None:
    template("{{ t|upper }}")

    with pytest.raises(ValueError, match="changes a text"):
        render("x", {"t": Text("a")})


def test_what_could_change_unseen_is_no_part_of_a_shape(template: Any) -> None:
    template("{{ reader }}")

    with pytest.raises(TypeError, match="User"):
        render("x", {"reader": User(pk=1, username="ada")})


def test_only_so_many_moulds_are_kept(template: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    template("{{ n }}")
    monkeypatch.setattr(moulds, "MOULDS_MAX", 2)

    for n in range(5):
        render("x", {"n": n})

    assert len(moulds._kept) == 2
