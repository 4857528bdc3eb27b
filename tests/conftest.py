"""Options of the whole suite, and a home of its own: no test reads or writes the user's."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest
from django.conf import settings as site_settings
from django.utils import translation
from hypothesis import settings

# A loaded machine is slow, and that is no fault of the code.
settings.register_profile("habeas", deadline=None)
settings.load_profile("habeas")

_READABLE = 16
_HOME = tempfile.mkdtemp(prefix="habeas-tests-home-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["HABEAS_HOME"] = _HOME


@pytest.fixture(autouse=True)
def _no_language_of_another_test() -> Iterator[None]:
    """Forget the language in which another test asked a page last."""
    yield
    if site_settings.configured:
        translation.deactivate()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a case of bytes by their length.

    Packed bytes hold the time, and every process that runs a part of the suite must know the same
    tests.
    """
    return f"{len(val)}-bytes" if isinstance(val, bytes) and len(val) > _READABLE else None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-pages",
        action="store_true",
        help="write the JSON beside recorded pages from what the adapters read now (never in CI)",
    )
