"""Imports of claims files: how far each is, what it refused, and a file that waits on the desk."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from verification.domain import fileplaces
from verification.domain.fileplaces import Place
from verification.models.choices import ImportState, NameKind
from verification.models.fields import one_of


class ImportRun(models.Model):
    """One file that is brought in.

    The counts and `rows_done` change in the transaction of the rows that they tell of. They are for
    whoever waits, and save a second run the rows that the first one did; no row depends on them,
    since one that is there already is found by its id.
    """

    name = models.CharField(_("file"), max_length=255)
    #: The SHA-256 of the file, in hexadecimal digits: the same file is gone on with.
    digest = models.CharField(_("digest"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("imported by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(_("state"), max_length=10, choices=ImportState.choices)
    #: Whose turn it is: another process that takes the run over writes its own.
    token = models.CharField(max_length=32, blank=True)
    started_at = models.DateTimeField(_("started at"))
    touched_at = models.DateTimeField(_("last sign of life"))
    finished_at = models.DateTimeField(_("finished at"), null=True)
    rows_done = models.PositiveBigIntegerField(_("last row done"), default=0)
    # Every claim and every source with a row of its own is one of five: not there before; given
    # what it lacked; lacking nothing, while the file says something else; unchanged; refused.
    fresh = models.PositiveIntegerField(_("new"), default=0, db_default=0)
    grown = models.PositiveIntegerField(_("added to"), default=0, db_default=0)
    kept = models.PositiveIntegerField(_("kept as they are"), default=0, db_default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    # What came of them.
    claims = models.PositiveIntegerField(_("claims"), default=0)
    reports = models.PositiveIntegerField(_("reports"), default=0)
    verdicts = models.PositiveIntegerField(_("verdicts"), default=0)
    #: Sources and beats that were made, those of which the file only has the name among them.
    sources = models.PositiveIntegerField(_("sources"), default=0)
    beats = models.PositiveIntegerField(_("beats"), default=0, db_default=0)
    #: New claims that readers see without criteria.
    without_criteria = models.PositiveIntegerField(_("without criteria"), default=0, db_default=0)
    #: Claims of which the file says something else than what is kept, and stays; whether they were
    #: given anything or not.
    differing = models.PositiveIntegerField(_("differing"), default=0, db_default=0)
    #: Claims that came in otherwise than they are written.
    noted = models.PositiveIntegerField(_("read otherwise"), default=0, db_default=0)
    #: How a CSV file is written: in words for whoever confirms, where it is not the usual form, and
    #: as the rows that it gives back are written.
    read_as = models.CharField(_("read as"), max_length=100, blank=True, default="", db_default="")
    encoding = models.CharField(max_length=20, blank=True, default="", db_default="")
    separator = models.CharField(max_length=1, blank=True, default="", db_default="")
    #: Why the file could not be read to its end.
    problem = models.TextField(_("problem"), blank=True)

    #: The first rows as they would come in, for whoever confirms: JSON as ASCII.
    sample_json = models.TextField(default="[]")

    class Meta:
        ordering = ["-id"]
        default_permissions = ()
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [one_of("importrun", "state", ImportState.values)]
        indexes = [models.Index(fields=["digest"], name="import_of_file")]

    def __str__(self) -> str:
        return self.name

    @property
    def sample(self) -> list[dict[str, Any]]:
        """The first rows of the file."""
        return list(json.loads(self.sample_json))

    @property
    def working(self) -> bool:
        """Whether a process is at it, or is to be."""
        return self.state in {ImportState.CHECKING, ImportState.RUNNING}


class ImportPart(models.Model):
    """A piece of a file that was uploaded on the desk, until the import is over.

    In the database, because the worker that reads it may be on another host than the web server.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_part_once")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"


class ImportRemark(models.Model):
    """What is told of a claim or source of a file, and where it stands."""

    row = models.PositiveBigIntegerField(_("row"))
    label = models.CharField(_("what"), max_length=100)
    #: Messages by the name of the field. JSON as ASCII: a row may be refused for letters that no
    #: database takes.
    problems_json = models.TextField(_("problems"))
    #: Of a table, the rows of the claim's reports, as JSON.
    rows_json = models.TextField(_("rows"), default="null", db_default="null")

    class Meta:
        abstract = True
        ordering = ["id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.run_id}/{self.row}"  # type: ignore[attr-defined]

    @property
    def problems(self) -> dict[str, list[str]]:
        """Messages by the name of the field in the file."""
        return dict(json.loads(self.problems_json))

    @property
    def rows(self) -> list[int] | None:
        """Of a table, the rows of the claim's reports."""
        found: list[int] | None = json.loads(self.rows_json)
        return found

    @property
    def places(self) -> list[tuple[Place, list[str]]]:
        """What is told, by where it stands in the file."""
        return [
            (fileplaces.place(name, self.row, self.rows), messages)
            for name, messages in self.problems.items()
        ]


class ImportRefusal(ImportRemark):
    """A row that did not come in: where it stood, what is wrong with it, and what it said."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="refusals")
    #: JSON as ASCII, as the file had it.
    content_json = models.TextField(_("content"))

    class Meta(ImportRemark.Meta):
        verbose_name = _("refused row")
        verbose_name_plural = _("refused rows")

    @property
    def content(self) -> dict[str, Any]:
        """The row as the file had it."""
        return dict(json.loads(self.content_json))


class ImportDifference(ImportRemark):
    """A claim that is there and of which the file says something else; what is kept stays."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="differences")

    class Meta(ImportRemark.Meta):
        verbose_name = _("difference")
        verbose_name_plural = _("differences")


class ImportNote(ImportRemark):
    """A claim that came in otherwise than it is written, for a reason that is told."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="notes")

    class Meta(ImportRemark.Meta):
        verbose_name = _("note")
        verbose_name_plural = _("notes")


class ImportedName(models.Model):
    """A source or beat that a file makes, or would make, by naming it."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="made")
    kind = models.CharField(_("kind"), max_length=10, choices=NameKind.choices)
    name = models.CharField(_("name"), max_length=200)
    #: The name of a known one that may be meant.
    near = models.CharField(_("near"), max_length=200, blank=True)
    #: Where the file names it first.
    row = models.PositiveBigIntegerField(_("row"))
    #: Whether it has a row of its own in the file.
    listed = models.BooleanField(_("listed"))

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        verbose_name = _("new name")
        verbose_name_plural = _("new names")
        constraints = [one_of("importedname", "kind", NameKind.values)]

    def __str__(self) -> str:
        return self.name
