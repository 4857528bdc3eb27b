"""Exhibits: what a lawyer takes to a court, and a stranger checks without us.

A folder and one ZIP: the recordings in a WACZ with their seals, a PDF in each language, a sheet of
instructions and the verifier; closed by a seal over all of it. `docs/reference/exhibit.md`.
"""
