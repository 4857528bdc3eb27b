"""Options of the whole suite."""

import atexit
import os
import shutil
import tempfile

import pytest

# Keys, configuration and captures of the tests never touch the user's own.
if "HABEAS_HOME" not in os.environ:
    os.environ["HABEAS_HOME"] = tempfile.mkdtemp(prefix="habeas-tests-")
    atexit.register(shutil.rmtree, os.environ["HABEAS_HOME"], ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-pages",
        action="store_true",
        help="write the JSON beside recorded pages from what the adapters read now (never in CI)",
    )
