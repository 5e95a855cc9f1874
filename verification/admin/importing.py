"""Claims files on the desk: uploaded, looked at before anything is kept, brought in, mended."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views import View
from django.views.decorators.http import require_GET

from verification.admin.naming import need, signed_in
from verification.models import ImportRun, User
from verification.models.choices import ImportState, NameKind
from verification.services import claimfile, csvfiles, exports
from verification.services.claimfields import Row
from verification.services.importing import reporting, runs, uploads

#: Runs in the list, and faults on the page of one; all of them are in a file.
RUNS_SHOWN, FAULTS_SHOWN = 15, 100
#: New sources, and new beats, that are named on the page of a run.
NAMED = 20
#: Seconds after which the page of a running import loads itself again.
REFRESH = 4
TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


#: In which formats the list is offered, as they are called.
FORMATS = (("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON"), ("jsonl", "JSON Lines"))


class ImportPage(View):
    """Takes a file, and lists the latest."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The form."""
        _user(request)
        return self.page(request, [])

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Keeps the file; a small one is checked before the answer."""
        user, file = _user(request), request.FILES.get("file")
        if file is None:
            return self.page(request, [_("Choose a file.")])
        try:
            run = uploads.receive(
                actor=user, name=file.name or "", content=file.chunks(), now=timezone.now()
            )
        except ValidationError as error:
            return self.page(request, error.messages)
        _at_once(run)
        return redirect("admin:verification_claim_import_run", run.pk)

    def page(self, request: HttpRequest, problems: list[str]) -> HttpResponse:
        """The form with what is wrong."""
        runs = ImportRun.objects.select_related("actor")[:RUNS_SHOWN]
        context = {
            **admin.site.each_context(request),
            "title": _("Import claims"),
            "lead": _("Nothing is kept before you have seen what would come in."),
            "problems": problems,
            "faults": bool(problems),
            "runs": runs,
            "most_mb": settings.IMPORT_MAX_MB,
        }
        return TemplateResponse(request, "admin/desk/import.html", context)


class RunPage(View):
    """One file: what would come in, how far it is, what came of it."""

    def get(self, request: HttpRequest, run: int) -> HttpResponseBase:
        """Loads itself again for as long as somebody is at it."""
        _user(request)
        found = _run(run)
        sample, rows = _marked(found), _rows(found)
        response = TemplateResponse(
            request,
            "admin/desk/import_run.html",
            {
                **admin.site.each_context(request),
                "title": found.name,
                "run": found,
                "sums": _sums(found),
                "rows": rows,
                "rows_in_all": sum(number for number, _words in rows),
                "made": _made(found),
                "refusals": found.refusals.all()[:FAULTS_SHOWN],
                "differences": found.differences.all()[:FAULTS_SHOWN],
                "notes": found.notes.all()[:FAULTS_SHOWN],
                "faults_shown": FAULTS_SHOWN,
                "downloads": _downloads(found.name),
                "sample": sample,
                "sample_most": uploads.SHOWN,
                "checked": found.state == ImportState.CHECKED,
                "something": found.fresh or found.grown,
                "finished": found.state == ImportState.FINISHED,
                "would": found.state in {ImportState.CHECKING, ImportState.CHECKED},
                "seconds": REFRESH,
            },
        )
        if found.working:
            response.headers["Refresh"] = str(REFRESH)
        return response

    def post(self, request: HttpRequest, run: int) -> HttpResponseBase:
        """Brings the file in, or forgets it."""
        user, found = _user(request), _run(run)
        try:
            if "discard" in request.POST:
                uploads.discard(actor=user, run=found)
                messages.success(request, _("The file is forgotten. Nothing was kept of it."))
                return redirect("admin:verification_claim_import")
            found = uploads.confirm(actor=user, run=found, now=timezone.now())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            _at_once(found)
        return redirect("admin:verification_claim_import_run", found.pk)


@require_GET
def refused(request: HttpRequest, run: int, kind: str) -> HttpResponseBase:
    """The refused rows as a claims file, to be mended and brought in again."""
    _user(request)
    found = _run(run)
    rows = (one.content for one in found.refusals.iterator(chunk_size=500))
    return _file(rows, kind, f"refused-{found.pk}", runs.form_of(found))


@require_GET
def faults(request: HttpRequest, run: int) -> HttpResponseBase:
    """Every fault, difference, note and new name by row and field, as a table."""
    _user(request)
    found = _run(run)
    form = runs.form_of(found)
    lines = reporting.lines(
        found.refusals.iterator(chunk_size=500),
        found.differences.iterator(chunk_size=500),
        found.notes.iterator(chunk_size=500),
        found.made.iterator(chunk_size=500),
        separator=form.separator,
    )
    return _attached(lines, "csv", f"faults-{found.pk}", form)


def export(modeladmin: Any, request: HttpRequest, kind: str) -> HttpResponseBase:
    """The claims of the list, as it is filtered, as a claims file."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    need(request, "view_claim")
    claims = modeladmin.get_changelist_instance(request).get_queryset(request)
    return _file(exports.export_rows(claims), kind, "claims")


