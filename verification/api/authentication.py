"""Who is asking: `Authorization: Bearer <token>`."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from verification.models import ApiToken
from verification.services import tokens


class BearerAuthentication(TokenAuthentication):
    """A token, of which only the hash is kept. It does what its user may do, within its scopes."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        """The user and the token's row. Raises AuthenticationFailed (401)."""
        if not token.isascii():
            # The library would try to decode it and fail.
            raise AuthenticationFailed(_("Invalid token."))
        user, row = super().authenticate_credentials(token)
        if row.scopes is not None:
            user.within(row.scopes)
        tokens.note_use(row, timezone.now())
        return user, row

    def _cleanup_token(self, auth_token: ApiToken) -> bool:
        """Whether the token has expired. It stays on the desk's list, where it says so."""
        return auth_token.expiry is not None and auth_token.expiry <= timezone.now()
