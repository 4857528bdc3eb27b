"""The picture that an app photographs: a QR code (ISO/IEC 18004), drawn into the page."""

import segno
from django.utils.safestring import SafeString, mark_safe


def drawn(address: str) -> SafeString:
    """Return an address as SVG, dark on light in every colour scheme, with its quiet margin."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(omitsize=True, border=4, dark="#000", light="#fff", svgclass="qr")
    # The address goes into the squares, and never into the text of the picture.
    return mark_safe(svg)  # noqa: S308 - see above
