"""The intake page: from an article to logged claims.

A POST with an article reads it and writes nothing; it answers with the sheet on which its claims
are proposed. A POST of the sheet logs what is ticked, all of it or none, and each claim once for
the key of its sheet, however often it is sent.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from verification import newsroom
from verification.admin import (
    criteria_days,
    intake_fill,
    intake_logged,
    intake_mend,
    intake_notes,
    intake_reading,
    intake_reasons,
    naming,
)
from verification.admin.formpage import Fault, tell
from verification.admin.intake_card import Card
from verification.admin.intake_forms import ArticleForm
from verification.admin.intake_sheet import MOST, Sheet
from verification.admin.intake_sources import badges
from verification.admin.naming import need, signed_in
from verification.admin.similar import alike
from verification.domain.dateline import DayFrom
from verification.services import batch, beatguess, duplicates, intake, once
from verification.services.articlepages import Article

_SALT = "verification.admin.intake"


class Intake(View):
    """The page with an article, and its sheet once it is read."""

    site: ClassVar[admin.AdminSite] = admin.site

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        need(request, "add_claim")
        self.now = timezone.now()
        self.actor = signed_in(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty page; an address or a text in the query stands in it, and is not read yet."""
        named = ("url", "title", "outlet", "published", "language", "text")
        known = {name: request.GET.get(name, "").replace("\0", "") for name in named}
        return self._ask(ArticleForm(initial=known))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Reads an article, or does with its sheet what was asked for."""
        data = request.POST.copy()
        do = data.get("do", "")
        if "candidates" not in data or do == "read":
            return self._read()
        sheet = Sheet(data)
        counted = intake_mend.follow(sheet, actor=self.actor, today=newsroom.day(self.now))
        sheet = Sheet(data)
        if counted is not None:
            messages.info(self.request, intake_reasons.counted_anew(counted))
        if do == "log":
            if counted is None:
                return self._log(sheet)
            sheet.unask()
            problem = _("The article is of another day now: look at its deadlines, then log it.")
            return self._show(sheet, problem=problem)
        fresh: list[Card] = []
        if do == "add":
            sheet = self._with_another(sheet)
            fresh = [card for card in sheet.cards if card.fresh]
        elif do == "all":
            sheet = sheet.set_for_all()
        elif "more" in data:
            sheet = sheet.with_row(data.get("more", ""))
        sheet.unask()
        return self._show(sheet, fresh=fresh)

    # --- Reading ----------------------------------------------------------------------------------

    def _ask(self, form: ArticleForm) -> HttpResponse:
        context = {
            **self.site.each_context(self.request),
            "title": _("Read an article"),
            "form": form,
            "site_name": settings.SITE_NAME,
            "faults": [
                Fault(str(field.label), field.id_for_label, str(message))
                for field in form
                for message in (field.errors if form.is_bound else ())
            ],
        }
        return TemplateResponse(self.request, "admin/desk/intake.html", context)

    def _read(self) -> HttpResponse:
        form = ArticleForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self._ask(form)
        about = form.cleaned_data
        upload = about["file"]
        given: str | bytes = upload.read() if upload and not about["text"] else about["text"]
        page: Article | None = None
        by = intake_mend.unmended(self.request.POST)
        try:
            # Of a text that is at hand the address is kept, and not asked.
            if about["url"] and not given:
                page = intake.page_at(about["url"], actor=self.actor)
            proposal = intake.propose(
                actor=self.actor,
                today=newsroom.day(self.now),
                text=given,
                url="" if given else about["url"],
                fetched=page,
                language=about["language"] or None,
                published=None if by in (DayFrom.PRINTED, DayFrom.TODAY) else about["published"],
                outlet=about["outlet"],
                address=about["url"],
            )
        except ValidationError as error:
            tell(error, form, {})
            return self._ask(form)
        data = intake_fill.filled(
            proposal,
            key=self._new_key(),
            url=page.url if page else about["url"],
            title=about["title"],
            actor=self.actor,
        )
        if by == DayFrom.PAGE:
            data["dated"] = by
        data["reading"] = intake_reading.signed(page) if page else ""
        sheet = Sheet(data)
        sheet.unask()
        left_out = max(len(proposal.candidates) - MOST, 0)
        return self._show(sheet, left_out=left_out, fresh=sheet.cards)

    def _with_another(self, sheet: Sheet) -> Sheet:
        """The sheet with one more claim: of the words that were selected, or an empty one."""
        data = sheet.data
        place = sheet.count
        if place >= MOST:
            messages.warning(
                self.request,
                _("A page takes %(most)s claims: log these, then read the rest.") % {"most": MOST},
            )
            return sheet
        selected = data.get("selected", "").replace("\0", "").strip()
        candidate = intake_fill.by_hand(
            selected,
            text=sheet.text,
            language=sheet.language,
            published=sheet.published or newsroom.day(self.now),
            outlet=data.get("outlet", ""),
            names=intake.known_names(self.actor),
        )
        beat = sheet.last_beat
        data["candidates"] = str(place + 1)
        data["selected"] = ""
        if not beat.beat:
            beat = beatguess.beats_for(
                [candidate], page=sheet.text, language=sheet.language, actor=self.actor
            )[0]
        intake_fill.put(data, place, candidate, beat=beat, assignee=self.actor.username)
        data[f"c{place}-tick"] = "on"
        made = Sheet(data)
        made.cards[-1].fresh = True
        return made

    # --- Logging ----------------------------------------------------------------------------------

    def _log(self, sheet: Sheet) -> HttpResponse:
        ticked = sheet.ticked
        sheet.unask([card for card in sheet.cards if not card.ticked])
        if not ticked:
            return self._show(sheet, problem=_("Tick the claims that are to be logged."))
        key = self._key(sheet.data.get("key", ""))
        if not key:
            sheet.data["key"] = self._new_key()
            sheet.unask()
            return self._show(
                sheet,
                problem=_("This page is older than a day: look through it and send it again."),
            )
        # Every one is asked, so that all that cannot be read is told at once.
        readable = [card.is_valid() for card in ticked]
        if not all(readable):
            return self._show(sheet)
        try:
            done = self._log_all(sheet, ticked, key)
        except ValidationError as error:
            _tell(error, ticked)
            return self._show(sheet)
        for one in done:
            if one.became == "logged" and not one.before:
                criteria_days.warn(self.request, one.claim)
        if any(one.before for one in done):
            messages.info(
                self.request,
                _("Some of these were logged from this page before, and were not logged again."),
            )
        return redirect("admin:intake_logged", key)

    def _log_all(self, sheet: Sheet, ticked: list[Card], key: str) -> list[batch.Done]:
        together = naming.Together()
        with transaction.atomic():
            entries = []
            for number, card in enumerate(ticked):
                name = card.form.cleaned_data.get("assignee", "")
                assignee = together.take(partial(naming.person, name, f"{number}.assignee"))
                entries.append(card.entry(assignee, sheet.language, sheet.text))
            keys = [f"{intake_logged.PREFIX}{key}/{card.number}" for card in ticked]
            done = together.take(
                lambda: batch.log_all(
                    actor=self.actor,
                    entries=entries,
                    keys=keys,
                    now=self.now,
                    article=intake_reading.article(sheet),
                )
            )
            together.done()
        return list(done)

    def _new_key(self) -> str:
        return signing.dumps([self.actor.pk, secrets.token_hex(8)], salt=_SALT)

    def _key(self, signed: str) -> str:
        """The key of a sheet that this editor was given; empty where it is none, or too old."""
        try:
            owner, key = signing.loads(signed, salt=_SALT, max_age=once.LIFETIME)
        except signing.BadSignature:
            return ""
        return str(key) if owner == self.actor.pk else ""

    # --- Showing ----------------------------------------------------------------------------------

    def _show(
        self, sheet: Sheet, *, problem: str = "", left_out: int = 0, fresh: Sequence[Card] = ()
    ) -> HttpResponse:
        today = newsroom.day(self.now)
        found = duplicates.find_each(statements=[card.typed("statement") for card in sheet.cards])
        can_report = self.actor.has_perm("verification.add_report")
        intake_logged.choose(sheet, found, fresh if can_report else ())
        known = badges({name for card in sheet.cards for name in card.named})
        for card, similar in zip(sheet.cards, found, strict=True):
            card.similar = alike(similar, today)
            card.know(known)
            card.notes = intake_notes.in_words(
                card.typed("statement"),
                language=sheet.language,
                published=sheet.published or today,
                text=sheet.text,
            )
        intake_logged.tell(sheet.cards)
        context = {
            **self.site.each_context(self.request),
            "title": sheet.article.cleaned_data.get("title") or _("The article’s claims"),
            "sheet": sheet,
            # What came with the request was typed, unless an article was only read.
            "typed": self.request.POST.get("do") != "read",
            "can_add_source": self.actor.has_perm("verification.add_source"),
            "can_report": can_report,
            "left_out": left_out,
            "faults": [
                *([Fault("", "", problem)] if problem else []),
                *(fault for card in sheet.ticked for fault in card.faults),
            ],
        }
        return TemplateResponse(self.request, "admin/desk/intake_sheet.html", context)


def _tell(error: ValidationError, ticked: Sequence[Card]) -> None:
    """Puts the complaints of the service where they belong: `1.reports.0.url` on that field."""
    problems: dict[int, dict[str, list[str]]] = {}
    for name, found in error.message_dict.items():
        number, _dot, rest = name.partition(".")
        problems.setdefault(int(number), {})[rest] = found
    for place, of_card in problems.items():
        card = ticked[place]
        tell(ValidationError(dict(of_card)), card.form, {"reports": card.reports})
