"""The house keeps its shape: imports run one way, and no import hides inside a function.

The directions themselves are the contracts in `pyproject.toml`, which `make lint` checks as well.
"""

import ast
import copy
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
from importlinter import Contract, api
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = ("tracker", "verification")
KINDS: dict[str, type[Contract]] = {"forbidden": ForbiddenContract, "layers": LayersContract}
# They take long to load, and few commands need them.
LATE = {"numpy", "openpyxl", "scipy", "sentry_sdk", "trafilatura"}


def contracts() -> list[Contract]:
    """The contracts of `pyproject.toml`."""
    read = api.read_configuration(str(PROJECT / "pyproject.toml"))
    return [
        KINDS[options["type"]](
            name=options["name"],
            session_options=read["session_options"],
            contract_options=options,
        )
        for options in read["contracts_options"]
    ]


def broken(graph: grimp.ImportGraph) -> list[str]:
    """The names of the contracts that these imports break."""
    # A check may take imports out of the graph that it is given.
    return [
        contract.name
        for contract in contracts()
        if not contract.check(copy.deepcopy(graph), verbose=False).kept
    ]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Who imports whom."""
    return grimp.build_graph(
        *PACKAGES,
        include_external_packages=True,
        exclude_type_checking_imports=True,
        cache_dir=None,
    )


def test_imports_run_one_way(graph: grimp.ImportGraph) -> None:
    assert broken(graph) == []


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("verification.domain", "django"),
        ("verification.domain", "verification.models"),
        ("verification.querysets", "verification.models"),
        ("verification.models", "verification.services"),
        ("verification.services", "verification.tasks"),
        ("verification.services", "verification.admin"),
        ("verification.api", "verification.pages"),
        ("verification.admin", "verification.api"),
        ("verification.pages", "verification.tasks"),
        ("verification.tasks", "verification.management"),
        ("tracker.supervisor", "django"),
        ("tracker.broker", "tracker.settings"),
    ],
)
def test_an_import_against_the_grain_is_noticed(
    importer: str, imported: str, graph: grimp.ImportGraph
) -> None:
    spoiled = copy.deepcopy(graph)
    spoiled.add_import(importer=importer, imported=imported)
    assert broken(spoiled) != []


def hidden_imports(source: str) -> Iterator[str]:
    """The modules that are imported inside functions."""
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import):
                yield from (name.name for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module or "."


@pytest.mark.parametrize("package", PACKAGES)
def test_no_import_hides_inside_a_function(package: str) -> None:
    hidden = {
        f"{path.relative_to(PROJECT)}: {module}"
        for path in (PROJECT / package).rglob("*.py")
        for module in hidden_imports(path.read_text(encoding="utf-8"))
        if module.partition(".")[0] not in LATE
    }
    assert hidden == set()


def test_a_hidden_import_is_noticed() -> None:
    source = "def f():\n    from verification import services\nclass C:\n  def g(self): import re"
    assert list(hidden_imports(source)) == ["verification", "re"]
