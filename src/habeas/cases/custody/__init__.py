"""Custody: states over time, as different people tell them, and how old that knowledge is."""
