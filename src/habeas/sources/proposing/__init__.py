"""Proposes a description (TOML) for a page: what it is, what each column may be, what is open.

A proposal is read by a person before anything is watched by it: what was inferred is marked
"check", and what no page can tell stays "?".
"""

from habeas.sources.proposing.proposal import Proposal, propose

__all__ = ["Proposal", "propose"]
