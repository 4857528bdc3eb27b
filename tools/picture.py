"""Draws docs/pictures/demo.svg: what `habeas demo` prints in a real terminal, nothing retouched."""

import io
import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

TARGET = Path(__file__).parents[1] / "docs" / "pictures" / "demo.svg"
WIDTH = 112


def printed() -> str:
    """Return the bytes that the demo writes to a terminal, as text with its colours."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(  # noqa: S603 - our own command
            [
                str(Path(sys.executable).with_name("habeas")),
                "--lang",
                "en",
                "demo",
                "--no-serve",
                "--into",
                "habeas-demo",
            ],
            stdout=theirs,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={**os.environ, "COLUMNS": str(WIDTH), "TERM": "xterm-256color"},
        )
        os.close(theirs)
        parts = []
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux reports the end of a terminal as an error
                break
            if not part:
                break
            parts.append(part)
        process.wait()
    return b"".join(parts).decode("utf-8").replace("\r\n", "\n")


def main() -> None:
    """Write the picture."""
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text.from_ansi(printed()))
    svg = console.export_svg(title="habeas demo")
    # The font is the reader's own: a picture that loads fonts from elsewhere tells who reads it.
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
