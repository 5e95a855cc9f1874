"""Reads a diary line by line, as RFC 5545 writes it, and complains of what a calendar may refuse.

Written by hand from the RFC, so that it shares no mistake with the library that writes the diary.
"""

import re

NAME = re.compile(r"[A-Z0-9-]+(;[A-Z0-9-]+=[^;:\",\x00-\x1f]+)*")
#: Properties whose value is a text (RFC 5545, 3.3.11), in which four signs are escaped.
TEXTS = {
    "SUMMARY", "DESCRIPTION", "UID", "STATUS", "TRANSP", "CLASS", "NAME", "X-WR-CALNAME", "PRODID",
}  # fmt: skip
ESCAPED = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
DAY = re.compile(r"\d{8}")
INSTANT = re.compile(r"\d{8}T\d{6}Z")


def lines(body: bytes) -> list[str]:
    """The unfolded content lines. Raises AssertionError where the body is not RFC 5545."""
    assert body.endswith(b"\r\n")
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", body), "each line ends in CRLF"
    physical = body[:-2].split(b"\r\n")
    for line in physical:
        assert len(line) <= 75, f"longer than 75 octets: {line!r}"
        assert line.strip(), "no line is empty"
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line), f"a control character: {line!r}"
        line.decode("utf-8")  # no fold within a character
    unfolded: list[str] = []
    for line in physical:
        if line[:1] in (b" ", b"\t"):
            unfolded[-1] += line[1:].decode()
        else:
            unfolded.append(line.decode())
    for line in unfolded:
        name, colon, value = line.partition(":")
        assert colon, line
        assert NAME.fullmatch(name), line
        if name in TEXTS:
            assert ESCAPED.fullmatch(value), f"not escaped: {line}"
    return unfolded


def events(body: bytes) -> list[dict[str, str]]:
    """The events, each by its properties (with their parameters) as they are written."""
    unfolded = lines(body)
    assert unfolded[0] == "BEGIN:VCALENDAR"
    assert unfolded[-1] == "END:VCALENDAR"
    found: list[dict[str, str]] = []
    stack: list[str] = []
    for line in unfolded:
        name, _colon, value = line.partition(":")
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                found.append({})
        elif name == "END":
            assert stack.pop() == value
        elif stack[-1] == "VEVENT":
            assert name not in found[-1], f"twice: {name}"
            found[-1][name] = value
    assert stack == []
    for event in found:
        for needed in ("UID", "DTSTAMP"):
            assert event[needed]
        assert DAY.fullmatch(event["DTSTART;VALUE=DATE"])
        assert event["DTEND;VALUE=DATE"] > event["DTSTART;VALUE=DATE"]
        assert INSTANT.fullmatch(event["DTSTAMP"])
        assert INSTANT.fullmatch(event["LAST-MODIFIED"])
        assert event["SEQUENCE"].isdecimal()
    return found


def text(value: str) -> str:
    """A text without its escapes."""
    signs = {"n": "\n", "N": "\n"}
    return re.sub(r"\\(.)", lambda found: signs.get(found[1], found[1]), value)
