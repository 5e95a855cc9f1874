"""How many requests one client may make in a minute.

Counted by the token, for a request without one by the address that it came from, whatever the
request itself says of that: `X-Forwarded-For` counts as far as the proxies that the settings trust
have written it. What is answered from a kept body costs nothing and is not counted.

The counts are shared by all processes of an installation. Where they cannot be kept the request
goes on: a reader is not turned away because a cache is down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from verification.addresses import address
from verification.services import counts

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a client has: how many requests in all, how many are left, seconds to a new start.

    Less than none are left to one that makes too many.
    """

    limit: int
    left: int
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """For the answer."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(self.left, 0)),
            "RateLimit-Reset": str(self.seconds),
        }


def count(request: Any) -> Allowance | None:
    """Counts a request of the API. None where nothing is counted."""
    if request.user.is_authenticated:
        who = f"token:{request.auth.pk}" if request.auth else f"user:{request.user.pk}"
        return _count(who, settings.API_REQUESTS_PER_TOKEN)
    return count_address(request._request)


def count_address(request: HttpRequest) -> Allowance | None:
    """Counts a request of somebody unknown. None where nothing is counted."""
    return _count(f"address:{address(request)}", settings.API_REQUESTS_PER_ADDRESS)


def count_wrong_token(request: HttpRequest) -> Allowance | None:
    """Counts a token that nobody has, by address. None where nothing is counted.

    A right token from the same address is served all the same: none can be guessed, and a
    misconfigured program must not shut the others of its network out.
    """
    return _count(f"wrong-token:{address(request)}", settings.API_WRONG_TOKENS_PER_ADDRESS)


def _count(who: str, limit: int) -> Allowance | None:
    if not limit:
        return None
    counted = counts.count(f"api:{who}", stretch=MINUTE)
    if counted is None:
        return None
    return Allowance(limit=limit, left=limit - counted.made, seconds=counted.seconds)
