"""Amounts: what makes a claim easy to check."""

from __future__ import annotations

import re

_NUMBER = r"\d{1,3}(?:[ .,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_SCALE = r"(?:milliards?|millions?|milliers?|Mds?|mn|bn|m|k|tn|trillions?|billions?|thousands?)"
_UNIT = (
    r"(?:€|\$|£|%|euros?|dollars?|livres|pounds?|yens?|yuans?|francs|points?|percent|per cent|"
    r"pour cent|postes?|emplois|salariés|jobs|staff|workers|employees|tonnes?|tons?|barils?|"
    r"barrels?|"
    r"MW|GW|TWh|unités|units|exemplaires|copies|logements|homes|places|seats|rames|trains|ans|mois|"
    r"years?|months?|saisons|seasons|personnes|people|vehicles|véhicules|voitures|cars)"
)
_AMOUNT = re.compile(
    rf"(?:[A-Z]{{0,2}}[$£€] ?(?:{_NUMBER}) ?{_SCALE}?|(?<![\w.,])(?:{_NUMBER}) ?"
    rf"(?:-?{_SCALE} ?(?:d'|de )?{_UNIT}?|[- ]?{_UNIT}))(?!\w)"
)


def quantities(text: str) -> list[str]:
    """The amounts that a text names, as printed: "4 milliards d'euros", "$9bn", "14%"."""
    return [match[0].strip() for match in _AMOUNT.finditer(text)]
