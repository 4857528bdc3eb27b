"""What a list held at its last looks: asked once in a slot, for all who want to know."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from habeas.watch.bulk import rows

_FIRST_BACK = 4
_FURTHER_BACK = 200
_LISTINGS = """
    SELECT
        own.look_id, own.confirmed, COALESCE(other.entries, own.entries),
        COALESCE(own.same_as_id, own.id)
    FROM watch_listing AS own LEFT JOIN watch_listing AS other ON other.id = own.same_as_id
    WHERE own.source = %s AND own.scope = %s ORDER BY own.id DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Held:
    """One listing: what a list held at one look; see `models.Listing`.

    Attributes:
        spelled_out: the listing whose row spells out the entries; its own where that is this one.
    """

    look: int
    confirmed: bool
    entries: tuple[int, ...]
    spelled_out: int


@dataclass(frozen=True, slots=True)
class History:
    """The latest listings of a list, newest first, of looks that read it in part too."""

    listings: tuple[Held, ...] = ()

    @property
    def whole_look(self) -> int | None:
        """The last look that read the list whole, None if none ever did."""
        return next((held.look for held in self.listings if held.confirmed), None)

    def same_as(self, entries: Sequence[int]) -> int | None:
        """Return the listing that spells out these entries, if the latest one holds them."""
        if not entries or not self.listings or self.listings[0].entries != tuple(entries):
            return None
        return self.listings[0].spelled_out


def history_of(source: str, scope: str, confirmed: int) -> History:
    """Return the listings of a list back to the `confirmed`-th one that was confirmed.

    A list that failed for long is followed back for 200 looks.
    """
    listings: tuple[Held, ...] = ()
    for most in (_FIRST_BACK, _FURTHER_BACK):
        listings = tuple(
            Held(look, bool(sure), tuple(json.loads(entries)), spelled_out)
            for look, sure, entries, spelled_out in rows(_LISTINGS, [source, scope, most])
        )
        if len(listings) < most or sum(held.confirmed for held in listings) >= confirmed:
            break
    return History(listings)
