"""What the answers of the product tell a browser to keep to, in every newsroom."""

from __future__ import annotations

from csp.constants import NONE, SELF

YEAR = 365 * 24 * 3600
#: Hosts that nobody but the machine itself can reach.
LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})
#: What stands for the superusers among the roles of REQUIRE_SECOND_FACTOR.
SUPERUSER = "superuser"

#: Django's own checks that ask for what is not ours to decide.
SILENCED = (
    # HSTS for the subdomains, and in the browsers' own lists: the newsroom's other sites may not
    # have TLS. HSTS_SUBDOMAINS and HSTS_PRELOAD turn them on.
    "security.W005",
    "security.W021",
    # The web server in front, which alone listens for plain HTTP, sends readers on to TLS.
    "security.W008",
)

#: Nothing here needs a camera, a place or a payment; nor may what is framed ask for one.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "usb",
    )
)  # fmt: skip


def content_policy(*, https: bool) -> dict[str, object]:
    """The directives of the content security policy: no script or style in a page, none of others.

    Only the widgets say otherwise, and only of who may frame them.
    """
    directives: dict[str, object] = {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
    }
    if https:
        directives["upgrade-insecure-requests"] = True
    return directives
