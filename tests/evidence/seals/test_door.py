"""The room's door: what it names is there, and nothing is loaded before it is used."""

import subprocess
import sys

import pytest

from habeas.evidence import seals


@pytest.mark.parametrize("name", seals.__all__)
def test_every_name_of_the_door_is_there(name: str) -> None:
    assert getattr(seals, name) is not None


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="nothing_here"):
        getattr(seals, "nothing_here")  # noqa: B009 - a name that is not there


def test_the_door_loads_nothing_before_it_is_used() -> None:
    child = "import sys, habeas.evidence.seals; print('cryptography' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", child], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
