"""What the product needs, it installs: the tests run beside more packages than a user has."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Wanted only by those who ask for them; the code says so where one is missing.
_OPTIONAL = {"psycopg", "playwright"}
_PART_OF_ANOTHER = {"pydantic": "django-ninja"}
"""Packages that come with one that is named, and are meant to be used together with it."""


def _imported(path: Path) -> Iterator[str]:
    """Yield the first part of everything that a file imports, but what only type checkers read."""
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (one.name.split(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def test_everything_that_the_product_imports_is_installed_with_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = {_plain(re.split(r"[\[<>=~!; ]", one)[0]) for one in project["dependencies"]}
    pinned = {
        _plain(found[1])
        for line in (ROOT / "requirements/product.txt").read_text("utf-8").splitlines()
        if (found := re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", line))
    }
    whose = packages_distributions()
    wanted = {
        name
        for path in (ROOT / "src/habeas").rglob("*.py")
        for name in _imported(path)
        if name not in sys.stdlib_module_names and name != "habeas"
    }
    for name in sorted(wanted - _OPTIONAL):
        from_which = {_plain(one) for one in whose.get(name, [])}
        assert from_which & pinned, f"{name} is not installed with the product"
        assert from_which & named or _PART_OF_ANOTHER.get(name) in named, f"{name} is not named"
