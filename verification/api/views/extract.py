"""Extraction: the claims of an article, to be mended and logged."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from verification.api import schema
from verification.api.base import ApiView
from verification.api.extraction import ExtractionOut, ExtractPost
from verification.api.idempotency import answered, one_change
from verification.services import intake
from verification.services.articlepages import Article


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
    def post(self, request: Request) -> Response:
        """The candidates, in the order of the text."""
        # Other people's servers take their time, in which no transaction of ours is held open.
        fetched = None
        if not answered(self, request):
            data = self.body(ExtractPost)
            if data.get("url") and not data.get("text"):
                fetched = intake.page_at(data["url"], actor=self.actor)
        return self._propose(request, fetched)

    @one_change
    def _propose(self, request: Request, fetched: Article | None) -> Response:
        data = self.body(ExtractPost)
        proposal = intake.propose(
            actor=self.actor,
            today=self.today,
            text=data.get("text", ""),
            url=data.get("url", ""),
            language=data.get("language") or None,
            published=data.get("date"),
            outlet=data.get("outlet", ""),
            fetched=fetched,
        )
        return Response(self.sent(ExtractionOut, proposal))
