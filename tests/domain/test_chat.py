"""What is posted to a chat."""

from __future__ import annotations

import json

import pytest

from verification.domain import chat

HOSTILE = "<!channel> <https://evil.example|the claim> *bold* [x](https://evil.example) & more"


def test_slack_reads_no_mention_and_no_link_out_of_a_statement() -> None:
    text = str(chat.slack("Verdict: confirmed", HOSTILE, "https://us.example/c/1")["text"])

    assert "<" not in text
    assert "&lt;!channel&gt;" in text
    assert text.endswith("\nhttps://us.example/c/1")


def test_a_card_for_teams_holds_the_statement_as_plain_text() -> None:
    sent = chat.teams("Verdict: confirmed", HOSTILE, "https://us.example/c/1")

    assert '"TextBlock"' not in json.dumps(sent)
    card = sent["attachments"][0]["content"]  # type: ignore[index]
    assert card["body"][1]["inlines"][0]["text"] == HOSTILE
    assert card["actions"][0]["url"] == "https://us.example/c/1"


@pytest.mark.parametrize(
    ("kind", "host", "taken"),
    [
        ("slack", "hooks.slack.com", True),
        ("slack", "hooks.slack.com.evil.example", False),
        ("slack", "slack.com", False),
        ("slack", "evil-hooks.slack.com", False),
        ("teams", "prod-1.westeurope.logic.azure.com", True),
        ("teams", "logic.azure.com.evil.example", False),
        ("teams", "evil-logic.azure.com", False),
    ],
)
def test_a_chat_is_told_at_its_services_own_hosts_only(kind: str, host: str, taken: bool) -> None:
    assert chat.is_host_of(kind, host) is taken


def test_slack_gets_three_lines_as_they_are_and_makes_nothing_of_them() -> None:
    assert chat.slack("Verdict: confirmed", "A & B > C", "https://us.example/c/1") == {
        "text": "Verdict: confirmed\nA &amp; B &gt; C\nhttps://us.example/c/1",
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def test_teams_gets_a_card_with_the_head_the_statement_and_a_button() -> None:
    """The names and values are Microsoft's: Teams shows nothing of a card that misspells one."""
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [
            {
                "type": "RichTextBlock",
                "inlines": [{"type": "TextRun", "text": "Verdict: confirmed", "weight": "bolder"}],
            },
            {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "A buys B."}]},
        ],
        "actions": [
            {
                "type": "Action.OpenUrl",
                "title": "https://us.example/c/1",
                "url": "https://us.example/c/1",
            }
        ],
    }
    assert chat.teams("Verdict: confirmed", "A buys B.", "https://us.example/c/1") == {
        "type": "message",
        "attachments": [
            {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
        ],
    }
