"""Counts of an event as they were said, where each was copied from, and its lists of names."""
