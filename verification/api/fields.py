"""Fields that say what they take, in the same words as the services."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from verification.models.fields import HTTP_ONLY

_LOOKS_LIKE_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Strict(serializers.Serializer[Any]):
    """An object of which every name is known, so that a slip of the keyboard does not vanish.

    `elsewhere` says of names that a reader knows, but nobody sets here, where they are set.
    """

    elsewhere: Mapping[str, Any] = {}

    def to_internal_value(self, data: Any) -> Any:
        """The checked values. Raises ValidationError with every wrong field at once."""
        errors: dict[str, Any] = {}
        if isinstance(data, Mapping):
            for name in data:
                if name not in self.fields:
                    errors[str(name)] = [self._refusal(str(name))]
        value = None
        try:
            value = super().to_internal_value(data)
        except ValidationError as error:
            if isinstance(error.detail, dict):
                errors = {**error.detail, **errors}
        if errors:
            raise ValidationError(errors)
        return value

    def _refusal(self, name: str) -> ErrorDetail:
        if name in self.elsewhere:
            return ErrorDetail(self.elsewhere[name], "read_only")
        return ErrorDetail(
            _("Unknown name. Known: %(names)s.") % {"names": ", ".join(self.fields)}, "unknown"
        )


class Text(serializers.CharField):
    """Text that may be left out, empty or null, which are all the same: empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        if not kwargs["required"]:
            kwargs.setdefault("allow_blank", True)
            kwargs.setdefault("allow_null", True)
        super().__init__(**kwargs)

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        """Null is read as empty text, where it is allowed."""
        is_empty, value = super().validate_empty_values(data)
        return is_empty, "" if is_empty and value is None else value


@extend_schema_field(OpenApiTypes.URI)
class Address(Text):
    """An http(s) address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=1000, **kwargs)
        self.validators.append(URLValidator(schemes=["http", "https"], message=HTTP_ONLY))


class Day(serializers.DateField):
    """A day as YYYY-MM-DD. One that no calendar has is told apart from one that is ill-written."""

    default_error_messages = {
        "invalid": _("Enter a day as YYYY-MM-DD."),
        "datetime": _("Enter a day as YYYY-MM-DD, without a time."),
        "no_such_day": _("The calendar has no such day: {value}."),
    }

    def to_internal_value(self, value: Any) -> Any:
        """The date."""
        try:
            return super().to_internal_value(value)
        except ValidationError:
            if isinstance(value, str) and _LOOKS_LIKE_A_DAY.fullmatch(value):
                self.fail("no_such_day", value=value)
            raise


class OneOf(serializers.ChoiceField):
    """One of a few values; the refusal names them."""

    default_error_messages = {"invalid_choice": _("“{input}” is not one of: {choices}.")}

    def to_internal_value(self, data: Any) -> Any:
        """The value as it is kept."""
        if data == "" and self.allow_blank:
            return ""
        found = self.choice_strings_to_values.get(str(data))
        if found is None:
            self.fail(
                "invalid_choice",
                input=str(data)[:50],
                choices=", ".join(value for value in self.choice_strings_to_values if value),
            )
        return found


class NullIfEmpty(OneOf):
    """Null in JSON where nothing was recorded."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        super().__init__(choices, allow_null=True, **kwargs)

    def to_representation(self, value: Any) -> Any:
        """The value, or none."""
        return super().to_representation(value) or None


class Rounded(serializers.FloatField):
    """A fraction, to four decimals: more would be noise."""

    def to_representation(self, value: Any) -> float:  # type: ignore[override]
        """The number."""
        return round(float(value), 4)


class Days(serializers.FloatField):
    """A number of days: whole, or the half between two."""

    def to_representation(self, value: Any) -> int | float:  # type: ignore[override]
        """The number, without a fraction where it has none."""
        return int(value) if value == int(value) else float(value)


class Several(serializers.ListField):
    """Several values of one parameter, separated by commas: at least one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_empty=False, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """The list. What is wrong is told of the parameter, not of its parts."""
        parts = [part.strip() for part in str(data).split(",") if part.strip()]
        try:
            return super().to_internal_value(parts)
        except ValidationError as error:
            if isinstance(error.detail, dict):
                first = next(iter(error.detail.values()))
                raise ValidationError(first) from error
            raise
