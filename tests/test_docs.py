"""The documentation is part of the product: its links lead somewhere, its reference is current."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_inside_the_repository_leads_to_a_file(page: Path) -> None:
    for target in _LINK.findall(page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def _tool(name: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "tools" / name), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_line_reference_is_what_the_commands_say() -> None:
    done = _tool("cli_reference.py")
    assert done.returncode == 0, done.stderr


def test_every_sentence_of_the_interface_is_in_every_catalogue() -> None:
    done = _tool("messages.py")
    assert done.returncode == 0, done.stderr


def test_requirement_files_carry_hashes_and_no_index_address() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text("utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index-url" not in text


def test_no_machine_path_or_outside_register_is_named_in_the_repository() -> None:
    unwanted = re.compile(r"/work/(?:main|shared|\.library)|/root/")
    for path in [*ROOT.glob("src/**/*.py"), *ROOT.glob("tests/**/*.py"), *_PAGES]:
        if path != Path(__file__):
            assert not unwanted.search(path.read_text("utf-8")), path
