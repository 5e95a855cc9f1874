"""Who is asking: `Authorization: Bearer <token>`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed


class BearerAuthentication(TokenAuthentication):
    """A token of `create_token`, of which only the hash is kept. It does what its user may do."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        """The user and the token's row. Raises AuthenticationFailed (401)."""
        if not token.isascii():
            # The library would try to decode it and fail.
            raise AuthenticationFailed(_("Invalid token."))
        user_and_token: tuple[Any, Any] = super().authenticate_credentials(token)
        return user_and_token
