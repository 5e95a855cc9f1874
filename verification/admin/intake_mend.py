"""What of a sheet follows what is mended of its article: its day, address, headline and outlet.

Nobody's work is lost by it. What was read in the text is read anew from the new day on, and put
where nobody has typed anything else; statements, ticks, beats, claims that were added, and days
that somebody set stay as they are.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.core.exceptions import ValidationError
from django.http import QueryDict

from verification.admin import intake_fill
from verification.admin.formpage import MOST_ROWS
from verification.admin.intake_card import Card
from verification.admin.intake_sheet import Sheet
from verification.domain.dateline import DayFrom
from verification.domain.extraction import Candidate
from verification.models import User
from verification.models.choices import Stance
from verification.services import intake
from verification.services.articlepages import Article


def follow(sheet: Sheet, *, actor: User, today: date) -> int | None:
    """Puts the claims of a sheet to what was mended of their article.

    Returns how many deadlines were counted anew, or None where its day is the same. Make the sheet
    anew from its data afterwards: its forms have what was there before.
    """
    _put_about(sheet)
    data, before = sheet.data, sheet.counted
    if before is None:
        return None
    if not data.get("published", "").strip():
        # Without a day nothing can be counted, so what was emptied is as it was.
        data["published"] = before.isoformat()
    day = sheet.published
    if day is None or day == before:
        return None
    counted = sum(_recount(card, found) for card, found in _read(sheet, day, actor, today))
    for card in sheet.cards:
        for row in card.rows:
            if data.get(f"{row}-published_on", "") == before.isoformat():
                data[f"{row}-published_on"] = day.isoformat()
    data["published"] = data["counted"] = day.isoformat()
    data["dated"] = str(DayFrom.TYPED)
    return counted


def unmended(data: QueryDict) -> str:
    """Why a sheet that is read anew is of its day, where nobody has typed another; else nothing."""
    same = data.get("counted") and data.get("counted") == data.get("published")
    return data.get("dated", "") if same else ""


def _read(sheet: Sheet, day: date, actor: User, today: date) -> list[tuple[Card, Candidate]]:
    """The claims that stand in the text, each with what is read there if it is of `day`."""
    names = intake.known_names(actor)
    outlet = sheet.data.get("outlet", "")
    language = sheet.language
    try:
        read = intake.extract(
            article=Article(text=sheet.text, url=sheet.data.get("url", "")),
            today=today,
            names=names,
            language=language,
            published=day,
            outlet=outlet,
            actor=actor,
        ).candidates
    except ValidationError:
        # A longer text than any that was read here: it was tampered with on its way.
        return []
    found = []
    left = list(read)
    for card in sheet.cards:
        sentence = card.sentence(sheet.text)
        if not sentence:
            continue
        here = [one for one in left if (one.start, one.end) == card.place]
        same = [one for one in here if one.deadline_text == card.said.deadline_text]
        one = next(iter(same or here), None)
        if one is not None:
            left.remove(one)
        else:
            one = intake_fill.by_hand(
                sentence,
                text=sheet.text,
                language=language,
                published=day,
                outlet=outlet,
                names=names,
            )
        found.append((card, one))
    return found


def _recount(card: Card, read: Candidate) -> bool:
    """Puts what is read of a deadline now where nobody has typed another. Whether its day moved."""
    data, prefix = card.data, card.prefix
    was, now = card.said, intake_fill.said_of(read)
    data[f"{prefix}-said"] = now.written()
    if read.reasons:
        data[f"{prefix}-reasons"] = "|".join(read.reasons)
    if card.typed("deadline") != was.deadline:
        if card.typed("deadline") == now.deadline:
            # What an editor had to mend is what the text says, so it is the source's again.
            data[f"{prefix}-for_day"] = ""
        return False
    for name, before in asdict(was).items():
        if card.typed(name).split() == before.split():
            data[f"{prefix}-{name}"] = getattr(now, name)
    data[f"{prefix}-for_day"] = now.deadline
    return now.deadline != was.deadline


def _put_about(sheet: Sheet) -> None:
    """Puts a mended address, headline or outlet into the reports that have the one before."""
    data = sheet.data
    was = {name: data.get(f"was_{name}", "") for name in intake_fill.FOLLOWED}
    now = {name: data.get(name, "").strip() for name in intake_fill.FOLLOWED}
    if "was_url" not in data or was == now:
        return
    for card in sheet.cards:
        for row in card.rows:
            _put_into(data, row, was, now)
        if now["outlet"] and not was["outlet"]:
            _add_page(card, now, data.get("published", ""))
    for name, value in now.items():
        data[f"was_{name}"] = value


def _put_into(data: QueryDict, row: str, was: dict[str, str], now: dict[str, str]) -> None:
    fields = {"source": "outlet", "via": "outlet"}
    if was["outlet"] and data.get(f"{row}-source", "") == was["outlet"]:
        fields |= {"url": "url", "headline": "title"}
    for field, name in fields.items():
        # No name is no outlet: neither is it one to be replaced, nor one to replace another with.
        named = name != "outlet" or (was[name] and now[name])
        if named and data.get(f"{row}-{field}", "") == was[name]:
            data[f"{row}-{field}"] = now[name]


def _add_page(card: Card, now: dict[str, str], day: str) -> None:
    """Adds the report of a page whose outlet was not known before: a relay of the first source."""
    rows, data = card.rows, card.data
    sources = [data.get(f"{row}-source", "") for row in rows]
    if now["outlet"] in sources or len(rows) >= MOST_ROWS:
        return
    name = f"{card.reports.name}-{len(rows)}"
    report = {
        "source": now["outlet"],
        "via": next(filter(None, sources), ""),
        "url": now["url"],
        "headline": now["title"],
        "published_on": day,
        "stance": str(Stance.ASSERTS),
        "hedge": card.typed("words")[:200],
    }
    for field, value in report.items():
        data[f"{name}-{field}"] = value
    data[f"{card.reports.name}-TOTAL_FORMS"] = str(len(rows) + 1)
