"""compose.yaml is what the Compose specification allows, and starts what the units start."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import compose_spec
import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
#: `${NAME}`, `${NAME:-default}` and `${NAME:?what is missing}`.
_VARIABLE = re.compile(r"\$\{(\w+)(?::?[-?]([^}]*))?\}")


@pytest.fixture
def composed() -> dict[str, Any]:
    """The file with the default of every variable in its place."""
    text = (PROJECT / "compose.yaml").read_text(encoding="utf-8")
    written: dict[str, Any] = yaml.safe_load(
        _VARIABLE.sub(lambda found: found[2] or found[1], text)
    )
    return written


def test_it_keeps_to_the_specification(composed: dict[str, Any]) -> None:
    compose_spec.PyCompose.from_yaml(yaml.safe_dump(composed)).validate()


def test_a_word_that_the_specification_does_not_know_is_noticed(composed: dict[str, Any]) -> None:
    composed["services"]["web"]["imag"] = "borneout"
    with pytest.raises(ValueError, match="imag"):
        compose_spec.PyCompose.from_yaml(yaml.safe_dump(composed)).validate()


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_the_processes_are_those_of_the_units(composed: dict[str, Any], name: str) -> None:
    unit = (PROJECT / f"deploy/systemd/borneout-{name}.service").read_text(encoding="utf-8")
    started = re.search(r"^ExecStart=\S+/bin/(.+)$", unit, re.MULTILINE)
    assert started
    assert composed["services"][name]["command"] == started[1].split()


def test_no_process_runs_as_root_or_may_become_it(composed: dict[str, Any]) -> None:
    assert re.search(r"^USER borneout$", (PROJECT / "Dockerfile").read_text(), re.MULTILINE)
    for name in ("migrate", "web", "worker", "beat"):
        service = composed["services"][name]
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_process_may_end_what_it_has_begun(composed: dict[str, Any], name: str) -> None:
    unit = (PROJECT / f"deploy/systemd/borneout-{name}.service").read_text(encoding="utf-8")
    given = re.search(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)
    assert given
    assert composed["services"][name]["stop_grace_period"] == f"{given[1]}s"


def test_the_processes_wait_for_servers_that_answer_and_a_migrated_database(
    composed: dict[str, Any],
) -> None:
    services = composed["services"]
    for name in ("postgres", "redis"):
        assert services[name]["healthcheck"]["test"]
        # What they hold outlives the container.
        assert services[name]["volumes"][0].partition(":")[0] in composed["volumes"]
    for name in ("web", "worker", "beat"):
        assert services[name]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "redis": {"condition": "service_healthy"},
        }
        assert services[name]["read_only"] and services[name]["restart"] == "unless-stopped"
    assert services["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_every_secret_must_be_given(composed: dict[str, Any]) -> None:
    text = (PROJECT / "compose.yaml").read_text(encoding="utf-8")
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        assert re.search(rf"\${{{name}:\?", text)
        assert not re.search(rf"\${{{name}:?-", text)
