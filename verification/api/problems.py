"""Errors as `application/problem+json` (RFC 9457), each with a stable `type`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_standardized_errors.formatter import flatten_errors
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ExceptionHandlerContext
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.settings import api_settings

from verification.services.errors import Conflict, ScopeMissing

MEDIA_TYPE = "application/problem+json"

#: The last part of a problem's `type`, by status, and its title. The types are for good.
TYPES = {
    400: ("validation", gettext_lazy("The request has wrong fields")),
    401: ("authentication", gettext_lazy("A token is needed")),
    403: ("permission", gettext_lazy("Not allowed")),
    404: ("not-found", gettext_lazy("Not found")),
    405: ("method", gettext_lazy("Method not allowed")),
    406: ("not-acceptable", gettext_lazy("Not acceptable")),
    409: ("conflict", gettext_lazy("The claim was changed meanwhile")),
    415: ("media-type", gettext_lazy("Unsupported media type")),
    422: ("idempotency-key", gettext_lazy("The Idempotency-Key was used for another request")),
    429: ("throttled", gettext_lazy("Too many requests")),
    500: ("server", gettext_lazy("The server failed")),
}
MALFORMED = ("malformed", gettext_lazy("The request cannot be read"))


class Stale(exceptions.APIException):
    """A change on an old version of a claim: `extra` says where the claim stands now."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"

    def __init__(self, detail: str, **extra: object) -> None:
        super().__init__(detail)
        self.extra = extra


class NeedsScope(exceptions.PermissionDenied):
    """A token that lacks a scope: `extra` names it."""

    def __init__(self, detail: str, **extra: object) -> None:
        super().__init__(detail)
        self.extra = extra


class KeyUsed(exceptions.APIException):
    """An Idempotency-Key that came with another request before."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "idempotency_key_used"


def invalid(field: str, message: str, code: str = "invalid") -> exceptions.ValidationError:
    """The error of one field, to be raised."""
    return exceptions.ValidationError({field: [exceptions.ErrorDetail(message, code)]})


def handle(exception: Exception, context: ExceptionHandlerContext) -> HttpResponse | None:
    """What the framework calls with whatever a view raised."""
    return _Handler(exception, context).run()


class _Handler(ExceptionHandler):
    """Knows the services' exceptions, and gives each its body."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, Conflict):
            return Stale(str(exc), version=exc.claim.version, claim=exc.claim.slug)
        if isinstance(exc, ValidationError):
            if hasattr(exc, "error_dict"):
                return exceptions.ValidationError(exc.message_dict)
            return exceptions.ValidationError({"": exc.messages})
        if isinstance(exc, ScopeMissing):
            return NeedsScope(str(exc), scope=exc.scope)
        if isinstance(exc, PermissionDenied) and str(exc):
            return exceptions.PermissionDenied(str(exc))
        return super().convert_known_exceptions(exc)

    def format_exception(self, exc: exceptions.APIException) -> dict[str, Any]:
        name, title = TYPES.get(exc.status_code, TYPES[500])
        if isinstance(exc, exceptions.ParseError):
            name, title = MALFORMED
        problem: dict[str, Any] = {
            "type": f"/problems/{name}",
            "title": str(title),
            "status": exc.status_code,
        }
        if isinstance(exc, exceptions.ValidationError):
            errors = _by_field(exc.detail)
            problem["detail"] = _("Look at: %(fields)s.") % {
                "fields": ", ".join(error["field"] or _("the whole request") for error in errors)
            }
        else:
            errors = []
            problem["detail"] = str(exc.detail)
        request = self.context["request"]
        if request is not None:
            problem["instance"] = request.get_full_path()
        if errors:
            problem["errors"] = errors
        return problem | getattr(exc, "extra", {})

    def get_response(  # type: ignore[override]
        self, exc: exceptions.APIException, data: dict[str, Any]
    ) -> HttpResponse:
        # Made here and not by the view's renderer, which may be one of pages or YAML.
        response = HttpResponse(
            JSONRenderer().render(data),
            content_type=MEDIA_TYPE,
            status=exc.status_code,
            headers=self.get_headers(exc),
        )
        patch_cache_control(response, no_store=True)
        return response


def _by_field(detail: Any) -> list[dict[str, str]]:
    """One entry for each wrong field, in the order in which they were found."""
    found: dict[str, dict[str, str]] = {}
    for error in flatten_errors(detail):
        field = _without_non_field(error.attr or "")
        if field in found:
            found[field]["detail"] += f" {error.detail}"
        else:
            found[field] = {"field": field, "detail": error.detail, "code": error.code}
    return list(found.values())


def _without_non_field(field: str) -> str:
    """The framework's own name for "the whole object" is not a field of ours."""
    parts: Iterable[str] = field.split(".")
    return ".".join(part for part in parts if part != api_settings.NON_FIELD_ERRORS_KEY)
