"""How the API is read, answered and described, in every newsroom."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

REST_FRAMEWORK: dict[str, object] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "verification.api.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["verification.api.permissions.MayUse"],
    "DEFAULT_PARSER_CLASSES": ["verification.api.parsers.JsonParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "verification.api.negotiation.Negotiation",
    "DEFAULT_SCHEMA_CLASS": "verification.api.schema.ApiSchema",
    "EXCEPTION_HANDLER": "verification.api.problems.handle",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    # `?format=` is a parameter like any other: refused where an endpoint does not know it.
    "URL_FORMAT_OVERRIDE": None,
}
KNOX_TOKEN_MODEL = "verification.ApiToken"  # noqa: S105  (a class)
# Its own table of tokens is swapped for ours; its migrations would make that table all the same.
MIGRATION_MODULES = {"knox": None}
REST_KNOX = {
    "AUTH_HEADER_PREFIX": "Bearer",
    # A program's token holds until somebody deletes it on the desk.
    "TOKEN_TTL": None,
}


def described(site_name: str) -> dict[str, Any]:
    """What the API's schema and its reader say, and how."""
    return {
        "TITLE": f"{site_name} API",
        "DESCRIPTION": gettext_lazy(
            "What was reported, by whom, by when it should have happened, and what became of "
            "it.\n\n"
            "Public claims can be read without a token. Anything else takes the header "
            "`Authorization: Bearer <token>`; `manage.py create_token USER` prints a token."
        ),
        "VERSION": "1",
        "OAS_VERSION": "3.1.0",
        "SCHEMA_PATH_PREFIX": "/api/v1",
        "SERVE_INCLUDE_SCHEMA": False,
        "COMPONENT_SPLIT_PATCH": False,
        "SORT_OPERATION_PARAMETERS": False,
        "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
        "ENUM_SUFFIX": "",
        "ENUM_NAME_OVERRIDES": {
            "Basis": "verification.models.choices.Basis",
            "Certainty": "verification.models.choices.Certainty",
            "ClaimStatus": "verification.models.choices.ClaimStatus",
            "Credit": "verification.models.choices.Credit",
            "Precision": "verification.models.choices.Precision",
            "Reason": "verification.models.choices.Reason",
            "SourceKind": "verification.models.choices.SourceKind",
            "Stance": "verification.models.choices.Stance",
            "VerdictOutcome": "verification.models.choices.VerdictOutcome",
        },
        # The reader comes from our own static files, its icon too.
        "SWAGGER_UI_DIST": "SIDECAR",
        "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
        "SWAGGER_UI_SETTINGS": {
            "deepLinking": True,
            "defaultModelsExpandDepth": 0,
            "docExpansion": "list",
            "validatorUrl": None,
        },
    }
