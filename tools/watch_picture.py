"""Draws docs/pictures/overview.png and coverage.png: pages of `habeas demo`, nothing retouched.

Needs Chromium; CHROMIUM names it where it is not /usr/bin/chromium.
"""

import io
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
WIDTH = 900
COLOURS = 48
"""Few are enough for a page of text, and make a small file."""
_LINK = re.compile(r"http://127\.0\.0\.1:\d+/open/\S+")
_PATIENCE_MS = 120_000


@contextmanager
def demo() -> Iterator[str]:
    """Run the demo and yield the link that opens its site."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [
                str(Path(sys.executable).with_name("habeas")),
                *("--lang", "en", "demo", "--serve", "--pace", "0", "--into", f"{folder}/demo"),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stdout is not None
            yield next(found.group() for line in process.stdout if (found := _LINK.search(line)))
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)


def main() -> None:
    """Write the pictures."""
    with demo() as link, sync_playwright() as player:
        program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = player.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 700}, locale="en")
        page.goto(link)
        page.get_by_text("The story has ended.").wait_for(timeout=_PATIENCE_MS)
        page.goto(page.url)
        _draw(page, "overview.png", "header", "section[aria-labelledby=events]")
        page.get_by_role("link", name="P1").first.click()
        court = "section[aria-labelledby=s-ru_mosgorsud]"
        _draw(page, "coverage.png", "section[aria-labelledby=coverage] > h2", court)
        browser.close()


def _draw(page: Page, name: str, first: str, last: str) -> None:
    """Write what stands between the top of one element and the bottom of another."""
    top, bottom = (page.locator(one).first.bounding_box() for one in (first, last))
    assert top is not None
    assert bottom is not None
    height = bottom["y"] + bottom["height"] - top["y"]
    clip = {"x": 0.0, "y": top["y"], "width": float(WIDTH), "height": height}
    drawn = page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]
    picture = Image.open(io.BytesIO(drawn)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURES / name, optimize=True)


if __name__ == "__main__":
    main()
