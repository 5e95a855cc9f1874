"""What is told of an import, line by line, as a table of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from verification.models.choices import NameKind
from verification.models.importrun import ImportedName, ImportRemark
from verification.services.cells import csv_line
from verification.services.importing.naming import Made
from verification.services.importing.summary import Remark


def lines(
    refused: Iterable[Remark | ImportRemark],
    differing: Iterable[Remark | ImportRemark],
    noted: Iterable[Remark | ImportRemark] = (),
    made: Iterable[Made | ImportedName] = (),
    *,
    separator: str = ",",
) -> Iterator[str]:
    """CSV: one line for each fault, difference, note and new name, with its row and field."""

    def line(*cells: object) -> str:
        return csv_line(cells, separator)

    yield line(_("row"), _("what"), _("field"), _("state"), _("problem"))
    for state, remarks in (
        (_("refused"), refused),
        (_("differing"), differing),
        (_("read otherwise"), noted),
    ):
        for one in remarks:
            for place, messages in one.places:
                field = " ".join(filter(None, [place.column, place.path]))
                for message in messages:
                    yield line(place.row, one.label, field, state, message)
    for name in made:
        state = _("new beat") if name.kind == NameKind.BEAT else _("new source")
        yield line(name.row, name.name, "", state, meant(name.near))


def meant(near: str) -> str:
    """What is asked of a new name that is like a known one; nothing of any other."""
    return _("Did you mean “%(name)s”?") % {"name": near} if near else ""
