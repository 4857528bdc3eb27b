"""How many people are looked for in many rows or long texts at once: compiled tables and loops.

Nothing here decides anything. It finds pairs of a person and a row that may agree, by conditions
that every agreement of `compare` fulfils, and leaves the rest to `compare` itself.
"""
