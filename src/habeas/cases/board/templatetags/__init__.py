"""Filters of the board."""
