"""Bundles: what one home hands to another, locked for it alone and signed.

Knows no person and no database: members with bytes, a list of them, a signature, a lock. What the
members hold is the business of the case files. The format is described in
docs/reference/bundle-format.md.

    layout.py      names of members, bounds, and the list of them
    locking.py     age: locked and unlocked as it is read, in flat memory
    identities.py  the key of this home for which others lock
    signing.py     by whom: Ed25519, with the key that seals evidence
    writing.py     members into a bundle
    reading.py     members out of one; everything is checked, and nothing is believed
"""
