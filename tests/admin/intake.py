"""An article, its sheet as a browser sends it, and what comes back."""

from __future__ import annotations

from typing import Any

from verification.admin.intake_sheet import Sheet

PAGE = "/admin/intake/"
ARTICLE = (
    "Nordica could buy Calix for $4bn by 30 June 2026, the Financial Times reported.\n\n"
    "Calix was founded in 2004.\n\n"
    "Vega is in talks to sell its Lyon plant by the end of May, Bloomberg reported.\n"
)
ABOUT = {
    "outlet": "Press GPT",
    "published": "2026-03-30",
    "url": "https://press.example/1",
    "title": "Two deals",
}


def read(client: Any, text: str = ARTICLE, **about: Any) -> Any:
    return client.post(PAGE, {"do": "read", "text": text, **ABOUT, **about})


def typed(response: Any, **changes: Any) -> dict[str, Any]:
    """The sheet as a browser sends it, with `changes`; a claim's as `c0_tick`, `c0_reports_0_url`.

    What is None is not sent.
    """
    sheet: Sheet = response.context["sheet"]
    data = {name: values[-1] for name, values in sheet.data.lists()}
    for name, value in changes.items():
        data[
            name.replace("_", "-", 1 + 2 * name.count("_reports_")) if name[0] == "c" else name
        ] = value
    return {name: value for name, value in data.items() if value is not None}


def faults(response: Any) -> list[tuple[str, str]]:
    return [(fault.label, fault.message) for fault in response.context["faults"]]


def log(client: Any, sheet: Any, **changes: Any) -> Any:
    return client.post(PAGE, typed(sheet, do="log", **changes))
