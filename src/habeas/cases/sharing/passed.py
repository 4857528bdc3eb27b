"""Who may go: what the gate lets through, for those who gather and attach."""

from dataclasses import dataclass

PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Passed:
    """One person who may go.

    Attributes:
        withheld: the parts that stay here for want of consent.
        consents: primary keys of the answers on which it rests.
    """

    withheld: frozenset[str]
    consents: tuple[int, ...]
