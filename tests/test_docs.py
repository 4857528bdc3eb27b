"""The documentation is part of the product: its links lead somewhere, its reference is current."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from habeas.cli import main as cli

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


_COMMAND = re.compile(r"\bhabeas ([a-z][^`|>#\n]*)")


def _command(words: list[str]) -> click.Command | None:
    """Return the command that the first words name; None where they name none."""
    found: click.Command = cli
    for word in words:
        if not isinstance(found, click.Group):
            break
        inner = found.get_command(click.Context(found), word)
        if inner is None:
            break
        found = inner
    return None if found is cli else found


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_option_that_is_told_is_one_of_its_command(page: Path) -> None:
    """Somebody in a hurry types what stands there."""
    for told in _COMMAND.findall(page.read_text("utf-8")):
        words = told.split()
        command = _command(words)
        if command is None:
            continue
        known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
        asked = {re.split(r"[=\],.;:)]", word.lstrip("["))[0] for word in words}
        unknown = {word for word in asked if word.startswith("--")} - known - {"--help"}
        assert not unknown, f"habeas {told.strip()}"
