"""Seals: what makes a store of records hold against doubt; see `docs/reference/seal-format.md`."""
