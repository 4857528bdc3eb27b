"""How many people are looked for in many rows at once: compiled tables behind `Screen`.

Nothing here decides anything: candidates are found by keys that provably miss nobody, and every
part of a verdict comes from `pairs`, remembered by the words it was worked out for.
"""
