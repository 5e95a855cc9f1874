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
        ("teams", "prod-1.westeurope.logic.azure.com", True),
        ("teams", "logic.azure.com.evil.example", False),
        ("teams", "evil-logic.azure.com", False),
    ],
)
def test_a_chat_is_told_at_its_services_own_hosts_only(kind: str, host: str, taken: bool) -> None:
    assert chat.is_host_of(kind, host) is taken
