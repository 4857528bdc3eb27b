"""Handing over a shift: what changed since, what to ask again, what is due, what is disputed."""
