"""Extraction: the claims of an article, to be mended and logged."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from verification.api import schema
from verification.api.base import ApiView
from verification.api.extraction import ExtractionOut, ExtractPost
from verification.api.idempotency import one_change
from verification.services import intake


class Extract(ApiView):
    """The claims of an article."""

    needs = {"POST": ("add_claim",)}

    @schema.changes(
        "extract",
        _("Propose the claims of an article"),
        ExtractPost,
        ExtractionOut,
        status=200,
        slug=False,
        description=_("Nothing is logged. Send text (plain or HTML) or url."),
    )
    @one_change
    def post(self, request: Request) -> Response:
        """The candidates, in the order of the text."""
        data = self.body(ExtractPost)
        proposal = intake.propose(
            actor=self.actor,
            today=self.today,
            text=data.get("text", ""),
            url=data.get("url", ""),
            language=data.get("language") or None,
            published=data.get("date"),
            outlet=data.get("outlet", ""),
        )
        return Response(self.sent(ExtractionOut, proposal))
