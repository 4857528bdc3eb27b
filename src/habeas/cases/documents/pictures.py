"""Draws a picture anew, small and without what was hidden in its file: place, device, a program."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 40_000_000
SIDE = 480


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture drawn by us."""

    content: bytes
    width: int
    height: int


def drawn(content: bytes) -> Drawn | None:
    """Return the picture as a JPEG of at most 480 pixels a side; None where it is no picture.

    Whatever else the file holds, EXIF with its place and device among it, is left behind.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    return None
                upright = ImageOps.exif_transpose(opened).convert("RGB")
        upright.thumbnail((SIDE, SIDE))
        clean = Image.new("RGB", upright.size)
        clean.paste(upright)
        buffer = io.BytesIO()
        clean.save(buffer, "JPEG", quality=82)
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombWarning,
        Image.DecompressionBombError,
    ):
        return None
    return Drawn(buffer.getvalue(), *clean.size)