def _user(request: HttpRequest) -> User:
    """Who asks, if they may import."""
    for permission in uploads.PERMISSIONS:
        need(request, permission)
    return signed_in(request)


def _run(key: int) -> ImportRun:
    return get_object_or_404(ImportRun.objects.select_related("actor"), pk=key)


def _at_once(run: ImportRun) -> None:
    """Does a small file now; a large one waits for a worker."""
    if run.size <= uploads.SMALL:
        uploads.work(run.pk, clock=timezone.now)


def _sums(run: ImportRun) -> list[tuple[int, str]]:
    """What came in, or would."""
    return [
        (run.claims, pgettext("import", "new claims")),
        (run.reports, pgettext("import", "new reports")),
        (run.verdicts, pgettext("import", "new verdicts")),
        (run.sources, pgettext("import", "new sources")),
        (run.beats, pgettext("import", "new beats")),
    ]


def _rows(run: ImportRun) -> list[tuple[int, str]]:
    """What becomes of the claims and sources of the file, each counted once; no noughts."""
    parts = [
        (run.fresh, pgettext("import", "new")),
        (run.grown, pgettext("import", "there already and added to")),
        (run.kept, pgettext("import", "kept although the file differs")),
        (run.unchanged, pgettext("import", "unchanged")),
        (run.refused, pgettext("import", "refused")),
    ]
    return [(number, words) for number, words in parts if number]


def _made(run: ImportRun) -> list[dict[str, Any]]:
    """The sources and beats that the file makes, those first that may mean a known one."""
    found = []
    for kind, number, head in (
        (NameKind.SOURCE, run.sources, _("New sources")),
        (NameKind.BEAT, run.beats, _("New beats")),
    ):
        rows = run.made.filter(kind=kind).annotate(alone=Q(near="")).order_by("alone", "id")
        if number:
            named = list(rows[:NAMED])
            found.append({"kind": kind, "head": head, "named": named, "more": number - len(named)})
    return found


def _marked(run: ImportRun) -> list[dict[str, Any]]:
    """The first claims of the file, each with whether it is refused or differs."""
    shown = run.sample
    rows = [one["row"] for one in shown if "row" in one]
    refused = set(run.refusals.filter(row__in=rows).values_list("row", flat=True))
    differing = set(run.differences.filter(row__in=rows).values_list("row", flat=True))
    return [
        one | {"refused": one.get("row") in refused, "differing": one.get("row") in differing}
        for one in shown
    ]


def _downloads(name: str) -> list[str]:
    """In which formats the refused rows are offered: that of the file, and those of a table."""
    own = name.rpartition(".")[2].lower()
    return list(dict.fromkeys([*([own] if own in TYPES else []), "csv", "xlsx"]))


def _file(
    rows: Iterator[Row], kind: str, name: str, form: csvfiles.Form | None = None
) -> HttpResponseBase:
    """The rows as a download, written while it is read; a workbook is made first.

    CSV is written in the `form`, where one is given.
    """
    if kind not in TYPES:
        raise Http404
    if kind == "csv" and form is not None:
        return _attached(claimfile.as_csv(rows, form.separator), kind, name, form)
    if kind != "xlsx":
        return _attached(claimfile.TEXTS[kind](rows), kind, name)
    # Closed, and so removed, by the response.
    file = tempfile.TemporaryFile(prefix="claims-")  # noqa: SIM115
    try:
        claimfile.as_xlsx(rows, file)
    except ValidationError as error:
        file.close()
        return HttpResponse(" ".join(error.messages), status=400, content_type="text/plain")
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{name}.xlsx", content_type=TYPES["xlsx"]
    )


def _attached(
    texts: Iterator[str], kind: str, name: str, form: csvfiles.Form | None = None
) -> HttpResponseBase:
    charset = form.charset if form else "utf-8"
    return StreamingHttpResponse(
        form.encoded(texts)
        if form
        # A row that was refused may hold half of a surrogate pair.
        else (text.encode(errors="backslashreplace") for text in texts),
        content_type=f"{TYPES[kind]}; charset={charset}" if kind == "csv" else TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'},
    )
