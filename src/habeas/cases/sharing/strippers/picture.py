"""JPEG and PNG: drawn anew from their pixels alone."""

from io import BytesIO

from django.utils.translation import gettext as say
from PIL import Image, ImageCms, ImageOps

from habeas.errors import NotStripped

MOST_PIXELS = 60_000_000
_QUALITY = 90


def redrawn(content: bytes) -> bytes:
    """Return a picture in its own kind, of its pixels alone, turned as it is to be seen.

    Raises:
        NotStripped: it cannot be read, moves, or has too many pixels.
    """
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as opened:
            kind = opened.format or ""
            if opened.width * opened.height > MOST_PIXELS:
                raise NotStripped(say("the picture has too many points"))
            if getattr(opened, "n_frames", 1) > 1:
                raise NotStripped(say("the picture moves or holds several pictures"))
            fresh = _pixels(_upright(opened))
            kept = BytesIO()
            if kind == "JPEG":
                fresh.convert("RGB").save(kept, "JPEG", quality=_QUALITY)
            else:
                fresh.save(kept, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotStripped(say("the picture cannot be read")) from error
    return kept.getvalue()


def _upright(opened: Image.Image) -> Image.Image:
    """Return the picture turned as its camera noted, in common colours."""
    profile = opened.info.get("icc_profile")
    turned = ImageOps.exif_transpose(opened)
    if profile and turned.mode in ("RGB", "L", "CMYK"):
        try:
            common = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
            told = ImageCms.ImageCmsProfile(BytesIO(profile))
            changed = ImageCms.profileToProfile(turned, told, common, outputMode="RGB")
        except ImageCms.PyCMSError:
            return turned
        return changed or turned
    return turned


def _pixels(turned: Image.Image) -> Image.Image:
    """Return a new picture of the same points, which has never held anything else."""
    transparent = "A" in turned.mode or "transparency" in turned.info
    drawn = turned.convert("RGBA" if transparent else "L" if turned.mode in ("1", "L") else "RGB")
    return Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())


def told() -> tuple[str, ...]:
    """Return what redrawing takes out of any picture."""
    return (
        say("Place, time, camera and author notes of the picture (EXIF, XMP, IPTC)."),
        say("Comments, colour profile and small previews of the picture."),
    )
