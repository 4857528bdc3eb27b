"""Seals: what makes a store of records hold against doubt; see `docs/reference/seal-format.md`.

    from habeas.evidence.seals.checking import Against, check_store
    for check in check_store(Path("captures"), Against(signers={fingerprint})):
        print(check.name, check.result, check.meaning)

The names below are known without loading anything.
"""

SEALS = "seals"
"""The folder of a store in which everything but the records lies."""

PROVENANCE = "provenance.json"
"""The file in a folder of imported evidence that says where it came from."""
