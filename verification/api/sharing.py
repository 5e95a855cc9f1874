"""What scripts of other sites may read: what anybody may, without credentials, and nothing else."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from verification.readers import is_anybody

#: Of an answer, what a script may look at besides its body.
EXPOSED = "ETag, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
#: How long a browser may remember what may be asked, in seconds.
MAX_AGE = 86_400


def share(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Lets scripts of any site read the answer, where it is one for anybody.

    A browser sends neither cookies nor a token with such a request, for we never allow it to.
    """
    if not is_anybody(request):
        return response
    if request.method in ("GET", "HEAD"):
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
    elif (
        request.method == "OPTIONS"
        and request.META.get("HTTP_ACCESS_CONTROL_REQUEST_METHOD") in ("GET", "HEAD")
        and "GET" in response.get("Allow", "")
    ):
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Methods"] = "GET, HEAD"
        response["Access-Control-Allow-Headers"] = "If-None-Match"
        response["Access-Control-Max-Age"] = str(MAX_AGE)
    return response
