"""Styles are on the elements, since many mail programs drop style sheets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Engine, Template, TemplateSyntaxError
from django.template.base import TextNode

from verification.templatetags import mail

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "emails"


def test_a_class_brings_its_style() -> None:
    html = Template('{% load mail %}<p {% css "fact" %}>x</p>').render(Context())

    assert html.startswith('<p class="fact" style="margin: 0 0 2px; ')
    assert "color: #57534b" in html


def test_several_classes_bring_all_of_theirs() -> None:
    html = Template('{% load mail %}<h2 {% css "head late" %}>').render(Context())

    assert 'class="head late"' in html
    assert html.index("color: #57534b") < html.index("color: #a62b24")


def test_an_unknown_class_is_refused_when_the_template_is_read() -> None:
    with pytest.raises(TemplateSyntaxError, match="no class"):
        Template('{% load mail %}<p {% css "nowhere" %}>')


def test_a_style_is_plain_text_by_the_time_a_mail_is_written() -> None:
    nodes = Template('{% load mail %}{% css "fact" %}{% stylesheet %}').nodelist

    assert {type(node) for node in nodes if "fact" in getattr(node, "s", "")} == {TextNode}


def test_no_style_breaks_out_of_its_attribute() -> None:
    assert not any(sign in style for style in mail.rules().values() for sign in '"<>')


def test_every_rule_is_used_and_every_colour_has_its_own_in_the_dark() -> None:
    used = set(
        re.findall(r'{% css "([^"]+)" %}', "".join(map(Path.read_text, FOLDER.glob("*.html"))))
    )
    names = {name for names in used for name in names.split()}
    assert names == set(mail.rules())
    dark = mail.sheet().partition("prefers-color-scheme: dark")[2]
    for name, style in mail.rules().items():
        if re.search(r"(?:color|background): #", style) and "border" not in style:
            assert re.search(rf"\.{name}\b", dark), name


def test_every_mail_is_one_of_two_parts_and_compiles() -> None:
    for path in FOLDER.glob("*.html"):
        Engine.get_default().get_template(f"emails/{path.name}")
        assert " style=" not in path.read_text(), path
    for name in ("reminders", "notices", "digest"):
        assert (FOLDER / f"{name}.txt").exists()
