"""What is told to be plain, the field itself would let through, unchanged."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from verification.models import Claim, Evidence, Report, Source, Verdict
from verification.services import plainly

MODELS = (Claim, Report, Verdict, Evidence, Source)
ADDRESSES = st.from_regex(r"\A[hH]?ttps?://[a-z0-9.\-:@\[\]]{0,30}(/[ -\u00ff]{0,20})?\Z")
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 2**40), st.floats(), st.dates(),
    st.text(max_size=600), st.datetimes(), st.datetimes(timezones=st.just(UTC)), ADDRESSES,
    st.sampled_from(["", "en", "quarter", "asserts", "a-slug", "confirmed", "reopened", " x "]),
)  # fmt: skip


def fields() -> list[tuple[type[models.Model], str]]:
    return [
        (model, field.name) for model in MODELS for field, _longest, _t in plainly.fields(model)
    ]


@given(value=VALUES, which=st.sampled_from(fields()))
def test_what_is_plain_is_what_the_field_lets_through(
    value: Any, which: tuple[type[models.Model], str]
) -> None:
    model, name = which
    field, takes = next((f, t) for f, _longest, t in plainly.fields(model) if f.name == name)
    if field.is_relation or not takes(value):
        return
    row = model()
    setattr(row, field.attname, value)
    # Raises where the field would not have it.
    row.clean_fields(exclude={other.name for other in model._meta.fields} - {name})
    assert getattr(row, field.attname) == value


@pytest.mark.parametrize(
    ("model", "name", "value"),
    [
        (Claim, "statement", "A deal will close."),
        (Claim, "slug", "a-deal"),
        (Claim, "deadline", date(2026, 3, 31)),
        (Claim, "deadline_precision", "quarter"),
        (Claim, "logged_at", datetime(2026, 3, 31, tzinfo=UTC)),
        (Claim, "public", True),
        (Report, "url", "https://www.wsj.com/tech/amazon-openai-1?mod=hp"),
        (Report, "certainty", ""),
        (Verdict, "rationale", "Announced by both."),
    ],
)
def test_what_comes_in_every_day_is_plain(model: type[models.Model], name: str, value: Any) -> None:
    takes = next(t for f, _longest, t in plainly.fields(model) if f.name == name)
    assert takes(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("statement", ""),
        ("statement", "x" * 501),
        ("slug", "é"),
        ("deadline", "2026-02-30"),
        ("deadline_precision", "week"),
        ("public", "perhaps"),
    ],
)
def test_what_is_not_plain_is_left_to_the_field(name: str, value: Any) -> None:
    takes = next(t for f, _longest, t in plainly.fields(Claim) if f.name == name)
    assert not takes(value)
    with pytest.raises(ValidationError):
        Claim(**{name: value}).clean_fields(
            exclude={other.name for other in Claim._meta.fields} - {name}
        )
