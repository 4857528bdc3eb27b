"""Which features there are: the folders beside this file. Read by settings, addresses and pages."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

_HERE = Path(__file__).parent
# Tables refer to each other, so the apps are loaded in this order; others follow by name.
_FIRST = ("statements",)


def names() -> tuple[str, ...]:
    """Return the names of the features, in the order in which they are loaded."""
    found = {path.parent.name for path in _HERE.glob("*/__init__.py")}
    first = tuple(name for name in _FIRST if name in found)
    return first + tuple(sorted(found - set(first)))


def apps() -> list[str]:
    """Return the features as Django wants them in INSTALLED_APPS."""
    return [f"habeas.cases.{name}" for name in names()]


def parts(module: str) -> Iterator[ModuleType]:
    """Yield the module of this name of every feature that has one.

    `urls` holds addresses, `plain_urls` those without a language; `section` a part of a person's
    page; `facts` what the board keeps of a person; `changes` what a hand-over tells; `middleware`
    a step that comes between the session and the question who may see; `narrowing` takes something
    out of everybody's sight; `placeholders` says what stands where something was; `notices` is what
    the board tells of; `starting` is done when a program starts;
    `origin` says from whom else a statement came.
    """
    for name in names():
        path = f"habeas.cases.{name}.{module}"
        if find_spec(path) is not None:
            yield import_module(path)
