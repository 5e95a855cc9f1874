"""What is posted to a chat: plain text, which nobody's statement can turn into anything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

#: Who takes messages for each kind of chat: these hosts, and where one begins with a dot all below.
HOSTS: Mapping[str, tuple[str, ...]] = {
    "slack": ("hooks.slack.com", "hooks.slack-gov.com"),
    "teams": (".logic.azure.com", ".api.powerplatform.com", ".webhook.office.com"),
}


def is_host_of(kind: str, host: str) -> bool:
    """Whether a host (ASCII, small letters) is one of those that take messages for this kind."""
    return any(
        host.endswith(known) if known.startswith(".") else host == known for known in HOSTS[kind]
    )


def slack(head: str, statement: str, url: str) -> dict[str, object]:
    """A message for an incoming webhook of Slack, without its markup and without a preview."""
    text = f"{head}\n{statement}\n{url}"
    # Slack reads names, channels and links between angle brackets, whatever is said of markup.
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, entity)
    return {"text": text, "mrkdwn": False, "unfurl_links": False, "unfurl_media": False}


def teams(head: str, statement: str, url: str) -> dict[str, object]:
    """An Adaptive Card for a workflow of Teams.

    A TextBlock would read the statement as Markdown; the runs of a RichTextBlock are plain.
    """

    def block(text: str, **style: object) -> dict[str, object]:
        run = {"type": "TextRun", "text": text, **style}
        return {"type": "RichTextBlock", "inlines": [run]}

    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [block(head, weight="bolder"), block(statement)],
        "actions": [{"type": "Action.OpenUrl", "title": url, "url": url}],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return {"type": "message", "attachments": [attachment]}


WRITERS: Mapping[str, Callable[[str, str, str], dict[str, object]]] = {
    "slack": slack,
    "teams": teams,
}
