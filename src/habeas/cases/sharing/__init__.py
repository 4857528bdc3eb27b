"""Sharing: what leaves the house, for whom, by whose consent, and what was written down of it."""
