"""What two parts of names say together."""

from typing import NamedTuple


class Pairing(NamedTuple):
    """Bits for or against, the rule that gave them, and how rare the agreement is by itself."""

    bits: float
    rule: str
    rarity: float


MISTYPED = "typing error"
"""The rule of parts that are alike but for what may be a typing error."""
SHORT = 2.5
"""Price in bits of a short form of a name."""
EQUIVALENT = 0.5
"""Price in bits of the same name in another language."""
