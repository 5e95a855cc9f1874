"""Fields and constraints that several models share."""

from __future__ import annotations

from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

HTTP_ONLY = _("Enter an address that begins with http:// or https://.")


class HttpUrlField(models.URLField):
    """An http(s) address.

    Other schemes (javascript:, data:, ftp:) are refused, because every address that is kept is
    printed as a link somewhere.
    """

    default_validators = [URLValidator(schemes=["http", "https"], message=HTTP_ONLY)]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 1000)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str | None:
        """The address with its scheme in small letters, as the database's own check wants it."""
        text = super().to_python(value)
        if not isinstance(text, str):
            return text
        scheme, colon, rest = text.strip().partition(":")
        return f"{scheme.lower()}{colon}{rest}"

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Normalises first, so that what is validated is what is kept."""
        return super().clean(self.to_python(value), model_instance)


def http_url_check(model: str, field: str, *, blank: bool) -> models.CheckConstraint:
    """The database's own refusal of any address that is not http(s)."""
    allowed = Q(**{f"{field}__startswith": "http://"}) | Q(**{f"{field}__startswith": "https://"})
    if blank:
        allowed |= Q(**{field: ""})
    return models.CheckConstraint(
        condition=allowed, name=f"{model}_{field}_http_only", violation_error_message=HTTP_ONLY
    )


def one_of(
    model: str, field: str, values: list[str], *, blank: bool = False
) -> models.CheckConstraint:
    """The database's own refusal of a value outside the field's choices."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*values, ""] if blank else values}),
        name=f"{model}_{field}_known",
    )
