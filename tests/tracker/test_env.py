"""What the environment may hold, and what is said of garbage."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tracker import env

Reader = Callable[[], Any]

READERS: dict[str, tuple[Reader, str]] = {
    "integer": (lambda: env.integer("IT", 9, low=0, high=23), "a whole number from 0 to 23"),
    "seconds": (
        lambda: env.seconds("IT", 60, low=0.05, high=100),
        "a number of seconds from 0.05 to 100",
    ),
    "boolean": (lambda: env.boolean("IT"), "1 or 0"),
    "choice": (lambda: env.choice("IT", "en", ("en", "fr")), "one of en, fr"),
    "several": (
        lambda: env.several("IT", ("a",), allowed=("a", "b c")),
        "some of these with commas between them: a, b c",
    ),
    "zone": (lambda: env.zone("IT", "UTC"), "a zone of the tz database, such as Europe/Paris"),
    "colour": (
        lambda: env.colour("IT", "1f4e79"),
        "a colour as six hexadecimal digits, such as #1f4e79",
    ),
    "site_url": (
        lambda: env.site_url("IT", "http://x"),
        "an address such as https://verify.example.org",
    ),
    "database": (
        lambda: env.database("IT", "sqlite:///x"),
        "sqlite:///path or postgres://user:password@host:port/name",
    ),
    "address": (
        lambda: env.address("IT", "", ("redis", "rediss")),
        "a URL that begins with redis:// or rediss://",
    ),
}

GOOD = [
    ("integer", "0", 0),
    ("integer", " 23 ", 23),
    ("seconds", "0.5", 0.5),
    ("seconds", "100", 100.0),
    ("boolean", "YES", True),
    ("boolean", "off", False),
    ("boolean", "", False),
    ("choice", "fr", "fr"),
    ("several", "b c, a", ["b c", "a"]),
    ("several", "", ["a"]),
    ("zone", "Europe/Paris", "Europe/Paris"),
    ("colour", "#1F4E79", "1f4e79"),
    ("colour", "cc0000", "cc0000"),
    ("site_url", "https://news.example:8443/verify/", "https://news.example:8443/verify"),
    ("address", "rediss://:secret@cache.example:6380/2", "rediss://:secret@cache.example:6380/2"),
]

GARBAGE = [
    ("integer", "24"),
    ("integer", "-1"),
    ("integer", "nine"),
    ("integer", "9.5"),
    ("seconds", "0"),
    ("seconds", "nan"),
    ("seconds", "inf"),
    ("seconds", "1 minute"),
    ("boolean", "maybe"),
    ("choice", "de"),
    ("several", "a, d"),
    ("zone", "Paris"),
    ("zone", "../../etc/passwd"),
    ("colour", "red"),
    ("colour", "#ccc"),
    ("colour", "cc0000;}"),
    ("site_url", "news.example"),
    ("site_url", "ftp://news.example"),
    ("site_url", "https://news.example/?a=1"),
    ("site_url", "http://news.example:eighty"),
    ("site_url", "http://[::1"),
    ("database", "mysql://news.example/x"),
    ("database", "postgres://u:hunter2@db.example:port/x"),
    ("database", "postgres://u:hunter2@db.example"),
    ("database", "just words"),
    ("address", "amqp://u:hunter2@mq.example"),
    ("address", "redis://:hunter2@mq.example:port/0"),
]


@pytest.mark.parametrize(("reader", "value", "meaning"), GOOD)
def test_a_reader_gives_a_value_of_its_type(
    reader: str, value: str, meaning: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IT", value)
    found = READERS[reader][0]()
    assert found == meaning
    assert type(found) is type(meaning)


@pytest.mark.parametrize(("reader", "value"), GARBAGE)
def test_garbage_is_refused_with_the_name_and_what_it_takes(
    reader: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, takes = READERS[reader]
    monkeypatch.setenv("IT", value)
    with pytest.raises(ImproperlyConfigured) as refusal:
        read()
    assert str(refusal.value).startswith("IT=")
    assert str(refusal.value).endswith(f"it takes {takes}.")


@pytest.mark.parametrize("reader", ["database", "address"])
def test_a_refusal_never_repeats_a_password(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IT", "smtp://user:hunter2@example.org:port/x")
    with pytest.raises(ImproperlyConfigured) as refusal:
        READERS[reader][0]()
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize("reader", sorted(set(READERS) - {"boolean", "database"}))
def test_an_empty_variable_counts_as_unset(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read, _takes = READERS[reader]
    monkeypatch.delenv("IT", raising=False)
    default = read()
    monkeypatch.setenv("IT", " ")
    assert read() == default
    assert not (isinstance(default, float) and math.isnan(default))


def test_words_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IT", " a.example, ,b.example ")
    assert env.words("IT", ["x"]) == ["a.example", "b.example"]
    monkeypatch.setenv("IT", " , ")
    assert env.words("IT", ["x"]) == ["x"]


def test_a_database_url_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IT", "postgres://desk:p%40ss@db.example:5433/borneout?sslmode=require")
    assert env.database("IT", "") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "borneout",
        "USER": "desk",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": 5433,
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_secret_is_read_from_the_file_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "key"
    path.write_text("from the file\n", encoding="utf-8")
    monkeypatch.delenv("IT", raising=False)
    monkeypatch.setenv("IT_FILE", str(path))
    assert env.secret("IT", "default") == "from the file"
    monkeypatch.setenv("IT", "from the variable")
    assert env.secret("IT", "default") == "from the variable"


def test_a_database_url_may_come_from_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "url"
    path.write_text("postgres://desk@db.example/borneout", encoding="utf-8")
    monkeypatch.setenv("IT_FILE", str(path))
    assert env.database("IT", "sqlite:///x")["HOST"] == "db.example"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"])
def test_a_secret_file_that_cannot_be_read_is_refused(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("IT_FILE", str(path))
    with pytest.raises(ImproperlyConfigured, match=r"IT_FILE=.* it takes the path of a readable"):
        env.secret("IT")


def test_a_folder_is_made_and_is_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IT", "a/b")
    assert env.folder("IT", Path("/x")) == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").is_dir()


def test_a_folder_that_cannot_be_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("IT", str(tmp_path / "file" / "folder"))
    with pytest.raises(ImproperlyConfigured, match=r"IT=.* it takes the path of a folder"):
        env.folder("IT", Path("/x"))
