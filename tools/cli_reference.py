"""Writes docs/reference/cli.md from the commands themselves; `--check` only compares."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from habeas.cli import main

TARGET = Path(__file__).parents[1] / "docs" / "reference" / "cli.md"
_HEAD = """# Command line

Generated from the commands by `make docs`; do not edit by hand. stdout carries the result, stderr
progress and explanation.

| exit code | meaning |
|---|---|
| 0 | done; for a search: found |
| 1 | looked, and not found: every place was read whole |
| 2 | wrong usage or bad input |
| 3 | could not look, or not everywhere, and nobody was found in the rest |
"""


def _commands(
    command: click.Command, path: str, parent: click.Context | None
) -> Iterator[tuple[str, str]]:
    context = click.Context(command, info_name=path.rsplit(" ", maxsplit=1)[-1], parent=parent)
    context.terminal_width = 96
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                yield from _commands(child, f"{path} {name}", context)


def reference() -> str:
    """Return the whole page."""
    parts = [_HEAD]
    for path, text in _commands(main, "habeas", None):
        parts.append(f"## {path}\n\n```\n{text.strip()}\n```\n")
    return "\n".join(parts)


def run(arguments: list[str]) -> int:
    """Write the page, or compare it; return the exit code."""
    made = reference()
    if "--check" in arguments:
        if TARGET.read_text("utf-8") != made:
            sys.stderr.write("docs/reference/cli.md is out of date: run `make docs`.\n")
            return 1
        return 0
    TARGET.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
