"""Seals: what makes a store of records hold against doubt; see `docs/reference/seal-format.md`.

    for check in check_store(Path("captures"), Against(signers={fingerprint})):
        print(check.name, check.result, check.meaning)

The names below are the door for other rooms and load when used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from habeas.evidence.checks import Check, Result, exit_code, worst
    from habeas.evidence.seals.chain import Chain, Sealer
    from habeas.evidence.seals.checking import Against, check_store
    from habeas.evidence.seals.importing import Provenance, take_over
    from habeas.evidence.seals.keys import KeyRing, in_groups
    from habeas.evidence.seals.recovering import chain_of, usual_sealer
    from habeas.evidence.seals.removals import Reason
    from habeas.evidence.seals.removing import planned, remove
    from habeas.evidence.seals.stampcheck import StampedSeal, Trusted, stamps_in
    from habeas.evidence.seals.telling import About, about, close, lay_out_seal, report, seals_of

__all__ = [
    "PROVENANCE",
    "SEALS",
    "About",
    "Against",
    "Chain",
    "Check",
    "KeyRing",
    "Provenance",
    "Reason",
    "Result",
    "Sealer",
    "StampedSeal",
    "Trusted",
    "about",
    "chain_of",
    "check_store",
    "close",
    "exit_code",
    "in_groups",
    "lay_out_seal",
    "planned",
    "remove",
    "report",
    "seals_of",
    "stamps_in",
    "take_over",
    "usual_sealer",
    "worst",
]

SEALS = "seals"
"""The folder of a store in which everything but the records lies."""

PROVENANCE = "provenance.json"
"""The file in a folder of imported evidence that says where it came from."""

_HOME = {
    "Against": "seals.checking",
    "Chain": "seals.chain",
    "Check": "checks",
    "KeyRing": "seals.keys",
    "Provenance": "seals.importing",
    "Reason": "seals.removals",
    "Result": "checks",
    "Sealer": "seals.chain",
    "StampedSeal": "seals.stampcheck",
    "Trusted": "seals.stampcheck",
    "chain_of": "seals.recovering",
    "check_store": "seals.checking",
    "exit_code": "checks",
    "in_groups": "seals.keys",
    "planned": "seals.removing",
    "remove": "seals.removing",
    "stamps_in": "seals.stampcheck",
    "take_over": "seals.importing",
    "usual_sealer": "seals.recovering",
    "worst": "checks",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    module = import_module(f"habeas.evidence.{_HOME.get(name, 'seals.telling')}")
    found: object = getattr(module, name)
    return found
