"""What an import refused, and what differs from what is kept, as a table of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from verification.models.importrun import ImportRemark
from verification.services.cells import csv_line
from verification.services.importing.summary import Remark


def lines(
    refused: Iterable[Remark | ImportRemark], differing: Iterable[Remark | ImportRemark]
) -> Iterator[str]:
    """CSV: one line for each fault and for each difference, with its row and field."""
    yield csv_line([_("row"), _("what"), _("field"), _("state"), _("problem")])
    for state, remarks in ((_("refused"), refused), (_("differing"), differing)):
        for one in remarks:
            for place, messages in one.places:
                field = " ".join(filter(None, [place.column, place.path]))
                for message in messages:
                    yield csv_line([place.row, one.label, field, state, message])
